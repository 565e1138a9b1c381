#pragma once

#include <string>
#include <vector>

#include "ui/charts/figure_plot.h"
#include "ui/charts/qcustomplot_shim.h"

namespace uninet {

/// What stands before a name in a legend.
struct LegendEntry {
  enum class Symbol { box, curve, circle, arrow };
  std::string series;
  QColor colour;
  Symbol symbol = Symbol::box;
  QCPScatterStyle::ScatterShape shape = QCPScatterStyle::ssNone;  ///< on a curve
  QBrush fill{};                                                  ///< of a box
};

/// One a series of any panel, however many panels have it; none where a single one needs no name.
std::vector<LegendEntry> legendOf(const Figure& figure, const FigureStyle& style);
/// Of the n-th curve: told apart without colour.
QCPScatterStyle::ScatterShape curveShape(std::size_t index);
/// Of the bars of a series: its colour, and lighter ones within an outline of it where earlier
/// series have the same.
QBrush barFill(const std::vector<std::string>& colours, std::size_t series,
               const FigureStyle& style);
/// A name as it is shown.
QString shownName(const std::string& name, const FigureStyle& style);

/// The legend of a figure: entries side by side in columns, in as many rows as they need.
class FigureLegend : public QCPLayoutElement {
 public:
  /// `width` pixels, all that there is. Without a plot only height() is known.
  FigureLegend(QCustomPlot* plot, std::vector<LegendEntry> entries, const FigureStyle& style,
               double width);
  double height() const { return height_; }
  /// Within the plot, once it is laid out.
  std::vector<FigureMap::Entry> places() const;

 protected:
  void draw(QCPPainter* painter) override;

 private:
  void drawSymbol(QCPPainter& painter, const LegendEntry& entry, const QRectF& area) const;

  std::vector<LegendEntry> entries_;
  std::vector<QRectF> areas_;  ///< from the element's corner
  const FigureStyle style_;
  double height_ = 0;
};

}  // namespace uninet
