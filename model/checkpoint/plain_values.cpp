#include "model/checkpoint/plain_values.h"

#include <algorithm>

#include "core/base/numbers.h"

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

bool isScalar(const Value& value) { return value.kind <= Kind::latin1; }

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
    case Kind::real:
      return numberText(value.real);
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
  Walk(const Pickle& pickle, CheckpointFile& out, ReadWork& work)
      : pickle_(pickle), out_(out), work_(work), seen_(pickle.values.size()) {}

  void visit(Ref ref, const std::string& path, int depth) {
    const Value& value = pickle_.at(ref);
    ++work_.steps;
    work_.bytes += path.size();
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
        child(keyText(pickle_, value.items[i]), value.items[i + 1]);
    } else if (value.kind == Kind::list && !listed(value, path)) {
      for (std::size_t i = 0; i < value.items.size(); ++i) child(concat(i), value.items[i]);
    }
  }

 private:
  /// A list of nothing but scalars becomes one text.
  bool listed(const Value& list, const std::string& path) {
    const auto scalar = [&](Ref item) { return isScalar(pickle_.at(item)); };
    work_.steps += list.items.size();
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
  ReadWork& work_;
  std::vector<bool> seen_;
};

}  // namespace

std::string keyText(const Pickle& pickle, Ref key) {
  const Value& value = pickle.at(key);
  return isScalar(value) ? shortened(scalarText(value), kLongestKey) : "?";
}

std::string typeText(const Pickle& pickle, const Value& value) {
  switch (value.kind) {
    case Kind::none:
      return "None";
    case Kind::boolean:
      return "bool";
    case Kind::integer:
    case Kind::bigInteger:
      return "int";
    case Kind::real:
      return "float";
    case Kind::text:
      return "str";
    case Kind::bytes:
    case Kind::latin1:
      return "bytes";
    case Kind::list:
      return concat("list of ", value.items.size());
    case Kind::dict:
      return concat("dict of ", value.items.size() / 2);
    case Kind::tensor:
      return "tensor";
    case Kind::storage:
    case Kind::dtype:
    case Kind::object:
    case Kind::global:
    case Kind::opaque:
      return pickle.typeOf(value);
  }
  return {};
}

void readPlainValues(const Pickle& pickle, CheckpointFile& out, ReadWork& work) {
  Walk(pickle, out, work).visit(pickle.root, "", 0);
}

}  // namespace uninet
