#pragma once

#include <string>

namespace uninet {

/// "uninet 0.2.0"; `verbose`: and a line for each library, the processor and the arithmetic in use,
/// after configureCompute().
std::string versionText(bool verbose);

/// Version and hash of this program: the same in all processes that run the same file.
std::string buildText();

}  // namespace uninet
