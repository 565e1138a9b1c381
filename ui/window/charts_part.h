#pragma once

#include <filesystem>

#include <QObject>

#include "ui/panels/ratio_chart.h"

class QWidget;

namespace uninet {

class Document;

/// The charts of the document: the attack that is shown, and the figures of an evaluated split,
/// each in the tab where it belongs; their export.
class ChartsPart : public QObject {
  Q_OBJECT
 public:
  ChartsPart(Document& document, QWidget* window);

  RatioChart& ratios() { return *ratios_; }
  FigureView& shapes() { return *shapes_; }
  FigureView& interaction() { return *interaction_; }
  FigureView& levels() { return *levels_; }
  /// JSON of how the figure of this id came about, with the session and run that it is of.
  std::string manifest(const std::string& figure) const;
  /// Asks for size and formats, and writes the figure that `view` shows.
  void exportFigure(const FigureView& view);
  /// Writes it as stem.pdf, .svg, .png and .csv, as it is.
  void write(const FigureView& view, const std::filesystem::path& stem);

 Q_SIGNALS:
  /// There is something new in this view.
  void changed(QWidget* view);

 private:
  void updateAttack();
  void updateFigures();
  std::string csv(const std::string& figure) const;

  Document& document_;
  QWidget* window_;
  RatioChart* ratios_;
  FigureView *shapes_, *interaction_, *levels_;
};

}  // namespace uninet
