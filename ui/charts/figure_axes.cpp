#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/figure_legend.h"
#include "ui/charts/figure_panels.h"

namespace uninet {
namespace {

/// What is read out of a chart.
struct Words {
  Q_DECLARE_TR_FUNCTIONS(uninet::FigureView)
};

QStringList lines(const QString& text, const QFontMetricsF& metrics, double width) {
  QStringList found;
  for (const QString& part : text.split(QLatin1Char('\n'))) {
    QString line;
    for (const QString& word : part.split(QLatin1Char(' '))) {
      const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
      if (!line.isEmpty() && metrics.horizontalAdvance(longer) > width) {
        found << line;
        line = word;
      } else {
        line = longer;
      }
    }
    found << line;
  }
  return found;
}

}  // namespace

QPen PanelDrawer::pen(double points, Qt::PenStyle line) const {
  return {style_.ink, points * style_.point, line};
}

double PanelDrawer::widthOf(const QString& text, double scale) const {
  return scale * QFontMetricsF(style_.font).horizontalAdvance(text);
}

QFont PanelDrawer::smallFont() const {
  QFont font = style_.font;
  font.setPixelSize(std::max(1, static_cast<int>(std::lround(0.85 * em()))));
  return font;
}

QString PanelDrawer::shown(const std::string& name) const { return shownName(name, style_); }

QString PanelDrawer::shownPair(const std::string& first, const std::string& second) const {
  return second.empty() ? shown(first) : shown(first) + QStringLiteral(" \u00b7 ") + shown(second);
}

QString PanelDrawer::number(double value) const {
  // Nothing is not written with a sign.
  return style_.locale.toString(std::abs(value) < 0.005 ? 0 : value, 'f', 2);
}

QString PanelDrawer::valueText(const std::string& what, double value, double low,
                               double high) const {
  QString text = QLatin1Char('\n') + shown(what) + QStringLiteral(": ");
  if (!std::isfinite(value)) return text + Words::tr("not defined");
  text += style_.locale.toString(value, 'g', 4);
  if (std::isfinite(low) && std::isfinite(high))
    text += Words::tr(" (95 %: %1 to %2)")
                .arg(style_.locale.toString(low, 'g', 4), style_.locale.toString(high, 'g', 4));
  return text;
}

QString PanelDrawer::valueText(const std::string& what, const Estimate& estimate) const {
  QString text = valueText(what, estimate.value, estimate.low, estimate.high);
  if (const double spread = estimate.check.spread(); std::isfinite(spread))
    text += QLatin1Char('\n') +
            Words::tr("rounding alone moves it by %1 (images: %2)")
                .arg(style_.locale.toString(spread, 'g', 2),
                     style_.locale.toString(static_cast<qulonglong>(estimate.check.images)));
  return text;
}

QString PanelDrawer::behindText(const std::vector<std::vector<std::pair<double, double>>>& behind,
                                std::size_t row, std::size_t column) const {
  if (row >= behind.size() || column >= behind[row].size()) return {};
  const auto& [clean, attacked] = behind[row][column];
  const auto text = [this](double value) {
    return std::isfinite(value) ? style_.locale.toString(value, 'g', 4) : QStringLiteral("\u2013");
  };
  return QLatin1Char('\n') +
         Words::tr("clean %1 \u2192 attacked %2").arg(text(clean), text(attacked));
}

void PanelDrawer::add(FigureMark mark, double x0, double y0, double x1, double y1, bool arrow) {
  pending_.push_back({std::move(mark), rect_, x0, y0, x1, y1, arrow});
}

int PanelDrawer::titleLines(const std::string& text, const FigureStyle& style, double width) {
  if (text.empty()) return 0;
  return static_cast<int>(lines(shownName(text, style), QFontMetricsF(style.font), width).size());
}

void PanelDrawer::title(const std::string& text, int rows) {
  if (rows == 0) return;
  QStringList parts = lines(shown(text), QFontMetricsF(style_.font), room_.width());
  while (parts.size() < rows) parts << QString();
  auto* heading = new QCPTextElement(&plot_, parts.join(QLatin1Char('\n')), style_.font);
  heading->setTextColor(style_.ink);
  heading->setTextFlags(Qt::AlignHCenter | Qt::AlignTop);
  // It may be wider than its panel's share of the width, and must not take it from the others.
  const int height =
      static_cast<int>(std::ceil(rows * QFontMetricsF(style_.font).lineSpacing() + 0.2 * em()));
  heading->setMinimumSize(1, height);
  heading->setMaximumSize(QWIDGETSIZE_MAX, height);
  cell_.addElement(0, 0, heading);
}

QCPAxisRect* PanelDrawer::axes(int column) {
  auto* rect = new QCPAxisRect(&plot_, true);
  cell_.addElement(cell_.hasElement(0, 0) ? 1 : 0, column, rect);
  // Not in the order of axes(), which is that of a hash and changes from run to run.
  for (const auto side : {QCPAxis::atBottom, QCPAxis::atLeft, QCPAxis::atTop, QCPAxis::atRight}) {
    QCPAxis* axis = rect->axis(side);
    axis->setLayer(QStringLiteral("axes"));
    axis->grid()->setLayer(QStringLiteral("grid"));
    axis->grid()->setVisible(false);
    axis->setTickLabelFont(style_.font);
    axis->setLabelFont(style_.font);
    axis->setTickLabelColor(style_.ink);
    axis->setLabelColor(style_.ink);
    for (const auto set : {&QCPAxis::setBasePen, &QCPAxis::setTickPen}) (axis->*set)(pen());
    axis->setSubTickPen(Qt::NoPen);
    axis->setTickLengthIn(0);
    axis->setTickLengthOut(static_cast<int>(2 * style_.point));
    axis->setTickLabelPadding(static_cast<int>(2 * style_.point));
    axis->setLabelPadding(static_cast<int>(2 * style_.point));
    axis->setPadding(static_cast<int>(style_.point));
  }
  rect->axis(QCPAxis::atTop)->setVisible(false);
  rect->axis(QCPAxis::atRight)->setVisible(false);
  rect->setMinimumMargins({});
  rect_ = rect;
  x_ = rect->axis(QCPAxis::atBottom);
  y_ = rect->axis(QCPAxis::atLeft);
  return rect;
}

QCPAxisRect* PanelDrawer::colourBar(const HeatPanel& panel, int column) {
  QCPAxisRect* before = rect_;
  QCPAxisRect* bar = axes(column);
  const int width = static_cast<int>(std::lround(0.8 * em()));
  bar->setMinimumSize(width, 1);
  bar->setMaximumSize(width, QWIDGETSIZE_MAX);
  x_->setVisible(false);
  y_->setVisible(false);
  x_->setRange(0, 1);
  y_->setRange(panel.low, panel.high);
  constexpr int kSteps = 64;
  for (int i = 0; i < kSteps; ++i) {
    const double step = (panel.high - panel.low) / kSteps, from = panel.low + i * step;
    // Each reaches under the next, so that no seam shows.
    box(bar, 0, from, 1, std::min(panel.high, from + 1.5 * step),
        heatColour(panel, from + step / 2, style_), "main");
  }
  QCPAxis* scale = bar->axis(QCPAxis::atRight);
  scale->setVisible(true);
  scale->setRange(panel.low, panel.high);
  scale->setLabel(shown(panel.scaleLabel));
  scale->ticker()->setTickCount(5);
  rect_ = before;
  return bar;
}

QCPItemText* PanelDrawer::label(double x, double y, const QString& value, Qt::Alignment alignment) {
  auto* item = new QCPItemText(&plot_);
  item->setClipAxisRect(rect_);
  item->position->setAxes(x_, y_);
  item->position->setCoords(x, y);
  item->setText(value);
  item->setFont(style_.font);
  item->setColor(style_.ink);
  item->setPositionAlignment(alignment);
  item->setPadding({});
  item->setLayer(QStringLiteral("axes"));
  return item;
}

void PanelDrawer::box(QCPAxisRect* rect, double x0, double y0, double x1, double y1,
                      const QColor& colour, const char* layer) {
  auto* item = new QCPItemRect(&plot_);
  item->setClipAxisRect(rect);
  for (QCPItemPosition* position : {item->topLeft, item->bottomRight})
    position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
  item->topLeft->setCoords(x0, y1);
  item->bottomRight->setCoords(x1, y0);
  item->setPen(Qt::NoPen);
  item->setBrush(colour);
  item->setAntialiased(false);
  item->setLayer(QString::fromUtf8(layer));
}

void PanelDrawer::shade(double group, const QColor& colour) {
  auto* item = new QCPItemRect(&plot_);
  item->setClipAxisRect(rect_);
  for (QCPItemPosition* position : {item->topLeft, item->bottomRight}) {
    position->setAxes(x_, y_);
    position->setAxisRect(rect_);
    position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  }
  item->topLeft->setCoords(group - 0.5, 0);
  item->bottomRight->setCoords(group + 0.5, 1);
  item->setPen(Qt::NoPen);
  item->setBrush(colour);
  item->setAntialiased(false);
  item->setLayer(QStringLiteral("background"));
}

void PanelDrawer::line(double x0, double y0, double x1, double y1, const QPen& pen) {
  auto* item = new QCPItemStraightLine(&plot_);
  item->setClipAxisRect(rect_);
  for (QCPItemPosition* position : {item->point1, item->point2}) position->setAxes(x_, y_);
  item->point1->setCoords(x0, y0);
  item->point2->setCoords(x1, y1);
  item->setPen(pen);
  item->setLayer(QStringLiteral("grid"));
}

void PanelDrawer::breakMark() {
  // The place on the axis that the strokes lie about.
  auto* place = new QCPItemText(&plot_);
  place->setVisible(false);
  place->position->setType(QCPItemPosition::ptAxisRectRatio);
  place->position->setAxisRect(rect_);
  place->position->setCoords(0, 0.95);
  const auto stroke = [&](double x0, double y0, double x1, double y1, const QPen& pen) {
    auto* item = new QCPItemLine(&plot_);
    item->setClipToAxisRect(false);
    for (QCPItemPosition* position : {item->start, item->end}) {
      position->setType(QCPItemPosition::ptAbsolute);
      position->setParentAnchor(place->position);
    }
    item->start->setCoords(x0 * style_.point, y0 * style_.point);
    item->end->setCoords(x1 * style_.point, y1 * style_.point);
    item->setPen(pen);
    item->setLayer(QStringLiteral("overlay"));
  };
  auto* gap = new QCPItemLine(&plot_);
  gap->setClipToAxisRect(false);
  for (QCPItemPosition* position : {gap->start, gap->end}) {
    position->setType(QCPItemPosition::ptAxisRectRatio);
    position->setAxisRect(rect_);
  }
  gap->start->setCoords(0, 0.95);
  gap->end->setCoords(1, 0.95);
  QPen blank(style_.paper, 1.6 * style_.point);
  blank.setCapStyle(Qt::FlatCap);
  gap->setPen(blank);
  gap->setLayer(QStringLiteral("overlay"));
  stroke(-3, 2.2, 3, -0.6, pen());
  stroke(-3, 0.6, 3, -2.2, pen());
}

void PanelDrawer::intervals(QCPAbstractPlottable* of, const std::vector<Estimate>& values,
                            double least, const QColor& colour) {
  QVector<double> below, above;
  for (const Estimate& e : values) {
    const bool known = std::isfinite(e.low) && std::isfinite(e.high);
    below.push_back(known ? e.value - std::max(e.low, least)
                          : std::numeric_limits<double>::quiet_NaN());
    above.push_back(known ? e.high - e.value : std::numeric_limits<double>::quiet_NaN());
  }
  auto* bars = new QCPErrorBars(x_, y_);
  bars->setDataPlottable(of);
  bars->setData(below, above);
  bars->setPen(QPen(colour, 0.5 * style_.point));
  bars->setWhiskerWidth(2 * style_.point);
  bars->setSymbolGap(0);
}

double PanelDrawer::turn(const std::vector<std::string>& names, double room,
                         const FigureStyle& style) {
  const QFontMetricsF metrics(style.font);
  const double gap = 0.4 * style.font.pixelSize();
  for (const std::string& name : names)
    for (const QString& part : lines(shownName(name, style), metrics, room - gap))
      if (metrics.horizontalAdvance(part) + gap > room)
        return room > 1.9 * metrics.height() ? -35 : -90;
  return 0;
}

double PanelDrawer::namesHeight(const std::vector<std::string>& names, double angle,
                                const FigureStyle& style) {
  const QFontMetricsF metrics(style.font);
  const double radians = std::abs(angle) * std::acos(-1.0) / 180;
  double widest = 0;
  for (const std::string& name : names)
    widest = std::max(widest, metrics.horizontalAdvance(shownName(name, style)));
  return widest * std::sin(radians) + metrics.height() * std::cos(radians);
}

void PanelDrawer::names(QCPAxis* axis, const std::vector<std::string>& names, double room) {
  const QFontMetricsF metrics(style_.font);
  const double gap = 0.4 * em(), angle = turn(names, room, style_);
  if (angle != 0 && belowShared_) axis->setTickLabels(false);
  axis->setTickLabelRotation(angle);
  QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
  double at = 0;
  for (const std::string& name : names)
    ticks->addTick(at++, angle != 0
                             ? shown(name)
                             : lines(shown(name), metrics, room - gap).join(QLatin1Char('\n')));
  axis->setTicker(ticks);
}

void PanelDrawer::logarithmicTicks(QCPAxis* axis, double low, double high, double room) {
  axis->setScaleType(QCPAxis::stLogarithmic);
  axis->setRange(low, high);
  QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
  const double decade = room / std::log10(high / low);
  const bool horizontal = axis->orientation() == Qt::Horizontal;
  for (double power = std::pow(10, std::floor(std::log10(low))); power <= high; power *= 10)
    for (const double factor : {1., 2., 5.}) {
      const double value = factor * power;
      if (value < low * 0.999 || value > high * 1.001) continue;
      const QString text = style_.locale.toString(value, 'g', 3);
      const double need = horizontal ? widthOf(text) + 0.5 * em() : 1.3 * em();
      // Where 1, 2 and 5 are too many, only powers of ten are written.
      ticks->addTick(value, factor == 1 || decade * 0.3 > need ? text : QString());
    }
  axis->setTicker(ticks);
}

void PanelDrawer::valueTicks(QCPAxis* axis, double room) const {
  axis->ticker()->setTickCount(std::clamp(static_cast<int>(room / (2 * em())), 2, 6));
}

bool PanelDrawer::valueRange(ValueEnds ends, std::optional<double> reference, bool fromZero,
                             bool logarithmic, double height, double head) {
  if (reference) ends.widen(*reference);
  auto [low, high] = ends;
  const double room = height - 5 * em();
  if (logarithmic && low > 0 && high > low) {
    low = std::pow(10, std::floor(std::log10(low) + 1e-9));
    logarithmicTicks(y_, low, high * std::pow(high / low, head), room);
    return false;
  }
  valueTicks(y_, room);
  const bool broken = !fromZero && std::isfinite(low) && low > 0.5 * high && high > low;
  const double base = broken ? low - 0.15 * (high - low) : 0;
  y_->setRange(base, high > base ? high + head * (high - base) : base + 1);
  return broken;
}

}  // namespace uninet
