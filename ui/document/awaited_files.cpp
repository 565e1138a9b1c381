#include "ui/document/awaited_files.h"

#include <algorithm>
#include <utility>

namespace uninet {
namespace {

constexpr int kLookMs = 2000;

std::filesystem::path firstGone(const AwaitedFiles::Paths& files) {
  std::error_code error;
  const auto gone = std::ranges::find_if(
      files, [&](const auto& file) { return !std::filesystem::exists(file, error); });
  return gone == files.end() ? std::filesystem::path() : *gone;
}

}  // namespace

AwaitedFiles::AwaitedFiles(QObject* parent) : QObject(parent) {
  pool_.setMaxThreadCount(1);
  timer_.setSingleShot(true);
  timer_.setInterval(kLookMs);
  connect(&timer_, &QTimer::timeout, this, [this] { ask(false); });
}

AwaitedFiles::~AwaitedFiles() { pool_.waitForDone(); }

void AwaitedFiles::look(Paths files, Calls calls) {
  stop();
  if (files.empty()) {
    calls.there();
    return;
  }
  files_ = std::move(files);
  calls_ = std::move(calls);
  ask(true);
}

void AwaitedFiles::stop() {
  ++generation_;
  timer_.stop();
}

void AwaitedFiles::ask(bool first) {
  pool_.start([this, files = files_, first, generation = generation_] {
    // The destructor waits for this thread; an event for a deleted receiver is dropped.
    QMetaObject::invokeMethod(
        this,
        [this, gone = firstGone(files), first, generation] {
          if (generation == generation_) answer(gone, first);
        },
        Qt::QueuedConnection);
  });
}

void AwaitedFiles::answer(const std::filesystem::path& gone, bool first) {
  const Calls calls = calls_;  // a call may begin to wait for other files
  const int generation = generation_;
  if (!gone.empty()) {
    timer_.start();
    if (first) calls.gone(gone);
  } else if (first) {
    stop();
    calls.there();
  } else if (!calls.back()) {
    timer_.start();
  } else if (generation == generation_) {
    stop();
  }
}

}  // namespace uninet
