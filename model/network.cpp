#include "model/network.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <cmath>
#include <opencv2/core.hpp>

#include "core/error.h"
#include "model/network_keys.h"
#include "model/torch_ops.h"
#include "model/uninet.h"

namespace uninet {
namespace {

at::Tensor channelVector(const std::array<double, 3>& values, const at::Tensor& like) {
  return at::tensor({values[0], values[1], values[2]}, at::kDouble)
      .to(like.scalar_type())
      .view({1, 3, 1, 1});
}

/// Output in at least float32; losses and decoding never see bfloat16.
at::Tensor output(const Value& value) {
  at::Tensor tensor = TorchOps::tensor(value);
  if (tensor.defined() && tensor.scalar_type() == at::kBFloat16) return tensor.to(at::kFloat);
  return tensor;
}

std::vector<at::Tensor> outputs(const std::vector<Value>& values) {
  std::vector<at::Tensor> tensors;
  for (const Value& value : values) tensors.push_back(output(value));
  return tensors;
}

bool endsWith(const std::string& text, const char* end) { return text.ends_with(end); }

/// Initial value of one entry (architecture §§2–8, the Init lines).
at::Tensor initialValue(const KeyShape& entry, bool norm, std::int64_t fanInOfSibling,
                        at::Generator generator) {
  const at::TensorOptions options = entry.integer ? at::kLong : at::kFloat;
  at::Tensor value = at::zeros(entry.shape, options);
  if (entry.buffer) return endsWith(entry.key, "running_var") ? value.fill_(1) : value;
  if (norm) return endsWith(entry.key, ".weight") ? value.fill_(1) : value;
  if (endsWith(entry.key, ".scale")) return value.fill_(1);

  const bool instanceHead = entry.key.starts_with("head.det_head.");
  const bool neck = entry.key.starts_with("encoder_decoder.neck.");
  if (endsWith(entry.key, ".bias")) {
    if (instanceHead)
      return endsWith(entry.key, "cls_logits.bias") ? value.fill_(-std::log(99.0)) : value;
    if (neck) return value;
    const double bound = 1 / std::sqrt(static_cast<double>(fanInOfSibling));
    return value.uniform_(-bound, bound, generator);
  }
  const std::int64_t spatial = entry.shape[2] * entry.shape[3];
  const double fanIn = static_cast<double>(entry.shape[1] * spatial);
  const double fanOut = static_cast<double>(entry.shape[0] * spatial);
  if (entry.key.starts_with("base_net.")) return value.normal_(0, std::sqrt(2 / fanOut), generator);
  if (instanceHead) return value.normal_(0, 0.01, generator);
  const double bound = neck ? std::sqrt(6 / (fanIn + fanOut)) : 1 / std::sqrt(fanIn);
  return value.uniform_(-bound, bound, generator);
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

RawOutputs Network::forward(const at::Tensor& input, TaskSet wanted, bool training,
                            Precision precision, const TapFunction& tap) const {
  TorchOps ops(weights, training, precision, tap);
  const at::Tensor image = input.contiguous(at::MemoryFormat::ChannelsLast);
  const UninetOutputs values = uninetForward(ops, spec, wanted, ops.wrap(image));
  RawOutputs raw;
  raw.segment = output(values.segment);
  raw.depth = output(values.depth);
  raw.cls = outputs(values.cls);
  raw.reg = outputs(values.reg);
  raw.centerness = outputs(values.centerness);
  raw.instDepth = outputs(values.instDepth);
  raw.instSeg = outputs(values.instSeg);
  return raw;
}

Network makeNetwork(const NetworkSpec& spec, std::uint64_t seed) {
  Network network;
  network.spec = spec;
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  const std::vector<KeyShape> keys = networkKeys(spec);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    // A norm's weight has one dimension; a bias belongs to the weight before it.
    const KeyShape& owner = endsWith(keys[i].key, ".bias") ? keys[i - 1] : keys[i];
    const bool norm = owner.shape.size() == 1;
    const std::int64_t fanIn =
        owner.shape.size() == 4 ? owner.shape[1] * owner.shape[2] * owner.shape[3] : 1;
    at::Tensor value = initialValue(keys[i], norm, fanIn, generator);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    network.weights.add(keys[i].key, value, keys[i].buffer);
  }
  return network;
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
                               .contiguous();
  cv::Mat image(static_cast<int>(pixels.size(2)), static_cast<int>(pixels.size(3)), CV_8UC3);
  std::memcpy(image.data, bytes.data_ptr<std::uint8_t>(), image.total() * image.elemSize());
  return image;
}

at::Tensor normalise(const at::Tensor& pixels) {
  static constexpr std::array<double, 3> kMean{0.28689554, 0.32513303, 0.28389177};
  static constexpr std::array<double, 3> kStd{0.18696375, 0.19017339, 0.18720214};
  return (pixels / 255 - channelVector(kMean, pixels)) / channelVector(kStd, pixels);
}

}  // namespace uninet
