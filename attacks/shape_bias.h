#pragma once

#include <string>
#include <vector>

#include "core/prediction.h"
#include "core/sample.h"
#include "model/engine.h"

namespace uninet {

/// A box as the shape-bias measures see it.
struct Shape {
  int classId = 0;  ///< predicted, 1..8; 0: nothing was found
  double score = 0;
  double width = 0, height = 0;  ///< network pixels

  double aspect() const { return width / height; }
};

/// The detections of one physical object before and after an attack: of the ground truth's object
/// (IoU at least 0.5 with its box, the greatest one), whatever class they have.
struct ObjectShape {
  int classId = 0;  ///< of the object
  Shape clean, attacked;
};

/// One head location before NMS: the box that it regresses and its likeliest class.
struct LocationShape {
  int classId = 0;  ///< assigned to the location (losses §1)
  Shape clean, attacked;
};

/// What tells a selection effect (NMS keeps other boxes) from a regression effect (the box at a
/// location changes), attacks §5.
struct ShapeRecord {
  std::vector<ObjectShape> objects;
  std::vector<LocationShape> locations;
};

/// `sample` at network size with its ground truth; the attacked image has its size. Empty without
/// objects or without a detection head.
ShapeRecord shapeRecord(const Engine& engine, const Sample& sample, const Prediction& clean,
                        const Prediction& attacked);

/// Compact JSON and back; throws Error.
std::string packShapes(const ShapeRecord& record);
ShapeRecord unpackShapes(const std::string& json);

}  // namespace uninet
