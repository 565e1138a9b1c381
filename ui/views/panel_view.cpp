#include "ui/views/panel_view.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

using namespace canvas;

constexpr double kKeyStep = 0.1, kWipeStep = 0.02;
constexpr double kClickReach = 4;  ///< the mouse may move so far in a click
const PanelContent kNothing;

}  // namespace

PanelView::PanelView(CanvasState& state, std::size_t panel, QWidget* parent)
    : QWidget(parent), state_(state), panel_(panel) {
  left_.content = &kNothing;
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_OpaquePaintEvent);
  connect(&state.camera, &ViewCamera::viewChanged, this, &PanelView::invalidate);
  connect(&state.camera, &ViewCamera::cursorChanged, this, &PanelView::updateCross);
}

void PanelView::setSides(const Side& left, const std::optional<Side>& right,
                         const std::optional<Side>& other) {
  left_ = left;
  right_ = right;
  other_ = other;
  invalidate();
}

void PanelView::setBadge(const Badge& badge) {
  badge_ = badge;
  invalidate();
}

void PanelView::setEmptyText(const QString& text) {
  emptyText_ = text;
  invalidate();
}

void PanelView::setLegendShown(bool shown) {
  legendShown_ = shown;
  invalidate();
}

void PanelView::invalidate() {
  stale_ = true;
  update();
}

ViewMap PanelView::map() const {
  const QSizeF picture = left_.content->picture.size();
  const QRectF bounds(rect());
  if (picture.isEmpty()) return {bounds, {1, 1}, bounds};
  const double ratio = devicePixelRatioF();
  const auto whole = [ratio](double v) { return std::round(v * ratio) / ratio; };
  const QSizeF fitted = picture.scaled(bounds.size(), Qt::KeepAspectRatio) * state_.camera.zoom();
  const QSizeF size(whole(fitted.width()), whole(fitted.height()));
  const QPointF corner(width() / 2.0 - state_.camera.centre().x() * size.width(),
                       height() / 2.0 - state_.camera.centre().y() * size.height());
  return {{QPointF(whole(corner.x()), whole(corner.y())), size}, picture, bounds};
}

const PanelView::Side& PanelView::sideAt(QPointF place) const {
  if (flickers()) return *other_;
  return right_ && place.x() >= dividerX() ? *right_ : left_;
}

bool PanelView::onDivider(QPointF place) const {
  return divided() && std::abs(place.x() - dividerX()) <= kReach;
}

double PanelView::reach() const { return kReach / map().scale(); }

QFont PanelView::labelFont() const {
  QFont small = font();
  small.setPixelSize(11);
  return small;
}

std::vector<PlacedLabel> PanelView::labelsOf(const Side& side) const {
  ViewMap shown = map();
  if (divided()) {
    // Labels stand on their own side of the divider.
    if (&side == &left_)
      shown.bounds.setRight(dividerX());
    else
      shown.bounds.setLeft(dividerX());
  }
  return layOutLabels(*side.content, shown, labelFont(), state_.focus, obstacles());
}

std::vector<ClassChip> PanelView::classChips() const {
  if (!legendShown_ || content().legend != SceneLegend::classes || content().picture.isNull())
    return {};
  return layOutClasses(state_.classes, state_.classesOpen || width() >= kOpenLegend, rect(),
                       labelFont());
}

int PanelView::numberAt(QPointF place) const {
  if (content().picture.isNull()) return -1;
  const Side& side = sideAt(place);
  return objectAt(*side.content, map(), labelsOf(side), place);
}

QString PanelView::shownEmptyText() const {
  return emptyText_.isEmpty() ? content().emptyText : emptyText_;
}

bool PanelView::takesKey(int key) const {
  switch (key) {
    case Qt::Key_Escape:
      return state_.region.drawing() || state_.focus.selected >= 0;
    case Qt::Key_Backspace:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F:
    case Qt::Key_0:
    case Qt::Key_Plus:
    case Qt::Key_Minus:
    case Qt::Key_Space:
      return true;
    default:
      return false;
  }
}

bool PanelView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (!(key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) && takesKey(key->key())) {
      event->accept();
      return true;
    }
  } else if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    QString tip = help->pos().y() < 2 * kInset + 20 ? caption() : QString();
    if (badgeRect().contains(help->pos())) tip = badge_.tip;
    for (const ClassChip& chip : classChips())
      if (chip.index >= 0 && chip.rect.contains(help->pos()))
        tip = tr("Click: hide or show; Alt+click: this class alone");
    QToolTip::showText(help->globalPos(), tip, this);
    return true;
  }
  return QWidget::event(event);
}

void PanelView::resizeEvent(QResizeEvent*) { invalidate(); }

void PanelView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  invalidate();
}

void PanelView::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void PanelView::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

void PanelView::wheelEvent(QWheelEvent* event) {
  if (content().picture.isNull()) return event->ignore();
  const ViewMap shown = map();
  const QPointF at = shown.toPicture(event->position());
  state_.camera.zoomAbout({at.x() / shown.picture.width(), at.y() / shown.picture.height()},
                          std::pow(1.2, event->angleDelta().y() / 120.0));
  event->accept();
}

bool PanelView::clickedLegend(QPointF place, Qt::KeyboardModifiers modifiers) {
  for (const ClassChip& chip : classChips()) {
    if (!chip.rect.contains(place)) continue;
    if (chip.index < 0)
      Q_EMIT classesToggled();
    else
      // Some desktops keep Alt+click for moving windows: Ctrl does the same.
      Q_EMIT classClicked(chip.index, (modifiers & (Qt::AltModifier | Qt::ControlModifier)) != 0);
    return true;
  }
  return false;
}

void PanelView::mousePressEvent(QMouseEvent* event) {
  if (content().picture.isNull() || drag_ != Drag::none) return;
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  pressed_ = event->position();
  moved_ = false;
  dragCentre_ = state_.camera.centre();
  if (event->button() == Qt::MiddleButton) {
    // Pans in every mode, and is no click.
    drag_ = Drag::pan;
    moved_ = true;
  } else if (clickedLegend(pressed_, event->modifiers())) {
    drag_ = Drag::swallow;
  } else if (onDivider(pressed_)) {
    drag_ = Drag::wipe;
  } else if (state_.region.press(map().toPicture(pressed_), reach())) {
    drag_ = Drag::region;
    Q_EMIT regionEdited();
  } else {
    drag_ = Drag::pan;
  }
}

void PanelView::mouseMoveEvent(QMouseEvent* event) {
  if (content().picture.isNull()) return;
  const QPointF place = event->position(), by = place - pressed_;
  if (drag_ != Drag::none && std::hypot(by.x(), by.y()) > kClickReach) moved_ = true;
  const ViewMap shown = map();
  if (drag_ == Drag::pan && moved_) {
    setCursor(Qt::ClosedHandCursor);
    state_.camera.setView(
        state_.camera.zoom(),
        dragCentre_ - QPointF(by.x() / shown.image.width(), by.y() / shown.image.height()));
  } else if (drag_ == Drag::wipe) {
    Q_EMIT wipeMoved(place.x() / width());
  } else if (drag_ == Drag::region || state_.region.drawing()) {
    state_.region.move(shown.toPicture(place));
    Q_EMIT regionEdited();
  }
  if (drag_ == Drag::none) {
    updateCursorShape(place);
    Q_EMIT pointedAt(state_.region.drawing() ? -1 : numberAt(place));
  }
  followCursor(place);
}

void PanelView::followCursor(QPointF place) {
  const ViewMap shown = map();
  const QPointF at = shown.toPicture(place);
  const QPointF part(at.x() / shown.picture.width(), at.y() / shown.picture.height());
  const bool inside = part.x() >= 0 && part.y() >= 0 && part.x() < 1 && part.y() < 1;
  state_.camera.setCursor(inside ? std::optional(part) : std::nullopt);
}

void PanelView::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton) return;
  const Drag drag = drag_;
  drag_ = Drag::none;
  if (drag == Drag::region) {
    const auto finished = state_.region.release(map().toPicture(event->position()), reach());
    Q_EMIT regionEdited();
    if (finished) Q_EMIT regionFinished(*finished);
  } else if (drag == Drag::pan && !moved_) {
    Q_EMIT clicked(numberAt(event->position()));
  }
  updateCursorShape(event->position());
}

void PanelView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  drag_ = Drag::swallow;
  if (clickedLegend(event->position(), event->modifiers())) return;
  if (state_.region.mode() == DrawMode::polygon) {
    // The first click has set the last corner.
    const auto finished = state_.region.close();
    Q_EMIT regionEdited();
    if (finished) Q_EMIT regionFinished(*finished);
  } else if (state_.region.mode() == DrawMode::pan && !onDivider(event->position())) {
    Q_EMIT focusRequested();
  }
}

void PanelView::contextMenuEvent(QContextMenuEvent* event) {
  QPoint place = event->pos();
  int number = -1;
  if (event->reason() == QContextMenuEvent::Keyboard) {
    number = state_.focus.selected;
    for (const SceneObject& object : sideAt({0, 0}).content->objects)
      if (object.number == number) place = map().toView(object.box).center().toPoint();
  } else {
    number = numberAt(place);
  }
  if (number < 0) return event->ignore();
  Q_EMIT menuRequested(number, mapToGlobal(place));
}

void PanelView::keyPressEvent(QKeyEvent* event) {
  ViewCamera& camera = state_.camera;
  const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
  const auto pan = [&](double x, double y) {
    camera.setView(camera.zoom(), camera.centre() + QPointF(x, y) * kKeyStep / camera.zoom());
  };
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return camera.zoomAbout(camera.centre(), 1.25);
    case Qt::Key_Minus:
      return camera.zoomAbout(camera.centre(), 0.8);
    case Qt::Key_F:
    case Qt::Key_0:
      return camera.fit();
    case Qt::Key_Left:
      if (shift && divided()) return Q_EMIT wipeMoved(state_.wipe - kWipeStep);
      return pan(-1, 0);
    case Qt::Key_Right:
      if (shift && divided()) return Q_EMIT wipeMoved(state_.wipe + kWipeStep);
      return pan(1, 0);
    case Qt::Key_Up:
      return pan(0, -1);
    case Qt::Key_Down:
      return pan(0, 1);
    case Qt::Key_Escape:
      if (state_.region.drawing()) {
        state_.region.cancel();
        return Q_EMIT regionEdited();
      }
      if (state_.focus.selected >= 0) return Q_EMIT clicked(-1);
      break;
    case Qt::Key_Backspace:
      state_.region.removeCorner();
      return Q_EMIT regionEdited();
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (state_.region.mode() == DrawMode::polygon) {
        const auto finished = state_.region.close();
        Q_EMIT regionEdited();
        if (finished) Q_EMIT regionFinished(*finished);
        return;
      }
      return Q_EMIT focusRequested();
    default:
      break;
  }
  event->ignore();
}

void PanelView::leaveEvent(QEvent*) {
  state_.camera.setCursor(std::nullopt);
  Q_EMIT pointedAt(-1);
}

void PanelView::updateCursorShape(QPointF place) {
  if (onDivider(place))
    setCursor(Qt::SplitHCursor);
  else if (state_.region.cornerAt(map().toPicture(place), reach()) >= 0)
    setCursor(Qt::SizeAllCursor);
  else if (state_.region.mode() != DrawMode::pan)
    setCursor(Qt::CrossCursor);
  else
    unsetCursor();
}

void PanelView::updateCross() {
  QRect now;
  if (const auto cursor = state_.camera.cursor(); cursor && !content().picture.isNull()) {
    const QRectF image = map().image;
    const QPoint at =
        (image.topLeft() + QPointF(cursor->x() * image.width(), cursor->y() * image.height()))
            .toPoint();
    now = QRect(at.x() - 10, at.y() - 10, 21, 21);
  }
  if (now == cross_) return;
  update(cross_.united(QRect()));
  cross_ = now;
  update(cross_);
}

}  // namespace uninet
