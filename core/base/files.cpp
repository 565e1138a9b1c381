#include "core/base/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace uninet {
namespace fs = std::filesystem;
namespace {

constexpr int kLargestSide = 16384;

/// Why `file` cannot be read, as a sentence.
[[noreturn]] void cannotRead(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error))
    throw Error(concat(file.string(), " does not exist; check the path"));
  if (fs::is_directory(file, error))
    throw Error(concat(file.string(), " is a folder; a file is expected"));
  throw Error(
      concat(file.string(), " cannot be read (", std::strerror(errno), "); check its permissions"));
}

std::uint32_t bigEndian(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[at + i]);
  return value;
}

/// OpenCV fills what is missing of a truncated PNG with grey, so its chunks are walked first.
void checkPng(const fs::path& file, const std::string& bytes) {
  const auto truncated = [&] {
    throw Error(concat(file.string(),
                       " is truncated: its PNG ends before the end mark; copy it "
                       "again from its source"));
  };
  std::size_t at = 8;
  if (bytes.size() < 33) truncated();
  const std::uint32_t width = bigEndian(bytes, 16), height = bigEndian(bytes, 20);
  if (width > kLargestSide || height > kLargestSide)
    throw Error(concat(file.string(), ": expected at most ", kLargestSide, " pixels a side, found ",
                       height, "x", width));
  for (;;) {
    if (at + 12 > bytes.size()) truncated();
    const std::size_t length = bigEndian(bytes, at);
    if (bytes.compare(at + 4, 4, "IEND") == 0) return;
    if (length > bytes.size() - at - 12) truncated();
    at += 12 + length;
  }
}

cv::Mat decodePicture(const fs::path& file, int flags) {
  const std::string bytes = readTextFile(file, std::size_t{1} << 30);
  if (bytes.empty()) throw Error(concat(file.string(), " is empty; a picture is expected"));
  if (bytes.compare(0, 8, "\x89PNG\r\n\x1a\n", 8) == 0) checkPng(file, bytes);
  cv::Mat image;
  try {
    const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8U, const_cast<char*>(bytes.data()));
    image = cv::imdecode(buffer, flags);
  } catch (const cv::Exception&) {
    image.release();
  }
  if (image.empty())
    throw Error(concat(file.string(), " is no picture that can be read; PNG and JPEG can"));
  if (image.cols > kLargestSide || image.rows > kLargestSide)
    throw Error(concat(file.string(), ": expected at most ", kLargestSide, " pixels a side, found ",
                       image.rows, "x", image.cols));
  return image;
}

const char* depthName(int depth) {
  static constexpr std::array<const char*, 7> kNames{
      "8-bit", "signed 8-bit", "16-bit", "signed 16-bit", "32-bit", "float", "double"};
  return depth >= 0 && depth < 7 ? kNames[static_cast<std::size_t>(depth)] : "unknown";
}

}  // namespace

void writeAtomically(const fs::path& file,
                     const std::function<void(const fs::path& temporary)>& write) {
  static std::atomic<unsigned> counter{0};
  fs::path temporary = file;
  temporary += concat(".", ::getpid(), ".", counter++, ".part");
  const auto failed = [&](const std::string& why) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw Error(concat(file.string(), " cannot be written: ", why));
  };
  try {
    write(temporary);
  } catch (...) {
    std::error_code ignored;
    fs::remove(temporary, ignored);
    throw;
  }
  const int descriptor = ::open(temporary.c_str(), O_RDONLY);
  if (descriptor < 0) failed(std::strerror(errno));
  const int synced = ::fsync(descriptor);
  const int reason = errno;
  ::close(descriptor);
  if (synced != 0 && reason != EINVAL) failed(std::strerror(reason));
  std::error_code error;
  fs::rename(temporary, file, error);
  if (error) failed(error.message());
}

void writeTextFile(const fs::path& file, std::string_view text) {
  writeAtomically(file, [&](const fs::path& temporary) {
    errno = 0;
    std::ofstream out(temporary, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written: ", std::strerror(errno),
                         "; check the folder and the free space"));
  });
}

std::string readTextFile(const fs::path& file, std::size_t maxBytes) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) cannotRead(file);
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) cannotRead(file);
  const auto size = fs::file_size(file, error);
  if (error) cannotRead(file);
  if (size > maxBytes)
    throw Error(concat(file.string(), ": expected at most ", maxBytes, " bytes, found ", size));
  std::string text(size, '\0');
  in.read(text.data(), static_cast<std::streamsize>(size));
  if (in.gcount() != static_cast<std::streamsize>(size)) cannotRead(file);
  return text;
}

std::string encodePng(const cv::Mat& image) {
  cv::Mat stored;
  if (image.channels() == 3)
    cv::cvtColor(image, stored, cv::COLOR_RGB2BGR);
  else
    stored = image;
  std::vector<std::uint8_t> bytes;
  // Level 1: photographs grow by a few percent and are written in a fraction of the time.
  if (image.empty() || !cv::imencode(".png", stored, bytes, {cv::IMWRITE_PNG_COMPRESSION, 1}))
    throw Error("the image cannot be stored as PNG");
  return {bytes.begin(), bytes.end()};
}

cv::Mat decodePng(const std::string& bytes) {
  cv::Mat image =
      cv::imdecode(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), cv::IMREAD_COLOR);
  if (image.empty()) throw Error("the bytes are no PNG");
  cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
  return image;
}

void writePng(const fs::path& file, const cv::Mat& image) {
  try {
    writeTextFile(file, encodePng(image));
  } catch (const cv::Exception& e) {
    throw Error(concat(file.string(), " cannot be written: ", e.what()));
  }
}

cv::Mat readImage(const fs::path& file) {
  cv::Mat image = decodePicture(file, cv::IMREAD_COLOR);
  cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
  return image;
}

cv::Mat readMap(const fs::path& file, int cvDepth) {
  cv::Mat map = decodePicture(file, cv::IMREAD_UNCHANGED);
  if (map.channels() != 1 || map.depth() != cvDepth)
    throw Error(concat(file.string(), ": expected one ", depthName(cvDepth), " channel, found ",
                       map.channels(), " ", depthName(map.depth())));
  return map;
}

void makeFolder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder))
    throw Error(concat(folder.string(), ": the folder cannot be created: ",
                       error ? error.message() : "a file of that name is in the way"));
}

}  // namespace uninet
