#include "attacks/sweep/attack_images.h"

#include "core/base/error.h"

namespace uninet {

std::vector<AttackOutcome> attackImages(
    const AttackInfo& attack, const Options& options, const std::vector<const AttackInput*>& inputs,
    ImageBatch& batch, const Progress& progress,
    const std::function<void(std::size_t, const AttackIteration&)>& callback) {
  std::vector<AttackOutcome> outcomes(inputs.size());
  std::vector<GradientAttack> prepared;
  std::vector<std::size_t> places;  // of those
  const bool together = attack.prepare != nullptr && inputs.size() > 1;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    outcomes[i].result.cancelled = progress.stopRequested();
    if (outcomes[i].result.cancelled) continue;
    try {
      if (together) {
        prepared.push_back(attack.prepare(*inputs[i], options));
        places.push_back(i);
      } else {
        outcomes[i].result =
            attack.run(*inputs[i], options, progress,
                       [&](const AttackIteration& iteration) { callback(i, iteration); });
      }
    } catch (const Error& e) {
      outcomes[i].problem = e.what();
    }
  }
  if (prepared.empty()) return outcomes;
  std::vector<AttackOutcome> found =
      runTogether(inputs.front()->engine, prepared, batch, progress,
                  [&](std::size_t number, const AttackIteration& iteration) {
                    callback(places[number], iteration);
                  });
  for (std::size_t i = 0; i < found.size(); ++i) outcomes[places[i]] = std::move(found[i]);
  return outcomes;
}

}  // namespace uninet
