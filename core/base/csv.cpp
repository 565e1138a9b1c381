#include "core/base/csv.h"

#include <cmath>

#include "core/base/numbers.h"

namespace uninet {

std::string csvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += ',';
    const bool quoted = cells[i].find_first_of(",\"\n\r") != std::string::npos;
    if (quoted) line += '"';
    for (const char c : cells[i]) {
      if (c == '"') line += '"';
      line += c == '\n' || c == '\r' ? ' ' : c;
    }
    if (quoted) line += '"';
  }
  return line + "\n";
}

std::string csvNumber(double value) { return std::isfinite(value) ? numberText(value) : ""; }

}  // namespace uninet
