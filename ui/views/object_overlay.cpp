#include "ui/views/object_overlay.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPixmap>
#include <QPixmapCache>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

using namespace canvas;

constexpr double kBar = 3;          ///< in the object's colour, at the left of its label
constexpr double kLeastStep = 1.5;  ///< between corners of an outline on the screen
constexpr double kHovered = 1e12, kSelected = 2e12;  ///< beyond every score and area

QSizeF labelSize(const QString& text, const QFontMetricsF& metrics) {
  return {std::ceil(metrics.horizontalAdvance(text)) + kBar + 6, std::ceil(metrics.height()) + 1};
}

/// Text on its plate, made once: shaping text is what would take most of the time.
QPixmap plate(const QString& text, const QFont& font, const QSizeF& size, double ratio) {
  const QString key =
      QStringLiteral("uninet-label/%1/%2/%3").arg(text, font.key()).arg(ratio, 0, 'f', 2);
  QPixmap pixmap;
  if (QPixmapCache::find(key, &pixmap)) return pixmap;
  pixmap = QPixmap((size * ratio).toSize());
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(kChip);
  QPainter painter(&pixmap);
  painter.setFont(font);
  painter.setPen(kInk);
  painter.drawText(QRectF({kBar + 3, 0}, size), Qt::AlignLeft | Qt::AlignVCenter, text);
  painter.end();
  QPixmapCache::insert(key, pixmap);
  return pixmap;
}

/// Dashes tell apart what is only in one row, beside its colour and its label.
Qt::PenStyle lineOf(ObjectChange change) {
  switch (change) {
    case ObjectChange::lost:
      return Qt::DashLine;
    case ObjectChange::fresh:
      return Qt::DashDotLine;
    case ObjectChange::unseen:
      return Qt::DotLine;
    case ObjectChange::renamed:
    case ObjectChange::moved:
    case ObjectChange::same:
      break;
  }
  return Qt::SolidLine;
}

void frame(QPainter& painter, const QRectF& box, const QColor& colour, double wide,
           Qt::PenStyle style) {
  if (style != Qt::SolidLine) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(kHalo, wide + 1.5));
    painter.drawRect(box);
    QPen pen(colour, wide, style);
    painter.setPen(pen);
    painter.drawRect(box);
    return;
  }
  // Four bars: much faster than a stroked path.
  const auto bars = [&](double w, const QColor& c) {
    const double h = w / 2;
    painter.fillRect(QRectF(box.left() - h, box.top() - h, box.width() + w, w), c);
    painter.fillRect(QRectF(box.left() - h, box.bottom() - h, box.width() + w, w), c);
    painter.fillRect(QRectF(box.left() - h, box.top() + h, w, box.height() - w), c);
    painter.fillRect(QRectF(box.right() - h, box.top() + h, w, box.height() - w), c);
  };
  bars(wide + 1.5, kHalo);
  bars(wide, colour);
}

/// From the old place to the new one.
void arrow(QPainter& painter, QPointF from, QPointF to, const QColor& colour) {
  const QPointF along = to - from;
  const double length = std::hypot(along.x(), along.y());
  if (length < 6) return;
  const QPointF unit = along / length, side(-unit.y(), unit.x());
  for (const auto& [c, wide] : {std::pair{kHalo, 4.0}, {colour, 2.0}}) {
    painter.setPen(QPen(c, wide));
    painter.drawLine(from, to);
    painter.drawLine(to, to - unit * 6 + side * 4);
    painter.drawLine(to, to - unit * 6 - side * 4);
  }
}

/// Outlines on the screen, without corners that lie closer than what can be seen.
std::vector<QPolygonF> seenOutlines(const SceneObject& object, const ViewMap& map) {
  std::vector<QPolygonF> outlines;
  for (const QPolygonF& outline : object.outlines) {
    QPolygonF seen;
    seen.reserve(outline.size());
    for (const QPointF& p : outline) {
      const QPointF at = map.toView(p);
      if (seen.isEmpty() || (at - seen.back()).manhattanLength() >= kLeastStep) seen << at;
    }
    if (seen.size() >= 3) outlines.push_back(seen);
  }
  return outlines;
}

void paintObject(QPainter& painter, const SceneObject& object, bool boxes, const ViewMap& map,
                 Row row, const ObjectFocus& focus) {
  const QRectF box = map.toView(object.box);
  const bool strong = focus.has(object.number);
  const double wide = strong ? kStrongLine : object.faint ? 1 : kLine;
  QColor colour = object.colour;
  if (object.faint && !strong) colour = QColor(200, 200, 200, 130);
  const Qt::PenStyle style = lineOf(object.change);
  if (!object.outlines.empty()) {
    painter.setRenderHint(QPainter::Antialiasing);
    const std::vector<QPolygonF> outlines = seenOutlines(object, map);
    const bool lines = !boxes || strong;
    if (lines && strong) {
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(kHalo, wide + 2));
      for (const QPolygonF& outline : outlines) painter.drawPolygon(outline);
    }
    // A width of one takes the fast way of the paint engine.
    painter.setPen(lines ? QPen(colour, strong ? wide : 1, style) : QPen(Qt::NoPen));
    painter.setBrush(object.fill.isValid() ? QBrush(object.fill) : QBrush(Qt::NoBrush));
    if (outlines.size() == 1) {
      painter.drawPolygon(outlines.front());
    } else if (!outlines.empty()) {
      QPainterPath path;  // with holes
      for (const QPolygonF& outline : outlines) {
        path.addPolygon(outline);
        path.closeSubpath();
      }
      painter.drawPath(path);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setRenderHint(QPainter::Antialiasing, false);
  }
  if (boxes || object.outlines.empty()) {
    if (!object.from.isNull()) {
      const QRectF before = map.toView(object.from);
      frame(painter, before, colour, 1, Qt::DotLine);
      painter.setRenderHint(QPainter::Antialiasing);
      arrow(painter, before.center(), box.center(), colour);
      painter.setRenderHint(QPainter::Antialiasing, false);
    }
    frame(painter, box, colour, wide, style);
  }
  if (row == Row::change && object.change == ObjectChange::lost) {
    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& [c, w] : {std::pair{kHalo, 3.0}, {colour, 1.5}}) {
      painter.setPen(QPen(c, w));
      painter.drawLine(box.topLeft(), box.bottomRight());
      painter.drawLine(box.bottomLeft(), box.topRight());
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
  }
  if (object.number == focus.selected) {
    // A second frame around it: chosen is told apart from pointed at without colours.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(kInk, 1));
    painter.drawRect(box.adjusted(-4, -4, 4, 4));
  }
}

}  // namespace

std::vector<PlacedLabel> layOutLabels(const PanelContent& content, const ViewMap& map,
                                      const QFont& font, const ObjectFocus& focus,
                                      const std::vector<QRectF>& obstacles) {
  const QFontMetricsF metrics(font);
  std::vector<LabelRequest> requests;
  for (std::size_t i = 0; i < content.objects.size(); ++i) {
    const SceneObject& object = content.objects[i];
    const bool focused = focus.has(object.number);
    if (object.label.isEmpty() || (!focused && (!content.labels || object.faint))) continue;
    const QRectF seen = map.toView(object.box).intersected(map.bounds);
    if (seen.isEmpty()) continue;
    const double priority = object.number == focus.selected  ? kSelected
                            : object.number == focus.hovered ? kHovered
                                                             : object.score;
    requests.push_back({static_cast<int>(i), seen, labelSize(object.label, metrics), priority});
  }
  return placeLabels(std::move(requests), map.bounds, obstacles);
}

void paintObjects(QPainter& painter, const PanelContent& content, const ViewMap& map,
                  const QFont& font, const std::vector<PlacedLabel>& labels, Row row,
                  const ObjectFocus& focus) {
  const auto paint = [&](const SceneObject& object) {
    const QRectF box = map.toView(object.box).united(map.toView(object.from));
    if (box.adjusted(-6, -6, 6, 6).intersects(map.bounds))
      paintObject(painter, object, content.boxes, map, row, focus);
  };
  for (auto object = content.objects.rbegin(); object != content.objects.rend(); ++object)
    if (!focus.has(object->number)) paint(*object);
  for (const SceneObject& object : content.objects)
    if (focus.has(object.number)) paint(object);
  const double ratio = painter.device()->devicePixelRatioF();
  for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
    const SceneObject& object = content.objects[static_cast<std::size_t>(label->object)];
    if (label->dot) {
      painter.fillRect(label->rect, kHalo);
      painter.fillRect(label->rect.adjusted(1, 1, -1, -1), object.colour);
      continue;
    }
    painter.drawPixmap(label->rect.topLeft(), plate(object.label, font, label->rect.size(), ratio));
    painter.fillRect(QRectF(label->rect.topLeft(), QSizeF(kBar, label->rect.height())),
                     object.colour);
  }
}

int objectAt(const PanelContent& content, const ViewMap& map,
             const std::vector<PlacedLabel>& labels, QPointF place) {
  for (const PlacedLabel& label : labels)
    if (label.rect.contains(place))
      return content.objects[static_cast<std::size_t>(label.object)].number;
  if (!map.image.contains(place)) return -1;
  const QPointF at = map.toPicture(place);
  int found = -1;
  double smallest = std::numeric_limits<double>::infinity();
  for (const SceneObject& object : content.objects) {
    const double area = object.box.width() * object.box.height();
    if (!object.box.contains(at) || area >= smallest) continue;
    // Where masks are drawn and no boxes, a corner beside the mask is not the object.
    const bool byMask = !content.boxes && !object.outlines.empty();
    if (byMask) {
      bool inside = false;
      for (const QPolygonF& outline : object.outlines)
        if (outline.containsPoint(at, Qt::OddEvenFill)) inside = !inside;
      if (!inside) continue;
    }
    smallest = area;
    found = object.number;
  }
  return found;
}

}  // namespace uninet
