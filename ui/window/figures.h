#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/results/figures.h"

namespace uninet {

/// Writes figure-ID.pdf, .svg, .png and .csv of each (see writeFigure()), from a program that has
/// no window: starts Qt offscreen for as long as it takes.
void writeFigures(const std::vector<Figure>& figures, const std::filesystem::path& folder,
                  const std::function<std::string(const std::string& id)>& manifest);

}  // namespace uninet
