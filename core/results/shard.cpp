#include "core/results/shard.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {

std::string Shard::text() const { return concat(index, "/", count); }

Shard shardFromText(const std::string& text, const std::string& where) {
  const std::size_t slash = text.find('/');
  if (slash != std::string::npos) {
    const auto index = parseNumber<std::int64_t>(text.substr(0, slash));
    const auto count = parseNumber<std::int64_t>(text.substr(slash + 1));
    if (index && count && *index >= 1 && *index <= *count && *count <= kMostShards)
      return {*index, *count};
  }
  throw Error(concat(where, ": expected K/N with K from 1 to N and N up to ", kMostShards,
                     ", e.g. 3/16, found \"", text, "\""));
}

std::string shellText(const std::vector<std::string>& arguments) {
  constexpr const char* kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./,=:+@%";
  std::string line;
  for (const std::string& argument : arguments) {
    if (!line.empty()) line += ' ';
    if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
      line += argument;
      continue;
    }
    line += '\'';
    for (const char c : argument) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

}  // namespace uninet
