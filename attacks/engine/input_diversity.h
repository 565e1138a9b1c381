#pragma once

#include <cstdint>
#include <functional>

#include <ATen/core/Tensor.h>

#include "attacks/engine/attack.h"
#include "attacks/engine/objective.h"
#include "core/base/random.h"

namespace uninet {

/// An image that is shrunk and lies somewhere in a frame of its former size: the transformation of
/// DI²-FGSM (Xie et al., CVPR 2019). Lengths in pixels.
struct ShrunkImage {
  std::int64_t frameHeight = 0, frameWidth = 0;
  std::int64_t height = 0, width = 0;  ///< of what is left
  std::int64_t top = 0, left = 0;

  /// One scale of 0.9 to 1 for both sides, then a place, uniform.
  static ShrunkImage draw(Random& random, std::int64_t frameHeight, std::int64_t frameWidth);

  /// [N, C, H, W], bilinear with half-pixel centres; around it `pad` [1, C, 1, 1]. Differentiable.
  at::Tensor of(const at::Tensor& pixels, const at::Tensor& pad) const;
  /// What is known of such an image: labels and depths of the nearest pixel, void around them;
  /// boxes scaled and moved. Depth values and mask codes are those of the whole image.
  Targets of(const Targets& targets) const;
};

/// For each draw the objective of the image as it is shrunk then, in `probability` of all draws;
/// otherwise, and where nothing of the objective is left, an empty function. Draws depend on the
/// pixels of the image and on the number given, on nothing else.
std::function<ImageFunction(std::uint64_t draw)> diverseInputs(const AttackInput& input,
                                                               const Objective& objective,
                                                               double probability);

}  // namespace uninet
