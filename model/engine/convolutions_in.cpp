#include "model/engine/convolutions_in.h"

#include <ATen/Context.h>

#include <condition_variable>
#include <mutex>

#include "model/engine/engine.h"

namespace uninet {
namespace {

struct Switch {
  std::mutex turn;  ///< held while one waits, so that nobody comes before it
  std::mutex mutex;
  std::condition_variable free;
  int holders = 0;
  bool tf32 = false;
};

Switch& theSwitch() {
  static Switch one;
  return one;
}

void acquire(bool tf32) {
  Switch& s = theSwitch();
  const std::lock_guard turn(s.turn);
  std::unique_lock lock(s.mutex);
  s.free.wait(lock, [&] { return s.holders == 0 || s.tf32 == tf32; });
  s.tf32 = tf32;
  ++s.holders;
  at::globalContext().setAllowTF32CuDNN(tf32);
}

void release() {
  Switch& s = theSwitch();
  const std::lock_guard lock(s.mutex);
  if (--s.holders == 0) s.free.notify_all();
}

/// How this thread has it; nullopt: not at all.
thread_local std::optional<bool> t_held;

}  // namespace

ConvolutionsIn::ConvolutionsIn(const Engine& engine)
    : ConvolutionsIn(engine.device() == "cpu" ? std::nullopt
                                              : std::optional(engine.gradientsInTf32())) {}

ConvolutionsIn::ConvolutionsIn(std::optional<bool> tf32) : tf32_(tf32), outer_(t_held) {
  if (!tf32_ || outer_ == tf32_) return;
  if (outer_) release();
  acquire(*tf32_);
  t_held = tf32_;
}

ConvolutionsIn::~ConvolutionsIn() {
  if (!tf32_ || outer_ == tf32_) return;
  release();
  if (outer_) acquire(*outer_);
  t_held = outer_;
}

}  // namespace uninet
