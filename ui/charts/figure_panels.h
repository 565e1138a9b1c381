#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/charts/figure_plot.h"
#include "ui/charts/qcustomplot_shim.h"

namespace uninet {

/// The colour scale of a matrix.
QColor heatColour(const HeatPanel& panel, double value, const FigureStyle& style);
/// Pixels left of a matrix that has the names of its rows there.
double rowNamesWidth(const HeatPanel& panel, const FigureStyle& style);
/// Whether one colour bar does for both.
bool sameScale(const HeatPanel& a, const HeatPanel& b);

/// Draws one panel into a cell of the layout.
class PanelDrawer {
 public:
  /// A mark whose place is known in the panel's coordinates; NaN: the edge of the axes.
  struct Pending {
    FigureMark mark;
    QCPAxisRect* rect;
    double x0, y0, x1, y1;
    bool arrow = false;
  };

  /// `number` of the panel, `room` in pixels that its cell will have, `level` of its height without
  /// what names below the axis take: the same for all panels.
  PanelDrawer(QCustomPlot& plot, const FigureStyle& style, std::size_t number, QSizeF room,
              double level, QCPLayoutGrid& cell)
      : plot_(plot), style_(style), number_(number), room_(room), level_(level), cell_(cell) {}

  void operator()(const BarPanel& panel);
  void operator()(const LinePanel& panel);
  void operator()(const HeatPanel& panel);
  void operator()(const ArrowPanel& panel);
  void operator()(const ScatterPanel& panel);
  void operator()(const PicturePanel& panel);

  /// Names that a neighbour shows for both: those of rows, and those of columns where they have to
  /// be turned.
  void share(bool left, bool below) {
    leftNames_ = !left;
    belowShared_ = below;
  }

  /// A column of colours with an axis: in a cell of its own, as high as the axes beside it.
  QCPAxisRect* colourBar(const HeatPanel& panel, int column);
  /// Leaves room for a title of so many lines, and writes it.
  void title(const std::string& text, int lines);
  /// Lines that a title takes.
  static int titleLines(const std::string& text, const FigureStyle& style, double width);

  /// Degrees by which names have to be turned that have `room` pixels each, and the height they
  /// take then.
  static double turn(const std::vector<std::string>& names, double room, const FigureStyle& style);
  static double namesHeight(const std::vector<std::string>& names, double angle,
                            const FigureStyle& style);

  QCPAxisRect* rect() const { return rect_; }
  std::vector<Pending>& pending() { return pending_; }

 private:
  QCPAxisRect* axes(int column = 0);
  QPen pen(double points = 0.5, Qt::PenStyle line = Qt::SolidLine) const;
  double em() const { return style_.font.pixelSize(); }
  double widthOf(const QString& text, double scale = 1) const;
  QFont smallFont() const;
  QString shown(const std::string& name) const;
  QString shownPair(const std::string& first, const std::string& second) const;
  QString number(double value) const;
  QString valueText(const std::string& what, double value, double low, double high) const;
  QString valueText(const std::string& what, const Estimate& estimate) const;
  QString behindText(const std::vector<std::vector<std::pair<double, double>>>& behind,
                     std::size_t row, std::size_t column) const;
  void add(FigureMark mark, double x0, double y0, double x1, double y1, bool arrow = false);
  QCPItemText* label(double x, double y, const QString& value, Qt::Alignment alignment);
  void box(QCPAxisRect* rect, double x0, double y0, double x1, double y1, const QColor& colour,
           const char* layer);
  /// Behind a group, over the whole height.
  void shade(double group, const QColor& colour);
  void line(double x0, double y0, double x1, double y1, const QPen& pen);
  void breakMark();
  void intervals(QCPAbstractPlottable* of, const std::vector<Estimate>& values, double least,
                 const QColor& colour);
  /// Names below the axis: beside each other, in lines, or turned, as they fit.
  void names(QCPAxis* axis, const std::vector<std::string>& names, double room);
  void logarithmicTicks(QCPAxis* axis, double low, double high, double room);
  /// Ticks of a value axis: fewer where it is short.
  void valueTicks(QCPAxis* axis, double room) const;
  /// From the ends of what it shows: range of the y axis, and whether it begins above 0. `height`
  /// in pixels, `head` the share left free above.
  bool valueRange(ValueEnds ends, std::optional<double> reference, bool fromZero, bool logarithmic,
                  double height, double head);

  QCustomPlot& plot_;
  const FigureStyle& style_;
  const std::size_t number_;
  const QSizeF room_;
  const double level_;
  QCPLayoutGrid& cell_;
  bool leftNames_ = true, belowShared_ = false;
  QCPAxisRect* rect_ = nullptr;
  QCPAxis *x_ = nullptr, *y_ = nullptr;
  std::vector<Pending> pending_;
};

}  // namespace uninet
