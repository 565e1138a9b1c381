#pragma once

#include <vector>

#include <QColor>
#include <QTimer>
#include <QWidget>
#include <optional>

#include "core/data/tasks.h"

class QLabel;
class QToolButton;

namespace uninet {

/// The first iteration at which a task's ratio on this image was below one half.
struct TimelineMark {
  Task task = Task::detect;
  int iteration = 0;
  QColor colour;  ///< of the task; invalid: one of this file's own
};

/// What a timeline shows of one attack.
struct TimelineData {
  /// Iterations that are kept, ascending; 0: before the first step, −1: what a hiding attack works
  /// towards.
  std::vector<int> iterations;
  /// Of every iteration from 0; NaN: not known.
  std::vector<double> objective;
  int shown = -1;        ///< place in `iterations`; −1: none of them
  int planned = 0;       ///< number of the last iteration, if nothing stops the attack
  bool running = false;  ///< more iterations will come
  bool stopped = false;  ///< it ended before its time
  std::vector<TimelineMark> marks;
};

/// A slim band under the canvas: the objective's curve in its own scale, a tick for each iteration
/// that is kept, where each task first lost half, and a handle that is dragged. Left, Right, Home,
/// End and the wheel step; P plays, four steps a second, up to the end. Space is left to the
/// canvas.
class Timeline : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kStepMs = 250;

  explicit Timeline(QWidget* parent = nullptr);

  /// A handle that is being dragged stays at its iteration, and asks for it again.
  void setData(TimelineData data);
  const TimelineData& data() const { return data_; }
  bool playing() const { return timer_.isActive(); }
  void setPlaying(bool playing);
  /// Asks for the step at this place of the iterations that are kept; beyond them: the nearest.
  void goTo(int keptIndex);

  /// "step 5 of 5 · result": what the handle stands at.
  QString stateText() const;
  /// What the tool tip says at this x: iteration, objective, tasks that fell there.
  QString textAt(int x) const;
  /// Where the handle of this iteration stands, in pixels of this widget; −1: the target.
  double xOf(int iteration) const;
  /// Where the names at the marks are drawn; empty where there is no room for one.
  std::vector<QRect> labelRects() const;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;

 Q_SIGNALS:
  /// A person, or playing, wants this place of the iterations that are kept.
  void stepRequested(int keptIndex);
  void playingChanged(bool playing);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  /// Marks of one iteration with the words that fit beside their line.
  struct Label {
    int iteration = 0;
    QColor colour;
    QString text;
    QRect rect;  ///< empty: there is no room
  };

  int count() const { return static_cast<int>(data_.iterations.size()); }
  int lastIteration() const;
  QRect band() const;  ///< of curve, ticks and marks
  QFont smallFont() const;
  int nearestKept(double x) const;
  int keptNear(int iteration) const;
  void stepByHand(int keptIndex);
  void placeLabels();
  void refresh();
  void updateIcon();
  /// Height of the objective at this iteration, 0 … 1 in its own scale; none: not known.
  std::optional<double> levelAt(int iteration) const;
  void paintCurve(QPainter& painter, const QRect& area) const;

  TimelineData data_;
  std::vector<Label> labels_;
  double least_ = 0, most_ = 0;  ///< of the objective
  std::optional<int> dragged_;   ///< iteration that the mouse holds
  int wheel_ = 0;                ///< eighths of a degree that are not a step yet
  QTimer timer_;
  QToolButton* play_;
  QLabel* state_;
};

}  // namespace uninet
