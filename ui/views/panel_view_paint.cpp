// What a panel of the canvas looks like.
#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "ui/document/text.h"
#include "ui/views/canvas_style.h"
#include "ui/views/panel_view.h"

namespace uninet {
namespace {

using namespace canvas;

QFont boldOf(QFont font) {
  font.setBold(true);
  return font;
}

QFont chipFont(const QFont& font) {
  QFont small = font;
  small.setPixelSize(12);
  return small;
}

QColor ratioQColour(double ratio) {
  const cv::Vec3b rgb = ratioColour(ratio);
  return {rgb[0], rgb[1], rgb[2]};
}

/// "clean", "change ×32".
QString stateText(const PanelView::Side& side) {
  return side.content->note.isEmpty() ? side.caption
                                      : side.caption + QLatin1Char(' ') + side.content->note;
}

}  // namespace

QString PanelView::caption() const {
  return panelTitle(panel_) + QLatin1Char(' ') + stateText(flickers() ? *other_ : left_);
}

QString PanelView::badgeText() const {
  if (!badge_.shown || content().picture.isNull()) return {};
  return std::isnan(badge_.ratio) ? QStringLiteral("\u2013") : shownNumber(badge_.ratio, 'f', 2);
}

QRectF PanelView::chipRect(const QString& bold, const QString& plain, QPointF corner,
                           bool right) const {
  const QFont font = chipFont(this->font());
  const QFontMetricsF strong(boldOf(font)), metrics(font);
  double wide = 2.0 * kChipPadX + strong.horizontalAdvance(bold);
  if (!plain.isEmpty()) wide += metrics.horizontalAdvance(plain);
  if (!plain.isEmpty() && !bold.isEmpty()) wide += metrics.horizontalAdvance(QLatin1Char(' '));
  const QSizeF size(std::ceil(wide), std::ceil(strong.height()) + 2.0 * kChipPadY);
  return {right ? corner - QPointF(size.width(), 0) : corner, size};
}

QString PanelView::chipState() const {
  const Side& named = flickers() ? *other_ : left_;
  const double end = badgeRect().isEmpty() ? width() - kInset : badgeRect().left() - 2;
  for (const QString& state : {stateText(named), named.caption})
    if (chipRect(panelTitle(panel_), state, {double{kInset}, 0}, false).right() <= end)
      return state;
  // What flickers in has to be named: rather under the badge than not at all.
  return flickers() ? named.caption : QString();
}

QRectF PanelView::badgeRect() const {
  const QString text = badgeText();
  if (text.isEmpty()) return {};
  return chipRect(text, {}, {width() - double{kInset}, double{kInset}}, true);
}

std::vector<QRectF> PanelView::obstacles() const {
  std::vector<QRectF> taken{chipRect(panelTitle(panel_), stateText(flickers() ? *other_ : left_),
                                     {double{kInset}, double{kInset}}, false)};
  if (const QRectF badge = badgeRect(); !badge.isEmpty()) taken.push_back(badge);
  if (legendShown_) {
    const QRectF scale = scaleRect(content(), rect(), labelFont());
    if (!scale.isEmpty()) taken.push_back(scale);
  }
  if (divided()) {
    const double right = badgeRect().isEmpty() ? width() - kInset : badgeRect().left() - 4;
    taken.push_back(chipRect({}, stateText(*right_), {right, double{kInset}}, true));
  }
  return taken;
}

void PanelView::paintChip(QPainter& painter, const QRectF& rect, const QString& bold,
                          const QString& plain, const QColor& colour) const {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(rect, kRadius, kRadius);
  painter.setRenderHint(QPainter::Antialiasing, false);
  const QFont font = chipFont(this->font());
  QRectF text = rect.adjusted(kChipPadX, 0, 0, 0);
  painter.setFont(boldOf(font));
  painter.setPen(kInk);
  painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, bold);
  if (!bold.isEmpty())
    text.setLeft(text.left() + QFontMetricsF(boldOf(font)).horizontalAdvance(bold) +
                 QFontMetricsF(font).horizontalAdvance(QLatin1Char(' ')));
  painter.setFont(font);
  painter.setPen(kQuietInk);
  painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, plain);
}

void PanelView::paintSide(QPainter& painter, const Side& side, const QRectF& clip) {
  const ViewMap shown = map();
  painter.save();
  painter.setClipRect(clip);
  state_.pictures.draw(painter, side.content->picture, shown.image, clip, devicePixelRatioF());
  // Below the objects: labels outside of the region stay legible.
  if (const QPainterPath region = regionPath(); !region.isEmpty()) {
    QPainterPath outside;
    outside.addRect(rect());
    outside.addPath(region);  // odd and even: all but the region
    painter.fillPath(outside, kVeil);
  }
  paintObjects(painter, *side.content, shown, labelFont(), labelsOf(side), side.row, state_.focus);
  painter.restore();
}

void PanelView::paintEmpty(QPainter& painter) {
  painter.fillRect(rect(), palette().color(QPalette::AlternateBase));
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.setFont(font());
  const int chips = 30;
  painter.drawText(rect().adjusted(12, chips, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                   shownEmptyText());
}

QPainterPath PanelView::regionPath() const {
  const ViewMap shown = map();
  QPainterPath region;
  for (const QPolygonF& outline : state_.region.outlines()) {
    QPolygonF seen;
    for (const QPointF& p : outline) seen << shown.toView(p);
    seen << seen.front();
    region.addPolygon(seen);
  }
  return region;
}

void PanelView::paintRegion(QPainter& painter) {
  const ViewMap shown = map();
  painter.setRenderHint(QPainter::Antialiasing);
  const auto line = [&](const QPainterPath& path) {
    painter.strokePath(path, QPen(QColor(0, 0, 0, 200), 2));
    QPen dashes(kInk, 2, Qt::CustomDashLine);
    dashes.setDashPattern({3, 3});
    painter.strokePath(path, dashes);
  };
  const auto handle = [&](QPointF at) {
    const QRectF square(at.x() - kHandle / 2.0, at.y() - kHandle / 2.0, kHandle, kHandle);
    painter.setPen(QPen(QColor(0, 0, 0, 220), 1));
    painter.setBrush(kInk);
    painter.drawRect(square);
  };
  const QPainterPath region = regionPath();
  if (!region.isEmpty()) {
    line(region);
    for (const QPointF& corner : state_.region.corners()) handle(shown.toView(corner));
  }
  const std::vector<QPointF>& draft = state_.region.draft();
  if (!draft.empty()) {
    QPainterPath path(shown.toView(draft.front()));
    for (const QPointF& p : draft) path.lineTo(shown.toView(p));
    line(path);
    for (std::size_t i = 0; i + 1 < draft.size(); ++i) handle(shown.toView(draft[i]));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void PanelView::paintChips(QPainter& painter) {
  const QPointF corner(kInset, kInset);
  const QString title = panelTitle(panel_), state = chipState();
  // While something else flickers in, its name is where the eye is: in the colour of what is held.
  paintChip(painter, chipRect(title, state, corner, false), title, state,
            flickers() ? palette().color(QPalette::Highlight) : kChip);
  if (const QRectF badge = badgeRect(); !badge.isEmpty())
    paintChip(painter, badge, badgeText(), {},
              std::isnan(badge_.ratio) ? kChip : ratioQColour(badge_.ratio));
  if (!divided()) return;
  const double right = badgeRect().isEmpty() ? width() - kInset : badgeRect().left() - 4;
  const QRectF other = chipRect({}, stateText(*right_), {right, corner.y()}, true);
  const QRectF first = chipRect(title, state, corner, false);
  if (!other.intersects(first)) paintChip(painter, other, {}, stateText(*right_), kChip);
  const double x = std::round(dividerX());
  painter.fillRect(QRectF(x - 2, 0, 4, height()), kHalo);
  painter.fillRect(QRectF(x - 1, 0, 2, height()), kInk);
  const QPointF middle(x, height() / 2.0);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(kHalo, 1));
  painter.setBrush(kInk);
  painter.drawEllipse(middle, kGrip / 2.0, kGrip / 2.0);
  painter.setPen(QPen(QColor(20, 24, 30), 1.5));
  for (const double side : {-1.0, 1.0}) {
    const QPointF tip = middle + QPointF(side * 6.5, 0);
    painter.drawLine(middle, tip);
    painter.drawLine(tip, tip + QPointF(-side * 3.5, -3.5));
    painter.drawLine(tip, tip + QPointF(-side * 3.5, 3.5));
  }
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void PanelView::render() {
  const double ratio = devicePixelRatioF();
  const QSize size = (QSizeF(this->size()) * ratio).toSize();
  if (layer_.size() != size) layer_ = QPixmap(size);
  layer_.setDevicePixelRatio(ratio);
  QPainter painter(&layer_);
  painter.setFont(font());
  const Side& shown = flickers() ? *other_ : left_;
  if (shown.content->picture.isNull()) {
    paintEmpty(painter);
  } else {
    const QRectF whole(rect());
    painter.fillRect(whole, palette().color(QPalette::Window));
    if (divided()) {
      const double x = std::round(dividerX());
      paintSide(painter, left_, {0, 0, x, whole.height()});
      paintSide(painter, *right_, {x, 0, whole.width() - x, whole.height()});
    } else {
      paintSide(painter, shown, whole);
    }
    paintRegion(painter);
  }
  paintChips(painter);
  if (legendShown_ && !shown.content->picture.isNull()) {
    const QFont font = labelFont();
    const QRectF scale = scaleRect(*shown.content, rect(), font);
    if (!scale.isEmpty()) paintScale(painter, *shown.content, scale, font);
    paintClasses(painter, classChips(), state_.classes, state_.hidden, font);
  }
  stale_ = false;
}

void PanelView::paintCross(QPainter& painter) {
  const auto cursor = state_.camera.cursor();
  if (!cursor || content().picture.isNull()) return;
  const QRectF image = map().image;
  const QPointF at =
      image.topLeft() + QPointF(cursor->x() * image.width(), cursor->y() * image.height());
  for (const auto& [colour, wide] : {std::pair{QColor(0, 0, 0, 160), 3.0}, {kInk, 1.0}}) {
    painter.setPen(QPen(colour, wide));
    painter.drawLine(at - QPointF(7, 0), at - QPointF(2, 0));
    painter.drawLine(at + QPointF(2, 0), at + QPointF(7, 0));
    painter.drawLine(at - QPointF(0, 7), at - QPointF(0, 2));
    painter.drawLine(at + QPointF(0, 2), at + QPointF(0, 7));
  }
}

void PanelView::paintEvent(QPaintEvent* event) {
  if (stale_ || layer_.devicePixelRatio() != devicePixelRatioF()) render();
  QPainter painter(this);
  painter.setClipRegion(event->region());
  painter.drawPixmap(0, 0, layer_);
  paintCross(painter);
  if (hasFocus()) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(rect().adjusted(1, 1, -1, -1));
  }
}

}  // namespace uninet
