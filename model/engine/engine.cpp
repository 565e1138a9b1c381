#include "model/engine/engine.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <future>

#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/data/letterbox.h"
#include "model/engine/convolutions_in.h"
#include "model/engine/cuda_forward.h"
#include "model/engine/decode.h"
#include "model/engine/device.h"
#include "model/engine/planned_forward.h"
#include "model/losses/losses.h"
#include "model/network/network.h"
#include "model/network/network_file.h"
#include "model/network/read_together.h"
#include "model/networks/open_network.h"
#include "model/networks/registry.h"

namespace uninet {

struct Engine::Pass {
  at::Tensor pixels;  ///< undefined: none yet
  std::uint64_t stamp = 0;
  RawOutputs outputs;
  Passes passes;
};

namespace {

/// Of all outputs those of the heads that are wanted.
RawOutputs only(const RawOutputs& all, TaskSet wanted) {
  RawOutputs some;
  if (wanted.has(Task::segment)) some.segment = all.segment;
  if (wanted.has(Task::depth)) some.depth = all.depth;
  if (wanted.has(Task::detect)) {
    some.cls = all.cls;
    some.reg = all.reg;
    some.centerness = all.centerness;
  }
  if (wanted.has(Task::instDepth)) some.instDepth = all.instDepth;
  if (wanted.has(Task::instSeg)) some.instSeg = all.instSeg;
  some.earlier = all.earlier;
  return some;
}

}  // namespace

Engine::Engine(std::shared_ptr<Network> network, std::string title)
    : network_(std::move(network)),
      planned_(std::make_shared<PlannedForward>()),
      last_(std::make_shared<Pass>()),
      title_(std::move(title)) {}

Engine Engine::open(const std::filesystem::path& file, const OpenOptions& options) {
  // Beside the opening, which is one thread's work as well.
  std::future<std::string> hash =
      std::async(std::launch::async, [&] { return sha256OfFile(file); });
  OpenedNetwork opened = openNetwork(file, options);
  Engine engine(std::make_shared<Network>(std::move(opened.network)), file.filename().string());
  engine.hash_ = hash.get();
  engine.identity_ = engine.hash_;
  if (!options.weights.empty()) engine.identity_ += ", weights " + opened.weightsKey;
  if (!opened.maskComponents.empty())
    engine.identity_ += ", mask components " + sha256OfFile(opened.maskComponents);
  engine.weightsKey_ = std::move(opened.weightsKey);
  engine.notes_ = std::move(opened.notes);
  return engine;
}

Engine Engine::withMaskComponents(const std::filesystem::path& npz) const {
  if (!network_) throw Error("no network is loaded; open a checkpoint first");
  OpenedNetwork opened{*network_, weightsKey_, notes_, {}};
  setMaskComponents(opened, npz);
  Engine engine = *this;
  engine.network_ = std::make_shared<Network>(std::move(opened.network));
  engine.last_ = std::make_shared<Pass>();
  if (engine.planned_) engine.planned_ = std::make_shared<PlannedForward>();
  engine.notes_ = std::move(opened.notes);
  engine.identity_ = identity_.substr(0, identity_.find(", mask components ")) +
                     ", mask components " + sha256OfFile(npz);
  return engine;
}

Engine Engine::onDevice(const std::string& device) const {
  if (!network_) throw Error("no network is loaded; open a checkpoint first");
  const std::string wanted = checkedDevice(device);
  if (wanted == device_) return *this;
  Engine copy = *this;
  copy.device_ = wanted;
  copy.network_ = std::make_shared<Network>(*network_);
  for (WeightEntry& entry : copy.network_->weights.entries())
    entry.tensor = entry.tensor.detach().to(at::Device(wanted));
  return copy.withArithmetic(arithmetic_);
}

const NetworkSpec& Engine::spec() const { return network_->spec; }

const std::map<std::string, std::string>& Engine::metadata() const { return network_->metadata; }

bool Engine::lacksMaskComponents() const {
  return spec().tasks.has(Task::instSeg) && network_->maskCode.empty();
}

Prediction Engine::predict(const cv::Mat& image) const {
  Sample sample;
  sample.image = image;
  if (image.size() != spec().size) sample.image = letterboxed(image, spec().size);
  return evaluate(sample).prediction;
}

Engine::Evaluated Engine::evaluate(const Sample& resized) const {
  if (!network_) throw Error("no network is loaded; open a checkpoint first");
  if (resized.image.size() != spec().size)
    throw Error(concat(resized.name, ": expected an image of ", sizeText(spec().size), ", found ",
                       sizeText(resized.image.size())));
  const at::NoGradGuard noGrad;
  return evaluate(resized, outputs(pixels(resized.image), spec().tasks));
}

Engine::Evaluated Engine::evaluate(const Sample& resized, const RawOutputs& outputs) const {
  const at::NoGradGuard noGrad;
  // Of the segmentation, by far the greatest of them, only labels are taken to the CPU.
  RawOutputs here = outputs;
  here.segment = at::Tensor();
  here = onCpu(std::move(here));
  here.segment = outputs.segment;
  Evaluated result;
  result.prediction = decode(here, 0, resized.image, spec().classes, network_->maskCode);
  const bool truth =
      !resized.trainIds.empty() || !resized.depthMetres.empty() || resized.hasInstances;
  if (truth && !sameClasses(resized.classes, spec().classes))
    throw Error(concat(resized.name, " is labelled with the classes of ", resized.classes->title,
                       ", the network predicts those of ", spec().classes->title));
  const Targets targets = makeTargets({&resized}, network_->maskCode, 0);
  if (resized.hasInstances) {
    result.instanceDepth = instanceDepthSums(here, targets);
    result.classLosses = classLossSums(here, targets);
  }
  const LossValues values = computeLosses(outputs, targets);
  std::vector<std::string> keys;
  std::vector<at::Tensor> known;
  for (const LossInfo& info : losses())
    if (const at::Tensor& value = values[static_cast<std::size_t>(info.loss)]; value.defined()) {
      keys.emplace_back(info.key);
      known.push_back(value);
    }
  const std::vector<double> read = readTogether(known);
  for (std::size_t i = 0; i < keys.size(); ++i) result.losses[keys[i]] = read[i];
  return result;
}

/// Gradients in another precision than float32 on the processor, and in float64 on any device; its
/// outputs are float32 again but for float64.
RawOutputs Engine::computeAs(Arithmetic arithmetic, const at::Tensor& pixels,
                             TaskSet wanted) const {
  if (arithmetic == Arithmetic::float64)
    return precise_->forward(normalise(pixels.to(at::kDouble)), wanted);
  RawOutputs outputs = network_->forward(normalise(pixels), wanted, false, Precision::bfloat16);
  eachOutput(outputs, [](at::Tensor& output) { output = output.to(at::kFloat); });
  return outputs;
}

bool Engine::gradientsInTf32() const { return arithmetic_ == Arithmetic::tf32; }

RawOutputs Engine::compute(const at::Tensor& pixels, TaskSet wanted, Dense dense) const {
  RawOutputs outputs;
  if (planned_ && planned_->forward(*network_, pixels, wanted, dense, outputs)) return outputs;
  const bool gradient = at::GradMode::is_enabled() && pixels.requires_grad();
  // Predictions are float32 whatever gradients are taken in.
  const ConvolutionsIn precision(device_ == "cpu" ? std::nullopt
                                                  : std::optional(gradient && gradientsInTf32()));
  const bool half = gradient && arithmetic_ == Arithmetic::bfloat16;
  if (recorded_ && recorded_->forward(*network_, pixels, wanted, dense,
                                      half ? at::kBFloat16 : at::kFloat, outputs))
    return outputs;
  if (half) return computeAs(Arithmetic::bfloat16, pixels, wanted);
  return network_->forward(normalise(pixels), wanted);
}

at::Tensor Engine::pixels(const cv::Mat& image) const {
  return pixelsFromImage(image).to(at::Device(device_));
}

RawOutputs Engine::outputs(const at::Tensor& pixels, TaskSet wanted, Dense dense) const {
  if (at::GradMode::is_enabled() && pixels.requires_grad()) {
    ++last_->passes.gradients;
    if (arithmetic_ == Arithmetic::float64) return computeAs(arithmetic_, pixels, wanted);
    return compute(pixels, wanted, dense);
  }
  const std::uint64_t stamp = network_->weights.stamp();
  if (!last_->pixels.defined() || last_->stamp != stamp || !last_->pixels.equal(pixels)) {
    last_->pixels = at::Tensor();
    last_->outputs = compute(pixels, spec().tasks, Dense::full);
    last_->pixels = pixels.detach().clone();
    last_->stamp = stamp;
    ++last_->passes.predictions;
  }
  return only(last_->outputs, wanted);
}

void Engine::giveBackMemory() const {
  last_->pixels = at::Tensor();
  last_->outputs = {};
  if (recorded_) recorded_->forget();
}

Engine::Passes Engine::passes() const { return last_->passes; }

Engine Engine::withArithmetic(Arithmetic arithmetic) const {
  const bool processor = device_ == "cpu";
  if (arithmetic == Arithmetic::bfloat16 && processor && !hasNativeBfloat16())
    throw Error(
        "bfloat16 is not native to this processor (it needs AVX-512 BF16), where it is slower than "
        "float32; use float32 or float64");
  if (arithmetic == Arithmetic::tf32 && processor)
    throw Error("tf32 is a precision of graphics cards; use float32 on the processor");
  Engine copy = *this;
  copy.arithmetic_ = arithmetic;
  copy.recorded_ = processor || arithmetic == Arithmetic::aten || arithmetic == Arithmetic::float64
                       ? nullptr
                       : std::make_shared<CudaForward>();
  copy.planned_ =
      arithmetic == Arithmetic::plan && processor ? std::make_shared<PlannedForward>() : nullptr;
  copy.precise_ = nullptr;
  if (arithmetic == Arithmetic::float64) {
    copy.precise_ = std::make_shared<Network>(*network_);
    for (WeightEntry& entry : copy.precise_->weights.entries())
      if (entry.tensor.is_floating_point()) entry.tensor = entry.tensor.detach().to(at::kDouble);
  }
  copy.last_ = std::make_shared<Pass>();
  return copy;
}

Engine Engine::separateCopy() const {
  auto network = std::make_shared<Network>(*network_);
  for (WeightEntry& entry : network->weights.entries())
    entry.tensor = entry.tensor.detach().clone();
  Engine copy = *this;
  copy.network_ = std::move(network);
  return copy.withArithmetic(arithmetic_);
}

Engine makeUntrainedEngine(const NetworkSpec& spec, std::uint64_t seed) {
  return Engine(std::make_shared<Network>(makeNetwork(spec, seed)), "untrained");
}

}  // namespace uninet
