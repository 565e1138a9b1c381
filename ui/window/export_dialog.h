#pragma once

#include <filesystem>
#include <string>

#include <QDialog>

#include "core/results/figures.h"
#include "ui/charts/figure_export.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace uninet {

/// File ▸ Export figure: size, font, names and formats, with the figure as it will be. Writes it
/// through writeFigure() and remembers what was chosen, but for the height, which is the figure's.
class ExportDialog : public QDialog {
  Q_OBJECT
 public:
  /// `figure` with long names and `manifest` (JSON) of what it shows; `csv` instead of its own
  /// numbers, or empty.
  ExportDialog(const Figure& figure, const std::string& manifest, const std::string& csv = {},
               QWidget* parent = nullptr);

  /// As it is written.
  Figure figure() const;
  FigureExport how() const;
  /// Of the files, without their ends.
  std::filesystem::path stem() const;

  void accept() override;

 Q_SIGNALS:
  /// All files are there: stem and their ends, ".pdf, .svg".
  void written(const QString& stem, const QString& ends);

 private:
  class Preview;
  void makeForm(QWidget& form);
  void recall();
  void remember() const;
  void refresh();
  void widthChosen();

  const Figure original_;
  const std::string manifest_, csv_;
  QComboBox *columns_, *names_;
  QDoubleSpinBox *width_, *height_, *font_;
  QCheckBox *pdf_, *svg_, *png_, *numbers_;
  QSpinBox* dpi_;
  QLineEdit* file_;
  QLabel* state_;
  QPushButton* write_;
  Preview* preview_;
  bool ownHeight_ = false;  ///< typed, no longer the figure's
};

}  // namespace uninet
