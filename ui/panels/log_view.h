#pragma once

#include <QPlainTextEdit>

namespace uninet {

/// The log tab: what was logged by any thread while it lives, at most 5000 lines.
class LogView : public QPlainTextEdit {
  Q_OBJECT
 public:
  explicit LogView(QWidget* parent = nullptr);
  ~LogView() override;
};

}  // namespace uninet
