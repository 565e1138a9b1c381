#pragma once

#include <QWidget>

#include "attacks/sweep/experiment.h"
#include "ui/forms/option_form.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QUndoStack;

namespace uninet {

/// Chooses and configures an attack, runs and stops it, and tells how it went.
class AttackPanel : public QWidget {
  Q_OBJECT
 public:
  explicit AttackPanel(QUndoStack& undo, QWidget* parent = nullptr);

  /// As parseRegion() takes it.
  QString region() const;
  QString attackKey() const;
  const Options& options() const { return *form_->options(); }
  OptionForm& form() { return *form_; }
  /// Attack and values at once, as a preset has them; values that are not named are the defaults.
  void choose(const QString& attackKey, const QString& json);
  void choosePreset(int index);

  void setReady(bool ready, const QString& why);
  void setRunning(bool running);
  void setProgress(const QString& title, qint64 done, qint64 total, double eta);
  void showResult(const Experiment& experiment);
  void clearResult();
  /// What options that name a class offer.
  void setClasses(const Classes& classes);

 Q_SIGNALS:
  void runRequested();
  void stopRequested();

 private:
  void pushChange(const QString& attackBefore, const QString& before, const QString& attackAfter,
                  const QString& after);
  void apply(const QString& attackKey, const QString& json);
  void updateButtons();

  QUndoStack& undo_;
  QComboBox* presets_;
  QComboBox* attacks_;
  QLabel* help_;
  OptionForm* form_;
  QPushButton* run_;
  QPushButton* stop_;
  QProgressBar* bar_;
  QLineEdit* region_;
  QLabel* result_;
  QString current_;
  bool ready_ = false, running_ = false;
};

}  // namespace uninet
