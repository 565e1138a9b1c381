#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <QColor>
#include <QFont>
#include <QLineF>
#include <QLocale>
#include <QRectF>
#include <QString>

#include "core/results/figures.h"

class QCustomPlot;

namespace uninet {

/// How a figure is drawn: on the screen in the palette of the window, on paper black on white.
struct FigureStyle {
  QColor ink = Qt::black, paper = Qt::white;
  QFont font;                     ///< its size in pixels
  QLocale locale = QLocale::c();  ///< of numbers
  double point = 1;               ///< units of the plot in a point: widths of lines, gaps
  bool translated = false;        ///< names in the language of the window
  std::set<std::string> hidden;   ///< series that are switched off: dim in the legend, not drawn

  bool dark() const { return paper.lightness() < 128; }
};

/// One value of a drawn figure, as a person points at it.
struct FigureMark {
  std::size_t panel = 0;
  std::string series, group;  ///< names as in the figure
  std::int64_t item = -1;     ///< what the figure says that it stands for
  QString text{};             ///< its value, interval, and what lies behind it, in lines
  QRectF area{};              ///< of the plot, in pixels
  QLineF line{};              ///< of an arrow; null: the area is it
};

/// Where everything of a drawn figure is, in pixels of the plot.
struct FigureMap {
  struct Entry {
    std::string series;
    QRectF area;
  };
  std::vector<FigureMark> marks;
  std::vector<Entry> legend;
  std::vector<QRectF> panels;  ///< within the axes

  /// What is at a place, or within a few `points` of it; nullptr: nothing.
  const FigureMark* at(const QPointF& place, double nearness) const;
  /// The next value in a direction of the keyboard; `from` < 0: the first. −1: there is none.
  int next(int from, Qt::Key direction) const;
};

/// Draws the panels of a figure into an empty or used plot, one legend above them all, and lays
/// them out in `size` pixels.
FigureMap drawFigure(QCustomPlot& plot, const Figure& figure, const FigureStyle& style,
                     const QSize& size);

/// Pixels below which text would collide: of the whole figure, with `columns` panels side by side.
int smallestHeight(const Figure& figure, const FigureStyle& style, int width);

}  // namespace uninet
