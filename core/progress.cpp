#include "core/progress.h"

namespace uninet {

void Progress::step(std::int64_t done, std::int64_t total, std::string_view text) const {
  if (stopRequested()) throw Cancelled();
  report(done, total, text);
}

void Progress::report(std::int64_t done, std::int64_t total, std::string_view text) const {
  if (!callback_) return;
  ProgressReport state;
  state.done = done;
  state.total = total;
  state.text = text;
  state.elapsedSeconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  if (done > 0 && total > 0)
    state.etaSeconds =
        state.elapsedSeconds / static_cast<double>(done) * static_cast<double>(total - done);
  callback_(state);
}

}  // namespace uninet
