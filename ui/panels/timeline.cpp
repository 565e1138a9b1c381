#include "ui/panels/timeline.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/document/text.h"
#include "ui/style/colours.h"

namespace uninet {
namespace {

constexpr int kGap = 8, kHandle = 5;
/// Room for the target left of iteration 0, in pixels.
constexpr int kTargetRoom = 22;
constexpr double kCurveWidth = 1.5, kMarkWidth = 2;
constexpr double kTextContrast = 4.5;  ///< WCAG 2.1 §1.4.3

/// Okabe and Ito's palette, in the order of tasks().
QColor ownColour(Task task) {
  static const QRgb kColours[] = {0xff0072b2, 0xff009e73, 0xffcc79a7, 0xffe69f00, 0xffd55e00};
  return QColor::fromRgb(kColours[static_cast<std::size_t>(task)]);
}

/// A task in few letters; what the window calls it elsewhere is a title.
QString wordOf(Task task) {
  static const char* const kWords[] = {
      QT_TRANSLATE_NOOP("uninet::Timeline", "detection"),
      QT_TRANSLATE_NOOP("uninet::Timeline", "segmentation"),
      QT_TRANSLATE_NOOP("uninet::Timeline", "instances"),
      QT_TRANSLATE_NOOP("uninet::Timeline", "depth"),
      QT_TRANSLATE_NOOP("uninet::Timeline", "instance depth"),
  };
  return Timeline::tr(kWords[static_cast<std::size_t>(task)]);
}

/// Relative luminance as WCAG 2.1 defines it.
double luminance(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

/// The colour, made darker or lighter until it can be read as text on `base`.
QColor readable(QColor colour, const QColor& base) {
  const bool dark = base.lightness() < 128;
  for (int i = 0; i < 30; ++i) {
    const double a = luminance(colour) + 0.05, b = luminance(base) + 0.05;
    if (std::max(a, b) / std::min(a, b) >= kTextContrast) break;
    colour = dark ? colour.lighter(110) : colour.darker(110);
  }
  return colour;
}

/// To assistive programs a timeline is a slider whose value has a text.
class AccessibleTimeline : public QAccessibleWidget, public QAccessibleValueInterface {
 public:
  explicit AccessibleTimeline(Timeline* timeline)
      : QAccessibleWidget(timeline, QAccessible::Slider), timeline_(timeline) {}

  void* interface_cast(QAccessible::InterfaceType type) override {
    if (type == QAccessible::ValueInterface) return static_cast<QAccessibleValueInterface*>(this);
    return QAccessibleWidget::interface_cast(type);
  }
  QString text(QAccessible::Text text) const override {
    return text == QAccessible::Value ? timeline_->stateText() : QAccessibleWidget::text(text);
  }
  QVariant currentValue() const override { return timeline_->data().shown; }
  void setCurrentValue(const QVariant& value) override { timeline_->goTo(value.toInt()); }
  QVariant maximumValue() const override {
    return static_cast<int>(timeline_->data().iterations.size()) - 1;
  }
  QVariant minimumValue() const override { return 0; }
  QVariant minimumStepSize() const override { return 1; }

 private:
  Timeline* timeline_;
};

QAccessibleInterface* accessibleTimeline(const QString& className, QObject* object) {
  auto* timeline =
      className == QLatin1String("uninet::Timeline") ? qobject_cast<Timeline*>(object) : nullptr;
  return timeline == nullptr ? nullptr : new AccessibleTimeline(timeline);
}

}  // namespace

Timeline::Timeline(QWidget* parent)
    : QWidget(parent), play_(new QToolButton(this)), state_(new QLabel(this)) {
  [[maybe_unused]] static const bool kInstalled = [] {
    QAccessible::installFactory(accessibleTimeline);
    return true;
  }();
  setObjectName(QStringLiteral("timeline"));
  setAccessibleName(tr("Iterations of the attack"));
  setFocusPolicy(Qt::StrongFocus);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  play_->setObjectName(QStringLiteral("timeline-play"));
  play_->setAutoRaise(true);
  // With the focus there it would take Space from the canvas; P plays.
  play_->setFocusPolicy(Qt::NoFocus);
  state_->setObjectName(QStringLiteral("timeline-state"));
  state_->setTextFormat(Qt::PlainText);
  state_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(kGap, 0, kGap + 4, 0);
  row->addWidget(play_);
  row->addStretch(1);
  row->addWidget(state_);
  timer_.setInterval(kStepMs);
  connect(play_, &QToolButton::clicked, this, [this] { setPlaying(!playing()); });
  connect(&timer_, &QTimer::timeout, this, [this] {
    if (data_.shown + 1 < count()) goTo(data_.shown + 1);
    if (data_.shown + 1 >= count()) setPlaying(false);
  });
  refresh();
}

void Timeline::setData(TimelineData data) {
  data_ = std::move(data);
  if (data_.shown >= count()) data_.shown = count() - 1;
  if (dragged_ && count() > 0) {
    const int nearest = keptNear(*dragged_);
    // A running attack shows its last step: the pictures come back to where the hand is.
    if (nearest != data_.shown)
      QMetaObject::invokeMethod(
          this,
          [this] {
            if (dragged_ && count() > 0) Q_EMIT stepRequested(keptNear(*dragged_));
          },
          Qt::QueuedConnection);
    data_.shown = nearest;
  }
  least_ = INFINITY;
  most_ = -INFINITY;
  for (const double value : data_.objective)
    if (std::isfinite(value)) {
      least_ = std::min(least_, value);
      most_ = std::max(most_, value);
    }
  if (count() == 0) {
    dragged_.reset();
    setPlaying(false);
  }
  refresh();
}

void Timeline::setPlaying(bool playing) {
  if (playing && count() < 2) return;
  if (playing == this->playing()) return;
  if (playing) {
    timer_.start();
    if (data_.shown + 1 >= count()) goTo(0);
  } else {
    timer_.stop();
  }
  updateIcon();
  Q_EMIT playingChanged(playing);
}

void Timeline::goTo(int keptIndex) {
  if (count() == 0) return;
  keptIndex = std::clamp(keptIndex, 0, count() - 1);
  if (keptIndex == data_.shown) return;
  data_.shown = keptIndex;
  refresh();
  Q_EMIT stepRequested(keptIndex);
}

void Timeline::stepByHand(int keptIndex) {
  setPlaying(false);
  goTo(keptIndex);
}

QString Timeline::stateText() const {
  if (count() == 0) return data_.running ? tr("the attack begins\u2026") : tr("no attack yet");
  if (data_.shown < 0) return tr("no step is shown");
  const int iteration = data_.iterations[static_cast<std::size_t>(data_.shown)];
  if (iteration < 0) return tr("target");
  const QString at = shownNumber(static_cast<qint64>(iteration));
  const QString of = shownNumber(static_cast<qint64>(std::max(data_.planned, lastIteration())));
  const bool last = data_.shown == count() - 1;
  if (last && data_.running) return tr("step %1 of %2 \u00b7 running").arg(at, of);
  if (last && data_.stopped) return tr("stopped at %1 of %2").arg(at, of);
  if (last) return tr("step %1 of %2 \u00b7 result").arg(at, of);
  return tr("step %1 of %2").arg(at, of);
}

int Timeline::lastIteration() const {
  const int kept = count() == 0 ? 0 : std::max(0, data_.iterations.back());
  return std::max(kept, static_cast<int>(data_.objective.size()) - 1);
}

QFont Timeline::smallFont() const {
  QFont small = font();
  if (small.pixelSize() > 0)
    small.setPixelSize(std::max(9, small.pixelSize() * 85 / 100));
  else
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.85));
  return small;
}

QRect Timeline::band() const {
  const int left = play_->geometry().right() + kGap, right = state_->geometry().left() - 2 * kGap;
  return {left, 4, std::max(0, right - left), height() - 8};
}

double Timeline::xOf(int iteration) const {
  const QRect area = band();
  const bool target = count() > 0 && data_.iterations.front() < 0;
  const double first = area.left() + kHandle + (target ? kTargetRoom : 0);
  if (iteration < 0) return area.left() + kHandle;
  const double last = area.right() - kHandle;
  const int steps = std::max({1, data_.planned, lastIteration()});
  return first + std::max(0.0, last - first) * iteration / steps;
}

int Timeline::nearestKept(double x) const {
  int nearest = -1;
  double distance = 0;
  for (int i = 0; i < count(); ++i) {
    const double d = std::abs(xOf(data_.iterations[static_cast<std::size_t>(i)]) - x);
    // The result stands where the last iterate does: it is the one that is meant.
    if (nearest < 0 || d <= distance) {
      nearest = i;
      distance = d;
    }
  }
  return nearest;
}

int Timeline::keptNear(int iteration) const {
  int nearest = 0;
  for (int i = 1; i < count(); ++i)
    if (std::abs(data_.iterations[static_cast<std::size_t>(i)] - iteration) <=
        std::abs(data_.iterations[static_cast<std::size_t>(nearest)] - iteration))
      nearest = i;
  return nearest;
}

std::optional<double> Timeline::levelAt(int iteration) const {
  const auto at = static_cast<std::size_t>(iteration);
  if (iteration < 0 || at >= data_.objective.size() || !std::isfinite(data_.objective[at]))
    return {};
  return most_ > least_ ? (data_.objective[at] - least_) / (most_ - least_) : 0.5;
}

QString Timeline::textAt(int x) const {
  if (count() == 0 || !band().adjusted(-kHandle, 0, kHandle, 0).contains(x, height() / 2))
    return {};
  const int last = std::max(lastIteration(), 0);
  int iteration = data_.iterations.front() < 0 ? -1 : 0;
  for (int i = iteration; i <= last; ++i)
    if (std::abs(xOf(i) - x) < std::abs(xOf(iteration) - x)) iteration = i;
  if (iteration < 0) return tr("target");
  QStringList lines{tr("iteration %1").arg(shownNumber(static_cast<qint64>(iteration)))};
  const auto at = static_cast<std::size_t>(iteration);
  if (at < data_.objective.size() && std::isfinite(data_.objective[at]))
    lines[0] = tr("iteration %1, objective %2")
                   .arg(shownNumber(static_cast<qint64>(iteration)),
                        shownNumber(data_.objective[at], 'g', 4));
  if (std::find(data_.iterations.begin(), data_.iterations.end(), iteration) ==
      data_.iterations.end())
    lines << tr("its picture is not kept");
  for (const TimelineMark& mark : data_.marks)
    if (mark.iteration == iteration) lines << tr("%1: first below one half").arg(wordOf(mark.task));
  return lines.join(QLatin1Char('\n'));
}

std::vector<QRect> Timeline::labelRects() const {
  std::vector<QRect> rects;
  for (const Label& label : labels_) rects.push_back(label.rect);
  return rects;
}

void Timeline::placeLabels() {
  labels_.clear();
  std::vector<TimelineMark> marks = data_.marks;
  std::stable_sort(marks.begin(), marks.end(), [](const TimelineMark& a, const TimelineMark& b) {
    return std::pair(a.iteration, a.task) < std::pair(b.iteration, b.task);
  });
  std::vector<std::vector<TimelineMark>> groups;
  for (const TimelineMark& mark : marks) {
    if (groups.empty() || groups.back()[0].iteration != mark.iteration) groups.emplace_back();
    groups.back().push_back(mark);
  }
  const QFontMetrics metrics(smallFont());
  const QRect area = band();
  double taken = area.left();  // by labels and lines further left
  for (std::size_t g = 0; g < groups.size(); ++g) {
    QStringList names, shorts;
    for (const TimelineMark& mark : groups[g]) {
      names << wordOf(mark.task);
      shorts << QString::fromUtf8(taskInfo(mark.task).shortName);
    }
    const TimelineMark& first = groups[g][0];
    Label label{
        first.iteration, first.colour.isValid() ? first.colour : ownColour(first.task), {}, {}};
    const double line = xOf(first.iteration);
    const double end = g + 1 < groups.size() ? xOf(groups[g + 1][0].iteration) : area.right() + 1.0;
    for (const QString& text : {listText(names), listText(shorts)}) {
      const int width = metrics.horizontalAdvance(text);
      const double right = line + 4, left = line - 4 - width;
      const bool fitsRight = right + width <= end - 4, fitsLeft = left >= taken + 4;
      if (!fitsRight && !fitsLeft) continue;
      label.text = text;
      label.rect = QRect(static_cast<int>(std::lround(fitsRight ? right : left)), area.top(), width,
                         metrics.height());
      break;
    }
    taken = label.rect.isEmpty() ? line : std::max<double>(line, label.rect.right());
    labels_.push_back(label);
  }
}

void Timeline::refresh() {
  const QString text = stateText();
  state_->setText(text);
  // The band keeps its width while the handle moves.
  const QString widest = shownNumber(static_cast<qint64>(std::max(data_.planned, lastIteration())));
  int width = fontMetrics().horizontalAdvance(text);
  if (count() > 0)
    for (const QString& pattern : {tr("step %1 of %2 \u00b7 running"), tr("stopped at %1 of %2"),
                                   tr("step %1 of %2 \u00b7 result")})
      width = std::max(width, fontMetrics().horizontalAdvance(pattern.arg(widest, widest)));
  state_->setMinimumWidth(width + 2);
  play_->setEnabled(count() > 1);
  updateIcon();
  layout()->activate();
  placeLabels();
  QAccessibleValueChangeEvent changed(this, data_.shown);
  QAccessible::updateAccessibility(&changed);
  update();
}

void Timeline::updateIcon() {
  constexpr int kSize = 16;
  QIcon icon;
  for (const QIcon::Mode mode : {QIcon::Normal, QIcon::Disabled}) {
    QPixmap pixmap(QSize(kSize, kSize) * devicePixelRatioF());
    pixmap.setDevicePixelRatio(devicePixelRatioF());
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(mode == QIcon::Normal ? QPalette::Active : QPalette::Disabled,
                                     QPalette::WindowText));
    if (playing()) {
      painter.drawRoundedRect(QRectF(4, 3, 3, 10), 1, 1);
      painter.drawRoundedRect(QRectF(9, 3, 3, 10), 1, 1);
    } else {
      painter.drawPolygon(QPolygonF{{4.5, 3}, {12.5, 8}, {4.5, 13}});
    }
    painter.end();
    icon.addPixmap(pixmap, mode);
  }
  play_->setIcon(icon);
  play_->setToolTip(playing() ? tr("Pause (P)") : tr("Play the iterations (P)"));
  play_->setAccessibleName(playing() ? tr("Pause") : tr("Play the iterations"));
}

QSize Timeline::sizeHint() const {
  return {600, std::max(40, QFontMetrics(smallFont()).height() + 28)};
}

QSize Timeline::minimumSizeHint() const { return {240, sizeHint().height()}; }

void Timeline::paintCurve(QPainter& painter, const QRect& area) const {
  const auto point = [&](int i) {
    return QPointF(xOf(i), area.bottom() - levelAt(i).value_or(0) * (area.height() - 1));
  };
  QPainterPath path;
  const int size = static_cast<int>(data_.objective.size());
  for (int i = 0; i < size; ++i) {
    if (!levelAt(i)) continue;
    if (levelAt(i - 1)) {
      path.lineTo(point(i));
      continue;
    }
    path.moveTo(point(i));
    // A value between two gaps is a dot.
    if (!levelAt(i + 1)) path.addEllipse(point(i), 1, 1);
  }
  painter.setPen(
      QPen(accentOf(palette()), kCurveWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.setBrush(Qt::NoBrush);
  painter.drawPath(path);
}

void Timeline::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor base = palette().color(QPalette::Base);
  QColor line = palette().color(QPalette::WindowText);
  line.setAlphaF(0.18F);
  painter.setPen(hasFocus() ? QPen(accentOf(palette()), 1.5) : QPen(line, 1));
  painter.setBrush(base);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6);
  const QRect area = band();
  if (area.width() < 2 * kHandle) return;
  const int words = QFontMetrics(smallFont()).height();
  const QRect curve = area.adjusted(0, words + 2, 0, -6);
  painter.setPen(QPen(line, 1));
  painter.drawLine(QPointF(xOf(0), area.bottom() - 0.5),
                   QPointF(area.right() - kHandle, area.bottom() - 0.5));
  if (count() == 0) return;

  QColor tick = palette().color(QPalette::WindowText);
  tick.setAlphaF(0.5F);
  painter.setPen(QPen(tick, 1));
  for (const int iteration : data_.iterations)
    painter.drawLine(QPointF(xOf(iteration), area.bottom() - 4),
                     QPointF(xOf(iteration), area.bottom()));
  for (const Label& label : labels_) {
    painter.setPen(QPen(label.colour, kMarkWidth));
    painter.drawLine(QPointF(xOf(label.iteration), area.top() + 1),
                     QPointF(xOf(label.iteration), area.bottom()));
  }
  paintCurve(painter, curve);
  painter.setFont(smallFont());
  for (const Label& label : labels_) {
    painter.setPen(readable(label.colour, base));
    painter.drawText(label.rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, label.text);
  }
  if (data_.shown < 0) return;
  const int iteration = data_.iterations[static_cast<std::size_t>(data_.shown)];
  const double x = xOf(iteration);
  painter.setPen(QPen(accentOf(palette()), 1));
  painter.drawLine(QPointF(x, area.top() + words), QPointF(x, area.bottom()));
  painter.setPen(QPen(base, 1.5));
  painter.setBrush(accentOf(palette()));
  // On the curve, as far as it stays inside the band.
  const double level = levelAt(iteration).value_or(0.5) * (curve.height() - 1);
  const QPointF middle(x, std::min(curve.bottom() - level, area.bottom() - kHandle - 1.0));
  if (iteration < 0) {
    painter.drawPolygon(QPolygonF{middle - QPointF(0, 7), middle + QPointF(7, 0),
                                  middle + QPointF(0, 7), middle - QPointF(7, 0)});
  } else {
    painter.drawEllipse(middle, kHandle + 1, kHandle + 1);
  }
}

void Timeline::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layout()->activate();
  placeLabels();
}

void Timeline::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
      event->type() == QEvent::LanguageChange) {
    setAccessibleName(tr("Iterations of the attack"));
    refresh();
  }
}

bool Timeline::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), textAt(help->pos().x()), this);
    return true;
  }
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool ours = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right ||
                      key->key() == Qt::Key_Home || key->key() == Qt::Key_End ||
                      key->key() == Qt::Key_P;
    if (ours && key->modifiers() == Qt::NoModifier) {
      event->accept();
      return true;
    }
  }
  if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) update();
  return QWidget::event(event);
}

void Timeline::mousePressEvent(QMouseEvent* event) {
  const bool inside = band().adjusted(-kHandle, -4, kHandle, 4).contains(event->pos());
  if (event->button() != Qt::LeftButton || !inside || count() == 0)
    return QWidget::mousePressEvent(event);
  stepByHand(nearestKept(event->position().x()));
  dragged_ = data_.iterations[static_cast<std::size_t>(data_.shown)];
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
  if (!dragged_) return QWidget::mouseMoveEvent(event);
  const int nearest = nearestKept(event->position().x());
  dragged_ = data_.iterations[static_cast<std::size_t>(nearest)];
  stepByHand(nearest);
}

void Timeline::mouseReleaseEvent(QMouseEvent*) { dragged_.reset(); }

void Timeline::wheelEvent(QWheelEvent* event) {
  constexpr int kNotch = 120;
  wheel_ += event->angleDelta().y();
  const int steps = wheel_ / kNotch;
  wheel_ -= steps * kNotch;
  // Down goes on, as it does in a list.
  if (steps != 0) stepByHand(data_.shown - steps);
  event->accept();
}

void Timeline::keyPressEvent(QKeyEvent* event) {
  if (event->modifiers() & ~Qt::KeypadModifier) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Left:
      return stepByHand(data_.shown - 1);
    case Qt::Key_Right:
      return stepByHand(data_.shown + 1);
    case Qt::Key_Home:
      return stepByHand(0);
    case Qt::Key_End:
      return stepByHand(count() - 1);
    case Qt::Key_P:
      return setPlaying(!playing());
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace uninet
