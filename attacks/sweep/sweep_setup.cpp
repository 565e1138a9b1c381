#include "attacks/sweep/sweep_setup.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attacks/registry/load_plugin.h"
#include "attacks/registry/registry.h"
#include "attacks/sweep/outcome.h"
#include "core/base/error.h"
#include "core/data/class_options.h"
#include "core/results/attacked_trees.h"
#include "core/results/merge.h"
#include "model/engine/evaluate.h"
#include "model/engine/image_batch.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

/// The same network by the other arithmetic, the processor's for a card; none: this processor has
/// only one.
std::optional<Engine> otherArithmetic(const Engine& engine) {
  if (engine.device() != "cpu") return engine.onDevice("cpu");
  const auto path = [](const Engine& e) { return e.arithmetic().at("code path"); };
  for (const Arithmetic arithmetic : {Arithmetic::plan, Arithmetic::aten})
    if (Engine other = engine.withArithmetic(arithmetic); path(other) != path(engine)) return other;
  return std::nullopt;
}

}  // namespace

SweepState SweepState::of(const ResultStore& store, const SweepPlan& plan) {
  SweepState state{store.finished(), store.fingerprints()};
  if (!plan.keepImages) return state;
  std::set<std::pair<std::int64_t, std::int64_t>> kept;
  for (const StoredRun& run : store.runs()) {
    for (const std::int64_t image : store.imagesWithPicture(run.id, kAttackedImage))
      kept.emplace(run.id, image);
    for (const auto& [image, why] : store.skipped(run.id)) kept.emplace(run.id, image);
  }
  std::erase_if(state.finished,
                [&](const auto& unit) { return unit.first > 0 && !kept.contains(unit); });
  return state;
}

ResultStore SweepSetup::open(const std::filesystem::path& file, const std::string& shard,
                             ResultStore::Journal journal) const {
  std::map<std::string, std::string> all = identity;
  if (!shard.empty()) all["shard"] = shard;
  return ResultStore::create(file, all, facts, *engine.spec().classes, storedRuns(plan), journal);
}

SweepSetup prepareSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                        std::size_t limit) {
  const std::size_t count = limit > 0 ? std::min(limit, data.size()) : data.size();
  if (count == 0) throw Error(concat(data.title(), ": there is no image to attack"));
  requireClasses(engine, data);
  for (const PlannedRun& run : plan.runs) {
    const auto options = attackByKey(run.attack).makeOptions();
    fromJson(*options, Json::parse(run.options));
    try {
      checkClassNames(*options, *engine.spec().classes);
    } catch (const Error& error) {
      throw Error(concat("the run \"", run.title, "\": ", error.what()));
    }
  }
  SweepSetup setup{engine, data, plan, count, {}, engine.arithmetic(), {}};
  if (plan.arithmeticCheck > 0) setup.other = otherArithmetic(engine);
  setup.identity["checkpoint"] = engine.identity();
  setup.identity["network size"] = sizeText(engine.spec().size);
  setup.identity["set of images"] = namesHash(data, count);
  setup.identity["number of images"] = std::to_string(count);
  setup.identity["plan"] = planHash(plan);
  for (const PlannedRun& run : plan.runs)
    if (const std::string plugin = pluginOf(run.attack); !plugin.empty())
      setup.identity["plugin of " + run.attack] = plugin;
  setup.identity["arithmetic check"] = std::to_string(setup.other ? plan.arithmeticCheck : 0);
  setup.facts = {{"checkpoint file", engine.title()},
                 {"data", data.title()},
                 {"plan name", plan.name},
                 {"device", deviceText(engine.device())}};
  // So that it is refused before anything is written.
  [[maybe_unused]] const ImageBatch possible(engine, static_cast<std::size_t>(plan.batch));
  return setup;
}

std::string uncheckedText(const SweepSetup& setup) {
  if (setup.plan.arithmeticCheck == 0 || setup.other) return {};
  return "this processor offers one arithmetic only: how much rounding moves the results is not "
         "known";
}

void requireAny(const SweepSetup& setup, const SweepSummary& summary) {
  if (summary.leftOut.size() == setup.count)
    throw Error(concat(setup.data.title(), ": none of its ", setup.count,
                       " images could be attacked; ", summary.leftOut[0].first, ": ",
                       summary.leftOut[0].second));
}

}  // namespace uninet
