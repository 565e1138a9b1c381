#include "core/results/side_by_side.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/results/figure_parts.h"
#include "core/results/merge.h"

namespace uninet {
namespace {

using About = std::map<std::string, std::string>;

About identityOf(const ResultStore& store) {
  About identity = store.about();
  std::erase_if(identity, [](const auto& entry) { return isSweepFact(entry.first); });
  return identity;
}

std::string entryOf(const ResultStore& store, const std::string& key) {
  const auto found = store.about().find(key);
  return found == store.about().end() ? std::string() : found->second;
}

std::string fileNames(const std::vector<NetworkResults>& networks) {
  std::string text;
  for (std::size_t i = 0; i < networks.size(); ++i)
    text += (i == 0 ? "" : i + 1 == networks.size() ? " and " : ", ") + networks[i].file;
  return text;
}

void requireOtherResults(const std::vector<NetworkResults>& networks) {
  for (std::size_t a = 0; a < networks.size(); ++a)
    for (std::size_t b = a + 1; b < networks.size(); ++b)
      if (identityOf(networks[a].store) == identityOf(networks[b].store))
        throw Error(concat(networks[a].file, " and ", networks[b].file,
                           " hold the same results: one network with one plan, data and "
                           "arithmetic; expected those of different networks"));
}

/// By labels, or by titles of checkpoints; of equal ones "demo (1)", "demo (2)".
void nameNetworks(std::vector<NetworkResults>& networks) {
  std::map<std::string, int> count, numbers;
  for (NetworkResults& network : networks) {
    network.name =
        network.label.empty() ? entryOf(network.store, "checkpoint file") : network.label;
    if (network.name.empty()) network.name = network.file;
    if (++count[network.name] > 1 && !network.label.empty())
      throw Error(
          concat("two networks are called \"", network.label, "\"; expected labels that differ"));
  }
  for (NetworkResults& network : networks) {
    const std::string title = network.name;
    while (count[title] > 1 && count.contains(network.name))
      network.name = concat(title, " (", ++numbers[title], ")");
  }
}

/// The run of another network that is compared with one of `own`; nullptr: none.
const StoredRun* partnerOf(const StoredRun& run, const std::vector<StoredRun>& own,
                           const std::vector<StoredRun>& others) {
  const StoredRun* found = nullptr;
  for (const StoredRun& other : others) {
    if (sameAttack(run, other)) return &other;
    if (!sameAttack(run, other, "seed")) continue;
    if (found != nullptr) return nullptr;
    found = &other;
  }
  const auto alike = std::count_if(own.begin(), own.end(), [&run](const StoredRun& one) {
    return sameAttack(run, one, "seed");
  });
  return alike == 1 ? found : nullptr;
}

/// Fills the runs that all have; throws Error if there is none.
void findSharedRuns(std::vector<NetworkResults>& networks) {
  for (const StoredRun& run : networks[0].store.runs()) {
    std::vector<const StoredRun*> all{&run};
    for (std::size_t n = 1; n < networks.size(); ++n)
      all.push_back(partnerOf(run, networks[0].store.runs(), networks[n].store.runs()));
    if (run.id == 0 || std::find(all.begin(), all.end(), nullptr) != all.end()) continue;
    for (std::size_t n = 0; n < networks.size(); ++n) {
      networks[n].runs.push_back(*all[n]);
      networks[n].runs.back().title = run.title;
    }
  }
  if (networks[0].runs.empty())
    throw Error(concat(fileNames(networks), " have no attack with the same options in common"));
}

/// Runs that not every network has, and those that have not been through all images.
void nameMissingRuns(SideBySide& side) {
  for (const NetworkResults& network : side.networks) {
    std::string titles;
    for (const StoredRun& run : network.store.runs())
      if (run.id != 0 &&
          std::none_of(network.runs.begin(), network.runs.end(),
                       [&run](const StoredRun& other) { return other.id == run.id; }))
        titles += (titles.empty() ? "" : "; ") + run.title;
    if (!titles.empty())
      side.remarks.push_back(concat("Left out, because not every network has them, are runs of ",
                                    network.name, ": ", titles, "."));
    const std::size_t all = network.store.runs().size() * network.store.images().size(),
                      finished = network.store.finished().size();
    if (finished < all)
      side.remarks.push_back(
          concat(network.name, " is not complete: ", finished, " of ", all, " results are there."));
  }
}

std::string classesText(const ClassTable& table) {
  return concat(table.title, " (", table.semantic.size(), " classes, ", table.instance.size(),
                " with instances)");
}

/// ": A 1; B 2."
std::string valuesText(const std::vector<NetworkResults>& networks,
                       const std::vector<std::string>& values) {
  std::string text;
  for (std::size_t n = 0; n < networks.size(); ++n)
    text += concat(n == 0 ? ": " : "; ", networks[n].name, " ",
                   values[n].empty() ? "\u2013" : values[n]);
  return text + ".";
}

/// Of the runs that all have, those that did not all start from one seed.
void findOtherSeeds(SideBySide& side) {
  const std::vector<NetworkResults>& networks = side.networks;
  std::vector<std::vector<std::string>> seeds(networks.size());
  int attacks = 0;
  for (std::size_t r = 0; r < networks[0].runs.size(); ++r) {
    std::set<std::string> different;
    for (const NetworkResults& network : networks)
      different.insert(optionOf(network.runs[r], "seed"));
    if (different.size() < 2) continue;
    ++attacks;
    for (std::size_t n = 0; n < networks.size(); ++n) {
      const std::string seed = optionOf(networks[n].runs[r], "seed");
      if (std::find(seeds[n].begin(), seeds[n].end(), seed) == seeds[n].end())
        seeds[n].push_back(seed);
    }
  }
  if (attacks == 0) return;
  std::vector<std::string> texts;
  for (const auto& list : seeds) {
    texts.emplace_back();
    for (const std::string& seed : list) texts.back() += (texts.back().empty() ? "" : ", ") + seed;
  }
  side.remarks.push_back(
      concat("Other seeds (attacks: ", attacks, ")", valuesText(networks, texts)));
}

/// Hashes are told apart by their first digits.
std::string shortHash(const std::string& text) {
  const bool hash =
      text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
  return hash ? text.substr(0, 12) : text;
}

void findDifferences(SideBySide& side) {
  const std::vector<NetworkResults>& networks = side.networks;
  const auto compare = [&](const std::string& what, const auto& textOf) {
    std::vector<std::string> texts;
    for (const NetworkResults& network : networks) texts.push_back(shortHash(textOf(network)));
    if (std::all_of(texts.begin(), texts.end(),
                    [&](const std::string& text) { return text == texts[0]; }))
      return;
    side.remarks.push_back(what + valuesText(networks, texts));
  };
  // In the order in which a reader asks; the plan is said by its runs.
  compare("Classes", [](const NetworkResults& n) { return classesText(*n.store.classes()); });
  for (const auto& [key, what] : {std::pair{"data", "Data"},
                                  {"attacked data", "Attacked data"},
                                  {"set of images", "Set of images"},
                                  {"number of images", "Images asked for"}})
    compare(what, [key = key](const NetworkResults& n) { return entryOf(n.store, key); });
  compare("Images together",
          [](const NetworkResults& n) { return n.store.remark(kTogetherRemark); });
  compare("Images measured",
          [](const NetworkResults& n) { return std::to_string(n.store.images().size()); });
  findOtherSeeds(side);
  for (const auto& [key, what] : {std::pair{"network size", "Network size"},
                                  {"precision", "Precision of the gradients"},
                                  {"numerics", "Numerics"},
                                  {"code path", "Code path"},
                                  {"instruction set", "Instruction set"},
                                  {"threads", "Threads"},
                                  {"device", "Device"},
                                  {"arithmetic check", "Arithmetic check"},
                                  {"shard", "Shard"},
                                  {"plan name", "Plan"}})
    compare(what, [key = key](const NetworkResults& n) { return entryOf(n.store, key); });
  for (std::size_t a = 0; a < networks.size(); ++a)
    for (std::size_t b = a + 1; b < networks.size(); ++b)
      if (const std::string hash = entryOf(networks[a].store, "checkpoint");
          !hash.empty() && hash == entryOf(networks[b].store, "checkpoint"))
        side.remarks.push_back(concat(networks[a].name, " and ", networks[b].name,
                                      " are the same checkpoint, and no two networks."));
}

}  // namespace

SweepReport NetworkResults::sharedReport() const {
  SweepReport shared = report;
  shared.runs.clear();
  for (const StoredRun& run : runs)
    for (const RunReport& one : report.runs)
      if (one.run.id == run.id) {
        shared.runs.push_back(one);
        shared.runs.back().run = run;
      }
  return shared;
}

SideBySide openSideBySide(const std::vector<std::filesystem::path>& files,
                          const std::vector<std::string>& labels) {
  if (files.size() < 2 || files.size() > kMostNetworks)
    throw Error(concat("expected results of 2 to ", kMostNetworks, " networks, found ",
                       files.size(), " files"));
  if (!labels.empty() && labels.size() != files.size())
    throw Error(
        concat("expected a label for each of the ", files.size(), " files, found ", labels.size()));
  SideBySide side;
  for (std::size_t i = 0; i < files.size(); ++i) {
    side.networks.push_back({files[i].string(), labels.empty() ? std::string() : labels[i],
                             ResultStore::open(files[i])});
    if (side.networks.back().store.images().empty())
      throw Error(concat(files[i].string(), ": the results hold no image yet"));
  }
  requireOtherResults(side.networks);
  nameNetworks(side.networks);
  findSharedRuns(side.networks);
  findDifferences(side);
  nameMissingRuns(side);
  return side;
}

std::string figureManifest(const SideBySide& side, const std::string& id,
                           const std::string& program) {
  nlohmann::json networks = nlohmann::json::array();
  for (const NetworkResults& network : side.networks) {
    nlohmann::json one = resultsManifest(network.sharedReport());
    one["network"] = network.name;
    networks.push_back(std::move(one));
  }
  return nlohmann::json{
      {"figure", id}, {"program", program}, {"networks", networks}, {"remarks", side.remarks}}
      .dump();
}

}  // namespace uninet
