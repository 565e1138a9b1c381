#pragma once

#include "model/cuda/host_device.h"
#include "model/cuda/suppress.h"

/// What a thread and the block of the kernels of suppress.h do.
namespace uninet::cuda {

UNINET_HOST_DEVICE inline float lesser(float a, float b) { return b < a ? b : a; }
UNINET_HOST_DEVICE inline float greater(float a, float b) { return a < b ? b : a; }

UNINET_HOST_DEVICE inline float areaOf(float x0, float y0, float x1, float y1) {
  return greater(x1 - x0, 0) * greater(y1 - y0, 0);
}

/// iou() (core/base/geometry.h).
UNINET_HOST_DEVICE inline float overlapOf(const ScoredBox& a, const ScoredBox& b) {
  const float both =
      areaOf(greater(a.x0, b.x0), greater(a.y0, b.y0), lesser(a.x1, b.x1), lesser(a.y1, b.y1));
  const float either = areaOf(a.x0, a.y0, a.x1, a.y1) + areaOf(b.x0, b.y0, b.x1, b.y1) - both;
  return either > 0 ? both / either : 0;
}

UNINET_HOST_DEVICE inline int wordsOfRow(const SuppressTask& task) {
  return (task.count + 63) / 64;
}

/// Over the words of all boxes: bit k of word w of box i says that i, if kept, removes box 64 w +
/// k.
struct CoveredPairs {
  SuppressTask task;
  std::uint64_t* covered;

  UNINET_HOST_DEVICE void operator()(const Stride& stride) const {
    const int words = wordsOfRow(task);
    for (std::int64_t at = stride.first; at < stride.end; at += stride.step) {
      const int i = static_cast<int>(at / words), first = static_cast<int>(at % words) * 64;
      const int end = first + 64 < task.count ? first + 64 : task.count;
      const ScoredBox box = task.boxes[i];
      std::uint64_t bits = 0;
      for (int j = first > i ? first : i + 1; j < end; ++j)
        if (task.boxes[j].classId == box.classId && overlapOf(box, task.boxes[j]) > task.threshold)
          bits |= std::uint64_t{1} << (j - first);
      covered[at] = bits;
    }
  }
};

/// The greedy pass by the threads of one block: `block` has thread(), threads() and sync().
/// `removed`: a bit for each box.
struct KeepGreedily {
  SuppressTask task;
  const std::uint64_t* covered;
  std::uint64_t* removed;
  int* kept;
  int* keptCount;

  template <class Block>
  UNINET_HOST_DEVICE void operator()(const Block& block) const {
    const int words = wordsOfRow(task);
    for (int w = block.thread(); w < words; w += block.threads()) removed[w] = 0;
    block.sync();
    int found = 0;
    float last = 0;  // score of the one that fills the limit
    for (int i = 0; i < task.count; ++i) {
      const float score = task.boxes[i].score;
      if (found >= task.limit && score < last) break;
      const bool gone = (removed[i / 64] >> (i % 64) & 1) != 0;
      if (gone) continue;
      if (block.thread() == 0) kept[found] = i;
      if (++found == task.limit) last = score;
      block.sync();  // all have read what now changes
      const std::uint64_t* const row = covered + static_cast<std::int64_t>(i) * words;
      for (int w = i / 64 + block.thread(); w < words; w += block.threads()) removed[w] |= row[w];
      block.sync();
    }
    if (block.thread() == 0) *keptCount = found;
  }
};

/// The passes; `grid` is a Grid (launch.cuh), or in the tests loops.
template <class Grid>
void suppressOn(const Grid& grid, const SuppressTask& task, std::uint64_t* words, int* kept,
                int* keptCount) {
  const std::int64_t pairs = static_cast<std::int64_t>(task.count) * wordsOfRow(task);
  grid.each(CoveredPairs{task, words}, pairs);
  grid.oneBlock(KeepGreedily{task, words, words + pairs, kept, keptCount});
}

}  // namespace uninet::cuda
