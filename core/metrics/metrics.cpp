#include "core/metrics/metrics.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/metrics/average_precision.h"
#include "core/outputs/paste.h"

namespace uninet {
namespace {

constexpr std::array<float, 3> kAspectScores{0.05f, 0.3f, 0.5f};

/// NaN where the class occurs neither in truth nor in prediction.
double iouOf(const std::vector<std::int64_t>& confusion, std::size_t classes, std::size_t c) {
  std::int64_t row = 0, column = 0;
  for (std::size_t k = 0; k < classes; ++k) {
    row += confusion[c * classes + k];
    column += confusion[k * classes + c];
  }
  const std::int64_t both = confusion[c * classes + c], whole = row + column - both;
  return whole == 0 ? Metrics::kNone : static_cast<double>(both) / static_cast<double>(whole);
}

/// Over the classes that occur, as cityscapesScripts averages; the released code would give NaN
/// as soon as one class is absent.
double meanOfOccurring(std::span<const double> values) {
  double sum = 0;
  int occurring = 0;
  for (const double value : values)
    if (!std::isnan(value)) {
      sum += value;
      ++occurring;
    }
  return occurring == 0 ? Metrics::kNone : sum / occurring;
}

void measureLabels(ImageMeasures& out, const cv::Mat& truth, const cv::Mat& predicted) {
  for (int y = 0; y < truth.rows; ++y) {
    const auto* t = truth.ptr<std::uint8_t>(y);
    const auto* p = predicted.ptr<std::uint8_t>(y);
    for (int x = 0; x < truth.cols; ++x)
      if (t[x] < out.semanticClasses && p[x] < out.semanticClasses) {
        ++out.confusion[t[x] * out.semanticClasses + p[x]];
        out.hasSegment = true;
      }
  }
}

void measureDepth(ImageMeasures& out, const cv::Mat& truth, const cv::Mat& predicted,
                  const cv::Mat& trainIds) {
  double relative = 0;
  for (int y = 0; y < truth.rows; ++y) {
    const auto* t = truth.ptr<float>(y);
    const auto* p = predicted.ptr<float>(y);
    const auto* label = trainIds.empty() ? nullptr : trainIds.ptr<std::uint8_t>(y);
    for (int x = 0; x < truth.cols; ++x) {
      if (!(t[x] > 0)) continue;
      const double error = static_cast<double>(p[x]) - t[x];
      out.depthSquares += error * error;
      relative += std::abs(error) / t[x];
      ++out.depthPixels;
      if (label != nullptr && label[x] < out.semanticClasses) {
        out.depthClassSquares[label[x]] += error * error;
        ++out.depthClassPixels[label[x]];
      }
    }
  }
  if (out.depthPixels == 0) return;
  const auto n = static_cast<double>(out.depthPixels);
  out.hasDepth = true;
  out.depthRmse = std::sqrt(out.depthSquares / n);
  out.depthAbsRel = relative / n;
}

RegionMask regionOf(const Instance& instance) {
  RegionMask region;
  region.rect = {cvRound(instance.box.x0), cvRound(instance.box.y0), instance.mask.cols,
                 instance.mask.rows};
  region.pixels = instance.mask;
  region.area = cv::countNonZero(instance.mask);
  return region;
}

/// Whether a mask in `box` can have a pixel in common with an object of its class.
bool meetsObject(const std::vector<ApTruth>& truths, int classId, const Box& box) {
  constexpr float kMargin = 2;  // pasting rounds
  return std::any_of(truths.begin(), truths.end(), [&](const ApTruth& truth) {
    const cv::Rect2f rect = truth.mask.rect;
    return truth.classId == classId && box.x0 - kMargin < rect.x + rect.width &&
           box.x1 + kMargin > rect.x && box.y0 - kMargin < rect.y + rect.height &&
           box.y1 + kMargin > rect.y;
  });
}

}  // namespace

double Metrics::value(const std::string& key) const {
  const auto found = values.find(key);
  return found == values.end() ? kNone : found->second;
}

nlohmann::json Metrics::toJson() const {
  nlohmann::json json;
  json["metrics"] = nlohmann::json::object();
  for (const auto& [key, v] : values) json["metrics"][key] = numberOrNull(v);
  json["classes"] = nlohmann::json::object();
  for (const auto& [name, entries] : classes)
    for (const auto& [key, v] : entries) json["classes"][name][key] = numberOrNull(v);
  json["behind"] = nlohmann::json::object();
  for (const auto& [key, support] : behind)
    if (key.find('/') == std::string::npos)
      json["behind"][key] = {{"images", support.images}, {support.what, support.count}};
  json["images"] = images;
  return json;
}

InstanceDepthSums::InstanceDepthSums(std::size_t instanceClasses)
    : smoothL1(instanceClasses + 1), absRel(instanceClasses + 1), positives(instanceClasses + 1) {}

ClassLossSums::ClassLossSums(std::size_t instanceClasses)
    : cls(instanceClasses + 1),
      quality(instanceClasses + 1),
      reg(instanceClasses + 1),
      centreness(instanceClasses + 1) {}

ImageMeasures::ImageMeasures(const ClassTable& table)
    : semanticClasses(table.semantic.size()),
      instanceClasses(table.instance.size()),
      confusion(semanticClasses * semanticClasses),
      depthClassSquares(semanticClasses),
      depthClassPixels(semanticClasses),
      aspectSums(instanceClasses),
      aspectCounts(instanceClasses) {}

double metricRatio(double clean, double attacked, bool higherIsBetter) {
  const double above = higherIsBetter ? attacked : clean;
  const double below = higherIsBetter ? clean : attacked;
  return below > 0 && std::isfinite(above) ? above / below : Metrics::kNone;
}

double deltaMtl(std::span<const double> metrics, std::span<const double> baselines,
                std::span<const bool> higherIsBetter) {
  if (metrics.empty() || metrics.size() != baselines.size() ||
      metrics.size() != higherIsBetter.size())
    throw Error("delta: as many metrics, baselines and directions are needed");
  double sum = 0;
  for (std::size_t i = 0; i < metrics.size(); ++i)
    sum += (higherIsBetter[i] ? 1 : -1) * (metrics[i] - baselines[i]) / baselines[i];
  return 100 * sum / static_cast<double>(metrics.size());
}

ImageMeasures measureImage(const Sample& original, const Sample& resized,
                           const Prediction& prediction,
                           const std::optional<InstanceDepthSums>& instanceDepth,
                           const std::optional<ClassLossSums>& classLosses) {
  ImageMeasures out(*prediction.classes);
  if (!resized.trainIds.empty() && !prediction.trainIds.empty())
    measureLabels(out, resized.trainIds, prediction.trainIds);
  if (!resized.depthMetres.empty() && !prediction.depthMetres.empty())
    measureDepth(out, resized.depthMetres, prediction.depthMetres, resized.trainIds);
  if (instanceDepth && instanceDepth->positives[0] > 0) out.instanceDepth = instanceDepth;
  out.classLosses = classLosses;
  if (!prediction.tasks.has(Task::detect)) return out;

  const cv::Size size = original.image.size();
  const double sx = static_cast<double>(size.width) / prediction.image.cols;
  const double sy = static_cast<double>(size.height) / prediction.image.rows;
  const bool withMasks = prediction.tasks.has(Task::instSeg) && original.hasInstances;
  std::vector<ApTruth> truths;
  if (original.hasInstances)
    for (const Instance& instance : original.instances)
      truths.push_back({instance.classId, instance.crowd, instance.box, regionOf(instance)});
  std::vector<ApFound> found;
  for (const Detection& d : prediction.detections) {
    found.push_back(
        {d.classId, d.score, d.box.scaled(static_cast<float>(sx), static_cast<float>(sy)), {}});
    // Pasting costs most: only where it can matter.
    if (withMasks && meetsObject(truths, d.classId, found.back().box))
      found.back().mask = pasteRegion(d, size, sx, sy);
    const Box& box = found.back().box;
    if (!(box.height() > 0)) continue;
    for (std::size_t k = 0; k < kAspectScores.size(); ++k)
      if (d.score >= kAspectScores[k]) {
        const auto c = static_cast<std::size_t>(d.classId - 1);
        out.aspectSums[c][k] += static_cast<double>(box.width()) / box.height();
        ++out.aspectCounts[c][k];
      }
  }
  if (!original.hasInstances) return out;
  const int classes = static_cast<int>(out.instanceClasses);
  out.boxes = matchImage(truths, found, classes, false);
  out.hasBoxes = true;
  if (withMasks) {
    out.masks = matchImage(truths, found, classes, true);
    out.hasMasks = true;
  }
  return out;
}

MeasureSet::MeasureSet(std::vector<ImageMeasures> images, Classes classes)
    : images_(std::move(images)), classes_(std::move(classes)) {
  const std::size_t instances = classes_->instance.size();
  for (const ImageMeasures& image : images_)
    if (image.semanticClasses != classes_->semantic.size() || image.instanceClasses != instances)
      throw Error(concat("metrics: expected measures of ", classes_->semantic.size(), " and ",
                         instances, " classes (", classes_->title, "), found ",
                         image.semanticClasses, " and ", image.instanceClasses));
  const auto prepare = [this, instances](std::vector<ApMatches> ImageMeasures::*matches) {
    std::vector<AveragePrecision> classes;
    static const ApMatches kNothing;
    bool any = false;
    for (std::size_t c = 0; c < instances; ++c) {
      std::vector<const ApMatches*> ofClass;
      for (const ImageMeasures& image : images_) {
        const bool measured = !(image.*matches).empty();
        ofClass.push_back(measured ? &(image.*matches)[c] : &kNothing);
        any = any || measured;
      }
      classes.emplace_back(ofClass);
    }
    return any ? classes : std::vector<AveragePrecision>();
  };
  boxes_ = prepare(&ImageMeasures::boxes);
  masks_ = prepare(&ImageMeasures::masks);
}

void MeasureSet::countClassImages(Metrics& m) const {
  const auto count = [&m](const std::string& name, std::initializer_list<const char*> keys,
                          bool occurs) {
    for (const char* key : keys) {
      Metrics::Support& support = m.behind[name + "/" + key];
      support.what = "images";
      support.images += occurs ? 1 : 0;
      support.count = static_cast<std::int64_t>(support.images);
    }
  };
  const std::size_t size = classes_->semantic.size();
  for (const ImageMeasures& image : images_) {
    for (std::size_t c = 0; c < size; ++c) {
      std::int64_t pixels = 0;
      for (std::size_t k = 0; image.hasSegment && k < size; ++k)
        pixels += image.confusion[c * size + k] + image.confusion[k * size + c];
      count(classes_->semantic[c].name, {"iou"}, pixels > 0);
      count(classes_->semantic[c].name, {"depth_rmse_m"}, image.depthClassPixels[c] > 0);
    }
    for (std::size_t c = 0; c < classes_->instance.size(); ++c) {
      const std::string& name = classes_->instance[c].name;
      const auto occurs = [c](const std::vector<ApMatches>& matches) {
        return !matches.empty() && (matches[c].positives > 0 || !matches[c].records.empty());
      };
      count(name, {"ap_box", "ap50_box"}, occurs(image.boxes));
      count(name, {"ap_mask", "ap50_mask"}, occurs(image.masks));
      count(name, {"inst_depth_smooth_l1_m", "inst_depth_abs_rel"},
            image.instanceDepth && image.instanceDepth->positives[c + 1] > 0);
      count(name, {"cls_loss", "reg_loss"},
            image.classLosses && image.classLosses->quality[c + 1] > 0);
      count(name, {"aspect_ratio"}, image.aspectCounts[c][0] > 0);
      count(name, {"aspect_ratio_30"}, image.aspectCounts[c][1] > 0);
      count(name, {"aspect_ratio_50"}, image.aspectCounts[c][2] > 0);
    }
  }
}

Metrics MeasureSet::metrics(std::span<const int> times) const {
  if (!times.empty() && times.size() != images_.size())
    throw Error("metrics: one count for each image is needed");
  const std::size_t semanticClasses = classes_->semantic.size();
  const std::size_t instanceClasses = classes_->instance.size();
  ImageMeasures sum(*classes_);
  InstanceDepthSums instances(instanceClasses);
  ClassLossSums losses(instanceClasses);
  double depthRmse = 0, depthAbsRel = 0, smoothL1 = 0;
  std::int64_t depthImages = 0, instanceImages = 0, segmentImages = 0;
  std::int64_t boxImages = 0, maskImages = 0, boxObjects = 0, maskObjects = 0;
  Metrics m;
  for (std::size_t i = 0; i < images_.size(); ++i) {
    const int count = times.empty() ? 1 : times[i];
    if (count == 0) continue;
    const ImageMeasures& image = images_[i];
    const auto add = [count](auto& to, const auto& from) {
      for (std::size_t k = 0; k < to.size(); ++k) to[k] += from[k] * count;
    };
    m.images += static_cast<std::size_t>(count);
    if (image.hasSegment) {
      sum.hasSegment = true;
      segmentImages += count;
      add(sum.confusion, image.confusion);
    }
    if (image.hasDepth) {
      depthRmse += image.depthRmse * count;
      depthAbsRel += image.depthAbsRel * count;
      depthImages += count;
      sum.depthSquares += image.depthSquares * count;
      sum.depthPixels += image.depthPixels * count;
      add(sum.depthClassSquares, image.depthClassSquares);
      add(sum.depthClassPixels, image.depthClassPixels);
    }
    if (image.instanceDepth) {
      const InstanceDepthSums& found = *image.instanceDepth;
      add(instances.smoothL1, found.smoothL1);
      add(instances.absRel, found.absRel);
      add(instances.positives, found.positives);
      smoothL1 += found.smoothL1[0] / static_cast<double>(found.positives[0]) * count;
      instanceImages += count;
    }
    if (image.classLosses) {
      add(losses.cls, image.classLosses->cls);
      add(losses.quality, image.classLosses->quality);
      add(losses.reg, image.classLosses->reg);
      add(losses.centreness, image.classLosses->centreness);
    }
    for (std::size_t c = 0; c < instanceClasses; ++c) {
      add(sum.aspectSums[c], image.aspectSums[c]);
      add(sum.aspectCounts[c], image.aspectCounts[c]);
    }
    boxImages += image.hasBoxes ? count : 0;
    maskImages += image.hasMasks ? count : 0;
    for (const ApMatches& matches : image.boxes) boxObjects += matches.positives * count;
    for (const ApMatches& matches : image.masks) maskObjects += matches.positives * count;
  }

  const auto ratio = [](double numerator, auto count) {
    return count > 0 ? numerator / static_cast<double>(count) : Metrics::kNone;
  };
  const auto precisions = [&](const std::vector<AveragePrecision>& classes) {
    std::vector<ApResult> results(instanceClasses, {Metrics::kNone, Metrics::kNone});
    for (std::size_t c = 0; c < classes.size(); ++c) results[c] = classes[c].compute(times);
    return results;
  };
  const std::vector<ApResult> boxes = precisions(boxes_), masks = precisions(masks_);
  std::vector<double> ious(semanticClasses);
  for (std::size_t c = 0; c < semanticClasses; ++c)
    ious[c] = sum.hasSegment ? iouOf(sum.confusion, semanticClasses, c) : Metrics::kNone;
  m.values["miou"] = meanOfOccurring(ious);
  m.values["ap_box"] = meanOf(boxes).ap;
  m.values["ap50_box"] = meanOf(boxes).ap50;
  m.values["ap_mask"] = meanOf(masks).ap;
  m.values["ap50_mask"] = meanOf(masks).ap50;
  m.values["depth_rmse_m"] = ratio(depthRmse, depthImages);
  m.values["depth_rmse_pooled_m"] = std::sqrt(ratio(sum.depthSquares, sum.depthPixels));
  m.values["depth_abs_rel"] = ratio(depthAbsRel, depthImages);
  // Smooth l1: mean over images, as batches of one; abs rel: over all positive locations.
  m.values["inst_depth_smooth_l1_m"] = ratio(smoothL1, instanceImages);
  m.values["inst_depth_abs_rel"] = ratio(instances.absRel[0], instances.positives[0]);

  const auto support = [&m](std::initializer_list<const char*> keys, std::int64_t images,
                            std::int64_t count, const char* what) {
    for (const char* key : keys) m.behind[key] = {static_cast<std::size_t>(images), count, what};
  };
  support({"miou"}, segmentImages,
          std::accumulate(sum.confusion.begin(), sum.confusion.end(), std::int64_t{0}), "pixels");
  support({"ap_box", "ap50_box"}, boxImages, boxObjects, "objects");
  support({"ap_mask", "ap50_mask"}, maskImages, maskObjects, "objects");
  support({"depth_rmse_m", "depth_rmse_pooled_m", "depth_abs_rel"}, depthImages, sum.depthPixels,
          "pixels");
  support({"inst_depth_smooth_l1_m", "inst_depth_abs_rel"}, instanceImages, instances.positives[0],
          "locations");

  if (times.empty()) countClassImages(m);

  for (std::size_t c = 0; c < semanticClasses; ++c) {
    auto& entry = m.classes[classes_->semantic[c].name];
    entry["iou"] = ious[c];
    entry["depth_rmse_m"] = std::sqrt(ratio(sum.depthClassSquares[c], sum.depthClassPixels[c]));
  }
  for (std::size_t c = 0; c < instanceClasses; ++c) {
    auto& entry = m.classes[classes_->instance[c].name];
    entry["ap_box"] = boxes[c].ap;
    entry["ap50_box"] = boxes[c].ap50;
    entry["ap_mask"] = masks[c].ap;
    entry["ap50_mask"] = masks[c].ap50;
    entry["inst_depth_smooth_l1_m"] = ratio(instances.smoothL1[c + 1], instances.positives[c + 1]);
    entry["inst_depth_abs_rel"] = ratio(instances.absRel[c + 1], instances.positives[c + 1]);
    entry["cls_loss"] = ratio(losses.cls[c + 1], losses.quality[c + 1]);
    entry["reg_loss"] = ratio(losses.reg[c + 1], losses.centreness[c + 1]);
    const auto aspect = [&](std::size_t k) {
      return ratio(sum.aspectSums[c][k], sum.aspectCounts[c][k]);
    };
    entry["aspect_ratio"] = aspect(0);
    entry["aspect_ratio_30"] = aspect(1);
    entry["aspect_ratio_50"] = aspect(2);
  }
  return m;
}

}  // namespace uninet
