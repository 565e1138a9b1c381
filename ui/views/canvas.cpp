#include "ui/views/canvas.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

constexpr double kRoomAround = 2.2;  ///< of a box that is zoomed to
constexpr double kBoxZoom = 12;      ///< at most
constexpr std::array<const char*, kRows> kRowKeys{"clean", "attacked", "change", "truth"};

constexpr Row kAllRows[] = {Row::clean, Row::attacked, Row::change, Row::truth};

}  // namespace

Canvas::Canvas(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("canvas"));
  setAccessibleName(tr("Canvas"));
  for (std::size_t panel = 0; panel < kPanels; ++panel)
    for (const Row row : kAllRows) {
      auto* view = new PanelView(state_, panel, this);
      const char* key = panel == 0 ? "image" : allTasks()[panel - 1].key;
      view->setObjectName(QStringLiteral("panel-%1-%2")
                              .arg(QString::fromUtf8(key),
                                   QString::fromUtf8(kRowKeys[static_cast<std::size_t>(row)])));
      view->hide();
      views_[panel][static_cast<std::size_t>(row)] = view;
      connectView(*view);
    }
  setFocusPolicy(Qt::NoFocus);
}

void Canvas::connectView(PanelView& view) {
  connect(&view, &PanelView::pointedAt, this, [this](int number) {
    if (number == state_.focus.hovered) return;
    setHovered(number);
    Q_EMIT hovered(number);
  });
  connect(&view, &PanelView::clicked, this, [this](int number) {
    const int chosen = number == state_.focus.selected ? -1 : number;
    if (chosen == state_.focus.selected) return;
    setSelected(chosen);
    Q_EMIT selected(chosen);
  });
  connect(&view, &PanelView::menuRequested, this, &Canvas::objectMenuRequested);
  connect(&view, &PanelView::focusRequested, this,
          [this, panel = view.panel()] { chooseFocus(panel); });
  connect(&view, &PanelView::wipeMoved, this, &Canvas::setWipe);
  connect(&view, &PanelView::regionEdited, this, &Canvas::invalidateViews);
  connect(&view, &PanelView::regionFinished, this, &Canvas::regionDrawn);
  connect(&view, &PanelView::classesToggled, this, [this] {
    state_.classesOpen = !state_.classesOpen;
    invalidateViews();
  });
  connect(&view, &PanelView::classClicked, this, [this](int index, bool isolate) {
    Q_EMIT hiddenClassesRequested(hiddenAfterClick(state_.classes, state_.hidden, index, isolate));
  });
}

void Canvas::setScene(const Scene& scene) {
  rows_ = scene.rows;
  there_ = scene.there;
  target_ = scene.target;
  state_.classes = scene.classes;
  if (hasContent(Row::clean)) setPanels(scene.auxiliary);
  contentChanged();
}

bool Canvas::hasPanel(std::size_t panel) const {
  return std::find(panels_.begin(), panels_.end(), panel) != panels_.end();
}

void Canvas::setPanels(TaskSet auxiliary) {
  std::vector<std::size_t> panels;
  for (std::size_t panel = 0; panel < kPanels; ++panel)
    if (panel < kMeasuredPanels || auxiliary.has(allTasks()[panel - 1].task))
      panels.push_back(panel);
  if (panels == panels_) return;
  panels_ = std::move(panels);
  Q_EMIT panelsChanged();
}

void Canvas::setCaptions(const Captions& captions) {
  if (captions == captions_) return;
  captions_ = captions;
  arrange();
}

void Canvas::setContent(Row row, const std::optional<RowContent>& content) {
  const auto place = static_cast<std::size_t>(row);
  rows_[place] = content.value_or(RowContent{});
  there_[place] = content.has_value();
  if (row == Row::attacked) target_ = false;
  contentChanged();
}

void Canvas::contentChanged() {
  std::set<qint64> pictures;
  for (const RowContent& row : rows_)
    for (const PanelContent& panel : row)
      if (!panel.picture.isNull()) {
        lastSize_ = panel.picture.size();
        pictures.insert(panel.picture.cacheKey());
      }
  state_.pictures.keep(pictures);
  state_.region.setSize(lastSize_);
  arrange();
}

QSize Canvas::pictureSize() const { return lastSize_; }

double Canvas::aspect() const {
  return lastSize_.isEmpty() ? 2 : static_cast<double>(lastSize_.width()) / lastSize_.height();
}

void Canvas::setRowOn(Row row, bool on) {
  if (rowOn(row) == on) return;
  on_[static_cast<std::size_t>(row)] = on;
  arrange();
  Q_EMIT layoutChanged();
}

void Canvas::setLayout(CanvasLayout layout) {
  if (layout == layout_) return;
  if (layout == CanvasLayout::focus) before_ = layout_;
  layout_ = layout;
  arrange();
  Q_EMIT layoutChanged();
}

void Canvas::setFocusPanel(std::size_t panel) {
  if (panel == focusPanel_ || panel >= kPanels) return;
  focusPanel_ = panel;
  arrange();
  Q_EMIT layoutChanged();
}

void Canvas::chooseFocus(std::size_t panel) {
  if (layout_ == CanvasLayout::focus && panel == largePanel()) return setLayout(before_);
  const bool focused = layout_ == CanvasLayout::focus;
  if (!focused) before_ = layout_;
  layout_ = CanvasLayout::focus;
  focusPanel_ = panel;
  arrange();
  // The keyboard stays with the panel that was chosen.
  for (PanelView* view : views_[panel])
    if (!view->isHidden()) {
      view->setFocus();
      break;
    }
  Q_EMIT layoutChanged();
}

void Canvas::setWipe(double place) {
  const double limited = std::clamp(place, 0., 1.);
  if (limited == state_.wipe) return;
  state_.wipe = limited;
  invalidateViews();
  Q_EMIT layoutChanged();
}

void Canvas::setFlicker(bool on) {
  if (on == state_.flicker) return;
  state_.flicker = on;
  invalidateViews();
}

void Canvas::setBadges(const std::array<Badge, kPanels>& badges) {
  badges_ = badges;
  arrange();
}

void Canvas::setEmptyText(const QString& text) {
  emptyText_ = text;
  arrange();
  update();
}

void Canvas::setEmptyText(std::size_t panel, const QString& text) {
  for (PanelView* view : views_[panel]) view->setEmptyText(text);
}

void Canvas::setHiddenClasses(const std::set<std::string>& hidden) {
  state_.hidden = hidden;
  invalidateViews();
}

void Canvas::setSelected(int number) {
  if (number == state_.focus.selected) return;
  state_.focus.selected = number;
  invalidateViews();
}

void Canvas::setHovered(int number) {
  if (number == state_.focus.hovered) return;
  state_.focus.hovered = number;
  invalidateViews();
}

void Canvas::zoomTo(const Box& box) {
  if (lastSize_.isEmpty()) return;
  const QRectF part(static_cast<double>(box.x0) / lastSize_.width(),
                    static_cast<double>(box.y0) / lastSize_.height(),
                    static_cast<double>(box.width()) / lastSize_.width(),
                    static_cast<double>(box.height()) / lastSize_.height());
  const double larger = std::max({part.width(), part.height(), 1e-6});
  state_.camera.setView(std::min(1 / (larger * kRoomAround), kBoxZoom), part.center());
}

void Canvas::setDrawMode(DrawMode mode) {
  if (mode == drawMode()) return;
  state_.region.setMode(mode);
  invalidateViews();
  Q_EMIT drawModeChanged(mode);
}

void Canvas::setRegion(const QString& region, std::vector<QPolygonF> outlines) {
  state_.region.setRegion(region, std::move(outlines));
  invalidateViews();
}

void Canvas::invalidateViews() {
  for (const auto& column : views_)
    for (PanelView* view : column)
      if (!view->isHidden()) view->invalidate();
}

void Canvas::resizeEvent(QResizeEvent*) { arrange(); }

void Canvas::paintEvent(QPaintEvent*) {
  if (!lastSize_.isEmpty() || emptyText_.isEmpty()) return;
  QPainter painter(this);
  painter.setPen(palette().color(QPalette::PlaceholderText));
  painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap,
                   emptyText_);
}

void Canvas::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space)
    setFlicker(true);
  else
    QWidget::keyPressEvent(event);
}

void Canvas::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space) {
    if (!event->isAutoRepeat()) setFlicker(false);
  } else {
    QWidget::keyReleaseEvent(event);
  }
}

void Canvas::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  // The release of a key that is held goes to another window.
  if (event->type() == QEvent::ActivationChange && !isActiveWindow()) setFlicker(false);
  if (event->type() == QEvent::LanguageChange) arrange();
}

}  // namespace uninet
