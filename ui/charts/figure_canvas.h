#pragma once

#include <QWidget>

#include "ui/charts/figure_plot.h"

class QCustomPlot;

namespace uninet {

/// A figure on the screen: pointing at a value says it, a click or Enter chooses it; the arrow keys
/// go from value to value. A click on the legend, or its number, switches a series.
class FigureCanvas : public QWidget {
  Q_OBJECT
 public:
  explicit FigureCanvas(QWidget* parent = nullptr);
  ~FigureCanvas() override;

  /// Drawn in the palette, font and locale of the window at once, and again when its size changes.
  void setFigure(const Figure& figure, const std::set<std::string>& hidden);
  FigureStyle style() const;
  const FigureMap& map() const { return map_; }
  /// Of the value at the mouse or the cursor; empty: none.
  const QString& readOut() const { return readOut_; }

 Q_SIGNALS:
  void readOutChanged(const QString& text);
  void clicked(const FigureMark& mark);
  /// `alone`: all others are to be switched off.
  void seriesToggled(const std::string& series, bool alone);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  class Overlay;
  void redraw();
  /// −1: none.
  void point(int mark);
  int markAt(const QPointF& place) const;
  const FigureMap::Entry* legendAt(const QPointF& place) const;

  QCustomPlot* plot_;
  Overlay* overlay_;
  Figure figure_;
  std::set<std::string> hidden_;
  FigureMap map_;
  QString readOut_;
  int pointed_ = -1;
};

}  // namespace uninet
