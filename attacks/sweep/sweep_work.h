#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace uninet {

/// Hands out what a pass over a sweep computes: images to read, and of them the (run, image) pairs.
/// nextImage() and anotherImage() are called on the thread that reads, began(), take(), leaveOut()
/// and ended() on the one that computes, stored() on the one that writes, stop() and done() on any.
/// What they throw ends the pass.
class SweepWork {
 public:
  virtual ~SweepWork() = default;

  /// The next image to read; nullopt, also when asked again: there is no more. May wait for what
  /// others do, until stop().
  virtual std::optional<std::int64_t> nextImage() = 0;
  /// One more to be computed together with that one, without waiting; nullopt: there is none now.
  virtual std::optional<std::int64_t> anotherImage() = 0;
  /// An image was read that can be attacked.
  virtual void began(std::int64_t image, const std::string& name, const std::string& fingerprint,
                     const std::vector<std::string>& notes) = 0;
  /// Whether this pass is to compute a pair; asked right before it does.
  virtual bool take(std::int64_t run, std::int64_t image) = 0;
  /// The image's pairs, as far as they were to be taken, are computed.
  virtual void ended(std::int64_t image) = 0;
  /// A pair, which counts as `units` in progress, is in the file.
  virtual void stored(std::int64_t run, std::int64_t image, std::int64_t units) = 0;
  /// An image cannot be attacked; of its runs these have no result yet.
  virtual void leaveOut(std::int64_t image, const std::string& name, const std::string& why,
                        const std::vector<std::int64_t>& runs, std::int64_t units) = 0;
  /// Units that were stored or left out since the pass began, by all who take part in it.
  virtual std::int64_t done() = 0;
  /// nextImage() shall wait no longer.
  virtual void stop() = 0;
};

/// These images in their order, and all of their pairs: the work of a process of its own.
class OwnWork : public SweepWork {
 public:
  explicit OwnWork(std::vector<std::int64_t> images) : images_(std::move(images)) {}

  std::optional<std::int64_t> nextImage() override {
    return next_ < images_.size() ? std::optional(images_[next_++]) : std::nullopt;
  }
  std::optional<std::int64_t> anotherImage() override { return nextImage(); }
  void began(std::int64_t, const std::string&, const std::string&,
             const std::vector<std::string>&) override {}
  bool take(std::int64_t, std::int64_t) override { return true; }
  void ended(std::int64_t) override {}
  void stored(std::int64_t, std::int64_t, std::int64_t units) override { done_ += units; }
  void leaveOut(std::int64_t, const std::string&, const std::string&,
                const std::vector<std::int64_t>& runs, std::int64_t units) override {
    done_ += units * static_cast<std::int64_t>(runs.size());
  }
  std::int64_t done() override { return done_; }
  void stop() override {}

 private:
  const std::vector<std::int64_t> images_;
  std::size_t next_ = 0;
  std::atomic<std::int64_t> done_{0};
};

}  // namespace uninet
