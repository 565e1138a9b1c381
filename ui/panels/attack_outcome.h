#pragma once

#include <vector>

#include <QWidget>

#include "attacks/sweep/experiment.h"

class QLabel;

namespace uninet {

class RetainedBars;

/// How an attack went: what was reached and measured, whether it can be trusted, and what is left
/// of each task.
class AttackOutcome : public QWidget {
  Q_OBJECT
 public:
  explicit AttackOutcome(QWidget* parent = nullptr);

  void setExperiment(const Experiment& experiment);
  /// Nothing has been run.
  void clear();

 Q_SIGNALS:
  /// The bar of a task was chosen.
  void taskClicked(Task task);

 protected:
  /// Muted texts have the palette's colour in them.
  void changeEvent(QEvent* event) override;

 private:
  /// A line of the table; without a name a sentence below it.
  struct Line {
    QString name, text;  ///< rich text
  };
  static std::vector<Line> linesOf(const Experiment& experiment);
  void refresh();

  QLabel* facts_;
  QLabel* retained_;
  RetainedBars* bars_;
  std::vector<Line> lines_;
};

}  // namespace uninet
