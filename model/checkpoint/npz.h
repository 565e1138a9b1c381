#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "model/checkpoint/checkpoint.h"

namespace uninet {

/// Arrays of an .npz file (numpy.savez, savez_compressed) by name. Only those of `names` are read;
/// each has to be there, of float32 or float64 and little-endian; a matrix in Fortran order, which
/// is how numpy saves what scikit-learn fits, comes out row-major. Entries may be stored or
/// deflated. Every length is checked before memory is taken, and all arrays together may take 64
/// MiB. Throws Error naming the file, the array, what was expected and what was found.
std::map<std::string, RawTensor> readNpz(const std::filesystem::path& file,
                                         const std::vector<std::string>& names);

/// Whether the file looks like an .npz with all of `names`; nothing is read into memory but its
/// directory. Never throws for what a file holds.
bool npzHolds(const std::filesystem::path& file, const std::vector<std::string>& names);

/// Writes such a file, which numpy.load() reads; atomic. Tensors of float32 or float64.
void writeNpz(const std::filesystem::path& file, const NamedTensors& arrays);

}  // namespace uninet
