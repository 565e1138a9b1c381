#include "model/checkpoint/state_dict.h"

#include <algorithm>
#include <deque>
#include <map>

#include "model/checkpoint/dtype.h"
#include "model/checkpoint/plain_values.h"
#include "model/checkpoint/tensor_view.h"

namespace uninet {
namespace {

using pickle::Kind;
using pickle::Pickle;
using pickle::Ref;
using pickle::Value;

constexpr int kDeepest = 4;  ///< level of dicts in which weights are looked for
constexpr std::size_t kMostNamed = 12, kLongestName = 4096, kMostAliases = 16;

/// The entries of a dict that are tensors, in its order; of equal keys the last one counts.
using Entries = std::vector<std::pair<std::string_view, const Value*>>;

Entries tensorsOf(const Pickle& pickle, const Value& dict, const Refuse& refuse) {
  Entries tensors;
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const Value& key = pickle.at(dict.items[i]);
    const Value& value = pickle.at(dict.items[i + 1]);
    if (key.kind != Kind::text || value.kind != Kind::tensor) continue;
    if (key.text.size() > kLongestName)
      refuse("it names a tensor by ", key.text.size(), " letters");
    const auto [entry, isNew] = index.emplace(key.text, tensors.size());
    if (isNew)
      tensors.emplace_back(key.text, &value);
    else
      tensors[entry->second].second = &value;
  }
  return tensors;
}

bool holds(const Pickle& pickle, const Value& dict, std::string_view name) {
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2)
    if (const Value& key = pickle.at(dict.items[i]); key.kind == Kind::text && key.text == name)
      return true;
  return false;
}

/// What torch.optim.Optimizer.state_dict() makes: its tensors are moments.
bool isOptimiserState(const Pickle& pickle, const Value& dict) {
  return holds(pickle, dict, "param_groups") && holds(pickle, dict, "state");
}

/// "epoch (int), optimizer (dict of 2)": the upper level of a file.
std::string contentText(const Pickle& pickle, const Value& root) {
  if (root.kind != Kind::dict) return typeText(pickle, root);
  if (root.items.empty()) return "an empty dict";
  std::string text;
  for (std::size_t i = 0; i + 1 < root.items.size(); i += 2) {
    if (i / 2 == kMostNamed) return text + ", \u2026";
    text += concat(i > 0 ? ", " : "", keyText(pickle, root.items[i]).substr(0, 40), " (",
                   typeText(pickle, pickle.at(root.items[i + 1])).substr(0, 60), ")");
  }
  return text;
}

/// Level by level, so that of a dict that several hold the shortest path counts.
class Search {
 public:
  Search(const Pickle& pickle, const StateDictSource& source, const Refuse& refuse, ReadWork& work)
      : pickle_(pickle),
        source_(source),
        refuse_(refuse),
        work_(work),
        seen_(pickle.values.size()),
        left_(4 * source.fileSize + (std::uint64_t{16} << 20)) {}

  void run() {
    reach(pickle_.root, "", 0);
    while (!waiting_.empty()) {
      const Place place = waiting_.front();
      waiting_.pop_front();
      visit(place);
    }
    for (const Place& alias : aliases_) {
      const auto found = indexOf_.find(alias.dict);
      if (found == indexOf_.end()) continue;
      WeightsCandidate again{alias.path, candidates[found->second].tensors};
      for (const TensorInfo& tensor : again.tensors) count(tensor.key.size());
      candidates.push_back(std::move(again));
      entries.push_back(entries[found->second]);
    }
  }

  std::vector<WeightsCandidate> candidates;
  std::vector<Entries> entries;  ///< of each candidate

 private:
  struct Place {
    Ref dict;
    std::string path;
    int depth;
  };

  void reach(Ref ref, const std::string& path, int depth) {
    if (pickle_.at(ref).kind != Kind::dict) return;
    if (seen_[ref]) {
      if (aliases_.size() < kMostAliases) aliases_.push_back({ref, path, depth});
      return;
    }
    seen_[ref] = true;
    count(path.size());
    waiting_.push_back({ref, path, depth});
  }

  void visit(const Place& place) {
    const Value& dict = pickle_.at(place.dict);
    work_.steps += dict.items.size();
    if (isOptimiserState(pickle_, dict)) return;
    Entries tensors = tensorsOf(pickle_, dict, refuse_);
    if (!tensors.empty()) {
      WeightsCandidate candidate{place.path, {}};
      for (const auto& [key, value] : tensors) {
        TensorView view = viewOf(pickle_, *value, source_.find, refuse_);
        count(key.size() + view.shape.size() * sizeof(std::int64_t));
        candidate.tensors.push_back({std::string(key), view.dtype, std::move(view.shape)});
      }
      indexOf_[place.dict] = candidates.size();
      candidates.push_back(std::move(candidate));
      entries.push_back(std::move(tensors));
    }
    if (place.depth == kDeepest) return;
    for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
      if (pickle_.at(dict.items[i + 1]).kind != Kind::dict) continue;
      const std::string key = keyText(pickle_, dict.items[i]);
      reach(dict.items[i + 1], place.path.empty() ? key : place.path + "." + key, place.depth + 1);
    }
  }

  /// Names that many dicts share are written out for each of them.
  void count(std::uint64_t bytes) {
    if (bytes > left_)
      refuse_("the names of its tensors take more than 4 times the ", source_.fileSize,
              " bytes of the file");
    left_ -= bytes;
    work_.bytes += bytes;
  }

  const Pickle& pickle_;
  const StateDictSource& source_;
  const Refuse& refuse_;
  ReadWork& work_;
  std::vector<bool> seen_;
  std::uint64_t left_;
  std::deque<Place> waiting_;
  std::vector<Place> aliases_;  ///< further names of dicts, as a plain copy of weights has them
  std::map<Ref, std::size_t> indexOf_;  ///< dict → candidate
};

}  // namespace

CheckpointFile stateDictOf(const Pickle& pickle, const StateDictSource& source,
                           const Refuse& refuse, ReadWork& work) {
  const Value& root = pickle.at(pickle.root);
  if (root.kind == Kind::opaque || root.kind == Kind::global || root.kind == Kind::object)
    refuse("expected a dict of tensors, found an object of class ", pickle.typeOf(root),
           "; save the state_dict() of a model instead of the model");
  work.steps += pickle.values.size();
  for (const Value& value : pickle.values)
    if (value.kind == Kind::tensor) viewOf(pickle, value, source.find, refuse);

  Search search(pickle, source, refuse, work);
  search.run();
  if (search.candidates.empty())
    refuse("expected a dict of tensors, at its top or under a key; it holds ",
           contentText(pickle, root));

  CheckpointFile checkpoint;
  checkpoint.metadata = source.metadata;
  const WeightsChoice choice = source.choose(search.candidates, source.metadata);
  checkpoint.weightsKey = search.candidates.at(choice.candidate).key;
  checkpoint.removedPrefix = choice.prefix;
  std::uint64_t left = 4 * source.fileSize + (std::uint64_t{16} << 20);
  for (const auto& [key, value] : search.entries.at(choice.candidate)) {
    const TensorView view = viewOf(pickle, *value, source.find, refuse);
    std::string name(key.substr(key.starts_with(choice.prefix) ? choice.prefix.size() : 0));
    if (!isReadable(view.dtype)) {
      checkpoint.unread.push_back({std::move(name), view.dtype, view.shape});
      continue;
    }
    if (view.size() > left)
      refuse("its tensors take more than 4 times the ", source.fileSize, " bytes of the file");
    left -= view.size();
    work.bytes += view.size();
    checkpoint.tensors.emplace_back(std::move(name), contiguous(view));
  }
  checkpoint.candidates = std::move(search.candidates);
  readPlainValues(pickle, checkpoint, work);
  return checkpoint;
}

}  // namespace uninet
