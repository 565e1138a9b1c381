#include "app/sweep_output.h"

#include <cmath>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/numbers.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

std::string cell(const Estimate& e) {
  if (!std::isfinite(e.value)) return "\u2013";
  std::string text = fixedText(e.value, 3);
  if (std::isfinite(e.low))
    text += concat(" [", fixedText(e.low, 3), ", ", fixedText(e.high, 3), "]");
  return text;
}

}  // namespace

void printRatios(const SweepReport& report) {
  std::printf("%-44s %6s", "metric ratio [95 %]", "images");
  for (const TaskInfo& task : tasks()) std::printf("  %-22s", task.shortName);
  std::printf("\n");
  for (const RunReport& run : report.runs) {
    std::printf("%-44s %6zu", run.run.title.c_str(), run.images);
    for (const TaskInfo& task : tasks()) {
      const std::string text = cell(run.metric(task.metricKey).ratio);
      std::printf("  %-22s", text.c_str());
    }
    std::printf("\n");
    if (!run.skipped.empty())
      std::printf("  %zu image(s) skipped: %s\n", run.skipped.size(),
                  run.skipped.begin()->second.c_str());
    if (run.warnings > 0) std::printf("  %zu warning(s) of the diagnostics\n", run.warnings);
  }
}

void exportReport(const SweepReport& report, const std::filesystem::path& out,
                  const std::string& format) {
  if (format.empty()) return;
  const std::filesystem::path target = out / ("results." + format);
  writeTextFile(target, format == "csv" ? reportCsv(report) : reportJson(report));
  std::printf("written to %s\n", target.c_str());
}

}  // namespace uninet
