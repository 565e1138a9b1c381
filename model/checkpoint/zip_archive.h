#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace uninet {

/// Names and contents of a zip archive whose entries are stored, not compressed, as checkpoints
/// have them; views into `bytes`. zip64 is understood, checksums are checked. Throws Error with a
/// clause without file name.
std::vector<std::pair<std::string, std::string_view>> readStoredZip(std::string_view bytes);

/// A zip archive with stored entries whose contents start at multiples of 64 bytes. Throws Error
/// beyond 4 GB.
std::string writeStoredZip(const std::vector<std::pair<std::string, std::string>>& entries);

}  // namespace uninet
