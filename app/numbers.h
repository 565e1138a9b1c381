#pragma once

#include <concepts>
#include <cstdint>
#include <functional>
#include <string>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace CLI {
class App;
}

namespace uninet {

inline constexpr std::int64_t kMostImages = 10000000;
/// 2^53: what JSON readers of all languages keep exactly.
inline constexpr std::uint64_t kLargestSeed = 9007199254740992;

/// Adds an option to a command whose text is handed to `set`, which throws Error for a bad one.
void addChecked(CLI::App& app, const std::string& flag, const std::string& help,
                const std::string& type, const std::function<void(const std::string&)>& set);

/// Adds an option that takes a number from `min` to `max`; any other text is refused in one
/// sentence with the flag, the limits and what was found. `target` has to live as long as the App.
template <class Number>
void addNumber(CLI::App& app, const std::string& flag, Number& target, const std::string& help,
               Number min, Number max) {
  constexpr bool kWhole = std::integral<Number>;
  addChecked(app, flag, help, kWhole ? "INTEGER" : "NUMBER",
             [&target, flag, min, max](const std::string& text) {
               const auto number = parseNumber<Number>(text);
               // Written so that NaN is refused.
               if (!number || !(*number >= min && *number <= max))
                 throw Error(concat(flag, ": expected a ", kWhole ? "whole " : "", "number from ",
                                    min, " to ", max, ", found \"", text, "\""));
               target = *number;
             });
}

}  // namespace uninet
