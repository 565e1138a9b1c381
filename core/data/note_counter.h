#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace uninet {

/// Collects the notes of frames over a run: what is silently assumed or missing, and of how many
/// images. Notes count as the same up to their first ": ", behind which stands what is of one
/// frame.
class NoteCounter {
 public:
  struct Entry {
    std::string note;  ///< "no ground truth for objects"
    std::size_t images = 0;
    std::string first;  ///< name of the first image that it concerns
  };

  void add(const std::string& image, const std::vector<std::string>& notes);

  std::size_t images() const { return images_; }
  /// In the order in which they came.
  const std::vector<Entry>& entries() const { return entries_; }
  /// "no ground truth for objects: 1 of 2 images (first: berlin_000001)", one for each entry.
  std::vector<std::string> lines() const;

 private:
  std::size_t images_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace uninet
