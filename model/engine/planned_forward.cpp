#include "model/engine/planned_forward.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/log.h"
#include "model/network/differentiable.h"
#include "model/network/forward_threads.h"
#include "model/network/network.h"
#include "model/plan/packed_conv.h"

namespace uninet {

struct PlannedForward::Compiled {
  plan::Graph graph;
  std::shared_ptr<plan::PackedWeights> packed;
  std::unique_ptr<plan::Plan> plan;
  std::uint64_t pass = 0;  ///< counts forward passes and releases

  void release() {
    plan->release();
    ++pass;
  }
};

namespace {

/// The backward pass of the forward pass `pass`, which has to be the last one.
at::Tensor pixelGradient(PlannedForward::Compiled& compiled, std::uint64_t pass,
                         const std::vector<at::Tensor>& gradients) {
  if (compiled.pass != pass)
    throw Error("a gradient was asked of a forward pass that is not the last one");
  std::vector<at::Tensor> kept;
  std::vector<const float*> planes;
  for (const at::Tensor& gradient : gradients) {
    if (!gradient.defined()) {
      planes.push_back(nullptr);
      continue;
    }
    kept.push_back(gradient.to(at::kFloat).contiguous());
    planes.push_back(kept.back().data_ptr<float>());
  }
  const auto shape = compiled.graph.nodes[0].shape;
  at::Tensor image = at::empty({1, shape[1], shape[2], shape[3]});
  at::get_num_threads();
  compiled.plan->backward(planes, image.data_ptr<float>());
  return normaliseGradient(image);
}

}  // namespace

plan::WeightSource weightSource(const Network& network) {
  return [&network](const std::string& key) {
    const at::Tensor tensor =
        network.weights.at(key).detach().to(at::kCPU, at::kFloat).contiguous();
    const float* values = tensor.data_ptr<float>();
    return std::vector<float>(values, values + tensor.numel());
  };
}

void distribute(const plan::Graph& graph, const std::vector<at::Tensor>& tensors, RawOutputs& raw) {
  const NetworkOutputs& form = graph.form;
  std::size_t next = 0;
  if (form.segment.data)
    (graph.beforeResize ? raw.segmentBeforeResize : raw.segment) = tensors[next++];
  if (form.depth.data) (graph.beforeResize ? raw.depthBeforeResize : raw.depth) = tensors[next++];
  const auto levels = [&](const std::vector<Value>& values, std::vector<at::Tensor>& into) {
    for (std::size_t i = 0; i < values.size(); ++i) into.push_back(tensors[next++]);
  };
  levels(form.cls, raw.cls);
  levels(form.reg, raw.reg);
  levels(form.centerness, raw.centerness);
  levels(form.instDepth, raw.instDepth);
  levels(form.instSeg, raw.instSeg);
}

PlannedForward::PlannedForward() = default;
PlannedForward::~PlannedForward() = default;

std::shared_ptr<PlannedForward::Compiled> PlannedForward::compiled(const Network& network,
                                                                   TaskSet wanted, Dense dense,
                                                                   bool gradient) {
  const std::uint64_t stamp = network.weights.stamp();
  if (stamp != stamp_) {
    plans_.clear();
    last_ = nullptr;
    packed_ = std::make_shared<plan::PackedWeights>();
    reason_.clear();
    stamp_ = stamp;
  }
  if (network.weights.entries().front().tensor.scalar_type() != at::kFloat)
    reason_ = "its weights are not float32";
  if (!reason_.empty()) return nullptr;
  std::shared_ptr<Compiled>& found =
      plans_[concat(wanted.text(), dense == Dense::beforeResize ? ", before resize" : "",
                    gradient ? ", gradient" : "")];
  if (found) return found;
  auto made = std::make_shared<Compiled>();
  try {
    made->packed = packed_;
    made->graph =
        plan::record(network.function, network.spec, wanted, dense == Dense::beforeResize);
    made->plan =
        std::make_unique<plan::Plan>(made->graph, weightSource(network), gradient, *packed_);
  } catch (const plan::Unsupported& unsupported) {
    reason_ = unsupported.what();
    logInfo(concat("the network is computed by ATen, not by a plan: ", reason_));
    return nullptr;
  }
  found = made;
  return found;
}

std::size_t PlannedForward::bytes() const {
  std::size_t most = 0;
  for (const auto& [key, compiled] : plans_)
    if (compiled) most = std::max(most, compiled->plan->bytes());
  return most;
}

std::vector<plan::Plan::Step> PlannedForward::profile() const {
  return last_ ? last_->plan->profile() : std::vector<plan::Plan::Step>();
}

bool PlannedForward::supports(const Network& network) {
  return compiled(network, network.spec.tasks, Dense::full, false) != nullptr;
}

bool PlannedForward::forward(const Network& network, const at::Tensor& pixels, TaskSet wanted,
                             Dense dense, RawOutputs& outputs) {
  const NetworkSpec& spec = network.spec;
  if (pixels.scalar_type() != at::kFloat || pixels.size(0) != 1 ||
      pixels.size(2) != spec.size.height || pixels.size(3) != spec.size.width)
    return false;
  const bool gradient = at::GradMode::is_enabled() && pixels.requires_grad();
  const std::shared_ptr<Compiled> used = compiled(network, wanted, dense, gradient);
  if (!used) return false;
  noteForwardThread();
  last_ = used;
  for (auto& [key, other] : plans_)
    if (other && other != used) other->release();

  std::vector<at::Tensor> tensors;
  {
    const at::NoGradGuard noGrad;
    const at::Tensor image = normalise(pixels.detach()).contiguous();
    at::get_num_threads();  // OpenMP on this thread gets the program's number of threads
    ++used->pass;
    used->plan->forward(image.data_ptr<float>());
    for (int i = 0; i < used->plan->outputs(); ++i) {
      const auto shape = used->plan->shape(i);
      tensors.push_back(at::empty({shape[0], shape[1], shape[2], shape[3]}));
      used->plan->read(i, tensors.back().data_ptr<float>());
    }
  }
  if (gradient)
    tensors = differentiable(pixels, tensors, [used, pass = used->pass](const auto& gradients) {
      return pixelGradient(*used, pass, gradients);
    });
  distribute(used->graph, tensors, outputs);
  return true;
}

}  // namespace uninet
