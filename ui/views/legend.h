#pragma once

#include <set>
#include <string>
#include <vector>

#include <QFont>
#include <QRectF>

#include "ui/document/scene.h"

class QPainter;

namespace uninet {

/// A mark of a scale.
struct LegendTick {
  double position = 0;  ///< 0 to 1
  QString text;
  double left = 0;  ///< of the text, pixels from the beginning of the scale
};
/// Marks of a scale of so many pixels whose texts do not collide: the first and the last one
/// always, of the others those for which there is room.
std::vector<LegendTick> ticksThatFit(std::vector<LegendTick> ticks, double width,
                                     const QFont& font);

/// Where a scale of metres stands in a panel: bottom left. Empty: the panel is too small.
QRectF scaleRect(const PanelContent& content, const QRectF& panel, const QFont& font);
void paintScale(QPainter& painter, const PanelContent& content, const QRectF& rect,
                const QFont& font);

/// A class that can be clicked; class −1 opens and closes the legend.
struct ClassChip {
  QRectF rect;
  int index = -1;  ///< in Scene::classes
  QString text;
};
/// Chips from the bottom left upwards. Closed: only the one that opens them. Empty: no room.
std::vector<ClassChip> layOutClasses(const std::vector<SceneClass>& classes, bool open,
                                     const QRectF& panel, const QFont& font);
void paintClasses(QPainter& painter, const std::vector<ClassChip>& chips,
                  const std::vector<SceneClass>& classes, const std::set<std::string>& hidden,
                  const QFont& font);

/// What is hidden after a click on a class. `isolate`: only this one is shown, or all again if it
/// was the only one.
std::set<std::string> hiddenAfterClick(const std::vector<SceneClass>& classes,
                                       const std::set<std::string>& hidden, int index,
                                       bool isolate);

}  // namespace uninet
