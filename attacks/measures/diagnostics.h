#pragma once

#include "attacks/engine/attack.h"
#include "core/results/image_facts.h"

namespace uninet {

/// `lowers`: the objective is lowered towards a target, not raised. `reread` is what the network
/// makes of the attacked image after it was written as PNG and read.
Diagnostics diagnose(bool lowers, const Options& options, const cv::Mat& cleanImage,
                     const AttackResult& result, const Engine::Evaluated& clean,
                     const Engine::Evaluated& attacked, const Prediction& reread);

/// Whether two predictions hold the same output of a task, bit for bit.
bool sameOutput(Task task, const Prediction& a, const Prediction& b);

}  // namespace uninet
