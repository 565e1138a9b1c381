#pragma once

#include <filesystem>
#include <string>

namespace uninet {

/// The demo network, trained on Streetscape.
inline constexpr const char* kDemoCheckpoint = "demo/uninet-streetscape.safetensors";
/// MTI-Net++, trained on the same scenes: what the demo network is compared with.
inline constexpr const char* kSecondDemoCheckpoint = "demo/mti-net-streetscape.safetensors";

/// A file that comes with the program, by its path below resources/ ("demo/x.safetensors"): in
/// resources/ beside the program, in ../share/uninet of an installed one, or in the source tree.
/// Throws Error that names the places where it is not.
std::filesystem::path resourceFile(const std::string& name);

}  // namespace uninet
