#pragma once

#include <vector>

#include <QWidget>

class QSlider;

namespace uninet {

/// A slider over values that are marked at equal distances, such as ¼ 1 2 4 8 16. Between two marks
/// it stops at up to three values more. Arrow keys go to the next stop, Page Up and Down to the
/// next mark. A value beyond the marks leaves the handle at the end.
class MarkSlider : public QWidget {
  Q_OBJECT
 public:
  explicit MarkSlider(QWidget* parent = nullptr);

  /// At least two marks, ascending; stops are multiples of `step`.
  void setMarks(const std::vector<double>& marks, double step);
  /// Tells nobody.
  void setValue(double value);
  QSlider* slider() { return slider_; }

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 Q_SIGNALS:
  void moved(double value);   ///< while it is dragged
  void chosen(double value);  ///< let go, or by key or click

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Stop {
    int position;
    double value;
  };
  void layOut();
  void act(int action);
  std::size_t nearest(int position) const;

  QSlider* slider_;
  std::vector<double> marks_;
  double step_ = 0;
  std::vector<Stop> stops_;
};

}  // namespace uninet
