#pragma once

#include <limits>
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

/// Matches detections of a score of at least `scoreThreshold` by overlap (IoU of boxes ≥ 0.5):
/// first pairs of the same class, then of any class; the greatest overlap first, ties by score.
/// Objects of the ground truth (crowds left out) take the pair or single detection that they
/// overlap, by the same rule. The order: clean by score, new ones by score, unseen ones. The number
/// is the index in the clean prediction, beyond its detections that in the attacked one, beyond
/// both that in the ground truth: it does not depend on the threshold. `attacked` and `truth` may
/// be null.
std::vector<ObjectMatch> matchObjects(const Prediction& clean, const Prediction* attacked,
                                      const Sample* truth, double scoreThreshold);

/// ObjectMatch::number of each attacked detection; of those below the threshold, as if it were new.
std::vector<int> attackedNumbers(const std::vector<ObjectMatch>& matches, const Prediction& clean,
                                 const Prediction& attacked);

/// One side of an object in numbers; NaN: not there or not predicted.
struct ObjectNumbers {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::string className;                                 ///< of the table; empty: not there
  double score = kNone;                                  ///< 0 to 1
  double width = kNone, height = kNone, aspect = kNone;  ///< network pixels, width / height
  double depthMetres = kNone;      ///< median of the depth map over the mask, else over the box
  double instDepthMetres = kNone;  ///< of the object's own output
  double maskIou = kNone;          ///< with the mask of the truth; for the truth itself 1
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
