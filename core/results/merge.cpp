#include "core/results/merge.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/results/result_store.h"
#include "core/results/shard.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using About = std::map<std::string, std::string>;

constexpr std::array<const char*, 4> kFacts{"checkpoint file", "data", "plan name", "device"};

/// A shard that is open for reading.
struct OpenShard {
  fs::path file;
  ResultStore store;
  Shard shard;
  std::vector<LeftOutImage> leftOut{};
  std::vector<std::string> command{};
};

template <class Work>
auto readingRemark(const fs::path& file, const char* key, Work work) {
  try {
    return work();
  } catch (const Json::exception& e) {
    throw Error(concat(file.string(), ": the remark \"", key, "\" cannot be read: ", e.what()));
  }
}

OpenShard openShard(const fs::path& given) {
  const fs::path file = isFolder(given) ? given / "results.sqlite" : given;
  ResultStore store = ResultStore::openFinished(file);
  const auto& about = store.about();
  if (!about.contains("shard"))
    throw Error(concat(file.string(),
                       " holds no shard but a sweep of its own; \"uninet sweep --shard K/N\" makes "
                       "shards"));
  OpenShard open{file, std::move(store), {}};
  open.shard = shardFromText(open.store.about().at("shard"), concat(file.string(), ", shard"));
  readingRemark(file, kLeftOutRemark, [&] {
    if (const std::string text = open.store.remark(kLeftOutRemark); !text.empty())
      for (const Json& entry : parseJson(text, file.string()))
        open.leftOut.push_back({entry.at(0), entry.at(1), entry.at(2)});
  });
  readingRemark(file, kCommandRemark, [&] {
    if (const std::string text = open.store.remark(kCommandRemark); !text.empty())
      open.command = parseJson(text, file.string()).get<std::vector<std::string>>();
  });
  return open;
}

/// What tells one sweep from another, without the share of it.
About identityOf(const ResultStore& store) {
  About identity = store.about();
  std::erase_if(identity, [](const auto& e) { return e.first == "shard" || isSweepFact(e.first); });
  return identity;
}

void requireSameSweep(const OpenShard& first, const OpenShard& other) {
  if (other.shard.count != first.shard.count)
    throw Error(concat(other.file.string(), " is shard ", other.shard.text(), ", but ",
                       first.file.string(), " is ", first.shard.text(),
                       ": shards of one division only can be merged"));
  About all = identityOf(first.store), there = identityOf(other.store);
  all.insert(there.begin(), there.end());
  for (const auto& [key, unused] : all) {
    const auto of = [&key = key](const ResultStore& store) {
      const auto found = store.about().find(key);
      return found == store.about().end() ? std::string("none") : found->second;
    };
    if (of(first.store) != of(other.store))
      throw Error(concat(other.file.string(), " was made with another ", key, " (", of(other.store),
                         ") than ", first.file.string(), " (", of(first.store),
                         "): shards of one sweep only can be merged"));
  }
}

void requireEachOnce(const std::vector<OpenShard>& shards) {
  for (std::size_t a = 0; a < shards.size(); ++a)
    for (std::size_t b = 0; b < a; ++b) {
      if (fs::weakly_canonical(shards[a].file) == fs::weakly_canonical(shards[b].file))
        throw Error(concat(shards[a].file.string(), " is given twice"));
      if (shards[a].shard.index == shards[b].shard.index)
        throw Error(concat(shards[b].file.string(), " and ", shards[a].file.string(),
                           " are both shard ", shards[a].shard.text(), "; give one of them"));
    }
}

std::int64_t imagesOf(const OpenShard& shard) {
  const auto found = shard.store.about().find("number of images");
  const auto count = found == shard.store.about().end() ? std::optional<std::int64_t>()
                                                        : parseNumber<std::int64_t>(found->second);
  if (!count || *count < 0)
    throw Error(concat(shard.file.string(), ": expected the number of images, found \"",
                       found == shard.store.about().end() ? "" : found->second, "\""));
  return *count;
}

/// The command of one shard for another: with its number, and another folder in place of --out.
std::string commandFor(const Shard& shard, std::vector<std::string> command) {
  const auto replace = [&](const std::string& flag, const std::string& value) {
    for (std::size_t i = 0; i < command.size(); ++i) {
      if (command[i] == flag && i + 1 < command.size()) command[i + 1] = value;
      if (command[i].starts_with(flag + "=")) command[i] = concat(flag, "=", value);
    }
  };
  replace("--shard", shard.text());
  replace("--out", "FOLDER");
  return shellText(command);
}

/// Empty if every run has its result of every image that was not left out.
std::string whatLacks(const OpenShard& shard, std::int64_t images) {
  std::set<std::int64_t> leftOut;
  for (const LeftOutImage& image : shard.leftOut) leftOut.insert(image.image);
  const auto finished = shard.store.finished();
  const auto names = shard.store.images();
  std::size_t all = 0, lacking = 0;
  std::string first;
  for (std::int64_t image = 0; image < images; ++image) {
    if (!shard.shard.holds(image)) continue;
    for (const StoredRun& run : shard.store.runs()) {
      ++all;
      if (finished.contains({run.id, image}) || leftOut.contains(image)) continue;
      if (lacking++ == 0)
        first = concat("\"", run.title, "\" of image ",
                       names.contains(image) ? names.at(image) : std::to_string(image));
    }
  }
  if (lacking == 0) return {};
  return concat(shard.file.string(), ", shard ", shard.shard.text(), ", lacks ", lacking, " of ",
                all, " results (the first: ", first, ")",
                shard.command.empty() ? std::string("; the command that began it completes it")
                                      : concat("; complete it with: ", shellText(shard.command)));
}

void requireComplete(const std::vector<OpenShard>& shards, std::int64_t images) {
  std::string lacking;
  const auto add = [&](const std::string& sentence) {
    if (!sentence.empty()) lacking += (lacking.empty() ? "" : "\n") + sentence;
  };
  for (const OpenShard& shard : shards) add(whatLacks(shard, images));
  const Shard& first = shards.front().shard;
  for (std::int64_t index = 1; index <= first.count; ++index)
    if (std::none_of(shards.begin(), shards.end(),
                     [&](const OpenShard& s) { return s.shard.index == index; })) {
      const Shard missing{index, first.count};
      add(concat("shard ", missing.text(), " is missing",
                 shards.front().command.empty()
                     ? std::string("; give it, too")
                     : concat("; give it, or compute it with: ",
                              commandFor(missing, shards.front().command))));
    }
  if (!lacking.empty()) throw Error(lacking);
}

}  // namespace

bool isSweepFact(const std::string& key) {
  return std::find(kFacts.begin(), kFacts.end(), key) != kFacts.end();
}

void noteImagesTogether(ResultStore& store, std::size_t images) {
  if (images > parseNumber<std::size_t>(store.remark(kTogetherRemark)).value_or(1))
    store.setRemark(kTogetherRemark, std::to_string(images));
}

void noteImagesTogether(ResultStore& store, const ResultStore& from) {
  noteImagesTogether(store, parseNumber<std::size_t>(from.remark(kTogetherRemark)).value_or(1));
}

std::string leftOutText(const std::vector<LeftOutImage>& images) {
  Json list = Json::array();
  for (const LeftOutImage& image : images) list.push_back({image.image, image.name, image.why});
  return list.dump(-1, ' ', false, Json::error_handler_t::replace);
}

MergeSummary mergeShards(const std::vector<fs::path>& given, const fs::path& file,
                         const Progress& progress) {
  if (given.empty()) throw Error("there is no shard to merge");
  std::vector<OpenShard> shards;
  for (const fs::path& path : given) {
    shards.push_back(openShard(path));
    if (fs::weakly_canonical(shards.back().file) == fs::weakly_canonical(file))
      throw Error(concat(file.string(), " is one of the shards; give another --out"));
  }
  requireEachOnce(shards);
  for (const OpenShard& shard : shards) requireSameSweep(shards.front(), shard);
  const std::int64_t images = imagesOf(shards.front());
  requireComplete(shards, images);
  std::sort(shards.begin(), shards.end(),
            [](const OpenShard& a, const OpenShard& b) { return a.shard.index < b.shard.index; });

  const ResultStore& first = shards.front().store;
  About facts = first.about();
  std::erase_if(facts, [](const auto& entry) { return !isSweepFact(entry.first); });
  ResultStore store = ResultStore::create(file, identityOf(first), facts, *first.classes(),
                                          first.runs(), ResultStore::Journal::plain);
  for (const OpenShard& shard : shards) noteImagesTogether(store, shard.store);
  MergeSummary summary;
  summary.shards = shards.size();
  summary.images = static_cast<std::size_t>(images);
  std::map<std::int64_t, const LeftOutImage*> leftOut;
  for (const OpenShard& shard : shards)
    for (const LeftOutImage& image : shard.leftOut) leftOut[image.image] = &image;
  for (const auto& [image, entry] : leftOut) summary.leftOut.emplace_back(entry->name, entry->why);
  for (std::int64_t image = 0; image < images; ++image) {
    progress.step(image, images, "merging");
    // Sorted and complete, they stand at the places of their numbers.
    summary.taken +=
        store.copy(shards[static_cast<std::size_t>(image) % shards.size()].store, image);
  }
  progress.step(images, images, "merged");
  summary.results = store.finished().size();
  return summary;
}

}  // namespace uninet
