#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "model/networks/open_options.h"

namespace uninet {

/// The window's job without a display: opens `checkpoint`, attacks its first scene
/// and writes window.png, the panels clean and attacked, the chart as PDF and PNG and its numbers
/// as CSV into `out`. Needs no application object. `tell` gets a line per stage. Throws Error.
void writeFirstLight(const std::filesystem::path& out, const std::filesystem::path& checkpoint,
                     const OpenOptions& opening,
                     const std::function<void(const std::string&)>& tell);

}  // namespace uninet
