#include "ui/panels/job_list.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr int kWidth = 360, kMargin = 12;

QString stateOf(const JobLine& job) {
  if (!job.running) return JobList::tr("waits");
  if (job.total <= 0) return JobList::tr("runs");
  QString text = JobList::tr("%1 of %2").arg(shownNumber(job.done), shownNumber(job.total));
  if (job.eta >= 0 && job.done < job.total)
    text += JobList::tr(", %1 left").arg(clockText(job.eta));
  return text;
}

}  // namespace

JobList::JobList(QWidget* parent)
    : QFrame(parent, Qt::Popup), empty_(new QLabel(this)), column_(new QVBoxLayout(this)) {
  setObjectName(QStringLiteral("job-list"));
  setFrameShape(QFrame::StyledPanel);
  setAccessibleName(tr("Jobs"));
  setFixedWidth(kWidth);
  column_->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
  column_->setSpacing(kMargin);
  column_->addWidget(empty_);
  setJobs({});
}

JobList::Row JobList::makeRow(JobId id) {
  Row row;
  row.id = id;
  row.widget = new QWidget(this);
  row.widget->setObjectName(QStringLiteral("job-%1").arg(id));
  row.title = new QLabel(row.widget);
  row.title->setTextFormat(Qt::PlainText);
  row.title->setWordWrap(true);
  row.state = new QLabel(row.widget);
  row.state->setForegroundRole(QPalette::PlaceholderText);
  row.state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  row.bar = new QProgressBar(row.widget);
  row.bar->setTextVisible(false);
  row.bar->setFixedHeight(6);
  auto* stop = new QPushButton(tr("Stop"), row.widget);
  stop->setObjectName(QStringLiteral("stop-job-%1").arg(id));
  stop->setAutoDefault(false);
  connect(stop, &QPushButton::clicked, this, [this, id] { Q_EMIT stopRequested(id); });
  auto* grid = new QGridLayout(row.widget);
  grid->setContentsMargins({});
  grid->setHorizontalSpacing(kMargin);
  grid->setVerticalSpacing(4);
  grid->setColumnStretch(0, 1);
  grid->addWidget(row.title, 0, 0);
  grid->addWidget(row.state, 0, 1);
  grid->addWidget(row.bar, 1, 0, 1, 2);
  grid->addWidget(stop, 0, 2, 2, 1, Qt::AlignVCenter);
  row.widget->show();
  return row;
}

void JobList::setJobs(const std::vector<JobLine>& jobs) {
  std::erase_if(rows_, [&](const Row& row) {
    const bool there =
        std::any_of(jobs.begin(), jobs.end(), [&](const JobLine& job) { return job.id == row.id; });
    if (there) return false;
    column_->removeWidget(row.widget);
    row.widget->hide();
    // The click that stopped it comes from a button of its own.
    row.widget->deleteLater();
    return true;
  });
  int place = 0;
  for (const JobLine& job : jobs) {
    auto row = std::find_if(rows_.begin(), rows_.end(),
                            [&](const Row& candidate) { return candidate.id == job.id; });
    if (row == rows_.end()) row = rows_.insert(rows_.end(), makeRow(job.id));
    if (column_->indexOf(row->widget) != place) {
      column_->removeWidget(row->widget);
      column_->insertWidget(place, row->widget);
    }
    ++place;
    row->title->setText(job.title);
    row->state->setText(stateOf(job));
    // Qt counts in int; a share is all that a bar shows.
    constexpr int kParts = 1000;
    const bool known = job.total > 0;
    row->bar->setVisible(job.running);
    row->bar->setRange(0, known ? kParts : 0);
    if (known)
      row->bar->setValue(static_cast<int>(kParts * static_cast<double>(job.done) /
                                          static_cast<double>(job.total)));
    row->bar->setAccessibleName(job.title);
    row->widget->findChild<QPushButton*>()->setAccessibleName(tr("Stop %1").arg(job.title));
  }
  empty_->setText(tr("No job runs or waits."));
  empty_->setVisible(jobs.empty());
  if (!isVisible()) return;
  const QRect before = geometry();
  column_->activate();
  adjustSize();
  move(before.left(), before.bottom() + 1 - height());
}

void JobList::popupAbove(const QWidget* widget) {
  column_->activate();
  adjustSize();
  const QRect screen = widget->screen()->availableGeometry();
  const QPoint corner = widget->mapToGlobal(QPoint(widget->width(), 0));
  move(std::max(screen.left(), std::min(corner.x(), screen.right() + 1) - width()),
       std::max(screen.top(), corner.y() - height() - 4));
  show();
  if (auto* first = findChild<QPushButton*>()) first->setFocus(Qt::PopupFocusReason);
}

}  // namespace uninet
