#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "attacks/sweep/sweep_work.h"
#include "core/base/progress.h"
#include "core/data/note_counter.h"
#include "core/results/merge.h"
#include "model/ranks/rank_store.h"

namespace uninet {

/// The share of one rank in a sweep of several. A rank draws whole images by a counter, so that
/// each is read once, and claims every pair of them right before it computes it. When all images
/// are drawn it helps others with pairs that nobody has claimed; last of all it takes those of
/// ranks that are gone: a rank counts its heart up in the store, and when that has stood still for
/// the lease, or the rank has said that it ends, its claims fall to whoever asks. A rank that was
/// only held up goes on; what both then compute is the same.
class RankedWork : public SweepWork {
 public:
  struct Job {
    int rank = 0, size = 1;
    std::chrono::milliseconds lease;
    std::int64_t images = 0, runs = 0;                         ///< runs with the clean one
    std::set<std::pair<std::int64_t, std::int64_t>> finished;  ///< pairs of earlier starts
  };

  /// Begins to count the heart; `store` has the number of open pairs, see publish(). When a stop is
  /// requested of `progress`, nextImage() waits no longer.
  RankedWork(RankStore store, Job job, const Progress& progress = {});
  /// Unless it is complete(): says that what this rank had claimed and not stored is free.
  ~RankedWork() override;
  RankedWork(const RankedWork&) = delete;
  RankedWork& operator=(const RankedWork&) = delete;

  /// Of rank 0, before any rank begins.
  static void publish(RankStore& store, const Job& job);

  std::optional<std::int64_t> nextImage() override;
  std::optional<std::int64_t> anotherImage() override;
  /// Throws Error if another rank found another fingerprint.
  void began(std::int64_t image, const std::string& name, const std::string& fingerprint,
             const std::vector<std::string>& notes) override;
  bool take(std::int64_t run, std::int64_t image) override;
  void ended(std::int64_t image) override;
  void stored(std::int64_t run, std::int64_t image, std::int64_t units) override;
  void leaveOut(std::int64_t image, const std::string& name, const std::string& why,
                const std::vector<std::int64_t>& runs, std::int64_t units) override;
  std::int64_t done() override;
  void stop() override;

  /// This rank has stored everything that it took, and nothing is left.
  void complete() { complete_ = true; }
  /// Whether every pair is stored or left out.
  bool allDone();
  /// Whether a rank has ended, been refused, or not been heard of for the lease (of a rank that has
  /// not come yet: since the first question).
  bool isGone(int rank);
  /// What all ranks found, of rank 0 at the end; in the order of images.
  NoteCounter notes();
  std::vector<LeftOutImage> leftOut();

 private:
  using Clock = std::chrono::steady_clock;
  struct Heart {
    std::int64_t count = -1;
    Clock::time_point seen;
  };

  bool wait();
  std::optional<std::int64_t> drawn();
  std::optional<std::int64_t> handedOut(std::int64_t image);
  bool isFree(const std::string& holder);
  std::int64_t openPairs(std::int64_t image) const;
  std::optional<std::int64_t> imageToHelp();
  std::optional<std::int64_t> imageOfTheGone();
  void resolved(std::int64_t image, std::int64_t units);

  RankStore store_;
  const Job job_;
  const Progress progress_;
  const std::string me_;
  std::vector<std::int64_t> open_;  ///< pairs of each image that earlier starts left

  // Of the thread that reads.
  bool drawn_ = false;                         ///< the counter has no image left
  std::set<std::int64_t> claimed_, resolved_;  ///< images whose pairs all are
  Clock::time_point searched_;                 ///< for pairs of ranks that are gone

  // Of the thread that computes.
  std::set<std::pair<std::int64_t, std::int64_t>> taken_;
  std::set<std::int64_t> took_;  ///< images in hand of which it took something
  bool complete_ = false;

  std::mutex mutex_;  ///< of what follows
  std::condition_variable changed_;
  bool stop_ = false;
  std::int64_t handedOut_ = 0, ended_ = 0;
  std::set<std::int64_t> barren_;  ///< images of which there was nothing to take
  std::map<int, Heart> hearts_;
  std::thread heart_;
};

}  // namespace uninet
