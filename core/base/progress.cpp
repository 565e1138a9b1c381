#include "core/base/progress.h"

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
  {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(begin_->mutex);
    if (total != begin_->total) {
      if (begin_->total >= 0) begin_->time = now;
      begin_->total = total;
      begin_->done = done;
    }
    state.elapsedSeconds = std::chrono::duration<double>(now - begin_->time).count();
    const auto since = static_cast<double>(done - begin_->done);
    if (since > 0 && state.elapsedSeconds > 0) state.perSecond = since / state.elapsedSeconds;
  }
  if (state.perSecond > 0 && total > 0)
    state.etaSeconds = static_cast<double>(total - done) / state.perSecond;
  callback_(state);
}

}  // namespace uninet
