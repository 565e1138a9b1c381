#include "ui/views/panel_grid.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/data/tasks.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr int kSpace = 6;

}  // namespace

DepthLegend::DepthLegend(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Colours of depth in metres"));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.75);
  setFont(small);
}

QSize DepthLegend::sizeHint() const { return {150, fontMetrics().height() + 6}; }

void DepthLegend::setFarthest(double metres) {
  farthest_ = metres;
  update();
}

void DepthLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const int bar = 5, margin = 8;
  const QSize size(width() - 2 * margin, bar);
  painter.drawImage(QPoint(margin, 0), toQImage(depthLegend({size.width(), size.height()})));
  painter.setPen(palette().color(QPalette::WindowText));
  for (const double metres : depthTicks(farthest_)) {
    const double x = margin + depthPosition(metres, farthest_) * (size.width() - 1);
    const QString number = shownNumber(metres);
    const QString text = metres < farthest_ ? number : tr("%1 m").arg(number);
    const int wide = fontMetrics().horizontalAdvance(text);
    painter.drawText(
        QPointF(std::min(x - wide / 2.0, width() - wide - 0.0), bar + fontMetrics().ascent()),
        text);
  }
}

PanelGrid::PanelGrid(QWidget* parent) : QWidget(parent) {
  for (std::size_t i = 0; i < kPanels; ++i) {
    Cell& cell = cells_[i];
    const QString name = i == 0 ? tr("Image") : labelText(tasks()[i - 1].title);
    cell.frame = new QWidget(this);
    auto* column = new QVBoxLayout(cell.frame);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    cell.title = new QWidget(cell.frame);
    auto* head = new QHBoxLayout(cell.title);
    head->setContentsMargins(2, 0, 2, 0);
    auto* label = new QLabel(name, cell.title);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    head->addWidget(label);
    head->addStretch();
    const bool depth = i > 0 && !tasks()[i - 1].semantic;
    if (depth) head->addWidget(cell.legend = new DepthLegend(cell.title));
    cell.title->setToolTip(tr("Double click: show this panel alone, and again: all of them"));
    cell.title->installEventFilter(this);
    column->addWidget(cell.title);
    cell.clean = new ImageView(camera_, tr("clean"), cell.frame);
    cell.clean->setAccessibleName(tr("%1, clean").arg(name));
    cell.attacked = new ImageView(camera_, tr("attacked"), cell.frame);
    cell.attacked->setAccessibleName(tr("%1, attacked").arg(name));
    column->addWidget(cell.clean, 1);
    column->addWidget(cell.attacked, 1);
  }
  setMinimumSize(360, 260);
}

void PanelGrid::setClean(const PanelImages& images) {
  if (!images[0].isNull()) aspect_ = static_cast<double>(images[0].width()) / images[0].height();
  for (std::size_t i = 0; i < kPanels; ++i) cells_[i].clean->setImage(images[i]);
  arrange();
}

void PanelGrid::setAttacked(const PanelImages& images) {
  for (std::size_t i = 0; i < kPanels; ++i) cells_[i].attacked->setImage(images[i]);
}

void PanelGrid::setEmptyTexts(const QString& clean, const QString& attacked) {
  for (const Cell& cell : cells_) {
    cell.clean->setEmptyText(clean);
    cell.attacked->setEmptyText(attacked);
  }
}

void PanelGrid::setEmptyText(Task task, const QString& clean) {
  for (std::size_t i = 1; i < kPanels; ++i)
    if (tasks()[i - 1].task == task) cells_[i].clean->setEmptyText(clean);
}

void PanelGrid::setFarthestMetres(double metres) {
  for (const Cell& cell : cells_)
    if (cell.legend != nullptr) cell.legend->setFarthest(metres);
}

void PanelGrid::setFlicker(bool on) {
  for (const Cell& cell : cells_)
    cell.attacked->setOverride(on && !cell.attacked->image().isNull() ? cell.clean->image()
                                                                      : QImage());
}

void PanelGrid::showOnly(int panel) {
  only_ = panel;
  arrange();
}

void PanelGrid::resizeEvent(QResizeEvent*) { arrange(); }

bool PanelGrid::eventFilter(QObject* object, QEvent* event) {
  if (event->type() == QEvent::MouseButtonDblClick)
    for (std::size_t i = 0; i < kPanels; ++i)
      if (cells_[i].title == object) {
        showOnly(only_ == static_cast<int>(i) ? -1 : static_cast<int>(i));
        return true;
      }
  return QWidget::eventFilter(object, event);
}

void PanelGrid::arrange() {
  const int count = only_ >= 0 ? 1 : static_cast<int>(kPanels);
  const int title = cells_[0].title->sizeHint().height() + 4;
  int best = 1;
  double largest = 0;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const double wide = (width() - kSpace * (columns - 1.0)) / columns;
    const double high = ((height() - kSpace * (rows - 1.0)) / rows - title) / 2;
    const double shown = std::min(wide, high * aspect_);
    if (shown > largest) {
      largest = shown;
      best = columns;
    }
  }
  const int rows = (count + best - 1) / best;
  const int wide = (width() - kSpace * (best - 1)) / best;
  // No higher than the pictures need: clean and attacked stay close together.
  const int high = std::min((height() - kSpace * (rows - 1)) / rows,
                            static_cast<int>(std::ceil(2 * wide / aspect_)) + title + 2);
  int place = 0;
  for (std::size_t i = 0; i < kPanels; ++i) {
    const bool shown = only_ < 0 || only_ == static_cast<int>(i);
    cells_[i].frame->setVisible(shown);
    if (!shown) continue;
    const int column = place % best, row = place / best;
    cells_[i].frame->setGeometry(column * (wide + kSpace), row * (high + kSpace), wide, high);
    ++place;
  }
}

}  // namespace uninet
