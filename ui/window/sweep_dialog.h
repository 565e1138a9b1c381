#pragma once

#include <filesystem>

#include <QDialog>

#include "attacks/sweep/sweep_plan.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace uninet {

/// Asks which plan shall run on how many images of the split, and where its results go. The same
/// choices lead to the same folder, so that starting again goes on where the last one stopped.
class SweepDialog : public QDialog {
  Q_OBJECT
 public:
  /// `name` tells network and data apart in the proposed folder; `images` is the size of the split.
  /// `missing`: what it has no ground truth for, a sentence each.
  SweepDialog(const QString& name, int images, const QStringList& missing,
              QWidget* parent = nullptr);

  SweepPlan plan() const;
  std::size_t limit() const;
  std::filesystem::path file() const;

 private:
  void propose();

  QString name_;
  int images_;
  QComboBox* presets_;
  QLabel* help_;
  QSpinBox* limit_;
  QLineEdit* folder_;
  QLabel* state_;
};

}  // namespace uninet
