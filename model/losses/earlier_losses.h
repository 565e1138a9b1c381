#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/losses/losses.h"

namespace uninet {

/// The last of the earlier predictions of a task: of auxiliary tasks the final one, which is drawn
/// and attacked by the name of the task. nullptr: there is none.
const EarlierOutput<at::Tensor>* lastEarlier(const RawOutputs& outputs, Task task);
/// Vectors [N, 3, H, W] to length 1, the length of a prediction has no meaning.
at::Tensor unitVectors(const at::Tensor& map);

/// Why there is nothing to take a loss of this task's earlier predictions from; empty: there is.
std::string missingEarlierTarget(Task task, const Targets& targets);

/// The loss of an earlier prediction as a function of it, for one set of targets: contours and
/// normals are made once. See earlierLosses(). One thread at a time.
class EarlierLossFunction {
 public:
  /// `share` is used as long as this.
  explicit EarlierLossFunction(Targets targets, const BatchShare& share = wholeBatch());
  ~EarlierLossFunction();
  /// 0-dim; undefined: nothing is known of it.
  at::Tensor operator()(const EarlierOutput<at::Tensor>& output) const;

 private:
  class Truth;
  Targets targets_;
  const BatchShare& share_;
  mutable std::unique_ptr<Truth> truth_;  ///< on the device of the last output
};

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
