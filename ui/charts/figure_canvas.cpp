#include "ui/charts/figure_canvas.h"

#include <QAccessible>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/charts/qcustomplot_shim.h"

namespace uninet {
namespace {

/// Pixels from which a point or an arrow is still meant.
constexpr double kNear = 9;

}  // namespace

/// The frame about what is pointed at, over the plot, which need not be drawn again for it.
class FigureCanvas::Overlay : public QWidget {
 public:
  explicit Overlay(FigureCanvas& canvas) : QWidget(&canvas), canvas_(canvas) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor mark = palette().color(QPalette::Highlight);
    if (canvas_.hasFocus()) {
      painter.setPen(QPen(mark, 1));
      painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
    if (canvas_.pointed_ < 0) return;
    const FigureMark& pointed = canvas_.map_.marks[static_cast<std::size_t>(canvas_.pointed_)];
    painter.setPen(QPen(mark, 2));
    if (!pointed.line.isNull()) {
      painter.drawLine(pointed.line);
    } else if (pointed.area.width() < 1) {
      painter.drawEllipse(pointed.area.center(), 6, 6);
    } else {
      QColor veil = mark;
      veil.setAlpha(28);
      painter.setBrush(veil);
      painter.drawRect(pointed.area.adjusted(0.5, 0.5, -0.5, -0.5));
    }
  }

 private:
  FigureCanvas& canvas_;
};

FigureCanvas::FigureCanvas(QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)), overlay_(new Overlay(*this)) {
  setObjectName(QStringLiteral("figure-canvas"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  // The plot only draws: what a person does is read from the map of the figure.
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  plot_->setFocusPolicy(Qt::NoFocus);
}

FigureCanvas::~FigureCanvas() = default;

FigureStyle FigureCanvas::style() const {
  FigureStyle style;
  style.ink = palette().color(QPalette::WindowText);
  style.paper = palette().color(QPalette::Base);
  style.font = font();
  style.font.setPixelSize(QFontInfo(font()).pixelSize());
  style.locale = QLocale();
  style.locale.setNumberOptions(QLocale::OmitGroupSeparator);
  style.point = logicalDpiX() / 72.0;
  style.translated = true;
  style.hidden = hidden_;
  return style;
}

void FigureCanvas::setFigure(const Figure& figure, const std::set<std::string>& hidden) {
  figure_ = figure;
  hidden_ = hidden;
  redraw();
}

void FigureCanvas::redraw() {
  point(-1);
  plot_->resize(size());
  overlay_->resize(size());
  overlay_->raise();
  if (figure_.panels.empty() || width() < 2 || height() < 2) return;
  map_ = drawFigure(*plot_, figure_, style(), size());
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void FigureCanvas::point(int mark) {
  if (mark == pointed_) return;
  pointed_ = mark;
  readOut_ = mark < 0 ? QString() : map_.marks[static_cast<std::size_t>(mark)].text;
  overlay_->update();
  setAccessibleDescription(readOut_);
  QAccessibleEvent said(this, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&said);
  Q_EMIT readOutChanged(readOut_);
}

int FigureCanvas::markAt(const QPointF& place) const {
  const FigureMark* mark = map_.at(place, kNear);
  return mark == nullptr ? -1 : static_cast<int>(mark - map_.marks.data());
}

const FigureMap::Entry* FigureCanvas::legendAt(const QPointF& place) const {
  for (const FigureMap::Entry& entry : map_.legend)
    if (entry.area.contains(place)) return &entry;
  return nullptr;
}

void FigureCanvas::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  redraw();
}

void FigureCanvas::mouseMoveEvent(QMouseEvent* event) {
  point(markAt(event->position()));
  const bool legend = legendAt(event->position()) != nullptr;
  setCursor(legend || pointed_ >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void FigureCanvas::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  if (const FigureMap::Entry* entry = legendAt(event->position())) {
    // The map is made anew by what the signal leads to.
    const std::string series = entry->series;
    Q_EMIT seriesToggled(series, event->modifiers().testFlag(Qt::AltModifier));
    return;
  }
  point(markAt(event->position()));
  if (pointed_ < 0) return;
  const FigureMark mark = map_.marks[static_cast<std::size_t>(pointed_)];
  Q_EMIT clicked(mark);
}

void FigureCanvas::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  point(-1);
}

void FigureCanvas::keyPressEvent(QKeyEvent* event) {
  const auto key = static_cast<Qt::Key>(event->key());
  if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down) {
    // At the edge the key is the scroll area's.
    const int next = map_.next(pointed_, key);
    if (next < 0) return QWidget::keyPressEvent(event);
    point(next);
    return;
  }
  if ((key == Qt::Key_Return || key == Qt::Key_Enter) && pointed_ >= 0) {
    const FigureMark mark = map_.marks[static_cast<std::size_t>(pointed_)];
    Q_EMIT clicked(mark);
    return;
  }
  if (key == Qt::Key_Escape && pointed_ >= 0) return point(-1);
  const auto series = static_cast<std::size_t>(key - Qt::Key_1);
  if (key >= Qt::Key_1 && key <= Qt::Key_9 && series < map_.legend.size()) {
    const std::string name = map_.legend[series].series;
    Q_EMIT seriesToggled(name, event->modifiers().testFlag(Qt::AltModifier));
    return;
  }
  QWidget::keyPressEvent(event);
}

void FigureCanvas::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  overlay_->update();
}

void FigureCanvas::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  overlay_->update();
}

bool FigureCanvas::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const int mark = markAt(help->pos()); mark >= 0)
      QToolTip::showText(help->globalPos(), map_.marks[static_cast<std::size_t>(mark)].text, this);
    else if (legendAt(help->pos()) != nullptr)
      QToolTip::showText(help->globalPos(),
                         tr("Click: show or hide. Alt+click: this one alone. Keys 1 to 9 and "
                            "Alt+1 to Alt+9 do the same."),
                         this);
    else
      QToolTip::hideText();
    return true;
  }
  const bool handled = QWidget::event(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
      event->type() == QEvent::LanguageChange || event->type() == QEvent::LocaleChange)
    redraw();
  return handled;
}

}  // namespace uninet
