#pragma once

#include <QColor>
#include <QFont>
#include <QLocale>

#include "core/results/figures.h"

class QCustomPlot;

namespace uninet {

/// How a figure is drawn: on the screen in the palette of the window, on paper black on white.
struct FigureStyle {
  QColor ink = Qt::black, paper = Qt::white;
  QFont font;
  QLocale locale = QLocale::c();  ///< of numbers
  double point = 1;               ///< units of the plot in a point: widths of lines, gaps
};

/// Draws the panels of a figure into an empty or used plot; the size is the plot's. Colours of
/// series differ in lightness too, so that they stay apart in grey.
void drawFigure(QCustomPlot& plot, const Figure& figure, const FigureStyle& style);

}  // namespace uninet
