#pragma once

#include <string>

#include <opencv2/core.hpp>

#include "attacks/sweep/experiment.h"
#include "core/session/run_store.h"

namespace uninet {

/// What a RunStore keeps of an experiment beside its pictures (experiment.sample.image and
/// experiment.result.image), with the time that it is now. `dataTitle` is Dataset::title(),
/// `fingerprint` that of the frame, `region` as parseRegion() takes it, `preset` the name of the
/// one that it was run with unchanged. Where network and data came from is left to the caller.
KeptRun keptRunOf(const Experiment& experiment, const std::string& dataTitle,
                  const std::string& fingerprint, const std::string& region,
                  const std::string& preset);

/// The experiment that was kept: the network predicts again what it makes of the clean and of the
/// attacked image, everything that was measured is what was kept, and its report is that of the
/// run. No gradients. `clean`: what it makes of the clean image, where that is known. Throws Error
/// if the network or the frame is not that of the run.
Experiment restoredExperiment(const Engine& engine, const RawFrame& frame, const KeptRun& run,
                              const cv::Mat& attackedImage, const Prediction* clean = nullptr);

/// In which the run took its gradients, by its report: "float32", "float64" or "bfloat16".
std::string precisionOf(const KeptRun& run);

/// The command line, for a POSIX shell, that repeats the run: network, data, image, attack, region,
/// precision and every option that is not its default. What a run does not say of where its network
/// and data came from is taken from `session`. Its results go into ./run-ID. Throws Error if they
/// are not known there either, or if the run was attacked on another network than it is of.
std::string attackCommand(const KeptRun& run, const Session& session);

}  // namespace uninet
