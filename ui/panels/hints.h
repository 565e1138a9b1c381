#pragma once

#include <vector>

#include <QPointer>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace uninet {

/// What one bubble says, and what it points at.
struct Hint {
  QWidget* target = nullptr;
  QString text;
};

/// First-run hints: bubbles in a window, one after the other, each pointing at a widget. Not modal.
/// One that was closed (Got it, Escape) never returns; Skip closes all. How many were closed is
/// kept in QSettings under kKey, so the list keeps its order from version to version.
class Hints : public QWidget {
  Q_OBJECT
 public:
  static constexpr const char* kKey = "hints/closed";

  /// `window`: where the bubbles stand, with all that they point at.
  explicit Hints(QWidget* window);

  /// Shows the first that was never closed and whose target is seen; does nothing if there is none.
  void show(std::vector<Hint> hints);
  /// Text of the bubble; empty: none is there.
  QString text() const;

 Q_SIGNALS:
  /// The last one was closed.
  void finished();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  enum class Side { above, below, left, right };
  struct Pointed {
    QPointer<QWidget> target;
    QString text;
  };

  void next();
  void closeUpTo(int count);
  void place();

  std::vector<Pointed> hints_;
  int current_ = -1;
  Side side_ = Side::below;   ///< of the target, where the bubble stands
  int tip_ = 0;               ///< of the arrow, along the bubble's edge
  QPointer<QWidget> before_;  ///< that had the focus
  QLabel* text_;
  QLabel* number_;
  QPushButton* skip_;
  QPushButton* close_;
};

}  // namespace uninet
