#pragma once

#include <QHeaderView>

namespace uninet {

/// The header of a table of runs: over the bars of what a run left stand the names of the tasks.
class RunsHeader : public QHeaderView {
  Q_OBJECT
 public:
  explicit RunsHeader(QWidget* parent = nullptr);

 protected:
  void initStyleOptionForIndex(QStyleOptionHeader* option, int logicalIndex) const override;
  void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
};

}  // namespace uninet
