#pragma once

#include <filesystem>
#include <vector>

#include "model/network/mask_code.h"

namespace uninet {

/// Mask code of a numpy file as the official network has it, pca_meinst.npz (architecture §10):
/// arrays components_ [n, 784], explained_variance_ [n] and mean_ [784], of which the first
/// `codeLength` rows are used. Throws Error naming the file if it holds fewer, or what is no
/// number.
MaskCode readMaskComponents(const std::filesystem::path& file, int codeLength);

/// Writes such a file, which numpy.load() reads; atomic.
void writeMaskComponents(const std::filesystem::path& file, const MaskCode& code);

/// Such files beside a checkpoint: pca_meinst.npz alone if it is there, otherwise every *.npz with
/// these arrays, by name.
std::vector<std::filesystem::path> maskComponentsBeside(const std::filesystem::path& checkpoint);

}  // namespace uninet
