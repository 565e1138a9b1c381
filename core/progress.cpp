#include "core/progress.h"

namespace uninet {

void Progress::step(std::int64_t done, std::int64_t total, std::string_view text) const {
  if (stopRequested()) throw Cancelled();
  if (!callback_) return;
  ProgressReport report;
  report.done = done;
  report.total = total;
  report.text = text;
  report.elapsedSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (done > 0 && total > 0)
    report.etaSeconds =
        report.elapsedSeconds / static_cast<double>(done) * static_cast<double>(total - done);
  callback_(report);
}

}  // namespace uninet
