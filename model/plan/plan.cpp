#include "model/plan/plan.h"

#include "model/plan/plan_body.h"

namespace uninet::plan {

void Plan::Body::forward(const float* image) {
  profile_.clear();
  pack(layers_.image, image, {});
  run(forward_);
}

void Plan::Body::read(int output, float* to) const {
  const Map& map = layers_.outputs[at(output)];
  const std::ptrdiff_t pixels = map.pixels();
  for (const Slot& slot : map.slots) {
    const BlockIn block = source(slot);
    inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
      kernels_.toPlanes(block, from, end, pixels, to);
    });
    to += slot.channels * pixels;
  }
}

void Plan::Body::backward(const std::vector<const float*>& gradients, float* image) {
  for (std::size_t o = 0; o < gradients.size(); ++o)
    pack(layers_.outputs[o], gradients[o], outputTargets_[o]);
  run(backward_);
  const Map& map = layers_.image;
  inParts(map.pixels(), [&](std::ptrdiff_t from, std::ptrdiff_t end) {
    kernels_.toPlanes({address({gradient_[0], 0}), map.slots[0].channels}, from, end, map.pixels(),
                      image);
  });
}

std::size_t Plan::Body::bytes() const {
  std::size_t sum = memory_.bytes() + scratch_.bytes();
  std::set<const Floats*> counted;
  for (const PackedConv& conv : convs_)
    if (counted.insert(conv.weights().get()).second) sum += conv.weightBytes();
  return sum;
}

void Plan::Body::pack(const Map& map, const float* planes,
                      const std::vector<Target>& targets) const {
  const std::ptrdiff_t pixels = map.pixels();
  for (std::size_t b = 0; b < map.slots.size(); ++b) {
    const Slot& slot = map.slots[b];
    BlockOut out;
    if (targets.empty())
      out.dst = address(activation(slot));
    else
      out = placed(targets[b]);
    inParts(pixels, [&](std::ptrdiff_t from, std::ptrdiff_t end) {
      kernels_.fromPlanes(planes, pixels, slot.channels, from, end, out);
    });
    if (planes != nullptr) planes += slot.channels * pixels;
  }
}

void Plan::Body::run(const std::vector<Work>& list) {
  for (const Work& work : list) {
    const auto start = std::chrono::steady_clock::now();
    work.call();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    profile_.push_back({work.kind, work.layer, &list == &backward_, work.flops, took.count()});
  }
}

Plan::Plan(const Graph& graph, const WeightSource& weights, bool gradient, PackedWeights& packed)
    : body_(std::make_unique<Body>(graph, weights, gradient, packed)) {}
Plan::~Plan() = default;

int Plan::outputs() const { return body_->outputs(); }
std::array<std::int64_t, 4> Plan::shape(int output) const { return body_->shape(output); }
void Plan::forward(const float* image) { body_->forward(image); }
void Plan::read(int output, float* to) const { body_->read(output, to); }
void Plan::backward(const std::vector<const float*>& gradients, float* image) {
  body_->backward(gradients, image);
}
std::size_t Plan::bytes() const { return body_->bytes(); }
void Plan::release() { body_->release(); }
const std::vector<Plan::Step>& Plan::profile() const { return body_->profile(); }

}  // namespace uninet::plan
