#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

// Numbers as text and back, with a point as decimal sign whatever the locale says: everything that
// is written to a file or read from one, from a key or from an option goes through these.

/// Shortest text that reads back as the same value: "2", "0.765", "nan", "inf".
std::string numberText(double value);
/// With `digits` digits after the point, as printf's %.*f.
std::string fixedText(double value, int digits);

/// The whole text as a number; nullopt: it is none, or out of the type's range.
template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

/// JSON knows no NaN: null takes its place.
nlohmann::json numberOrNull(double value);
/// NaN for null; throws nlohmann::json::exception unless it is null or a number.
double numberOrNone(const nlohmann::json& value);

}  // namespace uninet
