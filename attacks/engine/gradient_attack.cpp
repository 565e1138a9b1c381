#include "attacks/engine/gradient_attack.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <optional>

#include "attacks/engine/apgd.h"
#include "attacks/engine/apgd_l1.h"
#include "attacks/engine/pseudo_truth.h"
#include "attacks/engine/shrinking_ball.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "model/network/read_together.h"

namespace uninet {
namespace {

constexpr std::int64_t kApgdIterations = 100;  ///< of its authors

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

/// One run from one start.
class Run {
 public:
  Run(const ImageFunction& function, const NormBall& ball, const GradientSettings& settings,
      std::uint64_t number)
      : function_(function),
        ball_(ball),
        settings_(settings),
        seed_(Random::mix(settings.randomStart || settings.variant
                              ? ball.seedForImage(settings.seed)
                              : settings.seed,
                          number)) {
    const int steps = static_cast<int>(settings.iterations);
    if (settings.apgd)
      rule_ = settings.radii.empty()
                  ? apgdIn(ball, steps)
                  : std::make_unique<ShrinkingBall>(ball, settings.radii, steps, apgdIn);
  }

  at::Tensor start() const { return settings_.randomStart ? ball_.uniform(seed_) : ball_.clean(); }

  /// Value and losses at `pixels`; with `gradient`, the one to follow after `done` steps.
  ObjectiveValue evaluate(const at::Tensor& pixels, std::int64_t done, at::Tensor* gradient) const {
    if (gradient == nullptr) return evaluate(function_, pixels, done, nullptr);
    const at::Tensor ahead = whereMomentumLeads(pixels);
    const ImageFunction variant =
        settings_.variant ? settings_.variant(Random::mix(seed_, static_cast<std::uint64_t>(done)))
                          : ImageFunction();
    if (!variant && !ahead.defined()) return evaluate(function_, pixels, done, gradient);
    const ObjectiveValue found = evaluate(function_, pixels, done, nullptr);
    evaluate(variant ? variant : function_, ahead.defined() ? ahead : pixels, done, gradient);
    return found;
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
  ObjectiveValue evaluate(const ImageFunction& function, const at::Tensor& pixels,
                          std::int64_t done, at::Tensor* gradient) const {
    const at::AutoGradMode mode(gradient != nullptr);
    const at::Tensor input = pixels.detach().requires_grad_(gradient != nullptr);
    ObjectiveValue found = function(input);
    if (gradient != nullptr) {
      const double share = static_cast<double>(done) / static_cast<double>(settings_.iterations);
      const at::Tensor followed = found.differentiated ? found.differentiated(share) : found.value;
      *gradient = torch::autograd::grad({followed}, {input}, {}, /*retain_graph=*/false,
                                        /*create_graph=*/false, /*allow_unused=*/true)[0];
      if (!gradient->defined()) *gradient = at::zeros_like(pixels);
      found.value = found.value.detach();
    }
    found.differentiated = {};
    return found;
  }

  /// x + α μ g: as in the authors' code neither projected nor clipped, with a g whose mean absolute
  /// value is about 1. In the other norms g has the length that a step has. Undefined: x.
  at::Tensor whereMomentumLeads(const at::Tensor& pixels) const {
    if (rule_ || !settings_.nesterov || !velocity_.defined()) return {};
    const double length = ball_.norm() == Norm::linf ? 1 : ball_.length(velocity_);
    if (!(length > 0)) return {};
    return pixels + velocity_ * (settings_.alpha * settings_.momentum / length);
  }

  const ImageFunction& function_;
  const NormBall& ball_;
  const GradientSettings& settings_;
  std::uint64_t seed_;
  at::Tensor velocity_;
  std::unique_ptr<StepRule> rule_;  ///< null: steps of one size
};

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

AttackResult runGradientAttack(const ImageFunction& function, const NormBall& ball,
                               const GradientSettings& settings, const Progress& progress,
                               const IterationCallback& callback) {
  const std::int64_t perRun = ball.epsilon() > 0 ? settings.iterations : 0;
  const std::int64_t runs = settings.randomStart && perRun > 0 ? settings.restarts : 1;
  AttackResult result;
  result.seed = settings.seed;
  result.iterationsPlanned = static_cast<int>(perRun * runs);

  const double sign = settings.descend ? -1 : 1;
  at::Tensor chosen = ball.clean(), best = ball.clean();
  double chosenValue = -std::numeric_limits<double>::infinity(), bestValue = chosenValue;
  const auto stop = [&] {
    result.cancelled = progress.stopRequested();
    return result.cancelled;
  };

  int number = 0;
  for (std::int64_t run = 0; run < runs && !stop(); ++run) {
    Run steps(function, ball, settings, static_cast<std::uint64_t>(run));
    at::Tensor pixels = perRun > 0 ? steps.start() : ball.clean();
    double runBest = -std::numeric_limits<double>::infinity();
    at::Tensor runBestPixels = pixels;
    std::int64_t sinceBest = 0;
    for (std::int64_t i = 0;; ++i) {
      at::Tensor gradient;
      const ObjectiveValue found = steps.evaluate(pixels, i, i < perRun ? &gradient : nullptr);
      const Numbers numbers = read(found, gradient);
      const double value = numbers.value;
      if (!std::isfinite(value))
        throw Error(concat("the objective is not a finite number at iteration ", i,
                           "; the checkpoint may be broken"));
      const bool inside = steps.inside();
      const bool done = numbers.left == 0. && inside;
      AttackIteration iteration{number, result.iterationsPlanned, value, numbers.losses, {}};
      if (gradient.defined() && !done) {
        iteration.gradientMax = numbers.gradientMax;
        iteration.gradientZeroShare = numbers.gradientZeros / static_cast<double>(gradient.numel());
        if (!std::isfinite(iteration.gradientMax))
          throw Error(concat("the gradient is not finite at iteration ", i,
                             "; the checkpoint may be broken"));
      }
      result.iterations.push_back(iteration);
      if (callback) {
        if (iteration.gradientMax > 0)
          iteration.gradient = magnitudes(gradient, iteration.gradientMax);
        iteration.image = imageFromPixels(ball.rounded(inside ? pixels : ball.project(pixels)));
        callback(iteration);
      }
      ++sinceBest;
      const double rank = numbers.left ? -*numbers.left : sign * value;
      if (!inside) {
        best = ball.project(pixels);
        sinceBest = 0;
      } else if (rank > runBest) {
        runBest = rank;
        runBestPixels = pixels;
        sinceBest = 0;
      }
      if (inside && rank > bestValue) {
        bestValue = rank;
        best = pixels;
      }
      if (i == perRun || done || (settings.patience > 0 && sinceBest >= settings.patience)) {
        const bool keepBest = settings.keepBest || settings.apgd;
        const double candidate = keepBest ? runBest : rank;
        if (candidate > chosenValue) {
          chosenValue = candidate;
          chosen = keepBest ? runBestPixels : pixels;
        }
        break;
      }
      if (stop()) break;
      pixels = steps.next(pixels, gradient, rank);
      ++number;
      result.iterationsDone = number;
    }
  }
  result.image = imageFromPixels(ball.rounded(result.cancelled ? best : chosen));
  result.norms = measureNorms(imageFromPixels(ball.clean()), result.image);
  if (ball.norm() == Norm::l1)
    result.notes.push_back(
        concat("the changes of all values add up to ",
               cv::norm(imageFromPixels(ball.clean()), result.image, cv::NORM_L1), " px (l1)"));
  return result;
}

std::int64_t iterationRule(double epsilon) {
  if (!(epsilon > 0)) return 0;
  return std::max<std::int64_t>(
      1, static_cast<std::int64_t>(std::min(std::floor(epsilon + 4), std::ceil(1.25 * epsilon))));
}

double StepOptions::sizeIn(const BallOptions& ball) const {
  return ball.epsilon < 1 ? std::min(alpha, ball.epsilon) : alpha;
}

std::int64_t StepOptions::automaticIn(const BallOptions& ball) const {
  return rule == "apgd" || ball.kind() == Norm::l1 ? kApgdIterations : iterationRule(ball.epsilon);
}

void StepOptions::describe(OptionVisitor& visitor, const BallOptions& ball) {
  static constexpr std::array<Choice, 2> kRules{
      {{"fixed", "steps of one size"}, {"apgd", "halved where they stop helping (APGD)"}}};
  static constexpr std::array<Choice, 3> kRadii{{{"epsilon", "epsilon"},
                                                 {"3-2-1", "3, 2 and 1 epsilon"},
                                                 {"2-1.5-1", "2, 1.5 and 1 epsilon"}}};
  const auto count = static_cast<double>(automaticIn(ball));
  const SpecialValue byRule{-1, "auto", "auto (%1 of size %2)", {count, sizeIn(ball)}};
  const SpecialValue ofApgd{-1, "auto", "auto (%1)", {count}};
  visitor.integer(
      OptionInfo{"iterations", "Steps",
                 "How often the image is moved; auto: min(epsilon + 4, 1.25 epsilon rounded up), "
                 "100 for APGD and in the l1 ball.",
                 "", "auto"}
          .withSpecial(rule == "apgd" ? ofApgd : byRule),
      iterations, {0, 100000, 1});
  visitor.choice(
      OptionInfo{"rule", "Step rule",
                 "How long each step is. APGD begins with twice epsilon, halves where "
                 "the objective stops rising, and keeps the best image (Croce and Hein "
                 "2020): what it does not reach was not for want of steps. For l1 it begins "
                 "with epsilon and changes fewer and fewer values (2021).",
                 "", "steps of one size"}
          .inAdvanced(),
      rule, kRules);
  visitor.choice(
      OptionInfo{"radii", "Radii",
                 "In which balls APGD looks for the result, one after the other, for 30, "
                 "30 and 40 % of the steps: larger ones show where to go (Croce and Hein "
                 "2021 for l1; Croce et al. 2024 for segmentation). The result is in "
                 "the ball of epsilon.",
                 "", "epsilon"}
          .inAdvanced()
          .where("rule", "apgd"),
      radii, kRadii);
  visitor.number(
      OptionInfo{"alpha", "Step size",
                 "Length of one step, in 8-bit pixel values; not more than epsilon "
                 "where epsilon is below 1. In the l1 ball a fifth of epsilon: a step of 1 "
                 "comes to nothing there.",
                 "px", "1"}
          .inAdvanced()
          .ofScale(255, "norm")
          .where("rule", "fixed"),
      alpha, {0, 100000, 0.25});
}

void StepOptions::apply(GradientSettings& settings, const BallOptions& ball) const {
  settings.apgd = rule == "apgd";
  if (radii == "3-2-1") settings.radii = {3, 2, 1};
  if (radii == "2-1.5-1") settings.radii = {2, 1.5, 1};
  settings.alpha = sizeIn(ball);
  settings.iterations = iterations >= 0 ? iterations : automaticIn(ball);
}

NormBall ballOf(const AttackInput& input, const BallOptions& options) {
  at::Tensor region;
  if (!input.region.empty()) {
    if (input.region.size() != input.sample.image.size() || input.region.type() != CV_8U)
      throw Error("region: an 8-bit mask of the size of the network input is needed");
    cv::Mat region8 = input.region.clone();
    region = at::from_blob(region8.data, {1, 1, region8.rows, region8.cols}, at::kByte)
                 .ne(0)
                 .to(at::Device(input.engine.device()), at::kFloat);
  }
  const double epsilon =
      options.epsilon < 0 ? std::numeric_limits<double>::infinity() : options.epsilon;
  return NormBall(input.engine.pixels(input.sample.image), options.kind(), epsilon, region);
}

Targets attackTargets(const AttackInput& input, std::vector<std::string>& notes) {
  const Sample sample = completeTruth(input, notes);
  return makeTargets({&sample}, input.engine.network().maskCode, 0);
}

void noteLostToRounding(AttackResult& result) {
  if (result.iterationsDone > 0 && result.norms.l0 == 0)
    result.notes.push_back(
        "the attacked image equals the clean one: a saved image has whole pixel values, and "
        "rounding left nothing of a perturbation this small");
}

}  // namespace uninet
