#include "core/results/published.h"

#include <cmath>

#include "core/base/numbers.h"

namespace uninet {
namespace {

struct Row1 {
  const char* system;
  double miou, rmse, macs, parameters, fps, joules, delta;
};

constexpr Row1 kCityscapes[] = {
    {"single-task-segment", 64.96, 5.802, 35, 20, 73, 2.6, 0},
    {"single-task-depth", 64.96, 5.802, 35, 20, 73, 2.6, 0},
    {"mtl-baseline", 65.14, 5.890, 37, 25, 67, 2.8, -0.62},
    {"pad-net-aux", 73.86, 5.680, 300, 23, 16, 3.7, 7.90},
    {"pad-net", 73.47, 5.630, 137, 18, 27, 3.1, 8.03},
    {"mti-net-aux", 76.68, 5.129, 433, 99, 10, 5.0, 14.82},
    {"mti-net", 75.90, 5.163, 235, 53, 19, 3.9, 3.93},
    {"cross-stitch", 65.31, 5.743, 69, 40, 36, 3.4, 0.78},
    {"mtan", 65.70, 5.862, 42, 26, 51, 3.8, 0.05},
    {"uninet", 74.49, 5.379, 37, 18, 48, 3.5, 10.98},
};
constexpr Row1 kNyuv2[] = {
    {"single-task-segment", 40.59, 50.27, 20, 20, 121, 2.0, 0},
    {"single-task-depth", 40.59, 50.27, 20, 20, 121, 2.0, 0},
    {"mtl-baseline", 40.33, 48.51, 22, 25, 109, 2.2, 1.43},
    {"pad-net-aux", 38.95, 52.81, 176, 23, 24, 3.3, -4.55},
    {"pad-net", 38.03, 53.90, 80, 18, 45, 2.9, -6.76},
    {"mti-net-aux", 43.27, 45.43, 254, 99, 13, 4.8, 8.12},
    {"mti-net", 42.50, 46.63, 137, 53, 23, 3.9, 5.97},
    {"cross-stitch", 40.09, 48.49, 41, 40, 59, 4.0, 1.15},
    {"mtan", 40.04, 48.34, 25, 26, 81, 2.9, 1.24},
    {"uninet", 40.90, 47.08, 22, 18, 81, 2.9, 3.55},
};

struct Cell2 {
  const char *system, *column;
  double value, spread;
};
constexpr Cell2 kTable2[] = {
    {"five-tasks", "ap_box", 38.93, 0.14},
    {"od", "ap_box", 38.28, 0.72},
    {"od-is", "ap_box", 38.41, 0.35},
    {"od-id", "ap_box", 37.85, 0.24},
    {"five-tasks", "miou", 73.85, 0.15},
    {"ss", "miou", 74.68, 0.37},
    {"ss-d", "miou", 74.49, 0.43},
    {"five-tasks", "ap_mask", 22.96, 0.09},
    {"od-is", "ap_mask", 23.72, 0.16},
    {"five-tasks", "depth_rmse_m", 5.52, 0.02},
    {"d", "depth_rmse_m", 5.26, 0.01},
    {"ss-d", "depth_rmse_m", 5.38, 0.02},
    {"five-tasks", "inst_depth_l1_m", 8.29, 0.07},
    {"od-id", "inst_depth_l1_m", 8.25, 0.27},
};

}  // namespace

std::string Published::text() const {
  if (!std::isfinite(value)) return {};
  std::string text = fixedText(value, digits);
  if (std::isfinite(spread)) text += " \u00b1 " + fixedText(spread, digits);
  return text;
}

bool Published::differsFrom(double ours) const {
  return std::isfinite(ours) && std::isfinite(value) &&
         fixedText(ours, digits) != fixedText(value, digits);
}

PublishedRow publishedTable1(const std::string& system, const std::string& classes) {
  const bool nyuv2 = classes == "nyuv2";
  if (!nyuv2 && classes != "cityscapes") return {};
  for (const Row1& row : nyuv2 ? kNyuv2 : kCityscapes) {
    if (system != row.system) continue;
    PublishedRow found{{"macs_g", {row.macs, 0}},
                       {"parameters_m", {row.parameters, 0}},
                       {"fps", {row.fps, 0}},
                       {"joules", {row.joules, 1}},
                       {"delta_mtl", {row.delta, 2}}};
    if (system != "single-task-depth") found["miou"] = {row.miou, 2};
    if (system != "single-task-segment") {
      if (nyuv2)
        found["depth_rmse_80"] = {row.rmse, 2};
      else
        found["depth_rmse_m"] = {row.rmse, 3};
    }
    return found;
  }
  return {};
}

PublishedRow publishedTable2(const std::string& system) {
  PublishedRow found;
  for (const Cell2& cell : kTable2)
    if (system == cell.system) found[cell.column] = {cell.value, 2, cell.spread};
  return found;
}

}  // namespace uninet
