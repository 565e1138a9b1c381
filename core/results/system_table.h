#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/results/figures.h"
#include "core/results/published.h"

namespace uninet {

/// What a table of networks says of each of them.
struct SystemColumn {
  std::string key;    ///< of MeasuredSystem::values and PublishedRow
  std::string title;  ///< with its unit
  int digits = 2;     ///< after the point, of ours
  /// Whether our number and the paper's should be the same: not where they come from different
  /// machines.
  bool comparable = true;
};

/// One row.
struct MeasuredSystem {
  std::string key, title;
  std::map<std::string, double> values;  ///< missing or NaN: not measured
  PublishedRow published;
};

struct SystemTable {
  std::string id, title;  ///< id is part of the files' names
  std::vector<SystemColumn> columns;
  std::vector<MeasuredSystem> systems;
  std::vector<std::string> notes;  ///< sentences that stand below it
};

/// Keys: miou ap_box ap_mask (%), depth_rmse_m, depth_rmse_80 (that times 80), inst_depth_l1_m,
/// macs_g, parameters_m, fps, fps_plan, joules, memory_mb, delta_mtl (%).
std::vector<SystemColumn> table1Columns(bool nyuv2);
std::vector<SystemColumn> table2Columns();

/// Fills in delta_mtl of every system with mIoU and RMSE (metrics §6) against the rows
/// "single-task-segment" and "single-task-depth", if both are measured.
void addDeltas(SystemTable& table);

/// Our numbers and beside them those of the paper, where it has any; a number that should be the
/// paper's and is another one, rounded as there, is marked with ≠.
Table shownTable(const SystemTable& table);
std::string systemMarkdown(const SystemTable& table);
std::string systemLatex(const SystemTable& table);
/// Without rounding, a column for each number of ours and each of the paper, and `differs` where
/// shownTable() has its mark.
std::string systemCsv(const SystemTable& table);

/// Δ against MACs, area = parameters: what was measured here, and the paper.
Figure systemFigure(const SystemTable& table);

}  // namespace uninet
