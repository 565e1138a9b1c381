#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include "core/metrics/metrics.h"
#include "core/results/image_facts.h"

namespace uninet {

/// One entry of a plan. Run 0 is the clean one.
struct StoredRun {
  std::int64_t id = 0;
  std::string attack;   ///< registry key; empty: clean
  std::string options;  ///< JSON of every option
  std::string title;    ///< as tables and legends name it
  /// The options that are not the attack's default, as text.
  std::map<std::string, std::string> changed{};
};

/// Value of an option of a run as text, e.g. "1", "depth"; "" if it has none.
std::string optionOf(const StoredRun& run, const std::string& key);

/// Two classes that a run on detection swaps.
struct SwappedPair {
  std::string first, second;

  /// Kind of its pictures in the store: "person+car".
  std::string pictureKind() const { return first + "+" + second; }
};
std::optional<SwappedPair> swappedPair(const StoredRun& run);

/// Variant of the measures that another arithmetic found for the same run and image.
inline constexpr const char* kOtherArithmetic = "other arithmetic";

/// What one run found on one image.
struct StoredResult {
  std::int64_t run = 0, image = 0;
  std::string skipped;  ///< why nothing was measured; empty: it was
  ImageFacts facts;
  /// "" is the attacked image; others are what a measure of its own made of it.
  std::map<std::string, ImageMeasures> measures;
  std::map<std::string, cv::Mat> pictures;  ///< CV_8UC3 RGB, for figures
};

/// The results of a sweep: one SQLite file. It holds, for each run and image, the sums from which
/// every dataset-level number is computed exactly. Each put() is a transaction: what it returned
/// from survives a killed process. While it is written, one program holds it (a lock file beside
/// it says which); others may read. Once closed it is a plain file that a read-only folder can
/// hold. Throws Error naming the file: in use, locked, read-only, full disk, no database, of
/// another version. Used by one thread at a time.
class ResultStore {
 public:
  static constexpr const char* kVersion = "2";

  /// How a file is written: with a log beside it, which readers do not hold up; or plainly, which
  /// also works on disks that several machines share. Readers then wait for the one who writes.
  enum class Journal { log, plain };

  /// Creates the file with these runs, or goes on with one that was made from the same `identity`
  /// (checkpoint, data, plan: name → value) and refuses any other, naming what differs. `facts` are
  /// kept beside it and not compared. What has no "shard" in its identity does not go on with a
  /// file that has.
  static ResultStore create(const std::filesystem::path& file,
                            const std::map<std::string, std::string>& identity,
                            const std::map<std::string, std::string>& facts,
                            const ClassTable& classes, const std::vector<StoredRun>& runs,
                            Journal journal = Journal::log);
  /// Opens for reading: what is there now, whatever is written meanwhile.
  static ResultStore open(const std::filesystem::path& file);
  /// Opens for reading a file that nobody writes any more, after having made whole what a killed
  /// program left. Throws Error if a program still holds it.
  static ResultStore openFinished(const std::filesystem::path& file);

  ResultStore(ResultStore&&) noexcept;
  ResultStore& operator=(ResultStore&&) noexcept;
  ~ResultStore();

  /// Identity and facts.
  const std::map<std::string, std::string>& about() const;
  const std::vector<StoredRun>& runs() const;
  /// Of the network whose results these are.
  const Classes& classes() const;

  /// How long a write waits for another program that holds the file; 5 s unless told.
  void setBusyTimeout(int milliseconds);
  /// Registers an image; refuses one whose fingerprint is another than before.
  void addImage(std::int64_t image, const std::string& name, const std::string& fingerprint);
  /// Replaces what was there.
  void put(const StoredResult& result);
  /// Takes over the results that another store holds of an image and this one does not, or not with
  /// all of their pictures, in one transaction, as they stand there. Returns their number. Throws
  /// Error if the image is another one.
  std::size_t copy(const ResultStore& from, std::int64_t image);

  /// What the file says of its own making; not part of about(). "" if nothing.
  std::string remark(const std::string& key) const;
  void setRemark(const std::string& key, const std::string& value);

  /// (run, image) pairs that are there.
  std::set<std::pair<std::int64_t, std::int64_t>> finished() const;
  /// image → fingerprint.
  std::map<std::int64_t, std::string> fingerprints() const;
  /// image → name, in order.
  std::map<std::int64_t, std::string> images() const;
  /// Measured images of a run, in order.
  std::map<std::int64_t, ImageMeasures> measures(std::int64_t run,
                                                 const std::string& variant = {}) const;
  /// Those of the measured images.
  std::map<std::int64_t, ImageFacts> facts(std::int64_t run) const;
  /// image → reason.
  std::map<std::int64_t, std::string> skipped(std::int64_t run) const;
  /// Images of which a run has this picture.
  std::vector<std::int64_t> imagesWithPicture(std::int64_t run, const std::string& kind) const;
  cv::Mat picture(std::int64_t run, std::int64_t image, const std::string& kind) const;

 private:
  struct State;
  explicit ResultStore(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace uninet
