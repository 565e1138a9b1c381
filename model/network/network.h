#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/data/tasks.h"
#include "model/network/forward.h"
#include "model/network/mask_code.h"
#include "model/network/network_spec.h"
#include "model/ranks/batch_share.h"

namespace uninet {

/// One entry of a state dict.
struct WeightEntry {
  std::string key;
  at::Tensor tensor;
  bool buffer = false;  ///< running statistics: never trained
};

/// Ordered map key → tensor, in state_dict order.
class Weights {
 public:
  void add(std::string key, at::Tensor tensor, bool buffer);
  const at::Tensor& at(const std::string& key) const;  ///< throws Error naming the key
  bool contains(const std::string& key) const { return index_.count(key) != 0; }
  std::vector<WeightEntry>& entries() { return entries_; }
  const std::vector<WeightEntry>& entries() const { return entries_; }
  /// Another number after every change of a value made through ATen and every exchange of a tensor.
  std::uint64_t stamp() const;

 private:
  std::vector<WeightEntry> entries_;
  std::map<std::string, std::size_t> index_;
};

/// Raw outputs of a forward pass, batch first. Undefined tensors: task absent.
struct RawOutputs {
  at::Tensor segment;  ///< [N, C, H, W] logits
  at::Tensor depth;    ///< [N, 1, H, W]; metres = ClassTable::depthScale() ·
  /// Instead of segment and depth where only losses are wanted: before their last resize, which is
  /// bilinear, [N, C, h, w] and [N, 1, h, w].
  at::Tensor segmentBeforeResize, depthBeforeResize;
  /// Per level (strides 8, 16, 32).
  std::vector<at::Tensor> cls;         ///< [N, K, h, w] logits
  std::vector<at::Tensor> reg;         ///< [N, 4, h, w] l, t, r, b ≥ 0 in strides
  std::vector<at::Tensor> centerness;  ///< [N, 1, h, w] logits
  std::vector<at::Tensor> instDepth;   ///< [N, 1, h, w] metres ≥ 0
  std::vector<at::Tensor> instSeg;     ///< [N, 60, h, w] mask codes
  std::vector<EarlierOutput<at::Tensor>> earlier;
};

enum class Precision { float32, bfloat16 };

/// Sees each named feature map (E2 … P3 … D2, heads) and returns it or what shall take its place.
using TapFunction = std::function<at::Tensor(const std::string& name, const at::Tensor& x)>;

/// A network: its spec, weights, and mask code. Used by one thread at a time.
class Network {
 public:
  NetworkSpec spec;
  ForwardFunction function = nullptr;  ///< of the registry entry that `spec` names
  Weights weights;
  MaskCode maskCode;  ///< empty if the network has no inst_seg or the file carries no PCA
  std::map<std::string, std::string> metadata;

  /// Forward pass on normalised input [N, 3, H, W]. `training`: batch statistics, running ones
  /// updated. Only the heads of `wanted` are evaluated. `tap` sees each named feature map and may
  /// return another one. `input` may be a share of a batch. `beforeResize`: segment and depth
  /// before their last resize, for losses. Gradient mode is the caller's.
  RawOutputs forward(const at::Tensor& input, TaskSet wanted, bool training = false,
                     Precision precision = Precision::float32, const TapFunction& tap = {},
                     const BatchShare& share = wholeBatch(), bool beforeResize = false) const;
};

/// Those of each image of a batch, [1, …] each; gradients go back to the batch.
std::vector<RawOutputs> imagesOf(const RawOutputs& batch);
/// Every map that is there.
void eachOutput(RawOutputs& outputs, const std::function<void(at::Tensor&)>& change);
/// Copies of maps that are on another device.
RawOutputs onCpu(RawOutputs outputs);

/// RGB CV_8UC3 → [1, 3, H, W] float pixel values 0..255.
at::Tensor pixelsFromImage(const cv::Mat& image);
/// [1, 3, H, W] pixel values, rounded half away from zero and clamped → RGB CV_8UC3.
cv::Mat imageFromPixels(const at::Tensor& pixels);
/// (v / 255 − mean) / std per channel (architecture §1); differentiable.
at::Tensor normalise(const at::Tensor& pixels);
/// Gradient by normalised values → by pixel values.
at::Tensor normaliseGradient(const at::Tensor& gradient);

}  // namespace uninet
