#include "ui/charts/figure_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "ui/charts/qcustomplot_shim.h"

namespace uninet {
namespace {

QString text(const std::string& value) { return QString::fromStdString(value); }

/// From dark to light: told apart in grey and by colour-blind readers (viridis).
QColor seriesColour(std::size_t index, std::size_t count) {
  static constexpr std::array<std::array<int, 3>, 8> kScale{{{68, 1, 84},
                                                             {70, 50, 127},
                                                             {54, 92, 141},
                                                             {39, 127, 142},
                                                             {31, 161, 135},
                                                             {74, 194, 109},
                                                             {159, 218, 58},
                                                             {253, 231, 37}}};
  const double at = count < 2 ? 2
                              : 7.0 * static_cast<double>(index) / static_cast<double>(count - 1) *
                                    (count < 4 ? 0.8 : 1);
  const auto& c = kScale[std::min<std::size_t>(7, static_cast<std::size_t>(std::lround(at)))];
  return {c[0], c[1], c[2]};
}

/// White or one colour at 0, growing to the ends; blue for negative, red for positive.
QColor heatColour(const HeatPanel& panel, double value) {
  const double at = std::clamp((value - panel.low) / (panel.high - panel.low), 0.0, 1.0);
  const auto mix = [](const QColor& a, const QColor& b, double share) {
    return QColor::fromRgbF(static_cast<float>(a.redF() + share * (b.redF() - a.redF())),
                            static_cast<float>(a.greenF() + share * (b.greenF() - a.greenF())),
                            static_cast<float>(a.blueF() + share * (b.blueF() - a.blueF())));
  };
  if (panel.diverging) {
    const QColor end = at < 0.5 ? QColor(33, 102, 172) : QColor(178, 24, 43);
    return mix(Qt::white, end, std::abs(2 * at - 1));
  }
  return mix(QColor(8, 48, 107), QColor(247, 251, 255), at);
}

class Drawer {
 public:
  Drawer(QCustomPlot& plot, const FigureStyle& style) : plot_(plot), style_(style) {
    plot_.setLocale(style_.locale);
  }

  void draw(const Figure& figure) {
    plot_.clearItems();
    plot_.clearPlottables();
    plot_.plotLayout()->clear();
    plot_.setBackground(style_.paper);
    plot_.setAutoAddPlottableToLegend(false);
    plot_.plotLayout()->setRowSpacing(static_cast<int>(2 * style_.point));
    plot_.plotLayout()->setColumnSpacing(static_cast<int>(4 * style_.point));
    for (std::size_t i = 0; i < figure.panels.size(); ++i) {
      auto* cell = new QCPLayoutGrid;
      cell->setRowSpacing(static_cast<int>(style_.point));
      plot_.plotLayout()->addElement(static_cast<int>(i) / figure.columns,
                                     static_cast<int>(i) % figure.columns, cell);
      std::visit([&](const auto& panel) { add(*cell, panel); }, figure.panels[i]);
    }
  }

 private:
  QCPAxisRect* axes(QCPLayoutGrid& cell, const std::string& title) {
    int row = 0;
    if (!title.empty()) {
      auto* heading = new QCPTextElement(&plot_, text(title), style_.font);
      heading->setTextColor(style_.ink);
      cell.addElement(row++, 0, heading);
    }
    auto* rect = new QCPAxisRect(&plot_, true);
    cell.addElement(row, 0, rect);
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
    return rect;
  }

  QPen pen(double points = 0.5, Qt::PenStyle line = Qt::SolidLine) const {
    return {style_.ink, points * style_.point, line};
  }

  void legend(QCPLayoutGrid& cell, const std::vector<QCPAbstractPlottable*>& entries) {
    if (entries.size() < 2) return;
    auto* legend = new QCPLegend;
    cell.addElement(cell.rowCount(), 0, legend);
    legend->setLayer(QStringLiteral("legend"));
    legend->setFillOrder(QCPLegend::foColumnsFirst);
    legend->setWrap(entries.size() == 4 ? 2 : entries.size() > 5 ? 4 : 3);
    legend->setBorderPen(Qt::NoPen);
    legend->setBrush(Qt::NoBrush);
    legend->setFont(style_.font);
    legend->setTextColor(style_.ink);
    legend->setIconSize(static_cast<int>(8 * style_.point), static_cast<int>(6 * style_.point));
    legend->setMargins({static_cast<int>(3 * style_.point), 0, 0, 0});
    legend->setRowSpacing(0);
    legend->setColumnSpacing(static_cast<int>(4 * style_.point));
    legend->setMaximumSize(QWIDGETSIZE_MAX, legend->minimumOuterSizeHint().height());
    for (QCPAbstractPlottable* entry : entries) entry->addToLegend(legend);
    cell.setRowStretchFactor(cell.rowCount() - 1, 0.001);
  }

  QCPItemText* label(QCPAxisRect* rect, double x, double y, const QString& value,
                     Qt::Alignment alignment) {
    auto* item = new QCPItemText(&plot_);
    item->setClipAxisRect(rect);
    item->position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    item->position->setCoords(x, y);
    item->setPositionAlignment(alignment);
    item->setText(value);
    item->setFont(style_.font);
    item->setColor(style_.ink);
    return item;
  }

  void box(QCPAxisRect* rect, double x0, double y0, double x1, double y1, const QColor& colour,
           const char* layer) {
    auto* item = new QCPItemRect(&plot_);
    item->setClipAxisRect(rect);
    for (QCPItemPosition* position : {item->topLeft, item->bottomRight})
      position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    item->topLeft->setCoords(x0, y1);
    item->bottomRight->setCoords(x1, y0);
    item->setPen(Qt::NoPen);
    item->setBrush(colour);
    item->setLayer(QString::fromUtf8(layer));
  }

  void line(QCPAxisRect* rect, double x0, double y0, double x1, double y1, const QPen& pen) {
    auto* item = new QCPItemStraightLine(&plot_);
    item->setClipAxisRect(rect);
    for (QCPItemPosition* position : {item->point1, item->point2})
      position->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    item->point1->setCoords(x0, y0);
    item->point2->setCoords(x1, y1);
    item->setPen(pen);
    item->setLayer(QStringLiteral("grid"));
  }

  void errorBars(QCPAbstractPlottable* of, QCPAxisRect* rect, const QVector<double>& below,
                 const QVector<double>& above) {
    auto* bars = new QCPErrorBars(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    bars->setDataPlottable(of);
    bars->setData(below, above);
    bars->setPen(pen());
    bars->setWhiskerWidth(2 * style_.point);
    bars->setSymbolGap(0);
  }

  static double below(const Estimate& e) {
    return std::isfinite(e.low) ? e.value - e.low : std::numeric_limits<double>::quiet_NaN();
  }
  static double above(const Estimate& e) {
    return std::isfinite(e.high) ? e.high - e.value : std::numeric_limits<double>::quiet_NaN();
  }

  void add(QCPLayoutGrid& cell, const BarPanel& panel) {
    QCPAxisRect* rect = axes(cell, panel.title);
    QCPAxis *x = rect->axis(QCPAxis::atBottom), *y = rect->axis(QCPAxis::atLeft);
    const auto groups = panel.groups.size(), series = panel.series.size();
    QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    for (std::size_t g = 0; g < groups; ++g) {
      const auto at = static_cast<double>(g);
      names->addTick(at, text(panel.groups[g]));
      if (g < panel.shades.size() && panel.shades[g] != Shade::none)
        box(rect, at - 0.5, -1e3, at + 0.5, 1e3,
            panel.shades[g] == Shade::semantic ? QColor(60, 160, 80, 40) : QColor(200, 60, 60, 40),
            "background");
    }
    const double width = 0.8 / static_cast<double>(series);
    double highest = panel.reference.value_or(0);
    std::vector<QCPAbstractPlottable*> entries;
    for (std::size_t s = 0; s < series; ++s) {
      auto* bars = new QCPBars(x, y);
      bars->setName(text(panel.series[s]));
      bars->setWidth(width * 0.92);
      bars->setPen(pen(0.25));
      bars->setBrush(seriesColour(s, series));
      QVector<double> low, high;
      for (std::size_t g = 0; g < groups; ++g) {
        const Estimate& e = panel.values[s][g];
        const double at = static_cast<double>(g) +
                          width * (static_cast<double>(s) - (static_cast<double>(series) - 1) / 2);
        if (!std::isfinite(e.value)) {
          label(rect, at, 0, QStringLiteral("\u2013"), Qt::AlignHCenter | Qt::AlignBottom);
          continue;
        }
        bars->addData(at, e.value);
        low.push_back(below(e));
        high.push_back(above(e));
        highest = std::max({highest, e.value, std::isfinite(e.high) ? e.high : 0});
        if (series == 1)
          label(rect, at, std::isfinite(e.high) ? e.high : e.value,
                style_.locale.toString(e.value, 'f', 2), Qt::AlignHCenter | Qt::AlignBottom);
      }
      errorBars(bars, rect, low, high);
      entries.push_back(bars);
    }
    x->setTicker(names);
    x->setRange(-0.5, static_cast<double>(groups) - 0.5);
    if (groups > 9) x->setTickLabelRotation(-90);
    y->setRange(0, highest > 0 ? highest * (series == 1 ? 1.15 : 1.06) : 1);
    y->setLabel(text(panel.yLabel));
    if (panel.reference)
      line(rect, 0, *panel.reference, 1, *panel.reference, pen(0.5, Qt::DashLine));
    legend(cell, entries);
  }

  void add(QCPLayoutGrid& cell, const LinePanel& panel) {
    QCPAxisRect* rect = axes(cell, panel.title);
    QCPAxis *x = rect->axis(QCPAxis::atBottom), *y = rect->axis(QCPAxis::atLeft);
    std::vector<QCPAbstractPlottable*> entries;
    double highest = 1;
    static constexpr std::array<QCPScatterStyle::ScatterShape, 5> kShapes{
        QCPScatterStyle::ssDisc, QCPScatterStyle::ssSquare, QCPScatterStyle::ssTriangle,
        QCPScatterStyle::ssDiamond, QCPScatterStyle::ssCross};
    for (std::size_t s = 0; s < panel.series.size(); ++s) {
      auto* curve = plot_.addGraph(x, y);
      curve->setName(text(panel.series[s]));
      const QColor colour = seriesColour(s, panel.series.size());
      curve->setPen(QPen(colour, style_.point));
      curve->setScatterStyle(
          QCPScatterStyle(kShapes[s % kShapes.size()], colour, colour, 3.5 * style_.point));
      QVector<double> low, high;
      for (std::size_t i = 0; i < panel.x.size(); ++i) {
        const Estimate& e = panel.values[s][i];
        if (!std::isfinite(e.value)) continue;
        curve->addData(panel.x[i], e.value);
        low.push_back(below(e));
        high.push_back(above(e));
        highest = std::max({highest, e.value, std::isfinite(e.high) ? e.high : 0});
      }
      errorBars(curve, rect, low, high);
      entries.push_back(curve);
    }
    x->setScaleType(QCPAxis::stLogarithmic);
    QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
    for (const double value : panel.x) ticks->addTick(value, style_.locale.toString(value));
    x->setTicker(ticks);
    x->setRange(panel.x.front() / 1.4, panel.x.back() * 1.4);
    x->setLabel(text(panel.xLabel));
    y->setRange(0, highest * 1.05);
    y->setLabel(text(panel.yLabel));
    line(rect, panel.x.front(), 1, panel.x.back(), 1, pen(0.5, Qt::DashLine));
    legend(cell, entries);
  }

  void add(QCPLayoutGrid& cell, const HeatPanel& panel) {
    QCPAxisRect* rect = axes(cell, panel.title);
    QCPAxis *x = rect->axis(QCPAxis::atBottom), *y = rect->axis(QCPAxis::atLeft);
    QSharedPointer<QCPAxisTickerText> columns(new QCPAxisTickerText), rows(new QCPAxisTickerText);
    for (std::size_t c = 0; c < panel.columns.size(); ++c)
      columns->addTick(static_cast<double>(c), text(panel.columns[c]));
    for (std::size_t r = 0; r < panel.rows.size(); ++r) {
      const auto at = static_cast<double>(r);
      rows->addTick(at, text(panel.rows[r]));
      for (std::size_t c = 0; c < panel.columns.size(); ++c) {
        const double value = panel.values[r][c];
        const auto column = static_cast<double>(c);
        const bool defined = std::isfinite(value);
        const QColor colour = defined ? heatColour(panel, value) : style_.paper;
        if (defined) box(rect, column - 0.5, at + 0.5, column + 0.5, at - 0.5, colour, "main");
        auto* number =
            label(rect, column, at,
                  defined ? style_.locale.toString(value, 'f', 2) : QStringLiteral("\u2013"),
                  Qt::AlignCenter);
        QFont small = style_.font;
        small.setPixelSize(
            std::max(1, static_cast<int>(std::lround(style_.font.pixelSize() * 0.8))));
        number->setFont(small);
        if (defined) number->setColor(colour.lightness() < 128 ? Qt::white : Qt::black);
      }
    }
    x->setTicker(columns);
    y->setTicker(rows);
    if (panel.columns.size() > 6) x->setTickLabelRotation(-90);
    x->setRange(-0.5, static_cast<double>(panel.columns.size()) - 0.5);
    y->setRangeReversed(true);
    y->setRange(-0.5, static_cast<double>(panel.rows.size()) - 0.5);
  }

  void add(QCPLayoutGrid& cell, const ArrowPanel& panel) {
    QCPAxisRect* rect = axes(cell, panel.title);
    QCPAxis *x = rect->axis(QCPAxis::atBottom), *y = rect->axis(QCPAxis::atLeft);
    double low = 1e9, high = 1;
    for (const ArrowPanel::Arrow& a : panel.arrows) {
      low = std::min({low, a.x0, a.y0, a.x1, a.y1});
      high = std::max({high, a.x0, a.y0, a.x1, a.y1});
    }
    if (panel.arrows.empty()) low = 1, high = 100;
    std::vector<QCPAbstractPlottable*> entries;
    for (std::size_t s = 0; s < panel.series.size(); ++s) {
      auto* ends = plot_.addGraph(x, y);
      ends->setName(text(panel.series[s]));
      const QColor colour = seriesColour(s, panel.series.size());
      ends->setLineStyle(QCPGraph::lsNone);
      ends->setScatterStyle(
          QCPScatterStyle(s == 0 ? QCPScatterStyle::ssCircle : QCPScatterStyle::ssSquare,
                          QPen(colour, 0.5 * style_.point), Qt::NoBrush, 2.5 * style_.point));
      for (const ArrowPanel::Arrow& a : panel.arrows) {
        if (a.series != s) continue;
        ends->addData(a.x0, a.y0);
        auto* arrow = new QCPItemLine(&plot_);
        arrow->setClipAxisRect(rect);
        for (QCPItemPosition* position : {arrow->start, arrow->end}) position->setAxes(x, y);
        arrow->start->setCoords(a.x0, a.y0);
        arrow->end->setCoords(a.x1, a.y1);
        arrow->setPen(QPen(colour, 0.5 * style_.point));
        arrow->setHead(
            QCPLineEnding(QCPLineEnding::esSpikeArrow, 2.5 * style_.point, 3 * style_.point));
      }
      entries.push_back(ends);
    }
    for (QCPAxis* axis : {x, y}) {
      axis->setScaleType(QCPAxis::stLogarithmic);
      QSharedPointer<QCPAxisTickerText> ticks(new QCPAxisTickerText);
      for (const int value : {2, 5, 10, 20, 50, 100, 200, 500, 1000})
        ticks->addTick(value, style_.locale.toString(value));
      axis->setTicker(ticks);
      axis->setRange(std::max(0.5, low / 1.3), high * 1.3);
    }
    x->setLabel(text(panel.xLabel));
    y->setLabel(text(panel.yLabel));
    line(rect, 1, 1, 1000, 1000, pen(0.5, Qt::DashLine));
    legend(cell, entries);
  }

  void add(QCPLayoutGrid& cell, const PicturePanel& panel) {
    QCPAxisRect* rect = axes(cell, {});
    QCPAxis *x = rect->axis(QCPAxis::atBottom), *y = rect->axis(QCPAxis::atLeft);
    QSharedPointer<QCPAxisTickerText> columns(new QCPAxisTickerText), rows(new QCPAxisTickerText);
    constexpr double kGap = 0.01;
    for (std::size_t r = 0; r < panel.rows.size(); ++r) {
      rows->addTick(static_cast<double>(r), text(panel.rows[r]));
      for (std::size_t c = 0; c < panel.columns.size(); ++c) {
        columns->addTick(static_cast<double>(c), text(panel.columns[c]));
        const cv::Mat& picture = panel.cells[r][c];
        auto* item = new QCPItemPixmap(&plot_);
        item->setClipAxisRect(rect);
        for (QCPItemPosition* position : {item->topLeft, item->bottomRight})
          position->setAxes(x, y);
        item->topLeft->setCoords(static_cast<double>(c) - 0.5 + kGap,
                                 static_cast<double>(r) - 0.5 + kGap);
        item->bottomRight->setCoords(static_cast<double>(c) + 0.5 - kGap,
                                     static_cast<double>(r) + 0.5 - kGap);
        item->setPixmap(
            QPixmap::fromImage(QImage(picture.data, picture.cols, picture.rows,
                                      static_cast<qsizetype>(picture.step), QImage::Format_RGB888)
                                   .copy()));
        item->setScaled(true, Qt::KeepAspectRatio, Qt::SmoothTransformation);
        item->setPen(Qt::NoPen);
      }
    }
    x->setTicker(columns);
    y->setTicker(rows);
    y->setTickLabelRotation(-90);
    for (QCPAxis* axis : {x, y}) {
      axis->setBasePen(Qt::NoPen);
      axis->setTickPen(Qt::NoPen);
    }
    x->setRange(-0.5, static_cast<double>(panel.columns.size()) - 0.5);
    y->setRangeReversed(true);
    y->setRange(-0.5, static_cast<double>(panel.rows.size()) - 0.5);
  }

  QCustomPlot& plot_;
  const FigureStyle& style_;
};

}  // namespace

void drawFigure(QCustomPlot& plot, const Figure& figure, const FigureStyle& style) {
  Drawer(plot, style).draw(figure);
}

}  // namespace uninet
