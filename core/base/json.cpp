#include "core/base/json.h"

#include <algorithm>
#include <climits>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr int kDeepest = 64;

[[noreturn]] void refuseDepth(const std::string& what) {
  throw Error(concat(what, ": expected at most ", kDeepest, " levels of nesting, found more"));
}

/// Walks over the heads of the items (RFC 8949, section 3) until the outermost is complete.
void checkCbor(std::string_view bytes, const std::string& what) {
  constexpr unsigned kByteString = 2, kText = 3, kList = 4, kMap = 5, kTag = 6;
  std::size_t at = 0;
  const auto require = [&](std::uint64_t count) {
    if (count > bytes.size() - at)
      throw Error(concat(what, ": expected ", count, " more bytes, found ", bytes.size() - at));
  };
  std::vector<std::uint64_t> left{1};  // items that each open list still waits for
  while (true) {
    while (left.back() == 0) {
      left.pop_back();
      if (left.empty()) return;
    }
    --left.back();
    require(1);
    const auto head = static_cast<unsigned char>(bytes[at++]);
    const unsigned type = head >> 5u, info = head & 31u;
    if (type == kTag || info > 27)
      throw Error(concat(what, ": expected CBOR without tags and of known lengths, found byte ",
                         static_cast<int>(head)));
    std::uint64_t value = info;
    if (info >= 24) {
      const std::size_t width = std::size_t{1} << (info - 24);
      require(width);
      value = 0;
      for (std::size_t i = 0; i < width; ++i)
        value = value << 8u | static_cast<unsigned char>(bytes[at++]);
    }
    if (type == kByteString || type == kText) {
      require(value);
      at += static_cast<std::size_t>(value);
    } else if ((type == kList || type == kMap) && value > 0) {
      require(value);  // each item takes a byte or more
      if (left.size() > kDeepest) refuseDepth(what);
      left.push_back(type == kMap ? 2 * value : value);
    }
  }
}

}  // namespace

JsonExtent extentOf(std::string_view text) {
  JsonExtent extent;
  int depth = 0;
  bool inString = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (inString) {
      if (c == '\\') ++i;
      if (c == '"') inString = false;
    } else if (c == '"') {
      inString = true;
    } else if (c == '{' || c == '[') {
      extent.depth = std::max(extent.depth, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ':' && depth == 1) {
      ++extent.keys;
    }
  }
  return extent;
}

nlohmann::json parseJson(std::string_view text, const std::string& what) {
  if (extentOf(text).depth > kDeepest) refuseDepth(what);
  return nlohmann::json::parse(text);
}

nlohmann::json parseCbor(std::string_view bytes, const std::string& what) {
  checkCbor(bytes, what);
  return nlohmann::json::from_cbor(bytes);
}

std::int64_t wholeOf(const nlohmann::json& value, std::int64_t least, std::int64_t most) {
  const bool fits = value.is_number_unsigned()
                        ? value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX)
                        : value.is_number_integer();
  const std::int64_t whole = fits ? value.get<std::int64_t>() : 0;
  if (!fits || whole < least || whole > most)
    throw Error(concat("expected a whole number from ", least, " to ", most, ", found ",
                       value.is_number() ? value.dump() : value.type_name()));
  return whole;
}

int intOf(const nlohmann::json& value) {
  return static_cast<int>(wholeOf(value, INT_MIN, INT_MAX));
}

}  // namespace uninet
