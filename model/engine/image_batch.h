#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "model/engine/engine.h"

namespace uninet {

/// How many images go through a network together. The compiled plan of the processor takes one;
/// cards, and LibTorch's operations, take several, to the numbers of one by itself but for
/// rounding.
class ImageBatch {
 public:
  static constexpr std::size_t kAtMost = 64;
  /// At most this many are chosen by itself.
  static constexpr std::size_t kChosenAtMost = 8;

  /// `most` 0: one at first, then as many as the card has room for, see choose(). Throws Error if
  /// `engine` computes by a plan of the processor and several are asked for.
  ImageBatch(const Engine& engine, std::size_t most);

  /// Images of a pass.
  std::size_t most() const { return most_; }
  /// Whether choose() has still to be called.
  bool open() const { return open_; }
  /// After everything was done with one image: as many as the memory that this took leaves room
  /// for.
  void choose();

  /// Images of the greatest pass so far.
  std::size_t greatest() const { return greatest_; }

  /// Every one of `images`, [1, 3, H, W] each on the engine's device, in turn: `pass` computes
  /// those from `first` on, `count` of them, which lie in front of `batch` [n, 3, H, W]. n is
  /// most() or 1, so that no more kinds of passes are prepared: behind the last image it is
  /// repeated, and half of most() or fewer go one by one. Where memory runs out, recorded passes
  /// are given back, n is halved, for later calls too, and the pass repeated.
  using Pass = std::function<void(const at::Tensor& batch, std::size_t first, std::size_t count)>;
  void each(const std::vector<at::Tensor>& images, const Pass& pass);

 private:
  const Engine engine_;
  bool open_;
  std::size_t most_, freeBefore_ = 0, greatest_ = 1;
};

/// Engine::evaluate() of several samples.
std::vector<Engine::Evaluated> evaluateTogether(const Engine& engine,
                                                const std::vector<const Sample*>& resized,
                                                ImageBatch& batch);

}  // namespace uninet
