#pragma once

#include <filesystem>
#include <string>

#include "model/checkpoint/checkpoint.h"

namespace uninet {

/// Takes of a checkpoint the weights that fit a known network best, after a prefix that most of
/// their keys share ("module.", "_orig_mod.", "model.net." …) was removed; of equal ones those with
/// most tensors, then the first. Where none is known, largestWeights(). With a `name` only the
/// candidate of that name is looked at; throws Error naming `file` and the candidates if there is
/// none.
ChooseWeights bestWeights(const std::filesystem::path& file, const std::string& name = {});

/// "state_dict, state_dict_ema", at most 16 of them.
std::string candidateNames(const std::vector<WeightsCandidate>& candidates);

}  // namespace uninet
