#include "core/base/csv.h"
#include "core/results/figures.h"

namespace uninet {
namespace {

std::vector<std::string> operator+(std::vector<std::string> cells, const Estimate& e) {
  for (const double value : {e.value, e.low, e.high, e.check.spread(), e.check.low, e.check.high})
    cells.push_back(csvNumber(value));
  cells.push_back(std::to_string(e.check.images));
  return cells;
}

/// Of a panel of estimates: the value with its interval; how far two arithmetics differ on the
/// checked images, and the interval of these images alone.
std::vector<std::string> header(const char* of) {
  return {"panel",
          of,
          "series",
          "value",
          "low",
          "high",
          "arithmetic_spread",
          "checked_low",
          "checked_high",
          "checked_images"};
}

/// Rows of one panel: panel, row or x, column or series, numbers.
struct CsvWriter {
  std::string text;

  void operator()(const BarPanel& panel) {
    text += csvLine(header("group"));
    for (std::size_t s = 0; s < panel.series.size(); ++s)
      for (std::size_t g = 0; g < panel.groups.size(); ++g)
        text += csvLine(std::vector{panel.title, panel.groups[g], panel.series[s]} +
                        panel.values[s][g]);
  }
  void operator()(const LinePanel& panel) {
    text += csvLine(header("x"));
    for (std::size_t s = 0; s < panel.series.size(); ++s)
      for (std::size_t i = 0; i < panel.x.size(); ++i)
        text += csvLine(std::vector{panel.title, csvNumber(panel.x[i]), panel.series[s]} +
                        panel.values[s][i]);
  }
  void operator()(const HeatPanel& panel) {
    text += csvLine({"panel", "row", "column", "value"});
    for (std::size_t r = 0; r < panel.rows.size(); ++r)
      for (std::size_t c = 0; c < panel.columns.size(); ++c)
        text +=
            csvLine({panel.title, panel.rows[r], panel.columns[c], csvNumber(panel.values[r][c])});
  }
  void operator()(const ArrowPanel& panel) {
    text += csvLine({"panel", "series", "x0", "y0", "x1", "y1"});
    for (const ArrowPanel::Arrow& a : panel.arrows)
      text += csvLine({panel.title, panel.series[a.series], csvNumber(a.x0), csvNumber(a.y0),
                       csvNumber(a.x1), csvNumber(a.y1)});
  }
  void operator()(const ScatterPanel& panel) {
    text += csvLine({"panel", "series", "name", panel.xLabel, panel.yLabel, panel.sizeLabel});
    for (const ScatterPanel::Point& p : panel.points)
      text += csvLine({panel.title, panel.series[p.series], p.name, csvNumber(p.x), csvNumber(p.y),
                       csvNumber(p.size)});
  }
  void operator()(const PicturePanel& panel) {
    text += csvLine({"row", "column", "width", "height"});
    for (std::size_t r = 0; r < panel.rows.size(); ++r)
      for (std::size_t c = 0; c < panel.columns.size(); ++c)
        text += csvLine({panel.rows[r], panel.columns[c], std::to_string(panel.cells[r][c].cols),
                         std::to_string(panel.cells[r][c].rows)});
  }
};

/// Every line with a cell before it: the network; "network" before the first, which is the header.
std::string withNetwork(const std::string& text, const std::string& network) {
  std::string lines;
  std::string cell = "network";
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = text.find('\n', from) + 1;
    std::string first = csvLine({cell});
    first.back() = ',';
    lines += first + text.substr(from, end - from);
    from = end;
    cell = network;
  }
  return lines;
}

}  // namespace

std::string figureCsv(const Figure& figure) {
  std::string text;
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    CsvWriter part;
    std::visit(part, figure.panels[i]);
    if (!figure.networks.empty()) part.text = withNetwork(part.text, figure.networks[i]);
    // One header for panels of one kind.
    const bool sameKind = i > 0 && figure.panels[i].index() == figure.panels[i - 1].index();
    text += sameKind ? part.text.substr(part.text.find('\n') + 1) : part.text;
  }
  return text;
}

}  // namespace uninet
