#pragma once

#include <vector>

#include "model/losses/losses.h"

namespace uninet {

/// Loss of each earlier prediction (zoo, training details; losses §12), in their order: class
/// balanced cross entropy, root mean square of depth, balanced binary cross entropy of contours,
/// L1 of normals. Contours and normals are those of the data set, or follow from labels and depth
/// in an image without. Undefined where nothing is known of an image. The released trainer casts
/// the normals of PAD-Net to whole numbers and takes those of unknown depth for known ones; here
/// they stay what they are, and unknown ones are left out.
std::vector<at::Tensor> earlierLosses(const RawOutputs& outputs, const Targets& targets,
                                      const BatchShare& share = wholeBatch());

/// Where labels change: [N, H, W] int64 → [N, 1, H, W] float 0 or 1, 1 where the greatest and the
/// least label of 3×3 pixels differ. Ignored pixels count as a label.
at::Tensor contourTarget(const at::Tensor& labels);

struct Normals {
  at::Tensor vectors;  ///< [N, 3, H, W] unit vectors, x right, y down, z away from the camera
  at::Tensor known;    ///< [N, 1, H, W] bool: depth is known in 3×3 pixels
};
/// Surface normals of depth [N, 1, H, W] (≤ 0 unknown, any unit) along the rays of the pinholes:
/// cross product of the two Sobel gradients of the points.
Normals normalsOfDepth(const at::Tensor& depth, const std::vector<Pinhole>& pinholes);

}  // namespace uninet
