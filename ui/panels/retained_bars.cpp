#include "ui/panels/retained_bars.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/style/colours.h"

namespace uninet {
namespace {

constexpr int kGap = 8;
constexpr int kBarHeight = 8;
constexpr int kLeastBar = 40;
constexpr int kRowPadding = 6;

/// As the panels of the canvas are called: the full titles leave no room for a bar.
QString shortTitle(Task task) {
  if (task == Task::segment) return RetainedBars::tr("Segmentation");
  if (task == Task::instSeg) return RetainedBars::tr("Instances");
  return labelText(taskInfo(task).title);
}

QString numberOf(const RatioBar& bar) {
  return std::isfinite(bar.ratio) ? shownNumber(bar.ratio, 'f', 2) : QStringLiteral("\u2013");
}

}  // namespace

RetainedBars::RetainedBars(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setFocusPolicy(Qt::TabFocus);
  setMouseTracking(true);
}

void RetainedBars::setBars(std::vector<RatioBar> bars, TaskSet predicted) {
  bars_ = std::move(bars);
  predicted_ = predicted;
  pointed_ = -1;
  QStringList rows;
  for (std::size_t i = 0; i < bars_.size(); ++i) rows << rowText(i);
  setAccessibleDescription(clauseText(rows));
  updateGeometry();
  update();
}

QString RetainedBars::rowText(std::size_t row) const {
  const RatioBar& bar = bars_[row];
  const TaskInfo& info = taskInfo(bar.task);
  const QString title = labelText(info.title);
  if (!predicted_.has(bar.task)) return tr("%1: the network has no such output").arg(title);
  if (!std::isfinite(bar.clean))
    return tr("%1: this image has no ground truth to measure it by").arg(title);
  if (!std::isfinite(bar.attacked))
    return tr("%1: it cannot be measured on the attacked image").arg(title);
  const QString values =
      tr("%1: %2 %3 \u2192 %4")
          .arg(title, labelText(info.metricTitle), shownNumber(bar.clean, 'g', 4),
               shownNumber(bar.attacked, 'g', 4));
  return std::isfinite(bar.ratio) ? tr("%1, ratio %2").arg(values, numberOf(bar))
                                  : tr("%1; there is no ratio to a clean value of 0").arg(values);
}

int RetainedBars::rowHeight() const { return fontMetrics().height() + kRowPadding; }

QRect RetainedBars::rowRect(std::size_t row) const {
  return {0, static_cast<int>(row) * rowHeight(), width(), rowHeight()};
}

int RetainedBars::rowAt(const QPoint& place) const {
  for (std::size_t i = 0; i < bars_.size(); ++i)
    if (rowRect(i).contains(place)) return static_cast<int>(i);
  return -1;
}

void RetainedBars::point(int row) {
  if (row == pointed_) return;
  pointed_ = row;
  update();
}

void RetainedBars::mouseMoveEvent(QMouseEvent* event) {
  point(rowAt(event->position().toPoint()));
  setCursor(pointed_ >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void RetainedBars::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().toPoint());
  if (event->button() != Qt::LeftButton || row < 0) return QWidget::mousePressEvent(event);
  Q_EMIT clicked(bars_[static_cast<std::size_t>(row)].task);
}

void RetainedBars::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  point(-1);
}

void RetainedBars::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(bars_.size()) - 1;
  if (event->key() == Qt::Key_Down && last >= 0) return point(std::min(pointed_ + 1, last));
  if (event->key() == Qt::Key_Up && last >= 0) return point(std::max(pointed_ - 1, 0));
  if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && pointed_ >= 0) {
    Q_EMIT clicked(bars_[static_cast<std::size_t>(pointed_)].task);
    return;
  }
  QWidget::keyPressEvent(event);
}

void RetainedBars::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  if (pointed_ < 0 && !bars_.empty()) point(0);
}

void RetainedBars::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  point(-1);
}

QSize RetainedBars::sizeHint() const {
  int title = 0;
  for (const RatioBar& bar : bars_)
    title = std::max(title, fontMetrics().horizontalAdvance(shortTitle(bar.task)));
  return {title + 2 * kGap + kLeastBar + fontMetrics().horizontalAdvance(QStringLiteral("0.00")),
          static_cast<int>(bars_.size()) * rowHeight()};
}

void RetainedBars::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  int titles = 0, numbers = 0;
  for (const RatioBar& bar : bars_) {
    titles = std::max(titles, fontMetrics().horizontalAdvance(shortTitle(bar.task)));
    numbers = std::max(numbers, fontMetrics().horizontalAdvance(numberOf(bar)));
  }
  const QColor muted = palette().color(QPalette::PlaceholderText);
  QColor groove = palette().color(QPalette::WindowText);
  groove.setAlphaF(0.1F);
  for (std::size_t i = 0; i < bars_.size(); ++i) {
    const RatioBar& bar = bars_[i];
    const QRect row = rowRect(i);
    const bool pointed = static_cast<int>(i) == pointed_;
    if (pointed) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(groove);
      painter.drawRoundedRect(row, kBarHeight / 4.0, kBarHeight / 4.0);
    }
    painter.setPen(pointed ? palette().color(QPalette::WindowText) : muted);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, shortTitle(bar.task));
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, numberOf(bar));
    const QRectF whole(titles + kGap, row.center().y() - kBarHeight / 2.0 + 0.5,
                       std::max(0, row.width() - titles - numbers - 2 * kGap), kBarHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(groove);
    painter.drawRoundedRect(whole, kBarHeight / 4.0, kBarHeight / 4.0);
    if (!std::isfinite(bar.ratio)) continue;
    // What is left of next to nothing is still seen.
    QRectF part = whole;
    part.setWidth(std::max(2.0, whole.width() * std::clamp(bar.ratio, 0.0, 1.0)));
    painter.setBrush(accentOf(palette()));
    painter.drawRoundedRect(part, kBarHeight / 4.0, kBarHeight / 4.0);
  }
}

bool RetainedBars::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    for (std::size_t i = 0; i < bars_.size(); ++i)
      if (rowRect(i).contains(help->pos())) {
        QToolTip::showText(help->globalPos(), rowText(i), this, rowRect(i));
        return true;
      }
    QToolTip::hideText();
    return true;
  }
  return QWidget::event(event);
}

}  // namespace uninet
