// PGD whose gradient is smoothed by a Gaussian before each step, so that the image is changed in
// patches and not pixel by pixel (translation-invariant attacks: Dong et al., CVPR 2019).

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <array>
#include <memory>
#include <vector>

#include "attacks/engine/gradient_attack.h"
#include "attacks/registry/plugin.h"
#include "model/engine/convolutions_in.h"
#include "model/network/network.h"
#include "model/network/read_together.h"

namespace {

using namespace uninet;

/// Form, flags, help, session and sweeps are made from describe().
struct SmoothPgdOptions : OptionsOf<SmoothPgdOptions> {
  ObjectiveOptions objective;
  BallOptions ball;
  StepOptions steps;
  double sigma = 2;

  void describe(OptionVisitor& visitor) override {
    objective.describe(visitor);
    ball.describe(visitor, "");
    steps.describe(visitor, ball);
    visitor.number({"sigma", "Smoothing", "Width of the Gaussian that smooths the gradient.", "px"},
                   sigma, {0, 20, 0.5});
    ball.describeSeed(visitor, BallOptions::Draws::nothing);
  }
};

/// [1, 3, H, W] → the same, each channel by itself; beyond the border the gradient is 0.
at::Tensor smooth(const at::Tensor& gradient, double sigma) {
  if (sigma <= 0) return gradient;
  const auto radius = static_cast<std::int64_t>(3 * sigma + 0.5);
  at::Tensor line = at::arange(-radius, radius + 1, gradient.options());
  line = (line * line / (-2 * sigma * sigma)).exp();
  line = line / line.sum();
  const std::int64_t size = 2 * radius + 1;
  const std::array<std::int64_t, 2> alongX{0, radius}, alongY{radius, 0}, one{1, 1};
  const at::Tensor x = line.view({1, 1, 1, size}).expand({3, 1, 1, size}).contiguous();
  const at::Tensor y = line.view({1, 1, size, 1}).expand({3, 1, size, 1}).contiguous();
  return at::conv2d(at::conv2d(gradient, x, {}, one, alongX, one, 3), y, {}, one, alongY, one, 3);
}

/// Reads all numbers of an iteration together: a graphics card is waited for once.
void note(AttackIteration& iteration, const ObjectiveValue& found, const at::Tensor& gradient) {
  std::vector<at::Tensor> values{found.value};
  for (const auto& [key, loss] : found.losses) values.push_back(loss);
  if (gradient.defined())
    for (const at::Tensor& number : {gradient.abs().max(), gradient.eq(0).to(at::kDouble).mean()})
      values.push_back(number);
  const std::vector<double> numbers = readTogether(values);
  auto next = numbers.begin();
  iteration.objective = *next++;
  for (const auto& [key, loss] : found.losses) iteration.losses[key] = *next++;
  if (!gradient.defined()) return;
  iteration.gradientMax = *next++;
  iteration.gradientZeroShare = *next;
}

AttackResult runSmoothPgd(const AttackInput& input, const Options& given, const Progress& progress,
                          const IterationCallback& callback) {
  const auto& options = dynamic_cast<const SmoothPgdOptions&>(given);
  const FrozenWeights frozen(input.engine.network());
  AttackResult result;
  const Objective objective(input.engine, attackTargets(input, result.notes), options.objective);
  result.notes.insert(result.notes.end(), objective.notes().begin(), objective.notes().end());
  const ImageFunction function = onImage(input.engine, objective.function());
  const NormBall ball = ballOf(input, options.ball);
  GradientSettings settings;
  options.steps.apply(settings, options.ball);
  const int steps = options.ball.epsilon > 0 ? static_cast<int>(settings.iterations) : 0;
  result.iterationsPlanned = steps;
  result.seed = static_cast<std::uint64_t>(options.ball.seed);

  at::Tensor pixels = ball.clean();
  for (int i = 0;; ++i) {
    const bool more = i < steps;
    AttackIteration iteration{i, steps, 0, {}, {}};
    ObjectiveValue found;
    at::Tensor gradient;
    {
      // Until the gradient is taken, a card stays with the precision that the person chose.
      const ConvolutionsIn precision(input.engine);
      const at::AutoGradMode mode(more);
      const at::Tensor image = pixels.detach().requires_grad_(more);
      found = function(image);
      if (more) {
        // SegPGD and CosPGD follow another sum than the one that is shown.
        const at::Tensor followed = found.differentiated
                                        ? found.differentiated(static_cast<double>(i) / steps)
                                        : found.value;
        gradient = torch::autograd::grad({followed}, {image})[0];
      }
    }
    note(iteration, found, gradient);
    result.iterations.push_back(iteration);
    if (callback) {
      iteration.image = imageFromPixels(ball.rounded(pixels));
      callback(iteration);
    }
    result.cancelled = progress.stopRequested();
    if (!more || result.cancelled) break;
    pixels = ball.step(pixels, smooth(gradient, options.sigma), settings.alpha);
    result.iterationsDone = i + 1;
  }
  result.image = imageFromPixels(ball.rounded(pixels));
  result.norms = measureNorms(input.sample.image, result.image);
  noteLostToRounding(result);
  return result;
}

std::unique_ptr<Options> makeOptions() { return std::make_unique<SmoothPgdOptions>(); }

const std::array<AttackInfo, 1> kAttacks{{
    {"smooth-pgd", "Smooth PGD", "PGD along a smoothed gradient.", makeOptions, runSmoothPgd},
}};
const std::array<AttackPreset, 1> kPresets{{
    {"Smooth \u00b7 segmentation", "smooth-pgd", R"({"objective": "seg", "epsilon": 4})"},
}};

}  // namespace

UNINET_ATTACK_PLUGIN(kAttacks, kPresets)
