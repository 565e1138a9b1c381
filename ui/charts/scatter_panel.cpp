#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ui/charts/figure_panels.h"
#include "ui/charts/mark_colour.h"

namespace uninet {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
/// Diameter of the largest point in heights of a letter.
constexpr double kLargest = 2.2;

/// Places for names beside points, in pixels, where no two of them lie over each other.
class NamePlaces {
 public:
  explicit NamePlaces(QSizeF room) : room_(room) {}

  /// Middle of a name of this size beside the point `at` of this radius.
  QPointF place(const QPointF& at, double radius, const QSizeF& size) {
    const double w = size.width() / 2, h = size.height() / 2;
    QRectF best;
    double least = 0;
    for (int ring = 0; ring < 6; ++ring) {
      const double away = radius + ring * size.height();
      const std::array<QPointF, 4> steps{
          {{away + w, 0}, {-away - w, 0}, {0, -away - h}, {0, away + h}}};
      const std::array<QPointF, 4> corners{
          {{away + w, -away}, {away + w, away}, {-away - w, -away}, {-away - w, away}}};
      for (const auto& list : {steps, corners})
        for (const QPointF& step : list) {
          const QRectF area(at + step - QPointF(w, h), size);
          const double cost = covered(area) + ring * 0.01;
          if (best.isNull() || cost < least) {
            best = area;
            least = cost;
          }
        }
      if (least < 0.05) break;
    }
    taken_.push_back(best);
    return best.center();
  }
  void take(const QPointF& at, double radius) {
    taken_.emplace_back(at - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
  }

 private:
  /// How much of an area is taken or outside, as a share of it.
  double covered(const QRectF& area) const {
    const auto size = [](const QRectF& r) {
      return std::max(0.0, r.width()) * std::max(0.0, r.height());
    };
    double sum = size(area) - size(area.intersected(QRectF(QPointF(), room_)));
    for (const QRectF& other : taken_) sum += size(area.intersected(other));
    return sum / size(area);
  }

  QSizeF room_;
  std::vector<QRectF> taken_;
};

}  // namespace

void PanelDrawer::operator()(const ScatterPanel& panel) {
  axes();
  double left = 1e300, right = 0, low = 0, high = 0, largest = 0;
  for (const ScatterPanel::Point& p : panel.points) {
    left = std::min(left, p.x);
    right = std::max(right, p.x);
    low = std::min(low, p.y);
    high = std::max(high, p.y);
    largest = std::max(largest, p.size);
  }
  if (panel.points.empty()) left = 1, right = 100, high = 1;
  const QSizeF room(std::max(1.0, room_.width() - 4.5 * em()),
                    std::max(1.0, room_.height() - 5 * em()));
  const double margin = 0.12 * std::max(high - low, 1e-9);
  low -= margin;
  high += margin;
  left /= 1.35;
  right *= 1.35;
  logarithmicTicks(x_, left, right, room.width());
  valueTicks(y_, room.height());
  y_->setRange(low, high);
  x_->setLabel(shown(panel.xLabel));
  y_->setLabel(shown(panel.yLabel));
  line(left, 0, right, 0, pen(0.5, Qt::DashLine));

  const auto pixel = [&](const ScatterPanel::Point& p) {
    return QPointF(room.width() * std::log(p.x / left) / std::log(right / left),
                   room.height() * (high - p.y) / (high - low));
  };
  const auto diameter = [&](const ScatterPanel::Point& p) {
    return largest > 0 ? kLargest * em() * std::sqrt(std::max(0.0, p.size) / largest) : 0.5 * em();
  };
  NamePlaces places(room);
  std::vector<const ScatterPanel::Point*> drawn;
  for (const ScatterPanel::Point& p : panel.points)
    if (!style_.hidden.contains(panel.series.at(p.series))) drawn.push_back(&p);
  // Large ones first, so that none is hidden by another.
  std::stable_sort(drawn.begin(), drawn.end(),
                   [](const auto* a, const auto* b) { return a->size > b->size; });
  for (const ScatterPanel::Point* p : drawn) places.take(pixel(*p), diameter(*p) / 2);
  const QFontMetricsF metrics(smallFont());
  for (const ScatterPanel::Point* p : drawn) {
    const QColor colour = markColour({}, p->series, style_.dark());
    QColor fill = colour;
    fill.setAlpha(150);
    auto* point = plot_.addGraph(x_, y_);
    point->setLineStyle(QCPGraph::lsNone);
    point->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colour, 0.75 * style_.point),
                        p->series == 0 ? QBrush(fill) : QBrush(Qt::NoBrush), diameter(*p)));
    point->addData(p->x, p->y);
    const QString name = shown(p->name);
    const QPointF at =
        places.place(pixel(*p), diameter(*p) / 2 + 0.2 * em(),
                     QSizeF(metrics.horizontalAdvance(name) + 0.3 * em(), metrics.height()));
    QCPItemText* text = label(left * std::pow(right / left, at.x() / room.width()),
                              high - (high - low) * at.y() / room.height(), name, Qt::AlignCenter);
    text->setFont(smallFont());
    text->setClipToAxisRect(false);
    FigureMark mark{number_, panel.series[p->series], p->name};
    mark.text = shownPair(p->name, panel.series[p->series]) +
                valueText(panel.xLabel, p->x, kUnknown, kUnknown) +
                valueText(panel.yLabel, p->y, kUnknown, kUnknown) +
                valueText(panel.sizeLabel, p->size, kUnknown, kUnknown);
    add(mark, p->x, p->y, p->x, p->y);
  }
}

}  // namespace uninet
