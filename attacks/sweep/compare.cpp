#include "attacks/sweep/compare.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "attacks/engine/attack.h"
#include "attacks/sweep/outcome.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/prefetch.h"
#include "core/base/sha256.h"
#include "core/metrics/metrics.h"
#include "model/engine/evaluate.h"

namespace uninet {
namespace {

struct Pair {
  std::string name, fingerprint;
  std::string problem;  ///< why it cannot be compared; empty: it can
  std::vector<std::string> notes;
  Sample original, resized;  ///< of the clean image; empty if its results are there already
  cv::Mat attacked;          ///< at network size
};

/// Of a clean frame and the attacked image beside it.
std::string fingerprintOf(const RawFrame& clean, const cv::Mat& attacked) {
  Sha256 hash;
  const std::string first = fingerprint(clean);
  hash.add(first.data(), first.size());
  for (int y = 0; y < attacked.rows; ++y)
    hash.add(attacked.ptr(y), static_cast<std::size_t>(attacked.cols) * attacked.elemSize());
  return hash.finish();
}

/// One call of runCompare().
class Compare {
 public:
  Compare(const Engine& engine, const Dataset& clean, const Dataset& attacked, std::size_t count,
          ResultStore& store)
      : engine_(engine),
        clean_(clean),
        attacked_(attacked),
        count_(static_cast<std::int64_t>(count)),
        store_(store),
        finished_(store.finished()),
        fingerprints_(store.fingerprints()) {
    for (std::size_t i = 0; i < attacked.size(); ++i) indices_.emplace(attacked.name(i), i);
  }

  CompareSummary run(const Progress& progress) {
    Prefetcher<Pair> pairs(0, count_, 1, 2, [this](std::int64_t i) { return pair(i); });
    for (std::int64_t i = 0; i < count_; ++i) {
      progress.step(i, count_, clean_.name(static_cast<std::size_t>(i)));
      const Pair pair = pairs.next();
      const auto known = fingerprints_.find(i);
      if (!pair.problem.empty()) {
        leaveOut(pair.name, pair.problem);
      } else if (known != fingerprints_.end() && known->second != pair.fingerprint) {
        leaveOut(pair.name, "it has changed since its results were measured");
      } else {
        ++summary_.images;
        summary_.notes.add(pair.name, pair.notes);
        store_.addImage(i, pair.name, pair.fingerprint);
        if (!pair.resized.image.empty()) measure(i, pair);
      }
    }
    progress.step(count_, count_, "done");
    if (summary_.images == 0)
      throw Error(concat(clean_.title(), " and ", attacked_.title(),
                         " have no image that can be compared; ", summary_.leftOut.at(0).first,
                         ": ", summary_.leftOut[0].second));
    return std::move(summary_);
  }

 private:
  bool complete(std::int64_t image) const {
    return finished_.contains({0, image}) && finished_.contains({1, image});
  }

  Pair pair(std::int64_t image) const {
    Pair pair;
    const auto index = static_cast<std::size_t>(image);
    pair.name = clean_.name(index);
    const auto other = indices_.find(pair.name);
    if (other == indices_.end()) {
      pair.problem = concat("it is not in ", attacked_.title());
      return pair;
    }
    try {
      read(index, other->second, complete(image), pair);
    } catch (const Error& error) {
      pair.problem = error.what();
    }
    return pair;
  }

  void read(std::size_t index, std::size_t other, bool known, Pair& pair) const {
    const RawFrame raw = clean_.load(index);
    const cv::Mat attacked = attacked_.image(other);
    const cv::Size size = engine_.spec().size;
    if (attacked.size() != size && attacked.size() != raw.image.size())
      throw Error(concat("expected an attacked image of ", sizeText(size),
                         ", the size of the network, or of ", sizeText(raw.image.size()),
                         ", that of the clean one, found ", sizeText(attacked.size())));
    pair.fingerprint = fingerprintOf(raw, attacked);
    pair.notes = raw.notes;
    if (known) return;
    pair.original = makeSample(raw);
    pair.resized = resizeSample(pair.original, size);
    pair.attacked = attacked;
    if (attacked.size() == size) return;
    // By the same rule as the clean one.
    Sample image = pair.original;
    image.image = attacked;
    pair.attacked = resizeSample(image, size).image;
  }

  void measure(std::int64_t image, const Pair& pair) {
    Sample attacked = pair.resized;
    attacked.image = pair.attacked;
    for (const std::int64_t run : {0, 1}) {
      if (finished_.contains({run, image})) continue;
      const Engine::Evaluated found = engine_.evaluate(run == 0 ? pair.resized : attacked);
      StoredResult result;
      result.run = run;
      result.image = image;
      result.skipped = brokenOutcome(found);
      if (run == 1) result.facts.norms = measureNorms(pair.resized.image, pair.attacked);
      if (result.skipped.empty())
        result.measures[""] = measureImage(pair.original, pair.resized, found.prediction,
                                           found.instanceDepth, found.classLosses);
      store_.put(result);
    }
    ++summary_.measured;
  }

  void leaveOut(const std::string& name, const std::string& why) {
    summary_.leftOut.emplace_back(name, why);
    logWarning(concat(name, " is left out: ", why));
  }

  const Engine& engine_;
  const Dataset &clean_, &attacked_;
  const std::int64_t count_;
  ResultStore& store_;
  const std::set<std::pair<std::int64_t, std::int64_t>> finished_;
  const std::map<std::int64_t, std::string> fingerprints_;
  std::map<std::string, std::size_t> indices_;  ///< of attacked images, by name
  CompareSummary summary_;
};

}  // namespace

CompareSummary runCompare(const Engine& engine, const Dataset& clean, const Dataset& attacked,
                          StoredRun run, std::size_t limit, const std::filesystem::path& file,
                          const Progress& progress) {
  const std::size_t count = limit > 0 ? std::min(limit, clean.size()) : clean.size();
  if (count == 0) throw Error(concat(clean.title(), ": there is no image to compare"));
  requireClasses(engine, clean);
  run.id = 1;
  std::map<std::string, std::string> identity = engine.arithmetic();
  identity["checkpoint"] = engine.identity();
  identity["network size"] = sizeText(engine.spec().size);
  identity["set of images"] = namesHash(clean, count);
  identity["number of images"] = std::to_string(count);
  identity["compared attack"] = concat(run.attack, " ", run.options, " ", run.title);
  const std::map<std::string, std::string> facts{{"checkpoint file", engine.title()},
                                                 {"data", clean.title()},
                                                 {"attacked data", attacked.title()},
                                                 {"plan name", "compare"},
                                                 {"device", deviceText(engine.device())}};
  ResultStore store = ResultStore::create(file, identity, facts, *engine.spec().classes,
                                          {{0, "", "{}", "clean"}, run});
  return Compare(engine, clean, attacked, count, store).run(progress);
}

}  // namespace uninet
