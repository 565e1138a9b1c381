#pragma once

#include <cstddef>
#include <cstdint>

#include "model/cuda/stream.h"

/// The class-wise suppression of decodeDetections() (model/engine/decode.h) on the card, with equal
/// results: a bit for each pair of candidates, then one pass over them in one block. All pointers
/// are the card's. Errors: failure.h.
namespace uninet::cuda {

struct ScoredBox {
  float x0, y0, x1, y1;
  int classId;
  float score;
};

struct SuppressTask {
  const ScoredBox* boxes = nullptr;  ///< score falling
  int count = 0;
  double threshold = 0;  ///< the later of two boxes of a class with a greater IoU goes
  int limit = 0;         ///< at least 1; boxes with the score of the last one are kept as well
};

/// Words that a call needs place for: a bit for each pair, and one for each box.
inline std::size_t suppressWords(int count) {
  const auto boxes = static_cast<std::size_t>(count);
  return (boxes + 1) * ((boxes + 63) / 64);
}

/// `kept` has place for `count` indices; *keptCount says how many are.
void suppress(const SuppressTask& task, std::uint64_t* words, int* kept, int* keptCount,
              Stream stream);

}  // namespace uninet::cuda
