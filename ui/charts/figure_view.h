#pragma once

#include <map>
#include <string>
#include <vector>

#include <QWidget>

#include "core/results/figures.h"

class QComboBox;
class QCustomPlot;
class QLabel;
class QScrollArea;

namespace uninet {

/// One of several figures, chosen in a list above it, drawn in the palette of the window. Says what
/// would fill it while there is none.
class FigureView : public QWidget {
  Q_OBJECT
 public:
  explicit FigureView(const QString& emptyText, QWidget* parent = nullptr);

  /// Keeps the choice if a figure of its id is still there. `notes`: by id, a line above the
  /// figure.
  void setFigures(std::vector<Figure> figures, std::map<std::string, QString> notes = {});
  const std::vector<Figure>& figures() const { return figures_; }
  /// Line above the figure that is shown; empty: none.
  QString note() const;
  /// nullptr: there is none.
  const Figure* current() const;
  void choose(const QString& id);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void redraw();

  std::vector<Figure> figures_;
  std::map<std::string, QString> notes_;
  QComboBox* list_;
  QLabel* note_;
  QScrollArea* scroll_;
  QCustomPlot* plot_;
  QLabel* empty_;
};

}  // namespace uninet
