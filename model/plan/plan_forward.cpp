#include "model/plan/plan_body.h"

namespace uninet::plan {

void Plan::Body::layOut(bool gradient) {
  const std::size_t buffers = layers_.layers.size() + 1;
  activation_.assign(buffers, -1);
  mask_.assign(buffers, -1);
  which_.assign(buffers, -1);
  gradient_.assign(buffers, -1);
  norms_.resize(buffers);
  convs_.reserve(2 * buffers);
  axes_.reserve(2 * buffers);
  withGradient_ = gradient;
  activation_[0] = region(blockBytes(layers_.image), layers_.image.slots.size(), 0);
  for (int n = 0; n < layerCount(); ++n) addForward(n);
  for (const Map& output : layers_.outputs) use(output, middle());
  if (gradient) addBackward();
}

void Plan::Body::addForward(int n) {
  const Layer& layer = layers_.layers[at(n)];
  const int buffer = n + 1;
  use(layer.in, n);
  use(layer.in2, n);
  activation_[at(buffer)] = region(blockBytes(layer.out), layer.out.slots.size(), n);
  const std::size_t lanes = at(kernels_.lanes);
  if (withGradient_ && layer.relu) {
    mask_[at(buffer)] =
        region(static_cast<std::size_t>(layer.out.pixels()) * lanes / 8, layer.out.slots.size(), n);
    memory_.keepUntil(mask_[at(buffer)], Memory::kAlways);
  }
  switch (layer.kind) {
    case Kind::conv: {
      convs_.emplace_back(layer, PackedConv::Direction::forward, kernels_,
                          PackedConv::methodFor(layer, PackedConv::Direction::forward), packed_);
      const PackedConv& conv = convs_.back();
      const std::size_t lane = lanes;
      Floats& bias = biases_.emplace_back(makeFloats(layer.out.slots.size() * lane));
      std::copy(layer.bias.begin(), layer.bias.end(), bias.get());
      const float* values = bias.get();
      add(
          forward_, methodName(conv.method()), n,
          [this, n, &conv, values, lane] {
            const Layer& l = layers_.layers[at(n)];
            std::vector<BlockOut> out = results(n);
            for (std::size_t b = 0; b < out.size(); ++b) {
              out[b].bias = values + b * lane;
              if (!l.in2.slots.empty()) out[b].add0 = source(l.in2.slots[b]).src;
            }
            conv.run(sources(l.in), out, scratch_);
          },
          conv.flops());
      break;
    }
    case Kind::groupNorm:
      if (withGradient_) use(layer.in, Memory::kAlways);
      norms_[at(buffer)] = std::make_unique<GroupNorm>(layer, kernels_);
      add(forward_, "group norm", n, [this, n, buffer] {
        norms_[at(buffer)]->forward(sources(layers_.layers[at(n)].in), results(n));
      });
      break;
    case Kind::relu:
    case Kind::add:
      addEach(forward_, layer.kind == Kind::add ? "add" : "relu", n,
              [this](const Layer& l, std::size_t b, BlockOut out) {
                if (!l.in2.slots.empty()) out.add0 = source(l.in2.slots[b]).src;
                kernels_.copy(source(l.in.slots[b]), out, 0, l.out.pixels());
              });
      break;
    case Kind::sigmoid:
      if (withGradient_) use(layer.out, Memory::kAlways);
      addEach(forward_, "sigmoid", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
        kernels_.sigmoid(source(l.in.slots[b]).src, l.out.pixels(), out);
      });
      break;
    case Kind::hardGate:
      if (withGradient_) {
        use(layer.in, Memory::kAlways);
        use(layer.in2, Memory::kAlways);
      }
      addEach(forward_, "gate", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
        alignas(64) float open[kMostLanes];
        gate(l, b, open, nullptr);
        kernels_.affine(source(l.in.slots[b]).src, open, nullptr, nullptr, nullptr, l.out.pixels(),
                        out);
      });
      break;
    case Kind::maxPool:
      if (withGradient_) {
        which_[at(buffer)] =
            region(static_cast<std::size_t>(layer.out.pixels()) * lanes, layer.out.slots.size(), n);
        memory_.keepUntil(which_[at(buffer)], Memory::kAlways);
      }
      addEach(forward_, "max pool", n,
              [this, buffer](const Layer& l, std::size_t b, const BlockOut& out) {
                kernels_.maxPool(source(l.in.slots[b]).src, l.in.height, l.in.width, l.kernel,
                                 l.stride, l.out.height, l.out.width, out,
                                 bytesAt({which_[at(buffer)], static_cast<int>(b)}));
              });
      break;
    case Kind::globalMean:
      addEach(forward_, "mean", n, [this](const Layer& l, std::size_t b, const BlockOut& out) {
        double sum[kMostLanes];
        kernels_.sums(source(l.in.slots[b]).src, nullptr, l.in.pixels(), sum, nullptr);
        alignas(64) float mean[kMostLanes];
        for (int c = 0; c < kernels_.lanes; ++c)
          mean[c] = static_cast<float>(sum[c] / static_cast<double>(l.in.pixels()));
        kernels_.copy({mean, kernels_.lanes}, out, 0, 1);
      });
      break;
    case Kind::resize: {
      axes_.emplace_back(layer.in.height, layer.out.height, layer.mode);
      const AxisTable& y = axes_.back();
      axes_.emplace_back(layer.in.width, layer.out.width, layer.mode);
      const AxisTable& x = axes_.back();
      addRows(
          forward_, "resize", n,
          [this, &y, &x](const Layer& l, std::size_t b, int first, int last, float* row) {
            kernels_.resize(source(l.in.slots[b]).src, y.view(), x.view(), result(l.out.slots[b]),
                            first, last, row);
          },
          layer.out.height, layer.in.width);
      break;
    }
    default:
      throw Unsupported("an operation that has no step");
  }
}

void Plan::Body::gate(const Layer& layer, std::size_t b, float* open, float* slope) const {
  const float* s = source(layer.in2.slots[b]).src;
  for (int c = 0; c < kernels_.lanes; ++c) {
    const float shifted = s[c] + 3;
    open[c] = std::clamp(shifted, 0.f, 6.f) / 6;
    if (slope != nullptr) slope[c] = shifted >= 0 && shifted <= 6 ? 1.f / 6 : 0.f;
  }
}

}  // namespace uninet::plan
