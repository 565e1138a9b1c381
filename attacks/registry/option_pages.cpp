#include "attacks/registry/option_pages.h"

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

constexpr const char* kBegin = "<!-- options ";
constexpr const char* kCloses = " -->\n";
constexpr const char* kEnd = "<!-- end -->\n";
/// Limits from here on mean that there is none.
constexpr double kBoundless = 1e15;

std::string code(const std::string& text) { return text.empty() ? "" : "`" + text + "`"; }

std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.insert(at, "\\");
  return text;
}

std::string plainNumber(double value) {
  std::string text = fixedText(value, 6);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string values(const OptionRow& row) {
  if (row.type == "choice") {
    std::string text;
    for (const std::string& key : row.choices) text += (text.empty() ? "" : ", ") + code(key);
    return text;
  }
  if (row.type == "class")
    return row.classKind == ClassKind::instance ? "class with instances" : "class";
  if (row.type != "number" && row.type != "integer")
    return row.type == "flag" ? "yes or no" : "text";
  const std::string unit = row.unit.empty() ? "" : " " + row.unit;
  const std::string whole = row.type == "integer" ? "whole, " : "";
  if (row.range.max >= kBoundless) return concat(whole, "from ", plainNumber(row.range.min), unit);
  return concat(whole, plainNumber(row.range.min), " to ", plainNumber(row.range.max), unit);
}

}  // namespace

std::string optionTableMarkdown(const AttackInfo& attack) {
  std::string text = "| Option | Values | Default | Paper | Meaning |\n|---|---|---|---|---|\n";
  for (const OptionRow& row : optionTable(*attack.makeOptions()))
    text += concat("| ", code("--" + row.key), " | ", cell(values(row)), " | ",
                   cell(code(row.special() != nullptr ? row.special()->name : row.value)), " | ",
                   cell(row.paper), " | ", cell(row.help), " |\n");
  return text;
}

std::string withOptionTables(const std::string& page) {
  std::string made;
  std::size_t done = 0;
  for (std::size_t at = page.find(kBegin); at != std::string::npos; at = page.find(kBegin, done)) {
    const std::size_t key = at + std::string(kBegin).size();
    const std::size_t closes = page.find(kCloses, key);
    const std::size_t end = page.find(kEnd, key);
    if (closes == std::string::npos || end == std::string::npos || end < closes)
      throw Error(concat("a table of options has no line \"<!-- end -->\": ",
                         page.substr(at, page.find('\n', at) - at)));
    const std::size_t table = closes + std::string(kCloses).size();
    made += page.substr(done, table - done);
    made += optionTableMarkdown(attackByKey(page.substr(key, closes - key)));
    done = end;
  }
  return made + page.substr(done);
}

}  // namespace uninet
