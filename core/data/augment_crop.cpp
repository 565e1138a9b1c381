#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "core/data/augment.h"
#include "core/data/class_table.h"

namespace uninet {
namespace {

/// mean · 255 of the input normalisation, so that padding becomes 0 behind it.
const cv::Scalar kMeanColour(73, 83, 72);

/// `map` placed at `at` on a canvas of `size` filled with `value`.
cv::Mat place(const cv::Mat& map, cv::Size size, cv::Point at, const cv::Scalar& value) {
  if (map.empty()) return {};
  cv::Mat canvas(size, map.type(), value);
  map.copyTo(canvas(cv::Rect(at, map.size())));
  return canvas;
}

Sample placeSample(const Sample& sample, cv::Size size, cv::Point at, const cv::Scalar& colour) {
  Sample placed = sample;
  placed.image = place(sample.image, size, at, colour);
  placed.trainIds = place(sample.trainIds, size, at, cv::Scalar(kIgnoreLabel));
  placed.depthMetres = place(sample.depthMetres, size, at, cv::Scalar(-1));
  placed.normals = place(sample.normals, size, at, cv::Scalar::all(0));
  placed.edges = place(sample.edges, size, at, cv::Scalar(0));
  placed.pinhole = sample.pinhole.moved(at.x, at.y);
  const auto dx = static_cast<float>(at.x), dy = static_cast<float>(at.y);
  for (Instance& instance : placed.instances) {
    Box& box = instance.box;
    box = {box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy};
  }
  return placed;
}

Sample cutSample(const Sample& sample, const cv::Rect& rect) {
  Sample cut = sample;
  const auto part = [&](const cv::Mat& map) { return map.empty() ? map : map(rect).clone(); };
  cut.image = part(sample.image);
  cut.trainIds = part(sample.trainIds);
  cut.depthMetres = part(sample.depthMetres);
  cut.normals = part(sample.normals);
  cut.edges = part(sample.edges);
  cut.pinhole = sample.pinhole.moved(-rect.x, -rect.y);
  cut.instances.clear();
  const auto x0 = static_cast<float>(rect.x), y0 = static_cast<float>(rect.y);
  const auto x1 = static_cast<float>(rect.br().x), y1 = static_cast<float>(rect.br().y);
  for (const Instance& instance : sample.instances) {
    const Box& box = instance.box;
    const float cx = (box.x0 + box.x1) / 2, cy = (box.y0 + box.y1) / 2;
    if (!(cx > x0 && cx < x1 && cy > y0 && cy < y1)) continue;
    const Box clipped{std::max(box.x0, x0), std::max(box.y0, y0), std::min(box.x1, x1),
                      std::min(box.y1, y1)};
    const cv::Rect inMask(cvRound(clipped.x0 - box.x0), cvRound(clipped.y0 - box.y0),
                          cvRound(clipped.width()), cvRound(clipped.height()));
    const cv::Rect inside = inMask & cv::Rect({0, 0}, instance.mask.size());
    if (inside.empty()) continue;
    Instance kept = instance;
    kept.box = {clipped.x0 - x0, clipped.y0 - y0, clipped.x1 - x0, clipped.y1 - y0};
    kept.mask = instance.mask(inside).clone();
    cut.instances.push_back(std::move(kept));
  }
  return cut;
}

Sample expand(const Sample& sample, Random& random) {
  const double ratio = random.uniform(1, 2);
  const cv::Size old = sample.image.size();
  const cv::Size size(static_cast<int>(old.width * ratio), static_cast<int>(old.height * ratio));
  const double top = random.uniform(0, old.height * ratio - old.height);
  const double left = random.uniform(0, old.width * ratio - old.width);
  const cv::Point at(std::min(static_cast<int>(left), size.width - old.width),
                     std::min(static_cast<int>(top), size.height - old.height));
  return placeSample(sample, size, at, cv::Scalar(0, 0, 0));
}

Sample sampleCrop(const Sample& sample, Random& random) {
  if (sample.instances.empty()) return sample;
  const double width = sample.image.cols, height = sample.image.rows;
  for (;;) {
    static constexpr double kMinimum[] = {-1, 0.1, 0.3, 0.7, 0.9, 0};
    const double minimum = kMinimum[random.below(6)];
    if (minimum < 0) return sample;
    for (int attempt = 0; attempt < 50; ++attempt) {
      const double w = random.uniform(0.25 * width, width);
      const int h = static_cast<int>(w * height / width + 0.5);
      const int left = static_cast<int>(random.uniform(0, width - w));
      const int top = static_cast<int>(random.uniform(0, std::max(0.0, height - h)));
      const cv::Rect rect = cv::Rect(left, top, static_cast<int>(w), h) &
                            cv::Rect(0, 0, sample.image.cols, sample.image.rows);
      const Box box{static_cast<float>(rect.x), static_cast<float>(rect.y),
                    static_cast<float>(rect.br().x), static_cast<float>(rect.br().y)};
      float best = 0;
      for (const Instance& instance : sample.instances)
        best = std::max(best, iou(instance.box, box));
      if (best < minimum) continue;
      Sample cut = cutSample(sample, rect);
      if (!cut.instances.empty()) return cut;
    }
  }
}

}  // namespace

Sample cropLikeReleased(const Sample& sample, Random& random) {
  return sampleCrop(random.chance(0.5) ? expand(sample, random) : sample, random);
}

Sample resizeMultiScale(const Sample& sample, cv::Size size, Random& random) {
  const double r = random.uniform(0.75, 1);
  const cv::Size small(std::max(1, static_cast<int>(size.width * r)),
                       std::max(1, static_cast<int>(size.height * r)));
  Sample resized = resizeSample(sample, small);
  std::erase_if(resized.instances, [](const Instance& i) { return i.box.area() <= 16; });
  return placeSample(resized, size, {0, 0}, kMeanColour);
}

}  // namespace uninet
