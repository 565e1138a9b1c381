#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "core/data/note_counter.h"
#include "core/metrics/metrics.h"
#include "model/engine/engine.h"

namespace uninet {

/// What a listener of evaluateDataset() sees of each image.
struct EvaluatedImage {
  const Sample& original;
  const Sample& resized;
  const Prediction& prediction;
};

/// Throws Error if the images are labelled with other classes than the network predicts.
void requireClasses(const Engine& engine, const Dataset& data);

/// Dataset-level metrics, and what was missing or assumed on the way.
struct Evaluation {
  Metrics metrics;
  NoteCounter notes;
  /// Name and reason of the images that could not be read.
  std::vector<std::pair<std::string, std::string>> leftOut;
};

/// Over the first `limit` images (0 = all); throws Error if none can be read. Reading overlaps
/// computing.
Evaluation evaluateDataset(const Engine& engine, const Dataset& data, std::size_t limit,
                           const Progress& progress,
                           const std::function<void(const EvaluatedImage&)>& listener = {});

}  // namespace uninet
