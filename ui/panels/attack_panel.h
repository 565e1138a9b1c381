#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "attacks/sweep/experiment.h"
#include "core/session/session.h"
#include "ui/forms/option_form.h"

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QToolButton;
class QUndoStack;

namespace uninet {

class AttackOutcome;
class FormLabel;
class WrappedCombo;

/// Chooses and configures an attack, runs and stops it, and tells how it went. Method, preset,
/// options, region and precision are one state; each change of it by a person is one undo command.
class AttackPanel : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kWidth = 300;  ///< pixels

  explicit AttackPanel(QUndoStack& undo, QWidget* parent = nullptr);

  /// As parseRegion() takes it.
  QString region() const;
  QString attackKey() const;
  /// Of gradients, as withPrecision() takes it.
  QString precision() const { return state_.precision; }
  const Options& options() const { return *form_->options(); }
  OptionForm& form() { return *form_; }
  /// AttackPreset::name of the chosen preset as long as every option is as it has them; else empty.
  QString preset() const;
  /// The options that are not the method's default, by key.
  nlohmann::json changedOptions() const;
  /// Everything that is chosen here, for a session.
  Session::Attack attack() const;

  /// Attack and values at once, as a preset has them; values that are not named are the defaults.
  void choose(const QString& attackKey, const QString& json);
  /// Index in attackPresets().
  void choosePreset(int index);
  /// What was drawn on the canvas; empty: the whole image.
  void setRegion(const QString& text);
  /// What a session holds, without an undo command. A preset that is not known is forgotten. Throws
  /// Error for an unknown method, option or precision; everything is then as it was.
  void setAttack(const Session::Attack& attack);

  /// Offers the attacks and presets that have been added to the registry.
  void offerAdded();

  void setReady(bool ready, const QString& why);
  void setRunning(bool running);
  /// `eta` in seconds, negative: unknown; `total` 0: unknown.
  void setProgress(const QString& title, qint64 done, qint64 total, double eta);
  /// `choice`: what the run was started with, for one more with an option changed.
  void showResult(const Experiment& experiment, const Session::Attack& choice = {});
  void clearResult();
  /// What options that name a class offer.
  void setClasses(const Classes& classes);
  /// Keys of the losses that a custom objective can take on this network.
  void setLosses(const std::vector<std::string>& keys);
  /// Which of the precisions that not every device has can be chosen.
  void setPrecisions(bool bfloat16, bool tf32);

 Q_SIGNALS:
  void runRequested();
  void stopRequested();
  void regionBoxRequested();      ///< draw a box on the canvas
  void regionPolygonRequested();  ///< draw a polygon on the canvas
  /// Method, preset, options, region or precision are others, by a person, undo or setAttack().
  void changed();
  void regionChanged(const QString& region);
  /// The bar of a task was chosen.
  void taskClicked(Task task);

 private:
  struct State {
    QString attack, json;  ///< key; every value
    int preset = -1;       ///< index of the one chosen last; −1: none
    QString region;
    QString precision = QStringLiteral("float32");
    bool operator==(const State&) const = default;
  };

  QWidget* makeHeading();
  QWidget* makeChoices();
  QWidget* makeRegion();
  QWidget* makePrecision();
  QWidget* makeButtons();
  void connectAll();
  static State stateOf(const Session::Attack& attack);
  void runAgain(const nlohmann::json& options);
  void change(const QString& what, const State& after);
  void apply(const State& state);
  void commitRegion();
  void updatePreset();
  void updatePrecision();
  void updateLabels();
  void updateButtons();
  bool presetChanged() const;

  QUndoStack& undo_;
  State state_;
  WrappedCombo* attacks_;
  WrappedCombo* presets_;
  QLabel* presetHelp_;
  QToolButton* resetAll_;
  OptionForm* form_;
  QLineEdit* region_;
  QToolButton* box_;
  QToolButton* polygon_;
  QToolButton* clearRegion_;
  WrappedCombo* precision_;
  QToolButton* resetPrecision_;
  QPushButton* run_;
  QPushButton* stop_;
  QProgressBar* bar_;
  QLabel* progress_;
  AttackOutcome* outcome_;
  bool ready_ = false, running_ = false;
  QString notReady_;       ///< why
  Session::Attack shown_;  ///< of the run whose outcome is shown
  std::vector<FormLabel*> labels_;
};

}  // namespace uninet
