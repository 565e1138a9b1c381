#pragma once

#include "model/training/train_options.h"

/// A training that takes seconds: two images a step, whose schedule is `epochs` times
/// `epochImages`.
inline uninet::TrainOptions smallTraining(std::int64_t epochs, std::int64_t epochImages) {
  uninet::TrainOptions options;
  options.size = "128x256";
  options.width = 0.125;
  options.epochs = epochs;
  options.epochImages = epochImages;
  options.batch = 2;
  options.optimiser = "adamw";
  options.rate = 1e-3;
  options.schedule = "cosine";
  options.augmentation = "light";
  options.precision = "float32";
  options.positiveStart = true;
  options.validateEvery = 0;
  return options;
}
