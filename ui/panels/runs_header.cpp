#include "ui/panels/runs_header.h"

#include <QPainter>

#include "core/data/tasks.h"
#include "ui/panels/runs_delegate.h"
#include "ui/panels/runs_model.h"

namespace uninet {

RunsHeader::RunsHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {}

void RunsHeader::initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const {
  QHeaderView::initStyleOptionForIndex(option, logicalIndex);
  if (logicalIndex == RunsModel::retained) option->text.clear();
}

void RunsHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const {
  painter->save();
  QHeaderView::paintSection(painter, rect, logicalIndex);
  painter->restore();
  if (logicalIndex != RunsModel::retained) return;
  painter->save();
  QFont small = font();
  small.setPixelSize(QFontInfo(small).pixelSize() - 2);
  painter->setFont(small);
  painter->setPen(palette().color(QPalette::ButtonText));
  int index = 0;
  for (const TaskInfo& info : tasks()) {
    const QRect slot = RunsDelegate::barSlot(rect, index++);
    painter->drawText(QRect(slot.center().x() - 15, rect.top(), 31, rect.height()), Qt::AlignCenter,
                      QString::fromUtf8(info.shortName));
  }
  painter->restore();
}

}  // namespace uninet
