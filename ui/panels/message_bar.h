#pragma once

#include <list>

#include <QFrame>

#include "ui/document/message.h"

class QLabel;
class QVBoxLayout;

namespace uninet {

/// Lines above the panels that say what happened and what to do. Never blocks; hides itself when
/// there is nothing to say. An error stays until it is closed or until its subject succeeds, one
/// beside the other; there is one information at most, and it never takes the place of an error of
/// another subject.
class MessageBar : public QFrame {
  Q_OBJECT
 public:
  enum class Kind { information, error };
  explicit MessageBar(QWidget* parent = nullptr);

  /// No text: the subject has succeeded, its messages go.
  void say(Subject subject, const QString& text, Kind kind);
  /// All messages, a line each, errors first; those that wait for a place as well.
  QString text() const;
  /// How many errors there are.
  int errors() const;

 private:
  struct Message {
    Subject subject;
    Kind kind;
    QString text;
  };
  void update();

  std::list<Message> messages_;  ///< errors in the order in which they came, then the information
  QVBoxLayout* rows_;
};

}  // namespace uninet
