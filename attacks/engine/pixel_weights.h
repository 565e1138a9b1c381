#pragma once

#include <ATen/core/Tensor.h>

#include "attacks/engine/objective.h"
#include "core/data/weighted_objectives.h"

namespace uninet {

/// A label map that the logits of an image are compared with, and what its pixels count for. All
/// maps [1, H, W]. Weights are those of the moment, they are not differentiated.
struct WeighedLabels {
  at::Tensor labels;  ///< int64, −1 void: no part of anything
  PixelWeights weights = PixelWeights::alike;
  bool towards = false;   ///< the labels are a target that is approached, not a truth that is left
  at::Tensor fixed = {};  ///< weights that do not change; undefined: 1
  double gate = 1;        ///< pixels at their label that is more probable than this count 0
};

/// value = Σ fixed · CE / n over the n pixels that are not void, without class weights; what is
/// differentiated has the changing weights as well. SegPGD: 1 − λ where the greatest logit is the
/// label's and λ elsewhere, the other way round towards a target; λ = half the share of steps that
/// are done. CosPGD: the cosine of softmax and label, 1 minus it towards a target.
/// `logits` [1, C, H, W].
ObjectiveValue weighedCrossEntropy(const at::Tensor& logits, const WeighedLabels& target);

/// value = Σ (p − t)² / n over the pixels with t > 0; differentiated with the weights
/// cos((p̂, 1 − p̂), (t̂, 1 − t̂)), where p̂ = p / farthest within 0 and 1. The authors' form for one
/// channel has a weight of 1 everywhere. Both [1, 1, H, W].
ObjectiveValue cosPgdOfDepth(const at::Tensor& predicted, const at::Tensor& target,
                             double farthest);

}  // namespace uninet
