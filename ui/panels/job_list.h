#pragma once

#include <vector>

#include <QFrame>

#include "ui/panels/status_items.h"

class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace uninet {

/// A pop-up with the jobs that run and wait, each with its own Stop. Rows stay while their job
/// does, so that a press on a button is not lost.
class JobList : public QFrame {
  Q_OBJECT
 public:
  explicit JobList(QWidget* parent);
  void setJobs(const std::vector<JobLine>& jobs);
  /// Right above this widget, inside its screen.
  void popupAbove(const QWidget* widget);

 Q_SIGNALS:
  void stopRequested(JobId id);

 private:
  struct Row {
    JobId id = 0;
    QWidget* widget = nullptr;
    QLabel* title = nullptr;
    QLabel* state = nullptr;
    QProgressBar* bar = nullptr;
  };
  Row makeRow(JobId id);

  std::vector<Row> rows_;
  QLabel* empty_;
  QVBoxLayout* column_;
};

}  // namespace uninet
