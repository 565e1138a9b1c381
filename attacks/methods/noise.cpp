#include "attacks/methods/noise.h"

#include <ATen/core/Tensor.h>

#include "attacks/engine/gradient_attack.h"

namespace uninet {
namespace {

AttackResult addNoise(const AttackInput& input, const Options& options, const Progress& progress,
                      const IterationCallback& callback,
                      at::Tensor (NormBall::*draw)(std::uint64_t) const) {
  const BallOptions& settings = dynamic_cast<const NoiseOptions&>(options).ball;
  const NormBall ball = ballOf(input, settings);
  AttackResult result;
  result.seed = static_cast<std::uint64_t>(settings.seed);
  result.image = input.sample.image.clone();
  result.iterationsPlanned = settings.epsilon > 0 ? 1 : 0;
  const auto tell = [&](int iteration) {
    result.iterations.push_back({iteration, result.iterationsPlanned, 0, {}, {}});
    if (callback) callback({iteration, result.iterationsPlanned, 0, {}, result.image});
  };
  tell(0);
  result.cancelled = progress.stopRequested();
  if (result.iterationsPlanned > 0 && !result.cancelled) {
    result.image = imageFromPixels(ball.rounded((ball.*draw)(ball.seedForImage(result.seed))));
    result.iterationsDone = 1;
    tell(1);
  }
  result.norms = measureNorms(input.sample.image, result.image);
  noteLostToRounding(result);
  return result;
}

}  // namespace

void NoiseOptions::describe(OptionVisitor& visitor) {
  ball.describe(visitor, "0.25 to 32; 1 in Figure 3");
  ball.describeSeed(visitor, BallOptions::Draws::always);
}

AttackResult runUniformNoise(const AttackInput& input, const Options& options,
                             const Progress& progress, const IterationCallback& callback) {
  return addNoise(input, options, progress, callback, &NormBall::uniform);
}

AttackResult runSignNoise(const AttackInput& input, const Options& options,
                          const Progress& progress, const IterationCallback& callback) {
  return addNoise(input, options, progress, callback, &NormBall::randomSigns);
}

}  // namespace uninet
