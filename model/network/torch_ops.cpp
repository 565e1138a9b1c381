#include "model/network/torch_ops.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "model/network/bilinear.h"
#include "model/network/group_norm.h"
#include "model/network/shared_batch_norm.h"

namespace uninet {

TorchOps::TorchOps(const Weights& weights, bool training, Precision precision,
                   const TapFunction& tap, const BatchShare& share)
    : weights_(weights),
      training_(training),
      type_(precision == Precision::bfloat16 ? at::kBFloat16 : at::kFloat),
      tap_(tap),
      share_(share) {}

at::Tensor TorchOps::tensor(const Value& value) {
  if (!value.data) return {};
  at::Tensor& kept = *static_cast<at::Tensor*>(value.data.get());
  if (beforeResize(value).defined()) kept = resizeBilinear(kept, value.height(), value.width());
  return kept;
}

at::Tensor TorchOps::beforeResize(const Value& value) {
  if (!value.data) return {};
  const at::Tensor& kept = *static_cast<const at::Tensor*>(value.data.get());
  const bool done = kept.size(2) == value.height() && kept.size(3) == value.width();
  return done ? at::Tensor() : kept;
}

Value TorchOps::wrap(at::Tensor tensor) const {
  Value value;
  for (std::size_t i = 0; i < 4; ++i) value.shape[i] = tensor.size(static_cast<std::int64_t>(i));
  value.data = std::make_shared<at::Tensor>(std::move(tensor));
  return value;
}

at::Tensor TorchOps::weight(const std::string& key) {
  const at::Tensor& stored = weights_.at(key);
  // Double weights select a double pass: parity checks run in it.
  if (stored.scalar_type() == at::kDouble || stored.scalar_type() == type_) return stored;
  at::Tensor& cast = cast_[key];
  if (!cast.defined()) cast = stored.to(type_);
  return cast;
}

Value TorchOps::conv(const Value& x, const std::string& key, const ConvSpec& spec) {
  const at::Tensor w = weight(key + ".weight");
  const at::Tensor bias = spec.bias ? weight(key + ".bias") : at::Tensor();
  at::Tensor in = tensor(x);
  if (in.scalar_type() != w.scalar_type()) in = in.to(w.scalar_type());
  return wrap(at::conv2d(in, w, bias, spec.stride, spec.padding, spec.dilation));
}

Value TorchOps::batchNorm(const Value& x, const std::string& key) {
  if (training_) {
    at::NoGradGuard noGrad;
    weights_.at(key + ".num_batches_tracked").add_(1);
  }
  if (training_ && !share_.whole())
    return wrap(sharedBatchNorm(tensor(x), weights_.at(key + ".weight"), weights_.at(key + ".bias"),
                                weights_.at(key + ".running_mean"),
                                weights_.at(key + ".running_var"), 0.1, 1e-5, share_));
  return wrap(at::batch_norm(tensor(x), weights_.at(key + ".weight"), weights_.at(key + ".bias"),
                             weights_.at(key + ".running_mean"), weights_.at(key + ".running_var"),
                             training_, 0.1, 1e-5, false));
}

Value TorchOps::groupNorm(const Value& x, const std::string& key, int groups) {
  // In the type of the weights: LibTorch 1.13 sums channels-last bfloat16 maps in bfloat16, which
  // puts the result of large ones 20 % off.
  const at::Tensor input = tensor(x);
  const at::Tensor& scale = weights_.at(key + ".weight");
  const at::Tensor normal =
      uninet::groupNorm(input.to(scale.scalar_type()), groups, scale, weights_.at(key + ".bias"));
  return wrap(normal.to(input.scalar_type()));
}

Value TorchOps::relu(const Value& x, bool) { return wrap(at::relu(tensor(x))); }

Value TorchOps::sigmoid(const Value& x) { return wrap(at::sigmoid(tensor(x))); }

Value TorchOps::hardGate(const Value& x, const Value& s) {
  const at::Tensor gate = tensor(s);
  // relu6 has no bfloat16 backward on the CPU; the gate is one value per channel.
  const at::ScalarType type = gate.scalar_type() == at::kBFloat16 ? at::kFloat : gate.scalar_type();
  const at::Tensor open = at::clamp(gate.to(type) + 3, 0, 6) / 6;
  return wrap(tensor(x) * open.to(gate.scalar_type()));
}

Value TorchOps::add(const Value& a, const Value& b) { return wrap(tensor(a) + tensor(b)); }

Value TorchOps::multiply(const Value& x, const Value& gate) {
  return wrap(tensor(x) * tensor(gate));
}

Value TorchOps::scaleChannels(const Value& x, const std::string& key, double) {
  return wrap(tensor(x) * weight(key).view({1, -1, 1, 1}));
}

Value TorchOps::linear(const Value& x, const std::string& key, std::int64_t out) {
  return wrap(at::linear(tensor(x).flatten(1), weight(key + ".weight"), weight(key + ".bias"))
                  .view({-1, out, 1, 1}));
}

Value TorchOps::softmaxInGroups(const Value& x, std::int64_t size) {
  const at::Tensor in = tensor(x);
  // In float32 at least: the sums are of few terms, but exponentials span its range.
  const at::ScalarType type = in.scalar_type() == at::kDouble ? at::kDouble : at::kFloat;
  return wrap(
      at::softmax(in.contiguous().view({in.size(0), -1, size, in.size(2), in.size(3)}), 2, type)
          .to(in.scalar_type())
          .view(in.sizes())
          .contiguous(at::MemoryFormat::ChannelsLast));
}

Value TorchOps::dropout(const Value& x, double rate) {
  return training_ ? wrap(at::dropout(tensor(x), rate, true)) : x;
}

Value TorchOps::scale(const Value& x, const std::string& key) {
  return wrap(tensor(x) * weight(key));
}

Value TorchOps::concat(const std::vector<Value>& parts) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(parts.size());
  for (const Value& part : parts) tensors.push_back(tensor(part));
  return wrap(at::cat(tensors, 1));
}

Value TorchOps::maxPool(const Value& x, int kernel, int stride, bool ceil, bool) {
  return wrap(at::max_pool2d(tensor(x), kernel, stride, 0, 1, ceil));
}

Value TorchOps::globalMean(const Value& x, bool) {
  return wrap(tensor(x).mean(at::IntArrayRef{2, 3}, /*keepdim=*/true));
}

Value TorchOps::resize(const Value& x, std::int64_t height, std::int64_t width, Resize mode) {
  if (x.height() == height && x.width() == width) return x;
  if (mode == Resize::bilinear) {
    Value later = wrap(tensor(x));
    later.shape = {x.shape[0], x.shape[1], height, width};
    return later;
  }
  const std::array<std::int64_t, 2> size{height, width};
  return wrap(at::upsample_nearest2d(tensor(x), size));
}

Value TorchOps::tap(const std::string& name, const Value& x) {
  if (!tap_) return x;
  at::Tensor replaced = tap_(name, tensor(x));
  return wrap(std::move(replaced));
}

}  // namespace uninet
