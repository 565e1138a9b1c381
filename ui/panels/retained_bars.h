#pragma once

#include <vector>

#include <QWidget>

#include "attacks/sweep/experiment.h"

namespace uninet {

/// Retained performance of each task as a small bar with its number; "–" where it is undefined,
/// with the reason as tool tip. A row can be chosen by mouse and keyboard.
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

 Q_SIGNALS:
  /// A row was clicked, or chosen with the arrow keys and Enter.
  void clicked(Task task);

 protected:
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int rowHeight() const;
  /// −1: none.
  int rowAt(const QPoint& place) const;
  void point(int row);

  std::vector<RatioBar> bars_;
  TaskSet predicted_;
  int pointed_ = -1;  ///< row at the mouse or the cursor
};

}  // namespace uninet
