#pragma once

#include <functional>
#include <list>
#include <optional>

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "ui/document/message.h"

class QAction;
class QLabel;
class QVBoxLayout;

namespace uninet {

class Toast;

/// Messages over the lower right corner of a widget, which they never shift. An error stays until
/// it is closed or its subject succeeds, one beside the other; there is one information at most,
/// which leaves after a while and never takes the place of an error of another subject. The newest
/// stand there, the others are counted and come as these are closed.
class Toasts : public QWidget {
  Q_OBJECT
 public:
  enum class Kind { information, error };
  /// Milliseconds that an information stays; they stand still while it is pointed at or has the
  /// focus.
  static constexpr qint64 kInformationMs = 6000;
  /// So many stand there at once.
  static constexpr int kShown = 3;

  /// `now` in milliseconds, never running backwards; none: the computer's clock.
  explicit Toasts(QWidget* over, std::function<qint64()> now = {});
  ~Toasts() override;

  /// No text: the subject has succeeded, its messages go. `action` is the text of the one button
  /// beside Close, `callback` what it does. A long text gets "Details" instead, which shows all of
  /// it in a box with that button.
  void say(Subject subject, const QString& text, Kind kind, const QString& action = {},
           std::function<void()> callback = {});
  /// All messages, a line each, errors first; those that wait for a place as well.
  QString text() const;
  /// How many errors there are.
  int errors() const;
  /// Moves the keyboard to the newest message, and back (F6, Alt+M).
  QAction* focusAction() const { return focus_; }
  /// Removes an information whose time is over; the timer calls it.
  void expire();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  bool event(QEvent* event) override;
  void enterEvent(QEnterEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  struct Message {
    Subject subject;
    Kind kind;
    QString text, action;
    std::function<void()> callback;
    qint64 left = kInformationMs;  ///< of an information
    quint64 number = 0;            ///< in the order in which they came
    Toast* toast = nullptr;        ///< where it stands, if it does
  };
  using Messages = std::list<Message>;

  void remove(Messages::iterator message);
  void close(quint64 number);
  void act(quint64 number);
  void showDetails(const Message& message);
  bool held() const;
  void refresh();
  void anchor();
  void toggleFocus();
  QList<Toast*> shown() const;  ///< from the top

  std::function<qint64()> now_;
  Messages messages_;  ///< errors in the order in which they came, then the information
  quint64 last_ = 0;
  std::optional<qint64> counted_;  ///< when time was last taken off the information
  bool hovered_ = false;
  QTimer timer_;
  QPointer<QWidget> before_;  ///< that had the focus
  QVBoxLayout* column_;
  QLabel* more_;
  QAction* focus_;
};

}  // namespace uninet
