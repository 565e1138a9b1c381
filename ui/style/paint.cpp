#include "ui/style/paint.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/style/colours.h"
#include "ui/style/metrics.h"
#include "ui/style/roles.h"

namespace uninet::paint {
namespace {

using metrics::kFocusRing;
using metrics::kRadius;

class Saved {
 public:
  explicit Saved(QPainter& painter) : painter_(painter) {
    painter_.save();
    painter_.setRenderHint(QPainter::Antialiasing);
  }
  ~Saved() { painter_.restore(); }
  Saved(const Saved&) = delete;
  Saved& operator=(const Saved&) = delete;

 private:
  QPainter& painter_;
};

const Tokens& tokensOf(const QStyleOption& option) { return tokens(schemeOf(option.palette)); }
bool has(const QStyleOption& option, QStyle::StateFlag flag) { return (option.state & flag) != 0; }
bool enabled(const QStyleOption& option) { return has(option, QStyle::State_Enabled); }
bool hovered(const QStyleOption& option) {
  return enabled(option) && has(option, QStyle::State_MouseOver);
}
/// Focus that came by keyboard.
bool ringed(const QStyleOption& option) {
  return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

}  // namespace

bool opensMenu(const QStyleOptionToolButton& option) {
  return (option.features & QStyleOptionToolButton::HasMenu) != 0 &&
         (option.features & QStyleOptionToolButton::MenuButtonPopup) == 0;
}

void field(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline,
           double radius) {
  const Saved saved(painter);
  painter.setPen(outline.isValid() ? QPen(outline, 1) : QPen(Qt::NoPen));
  painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
  const double inset = outline.isValid() ? 0.5 : 0;
  painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset,
                          radius - inset);
}

void focusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& colour) {
  const Saved saved(painter);
  const double inset = kFocusRing / 2.0;
  painter.setPen(QPen(colour, kFocusRing));
  painter.setBrush(Qt::NoBrush);
  painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset,
                          radius - inset);
}

void chevron(QPainter& painter, const QRectF& rect, Qt::ArrowType direction, const QColor& colour) {
  const Saved saved(painter);
  const double wide = 3.5, high = 1.9;
  painter.translate(rect.center());
  painter.rotate(direction == Qt::UpArrow      ? 180
                 : direction == Qt::LeftArrow  ? 90
                 : direction == Qt::RightArrow ? -90
                                               : 0);
  painter.setPen(QPen(colour, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(QPolygonF({QPointF(-wide, -high), QPointF(0, high), QPointF(wide, -high)}));
}

void pushButton(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget) {
  const Tokens& all = tokensOf(option);
  const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
  if (option.features & QStyleOptionButton::Flat) {
    if (hovered(option) || down)
      field(painter, option.rect, down ? all.soft : all.fieldHover, {}, kRadius);
  } else if (roleOf(widget) == Role::primary && enabled(option)) {
    field(painter, option.rect,
          down              ? all.accentPressed
          : hovered(option) ? all.accentHover
                            : all.accent,
          {}, kRadius);
  } else {
    QColor fill = roleOf(widget) == Role::primary ? all.field : all.window;
    if (hovered(option)) fill = all.fieldHover;
    if (down) fill = all.soft;
    field(painter, option.rect, fill, all.line, kRadius);
  }
  if (!ringed(option)) return;
  focusRing(painter, option.rect, kRadius, all.accent);
  // On the accent itself a ring of the accent is not seen: one of the window within it is.
  if (roleOf(widget) == Role::primary)
    focusRing(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), kRadius - 2, all.window);
}

void entry(QPainter& painter, const QStyleOption& option) {
  const Tokens& all = tokensOf(option);
  field(painter, option.rect, hovered(option) ? all.fieldHover : all.field, all.line, kRadius);
  // Where text is entered the ring also says where the cursor is.
  if (has(option, QStyle::State_HasFocus) && enabled(option))
    focusRing(painter, option.rect, kRadius, all.accent);
}

void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow) {
  const Tokens& all = tokensOf(option);
  field(painter, option.rect, hovered(option) ? all.fieldHover : all.field, all.line, kRadius);
  if (ringed(option) || (option.editable && has(option, QStyle::State_HasFocus)))
    focusRing(painter, option.rect, kRadius, all.accent);
  chevron(painter, arrow, Qt::DownArrow, enabled(option) ? all.muted : all.disabled);
}

void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up,
             const QRect& down) {
  const Tokens& all = tokensOf(option);
  if (option.frame) entry(painter, option);
  if (option.buttonSymbols == QAbstractSpinBox::NoButtons) return;
  const auto arrow = [&](const QRect& rect, Qt::ArrowType direction, QStyle::SubControl control,
                         QAbstractSpinBox::StepEnabledFlag step) {
    const bool active = enabled(option) && option.stepEnabled.testFlag(step);
    const bool over = active && option.activeSubControls == control && hovered(option);
    chevron(painter, rect, direction, !active ? all.disabled : over ? all.accent : all.muted);
  };
  arrow(up, Qt::UpArrow, QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled);
  arrow(down, Qt::DownArrow, QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled);
}

void slider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove,
            const QRect& handle) {
  const Tokens& all = tokensOf(option);
  const bool flat = option.orientation == Qt::Horizontal;
  const QColor accent = enabled(option) ? all.accent : all.disabled;
  constexpr double kThick = 4, kKnob = 14;
  const QPointF centre = QRectF(handle).center();
  QRectF track = groove;
  track = flat ? QRectF(track.left(), centre.y() - kThick / 2, track.width(), kThick)
               : QRectF(centre.x() - kThick / 2, track.top(), kThick, track.height());
  field(painter, track, all.line, {}, kThick / 2);
  QRectF done = track;
  if (flat && !option.upsideDown) done.setRight(centre.x());
  if (flat && option.upsideDown) done.setLeft(centre.x());
  if (!flat && option.upsideDown) done.setTop(centre.y());
  if (!flat && !option.upsideDown) done.setBottom(centre.y());
  field(painter, done, accent, {}, kThick / 2);
  const Saved saved(painter);
  painter.setPen(QPen(all.window, 2));
  painter.setBrush(hovered(option) ? all.accentHover : accent);
  painter.drawEllipse(centre, kKnob / 2, kKnob / 2);
  if (ringed(option)) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(accent, 1.5));
    painter.drawEllipse(centre, kKnob / 2 + 1, kKnob / 2 + 1);
  }
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle) {
  const Tokens& all = tokensOf(option);
  painter.fillRect(option.rect, all.window);
  if (option.minimum == option.maximum) return;
  const bool held = has(option, QStyle::State_Sunken) &&
                    (option.activeSubControls & QStyle::SC_ScrollBarSlider) != 0;
  const double side = std::min(handle.width(), handle.height());
  const double inset = hovered(option) || held ? 1.5 : 2.5;
  field(painter, QRectF(handle).adjusted(inset, inset, -inset, -inset),
        held || hovered(option) ? all.muted : all.disabled, {}, (side - 2 * inset) / 2);
}

void checkBox(QPainter& painter, const QStyleOption& option) {
  const Tokens& all = tokensOf(option);
  const QRectF box = option.rect;
  const bool on = has(option, QStyle::State_On), some = has(option, QStyle::State_NoChange);
  if (on || some) {
    field(painter, box, enabled(option) ? all.accent : all.disabled, {}, metrics::kSmallRadius);
  } else {
    field(painter, box, hovered(option) ? all.fieldHover : all.window,
          enabled(option) ? all.muted : all.disabled, metrics::kSmallRadius);
    return;
  }
  const Saved saved(painter);
  painter.setPen(QPen(enabled(option) ? all.accentInk : all.window, box.width() / 9.0,
                      Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  const auto at = [&](double x, double y) {
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
  };
  if (some)
    painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
  else
    painter.drawPolyline(QPolygonF({at(0.24, 0.53), at(0.43, 0.71), at(0.77, 0.31)}));
}

void radioButton(QPainter& painter, const QStyleOption& option) {
  const Tokens& all = tokensOf(option);
  const QRectF box = option.rect;
  const bool on = has(option, QStyle::State_On);
  const QColor colour = !enabled(option) ? all.disabled : on ? all.accent : all.muted;
  field(painter, box, on ? colour : all.window, colour, box.width() / 2);
  if (!on) return;
  const double inset = box.width() * 0.31;
  field(painter, box.adjusted(inset, inset, -inset, -inset),
        enabled(option) ? all.accentInk : all.window, {}, box.width() / 2 - inset);
}

void tab(QPainter& painter, const QStyleOptionTab& option) {
  const Tokens& all = tokensOf(option);
  const QRectF body = QRectF(option.rect).adjusted(1, 3, -1, -3);
  if (has(option, QStyle::State_Selected))
    field(painter, body, all.soft, {}, kRadius);
  else if (hovered(option))
    field(painter, body, all.fieldHover, {}, kRadius);
  if (ringed(option) && has(option, QStyle::State_Selected))
    focusRing(painter, body, kRadius, all.accent);
}

void headerSection(QPainter& painter, const QStyleOptionHeader& option) {
  const Tokens& all = tokensOf(option);
  painter.fillRect(option.rect, hovered(option) ? all.fieldHover : all.window);
  const QRectF rect = option.rect;
  if (option.orientation == Qt::Horizontal) {
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), all.line);
    if (hovered(option))
      painter.fillRect(QRectF(rect.right() - 1, rect.top() + 5, 1, rect.height() - 10), all.line);
  } else {
    painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), all.line);
  }
}

void progress(QPainter& painter, const QStyleOptionProgressBar& option) {
  const Tokens& all = tokensOf(option);
  const double radius = std::min<double>(metrics::kSmallRadius, option.rect.height() / 2.0);
  const double span = double(option.maximum) - option.minimum;
  const double share = std::clamp((double(option.progress) - option.minimum) / span, 0.0, 1.0);
  const QRectF rect = option.rect;
  const bool right = option.direction == Qt::RightToLeft;
  QRectF done = rect;
  if ((option.state & QStyle::State_Horizontal) == 0)
    done.setTop(rect.bottom() - share * rect.height());
  else if (right != option.invertedAppearance)
    done.setLeft(rect.right() - share * rect.width());
  else
    done.setRight(rect.left() + share * rect.width());
  const Saved saved(painter);
  QPainterPath shape;
  shape.addRoundedRect(rect, radius, radius);
  painter.setClipPath(shape);
  // With text on it, the filled part has to leave the text readable.
  painter.fillRect(done, option.textVisible ? all.soft : all.accent);
}

void busy(QPainter& painter, const QStyleOptionProgressBar& option, int phase) {
  const Tokens& all = tokensOf(option);
  const QRectF rect = option.rect;
  const double radius = std::min<double>(metrics::kSmallRadius, rect.height() / 2.0);
  const Saved saved(painter);
  QPainterPath shape;
  shape.addRoundedRect(rect, radius, radius);
  painter.setClipPath(shape);
  const double width = rect.width() / 4;
  const double x = rect.left() - width + (rect.width() + width) * (phase % 100) / 100.0;
  painter.fillRect(QRectF(x, rect.top(), width, rect.height()),
                   option.textVisible ? all.soft : all.accent);
}

void itemBackground(QPainter& painter, const QStyleOptionViewItem& option) {
  const Tokens& all = tokensOf(option);
  if (has(option, QStyle::State_Selected))
    painter.fillRect(option.rect, all.soft);
  else if (option.backgroundBrush.style() != Qt::NoBrush)
    painter.fillRect(option.rect, option.backgroundBrush);
  else if (hovered(option))
    painter.fillRect(option.rect, all.field);
}

}  // namespace uninet::paint
