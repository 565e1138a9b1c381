#pragma once

#include <vector>

#include <QWidget>

#include "attacks/sweep/experiment.h"

namespace uninet {

/// Retained performance of each task as a small bar with its number; "–" where it is undefined,
/// with the reason as tool tip.
class RetainedBars : public QWidget {
  Q_OBJECT
 public:
  explicit RetainedBars(QWidget* parent = nullptr);

  /// `predicted`: the tasks that the network has.
  void setBars(std::vector<RatioBar> bars, TaskSet predicted);
  /// What a row says in full: "Depth: 3.1 → 6.2 RMSE (m), ratio 0.50".
  QString rowText(std::size_t row) const;
  QRect rowRect(std::size_t row) const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int rowHeight() const;

  std::vector<RatioBar> bars_;
  TaskSet predicted_;
};

}  // namespace uninet
