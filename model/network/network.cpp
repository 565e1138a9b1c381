#include "model/network/network.h"

#include <ATen/ATen.h>
#include <cmath>
#include <opencv2/core.hpp>

#include "core/base/error.h"
#include "model/network/forward_threads.h"
#include "model/network/torch_ops.h"

namespace uninet {
namespace {

constexpr std::array<double, 3> kMean{0.28689554, 0.32513303, 0.28389177};
constexpr std::array<double, 3> kStd{0.18696375, 0.19017339, 0.18720214};

at::Tensor channelVector(const std::array<double, 3>& values, const at::Tensor& like) {
  // Filled where it is used: nothing is sent to a device.
  at::Tensor vector = at::empty({1, 3, 1, 1}, like.options());
  for (std::int64_t c = 0; c < 3; ++c)
    vector.select(1, c).fill_(values[static_cast<std::size_t>(c)]);
  return vector;
}

/// Output in at least float32; losses and decoding never see bfloat16.
at::Tensor output(const at::Tensor& tensor) {
  if (tensor.defined() && tensor.scalar_type() == at::kBFloat16) return tensor.to(at::kFloat);
  return tensor;
}

std::vector<at::Tensor> outputs(const std::vector<Value>& values) {
  std::vector<at::Tensor> tensors;
  for (const Value& value : values) tensors.push_back(output(TorchOps::tensor(value)));
  return tensors;
}

}  // namespace

void Weights::add(std::string key, at::Tensor tensor, bool buffer) {
  if (!index_.emplace(key, entries_.size()).second)
    throw Error(concat("the weight \"", key, "\" occurs twice"));
  entries_.push_back({std::move(key), std::move(tensor), buffer});
}

const at::Tensor& Weights::at(const std::string& key) const {
  const auto found = index_.find(key);
  if (found == index_.end()) throw Error(concat("the network has no weight \"", key, "\""));
  return entries_[found->second].tensor;
}

std::uint64_t Weights::stamp() const {
  std::uint64_t stamp = 1469598103934665603u;
  const auto mix = [&](std::uint64_t value) { stamp = (stamp ^ value) * 1099511628211u; };
  for (const WeightEntry& entry : entries_) {
    mix(reinterpret_cast<std::uintptr_t>(entry.tensor.unsafeGetTensorImpl()));
    mix(static_cast<std::uint64_t>(entry.tensor._version()));
  }
  return stamp;
}

void eachOutput(RawOutputs& outputs, const std::function<void(at::Tensor&)>& change) {
  for (at::Tensor* dense :
       {&outputs.segment, &outputs.depth, &outputs.segmentBeforeResize, &outputs.depthBeforeResize})
    if (dense->defined()) change(*dense);
  for (auto* levels :
       {&outputs.cls, &outputs.reg, &outputs.centerness, &outputs.instDepth, &outputs.instSeg})
    for (at::Tensor& level : *levels) change(level);
  for (EarlierOutput<at::Tensor>& earlier : outputs.earlier) change(earlier.map);
}

std::vector<RawOutputs> imagesOf(const RawOutputs& batch) {
  std::vector<std::vector<at::Tensor>> maps;
  RawOutputs form = batch;
  eachOutput(form, [&](at::Tensor& map) { maps.push_back(map.split(1)); });
  std::vector<RawOutputs> images(maps.empty() ? 0 : maps.front().size(), batch);
  for (std::size_t image = 0; image < images.size(); ++image) {
    auto next = maps.begin();
    eachOutput(images[image], [&](at::Tensor& map) { map = (*next++)[image]; });
  }
  return images;
}

RawOutputs onCpu(RawOutputs outputs) {
  eachOutput(outputs, [](at::Tensor& output) { output = output.cpu(); });
  return outputs;
}

RawOutputs Network::forward(const at::Tensor& input, TaskSet wanted, bool training,
                            Precision precision, const TapFunction& tap, const BatchShare& share,
                            bool beforeResize) const {
  noteForwardThread();
  TorchOps ops(weights, training, precision, tap, share);
  const at::Tensor image = input.contiguous(at::MemoryFormat::ChannelsLast);
  const NetworkOutputs values = function(ops, spec, wanted, ops.wrap(image));
  return rawOutputs(values, beforeResize);
}

RawOutputs rawOutputs(const NetworkOutputs& values, bool beforeResize) {
  RawOutputs raw;
  const auto dense = [&](const Value& value, at::Tensor& full, at::Tensor& before) {
    if (beforeResize) before = output(TorchOps::beforeResize(value));
    if (!before.defined()) full = output(TorchOps::tensor(value));
  };
  dense(values.segment, raw.segment, raw.segmentBeforeResize);
  dense(values.depth, raw.depth, raw.depthBeforeResize);
  raw.cls = outputs(values.cls);
  raw.reg = outputs(values.reg);
  raw.centerness = outputs(values.centerness);
  raw.instDepth = outputs(values.instDepth);
  raw.instSeg = outputs(values.instSeg);
  for (const EarlierOutput<Value>& other : values.earlier)
    raw.earlier.push_back(
        {other.task, other.name, output(TorchOps::tensor(other.map)), other.supervision});
  return raw;
}

at::Tensor pixelsFromImage(const cv::Mat& image) {
  if (image.empty() || image.type() != CV_8UC3) throw Error("an RGB image of 8 bits is needed");
  const cv::Mat packed = image.isContinuous() ? image : image.clone();
  return at::from_blob(packed.data, {1, packed.rows, packed.cols, 3}, at::kByte)
      .to(at::kFloat)
      .permute({0, 3, 1, 2});
}

cv::Mat imageFromPixels(const at::Tensor& pixels) {
  const at::Tensor bytes = at::floor(pixels.detach().to(at::kDouble) + 0.5)
                               .clamp(0, 255)
                               .to(at::kByte)
                               .permute({0, 2, 3, 1})
                               .contiguous()
                               .cpu();
  cv::Mat image(static_cast<int>(pixels.size(2)), static_cast<int>(pixels.size(3)), CV_8UC3);
  std::memcpy(image.data, bytes.data_ptr<std::uint8_t>(), image.total() * image.elemSize());
  return image;
}

at::Tensor normalise(const at::Tensor& pixels) {
  return (pixels / 255 - channelVector(kMean, pixels)) / channelVector(kStd, pixels);
}

at::Tensor normaliseGradient(const at::Tensor& gradient) {
  return gradient / (255 * channelVector(kStd, gradient));
}

}  // namespace uninet
