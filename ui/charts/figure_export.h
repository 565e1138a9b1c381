#pragma once

#include <filesystem>
#include <string>

#include "core/results/figures.h"

namespace uninet {

/// Writes stem.pdf and stem.svg (vector text, millimetres and points, 8 pt), stem.png (300 dpi) and
/// stem.csv. `manifest` (JSON) is embedded: attached to the PDF, as description of the SVG, as text
/// of the PNG. `csv` takes the place of figureCsv(). The same figure gives the same bytes. Needs a
/// QGuiApplication. Throws Error naming the file.
void writeFigure(const Figure& figure, const std::filesystem::path& stem,
                 const std::string& manifest, const std::string& csv = {});

}  // namespace uninet
