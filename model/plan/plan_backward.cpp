#include "model/plan/plan_body.h"

namespace uninet::plan {

void Plan::Body::addBackward() {
  arriving_.resize(layers_.layers.size() + 1);
  for (std::size_t b = 0; b < arriving_.size(); ++b)
    arriving_[b].resize(mapOf(static_cast<int>(b)).slots.size());
  const auto expect = [&](const Map& map) {
    for (const Slot& slot : map.slots) ++arriving_[at(slot.buffer)][at(slot.block)].expected;
  };
  for (const Layer& layer : layers_.layers) {
    expect(layer.in);
    expect(layer.in2);
  }
  for (const Map& output : layers_.outputs) expect(output);
  for (const Map& output : layers_.outputs)
    outputTargets_.push_back(contributions(output, middle() + 1));
  for (int n = layerCount() - 1; n >= 0; --n) addBackward(n);
  memory_.keepUntil(gradient_[0], Memory::kAlways);
}

int Plan::Body::gradientRegion(int buffer, int time) {
  int& number = gradient_[at(buffer)];
  if (number < 0) {
    const Map& map = mapOf(buffer);
    number = region(blockBytes(map), map.slots.size(), time);
  }
  memory_.keepUntil(number, time);
  return number;
}

Plan::Body::Target Plan::Body::contribution(const Slot& slot, int time) {
  Arriving& state = arriving_[at(slot.buffer)][at(slot.block)];
  const Ref own{gradientRegion(slot.buffer, time), slot.block};
  Target target;
  target.dst = own;
  --state.expected;
  std::vector<Ref> parts = std::exchange(state.pending, {});
  if (state.there) parts.push_back(own);
  constexpr std::size_t kPlaces = 2;
  if (parts.size() > kPlaces) throw Unsupported("a map whose gradient has too many sources");
  if (!parts.empty()) target.add0 = parts[0];
  if (parts.size() > 1) target.add1 = parts[1];
  for (const Ref& part : parts) memory_.keepUntil(part.region, time);
  if (state.expected == 0) target.mask = {mask_[at(slot.buffer)], slot.block};
  state.there = true;
  return target;
}

void Plan::Body::passOn(const Map& from, const Map& map, int n) {
  const int time = backwardTime(n);
  for (std::size_t b = 0; b < map.slots.size(); ++b) {
    const Slot& slot = map.slots[b];
    const Ref given{gradient_[at(from.slots[b].buffer)], from.slots[b].block};
    memory_.keepUntil(given.region, time);
    Arriving& state = arriving_[at(slot.buffer)][at(slot.block)];
    const bool room = state.pending.size() + (state.there ? 1 : 0) < 2;
    if (state.expected > 1 && room) {
      --state.expected;
      state.pending.push_back(given);
      continue;
    }
    const Target target = contribution(slot, time);
    const std::ptrdiff_t pixels = map.pixels();
    add(backward_, "sum of gradients", n, [this, given, target, pixels] {
      const BlockOut out = placed(target);
      inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
        kernels_.copy({address(given), kernels_.lanes}, out, from, end);
      });
    });
  }
}

void Plan::Body::addBackward(int n) {
  const Layer& layer = layers_.layers[at(n)];
  const int buffer = n + 1, time = backwardTime(n);
  memory_.keepUntil(gradientRegion(buffer, time), time);
  switch (layer.kind) {
    case Kind::conv: {
      if (!layer.in2.slots.empty()) passOn(layer.out, layer.in2, n);
      convs_.emplace_back(layer, PackedConv::Direction::backward, kernels_,
                          PackedConv::methodFor(layer, PackedConv::Direction::backward), packed_);
      const PackedConv& conv = convs_.back();
      auto targets = contributions(layer.in, time);
      add(
          backward_, methodName(conv.method()), n,
          [this, n, &conv, targets = std::move(targets)] {
            conv.run(gradientsOf(layers_.layers[at(n)].out), placed(targets), scratch_);
          },
          conv.flops());
      break;
    }
    case Kind::groupNorm: {
      auto targets = contributions(layer.in, time);
      add(backward_, "group norm", n, [this, n, buffer, targets = std::move(targets)] {
        const Layer& l = layers_.layers[at(n)];
        norms_[at(buffer)]->backward(gradientsOf(l.out), sources(l.in), placed(targets));
      });
      break;
    }
    case Kind::relu:
      passOn(layer.out, layer.in, n);
      break;
    case Kind::add:
      passOn(layer.out, layer.in, n);
      passOn(layer.out, layer.in2, n);
      break;
    case Kind::sigmoid:
      addEachBackward("sigmoid", n, layer.in,
                      [this](const Layer& l, std::size_t b, const BlockOut& out) {
                        kernels_.sigmoidBackward(gradientOf(l.out.slots[b]),
                                                 source(l.out.slots[b]).src, l.out.pixels(), out);
                      });
      break;
    case Kind::hardGate:
      addEachBackward("gate", n, layer.in2,
                      [this](const Layer& l, std::size_t b, const BlockOut& out) {
                        alignas(64) float open[kMostLanes], slope[kMostLanes];
                        double sum[kMostLanes], product[kMostLanes];
                        gate(l, b, open, slope);
                        kernels_.sums(gradientOf(l.out.slots[b]), source(l.in.slots[b]).src,
                                      l.out.pixels(), sum, product);
                        for (int c = 0; c < kernels_.lanes; ++c)
                          slope[c] *= static_cast<float>(product[c]);
                        kernels_.copy({slope, kernels_.lanes}, out, 0, 1);
                      });
      addEachBackward("gate", n, layer.in,
                      [this](const Layer& l, std::size_t b, const BlockOut& out) {
                        alignas(64) float open[kMostLanes];
                        gate(l, b, open, nullptr);
                        kernels_.affine(gradientOf(l.out.slots[b]), open, nullptr, nullptr, nullptr,
                                        l.out.pixels(), out);
                      });
      break;
    case Kind::maxPool:
      addEachBackward("max pool", n, layer.in,
                      [this, buffer](const Layer& l, std::size_t b, const BlockOut& out) {
                        kernels_.maxPoolBackward(gradientOf(l.out.slots[b]), l.out.height,
                                                 l.out.width, l.kernel, l.stride,
                                                 bytesAt({which_[at(buffer)], static_cast<int>(b)}),
                                                 l.in.height, l.in.width, out);
                      });
      break;
    case Kind::globalMean:
      addEachBackward(
          "mean", n, layer.in, [this](const Layer& l, std::size_t b, const BlockOut& out) {
            alignas(64) float share[kMostLanes];
            const float* g = gradientOf(l.out.slots[b]);
            for (int c = 0; c < kernels_.lanes; ++c)
              share[c] = g[c] / static_cast<float>(l.in.pixels());
            kernels_.affine(nullptr, nullptr, share, nullptr, nullptr, l.in.pixels(), out);
          });
      break;
    case Kind::resize: {
      const AxisTable& y = axes_[axisOf(n)];
      const AxisTable& x = axes_[axisOf(n) + 1];
      auto targets = contributions(layer.in, time);
      addRows(
          backward_, "resize", n,
          [this, &y, &x, targets = std::move(targets)](const Layer& l, std::size_t b, int first,
                                                       int last, float* row) {
            kernels_.resizeBackward(gradientOf(l.out.slots[b]), y.view(), x.view(),
                                    placed(targets[b]), first, last, row);
          },
          layer.in.height, layer.out.width);
      break;
    }
    default:
      throw Unsupported("an operation that has no gradient");
  }
}

}  // namespace uninet::plan
