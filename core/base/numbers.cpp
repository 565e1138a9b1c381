#include "core/base/numbers.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace uninet {
namespace {

/// Room for %.*f of the greatest double with a sensible number of digits.
constexpr std::size_t kLongest = 400;

template <class... Format>
std::string written(double value, Format... format) {
  char buffer[kLongest];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value, format...).ptr};
}

}  // namespace

std::string numberText(double value) { return written(value); }

std::string fixedText(double value, int digits) {
  return written(value, std::chars_format::fixed, digits);
}

nlohmann::json numberOrNull(double value) {
  return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json(nullptr);
}

double numberOrNone(const nlohmann::json& value) {
  return value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
}

}  // namespace uninet
