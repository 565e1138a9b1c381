#pragma once

#include <QFrame>

class QLabel;

namespace uninet {

/// One message: a sign for its severity, the text, at most one action, and Close.
class Toast : public QFrame {
  Q_OBJECT
 public:
  /// `action`: text of a button, empty: none.
  Toast(bool error, const QString& text, const QString& action, QWidget* parent);

 Q_SIGNALS:
  void acted();
  void closed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  bool error_;
};

}  // namespace uninet
