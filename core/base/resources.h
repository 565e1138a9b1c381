#pragma once

#include <filesystem>
#include <string>

namespace uninet {

/// The demo network, trained on Streetscape.
inline constexpr const char* kDemoCheckpoint = "demo/uninet-streetscape.safetensors";

/// A file that comes with the program, by its path below resources/ ("demo/x.safetensors"): in
/// resources/ beside the program, in ../share/uninet of an installed one, or in the source tree.
/// Throws Error that names the places where it is not.
std::filesystem::path resourceFile(const std::string& name);

}  // namespace uninet
