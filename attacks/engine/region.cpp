#include "attacks/engine/region.h"

#include <cmath>
#include <opencv2/imgproc.hpp>
#include <sstream>
#include <vector>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/base/pictures.h"

namespace uninet {
namespace {

std::vector<int> numbersOf(const std::string& text, const std::string& whole) {
  std::vector<int> numbers;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) {
    part.erase(0, part.find_first_not_of(' '));
    const auto number = parseNumber<int>(part);
    if (!number)
      throw Error(concat("region: expected whole numbers with commas, found \"", whole, "\""));
    numbers.push_back(*number);
  }
  return numbers;
}

void addInstance(cv::Mat& region, const Sample& sample, const std::string& text) {
  const std::vector<int> number = numbersOf(text, "instance:" + text);
  const auto count = static_cast<int>(sample.instances.size());
  if (number.size() != 1 || number[0] < 0 || number[0] >= count)
    throw Error(concat("region: expected an object from 0 to ", count - 1, ", found \"", text,
                       count == 0 ? "\"; the image has no objects" : "\""));
  const Instance& instance = sample.instances[static_cast<std::size_t>(number[0])];
  const cv::Rect place(cvRound(instance.box.x0), cvRound(instance.box.y0), instance.mask.cols,
                       instance.mask.rows);
  const cv::Rect inside = place & cv::Rect({}, region.size());
  instance.mask(inside - place.tl()).copyTo(region(inside));
}

}  // namespace

cv::Mat parseRegion(const std::string& text, const Sample& sample) {
  if (text.empty()) return {};
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  const std::string rest = colon == std::string::npos ? "" : text.substr(colon + 1);
  cv::Mat region = cv::Mat::zeros(sample.image.size(), CV_8U);
  if (kind == "box") {
    const std::vector<int> n = numbersOf(rest, text);
    if (n.size() != 4)
      throw Error(concat("region: expected box:x0,y0,x1,y1, found \"", text, "\""));
    region(cv::Rect(cv::Point(n[0], n[1]), cv::Point(n[2], n[3])) & cv::Rect({}, region.size()))
        .setTo(1);
  } else if (kind == "polygon") {
    const std::vector<int> n = numbersOf(rest, text);
    if (n.size() < 6 || n.size() % 2 != 0)
      throw Error(
          concat("region: expected polygon:x,y,x,y,x,y with at least three corners, found \"", text,
                 "\""));
    std::vector<cv::Point> corners;
    for (std::size_t i = 0; i < n.size(); i += 2) corners.emplace_back(n[i], n[i + 1]);
    cv::fillPoly(region, std::vector<std::vector<cv::Point>>{corners}, 1);
  } else if (kind == "instance") {
    addInstance(region, sample, rest);
  } else if (kind == "mask") {
    const cv::Mat picture = readImage(rest);
    if (picture.size() != region.size())
      throw Error(concat("region: ", rest, ": expected ", region.rows, "x", region.cols, ", found ",
                         picture.rows, "x", picture.cols));
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_RGB2GRAY);
    region.setTo(1, grey);
  } else {
    throw Error(
        concat("region: expected box:…, polygon:…, instance:… or mask:…, found \"", text, "\""));
  }
  if (cv::countNonZero(region) == 0)
    throw Error(concat("region: \"", text, "\" holds no pixel of the ", region.rows, "x",
                       region.cols, " image"));
  return region;
}

}  // namespace uninet
