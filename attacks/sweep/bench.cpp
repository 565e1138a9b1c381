#include "attacks/sweep/bench.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/objective.h"
#include "attacks/methods/dag.h"
#include "attacks/methods/hiding.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/numbers.h"
#include "core/base/pictures.h"
#include "core/metrics/metrics.h"
#include "model/engine/decode.h"
#include "model/engine/device.h"
#include "model/engine/eager_forward.h"
#include "model/engine/pass_cost.h"
#include "model/engine/planned_forward.h"
#include "model/network/network.h"
#include "model/plan/kernels.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;

double secondsOf(const std::function<void()>& work, const std::string& device) {
  const auto start = Clock::now();
  work();
  finishWork(device);
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Gradients of all weights are wanted while this lives.
class TrainableWeights {
 public:
  explicit TrainableWeights(Network& network) {
    for (WeightEntry& entry : network.weights.entries())
      if (!entry.buffer && entry.tensor.is_floating_point() && !entry.tensor.requires_grad())
        changed_.push_back(entry.tensor.set_requires_grad(true));
  }
  ~TrainableWeights() {
    for (at::Tensor& tensor : changed_) tensor.set_requires_grad(false);
  }
  TrainableWeights(const TrainableWeights&) = delete;
  TrainableWeights& operator=(const TrainableWeights&) = delete;

 private:
  std::vector<at::Tensor> changed_;
};

/// The objective of everything, of which memory is measured.
constexpr const char* kAllTasks = "multi-task";
/// Calls of a convolution on a card that are timed together: one is as short as its start.
constexpr int kCallsTogether = 20;
/// So many copies of one image stand for a split where its metrics are timed.
constexpr std::size_t kMetricImages = 20;

class Bench {
 public:
  Bench(const Engine& engine, const Sample& original, int rounds, const Progress& progress)
      : engine_(engine.separateCopy().withArithmetic(Arithmetic::plan)),
        network_(engine_.network()),
        original_(original),
        input_{engine_, resizeSample(original, network_.spec.size)},
        rounds_(rounds),
        progress_(progress) {}

  BenchReport run() {
    report_.processor = onCard() ? device(engine_.device()).gpu : processorName();
    report_.threads = at::get_num_threads();
    report_.network = concat(network_.spec.network, " (", network_.spec.tasks.text(), "), width ",
                             network_.spec.width, ", ", sizeText(network_.spec.size));
    measureMemory();
    if (onCard()) {
      report_.kernels = engine_.arithmetic().at("code path");
      report_.onCard = true;
    } else {
      const plan::Kernels* kernels = planned_.supports(network_) ? plan::kernels() : nullptr;
      report_.kernels = kernels != nullptr ? kernels->name : "none: " + planned_.reason();
      report_.lanes = kernels != nullptr ? kernels->lanes : 0;
    }
    const std::vector<Attack> attacks = attacksHere();
    const std::vector<TaskSet> wanted = predictionsHere();
    total_ = static_cast<std::int64_t>(attacks.size() + wanted.size() + 1);
    for (const Attack& attack : attacks) report_.iterations.push_back(iteration(attack));
    for (const TaskSet tasks : wanted) report_.predictions.push_back(prediction(tasks));
    around();
    report_.planBytes = planned_.bytes();
    for (auto& [key, conv] : known_) report_.convolutions.push_back(std::move(conv));
    return std::move(report_);
  }

 private:
  struct Attack {
    std::string name;
    OutputFunction function;
  };

  OutputFunction objective(const std::string& key) {
    ObjectiveOptions options;
    options.objective = key;
    return Objective(engine_, attackTargets(input_, notes_), options).function();
  }

  /// Those of which this network and image have targets.
  std::vector<Attack> attacksHere() {
    std::vector<Attack> attacks;
    const auto add = [&](const std::string& name, const auto& make) {
      try {
        attacks.push_back({name, make()});
      } catch (const Error&) {
        // There is nothing of the kind here.
      }
    };
    for (const char* key : {"seg", "depth", "semantic", "geometric", kAllTasks})
      add(concat("PGD, ", key), [&] { return objective(key); });
    const Prediction clean = engine_.predict(input_.sample.image);
    HidingOptions hiding;
    // A network that was not trained predicts no category in particular: the one that it sees most.
    if (!clean.trainIds.empty()) hiding.category = mostFrequent(clean);
    add("hiding from segmentation",
        [&] { return towardsLabels(engine_, nonEmpty(segmentationTarget(clean, hiding))); });
    add("hiding from depth",
        [&] { return towardsDepth(engine_, nonEmpty(depthTarget(clean, hiding))); });
    add("DAG, detection", [&] { return dagFunction(input_, DagDetectionOptions(), notes_); });
    add("DAG, segmentation", [&] { return dagFunction(input_, DagSegmentationOptions(), notes_); });
    return attacks;
  }

  static AttackTarget nonEmpty(AttackTarget target) {
    if (cv::countNonZero(target.mask) == 0) throw Error("nothing to hide");
    return target;
  }

  /// Of several predicted categories: hiding needs another one beside it.
  static std::string mostFrequent(const Prediction& prediction) {
    const auto& names = prediction.classes->semantic;
    std::size_t best = 0;
    int most = -1;
    for (std::size_t c = 0; c < names.size(); ++c) {
      const int count = cv::countNonZero(prediction.trainIds == static_cast<int>(c));
      if (count > most && static_cast<std::size_t>(count) < prediction.trainIds.total())
        most = count, best = c;
    }
    return names[best].name;
  }

  std::vector<TaskSet> predictionsHere() const {
    std::vector<TaskSet> sets{network_.spec.tasks};
    for (const TaskInfo& info : tasks())
      if (network_.spec.tasks.has(info.task)) sets.push_back(TaskSet().add(info.task));
    return sets;
  }

  void step(const std::string& name) { progress_.step(done_++, total_, name); }

  /// Runs each way once, then all in turn; the least time of each.
  std::vector<double> leastOf(const std::vector<std::function<void()>>& ways) const {
    std::vector<double> least(ways.size(), -1);
    for (int round = -1; round < rounds_; ++round)
      for (std::size_t i = 0; i < ways.size(); ++i) {
        if (!ways[i]) continue;
        if (progress_.stopRequested()) throw Cancelled();
        const double took = secondsOf(ways[i], engine_.device());
        if (round >= 0) least[i] = least[i] < 0 ? took : std::min(least[i], took);
      }
    return least;
  }

  bool onCard() const { return engine_.device() != "cpu"; }
  /// Whether the program has a way of its own here, the plan or CUDA graphs.
  bool hasOwnWay() const { return onCard() || report_.lanes > 0; }

  at::Tensor pixels() const { return engine_.pixels(input_.sample.image); }

  EagerForward eagerForward(TaskSet wanted, at::ScalarType type = at::kFloat,
                            Dense dense = Dense::full) const {
    return EagerForward(network_, wanted, type, dense, at::Device(engine_.device()));
  }
  /// Where bfloat16 is native.
  std::optional<EagerForward> halfForward(TaskSet wanted) const {
    if (!onCard() && !hasNativeBfloat16()) return std::nullopt;
    return eagerForward(wanted, at::kBFloat16);
  }

  /// Value and gradients by `inputs`, the first of which are the pixels.
  static void gradient(const OutputFunction& function, const RawOutputs& outputs,
                       const std::vector<at::Tensor>& inputs) {
    torch::autograd::grad({function.of(outputs).value}, inputs, {}, false, false, true);
  }

  void plainIteration(const OutputFunction& function) const {
    const TrainableWeights trainable(network_);
    const at::AutoGradMode mode(true);
    const at::Tensor x = pixels().requires_grad_(true);
    std::vector<at::Tensor> inputs{x};
    for (const WeightEntry& entry : network_.weights.entries())
      if (entry.tensor.requires_grad()) inputs.push_back(entry.tensor);
    gradient(function, plainForward(network_, x), inputs);
  }

  void eagerIteration(const OutputFunction& function, const EagerForward& forward) const {
    const FrozenWeights frozen(network_);
    const at::AutoGradMode mode(true);
    const at::Tensor x = pixels().requires_grad_(true);
    gradient(function, forward(x), {x});
  }

  /// The program's own way; whether there is one for it.
  bool planIteration(const OutputFunction& function, PlannedForward& planned) const {
    const at::AutoGradMode mode(true);
    const at::Tensor x = pixels().requires_grad_(true);
    RawOutputs outputs;
    if (onCard())
      outputs = engine_.outputs(x, function.wanted, function.dense);
    else if (!planned.forward(network_, x, function.wanted, function.dense, outputs))
      return false;
    gradient(function, outputs, {x});
    return true;
  }

  BenchRow iteration(const Attack& attack) {
    step(attack.name);
    const OutputFunction& function = attack.function;
    const EagerForward eager = eagerForward(function.wanted);
    const std::optional<EagerForward> half = halfForward(function.wanted);
    std::function<void()> plan, bfloat16;
    if (hasOwnWay()) plan = [&] { planIteration(function, planned_); };
    if (half) bfloat16 = [&] { eagerIteration(function, *half); };
    const auto least = leastOf({[&] { plainIteration(function); },
                                [&] { eagerIteration(function, eager); }, bfloat16, plan});
    BenchRow row{attack.name, least[0], least[1], least[2], least[3]};
    addConvolutions(plan, row);
    addFloor(function.wanted, function.dense, /*gradient=*/true, row);
    return row;
  }

  BenchRow prediction(TaskSet wanted) {
    const std::string name = wanted == network_.spec.tasks ? "all tasks" : wanted.text();
    step("prediction, " + name);
    const at::NoGradGuard noGrad;
    const EagerForward eager = eagerForward(wanted);
    const std::optional<EagerForward> half = halfForward(wanted);
    const at::Tensor x = pixels(), other = x.flip(3);
    std::function<void()> plan, bfloat16;
    if (onCard() && wanted == network_.spec.tasks)
      plan = [&, turn = false]() mutable {
        // An engine keeps its last prediction.
        engine_.outputs((turn = !turn) ? x : other, wanted);
      };
    else if (!onCard() && report_.lanes > 0)
      plan = [&] {
        RawOutputs outputs;
        planned_.forward(network_, x, wanted, Dense::full, outputs);
      };
    if (half) bfloat16 = [&] { (*half)(x); };
    const auto least =
        leastOf({[&] { plainForward(network_, x); }, [&] { eager(x); }, bfloat16, plan});
    BenchRow row{"prediction, " + name, least[0], least[1], least[2], least[3]};
    addConvolutions(plan, row);
    addFloor(wanted, Dense::full, /*gradient=*/false, row);
    return row;
  }

  /// What one more run spends in convolutions.
  void addConvolutions(const std::function<void()>& plan, BenchRow& row) {
    if (!plan || onCard()) return;
    plan();
    double seconds = 0, flops = 0;
    for (const plan::Plan::Step& step : planned_.profile())
      if (step.flops > 0) {
        seconds += step.seconds;
        flops += step.flops;
      }
    row.convolutions = seconds;
    row.gflops = flops / seconds / 1e9;
  }

  void addFloor(TaskSet wanted, Dense dense, bool gradient, BenchRow& row) {
    if (onCard()) {
      row.floor = cardFloor(eagerForward(wanted, at::kFloat, dense), gradient);
      return;
    }
    if (report_.lanes == 0) return;
    const plan::Graph graph =
        plan::record(network_.function, network_.spec, wanted, dense == Dense::beforeResize);
    row.floor = plan::floorSeconds(
        plan::tuneConvolutions(graph, weightSource(network_), gradient, rounds_, known_));
  }

  /// Seconds of all convolutions, each alone.
  double cardFloor(const EagerForward& eager, bool gradient) const {
    const at::NoGradGuard noGrad;
    std::vector<std::function<void()>> together;
    for (const std::function<void()>& call : eager.convolutions(gradient))
      together.push_back([call] {
        for (int i = 0; i < kCallsTogether; ++i) call();
      });
    double sum = 0;
    for (const double seconds : leastOf(together)) sum += seconds / kCallsTogether;
    return sum;
  }

  void forgetPeak() const {
    forgetPeakMemory();
    forgetPeakMemoryOf(engine_.device());
  }
  std::size_t peak() const { return onCard() ? peakMemoryOf(engine_.device()) : peakMemory(); }

  /// Of the whole process, on a card of its tensors: before anything else is made, or its memory
  /// would count.
  void measureMemory() {
    const OutputFunction function = [&] {
      try {
        return objective(kAllTasks);
      } catch (const Error&) {
        return OutputFunction();
      }
    }();
    if (!function.of) return;
    forgetPeak();
    plainIteration(function);
    report_.plainPeak = peak();
    forgetPeak();
    PlannedForward fresh;
    if (planIteration(function, fresh)) report_.planPeak = peak();
  }

  void around() {
    step("around the network");
    const at::NoGradGuard noGrad;
    const auto add = [&](const std::string& name, double share, const std::function<void()>& work) {
      report_.around.push_back({name, leastOf({work})[0] * share});
    };
    const RawOutputs outputs = onCpu(engine_.outputs(pixels(), network_.spec.tasks));
    add(concat("decoding, NMS, masks at ", sizeText(network_.spec.size)), 1,
        [&] { decode(outputs, 0, input_.sample.image, network_.spec.classes, network_.maskCode); });
    const std::string size = sizeText(original_.image.size());
    const std::string png = encodePng(original_.image);
    add("reading a PNG of " + size, 1, [&] { decodePng(png); });
    add("writing a PNG of " + size, 1, [&] { encodePng(original_.image); });
    const Engine::Evaluated found = engine_.evaluate(input_.sample);
    const auto measure = [&] {
      return measureImage(original_, input_.sample, found.prediction, found.instanceDepth,
                          found.classLosses);
    };
    add("comparing a prediction with the truth at " + size, 1, [&] { measure(); });
    const std::vector<ImageMeasures> split(kMetricImages, measure());
    add("AP, mIoU and all other metrics, an image", 1.0 / kMetricImages,
        [&] { MeasureSet(split, network_.spec.classes).metrics(); });
  }

  BenchReport report_;
  Engine engine_;
  Network& network_;
  const Sample& original_;
  AttackInput input_;
  std::vector<std::string> notes_;
  PlannedForward planned_;
  plan::TunedConvs known_;  ///< convolutions that were timed already
  int rounds_;
  const Progress& progress_;
  std::int64_t done_ = 0, total_ = 0;
};

nlohmann::json rowsJson(const std::vector<BenchRow>& rows) {
  nlohmann::json list = nlohmann::json::array();
  const auto known = [](double value) {
    return numberOrNull(value < 0 ? std::numeric_limits<double>::quiet_NaN() : value);
  };
  for (const BenchRow& row : rows)
    list.push_back({{"name", row.name},
                    {"plain_seconds", known(row.plain)},
                    {"eager_seconds", known(row.eager)},
                    {"eager_bfloat16_seconds", known(row.half)},
                    {"plan_seconds", known(row.plan)},
                    {"plan_convolution_seconds", known(row.convolutions)},
                    {"plan_convolution_gflops", known(row.gflops)},
                    {"convolution_floor_seconds", known(row.floor)}});
  return list;
}

nlohmann::json convolutionsJson(const std::vector<plan::TunedConv>& convolutions) {
  nlohmann::json list = nlohmann::json::array();
  for (const plan::TunedConv& conv : convolutions) {
    nlohmann::json ways = nlohmann::json::object();
    for (const plan::TunedConv::Way& way : conv.ways) ways[way.method] = way.seconds;
    list.push_back({{"key", conv.key},
                    {"shape", conv.shape},
                    {"backward", conv.backward},
                    {"flops", conv.flops},
                    {"seconds", ways},
                    {"by_rule", conv.ways[0].method}});
  }
  return list;
}

}  // namespace

BenchReport runBench(const Engine& engine, const Sample& original, int rounds,
                     const Progress& progress) {
  return Bench(engine, original, rounds, progress).run();
}

nlohmann::json toJson(const BenchReport& report) {
  nlohmann::json around = nlohmann::json::array();
  for (const BenchReport::Part& part : report.around)
    around.push_back({{"name", part.name}, {"seconds", part.seconds}});
  return {{"processor", report.processor},
          {"kernels", report.kernels},
          {"lanes", report.lanes},
          {"on_card", report.onCard},
          {"threads", report.threads},
          {"network", report.network},
          {"iterations", rowsJson(report.iterations)},
          {"predictions", rowsJson(report.predictions)},
          {"around", around},
          {"peak_bytes", {{"plain", report.plainPeak}, {"plan", report.planPeak}}},
          {"plan_bytes", report.planBytes},
          {"convolutions", convolutionsJson(report.convolutions)}};
}

}  // namespace uninet
