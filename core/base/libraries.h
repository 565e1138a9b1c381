#pragma once

#include <string>
#include <utility>
#include <vector>

namespace uninet {

/// The libraries below this layer whose version one would ask for, as they are loaded: name →
/// version.
std::vector<std::pair<std::string, std::string>> libraryVersions();

}  // namespace uninet
