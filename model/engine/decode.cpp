#include "model/engine/decode.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace uninet {
namespace {

/// A candidate before NMS and where its mask code lies.
struct Candidate {
  Detection detection;
  std::size_t level = 0;
  std::int64_t location = 0;
  float q = 0;  ///< class probability · centreness
};

/// Level map [N, c, h, w] of one image → [h · w, c] floats.
at::Tensor rows(const std::vector<at::Tensor>& levels, std::size_t level, std::int64_t index) {
  const at::Tensor map = levels[level][index].detach().to(at::kFloat);
  return map.permute({1, 2, 0}).reshape({-1, map.size(0)}).contiguous();
}

std::vector<Candidate> levelCandidates(const RawOutputs& outputs, std::size_t level,
                                       std::int64_t index, cv::Size size,
                                       const DecodeOptions& options) {
  static constexpr int kStrides[] = {8, 16, 32};
  const int stride = kStrides[level];
  const at::Tensor cls = at::sigmoid(rows(outputs.cls, level, index));
  const at::Tensor centre = at::sigmoid(rows(outputs.centerness, level, index));
  const at::Tensor reg = rows(outputs.reg, level, index);
  const at::Tensor depth =
      outputs.instDepth.empty() ? at::Tensor() : rows(outputs.instDepth, level, index);
  const std::int64_t classes = cls.size(1), width = outputs.cls[level].size(3);
  const auto clip = [](float v, int limit) {
    return std::clamp(v, 0.f, static_cast<float>(limit));
  };
  std::vector<Candidate> found;
  for (std::int64_t at = 0; at < cls.size(0); ++at) {
    const float* p = cls.data_ptr<float>() + at * classes;
    for (std::int64_t c = 0; c < classes; ++c) {
      if (!(p[c] > options.candidateThreshold)) continue;
      Candidate candidate;
      candidate.level = level;
      candidate.location = at;
      candidate.q = p[c] * centre.data_ptr<float>()[at];
      const float* d = reg.data_ptr<float>() + at * 4;
      const auto s = static_cast<float>(stride);
      const auto x = static_cast<float>(at % width * stride + stride / 2);
      const auto y = static_cast<float>(at / width * stride + stride / 2);
      candidate.detection.box = {clip(x - d[0] * s, size.width), clip(y - d[1] * s, size.height),
                                 clip(x + d[2] * s, size.width), clip(y + d[3] * s, size.height)};
      candidate.detection.classId = static_cast<int>(c) + 1;
      candidate.detection.score = std::sqrt(candidate.q);
      if (depth.defined()) candidate.detection.depthMetres = depth.data_ptr<float>()[at];
      found.push_back(std::move(candidate));
    }
  }
  const auto limit = static_cast<std::size_t>(options.perLevel);
  if (found.size() > limit) {
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.q > b.q; });
    found.resize(limit);
  }
  return found;
}

/// Class-wise suppression of sorted candidates.
std::vector<Candidate> suppress(std::vector<Candidate> sorted, double threshold) {
  std::vector<Candidate> kept;
  for (Candidate& candidate : sorted) {
    const bool covered = std::any_of(kept.begin(), kept.end(), [&](const Candidate& other) {
      return other.detection.classId == candidate.detection.classId &&
             iou(other.detection.box, candidate.detection.box) > threshold;
    });
    if (!covered) kept.push_back(std::move(candidate));
  }
  return kept;
}

void addMasks(const RawOutputs& outputs, std::int64_t index, const MaskCode& code,
              std::vector<Candidate>& candidates) {
  if (outputs.instSeg.empty() || code.empty() || candidates.empty()) return;
  std::vector<at::Tensor> levels, codes;
  for (std::size_t l = 0; l < outputs.instSeg.size(); ++l)
    levels.push_back(rows(outputs.instSeg, l, index));
  for (const Candidate& candidate : candidates)
    codes.push_back(levels[candidate.level][candidate.location]);
  const at::Tensor masks = code.decode(at::stack(codes)).contiguous();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    cv::Mat mask(MaskCode::kGrid, MaskCode::kGrid, CV_32F);
    std::memcpy(mask.data, masks.data_ptr<float>() + i * mask.total(),
                mask.total() * sizeof(float));
    candidates[i].detection.mask = mask;
  }
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
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [](const Candidate& a, const Candidate& b) { return a.detection.score > b.detection.score; });
  candidates = suppress(std::move(candidates), options.nmsIou);
  const auto limit = static_cast<std::size_t>(options.perImage);
  if (candidates.size() > limit) {
    // Ties with the last one that is kept are kept as well (architecture §9).
    const float last = candidates[limit - 1].detection.score;
    const auto end = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Candidate& c) { return c.detection.score < last; });
    candidates.erase(end, candidates.end());
  }
  addMasks(outputs, index, code, candidates);
  std::vector<Detection> detections;
  for (Candidate& candidate : candidates) detections.push_back(std::move(candidate.detection));
  return detections;
}

Prediction decode(const RawOutputs& outputs, std::int64_t index, const cv::Mat& image,
                  const Classes& classes, const MaskCode& code, const DecodeOptions& options) {
  Prediction prediction;
  prediction.classes = classes;
  prediction.image = image;
  if (outputs.segment.defined()) {
    prediction.tasks.add(Task::segment);
    const at::Tensor ids = outputs.segment[index].detach().argmax(0).to(at::kByte).contiguous();
    prediction.trainIds.create(static_cast<int>(ids.size(0)), static_cast<int>(ids.size(1)), CV_8U);
    std::memcpy(prediction.trainIds.data, ids.data_ptr<std::uint8_t>(),
                prediction.trainIds.total());
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
  if (!outputs.cls.empty()) {
    prediction.tasks.add(Task::detect);
    if (!outputs.instSeg.empty() && !code.empty()) prediction.tasks.add(Task::instSeg);
    if (!outputs.instDepth.empty()) prediction.tasks.add(Task::instDepth);
    prediction.detections = decodeDetections(outputs, index, image.size(), code, options);
  }
  return prediction;
}

}  // namespace uninet
