#include "core/base/options.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::vector<std::string> keysOf(std::span<const Choice> choices) {
  std::vector<std::string> keys;
  for (const Choice& choice : choices) keys.emplace_back(choice.key);
  return keys;
}

[[noreturn]] void refuse(const OptionInfo& info, const std::string& expected,
                         const std::string& found) {
  throw Error(concat("option '", info.key, "': expected ", expected, ", found ", found));
}

constexpr const char* kNumber = "a number";
constexpr const char* kInteger = "a whole number";
constexpr const char* kFlag = "true or false";

/// "a number from 0 to 255, or unlimited"
std::string limits(const char* what, const OptionInfo& info, const Range& range) {
  std::string text = concat(what, " from ", numberText(range.min), " to ", numberText(range.max));
  for (const SpecialValue& special : info.specials) text += concat(", or ", special.name);
  return text;
}

const SpecialValue* specialNamed(const OptionInfo& info, const std::string& name) {
  const auto found =
      std::find_if(info.specials.begin(), info.specials.end(),
                   [&name](const SpecialValue& special) { return name == special.name; });
  return found == info.specials.end() ? nullptr : &*found;
}

bool allowed(const OptionInfo& info, double value, const Range& range) {
  return (value >= range.min && value <= range.max) ||
         std::any_of(info.specials.begin(), info.specials.end(),
                     [value](const SpecialValue& special) { return special.value == value; });
}

double checkedNumber(const OptionInfo& info, double value, const Range& range) {
  if (!std::isfinite(value) || !allowed(info, value, range))
    refuse(info, limits(kNumber, info, range), numberText(value));
  return value;
}

std::int64_t checkedInteger(const OptionInfo& info, std::int64_t value, const Range& range) {
  if (!allowed(info, static_cast<double>(value), range))
    refuse(info, limits(kInteger, info, range), std::to_string(value));
  return value;
}

std::string checkedChoice(const OptionInfo& info, const std::string& value,
                          std::span<const Choice> choices) {
  const std::vector<std::string> keys = keysOf(choices);
  if (std::find(keys.begin(), keys.end(), value) == keys.end())
    refuse(info, "one of " + joined(keys), "'" + value + "'");
  return value;
}

/// What cannot stand in a JSON file is refused when it comes in, not when it is saved.
std::string checkedText(const OptionInfo& info, const std::string& value) {
  const std::string escaped = Json(value).dump(-1, ' ', true, Json::error_handler_t::ignore);
  if (Json::parse(escaped).get<std::string>() != value)
    refuse(info, "text in UTF-8", "other bytes");
  return value;
}

class JsonWriter : public OptionVisitor {
 public:
  Json json = Json::object();

  void number(const OptionInfo& info, double& value, const Range&) override {
    json[info.key] = value;
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range&) override {
    json[info.key] = value;
  }
  void flag(const OptionInfo& info, bool& value) override { json[info.key] = value; }
  void choice(const OptionInfo& info, std::string& value, std::span<const Choice>) override {
    json[info.key] = value;
  }
  void text(const OptionInfo& info, std::string& value) override { json[info.key] = value; }
};

/// Sets every option that the object names; keys that no option has are the caller's to find.
class JsonReader : public OptionVisitor {
 public:
  explicit JsonReader(const Json& json) : json_(json) {}

  void number(const OptionInfo& info, double& value, const Range& range) override {
    const Json* found = find(info);
    if (found == nullptr) return;
    if (const SpecialValue* special = named(info, *found)) {
      value = special->value;
      return;
    }
    if (!found->is_number()) refuse(info, limits(kNumber, info, range), shown(*found));
    value = checkedNumber(info, found->get<double>(), range);
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range& range) override {
    const Json* found = find(info);
    if (found == nullptr) return;
    if (const SpecialValue* special = named(info, *found)) {
      value = static_cast<std::int64_t>(special->value);
      return;
    }
    if (!fitsInteger(*found)) refuse(info, limits(kInteger, info, range), shown(*found));
    value = checkedInteger(info, found->get<std::int64_t>(), range);
  }
  void flag(const OptionInfo& info, bool& value) override {
    const Json* found = find(info);
    if (found == nullptr) return;
    if (!found->is_boolean()) refuse(info, kFlag, shown(*found));
    value = found->get<bool>();
  }
  void choice(const OptionInfo& info, std::string& value,
              std::span<const Choice> choices) override {
    const Json* found = find(info);
    if (found == nullptr) return;
    if (!found->is_string()) refuse(info, "one of " + joined(keysOf(choices)), shown(*found));
    value = checkedChoice(info, found->get<std::string>(), choices);
  }
  void text(const OptionInfo& info, std::string& value) override {
    const Json* found = find(info);
    if (found == nullptr) return;
    if (!found->is_string()) refuse(info, "text", shown(*found));
    value = checkedText(info, found->get<std::string>());
  }

 private:
  const Json* find(const OptionInfo& info) const {
    const auto place = json_.find(info.key);
    return place == json_.end() ? nullptr : &*place;
  }

  static const SpecialValue* named(const OptionInfo& info, const Json& value) {
    return value.is_string() ? specialNamed(info, value.get<std::string>()) : nullptr;
  }

  /// Whole numbers that programs in other languages wrote as 3.0 count as well.
  static bool fitsInteger(const Json& value) {
    constexpr double kLimit = 9007199254740992.;  // 2^53: every whole number below is exact
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::uint64_t{INT64_MAX};
    if (value.is_number_integer()) return true;
    return value.is_number_float() && std::abs(value.get<double>()) <= kLimit &&
           std::trunc(value.get<double>()) == value.get<double>();
  }

  static std::string shown(const Json& value) {
    const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    return text.size() <= 60 ? text
                             : concat("a ", value.type_name(), " of ", text.size(), " bytes");
  }

  const Json& json_;
};

/// Sets the one option `key`; found() tells whether there was one.
class TextReader : public OptionVisitor {
 public:
  TextReader(const std::string& key, const std::string& text) : key_(key), text_(text) {}
  bool found() const { return found_; }

  void number(const OptionInfo& info, double& value, const Range& range) override {
    if (!matches(info)) return;
    if (const SpecialValue* special = specialNamed(info, text_)) {
      value = special->value;
      return;
    }
    const auto parsed = parseNumber<double>(text_);
    if (!parsed) refuse(info, limits(kNumber, info, range), quoted());
    value = checkedNumber(info, *parsed, range);
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range& range) override {
    if (!matches(info)) return;
    if (const SpecialValue* special = specialNamed(info, text_)) {
      value = static_cast<std::int64_t>(special->value);
      return;
    }
    const auto parsed = parseNumber<std::int64_t>(text_);
    if (!parsed) refuse(info, limits(kInteger, info, range), quoted());
    value = checkedInteger(info, *parsed, range);
  }
  void flag(const OptionInfo& info, bool& value) override {
    if (!matches(info)) return;
    if (text_ != "true" && text_ != "false") refuse(info, kFlag, quoted());
    value = text_ == "true";
  }
  void choice(const OptionInfo& info, std::string& value,
              std::span<const Choice> choices) override {
    if (matches(info)) value = checkedChoice(info, text_, choices);
  }
  void text(const OptionInfo& info, std::string& value) override {
    if (matches(info)) value = checkedText(info, text_);
  }

 private:
  bool matches(const OptionInfo& info) {
    if (key_ != info.key) return false;
    found_ = true;
    return true;
  }
  std::string quoted() const { return "'" + text_ + "'"; }

  const std::string& key_;
  const std::string& text_;
  bool found_ = false;
};

/// Number of insertions, deletions and replacements that turn one word into the other.
std::size_t editDistance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

[[noreturn]] void refuseUnknown(const std::string& key, const std::vector<OptionRow>& rows) {
  std::vector<std::string> keys;
  for (const OptionRow& row : rows) keys.push_back(row.key);
  if (keys.empty()) throw Error(concat("there is no option '", key, "', nor any other"));
  const auto nearest = std::min_element(keys.begin(), keys.end(),
                                        [&key](const std::string& a, const std::string& b) {
                                          return editDistance(key, a) < editDistance(key, b);
                                        });
  throw Error(concat("there is no option '", key, "': the nearest is '", *nearest, "', all are ",
                     joined(keys)));
}

}  // namespace

nlohmann::json toJson(const Options& options) {
  JsonWriter visitor;
  options.clone()->describe(visitor);
  return std::move(visitor.json);
}

void fromJson(Options& options, const nlohmann::json& json) {
  if (!json.is_object())
    throw Error(concat("options: expected a JSON object, found ", json.type_name()));
  const std::vector<OptionRow> rows = optionTable(options);
  for (const auto& item : json.items())
    if (std::none_of(rows.begin(), rows.end(),
                     [&item](const OptionRow& row) { return row.key == item.key(); }))
      refuseUnknown(item.key(), rows);
  // Whatever is wrong shows on a copy, so that `options` changes completely or not at all.
  JsonReader visitor(json);
  options.clone()->describe(visitor);
  options.describe(visitor);
}

nlohmann::json changedOptions(const Options& options, const Options& defaults) {
  Json changed = toJson(options);
  const Json before = toJson(defaults);
  for (const auto& [key, value] : before.items())
    if (changed.contains(key) && changed[key] == value) changed.erase(key);
  return changed;
}

void setOption(Options& options, const std::string& key, const std::string& value) {
  TextReader visitor(key, value);
  options.describe(visitor);
  if (!visitor.found()) refuseUnknown(key, optionTable(options));
}

}  // namespace uninet
