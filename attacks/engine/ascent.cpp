#include "attacks/engine/ascent.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <map>

#include "attacks/engine/apgd.h"
#include "attacks/engine/apgd_l1.h"
#include "attacks/engine/shrinking_ball.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "model/engine/convolutions_in.h"
#include "model/network/read_together.h"

namespace uninet {
namespace {

/// A gradient divided by its mean absolute value, which may be far below what float32 can square;
/// 0 stays 0.
at::Tensor ofMeanOne(const at::Tensor& gradient) {
  const at::Tensor largest = gradient.abs().max();
  const at::Tensor scaled = gradient / largest;
  return at::where(largest > 0, scaled / scaled.abs().mean(at::kDouble), gradient);
}

/// Numbers of one iteration.
struct Numbers {
  double value = 0, gradientMax = -1, gradientZeros = 0;
  std::map<std::string, double> losses;
  std::optional<double> left;
};

/// All of them by one copy from the device. `gradient` may be undefined.
Numbers read(const ObjectiveValue& found, const at::Tensor& gradient) {
  std::vector<at::Tensor> values{found.value};
  for (const auto& [key, loss] : found.losses) values.push_back(loss);
  if (found.left.defined()) values.push_back(found.left);
  if (gradient.defined()) {
    values.push_back(gradient.abs().max());
    values.push_back(gradient.eq(0).sum());
  }
  const std::vector<double> known = readTogether(values);
  auto next = known.begin();
  Numbers numbers;
  numbers.value = *next++;
  for (const auto& [key, loss] : found.losses) numbers.losses[key] = *next++;
  if (found.left.defined()) numbers.left = *next++;
  if (gradient.defined()) {
    numbers.gradientMax = *next++;
    numbers.gradientZeros = *next++;
  }
  return numbers;
}

std::unique_ptr<StepRule> apgdIn(const NormBall& ball, int iterations) {
  if (ball.norm() == Norm::l1) return std::make_unique<ApgdL1>(ball, iterations);
  return std::make_unique<Apgd>(ball, iterations);
}

/// As AttackIteration::gradient.
cv::Mat magnitudes(const at::Tensor& gradient, double greatest) {
  const at::Tensor bytes = gradient[0]
                               .abs()
                               .amax(0)
                               .div(greatest)
                               .sqrt()
                               .mul(255)
                               .round()
                               .clamp(0, 255)
                               .to(at::kByte)
                               .contiguous()
                               .cpu();
  return cv::Mat(static_cast<int>(bytes.size(0)), static_cast<int>(bytes.size(1)), CV_8U,
                 bytes.data_ptr<std::uint8_t>())
      .clone();
}

}  // namespace

/// The steps of one run from one start.
class Ascent::Steps {
 public:
  Steps(const NormBall& ball, const GradientSettings& settings, std::uint64_t run)
      : ball_(ball),
        settings_(settings),
        seed_(Random::mix(settings.randomStart || settings.variant
                              ? ball.seedForImage(settings.seed)
                              : settings.seed,
                          run)) {
    const int steps = static_cast<int>(settings.iterations);
    if (settings.apgd)
      rule_ = settings.radii.empty()
                  ? apgdIn(ball, steps)
                  : std::make_unique<ShrinkingBall>(ball, settings.radii, steps, apgdIn);
  }

  at::Tensor start() const { return settings_.randomStart ? ball_.uniform(seed_) : ball_.clean(); }

  /// Where the gradient is taken instead of at `pixels`: x + α μ g, as in the authors' code neither
  /// projected nor clipped, with a g whose mean absolute value is about 1. In the other norms g has
  /// the length that a step has. Undefined: there.
  at::Tensor whereMomentumLeads(const at::Tensor& pixels) const {
    if (rule_ || !settings_.nesterov || !velocity_.defined()) return {};
    const double length = ball_.norm() == Norm::linf ? 1 : ball_.length(velocity_);
    if (!(length > 0)) return {};
    return pixels + velocity_ * (settings_.alpha * settings_.momentum / length);
  }

  /// Whose gradient is followed after `done` steps; empty: that of the function.
  ImageFunction variantAfter(std::int64_t done) const {
    return settings_.variant
               ? settings_.variant(Random::mix(seed_, static_cast<std::uint64_t>(done)))
               : ImageFunction();
  }

  /// Whether the present image is in the ball.
  bool inside() const { return !rule_ || rule_->inside(); }

  /// The image after `pixels`, whose value, greater is better, is `rank`.
  at::Tensor next(const at::Tensor& pixels, const at::Tensor& gradient, double rank) {
    at::Tensor direction = settings_.descend ? -gradient : gradient;
    if (rule_) return rule_->next(pixels, direction, rank);
    if (settings_.momentum > 0) {
      direction = ofMeanOne(direction);
      if (velocity_.defined()) direction = direction + settings_.momentum * velocity_;
      velocity_ = direction;
    }
    return settings_.maxNormStep ? ball_.stepByLargest(pixels, direction, settings_.alpha)
                                 : ball_.step(pixels, direction, settings_.alpha);
  }

 private:
  const NormBall& ball_;
  const GradientSettings& settings_;
  std::uint64_t seed_;
  at::Tensor velocity_;
  std::unique_ptr<StepRule> rule_;  ///< null: steps of one size
};

Ascent::Ascent(NormBall ball, GradientSettings settings, const Progress& progress,
               const IterationCallback& callback)
    : ball_(std::move(ball)),
      settings_(std::move(settings)),
      progress_(progress),
      callback_(callback),
      perRun_(ball_.epsilon() > 0 ? settings_.iterations : 0),
      runs_(settings_.randomStart && perRun_ > 0 ? settings_.restarts : 1),
      chosen_(ball_.clean()),
      best_(ball_.clean()) {
  result_.seed = settings_.seed;
  result_.iterationsPlanned = static_cast<int>(perRun_ * runs_);
  beginRun();
}

Ascent::~Ascent() = default;

bool Ascent::stop() {
  result_.cancelled = progress_.stopRequested();
  return result_.cancelled;
}

void Ascent::beginRun() {
  over_ = run_ == runs_ || stop();
  if (over_) return;
  steps_ = std::make_unique<Steps>(ball_, settings_, static_cast<std::uint64_t>(run_));
  pixels_ = perRun_ > 0 ? steps_->start() : ball_.clean();
  runBest_ = kNone;
  runBestPixels_ = pixels_;
  iteration_ = sinceBest_ = 0;
  ask();
}

void Ascent::ask() {
  pass_ = {pixels_, iteration_ < perRun_, 0, {}};
  if (!pass_.gradient) return;
  pass_.done = static_cast<double>(iteration_) / static_cast<double>(settings_.iterations);
  const at::Tensor ahead = steps_->whereMomentumLeads(pixels_);
  ImageFunction variant = steps_->variantAfter(iteration_);
  if (!variant && !ahead.defined()) return;
  elsewhere_ = {ahead.defined() ? ahead : pixels_, true, pass_.done, std::move(variant)};
  pass_.gradient = false;
}

void Ascent::know(const ObjectiveValue& found, const at::Tensor& gradient) {
  if (elsewhere_) {
    found_ = found;
    pass_ = std::move(*elsewhere_);
    elsewhere_.reset();
  } else {
    const ObjectiveValue here = found_.value_or(found);
    found_.reset();
    iterate(here, gradient);
  }
}

void Ascent::iterate(const ObjectiveValue& found, const at::Tensor& gradient) {
  const Numbers numbers = read(found, gradient);
  const double value = numbers.value;
  if (!std::isfinite(value))
    throw Error(concat("the objective is not a finite number at iteration ", iteration_,
                       "; the checkpoint may be broken"));
  const bool inside = steps_->inside();
  const bool done = numbers.left == 0. && inside;
  AttackIteration iteration{number_, result_.iterationsPlanned, value, numbers.losses, {}};
  if (gradient.defined() && !done) {
    iteration.gradientMax = numbers.gradientMax;
    iteration.gradientZeroShare = numbers.gradientZeros / static_cast<double>(gradient.numel());
    if (!std::isfinite(iteration.gradientMax))
      throw Error(concat("the gradient is not finite at iteration ", iteration_,
                         "; the checkpoint may be broken"));
  }
  result_.iterations.push_back(iteration);
  if (callback_) {
    if (iteration.gradientMax > 0) iteration.gradient = magnitudes(gradient, iteration.gradientMax);
    iteration.image = imageFromPixels(ball_.rounded(inside ? pixels_ : ball_.project(pixels_)));
    callback_(iteration);
  }
  ++sinceBest_;
  const double rank = numbers.left ? -*numbers.left : (settings_.descend ? -value : value);
  if (!inside) {
    best_ = ball_.project(pixels_);
    sinceBest_ = 0;
  } else if (rank > runBest_) {
    runBest_ = rank;
    runBestPixels_ = pixels_;
    sinceBest_ = 0;
  }
  if (inside && rank > bestValue_) {
    bestValue_ = rank;
    best_ = pixels_;
  }
  if (iteration_ == perRun_ || done ||
      (settings_.patience > 0 && sinceBest_ >= settings_.patience)) {
    endRun(rank);
    return;
  }
  over_ = stop();
  if (over_) return;
  pixels_ = steps_->next(pixels_, gradient, rank);
  ++iteration_;
  ++number_;
  result_.iterationsDone = number_;
  ask();
}

void Ascent::endRun(double rank) {
  const bool keepBest = settings_.keepBest || settings_.apgd;
  const double candidate = keepBest ? runBest_ : rank;
  if (candidate > chosenValue_) {
    chosenValue_ = candidate;
    chosen_ = keepBest ? runBestPixels_ : pixels_;
  }
  ++run_;
  beginRun();
}

AttackResult Ascent::result() {
  result_.image = imageFromPixels(ball_.rounded(result_.cancelled ? best_ : chosen_));
  result_.norms = measureNorms(imageFromPixels(ball_.clean()), result_.image);
  if (ball_.norm() == Norm::l1)
    result_.notes.push_back(
        concat("the changes of all values add up to ",
               cv::norm(imageFromPixels(ball_.clean()), result_.image, cv::NORM_L1), " px (l1)"));
  return std::move(result_);
}

Answer answerOf(const ImageFunction& function, const Ascent::Pass& pass) {
  const at::AutoGradMode mode(pass.gradient);
  const at::Tensor input = pass.pixels.detach().requires_grad_(pass.gradient);
  Answer answer{function(input), {}};
  ObjectiveValue& found = answer.found;
  if (pass.gradient) {
    const at::Tensor followed =
        found.differentiated ? found.differentiated(pass.done) : found.value;
    answer.gradient = torch::autograd::grad({followed}, {input}, {}, /*retain_graph=*/false,
                                            /*create_graph=*/false, /*allow_unused=*/true)[0];
    if (!answer.gradient.defined()) answer.gradient = at::zeros_like(input.detach());
    found.value = found.value.detach();
  }
  found.differentiated = {};
  return answer;
}

Answer answerOf(const Engine& engine, const ImageFunction& function, const Ascent::Pass& pass) {
  if (!pass.gradient) return answerOf(function, pass);
  const ConvolutionsIn precision(engine);
  return answerOf(function, pass);
}

}  // namespace uninet
