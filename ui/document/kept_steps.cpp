#include "ui/document/kept_steps.h"

#include <bit>
#include <limits>

namespace uninet {
namespace {

std::size_t bytesOf(const cv::Mat& mat) { return mat.total() * mat.elemSize(); }

/// How often an iteration's number can be halved: the more often, the longer it stays.
int rankOf(int iteration) {
  return iteration <= 0 ? std::numeric_limits<int>::max()
                        : std::countr_zero(static_cast<unsigned>(iteration));
}

}  // namespace

std::size_t KeptSteps::Step::bytes() const {
  constexpr std::size_t kNode = 96;  // of a loss with its name
  std::size_t sum = sizeof(Step) - sizeof(PackedPrediction) + packed.bytes() - sizeof(PackedMat) +
                    gradient.bytes() + ratios.capacity() * sizeof(RatioBar) +
                    iteration.losses.size() * kNode;
  if (target)
    sum += bytesOf(target->mask) + bytesOf(target->trainIds) + bytesOf(target->depthMetres);
  return sum;
}

KeptSteps::Step KeptSteps::pack(AttackIteration iteration, const Prediction& prediction,
                                const Prediction& clean) {
  PackedMat gradient = packMat(iteration.gradient, {});
  iteration.gradient.release();
  iteration.image.release();
  return {std::move(iteration), packPrediction(prediction, clean), std::move(gradient)};
}

KeptSteps::Step KeptSteps::result(const Experiment& experiment, const Prediction& clean) {
  AttackIteration last;
  last.iteration = experiment.result.iterationsDone;
  last.total = experiment.result.iterationsPlanned;
  Step step = pack(last, experiment.attacked, clean);
  step.ratios = metricRatios(experiment.cleanMetrics, experiment.attackedMetrics);
  return step;
}

void KeptSteps::add(Step step) {
  if (!step.iteration.losses.empty())
    objectives_.emplace_back(step.iteration.iteration, step.iteration.objective);
  bytes_ += step.bytes();
  steps_.push_back(std::move(step));
  thin();
}

void KeptSteps::setBudget(std::size_t bytes) {
  budget_ = bytes;
  thin();
}

void KeptSteps::thin() {
  while (bytes_ > budget_ && steps_.size() > 2) {
    std::size_t least = 1;
    for (std::size_t i = 2; i + 1 < steps_.size(); ++i)
      if (rankOf(steps_[i].iteration.iteration) < rankOf(steps_[least].iteration.iteration))
        least = i;
    bytes_ -= steps_[least].bytes();
    steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(least));
  }
}

std::shared_ptr<const Prediction> KeptSteps::prediction(int place) const {
  return std::make_shared<const Prediction>(
      unpackPrediction(steps_[static_cast<std::size_t>(place)].packed, *clean_));
}

cv::Mat KeptSteps::gradient(int place) const {
  return unpackMat(steps_[static_cast<std::size_t>(place)].gradient, {});
}

}  // namespace uninet
