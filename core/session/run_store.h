#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "core/metrics/metrics.h"
#include "core/results/image_facts.h"
#include "core/session/session.h"

namespace uninet {

/// One attack on one image, with everything that is needed to show, compare and repeat it, but its
/// pictures.
struct KeptRun {
  std::int64_t id = 0;               ///< given by the store, from 1, never used again
  std::string name, note;            ///< of a person; an empty name: made from what differs
  bool pinned = false;               ///< never removed to make room
  std::string time;                  ///< UTC, "2026-11-25T13:17:45Z"
  std::string data, image;           ///< Dataset::title() and the name of the image
  std::string imageFingerprint;      ///< fingerprint() of the frame
  std::string network, networkHash;  ///< Engine::title() and identity()
  /// The same two of the network that the image was attacked on, where `network` only measured it
  /// ("transfer"); empty: `network` itself was attacked.
  std::string attackedOn, attackedOnHash;
  Session::Network networkFrom;  ///< where they came from; kind none: not known
  Session::Data dataFrom;
  std::string attack;    ///< registry key
  std::string options;   ///< JSON of every option
  std::string preset;    ///< that it was run with, unchanged; empty: none
  std::string region;    ///< as parseRegion() takes it
  bool stopped = false;  ///< facts says at which iteration
  ImageFacts facts;      ///< iterations, norms, seed, diagnostics, shapes, seconds
  Classes classes = cityscapesClasses();
  ImageMeasures clean, attacked;
  std::string manifest;  ///< report.json of the run on one line
};

/// The runs of a session: one SQLite file. Each change is a transaction: what returned survives a
/// killed process. Several programs may read and add at once (the window, `uninet attack
/// --session`). Throws Error naming the file: locked, read-only, full disk, no database, of another
/// version. Used by one thread at a time.
class RunStore {
 public:
  static constexpr const char* kVersion = "1";

  /// Made if it is not there.
  static RunStore open(const std::filesystem::path& file);
  RunStore(RunStore&&) noexcept;
  RunStore& operator=(RunStore&&) noexcept;
  ~RunStore();

  const std::filesystem::path& file() const;
  /// How long a change waits for another program that holds the file; 5 s unless told.
  void setBusyTimeout(int milliseconds);
  /// Its id. `attacked` is the image that was measured, `clean` the network input it came from;
  /// CV_8UC3 RGB, kept exactly; a picture that several runs share is kept once.
  std::int64_t add(const KeptRun& run, const cv::Mat& clean, const cv::Mat& attacked);
  /// Those that are not removed, in the order in which they were added. A row that cannot be read
  /// is left out with a sentence in `damaged`; without that it throws Error.
  std::vector<KeptRun> runs(std::vector<std::string>* damaged = nullptr) const;
  /// nullopt: there is none, or it was removed.
  std::optional<KeptRun> run(std::int64_t id) const;
  /// Also of a removed run. Throw Error if it is gone.
  cv::Mat attackedImage(std::int64_t id) const;
  cv::Mat cleanImage(std::int64_t id) const;
  /// 96×48 at most, of the attacked image.
  cv::Mat thumbnail(std::int64_t id) const;

  /// Throw Error if it is gone.
  void rename(std::int64_t id, const std::string& name);
  void setNote(std::int64_t id, const std::string& note);
  void setPinned(std::int64_t id, bool pinned);
  /// `networkFrom` and `dataFrom` of the run with its id.
  void setOrigin(const KeptRun& run);
  /// Hides it from runs() until restore(); purge() makes it final.
  void remove(std::int64_t id);
  void restore(std::int64_t id);
  /// Deletes for good what was removed; no trace of it is left in the file.
  void purge();

  /// Of pictures and rows that are kept, removed ones included.
  std::uint64_t bytes() const;
  /// Deletes for good removed runs, then the oldest that are not pinned, until at most `budget`
  /// bytes are kept; the newest run stays. Returns the ids of those deleted that were visible.
  std::vector<std::int64_t> makeRoom(std::uint64_t budget);
  /// Changes when another program, or another RunStore of this one, has changed the file.
  std::int64_t dataVersion() const;
  /// Writes a consistent copy of what is there now, which must not exist yet.
  void copyTo(const std::filesystem::path& file) const;

 private:
  struct State;
  explicit RunStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace uninet
