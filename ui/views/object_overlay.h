#pragma once

#include <vector>

#include <QFont>

#include "ui/document/scene.h"
#include "ui/views/label_layout.h"
#include "ui/views/view_map.h"

class QPainter;

namespace uninet {

/// What the person points at and has chosen, by ObjectMatch::number; −1: nothing.
struct ObjectFocus {
  int hovered = -1, selected = -1;
  bool has(int number) const { return number >= 0 && (number == hovered || number == selected); }
};

/// Labels of the objects that are seen. Without PanelContent::labels only those in focus have one.
std::vector<PlacedLabel> layOutLabels(const PanelContent& content, const ViewMap& map,
                                      const QFont& font, const ObjectFocus& focus,
                                      const std::vector<QRectF>& obstacles);

/// Objects and labels, in lines of the screen's width at any zoom. What is only
/// in one row is dashed; in the change row what was lost is crossed out.
void paintObjects(QPainter& painter, const PanelContent& content, const ViewMap& map,
                  const QFont& font, const std::vector<PlacedLabel>& labels, Row row,
                  const ObjectFocus& focus);

/// Number of the object at a place of the view: of the label there, else of the smallest one whose
/// mask or box holds it; −1: none.
int objectAt(const PanelContent& content, const ViewMap& map,
             const std::vector<PlacedLabel>& labels, QPointF place);

}  // namespace uninet
