#pragma once

#include "core/base/options.h"
#include "model/network/network_spec.h"

namespace uninet {

/// Everything that fixes a training run. Images are counted, not epochs of a data set: an epoch is
/// `epoch-images` long, and the schedule runs over epochs · epoch-images.
struct TrainOptions : OptionsOf<TrainOptions> {
  std::string network = "uninet";
  std::string tasks;  ///< "": the network's usual ones
  std::string encoder = "paper";
  std::string neck = "usual";
  std::string size = "512x1024";
  double width = 1;
  std::int64_t epochs = 140;
  std::int64_t epochImages = 0;  ///< 0: the size of the training set
  std::int64_t batch = 8;
  std::string optimiser = "radam";
  double rate = 1e-4;
  std::string schedule = "steps";
  std::int64_t warmup = 0;  ///< optimiser steps
  double decay = 5e-5;
  bool decayConvolutionsOnly = false;
  std::string combination = "geometric";
  std::string augmentation = "released";
  std::string precision = "auto";
  bool positiveStart = false;
  std::int64_t validateEvery = 2;   ///< epochs; 0: never
  std::int64_t validateImages = 0;  ///< 0: all
  std::int64_t seed = 0;

  void describe(OptionVisitor& visitor) override;

  /// The recipe of the demo checkpoint.
  static TrainOptions demo();
  NetworkSpec spec() const;
  /// Images over which the schedule runs; `trainingSet` is the number of its images.
  std::int64_t plannedImages(std::int64_t trainingSet) const;
};

}  // namespace uninet
