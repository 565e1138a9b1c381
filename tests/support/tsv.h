#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/base/error.h"

namespace uninet {

/// Rows and cells of a tab-separated fixture.
inline std::vector<std::vector<std::string>> readTsv(const std::string& name) {
  std::ifstream in(std::string(UNINET_FIXTURES) + "/" + name);
  if (!in) throw Error("missing fixture " + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream cellsIn(line);
    for (std::string cell; std::getline(cellsIn, cell, '\t');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

}  // namespace uninet
