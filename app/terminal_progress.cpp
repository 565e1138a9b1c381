#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>

#include "app/commands.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;

/// 75 → "1:15", 3725 → "1:02:05".
std::string clockText(double seconds) {
  const auto whole = static_cast<long long>(seconds + 0.5);
  char text[32];
  if (whole >= 3600)
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", whole / 3600, whole / 60 % 60,
                  whole % 60);
  else
    std::snprintf(text, sizeof text, "%lld:%02lld", whole / 60, whole % 60);
  return text;
}

std::string lineText(const std::string& what, const ProgressReport& report) {
  std::string line = what + "  " + std::to_string(report.done);
  if (report.total > 0) line += "/" + std::to_string(report.total);
  if (report.perSecond > 0 && report.elapsedSeconds > 0.5) {
    const double rate = report.perSecond;
    line +=
        rate >= 1 ? "  " + fixedText(rate, 1) + "/s" : "  " + fixedText(1 / rate, 1) + " s each";
  }
  if (report.done == report.total && report.total > 0)
    line += "  in " + clockText(report.elapsedSeconds);
  else if (report.etaSeconds >= 0)
    line += "  " + clockText(report.etaSeconds) + " left";
  if (!report.text.empty()) line += "  " + report.text;
  return line;
}

/// Shared by the copies of one Progress; ends an open line when the last one goes.
class Display {
 public:
  explicit Display(std::string what) : what_(std::move(what)), terminal_(isatty(STDERR_FILENO)) {}
  ~Display() {
    if (open_) std::fputc('\n', stderr);
  }

  void show(const ProgressReport& report) {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    const bool last = report.total > 0 && report.done >= report.total;
    const auto pause = terminal_ ? std::chrono::milliseconds(100) : std::chrono::seconds(10);
    if (!last && now - shown_ < pause) return;
    shown_ = now;
    const std::string line = lineText(what_, report);
    if (terminal_)
      std::fprintf(stderr, "\r%s\033[K%s", line.c_str(), last ? "\n" : "");
    else
      std::fprintf(stderr, "%s\n", line.c_str());
    std::fflush(stderr);
    open_ = terminal_ && !last;
  }

 private:
  std::mutex mutex_;
  std::string what_;
  bool terminal_;
  bool open_ = false;
  Clock::time_point shown_ = Clock::now();
};

}  // namespace

Progress terminalProgress(const std::string& what) {
  auto display = std::make_shared<Display>(what);
  return Progress([display](const ProgressReport& report) { display->show(report); }, &stopFlag());
}

}  // namespace uninet
