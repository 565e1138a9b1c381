#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace uninet {

/// One value of an unpickled stream; values refer to each other by index, so that streams which
/// refer to themselves cost nothing.
struct PickleNode {
  enum class Kind {
    none,
    boolean,
    integer,
    real,
    text,
    bytes,
    sequence,    ///< list, tuple, set: `items`
    dict,        ///< `items`: key, value, key, value …
    global,      ///< `text`: "module.name"
    persistent,  ///< `items`: the persistent id
    call         ///< `text`: what would be called; `items`: its arguments, then states given to it
  };
  Kind kind = Kind::none;
  std::int64_t integer = 0;  ///< boolean, integer
  double real = 0;
  std::string text;
  std::vector<std::uint32_t> items;
};

/// The values of one pickle and where it ends.
struct Pickle {
  std::vector<PickleNode> nodes;
  std::uint32_t root = 0;
  std::size_t size = 0;  ///< bytes up to and with STOP

  const PickleNode& at(std::uint32_t index) const { return nodes[index]; }
  const PickleNode& top() const { return nodes[root]; }
};

/// Reads one pickle (protocols 0 to 5 as far as checkpoints use them) from the start of `bytes`.
/// Executes nothing: calls are recorded, never made. Memory is bounded by the length of the stream.
/// Throws Error with a clause without file name ("it ends in the middle of a pickle").
Pickle readPickle(std::string_view bytes);

}  // namespace uninet
