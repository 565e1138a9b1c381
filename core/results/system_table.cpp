#include "core/results/system_table.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/csv.h"
#include "core/base/numbers.h"
#include "core/metrics/metrics.h"

namespace uninet {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr const char* kDash = "\u2013";
constexpr const char* kDiffers = " \u2260";

double valueOf(const MeasuredSystem& system, const std::string& key) {
  const auto found = system.values.find(key);
  return found == system.values.end() ? kNone : found->second;
}

Published publishedOf(const MeasuredSystem& system, const std::string& key) {
  const auto found = system.published.find(key);
  return found == system.published.end() ? Published() : found->second;
}

bool isPublished(const SystemTable& table, const SystemColumn& column) {
  return std::any_of(table.systems.begin(), table.systems.end(), [&](const MeasuredSystem& system) {
    return system.published.contains(column.key);
  });
}

bool differs(const MeasuredSystem& system, const SystemColumn& column) {
  return column.comparable &&
         publishedOf(system, column.key).differsFrom(valueOf(system, column.key));
}

/// What every table says of what a network costs.
void addCosts(std::vector<SystemColumn>& columns) {
  for (const SystemColumn& column :
       {SystemColumn{"macs_g", "MACs (G)", 1}, SystemColumn{"parameters_m", "#P (M)", 1},
        SystemColumn{"fps", "FPS", 3, false}, SystemColumn{"fps_plan", "FPS, compiled", 3, false},
        SystemColumn{"joules", "Energy (J)", 1, false},
        SystemColumn{"memory_mb", "Peak memory (MB)", 0, false}})
    columns.push_back(column);
}

}  // namespace

std::vector<SystemColumn> table1Columns(bool nyuv2) {
  std::vector<SystemColumn> columns{{"miou", "SS (mIoU)", 2}, {"depth_rmse_m", "D (RMSE, m)", 3}};
  if (nyuv2) columns.push_back({"depth_rmse_80", "D (80 \u00d7 RMSE)", 2});
  addCosts(columns);
  columns.push_back({"delta_mtl", "\u0394 MTL (%)", 2});
  return columns;
}

std::vector<SystemColumn> table2Columns() {
  std::vector<SystemColumn> columns{{"ap_box", "OD (AP box)", 2},
                                    {"miou", "SS (mIoU)", 2},
                                    {"ap_mask", "IS (AP mask)", 2},
                                    {"depth_rmse_m", "D (RMSE, m)", 2},
                                    {"inst_depth_l1_m", "ID (l1 loss, m)", 2}};
  addCosts(columns);
  return columns;
}

void addDeltas(SystemTable& table) {
  double miou = kNone, rmse = kNone;
  for (const MeasuredSystem& system : table.systems) {
    if (system.key == "single-task-segment") miou = valueOf(system, "miou");
    if (system.key == "single-task-depth") rmse = valueOf(system, "depth_rmse_m");
  }
  if (!std::isfinite(miou) || !std::isfinite(rmse)) return;
  const std::array baselines{miou, rmse};
  const std::array<bool, 2> higher{true, false};
  for (MeasuredSystem& system : table.systems) {
    const std::array metrics{valueOf(system, "miou"), valueOf(system, "depth_rmse_m")};
    if (system.key.starts_with("single-task"))
      system.values["delta_mtl"] = 0;
    else if (std::isfinite(metrics[0]) && std::isfinite(metrics[1]))
      system.values["delta_mtl"] = deltaMtl(metrics, baselines, higher);
  }
}

Table shownTable(const SystemTable& table) {
  Table shown{table.id, table.title, {"System"}, {}};
  for (const SystemColumn& column : table.columns) {
    shown.header.push_back(column.title);
    if (isPublished(table, column)) shown.header.emplace_back("paper");
  }
  for (const MeasuredSystem& system : table.systems) {
    std::vector<std::string> row{system.title};
    for (const SystemColumn& column : table.columns) {
      const double value = valueOf(system, column.key);
      row.push_back(std::isfinite(value) ? fixedText(value, column.digits) : kDash);
      if (differs(system, column)) row.back() += kDiffers;
      if (!isPublished(table, column)) continue;
      const std::string published = publishedOf(system, column.key).text();
      row.push_back(published.empty() ? kDash : published);
    }
    shown.rows.push_back(std::move(row));
  }
  return shown;
}

std::string systemMarkdown(const SystemTable& table) {
  std::string text = tableMarkdown(shownTable(table));
  if (!table.notes.empty()) text += "\n";
  for (const std::string& note : table.notes) text += "* " + markdownText(note) + "\n";
  return text;
}

std::string systemLatex(const SystemTable& table) {
  std::string text = tableLatex(shownTable(table));
  for (std::string note : table.notes) {
    std::replace(note.begin(), note.end(), '\n', ' ');
    text += "% " + note + "\n";
  }
  return text;
}

std::string systemCsv(const SystemTable& table) {
  std::vector<std::string> header{"system", "title"};
  for (const SystemColumn& column : table.columns) {
    header.push_back(column.key);
    if (!isPublished(table, column)) continue;
    header.push_back("paper_" + column.key);
    if (column.comparable) header.push_back("differs_" + column.key);
  }
  std::string text = csvLine(header);
  for (const MeasuredSystem& system : table.systems) {
    std::vector<std::string> cells{system.key, system.title};
    for (const SystemColumn& column : table.columns) {
      cells.push_back(csvNumber(valueOf(system, column.key)));
      if (!isPublished(table, column)) continue;
      cells.push_back(csvNumber(publishedOf(system, column.key).value));
      if (column.comparable) cells.emplace_back(differs(system, column) ? "1" : "0");
    }
    text += csvLine(cells);
  }
  return text;
}

Figure systemFigure(const SystemTable& table) {
  ScatterPanel panel{
      "", "MACs (G)", "\u0394 MTL (%)", "Parameters (M)", {"measured here", "the paper"}, {}};
  for (const MeasuredSystem& system : table.systems) {
    // The two networks for one task are the zero of the axis; one of them stands for both.
    if (system.key == "single-task-depth") continue;
    const std::string name = system.key == "single-task-segment" ? "Single task" : system.title;
    const auto add = [&](std::size_t series, double macs, double delta, double parameters) {
      if (macs > 0 && std::isfinite(delta) && parameters > 0)
        panel.points.push_back({name, macs, delta, parameters, series});
    };
    add(0, valueOf(system, "macs_g"), valueOf(system, "delta_mtl"),
        valueOf(system, "parameters_m"));
    add(1, publishedOf(system, "macs_g").value, publishedOf(system, "delta_mtl").value,
        publishedOf(system, "parameters_m").value);
  }
  Figure figure{table.id, table.title, 174, 100, 1, {}};
  figure.panels.emplace_back(std::move(panel));
  return figure;
}

}  // namespace uninet
