#include "ui/charts/figure_legend.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/charts/mark_colour.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

std::string keyOf(const std::vector<std::string>& colours, std::size_t series) {
  return series < colours.size() ? colours[series] : std::string();
}

class Collector {
 public:
  explicit Collector(const FigureStyle& style) : style_(style), dark_(style.dark()) {}
  std::vector<LegendEntry> entries;

  void operator()(const BarPanel& panel) {
    for (std::size_t s = 0; s < panel.series.size(); ++s)
      add({panel.series[s], markColour(keyOf(panel.colours, s), s, dark_), LegendEntry::Symbol::box,
           QCPScatterStyle::ssNone, barFill(panel.colours, s, style_)});
  }
  void operator()(const LinePanel& panel) {
    for (std::size_t s = 0; s < panel.series.size(); ++s)
      add({panel.series[s], markColour(keyOf(panel.colours, s), s, dark_),
           LegendEntry::Symbol::curve, curveShape(s)});
  }
  void operator()(const ArrowPanel& panel) {
    if (!panel.to.empty()) {
      add({panel.from, markColour("clean", 0, dark_), LegendEntry::Symbol::circle});
      add({panel.to, markColour(panel.colour, 0, dark_), LegendEntry::Symbol::arrow});
      return;
    }
    for (std::size_t s = 0; s < panel.series.size(); ++s)
      add({panel.series[s], markColour({}, s, dark_), LegendEntry::Symbol::arrow});
  }
  void operator()(const ScatterPanel& panel) {
    for (std::size_t s = 0; s < panel.series.size(); ++s) {
      const QColor colour = markColour({}, s, dark_);
      if (s == 0)
        add({panel.series[s], colour, LegendEntry::Symbol::box, QCPScatterStyle::ssNone, colour});
      else
        add({panel.series[s], colour, LegendEntry::Symbol::circle});
    }
  }
  void operator()(const HeatPanel& /*panel*/) {}
  void operator()(const PicturePanel& /*panel*/) {}

 private:
  void add(const LegendEntry& entry) {
    if (std::none_of(entries.begin(), entries.end(),
                     [&](const LegendEntry& other) { return other.series == entry.series; }))
      entries.push_back(entry);
  }
  const FigureStyle& style_;
  const bool dark_;
};

}  // namespace

QCPScatterStyle::ScatterShape curveShape(std::size_t index) {
  static constexpr std::array kShapes{QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare,
                                      QCPScatterStyle::ssTriangle, QCPScatterStyle::ssDiamond,
                                      QCPScatterStyle::ssTriangleInverted};
  return kShapes[index % kShapes.size()];
}

QBrush barFill(const std::vector<std::string>& colours, std::size_t series,
               const FigureStyle& style) {
  const std::string key = keyOf(colours, series);
  const QColor colour = markColour(key, series, style.dark());
  if (key.empty()) return colour;
  static constexpr std::array kPaper{0.0, 0.5, 0.75, 0.9};
  const auto before = static_cast<std::size_t>(
      std::count(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(series), key));
  const double paper = kPaper[std::min(before, kPaper.size() - 1)];
  const auto part = [paper](int of, int to) {
    return static_cast<int>(std::lround(of + paper * (to - of)));
  };
  return QColor(part(colour.red(), style.paper.red()), part(colour.green(), style.paper.green()),
                part(colour.blue(), style.paper.blue()));
}

QString shownName(const std::string& name, const FigureStyle& style) {
  return style.translated ? composedText(name) : QString::fromStdString(name);
}

std::vector<LegendEntry> legendOf(const Figure& figure, const FigureStyle& style) {
  Collector collector(style);
  for (const Panel& panel : figure.panels) std::visit(collector, panel);
  if (collector.entries.size() < 2) collector.entries.clear();
  return collector.entries;
}

FigureLegend::FigureLegend(QCustomPlot* plot, std::vector<LegendEntry> entries,
                           const FigureStyle& style, double width)
    : QCPLayoutElement(plot), entries_(std::move(entries)), style_(style) {
  const QFontMetricsF metrics(style_.font);
  const double em = metrics.height(), gap = em, symbol = 1.3 * em;
  const double left = 0.25 * em;  // off the edge of the page
  width -= left;
  std::vector<double> widths;
  double sum = -gap;
  for (const LegendEntry& entry : entries_) {
    const double text = metrics.horizontalAdvance(shownName(entry.series, style_));
    widths.push_back(std::min(width, std::ceil(symbol + text + 1)));
    sum += widths.back() + gap;
  }
  double x = left, y = 0;
  if (sum <= width) {
    for (const double one : widths) {
      areas_.emplace_back(x, 0, one, em);
      x += one + gap;
    }
  } else {
    const double widest = widths.empty() ? 0 : *std::max_element(widths.begin(), widths.end());
    const auto most = static_cast<std::size_t>(std::max(1.0, (width + gap) / (widest + gap)));
    // Rows of about the same number of entries.
    const std::size_t rows = (widths.size() + most - 1) / most;
    const std::size_t columns = (widths.size() + rows - 1) / rows;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      x = left + static_cast<double>(i % columns) * (widest + gap);
      y = static_cast<double>(i / columns) * em;
      areas_.emplace_back(x, y, widths[i], em);
    }
  }
  height_ = y + em + 0.25 * em;
  if (plot != nullptr) setLayer(QStringLiteral("legend"));
  const int fixed = static_cast<int>(std::ceil(height_));
  setMinimumSize(1, fixed);
  setMaximumSize(QWIDGETSIZE_MAX, fixed);
}

std::vector<FigureMap::Entry> FigureLegend::places() const {
  std::vector<FigureMap::Entry> places;
  for (std::size_t i = 0; i < entries_.size(); ++i)
    places.push_back({entries_[i].series, areas_[i].translated(rect().topLeft())});
  return places;
}

void FigureLegend::draw(QCPPainter* painter) {
  painter->setAntialiasing(true);
  const QFontMetricsF metrics(style_.font);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const QRectF area = areas_[i].translated(rect().topLeft());
    const bool hidden = style_.hidden.contains(entries_[i].series);
    QFont font = style_.font;
    font.setStrikeOut(hidden);
    QColor ink = style_.ink;
    if (hidden) ink.setAlpha(130);
    painter->setOpacity(hidden ? 0.4 : 1);
    drawSymbol(*painter, entries_[i], area);
    painter->setOpacity(1);
    painter->setFont(font);
    painter->setPen(ink);
    const double symbol = 1.3 * metrics.height();
    painter->drawText(area.adjusted(symbol, 0, metrics.height(), 0),
                      Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      metrics.elidedText(shownName(entries_[i].series, style_), Qt::ElideRight,
                                         area.width() - symbol));
  }
}

void FigureLegend::drawSymbol(QCPPainter& painter, const LegendEntry& entry,
                              const QRectF& area) const {
  const double em = area.height();
  const QRectF box(area.left() + 0.1 * em, area.top() + 0.22 * em, 0.9 * em, 0.56 * em);
  const QPen line(entry.colour, style_.point);
  switch (entry.symbol) {
    case LegendEntry::Symbol::box:
      painter.setPen(QPen(entry.colour, 0.5 * style_.point));
      painter.setBrush(entry.fill);
      painter.drawRect(box);
      return;
    case LegendEntry::Symbol::circle:
      painter.setPen(QPen(entry.colour, 0.75 * style_.point));
      painter.setBrush(Qt::NoBrush);
      painter.drawEllipse(box.center(), 0.22 * em, 0.22 * em);
      return;
    case LegendEntry::Symbol::curve:
      painter.setPen(line);
      painter.drawLine(QPointF(box.left(), box.center().y()),
                       QPointF(box.right(), box.center().y()));
      painter.setPen(QPen(entry.colour, 0.5 * style_.point));
      painter.setBrush(entry.colour);
      QCPScatterStyle(entry.shape, 3.5 * style_.point).drawShape(&painter, box.center());
      return;
    case LegendEntry::Symbol::arrow: {
      const QPointF from(box.left(), box.center().y()), to(box.right(), box.center().y());
      painter.setPen(line);
      painter.setBrush(entry.colour);
      painter.drawLine(from, to);
      painter.drawPolygon(
          QPolygonF{{to, to + QPointF(-0.35 * em, -0.2 * em), to + QPointF(-0.35 * em, 0.2 * em)}});
      return;
    }
  }
}

}  // namespace uninet
