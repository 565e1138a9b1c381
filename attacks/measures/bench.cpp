#include "attacks/measures/bench.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "attacks/engine/attack.h"
#include "attacks/engine/gradient_attack.h"
#include "attacks/engine/objective.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "model/engine/decode.h"
#include "model/engine/eager_forward.h"
#include "model/engine/planned_forward.h"
#include "model/network/network.h"
#include "model/plan/kernels.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;

double secondsOf(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// First line of /proc/cpuinfo that names the processor.
std::string processorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
  return "unknown";
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

class Bench {
 public:
  Bench(const Engine& engine, const Sample& sample, int rounds, const Progress& progress)
      : engine_(engine.separateCopy().withArithmetic(Arithmetic::plan)),
        network_(engine_.network()),
        input_{engine_, sample},
        rounds_(rounds),
        progress_(progress) {}

  BenchReport run() {
    BenchReport report;
    report.processor = processorName();
    const plan::Kernels* kernels = planned_.supports(network_) ? plan::kernels() : nullptr;
    report.kernels = kernels != nullptr ? kernels->name : "none: " + planned_.reason();
    report.threads = at::get_num_threads();
    report.network = concat(network_.spec.network, " (", network_.spec.tasks.text(), "), width ",
                            network_.spec.width, ", ", sizeText(network_.spec.size));
    const std::vector<std::string> objectives = objectivesHere();
    const std::vector<TaskSet> wanted = predictionsHere();
    total_ = static_cast<std::int64_t>(objectives.size() + wanted.size());
    for (const std::string& key : objectives) report.iterations.push_back(iteration(key));
    for (const TaskSet tasks : wanted) report.predictions.push_back(prediction(tasks));
    report.decode = decoding();
    report.planBytes = planned_.bytes();
    return report;
  }

 private:
  std::vector<std::string> objectivesHere() const {
    std::vector<std::string> keys;
    for (const char* key : {"seg", "depth", "semantic", "geometric", "multi-task"}) {
      ObjectiveOptions options;
      options.objective = key;
      try {
        Objective(engine_, targets_, options);
        keys.emplace_back(key);
      } catch (const Error&) {
        // This network or image has none.
      }
    }
    return keys;
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
        const double took = secondsOf(ways[i]);
        if (round >= 0) least[i] = least[i] < 0 ? took : std::min(least[i], took);
      }
    return least;
  }

  BenchRow iteration(const std::string& key) {
    step("PGD, " + key);
    ObjectiveOptions options;
    options.objective = key;
    const Objective objective(engine_, targets_, options);
    const EagerForward eager(network_, objective.wanted());
    const at::Tensor pixels = pixelsFromImage(input_.sample.image);
    const auto gradient = [&](const auto& outputs, const auto& inputs) {
      torch::autograd::grad({objective.of(outputs).value}, inputs, {}, false, false, true);
    };
    std::function<void()> plan;
    if (planned_.reason().empty())
      plan = [&] {
        const at::AutoGradMode mode(true);
        const at::Tensor x = pixels.detach().requires_grad_(true);
        RawOutputs outputs;
        planned_.forward(network_, x, objective.wanted(), Dense::beforeResize, outputs);
        gradient(outputs, std::vector<at::Tensor>{x});
      };
    const auto least = leastOf({[&] {
                                  const TrainableWeights trainable(network_);
                                  const at::AutoGradMode mode(true);
                                  const at::Tensor x = pixels.detach().requires_grad_(true);
                                  std::vector<at::Tensor> inputs{x};
                                  for (const WeightEntry& entry : network_.weights.entries())
                                    if (entry.tensor.requires_grad())
                                      inputs.push_back(entry.tensor);
                                  gradient(plainForward(network_, x), inputs);
                                },
                                [&] {
                                  const FrozenWeights frozen(network_);
                                  const at::AutoGradMode mode(true);
                                  const at::Tensor x = pixels.detach().requires_grad_(true);
                                  gradient(eager(x), std::vector<at::Tensor>{x});
                                },
                                plan});
    BenchRow row{"PGD, " + key, least[0], least[1], least[2]};
    addConvolutions(plan, row);
    return row;
  }

  BenchRow prediction(TaskSet wanted) {
    const std::string name = wanted == network_.spec.tasks ? "all tasks" : wanted.text();
    step("prediction, " + name);
    const at::NoGradGuard noGrad;
    const EagerForward eager(network_, wanted);
    const at::Tensor pixels = pixelsFromImage(input_.sample.image);
    std::function<void()> plan;
    if (planned_.reason().empty())
      plan = [&] {
        RawOutputs outputs;
        planned_.forward(network_, pixels, wanted, Dense::full, outputs);
      };
    const auto least =
        leastOf({[&] { plainForward(network_, pixels); }, [&] { eager(pixels); }, plan});
    BenchRow row{"prediction, " + name, least[0], least[1], least[2]};
    addConvolutions(plan, row);
    return row;
  }

  /// What one more run spends in convolutions.
  void addConvolutions(const std::function<void()>& plan, BenchRow& row) {
    if (!plan) return;
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

  double decoding() {
    const at::NoGradGuard noGrad;
    const RawOutputs outputs =
        engine_.outputs(pixelsFromImage(input_.sample.image), network_.spec.tasks);
    return leastOf({[&] {
      decode(outputs, 0, input_.sample.image, network_.spec.classes, network_.maskCode);
    }})[0];
  }

  Engine engine_;
  Network& network_;
  AttackInput input_;
  std::vector<std::string> notes_;
  Targets targets_ = attackTargets(input_, notes_);
  PlannedForward planned_;
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
                    {"plan_seconds", known(row.plan)},
                    {"plan_convolution_seconds", known(row.convolutions)},
                    {"plan_convolution_gflops", known(row.gflops)}});
  return list;
}

}  // namespace

BenchReport runBench(const Engine& engine, const Sample& sample, int rounds,
                     const Progress& progress) {
  return Bench(engine, sample, rounds, progress).run();
}

nlohmann::json toJson(const BenchReport& report) {
  return {{"processor", report.processor},
          {"kernels", report.kernels},
          {"threads", report.threads},
          {"network", report.network},
          {"iterations", rowsJson(report.iterations)},
          {"predictions", rowsJson(report.predictions)},
          {"decode_seconds", report.decode},
          {"plan_bytes", report.planBytes}};
}

}  // namespace uninet
