#pragma once

#include <filesystem>
#include <vector>

#include <QWidget>

#include "attacks/experiment.h"

class QCustomPlot;
class QLabel;

namespace uninet {

/// Bars of the metric ratios of one attack (paper, Figure 3): tasks on the axis, the semantic ones
/// on green, the geometric ones on red; "–" where a ratio is undefined.
class RatioChart : public QWidget {
  Q_OBJECT
 public:
  explicit RatioChart(QWidget* parent = nullptr);

  void setBars(const std::vector<RatioBar>& bars, const QString& title);
  void clear();
  const std::vector<RatioBar>& bars() const { return bars_; }
  const QString& title() const { return title_; }

  /// Writes stem.pdf (84 mm wide), stem.png (the same at 300 dpi) and stem.csv. Throws Error naming
  /// the file.
  static void write(const std::vector<RatioBar>& bars, const QString& title,
                    const std::filesystem::path& stem);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void redraw();

  std::vector<RatioBar> bars_;
  QString title_;
  QCustomPlot* plot_;
  QLabel* empty_;
};

}  // namespace uninet
