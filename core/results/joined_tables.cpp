#include <algorithm>

#include "core/base/error.h"
#include "core/results/side_by_side.h"

namespace uninet {
namespace {

using Row = std::vector<std::string>;

/// The columns of the first table that all have.
Row sharedHeader(const std::vector<Table>& tables) {
  Row header;
  for (const std::string& name : tables[0].header)
    if (std::all_of(tables.begin(), tables.end(), [&name](const Table& table) {
          return std::find(table.header.begin(), table.header.end(), name) != table.header.end();
        }))
      header.push_back(name);
  return header;
}

/// Names of the rows of all tables, each once, in the order of the first that has it.
Row rowNames(const std::vector<Table>& tables) {
  Row names;
  for (const Table& table : tables)
    for (const Row& row : table.rows)
      if (std::find(names.begin(), names.end(), row[0]) == names.end()) names.push_back(row[0]);
  return names;
}

/// One table of each network as one: below each other the same row of all networks that have it.
Table joinedTable(const std::vector<Table>& tables, const std::vector<std::string>& networks) {
  Table joined{tables[0].id, {}, sharedHeader(tables), {}, 2};
  const bool sameTitle = std::all_of(tables.begin(), tables.end(), [&](const Table& table) {
    return table.title == tables[0].title;
  });
  joined.title = tables[0].title;
  for (std::size_t n = 0; n < tables.size() && !sameTitle; ++n)
    joined.title = concat(n == 0 ? "" : joined.title + "; ", networks[n], ": ", tables[n].title);
  for (const std::string& name : rowNames(tables))
    for (std::size_t n = 0; n < tables.size(); ++n) {
      const Table& table = tables[n];
      for (const Row& row : table.rows) {
        if (row[0] != name) continue;
        Row cells;
        for (const std::string& column : joined.header)
          cells.push_back(row[static_cast<std::size_t>(
              std::find(table.header.begin(), table.header.end(), column) - table.header.begin())]);
        cells.insert(cells.begin() + 1, networks[n]);
        joined.rows.push_back(std::move(cells));
      }
    }
  joined.header.insert(joined.header.begin() + 1, "Network");
  return joined;
}

}  // namespace

std::vector<Table> tablesOf(SideBySide& side) {
  std::vector<std::vector<Table>> all;
  std::vector<std::string> names;
  bool sameTable = true;
  for (const NetworkResults& network : side.networks) {
    all.push_back(tablesOf(network.sharedReport()));
    names.push_back(network.name);
    sameTable = sameTable && sameClasses(network.store.classes(), side.networks[0].store.classes());
  }
  std::vector<std::string> ids;
  for (const std::vector<Table>& tables : all)
    for (const Table& table : tables)
      if (std::find(ids.begin(), ids.end(), table.id) == ids.end()) ids.push_back(table.id);
  std::vector<Table> joined;
  for (const std::string& id : ids) {
    std::vector<Table> found;
    for (const std::vector<Table>& tables : all)
      for (const Table& table : tables)
        if (table.id == id) found.push_back(table);
    if (!sameTable && id.starts_with("table3"))
      side.remarks.push_back(concat("Table ", id, " is left out: the classes are not the same."));
    else if (found.size() == all.size())
      joined.push_back(joinedTable(found, names));
    else
      side.remarks.push_back(
          concat("Table ", id, " is left out: not every network has what it needs."));
  }
  return joined;
}

}  // namespace uninet
