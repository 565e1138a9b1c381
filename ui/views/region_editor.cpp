#include "ui/views/region_editor.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace uninet {
namespace {

/// Whole numbers after "kind:"; empty if it is anything else.
std::vector<double> numbersAfter(const QString& text, const QString& kind) {
  if (!text.startsWith(kind)) return {};
  std::vector<double> numbers;
  for (const QString& part : text.mid(kind.size()).split(QLatin1Char(','))) {
    bool good = false;
    numbers.push_back(part.trimmed().toInt(&good));
    if (!good) return {};
  }
  return numbers;
}

double distance(QPointF a, QPointF b) { return std::hypot(a.x() - b.x(), a.y() - b.y()); }

}  // namespace

void RegionEditor::setMode(DrawMode mode) {
  if (mode == mode_) return;
  cancel();
  mode_ = mode;
}

void RegionEditor::setRegion(const QString& text, std::vector<QPolygonF> outlines) {
  cancel();
  kind_ = Kind::none;
  points_.clear();
  others_ = std::move(outlines);
  const std::vector<double> box = numbersAfter(text, QStringLiteral("box:"));
  const std::vector<double> polygon = numbersAfter(text, QStringLiteral("polygon:"));
  if (box.size() == 4) {
    kind_ = Kind::box;
    points_ = {{box[0], box[1]}, {box[2], box[3]}};
  } else if (polygon.size() >= 6 && polygon.size() % 2 == 0) {
    kind_ = Kind::polygon;
    for (std::size_t i = 0; i < polygon.size(); i += 2)
      points_.emplace_back(polygon[i], polygon[i + 1]);
  } else if (!text.isEmpty() && !others_.empty()) {
    kind_ = Kind::other;
  }
}

std::vector<QPointF> RegionEditor::corners() const {
  if (kind_ == Kind::box) {
    const QPointF a = points_[0], b = points_[1];
    return {a, {b.x(), a.y()}, b, {a.x(), b.y()}};
  }
  std::vector<QPointF> corners;
  // Corners of a polygon are pixels: they are shown at their centres.
  if (kind_ == Kind::polygon)
    for (const QPointF& p : points_) corners.push_back(p + QPointF(0.5, 0.5));
  return corners;
}

std::vector<QPolygonF> RegionEditor::outlines() const {
  if (kind_ == Kind::other) return others_;
  const std::vector<QPointF> points = corners();
  if (points.empty()) return {};
  return {QPolygonF(QList<QPointF>(points.begin(), points.end()))};
}

int RegionEditor::cornerAt(QPointF at, double reach) const {
  const std::vector<QPointF> points = corners();
  int nearest = -1;
  double least = reach;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (const double far = distance(points[i], at); far <= least) {
      least = far;
      nearest = static_cast<int>(i);
    }
  return nearest;
}

QPointF RegionEditor::limited(QPointF at) const {
  return {std::clamp(at.x(), 0., std::max(size_.width(), 1) - 0.001),
          std::clamp(at.y(), 0., std::max(size_.height(), 1) - 0.001)};
}

bool RegionEditor::press(QPointF at, double reach) {
  if (mode_ == DrawMode::polygon && !draft_.empty()) return true;
  corner_ = cornerAt(at, reach);
  if (corner_ < 0 && mode_ == DrawMode::pan) return false;
  if (corner_ < 0 && mode_ == DrawMode::polygon) return true;
  keptKind_ = kind_;
  kept_ = points_;
  keptText_ = text();
  dragging_ = true;
  if (corner_ < 0) {
    kind_ = Kind::box;
    points_ = {limited(at), limited(at)};
  } else if (kind_ == Kind::box) {
    // From here on the corner that is moved is the second point.
    const std::vector<QPointF> all = corners();
    const auto moved = static_cast<std::size_t>(corner_);
    points_ = {all[(moved + 2) % 4], all[moved]};
  }
  return true;
}

void RegionEditor::move(QPointF at) {
  if (dragging_) {
    // A box ends at the edge of a pixel, which may be that of the picture.
    if (kind_ == Kind::box)
      points_[1] = {std::clamp(at.x(), 0., 1. * size_.width()),
                    std::clamp(at.y(), 0., 1. * size_.height())};
    else if (kind_ == Kind::polygon)
      points_[static_cast<std::size_t>(corner_)] = {std::floor(limited(at).x()),
                                                    std::floor(limited(at).y())};
  } else if (!draft_.empty()) {
    draft_.back() = limited(at);
  }
}

std::optional<QString> RegionEditor::release(QPointF at, double reach) {
  if (dragging_) {
    move(at);
    dragging_ = false;
    if (kind_ == Kind::box && distance(points_[0], points_[1]) < reach) {
      // A click draws no box.
      kind_ = keptKind_;
      points_ = kept_;
      return std::nullopt;
    }
    if (keptText_ == text()) return std::nullopt;
    return text();
  }
  if (mode_ != DrawMode::polygon) return std::nullopt;
  const QPointF corner = limited(at);
  if (draft_.size() > 3 && distance(draft_.front(), corner) <= reach) return close();
  if (draft_.empty()) draft_.push_back(corner);
  draft_.back() = corner;
  draft_.push_back(corner);  // goes with the cursor until it is set
  return std::nullopt;
}

std::optional<QString> RegionEditor::close() {
  if (draft_.size() < 4) return std::nullopt;  // three that are set, one that is not
  std::vector<QPointF> points;
  for (auto p = draft_.begin(); p + 1 != draft_.end(); ++p) {
    const QPointF pixel(std::floor(p->x()), std::floor(p->y()));
    if (points.empty() || points.back() != pixel) points.push_back(pixel);
  }
  if (points.size() < 3) return std::nullopt;
  draft_.clear();
  kind_ = Kind::polygon;
  points_ = points;
  return text();
}

void RegionEditor::removeCorner() {
  if (draft_.empty()) return;
  const QPointF cursor = draft_.back();
  draft_.pop_back();
  draft_.pop_back();
  if (!draft_.empty()) draft_.push_back(cursor);
}

void RegionEditor::cancel() {
  draft_.clear();
  if (!dragging_) return;
  dragging_ = false;
  kind_ = keptKind_;
  points_ = kept_;
}

QString RegionEditor::text() const {
  QStringList numbers;
  if (kind_ == Kind::box) {
    const QPointF a = points_[0], b = points_[1];
    // Every pixel that the box touches; a corner that was moved lies on whole pixels already.
    const double x0 = std::floor(std::min(a.x(), b.x()) + 1e-6);
    const double y0 = std::floor(std::min(a.y(), b.y()) + 1e-6);
    const double x1 = std::ceil(std::max(a.x(), b.x()) - 1e-6);
    const double y1 = std::ceil(std::max(a.y(), b.y()) - 1e-6);
    for (const double v : {x0, y0, std::max(x1, x0 + 1), std::max(y1, y0 + 1)})
      numbers << QString::number(static_cast<int>(v));
    return QStringLiteral("box:") + numbers.join(QLatin1Char(','));
  }
  for (const QPointF& p : points_)
    numbers << QString::number(static_cast<int>(std::lround(p.x())))
            << QString::number(static_cast<int>(std::lround(p.y())));
  return QStringLiteral("polygon:") + numbers.join(QLatin1Char(','));
}

}  // namespace uninet
