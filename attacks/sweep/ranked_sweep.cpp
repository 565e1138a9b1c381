#include "attacks/sweep/ranked_sweep.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "attacks/sweep/ranked_work.h"
#include "attacks/sweep/sweep_pass.h"
#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "model/ranks/rank_meeting.h"
#include "model/ranks/rank_store.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using Texts = std::map<std::string, std::string>;

/// Of the file of a rank, which no sweep of one process and no merge goes on with.
constexpr const char* kRankShard = "of a rank";
/// So long rank 0 waits at the end for ranks that never came.
constexpr std::chrono::seconds kLatecomers{30};
constexpr std::chrono::milliseconds kPause{100};

// Names in the store.
constexpr const char* kState = "state";
std::string byeKey(int rank) { return concat("bye ", rank); }

fs::path shardFolder(const fs::path& file) { return file.parent_path() / "uninet-shards"; }

/// What every rank must have alike. The first image stands for the data, whose names alone are in
/// the identity.
Texts alikeOf(const SweepSetup& setup, const RankOptions& options) {
  Texts alike = setup.identity;
  alike["build"] = options.build;
  alike["choice to keep images"] = setup.plan.keepImages ? "yes" : "no";
  try {
    alike["first image"] = fingerprint(setup.data.load(0));
  } catch (const Error&) {
    alike["first image"] = "cannot be read";
  }
  return alike;
}

Json stateJson(const SweepState& state) {
  Json json{{"finished", Json::array()}, {"fingerprints", Json::array()}};
  for (const auto& [run, image] : state.finished) json["finished"].push_back({run, image});
  for (const auto& [image, print] : state.fingerprints)
    json["fingerprints"].push_back({image, print});
  return json;
}

SweepState stateOf(const Json& json) {
  SweepState state;
  for (const Json& pair : json.at("finished")) state.finished.emplace(pair.at(0), pair.at(1));
  for (const Json& entry : json.at("fingerprints"))
    state.fingerprints.emplace(entry.at(0).get<std::int64_t>(), entry.at(1).get<std::string>());
  return state;
}

std::vector<std::int64_t> allImages(const SweepSetup& setup) {
  std::vector<std::int64_t> images;
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(setup.count); ++i) images.push_back(i);
  return images;
}

RankedWork::Job jobOf(const SweepSetup& setup, const RankOptions& options, SweepState state) {
  return {options.place.rank,
          options.place.size,
          options.lease,
          static_cast<std::int64_t>(setup.count),
          static_cast<std::int64_t>(setup.plan.runs.size()) + 1,
          std::move(state.finished)};
}

class RankZero {
 public:
  RankZero(const SweepSetup& setup, const fs::path& file, const RankOptions& options,
           const Progress& progress)
      : setup_(setup), file_(file), options_(options), progress_(progress) {}

  SweepSummary run() {
    ResultStore results = setup_.open(file_, "", ResultStore::Journal::plain);
    collectShards(results, file_);
    const SweepState before = SweepState::of(results, setup_.plan);
    RankStore store = RankStore::serve(options_.place.port);
    const RankedWork::Job job = jobOf(setup_, options_, before);
    RankedWork::publish(store, job);
    store.set(kState, stateJson(before).dump());
    const RankMeeting meeting(file_.parent_path(), options_.place, store,
                              alikeOf(setup_, options_));
    RankedWork work(store, job, progress_);
    const std::vector<std::int64_t> images = allImages(setup_);
    PassResult result = runPass(setup_, work, before, images, results, progress_, {});
    SweepSummary& summary = result.summary;
    const auto end = Clock::now();
    summary.ranks = 1;
    waitForOthers(store, work, summary);
    summary.wallSeconds += std::chrono::duration<double>(Clock::now() - end).count();
    collectShards(results, file_);
    summary.notes = work.notes();
    summary.leftOut.clear();
    result.leftOut = work.leftOut();
    for (const LeftOutImage& image : result.leftOut)
      summary.leftOut.emplace_back(image.name, image.why);
    requireAllThere(results, result.leftOut);
    requireAny(setup_, summary);
    summary.unchecked = uncheckedText(setup_);
    return summary;
  }

 private:
  /// Everything is computed: the others close their files and say so.
  void waitForOthers(RankStore& store, RankedWork& work, SweepSummary& summary) {
    const auto begin = Clock::now();
    std::set<int> waiting;
    for (int rank = 1; rank < options_.place.size; ++rank) waiting.insert(rank);
    while (!waiting.empty()) {
      std::erase_if(waiting, [&](int rank) {
        if (const auto said = store.get(byeKey(rank))) {
          const Json json = parseJson(*said, byeKey(rank));
          summary.pairs += json.at("pairs").get<std::size_t>();
          summary.skipped += json.at("skipped").get<std::size_t>();
          ++summary.ranks;
          return true;
        }
        if (const auto why = RankMeeting::refusalOf(store, rank)) {
          logWarning(*why);
          return true;
        }
        const auto place = RankMeeting::placeOf(store, rank);
        if (!place) {
          const bool late = Clock::now() - begin > kLatecomers;
          if (late) logWarning(concat("rank ", rank, " never came"));
          return late;
        }
        if (!work.isGone(rank)) return false;
        logWarning(concat(*place, " was lost; others have done its work"));
        return true;
      });
      if (waiting.empty()) break;
      if (progress_.stopRequested()) throw Cancelled();
      std::this_thread::sleep_for(kPause);
    }
  }

  void requireAllThere(const ResultStore& results, const std::vector<LeftOutImage>& leftOut) const {
    std::set<std::int64_t> without;
    for (const LeftOutImage& image : leftOut) without.insert(image.image);
    const auto finished = SweepState::of(results, setup_.plan).finished;
    std::size_t lacking = 0;
    for (std::int64_t image = 0; image < static_cast<std::int64_t>(setup_.count); ++image)
      for (std::int64_t run = 0; run <= static_cast<std::int64_t>(setup_.plan.runs.size()); ++run)
        if (!finished.contains({run, image}) && !without.contains(image)) ++lacking;
    if (lacking > 0)
      throw Error(concat(
          file_.string(), " lacks ", lacking, " results, which a rank computed whose file in ",
          shardFolder(file_).string(), " cannot be read now; the same command goes on"));
  }

  const SweepSetup& setup_;
  const fs::path& file_;
  const RankOptions& options_;
  const Progress& progress_;
};

class OtherRank {
 public:
  OtherRank(const SweepSetup& setup, const fs::path& file, const RankOptions& options,
            const Progress& progress)
      : setup_(setup), file_(file), options_(options), progress_(progress) {}

  SweepSummary run() {
    RankStore store = RankMeeting::join(file_.parent_path(), options_.place,
                                        alikeOf(setup_, options_), progress_);
    const int rank = options_.place.rank;
    const SweepState before =
        stateOf(parseJson(store.get(kState).value_or("{}"), "what rank 0 says"));
    SweepSummary summary;
    {
      RankedWork work(store, jobOf(setup_, options_, before), progress_);
      const fs::path shard =
          shardFolder(file_) / concat(RankMeeting::token(store), "-", rank, ".sqlite");
      ResultStore results = setup_.open(shard, kRankShard, ResultStore::Journal::plain);
      summary = runPass(setup_, work, before, allImages(setup_), results, progress_, {}).summary;
      work.complete();
    }
    store.set(byeKey(rank), Json{{"pairs", summary.pairs}, {"skipped", summary.skipped}}.dump());
    // Rank 0 speaks for all.
    summary.leftOut.clear();
    summary.notes = {};
    summary.ranks = options_.place.size;
    return summary;
  }

 private:
  const SweepSetup& setup_;
  const fs::path& file_;
  const RankOptions& options_;
  const Progress& progress_;
};

}  // namespace

void collectShards(ResultStore& store, const fs::path& file) {
  const fs::path folder = shardFolder(file);
  if (!isFolder(folder)) return;
  for (const fs::path& path : entriesOf(folder)) {
    if (path.extension() != ".sqlite") continue;
    try {
      const ResultStore shard = ResultStore::openFinished(path);
      Texts theirs = shard.about(), ours = store.about();
      theirs.erase("shard");
      for (Texts* texts : {&theirs, &ours})
        std::erase_if(*texts, [](const auto& entry) { return isSweepFact(entry.first); });
      if (theirs != ours)
        throw Error(concat(path.string(), " is of another sweep than ", file.string(),
                           "; give another --out, or remove it"));
      for (const auto& [image, name] : shard.images()) store.copy(shard, image);
      noteImagesTogether(store, shard);
    } catch (const Error& e) {
      std::error_code failed;
      // Killed before it held anything.
      if (fs::file_size(path, failed) != 0 || failed) {
        if (!isThere(FileLock::pathOf(path))) throw;
        logWarning(e.what());  // its rank is only slow, or gone with its machine
        continue;
      }
    }
    std::error_code ignored;
    fs::remove(path, ignored);
  }
  std::error_code notEmpty;
  fs::remove(folder, notEmpty);
}

SweepSummary runRankedSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                            std::size_t limit, const fs::path& file, const RankOptions& options,
                            const Progress& progress) {
  const SweepSetup setup = prepareSweep(engine, data, plan, limit);
  return options.place.rank == 0 ? RankZero(setup, file, options, progress).run()
                                 : OtherRank(setup, file, options, progress).run();
}

}  // namespace uninet
