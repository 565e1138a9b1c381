#include "ui/panels/status_items.h"

#include <unistd.h>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QToolButton>
#include <algorithm>
#include <fstream>

#include "ui/document/text.h"
#include "ui/panels/job_list.h"

namespace uninet {
namespace {

constexpr int kGap = 16, kWidestJob = 360;

}  // namespace

qint64 residentBytes() {
  // proc(5): size and resident set, in pages.
  std::ifstream file("/proc/self/statm");
  qint64 size = 0, resident = 0;
  if (!(file >> size >> resident)) return -1;
  return resident * sysconf(_SC_PAGESIZE);
}

StatusItems::StatusItems(QWidget* parent, std::function<qint64()> memory)
    : QWidget(parent),
      memory_(std::move(memory)),
      device_(new QLabel(this)),
      memoryLabel_(new QLabel(this)),
      job_(new QToolButton(this)),
      list_(new JobList(this)) {
  setObjectName(QStringLiteral("status-items"));
  device_->setObjectName(QStringLiteral("status-device"));
  device_->setTextFormat(Qt::PlainText);
  memoryLabel_->setObjectName(QStringLiteral("status-memory"));
  job_->setObjectName(QStringLiteral("status-job"));
  job_->setAutoRaise(true);
  job_->setFocusPolicy(Qt::TabFocus);
  job_->setMaximumWidth(kWidestJob);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 4, 0);
  row->setSpacing(kGap);
  row->addWidget(device_);
  row->addWidget(memoryLabel_);
  row->addWidget(job_);
  timer_.setInterval(kMemoryMs);
  connect(&timer_, &QTimer::timeout, this, &StatusItems::readMemory);
  connect(job_, &QToolButton::clicked, this, &StatusItems::toggleJobs);
  connect(list_, &JobList::stopRequested, this, &StatusItems::stopRequested);
  device_->hide();
  QEvent language(QEvent::LanguageChange);
  changeEvent(&language);
}

void StatusItems::setDevice(const QString& text) {
  device_->setText(text);
  device_->setVisible(!text.isEmpty());
}

void StatusItems::setJobs(std::vector<JobLine> jobs) {
  jobs_ = std::move(jobs);
  list_->setJobs(jobs_);
  showJob();
}

void StatusItems::showJob() {
  QString text = tr("idle");
  if (!jobs_.empty()) {
    const auto running =
        std::find_if(jobs_.begin(), jobs_.end(), [](const JobLine& job) { return job.running; });
    const JobLine& job = running == jobs_.end() ? jobs_.front() : *running;
    text = job.running && job.total > 0 ? progressText(job.title, job.done, job.total, job.eta)
                                        : job.title;
    if (jobs_.size() > 1)
      text += tr(" (+%Ln waiting)", nullptr, static_cast<int>(jobs_.size()) - 1);
  }
  // The end of the text is what changes: the title in front gives way.
  const QFontMetrics metrics(job_->font());
  job_->setText(metrics.elidedText(text, Qt::ElideMiddle, kWidestJob - 24)
                    .replace(QLatin1Char('&'), QLatin1String("&&")));
  job_->setToolTip(jobs_.empty() ? tr("No job runs or waits")
                                 : tr("%1\nClick for all jobs and Stop").arg(text));
  job_->setAccessibleName(tr("Jobs: %1").arg(text));
}

void StatusItems::toggleJobs() {
  if (list_->isVisible())
    list_->close();
  else
    list_->popupAbove(job_);
}

void StatusItems::readMemory() {
  const qint64 bytes = memory_ ? memory_() : -1;
  memoryLabel_->setVisible(bytes >= 0);
  if (bytes < 0) return;
  constexpr double kMega = 1 << 20, kGiga = 1 << 30;
  const auto size = static_cast<double>(bytes);
  memoryLabel_->setText(size < kGiga ? tr("%1 MB").arg(shownNumber(size / kMega, 'f', 0))
                                     : tr("%1 GB").arg(shownNumber(size / kGiga, 'f', 2)));
}

void StatusItems::showEvent(QShowEvent* event) {
  readMemory();
  timer_.start();
  QWidget::showEvent(event);
}

void StatusItems::hideEvent(QHideEvent* event) {
  timer_.stop();
  QWidget::hideEvent(event);
}

void StatusItems::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  device_->setAccessibleName(tr("Device"));
  device_->setToolTip(tr("What computes"));
  memoryLabel_->setAccessibleName(tr("Memory of this program"));
  memoryLabel_->setToolTip(tr("Memory of this program"));
  showJob();
}

}  // namespace uninet
