#pragma once

#include <vector>

#include <QWidget>

#include "ui/panels/offered_remedies.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace uninet {

class RetainedBars;

/// How an attack went: what was reached and measured, whether it can be trusted and what may mend
/// it, and what is left of each task.
class AttackOutcome : public QWidget {
  Q_OBJECT
 public:
  explicit AttackOutcome(QWidget* parent = nullptr);

  void setExperiment(const Experiment& experiment);
  /// Nothing has been run.
  void clear();
  /// Whether an attack can be started, or why not.
  void setReady(bool ready, const QString& why);

 Q_SIGNALS:
  /// The attack is to be run again with these options, every value.
  void remedyChosen(const nlohmann::json& options);
  /// The bar of a task was chosen.
  void taskClicked(Task task);

 protected:
  /// Muted texts have the palette's colour in them.
  void changeEvent(QEvent* event) override;

 private:
  /// A line of the table; without a name a sentence below it.
  struct Line {
    QString name, text;  ///< rich text
    bool mends = false;  ///< it names a remedy that is offered
  };
  static std::vector<Line> linesOf(const Experiment& experiment,
                                   const std::vector<OfferedRemedy>& remedies);
  QLabel* makeFacts(const char* name);
  void setRemedies(const std::vector<OfferedRemedy>& remedies);
  void refresh();

  QLabel* facts_;
  QVBoxLayout* remedyRows_;
  QLabel* others_;  ///< what stands below the remedies
  QLabel* retained_;
  RetainedBars* bars_;
  std::vector<Line> lines_;
  std::vector<QPushButton*> remedies_;
  bool ready_ = false;
  QString notReady_;  ///< why
};

}  // namespace uninet
