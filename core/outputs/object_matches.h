#pragma once

#include <string>
#include <vector>

#include "core/data/sample.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// What an attack did to one object.
enum class ObjectChange {
  same,
  moved,    ///< IoU of its boxes below 0.75
  renamed,  ///< another class
  lost,     ///< only in the clean prediction
  fresh,    ///< only in the attacked one
  unseen,   ///< only in the ground truth
};

/// One object of a scene in the clean prediction, the attacked one and the ground truth. −1: not
/// there. The colour of instanceColour(number) is its own everywhere.
struct ObjectMatch {
  int number = 0;
  int clean = -1, attacked = -1;  ///< index in Prediction::detections
  int truth = -1;                 ///< index in Sample::instances
  ObjectChange change = ObjectChange::same;
};

/// Matches by overlap (IoU of boxes ≥ 0.5): first pairs of the same class, then of any class; the
/// greatest overlap first, ties by score. Each prediction counts from `scoreThreshold` upwards, in
/// one of the two; crowds are left out. The order: clean by score, new ones, unseen ones.
/// `attacked` and `truth` may be null.
std::vector<ObjectMatch> matchObjects(const Prediction& clean, const Prediction* attacked,
                                      const Sample* truth, double scoreThreshold);

/// One side of an object in numbers; NaN: not there or not predicted.
struct ObjectNumbers {
  std::string className;                ///< of the table; empty: not there
  double score, width, height, aspect;  ///< network pixels, width / height
  double depthMetres;      ///< median of the depth map over the mask, or the box without one
  double instDepthMetres;  ///< of the object's own output
  double maskIou;          ///< with the mask of the truth; for the truth itself 1
  Box box;
};
/// One row per object.
struct ObjectRow {
  ObjectMatch match;
  ObjectNumbers clean, attacked, truth;
};
std::vector<ObjectRow> objectRows(const std::vector<ObjectMatch>& matches, const Prediction& clean,
                                  const Prediction* attacked, const Sample* truth);

}  // namespace uninet
