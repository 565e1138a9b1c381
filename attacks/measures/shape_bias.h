#pragma once

#include "core/data/sample.h"
#include "core/outputs/prediction.h"
#include "core/results/image_facts.h"
#include "model/engine/engine.h"

namespace uninet {

/// `sample` at network size with its ground truth; the attacked image has its size. Empty without
/// objects or without a detection head.
ShapeRecord shapeRecord(const Engine& engine, const Sample& sample, const Prediction& clean,
                        const Prediction& attacked);

}  // namespace uninet
