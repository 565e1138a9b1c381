#pragma once

#include <filesystem>
#include <string>

#include "core/results/sweep_report.h"

namespace uninet {

/// Metric ratios of every run, on stdout.
void printRatios(const SweepReport& report);
/// Writes results.csv or results.json (`format`) into a folder and says so; "" neither.
void exportReport(const SweepReport& report, const std::filesystem::path& out,
                  const std::string& format);

}  // namespace uninet
