#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <QImage>

#include "core/results/figures.h"

namespace uninet {

/// How a figure leaves the program; its size in millimetres is the figure's.
struct FigureExport {
  double fontPoints = 8;
  int dpi = 300;  ///< of the PNG
  bool pdf = true, svg = true, png = true, csv = true;
};

/// Writes stem.pdf and stem.svg (vector text), stem.png and stem.csv, or those of them that are
/// asked for. `manifest` (JSON) is embedded: attached to the PDF, as description of the SVG, as
/// text of the PNG. `csv` takes the place of figureCsv(). The same figure gives the same bytes.
/// Needs a QGuiApplication. Throws Error naming the file.
void writeFigure(const Figure& figure, const std::filesystem::path& stem,
                 const std::string& manifest, const std::string& csv = {},
                 const FigureExport& how = {});

/// The picture that writeFigure() makes, of another resolution.
QImage figureImage(const Figure& figure, const FigureExport& how, double dpi);

/// The manifest in a PDF, SVG or PNG that writeFigure() made, by what is in the file; nullopt: any
/// other file, or none.
std::optional<std::string> readManifest(const std::filesystem::path& file);

}  // namespace uninet
