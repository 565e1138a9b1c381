#pragma once

#include <functional>
#include <map>
#include <vector>

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "ui/document/job_runner.h"

class QLabel;
class QToolButton;

namespace uninet {

/// A job that runs or waits, as the status bar shows it.
struct JobLine {
  JobId id = 0;
  QString title;
  qint64 done = 0, total = 0;  ///< total 0: not known
  double eta = -1;             ///< seconds, negative: unknown
  bool running = false;        ///< else it waits
};

/// Bytes of this process in memory, from /proc; −1: not known here.
qint64 residentBytes();

class JobList;

/// The right end of the status bar: device, memory, and the job that runs with its ETA. A click on
/// the job opens the queue, where each has its own Stop. Says "idle" when there is none.
class StatusItems : public QWidget {
  Q_OBJECT
 public:
  static constexpr int kMemoryMs = 2000;

  explicit StatusItems(QWidget* parent = nullptr, std::function<qint64()> memory = residentBytes);

  void setDevice(const QString& text);
  /// In the order in which they run.
  void setJobs(std::vector<JobLine> jobs);
  /// Opens the queue above this widget, or closes it.
  void toggleJobs();

 Q_SIGNALS:
  void stopRequested(JobId id);

 protected:
  void showEvent(QShowEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void readMemory();
  void showJob();

  std::function<qint64()> memory_;
  std::vector<JobLine> jobs_;
  QTimer timer_;
  QLabel* device_;
  QLabel* memoryLabel_;
  QToolButton* job_;
  JobList* list_;
};

}  // namespace uninet
