#pragma once

#include <string>

#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/pickle.h"

namespace uninet {

/// Fills `metadata` and `opaque` with what stands beside the tensors of a pickle.
void readPlainValues(const pickle::Pickle& pickle, CheckpointFile& out, ReadWork& work);

/// A key of a dict as a part of a path; "?" if it is no plain value.
std::string keyText(const pickle::Pickle& pickle, pickle::Ref key);

/// What a value is, as Python names it: "int", "dict of 3", "torch.optim.adam.Adam".
std::string typeText(const pickle::Pickle& pickle, const pickle::Value& value);

}  // namespace uninet
