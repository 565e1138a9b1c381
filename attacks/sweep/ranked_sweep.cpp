#include "attacks/sweep/ranked_sweep.h"

#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "attacks/sweep/rank_store.h"
#include "attacks/sweep/ranked_work.h"
#include "attacks/sweep/sweep_pass.h"
#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using Texts = std::map<std::string, std::string>;

/// Of the file of a rank, which no sweep of one process and no merge goes on with.
constexpr const char* kRankShard = "of a rank";
/// So long ranks wait for rank 0, which may first have much to take over.
constexpr std::chrono::seconds kMeeting{600};
/// So long rank 0 waits at the end for ranks that never came.
constexpr std::chrono::seconds kLatecomers{30};
constexpr std::chrono::milliseconds kPause{100}, kConnect{5000};

// Names in the store.
constexpr const char* kToken = "token";
constexpr const char* kJob = "job";
std::string placeKey(int rank) { return concat("place ", rank); }
std::string refusedKey(int rank) { return concat("refused ", rank); }
std::string byeKey(int rank) { return concat("bye ", rank); }

fs::path meetingPath(const fs::path& file) { return file.parent_path() / ".uninet-ranks.json"; }
fs::path shardFolder(const fs::path& file) { return file.parent_path() / "uninet-shards"; }

std::string hostName() {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  return name[0] == '\0' ? "localhost" : name;
}

/// "rank 2 (node7, process 4711)"
std::string nameOf(int rank) {
  return concat("rank ", rank, " (", hostName(), ", process ", getpid(), ")");
}

std::string newToken() {
  std::random_device random;
  return concat(std::hex, random(), random());
}

/// What every rank must have alike. The first image stands for the data, whose names alone are in
/// the identity.
Texts alikeOf(const SweepSetup& setup, const RankOptions& options) {
  Texts alike = setup.identity;
  alike["build"] = options.build;
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

/// The file by which the ranks find rank 0; goes with it.
struct Meeting {
  Meeting(const fs::path& path, const Json& json) : path_(path) {
    writeTextFile(path, json.dump(-1, ' ', false, Json::error_handler_t::replace));
  }
  ~Meeting() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  Meeting(const Meeting&) = delete;
  Meeting& operator=(const Meeting&) = delete;

 private:
  fs::path path_;
};

class RankZero {
 public:
  RankZero(const SweepSetup& setup, const fs::path& file, const RankOptions& options,
           const Progress& progress)
      : setup_(setup), file_(file), options_(options), progress_(progress) {}

  SweepSummary run() {
    ResultStore results = setup_.open(file_, "", ResultStore::Journal::plain);
    collectShards(results, file_);
    const SweepState before{results.finished(), results.fingerprints()};
    RankStore store = RankStore::serve(options_.place.port);
    const RankedWork::Job job = jobOf(setup_, options_, before);
    const std::string token = newToken();
    RankedWork::publish(store, job);
    store.set(kToken, token);
    store.set(kJob, Json{{"alike", alikeOf(setup_, options_)},
                         {"size", options_.place.size},
                         {"host", nameOf(0)},
                         {"state", stateJson(before)}}
                        .dump(-1, ' ', false, Json::error_handler_t::replace));
    const std::string address =
        options_.place.address.empty() ? hostName() : options_.place.address;
    const Meeting meeting(meetingPath(file_), {{"token", token},
                                               {"job", options_.place.job},
                                               {"address", address},
                                               {"host", hostName()},
                                               {"port", store.port()}});
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
        if (const auto why = store.get(refusedKey(rank))) {
          logWarning(*why);
          return true;
        }
        const auto place = store.get(placeKey(rank));
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
    const auto finished = results.finished();
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
    RankStore store = meet();
    const int rank = options_.place.rank;
    const Json job = parseJson(store.get(kJob).value_or("{}"), "what rank 0 says");
    try {
      requireAlike(job);
    } catch (const Error& e) {
      store.set(refusedKey(rank), e.what());
      throw;
    }
    const std::string me = nameOf(rank);
    if (const std::string there = store.exchange(placeKey(rank), "", me); there != me)
      throw Error(concat(me, ": ", there, " is there already: two jobs must not have one --out"));
    const SweepState before = stateOf(job.at("state"));
    SweepSummary summary;
    {
      RankedWork work(store, jobOf(setup_, options_, before), progress_);
      const fs::path shard = shardFolder(file_) / concat(token_, "-", rank, ".sqlite");
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
  /// The store of rank 0, as soon as there is one.
  RankStore meet() {
    const fs::path path = meetingPath(file_);
    std::string found = "no rank 0 has come";
    for (const auto begin = Clock::now(); Clock::now() - begin < kMeeting;) {
      if (progress_.stopRequested()) throw Cancelled();
      if (isFile(path)) {
        try {
          const Json json = parseJson(readTextFile(path), path.string());
          if (json.at("job") != options_.place.job) {
            found = "it is that of another job, which uses this --out";
          } else {
            const std::string address = json.at("address");
            RankStore store = RankStore::connect(
                address == hostName() && options_.place.address.empty() ? "localhost" : address,
                json.at("port"), kConnect);
            token_ = json.at("token");
            if (store.get(kToken) == token_) return store;
            found = "another program answers there";
          }
        } catch (const Error& e) {
          found = e.what();  // it may be an earlier start's
        } catch (const Json::exception& e) {
          found = e.what();
        }
      }
      std::this_thread::sleep_for(kPause);
    }
    throw Error(concat(nameOf(options_.place.rank), " waited for rank 0 in vain: ", path.string(),
                       ": ", found, "; all ranks need the same --out on a shared disk"));
  }

  void requireAlike(const Json& job) const {
    const std::string me = nameOf(options_.place.rank);
    const Texts mine = alikeOf(setup_, options_), there = job.at("alike").get<Texts>();
    if (job.at("size") != options_.place.size)
      throw Error(concat(me, " is one of ", options_.place.size, ", but rank 0 of ",
                         job.at("size").get<int>(), ": two jobs must not have one --out"));
    Texts all = mine;
    all.insert(there.begin(), there.end());
    for (const auto& [key, unused] : all) {
      const auto of = [&key = key](const Texts& texts) {
        const auto found = texts.find(key);
        return found == texts.end() ? std::string("none") : found->second;
      };
      if (of(mine) != of(there))
        throw Error(concat(me, " is refused: its ", key, " is ", of(mine), ", that of ",
                           job.at("host").get<std::string>(), " is ", of(there)));
    }
  }

  const SweepSetup& setup_;
  const fs::path& file_;
  const RankOptions& options_;
  const Progress& progress_;
  std::string token_;
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
