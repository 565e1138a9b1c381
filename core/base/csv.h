#pragma once

#include <string>
#include <vector>

namespace uninet {

/// One line of a CSV file (RFC 4180) with its line end: cells that hold a comma, a quote or a line
/// break are quoted, line breaks within a cell become spaces.
std::string csvLine(const std::vector<std::string>& cells);

/// A number for a cell: the shortest text that reads back as it; empty where it is not finite.
std::string csvNumber(double value);

}  // namespace uninet
