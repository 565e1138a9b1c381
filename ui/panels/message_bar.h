#pragma once

#include <QFrame>

class QLabel;

namespace uninet {

/// A line above the panels that says what happened and what to do. Never blocks; hides itself when
/// there is nothing to say.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { information, error };
  explicit MessageBar(QWidget* parent = nullptr);

  void say(const QString& text, Kind kind);
  QString text() const;

 private:
  QLabel* label_;
};

}  // namespace uninet
