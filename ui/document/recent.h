#pragma once

#include <algorithm>
#include <cstddef>
#include <list>
#include <utility>

namespace uninet {

/// The `most` values that were put or found last, by key.
template <class Key, class Value>
class Recent {
 public:
  explicit Recent(std::size_t most) : most_(most) {}

  /// Replaces the value of this key. The one that was longest not asked for goes.
  void put(const Key& key, Value value) {
    std::erase_if(values_, [&](const auto& entry) { return entry.first == key; });
    values_.emplace_front(key, std::move(value));
    if (values_.size() > most_) values_.pop_back();
  }
  /// nullptr: it is not there, or not any more. Valid until the next call.
  Value* find(const Key& key) {
    const auto found = std::find_if(values_.begin(), values_.end(),
                                    [&](const auto& entry) { return entry.first == key; });
    if (found == values_.end()) return nullptr;
    values_.splice(values_.begin(), values_, found);
    return &values_.front().second;
  }
  /// Those whose value fulfils `predicate` go.
  template <class Predicate>
  void eraseIf(Predicate predicate) {
    std::erase_if(values_, [&](const auto& entry) { return predicate(entry.second); });
  }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  void clear() { values_.clear(); }
  std::size_t size() const { return values_.size(); }

 private:
  std::size_t most_;
  std::list<std::pair<Key, Value>> values_;
};

}  // namespace uninet
