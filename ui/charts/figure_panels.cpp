#include "ui/charts/figure_panels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/charts/figure_legend.h"
#include "ui/charts/mark_colour.h"

namespace uninet {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

QColor mix(const QColor& a, const QColor& b, double share) {
  const auto part = [share](int x, int y) {
    return static_cast<int>(std::lround(x + share * (y - x)));
  };
  return {part(a.red(), b.red()), part(a.green(), b.green()), part(a.blue(), b.blue())};
}

std::string keyOf(const std::vector<std::string>& colours, std::size_t series) {
  return series < colours.size() ? colours[series] : std::string();
}
std::int64_t itemOf(const std::vector<std::int64_t>& items, std::size_t at) {
  return at < items.size() ? items[at] : -1;
}
/// Of the values of some series, where the panel does not share them with others.
template <class P>
ValueEnds endsOf(const P& panel, const std::vector<std::size_t>& drawn) {
  if (panel.ends) return *panel.ends;
  ValueEnds ends;
  for (const std::size_t s : drawn)
    for (const Estimate& e : panel.values[s]) ends.widen(e, panel.logarithmic);
  return ends;
}
std::vector<std::size_t> visible(const std::vector<std::string>& series, const FigureStyle& style) {
  std::vector<std::size_t> drawn;
  for (std::size_t s = 0; s < series.size(); ++s)
    if (!style.hidden.contains(series[s])) drawn.push_back(s);
  return drawn;
}

}  // namespace

QColor heatColour(const HeatPanel& panel, double value, const FigureStyle& style) {
  const double at = std::clamp((value - panel.low) / (panel.high - panel.low), 0.0, 1.0);
  const bool dark = style.dark();
  const QColor none = dark ? QColor(44, 49, 58) : QColor(255, 255, 255);
  const QColor blue = dark ? QColor(96, 165, 230) : QColor(33, 102, 172);
  const QColor red = dark ? QColor(232, 106, 96) : QColor(178, 24, 43);
  if (panel.diverging) return mix(none, at < 0.5 ? blue : red, std::abs(2 * at - 1));
  // What is lost stands out.
  return mix(dark ? QColor(120, 180, 240) : QColor(8, 48, 107), none, at);
}

double rowNamesWidth(const HeatPanel& panel, const FigureStyle& style) {
  const QFontMetricsF metrics(style.font);
  double widest = 0;
  for (const std::string& row : panel.rows)
    widest = std::max(widest, metrics.horizontalAdvance(shownName(row, style)));
  return widest + 2.2 * metrics.height();
}

bool sameScale(const HeatPanel& a, const HeatPanel& b) {
  return a.low == b.low && a.high == b.high && a.diverging == b.diverging &&
         a.scaleLabel == b.scaleLabel;
}

void PanelDrawer::operator()(const BarPanel& panel) {
  axes();
  const std::vector<std::size_t> drawn = visible(panel.series, style_);
  const std::size_t groups = panel.groups.size();
  for (std::size_t g = 0; g < groups && g < panel.shades.size(); ++g)
    if (panel.shades[g] != Shade::none)
      shade(static_cast<double>(g), shadeColour(panel.shades[g] == Shade::semantic, style_.dark()));
  const double room = room_.width() - 4.5 * em();
  const double width = 0.82 / static_cast<double>(std::max<std::size_t>(1, drawn.size()));
  const double pixels = room / static_cast<double>(std::max<std::size_t>(1, groups)) * width;
  // Panels that share an axis end it at the same value.
  const double height = panel.ends ? level_ : room_.height();
  const bool numbers = pixels > widthOf(number(0.25), 0.85) + 0.25 * em() && height > 9 * em();
  const bool broken =
      valueRange(endsOf(panel, drawn), panel.reference, panel.fromZero, panel.logarithmic, height,
                 numbers ? std::clamp(1.3 * em() / (height - 6 * em()), 0.08, 0.5) : 0.05);
  const double base = y_->range().lower;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const std::size_t s = drawn[i];
    auto* bars = new QCPBars(x_, y_);
    bars->setName(QString::fromStdString(panel.series[s]));
    bars->setWidth(width * 0.9);
    bars->setPen(QPen(markColour(keyOf(panel.colours, s), s, style_.dark()), 0.5 * style_.point));
    bars->setBrush(barFill(panel.colours, s, style_));
    bars->setBaseValue(base);
    std::vector<Estimate> shown;
    for (std::size_t g = 0; g < groups; ++g) {
      const Estimate& e = panel.values[s][g];
      const double at =
          static_cast<double>(g) +
          width * (static_cast<double>(i) - (static_cast<double>(drawn.size()) - 1) / 2);
      FigureMark mark{number_, panel.series[s], panel.groups[g], itemOf(panel.items, s)};
      mark.text = shownPair(panel.groups[g], panel.series[s]) + valueText(panel.yLabel, e) +
                  behindText(panel.behind, s, g);
      add(mark, at - width / 2, kNone, at + width / 2, kNone);
      if (!std::isfinite(e.value)) {
        label(at, base, QStringLiteral("\u2013"), Qt::AlignHCenter | Qt::AlignBottom);
        continue;
      }
      // Bars are as long as their value, from their base on.
      bars->addData(at, e.value - base);
      shown.push_back(e);
      if (!numbers) continue;
      QCPItemText* text = label(at, std::isfinite(e.high) ? std::max(e.high, e.value) : e.value,
                                number(e.value), Qt::AlignHCenter | Qt::AlignBottom);
      text->setFont(smallFont());
      // Over a dashed line it is still read.
      if (panel.shades.empty()) text->setBrush(style_.paper);
    }
    intervals(bars, shown, base, style_.ink);
  }
  x_->setRange(-0.5, static_cast<double>(groups) - 0.5);
  names(x_, panel.groups, room / static_cast<double>(std::max<std::size_t>(1, groups)));
  y_->setLabel(shown(panel.yLabel));
  if (panel.reference) line(0, *panel.reference, 1, *panel.reference, pen(0.5, Qt::DashLine));
  if (broken) breakMark();
}

void PanelDrawer::operator()(const LinePanel& panel) {
  axes();
  const std::vector<std::size_t> drawn = visible(panel.series, style_);
  valueRange(endsOf(panel, drawn), 1, true, panel.logarithmic, panel.ends ? level_ : room_.height(),
             0.05);
  const double base = y_->range().lower;
  for (const std::size_t s : drawn) {
    auto* curve = plot_.addGraph(x_, y_);
    curve->setName(QString::fromStdString(panel.series[s]));
    const QColor colour = markColour(keyOf(panel.colours, s), s, style_.dark());
    curve->setPen(QPen(colour, style_.point));
    curve->setScatterStyle(QCPScatterStyle(curveShape(s), colour, colour, 3.5 * style_.point));
    std::vector<Estimate> shown;
    for (std::size_t i = 0; i < panel.x.size(); ++i) {
      const Estimate& e = panel.values[s][i];
      if (!std::isfinite(e.value)) continue;
      curve->addData(panel.x[i], e.value);
      shown.push_back(e);
      FigureMark mark{number_, panel.series[s], style_.locale.toString(panel.x[i]).toStdString(),
                      itemOf(panel.items, i)};
      mark.text = shownPair(panel.series[s], {}) + QLatin1Char('\n') + this->shown(panel.xLabel) +
                  QStringLiteral(": ") + style_.locale.toString(panel.x[i]) +
                  valueText(panel.yLabel, e);
      add(mark, panel.x[i], e.value, panel.x[i], e.value);
    }
    intervals(curve, shown, base, colour);
  }
  if (panel.x.empty()) return;
  const double room = room_.width() - 4.5 * em();
  const double low = panel.x.front() / 1.3, high = panel.x.back() * 1.3;
  x_->setScaleType(QCPAxis::stLogarithmic);
  QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
  double free = -1e9;
  for (const double value : panel.x) {
    const double at = room * std::log(value / low) / std::log(high / low);
    const QString text = style_.locale.toString(value);
    const double half = widthOf(text) / 2;
    ticks->addTick(value, at - half > free ? text : QString());
    if (at - half > free) free = at + half + 0.3 * em();
  }
  x_->setTicker(ticks);
  x_->setRange(low, high);
  x_->setLabel(shown(panel.xLabel));
  y_->setLabel(shown(panel.yLabel));
  line(panel.x.front(), 1, panel.x.back(), 1, pen(0.5, Qt::DashLine));
}

void PanelDrawer::operator()(const HeatPanel& panel) {
  axes();
  const auto columns = static_cast<double>(std::max<std::size_t>(1, panel.columns.size()));
  const double room =
      std::max(columns, room_.width() - (leftNames_ ? rowNamesWidth(panel, style_) : 0));
  const bool numbers = room / columns > widthOf(number(-0.25), 0.85) &&
                       room_.height() / (static_cast<double>(panel.rows.size()) + 4) > 0.9 * em();
  QSharedPointer<QCPAxisTickerText> rows(new QCPAxisTickerText);
  for (std::size_t r = 0; r < panel.rows.size(); ++r) {
    const auto at = static_cast<double>(r);
    rows->addTick(at, shown(panel.rows[r]));
    for (std::size_t c = 0; c < panel.columns.size(); ++c) {
      const double value = panel.values[r][c];
      const auto column = static_cast<double>(c);
      const bool defined = std::isfinite(value);
      const QColor colour = defined ? heatColour(panel, value, style_) : style_.paper;
      if (defined) box(rect_, column - 0.5, at + 0.5, column + 0.5, at - 0.5, colour, "main");
      FigureMark mark{number_, panel.rows[r], panel.columns[c], itemOf(panel.items, r)};
      const bool known = r < panel.intervals.size() && c < panel.intervals[r].size();
      mark.text = shownPair(panel.rows[r], panel.columns[c]) +
                  valueText(panel.scaleLabel, value, known ? panel.intervals[r][c].first : kNone,
                            known ? panel.intervals[r][c].second : kNone) +
                  behindText(panel.behind, r, c);
      add(mark, column - 0.5, at - 0.5, column + 0.5, at + 0.5);
      if (!numbers && defined) continue;
      auto* text =
          label(column, at, defined ? number(value) : QStringLiteral("\u2013"), Qt::AlignCenter);
      text->setFont(smallFont());
      if (defined) text->setColor(colour.lightness() < 140 ? Qt::white : Qt::black);
    }
  }
  y_->setTicker(rows);
  x_->setRange(-0.5, columns - 0.5);
  y_->setRangeReversed(true);
  y_->setRange(-0.5, static_cast<double>(panel.rows.size()) - 0.5);
  names(x_, panel.columns, room / columns);
  if (x_->tickLabels()) x_->setLabel(shown(panel.xLabel));
  y_->setTickLabels(leftNames_);
  if (leftNames_) y_->setLabel(shown(panel.yLabel));
}

void PanelDrawer::operator()(const ArrowPanel& panel) {
  axes();
  auto [low, high] = panel.ends.value_or(panel.lengths());
  const bool ends = !panel.to.empty();
  const bool begins = !style_.hidden.contains(panel.from);
  auto* starts = plot_.addGraph(x_, y_);
  starts->setLineStyle(QCPGraph::lsNone);
  starts->setScatterStyle(QCPScatterStyle(
      QCPScatterStyle::ssCircle, QPen(markColour("clean", 0, style_.dark()), 0.75 * style_.point),
      Qt::NoBrush, 2.5 * style_.point));
  for (const ArrowPanel::Arrow& a : panel.arrows) {
    const std::string& name = panel.series.at(a.series);
    if (begins) starts->addData(a.x0, a.y0);
    if (style_.hidden.contains(ends ? panel.to : name)) continue;
    auto* arrow = new QCPItemLine(&plot_);
    arrow->setClipAxisRect(rect_);
    for (QCPItemPosition* position : {arrow->start, arrow->end}) position->setAxes(x_, y_);
    arrow->start->setCoords(a.x0, a.y0);
    arrow->end->setCoords(a.x1, a.y1);
    arrow->setPen(QPen(markColour(ends ? panel.colour : std::string(), a.series, style_.dark()),
                       0.6 * style_.point));
    arrow->setHead(
        QCPLineEnding(QCPLineEnding::esSpikeArrow, 2.5 * style_.point, 3 * style_.point));
    FigureMark mark{number_, name, {}, a.item};
    const auto size = [this](double width, double height) {
      return style_.locale.toString(width, 'f', 0) + QStringLiteral(" \u00d7 ") +
             style_.locale.toString(height, 'f', 0);
    };
    mark.text = shown(name) + QLatin1Char('\n') + size(a.x0, a.y0) + QStringLiteral(" \u2192 ") +
                size(a.x1, a.y1) + QStringLiteral(" px");
    add(mark, a.x0, a.y0, a.x1, a.y1, true);
  }
  x_->setLabel(shown(panel.xLabel));
  y_->setLabel(shown(panel.yLabel));
  low = std::max(0.5, low / 1.2);
  high *= 1.2;
  logarithmicTicks(x_, low, high, room_.width() - 4.5 * em());
  logarithmicTicks(y_, low, high, room_.height() - 5 * em());
  line(1, 1, 1000, 1000, pen(0.5, Qt::DashLine));
}

void PanelDrawer::operator()(const PicturePanel& panel) {
  axes();
  constexpr double kGap = 0.01;
  QSharedPointer<QCPAxisTickerText> rows(new QCPAxisTickerText);
  for (std::size_t r = 0; r < panel.rows.size(); ++r) {
    rows->addTick(static_cast<double>(r), shown(panel.rows[r]));
    for (std::size_t c = 0; c < panel.columns.size(); ++c) {
      const cv::Mat& picture = panel.cells[r][c];
      const double left = static_cast<double>(c) - 0.5 + kGap, right = left + 1 - 2 * kGap;
      const double top = static_cast<double>(r) - 0.5 + kGap, bottom = top + 1 - 2 * kGap;
      auto* item = new QCPItemPixmap(&plot_);
      item->setClipAxisRect(rect_);
      for (QCPItemPosition* position : {item->topLeft, item->bottomRight})
        position->setAxes(x_, y_);
      item->topLeft->setCoords(left, top);
      item->bottomRight->setCoords(right, bottom);
      item->setPixmap(
          QPixmap::fromImage(QImage(picture.data, picture.cols, picture.rows,
                                    static_cast<qsizetype>(picture.step), QImage::Format_RGB888)
                                 .copy()));
      item->setScaled(true, Qt::KeepAspectRatio, Qt::SmoothTransformation);
      item->setPen(Qt::NoPen);
      FigureMark mark{number_, panel.rows[r], panel.columns[c]};
      mark.text = shownPair(panel.rows[r], panel.columns[c]);
      add(mark, left, top, right, bottom);
    }
  }
  const auto columns = static_cast<double>(std::max<std::size_t>(1, panel.columns.size()));
  names(x_, panel.columns, (room_.width() - 3 * em()) / columns);
  y_->setTicker(rows);
  y_->setTickLabelRotation(-90);
  for (QCPAxis* axis : {x_, y_}) {
    axis->setBasePen(Qt::NoPen);
    axis->setTickPen(Qt::NoPen);
  }
  x_->setRange(-0.5, columns - 0.5);
  y_->setRangeReversed(true);
  y_->setRange(-0.5, static_cast<double>(panel.rows.size()) - 0.5);
}

}  // namespace uninet
