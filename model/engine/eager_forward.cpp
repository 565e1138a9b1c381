#include "model/engine/eager_forward.h"

#include <ATen/ATen.h>

#include <array>

#include "core/base/error.h"
#include "model/engine/planned_forward.h"
#include "model/network/bilinear.h"
#include "model/network/network.h"
#include "model/network/torch_ops.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

/// One block holds any number of channels: a map is then a list of whole results.
constexpr int kAllChannels = 1 << 20;

at::Tensor tensorOf(const std::vector<float>& values, at::IntArrayRef shape) {
  return at::tensor(values).view(shape).contiguous(
      shape.size() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

plan::Graph graphOf(const Network& network, TaskSet wanted, Dense dense) {
  return plan::record(network.function, network.spec, wanted, dense == Dense::beforeResize);
}

/// `make`() of plan::Graph or plan::Layers.
template <class Make>
auto recorded(const Network& network, const Make& make) {
  try {
    return make();
  } catch (const plan::Unsupported& unsupported) {
    throw Error(concat("only networks that have a plan can be folded and pruned: ",
                       specText(network.spec), " has none, as ", unsupported.what()));
  }
}

}  // namespace

RawOutputs plainForward(const Network& network, const at::Tensor& pixels) {
  const TapFunction noTap;
  TorchOps ops(network.weights, /*training=*/false, Precision::float32, noTap);
  return rawOutputs(
      network.function(ops, network.spec, network.spec.tasks, ops.wrap(normalise(pixels))));
}

EagerForward::EagerForward(const Network& network, TaskSet wanted, at::ScalarType type, Dense dense,
                           at::Device device)
    : type_(type),
      graph_(recorded(network, [&] { return graphOf(network, wanted, dense); })),
      layers_(recorded(network,
                       [&] { return plan::lower(graph_, weightSource(network), kAllChannels); })) {
  for (const plan::Layer& l : layers_.layers) {
    Prepared made;
    const std::int64_t out = l.out.channels(), in = l.in.channels(), k = l.conv.kernel;
    if (l.kind == plan::Kind::conv) made.weight = tensorOf(l.weights, {out, in, k, k});
    if (l.kind == plan::Kind::groupNorm) made.weight = tensorOf(l.weights, {out});
    if (made.weight.defined()) {
      const at::ScalarType held = l.kind == plan::Kind::conv ? type : at::kFloat;
      made.weight = made.weight.to(device, held);
      made.bias = tensorOf(l.bias, {out}).to(device, held);
    }
    prepared_.push_back(std::move(made));
  }
}

at::Tensor EagerForward::layer(std::size_t number, const at::Tensor& x,
                               const at::Tensor& second) const {
  const plan::Layer& l = layers_.layers[number];
  const Prepared& p = prepared_[number];
  switch (l.kind) {
    case plan::Kind::conv: {
      const at::Tensor y = at::conv2d(x, p.weight, p.bias, l.conv.stride, l.conv.padding);
      return second.defined() ? y + second : y;
    }
    case plan::Kind::groupNorm:
      // LibTorch 1.13 sums channels-last bfloat16 maps in bfloat16.
      return at::group_norm(x.to(at::kFloat), l.groups, p.weight, p.bias, 1e-5, false).to(type_);
    case plan::Kind::add:
      return x + second;
    case plan::Kind::sigmoid:
      return at::sigmoid(x);
    case plan::Kind::hardGate:
      return x * (at::clamp(second + 3, 0, 6) / 6);
    case plan::Kind::maxPool:
      return at::max_pool2d(x, l.kernel, l.stride, 0, 1, l.ceil);
    case plan::Kind::globalMean:
      return x.mean(at::IntArrayRef{2, 3}, /*keepdim=*/true);
    case plan::Kind::resize: {
      const std::array<std::int64_t, 2> size{l.out.height, l.out.width};
      if (l.mode == Resize::nearest) return at::upsample_nearest2d(x, size);
      return resizeBilinear(x, size[0], size[1]);
    }
    default:
      return x;
  }
}

std::vector<at::Tensor> EagerForward::list(const at::Tensor& pixels) const {
  std::vector<at::Tensor> buffers{
      normalise(pixels).contiguous(at::MemoryFormat::ChannelsLast).to(type_)};
  const auto gather = [&](const plan::Map& map) {
    std::vector<at::Tensor> parts;
    for (const plan::Slot& slot : map.slots)
      parts.push_back(buffers[static_cast<std::size_t>(slot.buffer)]);
    return parts.empty() ? at::Tensor() : parts.size() == 1 ? parts[0] : at::cat(parts, 1);
  };
  for (std::size_t n = 0; n < layers_.layers.size(); ++n) {
    const plan::Layer& l = layers_.layers[n];
    const at::Tensor y = layer(n, gather(l.in), gather(l.in2));
    buffers.push_back(l.relu ? at::relu(y) : y);
  }
  std::vector<at::Tensor> outputs;
  for (const plan::Map& map : layers_.outputs) outputs.push_back(gather(map).to(at::kFloat));
  return outputs;
}

RawOutputs EagerForward::operator()(const at::Tensor& pixels) const {
  return distributed(list(pixels));
}

bool EagerForward::takes(const Network& network) {
  try {
    graphOf(network, network.spec.tasks, Dense::full);
    return true;
  } catch (const plan::Unsupported&) {
    return false;
  }
}

RawOutputs EagerForward::distributed(const std::vector<at::Tensor>& outputs) const {
  RawOutputs raw;
  distribute(graph_, outputs, raw);
  return raw;
}

std::vector<std::function<void()>> EagerForward::convolutions(bool gradient) const {
  std::vector<std::function<void()>> calls;
  for (std::size_t n = 0; n < layers_.layers.size(); ++n) {
    const plan::Layer& l = layers_.layers[n];
    if (l.kind != plan::Kind::conv) continue;
    const Prepared& p = prepared_[n];
    const auto map = [&](const plan::Map& of) {
      return at::rand({1, of.channels(), of.height, of.width}, p.weight.options())
          .contiguous(at::MemoryFormat::ChannelsLast);
    };
    const at::Tensor x = map(l.in), above = map(l.out);
    const std::int64_t stride = l.conv.stride, padding = l.conv.padding;
    calls.push_back([=] { at::conv2d(x, p.weight, p.bias, stride, padding); });
    if (gradient)
      calls.push_back([=] {
        const std::array<std::int64_t, 2> strides{stride, stride}, paddings{padding, padding},
            one{1, 1}, none{0, 0};
        at::convolution_backward(above, x, p.weight, {}, strides, paddings, one, false, none, 1,
                                 {true, false, false});
      });
  }
  return calls;
}

}  // namespace uninet
