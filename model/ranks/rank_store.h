#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"

namespace uninet {

/// Another rank is gone, or does not answer.
class RankLost : public Error {
 public:
  using Error::Error;
};

/// Texts and counters by name that ranks share: c10d's TCPStore, which rank 0 serves
/// from its memory. Every call is one question to it (40 µs on one machine) and atomic. Copies are
/// the same store; thread safe. Every call throws RankLost if rank 0 is gone.
class RankStore {
 public:
  /// That of rank 0, on `port`, 0: any. It ends with the last copy. Throws Error if it cannot.
  static RankStore serve(int port);
  /// Throws Error if none answers there; at once if nothing listens.
  static RankStore connect(const std::string& host, int port, std::chrono::milliseconds timeout);

  int port() const;

  /// Adds to a counter, which begins with 0; returns what it is then.
  std::int64_t add(const std::string& key, std::int64_t count);
  std::int64_t count(const std::string& key) { return add(key, 0); }
  void set(const std::string& key, const std::string& value);
  /// nullopt: it was never set.
  std::optional<std::string> get(const std::string& key);
  /// Sets it to `desired` if it is `expected`, where "" stands for one that was never set; returns
  /// what it is then.
  std::string exchange(const std::string& key, const std::string& expected,
                       const std::string& desired);

 private:
  friend class RankGroup;
  struct State;
  explicit RankStore(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

}  // namespace uninet
