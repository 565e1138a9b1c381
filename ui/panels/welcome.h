#pragma once

#include <QFrame>

namespace uninet {

/// What a first start offers over the lower middle of the pictures: one attack to try, by one
/// button. Gone once it was used or closed.
class Welcome : public QFrame {
  Q_OBJECT
 public:
  /// Over `over`, which it never shifts.
  explicit Welcome(QWidget* over);

 Q_SIGNALS:
  void accepted();
  /// It was used or closed.
  void done();

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void place();
  void finish();
};

}  // namespace uninet
