#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/data/sample.h"
#include "core/results/image_facts.h"
#include "model/engine/engine.h"

namespace uninet {

/// Every level in the order of the forward pass: the named maps, of which the strides of a head are
/// one, and so are the features that all tasks have at one place. Images at network size.
std::vector<LevelDrift> levelDrift(const Engine& engine, const cv::Mat& clean,
                                   const cv::Mat& attacked);

/// How far each place of one level moves: ‖Δf‖ over the channels, as a share of the root mean
/// square of ‖f‖ over the clean places, so that its own root mean square is the level's drift.
/// CV_32F at network size, without smoothing; of a head the root of the summed squares of its
/// strides. Images at network size. Empty: the network has no such level.
cv::Mat levelChange(const Engine& engine, const cv::Mat& clean, const cv::Mat& attacked,
                    const std::string& level);

/// Activation patching (attacks §7): what the heads make of `sample` when the features of one level
/// come from the image `donor`. Level → outcome, for every level of features: E2 … E7, P3 … P5 and
/// D6 … D2 of UniNet, and those that other networks have for each task, which are patched together.
std::map<std::string, Engine::Evaluated> patchLevels(const Engine& engine, const Sample& sample,
                                                     const cv::Mat& donor);

}  // namespace uninet
