#include "model/checkpoint/state_dict.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "model/checkpoint/tensor_view.h"

namespace uninet {
namespace {

using pickle::Kind;
using pickle::Pickle;
using pickle::Ref;
using pickle::Value;

constexpr int kDeepest = 32;
constexpr std::size_t kMostValues = 2000, kLongestKey = 256, kLongestText = 4096, kMostListed = 16;

std::string shortened(std::string text, std::size_t most) {
  if (text.size() <= most) return text;
  text.resize(most);
  return text + "…";
}

bool isScalar(const Value& value) {
  return value.kind <= Kind::latin1 || value.kind == Kind::dtype;
}

/// As Python prints it; texts without quotes.
std::string scalarText(const Value& value) {
  switch (value.kind) {
    case Kind::none:
      return "None";
    case Kind::boolean:
      return value.integer != 0 ? "True" : "False";
    case Kind::integer:
      return concat(value.integer);
    case Kind::bigInteger:
      return concat("integer of ", value.text.size(), " bytes");
    case Kind::real: {
      char text[32];
      return std::string(text, std::to_chars(text, text + sizeof text, value.real).ptr);
    }
    case Kind::bytes:
      return concat(value.text.size(), " bytes");
    default:
      return shortened(std::string(value.text.substr(0, kLongestText + 1)), kLongestText);
  }
}

/// Gathers plain and opaque values. Each container is visited once, so that cycles end and values
/// that many share do not multiply.
class Walk {
 public:
  Walk(const Pickle& pickle, CheckpointFile& out)
      : pickle_(pickle), out_(out), seen_(pickle.values.size()) {}

  void visit(Ref ref, const std::string& path, int depth) {
    const Value& value = pickle_.at(ref);
    if (isScalar(value)) {
      if (out_.metadata.size() < kMostValues) out_.metadata[path] = scalarText(value);
      return;
    }
    if (value.kind == Kind::storage || value.kind == Kind::tensor) return;
    const bool known = value.kind == Kind::list || value.kind == Kind::dict;
    if (!known && out_.opaque.size() < kMostValues)
      out_.opaque.push_back({path, pickle_.typeOf(value)});
    if (seen_[ref] || depth == kDeepest) return;
    seen_[ref] = true;
    const auto child = [&](const std::string& name, Ref item) {
      visit(item, path.empty() ? name : path + "." + name, depth + 1);
    };
    if (value.kind == Kind::object) {
      for (const Ref state : value.items) visit(state, path, depth + 1);
    } else if (value.kind == Kind::dict) {
      for (std::size_t i = 0; i + 1 < value.items.size(); i += 2)
        child(keyText(value.items[i]), value.items[i + 1]);
    } else if (!listed(value, path)) {
      for (std::size_t i = 0; i < value.items.size(); ++i) child(concat(i), value.items[i]);
    }
  }

 private:
  std::string keyText(Ref key) const {
    const Value& value = pickle_.at(key);
    return isScalar(value) ? shortened(scalarText(value), kLongestKey) : "?";
  }

  /// A list of nothing but scalars becomes one text.
  bool listed(const Value& list, const std::string& path) {
    const auto scalar = [&](Ref item) { return isScalar(pickle_.at(item)); };
    if (!std::all_of(list.items.begin(), list.items.end(), scalar)) return false;
    std::string text = "[";
    for (std::size_t i = 0; i < std::min(list.items.size(), kMostListed); ++i)
      text += (i > 0 ? ", " : "") + scalarText(pickle_.at(list.items[i]));
    if (list.items.size() > kMostListed) text += ", …";
    if (out_.metadata.size() < kMostValues)
      out_.metadata[path] = shortened(std::move(text), kLongestText) + "]";
    return true;
  }

  const Pickle& pickle_;
  CheckpointFile& out_;
  std::vector<bool> seen_;
};

/// The entries of a dict that are tensors, in its order; of equal keys the last one counts.
std::vector<std::pair<std::string_view, const Value*>> tensorsOf(const Pickle& pickle,
                                                                 const Value& dict) {
  std::vector<std::pair<std::string_view, const Value*>> tensors;
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const Value& key = pickle.at(dict.items[i]);
    const Value& value = pickle.at(dict.items[i + 1]);
    if (key.kind != Kind::text || value.kind != Kind::tensor) continue;
    const auto [entry, isNew] = index.emplace(key.text, tensors.size());
    if (isNew)
      tensors.emplace_back(key.text, &value);
    else
      tensors[entry->second].second = &value;
  }
  return tensors;
}

const Value* entry(const Pickle& pickle, const Value& dict, std::string_view name) {
  for (std::size_t i = 0; i + 1 < dict.items.size(); i += 2) {
    const Value& key = pickle.at(dict.items[i]);
    if (key.kind == Kind::text && key.text == name) return &pickle.at(dict.items[i + 1]);
  }
  return nullptr;
}

}  // namespace

CheckpointFile stateDictOf(const Pickle& pickle, const FindStorage& find, std::uint64_t fileSize,
                           const Refuse& refuse) {
  const Value& root = pickle.at(pickle.root);
  if (root.kind == Kind::opaque || root.kind == Kind::global)
    refuse("expected a dict of tensors, found an object of class ", pickle.typeOf(root),
           "; save the state_dict() of a model instead of the model");
  for (const Value& value : pickle.values)
    if (value.kind == Kind::tensor) viewOf(pickle, value, find, refuse);

  CheckpointFile checkpoint;
  const Value* weights = &root;
  if (root.kind == Kind::dict)
    for (const char* name : {"model", "state_dict", "net"}) {
      const Value* inner = entry(pickle, root, name);
      if (inner == nullptr || inner->kind != Kind::dict || tensorsOf(pickle, *inner).empty())
        continue;
      weights = inner;
      checkpoint.container = name;
      break;
    }
  const auto tensors = tensorsOf(pickle, *weights);
  if (root.kind != Kind::dict || tensors.empty())
    refuse("expected a dict of tensors, at its top or under model, state_dict or net; found none");

  constexpr std::string_view kPrefix = "module.";
  checkpoint.strippedModulePrefix =
      std::all_of(tensors.begin(), tensors.end(),
                  [&](const auto& tensor) { return tensor.first.starts_with(kPrefix); });
  std::uint64_t left = 4 * fileSize + (std::uint64_t{16} << 20);
  for (const auto& [key, value] : tensors) {
    const TensorView view = viewOf(pickle, *value, find, refuse);
    if (view.size() > left)
      refuse("its tensors take more than 4 times the ", fileSize, " bytes of the file");
    left -= view.size();
    checkpoint.tensors.emplace_back(
        key.substr(checkpoint.strippedModulePrefix ? kPrefix.size() : 0), contiguous(view));
  }
  Walk(pickle, checkpoint).visit(pickle.root, "", 0);
  return checkpoint;
}

}  // namespace uninet
