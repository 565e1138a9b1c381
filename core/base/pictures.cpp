#include "core/base/pictures.h"

#include <array>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/picture_check.h"
#include "core/base/png_indices.h"

namespace uninet {
namespace fs = std::filesystem;
namespace {

std::string pictureBytes(const fs::path& file) {
  std::string bytes = readTextFile(file, std::size_t{1} << 30);
  if (bytes.empty()) throw Error(concat(file.string(), " is empty; a picture is expected"));
  checkPicture(file, bytes);
  return bytes;
}

cv::Mat decodePicture(const fs::path& file, const std::string& bytes, int flags) {
  cv::Mat image;
  try {
    const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8U, const_cast<char*>(bytes.data()));
    image = cv::imdecode(buffer, flags);
  } catch (const cv::Exception& e) {
    if (e.code == cv::Error::StsNoMem) throw;
    image.release();
  }
  if (image.empty())
    throw Error(
        concat(file.string(), ": its ", pictureFormat(bytes),
               " data cannot be decoded (damaged, animated, or with other than 8 or 16 bits "
               "a channel); copy it again from its source, or save it as PNG"));
  checkPictureSize(file, image.cols, image.rows);
  return image;
}

const char* depthName(int depth) {
  static constexpr std::array<const char*, 7> kNames{
      "8-bit", "signed 8-bit", "16-bit", "signed 16-bit", "32-bit", "float", "double"};
  return depth >= 0 && depth < 7 ? kNames[static_cast<std::size_t>(depth)] : "unknown";
}

}  // namespace

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
  cv::Mat image;
  try {
    image = cv::imdecode(std::vector<std::uint8_t>(bytes.begin(), bytes.end()), cv::IMREAD_COLOR);
  } catch (const cv::Exception&) {
    image.release();
  }
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
  cv::Mat image = decodePicture(file, pictureBytes(file), cv::IMREAD_COLOR);
  cv::cvtColor(image, image, cv::COLOR_BGR2RGB);
  return image;
}

cv::Mat readMap(const fs::path& file, int cvDepth) {
  cv::Mat map = decodePicture(file, pictureBytes(file), cv::IMREAD_UNCHANGED);
  if (map.channels() != 1 || map.depth() != cvDepth)
    throw Error(concat(file.string(), ": expected one ", depthName(cvDepth), " channel, found ",
                       map.channels(), " ", depthName(map.depth())));
  return map;
}

cv::Mat readLabels(const fs::path& file) {
  const std::string bytes = pictureBytes(file);
  if (isPackedPng(bytes)) return readPngIndices(file, bytes);
  const cv::Mat map = decodePicture(file, bytes, cv::IMREAD_UNCHANGED);
  if (map.channels() != 1 || (map.depth() != CV_8U && map.depth() != CV_16U))
    throw Error(concat(file.string(), ": expected one ", depthName(CV_8U),
                       " channel or a palette, found ", map.channels(), " ",
                       depthName(map.depth())));
  if (map.depth() == CV_8U) return map;
  double greatest = 0;
  cv::minMaxLoc(map, nullptr, &greatest);
  if (greatest > 255)
    throw Error(concat(file.string(), ": expected labels from 0 to 255, found ", greatest));
  cv::Mat labels;
  map.convertTo(labels, CV_8U);
  return labels;
}

}  // namespace uninet
