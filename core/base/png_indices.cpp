#include "core/base/png_indices.h"

#include <png.h>

#include <cstring>

#include "core/base/error.h"

namespace uninet {
namespace {

// Places in the header chunk, which is the first (PNG specification, 11.2.2).
constexpr std::size_t kHeaderEnd = 33, kBitDepth = 24, kColourType = 25;

struct Input {
  const std::string& bytes;
  std::size_t at = 0;
};

void readSome(png_structp png, png_bytep out, png_size_t count) {
  auto& input = *static_cast<Input*>(png_get_io_ptr(png));
  if (count > input.bytes.size() - input.at) png_error(png, "it ends early");
  std::memcpy(out, input.bytes.data() + input.at, count);
  input.at += count;
}

/// libpng ends with longjmp, past which nothing that has a destructor may live: here is none.
bool readRows(png_structp png, png_infop info, cv::Mat& map) {
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_read_info(png, info);
  map.create(static_cast<int>(png_get_image_height(png, info)),
             static_cast<int>(png_get_image_width(png, info)), CV_8U);
  png_set_packing(png);
  const int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  for (int pass = 0; pass < passes; ++pass)
    for (int y = 0; y < map.rows; ++y) png_read_row(png, map.ptr(y), nullptr);
  png_read_end(png, nullptr);
  return true;
}

}  // namespace

bool isPackedPng(const std::string& bytes) {
  if (bytes.size() < kHeaderEnd || bytes.compare(0, 8, "\x89PNG\r\n\x1a\n", 8) != 0) return false;
  const auto type = static_cast<unsigned char>(bytes[kColourType]);
  return type == PNG_COLOR_TYPE_PALETTE || (type == PNG_COLOR_TYPE_GRAY && bytes[kBitDepth] < 8);
}

cv::Mat readPngIndices(const std::filesystem::path& file, const std::string& bytes) {
  std::string failure;
  const auto fail = [](png_structp png, png_const_charp text) {
    *static_cast<std::string*>(png_get_error_ptr(png)) = text;
    png_longjmp(png, 1);
  };
  const auto warn = [](png_structp, png_const_charp) {};
  Input input{bytes};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &failure, fail, warn);
  png_infop info = png != nullptr ? png_create_info_struct(png) : nullptr;
  cv::Mat map;
  bool read = false;
  if (info != nullptr) {
    png_set_read_fn(png, &input, readSome);
    read = readRows(png, info, map);
  }
  png_destroy_read_struct(&png, &info, nullptr);
  if (!read)
    throw Error(concat(file.string(), " is damaged: PNG data that cannot be decoded (", failure,
                       "); copy it again from its source"));
  return map;
}

}  // namespace uninet
