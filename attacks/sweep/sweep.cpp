#include "attacks/sweep/sweep.h"

#include <nlohmann/json.hpp>

#include "attacks/sweep/ranked_sweep.h"
#include "attacks/sweep/sweep_pass.h"

namespace uninet {
SweepSummary runSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                      std::size_t limit, const std::filesystem::path& file,
                      const Progress& progress, const std::function<void()>& stored,
                      const Shard& shard) {
  using Json = nlohmann::json;
  const SweepSetup setup = prepareSweep(engine, data, plan, limit);
  std::vector<std::int64_t> images;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(setup.count); ++i)
    if (shard.holds(i)) images.push_back(i);
  ResultStore store = shard.whole() ? setup.open(file, "", ResultStore::Journal::log)
                                    : setup.open(file, shard.text(), ResultStore::Journal::plain);
  if (shard.whole()) {
    collectShards(store, file);
  } else {
    // A file name need not be UTF-8.
    store.setRemark(kCommandRemark,
                    Json(shard.command).dump(-1, ' ', false, Json::error_handler_t::replace));
    store.setRemark(kLeftOutRemark, "");
  }
  OwnWork work(images);
  const SweepState before = SweepState::of(store, plan);
  PassResult result = runPass(setup, work, before, images, store, progress, stored);
  if (!shard.whole())
    store.setRemark(kLeftOutRemark, leftOutText(result.leftOut));
  else
    requireAny(setup, result.summary);
  result.summary.unchecked = uncheckedText(setup);
  return result.summary;
}

}  // namespace uninet
