#include "core/base/output_names.h"

#include <algorithm>
#include <cctype>

namespace uninet {
namespace {

/// File systems take 255 bytes a part: what is left is for endings and temporary names.
constexpr std::size_t kLongestPart = 180, kLongestName = 1000;
constexpr std::string_view kOwnEndings[] = {".png", ".json", ".safetensors", ".part"};

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// Bytes of the UTF-8 character at `at`; 0 if there is none.
std::size_t characterLength(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!continues(text[at + i])) return 0;
  if (length < 3) return length;
  // Overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629).
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const bool bad = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                   (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return bad ? 0 : length;
}

std::string cleanPart(std::string_view part) {
  std::string clean;
  bool leading = true;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t length = characterLength(part, at);
    leading = leading && part[at] == '.';
    const bool kept = length > 1 || (length == 1 && !leading && part[at] >= ' ' && part[at] != 127);
    clean += kept ? part.substr(at, length) : std::string_view("_");
    at += std::max<std::size_t>(length, 1);
  }
  std::string lower = clean;
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  for (const std::string_view ending : kOwnEndings)
    if (lower.ends_with(ending)) clean[clean.size() - ending.size()] = '_';
  if (clean.size() > kLongestPart) {
    std::size_t end = kLongestPart;
    while (continues(clean[end])) --end;
    clean.resize(end);
  }
  return clean;
}

std::string cleanName(std::string_view wanted) {
  std::string name, last = "picture";
  while (!wanted.empty()) {
    const std::size_t slash = std::min(wanted.find('/'), wanted.size());
    if (slash > 0) {
      last = cleanPart(wanted.substr(0, slash));
      name += (name.empty() ? "" : "/") + last;
    }
    wanted.remove_prefix(std::min(slash + 1, wanted.size()));
  }
  return name.empty() || name.size() > kLongestName ? last : name;
}

}  // namespace

bool OutputNames::take(const std::string& name) {
  ++tries_;
  return taken_.insert(name).second;
}

std::string OutputNames::add(std::string_view wanted, std::string_view other) {
  const std::string name = cleanName(wanted);
  if (take(name)) return name;
  if (!other.empty())
    if (const std::string second = cleanName(other); take(second)) return second;
  std::size_t& number = next_.try_emplace(name, 2).first->second;
  for (;;)
    if (const std::string numbered = name + "-" + std::to_string(number++); take(numbered))
      return numbered;
}

}  // namespace uninet
