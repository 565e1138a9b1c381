#include "model/engine/decode.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <optional>

#include "model/engine/label_map.h"
#include "model/losses/earlier_losses.h"
#include "model/network/bilinear.h"

namespace uninet {
namespace {

/// A candidate before NMS and where its mask code lies. Small, as it is sorted and moved.
struct Candidate {
  Box box;
  int classId = 0;
  float score = 0, depthMetres = -1;
  float q = 0;  ///< class probability · centreness
  std::size_t level = 0;
  std::int64_t location = 0;
};

/// A level map [N, c, h, w] of one image, read where it lies.
class LevelMap {
 public:
  LevelMap(const std::vector<at::Tensor>& levels, std::size_t level, std::int64_t index)
      : map_(levels[level][index].detach().to(at::kFloat)),
        values_(map_.data_ptr<float>()),
        width_(map_.size(2)) {}

  float value(std::int64_t channel, std::int64_t location) const {
    return values_[channel * map_.stride(0) + location / width_ * map_.stride(1) +
                   location % width_ * map_.stride(2)];
  }
  std::int64_t channels() const { return map_.size(0); }

 private:
  at::Tensor map_;
  const float* values_;
  std::int64_t width_;
};

/// Level map [N, c, h, w] of one image → probabilities [h · w, c].
at::Tensor probabilities(const std::vector<at::Tensor>& levels, std::size_t level,
                         std::int64_t index) {
  const at::Tensor map = levels[level][index].detach().to(at::kFloat);
  return at::sigmoid(map.permute({1, 2, 0}).reshape({-1, map.size(0)}).contiguous());
}

/// Leaves the `count` candidates of greatest q, falling; of equal ones the first.
void keepGreatest(std::vector<Candidate>& candidates, std::size_t count) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&](std::size_t a, std::size_t b) {
                      const float p = candidates[a].q, q = candidates[b].q;
                      return p > q || (p == q && a < b);
                    });
  std::vector<Candidate> kept;
  kept.reserve(count);
  for (std::size_t i = 0; i < count; ++i) kept.push_back(candidates[order[i]]);
  candidates = std::move(kept);
}

std::vector<Candidate> levelCandidates(const RawOutputs& outputs, std::size_t level,
                                       std::int64_t index, cv::Size size,
                                       const DecodeOptions& options) {
  static constexpr int kStrides[] = {8, 16, 32};
  const int stride = kStrides[level];
  const at::Tensor cls = probabilities(outputs.cls, level, index);
  const at::Tensor centre = probabilities(outputs.centerness, level, index);
  const LevelMap reg(outputs.reg, level, index);
  std::optional<LevelMap> depth;
  if (!outputs.instDepth.empty()) depth.emplace(outputs.instDepth, level, index);
  const std::int64_t classes = cls.size(1), width = outputs.cls[level].size(3);
  const float *p = cls.data_ptr<float>(), *centreness = centre.data_ptr<float>();
  const auto clip = [](float v, int limit) {
    return std::clamp(v, 0.f, static_cast<float>(limit));
  };
  std::vector<Candidate> found;
  for (std::int64_t at = 0; at < cls.size(0); ++at, p += classes)
    for (std::int64_t c = 0; c < classes; ++c) {
      if (!(p[c] > options.candidateThreshold)) continue;
      Candidate candidate;
      candidate.level = level;
      candidate.location = at;
      candidate.q = p[c] * centreness[at];
      const auto s = static_cast<float>(stride);
      const auto x = static_cast<float>(at % width * stride + stride / 2);
      const auto y = static_cast<float>(at / width * stride + stride / 2);
      candidate.box = {
          clip(x - reg.value(0, at) * s, size.width), clip(y - reg.value(1, at) * s, size.height),
          clip(x + reg.value(2, at) * s, size.width), clip(y + reg.value(3, at) * s, size.height)};
      candidate.classId = static_cast<int>(c) + 1;
      candidate.score = std::sqrt(candidate.q);
      if (depth) candidate.depthMetres = depth->value(0, at);
      found.push_back(candidate);
    }
  const auto limit = static_cast<std::size_t>(options.perLevel);
  if (found.size() > limit) keepGreatest(found, limit);
  return found;
}

/// Class-wise suppression of sorted candidates, as far as `limit` are kept. Ties with the last one
/// are kept as well (architecture §9).
std::vector<Candidate> suppress(const std::vector<Candidate>& sorted, double threshold,
                                std::size_t limit) {
  std::vector<Candidate> kept;
  for (const Candidate& candidate : sorted) {
    if (kept.size() >= limit && candidate.score < kept[limit - 1].score) break;
    const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Candidate& other) {
      return other.classId == candidate.classId && iou(other.box, candidate.box) > threshold;
    });
    if (!covered) kept.push_back(candidate);
  }
  return kept;
}

void addMasks(const RawOutputs& outputs, std::int64_t index, const MaskCode& code,
              const std::vector<Candidate>& candidates, std::vector<Detection>& detections) {
  if (outputs.instSeg.empty() || code.empty() || candidates.empty()) return;
  std::vector<LevelMap> levels;
  for (std::size_t l = 0; l < outputs.instSeg.size(); ++l)
    levels.emplace_back(outputs.instSeg, l, index);
  const std::int64_t length = levels.front().channels();
  at::Tensor codes = at::empty({static_cast<std::int64_t>(candidates.size()), length});
  float* value = codes.data_ptr<float>();
  for (const Candidate& candidate : candidates)
    for (std::int64_t c = 0; c < length; ++c)
      *value++ = levels[candidate.level].value(c, candidate.location);
  const at::Tensor masks = code.decode(codes).contiguous();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    cv::Mat mask(MaskCode::kGrid, MaskCode::kGrid, CV_32F);
    std::memcpy(mask.data, masks.data_ptr<float>() + i * mask.total(),
                mask.total() * sizeof(float));
    detections[i].mask = mask;
  }
}

/// The last of the earlier predictions of an auxiliary task, at the size of the image, [1, C, H,
/// W]; undefined: there is none.
at::Tensor lastOf(Task task, const RawOutputs& outputs, std::int64_t index, const cv::Mat& image) {
  const EarlierOutput<at::Tensor>* last = lastEarlier(outputs, task);
  if (last == nullptr) return {};
  return resizeBilinear(last->map.narrow(0, index, 1).detach().to(at::kFloat), image.rows,
                        image.cols);
}

/// [1, C, H, W] → CV_32F of C channels.
cv::Mat matOf(const at::Tensor& map) {
  const at::Tensor last = map[0].permute({1, 2, 0}).contiguous();
  cv::Mat mat(static_cast<int>(last.size(0)), static_cast<int>(last.size(1)),
              CV_32FC(static_cast<int>(last.size(2))));
  std::memcpy(mat.data, last.data_ptr<float>(), mat.total() * mat.elemSize());
  return mat;
}

}  // namespace

std::vector<Detection> decodeDetections(const RawOutputs& outputs, std::int64_t index,
                                        cv::Size size, const MaskCode& code,
                                        const DecodeOptions& options) {
  std::vector<Candidate> candidates;
  for (std::size_t level = 0; level < outputs.cls.size(); ++level) {
    auto found = levelCandidates(outputs, level, index, size, options);
    std::move(found.begin(), found.end(), std::back_inserter(candidates));
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  candidates = suppress(candidates, options.nmsIou, static_cast<std::size_t>(options.perImage));
  std::vector<Detection> detections;
  for (const Candidate& c : candidates)
    detections.push_back({c.box, c.classId, c.score, c.depthMetres, {}});
  addMasks(outputs, index, code, candidates, detections);
  return detections;
}

Prediction decode(const RawOutputs& outputs, std::int64_t index, const cv::Mat& image,
                  const Classes& classes, const MaskCode& code, const DecodeOptions& options) {
  Prediction prediction;
  prediction.classes = classes;
  prediction.image = image;
  if (outputs.segment.defined()) {
    prediction.tasks.add(Task::segment);
    prediction.trainIds = labelMap(outputs.segment[index]);
  }
  if (outputs.depth.defined()) {
    prediction.tasks.add(Task::depth);
    const at::Tensor metres =
        (outputs.depth[index][0].detach() * classes->depthScale()).to(at::kFloat).contiguous();
    prediction.depthMetres.create(static_cast<int>(metres.size(0)),
                                  static_cast<int>(metres.size(1)), CV_32F);
    std::memcpy(prediction.depthMetres.data, metres.data_ptr<float>(),
                prediction.depthMetres.total() * sizeof(float));
  }
  if (const at::Tensor logits = lastOf(Task::semCont, outputs, index, image); logits.defined()) {
    prediction.tasks.add(Task::semCont);
    prediction.contours = matOf(at::sigmoid(logits));
  }
  if (const at::Tensor map = lastOf(Task::surNor, outputs, index, image); map.defined()) {
    prediction.tasks.add(Task::surNor);
    prediction.normals = matOf(unitVectors(map));
  }
  if (!outputs.cls.empty()) {
    prediction.tasks.add(Task::detect);
    if (!outputs.instSeg.empty() && !code.empty()) prediction.tasks.add(Task::instSeg);
    if (!outputs.instDepth.empty()) prediction.tasks.add(Task::instDepth);
    prediction.detections = decodeDetections(outputs, index, image.size(), code, options);
  }
  return prediction;
}

}  // namespace uninet
