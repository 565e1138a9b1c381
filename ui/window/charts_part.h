#pragma once

#include <filesystem>

#include <QObject>
#include <optional>

#include "core/data/tasks.h"
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
  /// A bar of the attack that is shown was clicked.
  void taskClicked(Task task);
  /// An arrow was clicked: place in the instances of the sample that is shown.
  void instanceClicked(int instance);
  /// What a run of the results did, to one task if it is of one.
  void splitRunClicked(std::int64_t run, std::optional<Task> task);
  /// What a run of the results did to this feature map.
  void levelClicked(std::int64_t run, const std::string& level);

 private:
  void updateAttack(bool news);
  void follow(const QString& figure, const QString& series, const QString& group, qint64 item);
  void updateFigures();
  std::string csv(const std::string& figure) const;

  Document& document_;
  QWidget* window_;
  RatioChart* ratios_;
  FigureView *shapes_, *interaction_, *levels_;
};

}  // namespace uninet
