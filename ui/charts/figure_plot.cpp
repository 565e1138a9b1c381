#include "ui/charts/figure_plot.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/charts/figure_legend.h"
#include "ui/charts/figure_panels.h"

namespace uninet {
namespace {

/// The one scale of all panels, where they are matrices of one kind; nullptr: they are not.
const HeatPanel* commonScale(const Figure& figure) {
  const HeatPanel* first = nullptr;
  for (const Panel& panel : figure.panels) {
    const auto* heat = std::get_if<HeatPanel>(&panel);
    if (heat == nullptr || (first != nullptr && !sameScale(*first, *heat))) return nullptr;
    first = heat;
  }
  return first;
}

/// Whether two panels have the same names on the axis below them, or, of matrices, beside them.
bool sameColumns(const Panel& a, const Panel& b) {
  const auto *heat = std::get_if<HeatPanel>(&a), *other = std::get_if<HeatPanel>(&b);
  if (heat != nullptr && other != nullptr)
    return heat->columns == other->columns && heat->xLabel == other->xLabel;
  const auto *bars = std::get_if<BarPanel>(&a), *below = std::get_if<BarPanel>(&b);
  return bars != nullptr && below != nullptr && bars->groups == below->groups;
}
bool sameRows(const Panel& a, const Panel& b) {
  const auto *heat = std::get_if<HeatPanel>(&a), *other = std::get_if<HeatPanel>(&b);
  return heat != nullptr && other != nullptr && heat->rows == other->rows &&
         heat->yLabel == other->yLabel;
}

/// On the axis below a panel; nullptr: numbers, or nothing.
const std::vector<std::string>* columnNames(const Panel& panel) {
  if (const auto* bars = std::get_if<BarPanel>(&panel)) return &bars->groups;
  if (const auto* heat = std::get_if<HeatPanel>(&panel)) return &heat->columns;
  return nullptr;
}

/// Of a panel, with the network that it shows.
std::string titleOf(const Figure& figure, int number) {
  const auto at = static_cast<std::size_t>(number);
  const std::string title =
      std::visit([](const auto& panel) { return panel.title; }, figure.panels[at]);
  if (figure.networks.empty()) return title;
  return title.empty() ? figure.networks[at] : title + ", " + figure.networks[at];
}

/// Lines of text that the rows of a panel need.
struct Lines {
  double operator()(const BarPanel& /*panel*/) const { return 8; }
  double operator()(const LinePanel& /*panel*/) const { return 9; }
  double operator()(const HeatPanel& panel) const {
    return static_cast<double>(panel.rows.size()) + 4;
  }
  double operator()(const ArrowPanel& /*panel*/) const { return 10; }
  double operator()(const ScatterPanel& /*panel*/) const { return 12; }
  double operator()(const PicturePanel& panel) const {
    return 5 * static_cast<double>(panel.rows.size());
  }
};

QRectF placeOf(const PanelDrawer::Pending& one) {
  const QRectF all = one.rect->rect();
  const QCPAxis *x = one.rect->axis(QCPAxis::atBottom), *y = one.rect->axis(QCPAxis::atLeft);
  const double left = x->coordToPixel(one.x0), right = x->coordToPixel(one.x1);
  const double top = std::isfinite(one.y0) ? y->coordToPixel(one.y0) : all.top();
  const double bottom = std::isfinite(one.y1) ? y->coordToPixel(one.y1) : all.bottom();
  return QRectF(QPointF(left, top), QPointF(right, bottom)).normalized();
}

double distance(const QLineF& line, const QPointF& place) {
  const QPointF along = line.p2() - line.p1(), to = place - line.p1();
  const double length = QPointF::dotProduct(along, along);
  const double at =
      length > 0 ? std::clamp(QPointF::dotProduct(to, along) / length, 0.0, 1.0) : 0.0;
  return QLineF(place, line.pointAt(at)).length();
}

}  // namespace

const FigureMark* FigureMap::at(const QPointF& place, double nearness) const {
  const FigureMark* best = nullptr;
  double least = nearness;
  for (const FigureMark& mark : marks) {
    const bool point = mark.area.width() < 1 && mark.area.height() < 1;
    double away = 0;
    if (!mark.line.isNull())
      away = distance(mark.line, place);
    else if (point)
      away = QLineF(mark.area.center(), place).length();
    else if (!mark.area.contains(place))
      continue;
    if (away <= least && (best == nullptr || away < least)) {
      best = &mark;
      least = away;
    }
  }
  return best;
}

int FigureMap::next(int from, Qt::Key direction) const {
  const auto count = static_cast<int>(marks.size());
  if (count == 0) return -1;
  if (from < 0 || from >= count) return 0;
  const QPointF start = marks[static_cast<std::size_t>(from)].area.center();
  int best = -1;
  double least = 0;
  for (int i = 0; i < count; ++i) {
    const QPointF step = marks[static_cast<std::size_t>(i)].area.center() - start;
    double ahead = 0, aside = 0;
    switch (direction) {
      case Qt::Key_Left:
        ahead = -step.x(), aside = step.y();
        break;
      case Qt::Key_Right:
        ahead = step.x(), aside = step.y();
        break;
      case Qt::Key_Up:
        ahead = -step.y(), aside = step.x();
        break;
      default:
        ahead = step.y(), aside = step.x();
    }
    if (ahead < 0.5) continue;
    // What lies straight ahead comes before what is nearer but aside.
    const double cost = ahead + 3 * std::abs(aside);
    if (best < 0 || cost < least) {
      best = i;
      least = cost;
    }
  }
  return best;
}

FigureMap drawFigure(QCustomPlot& plot, const Figure& figure, const FigureStyle& style,
                     const QSize& size) {
  plot.clearItems();
  plot.clearPlottables();
  plot.plotLayout()->clear();
  qDeleteAll(plot.findChildren<QCPMarginGroup*>(QString(), Qt::FindDirectChildrenOnly));
  plot.setLocale(style.locale);
  plot.setBackground(style.paper);
  plot.setAutoAddPlottableToLegend(false);
  plot.setViewport(QRect(QPoint(0, 0), size));
  QCPLayoutGrid& all = *plot.plotLayout();
  all.setRowSpacing(static_cast<int>(style.point));

  int row = 0;
  double height = size.height();
  FigureLegend* legend = nullptr;
  if (std::vector<LegendEntry> entries = legendOf(figure, style); !entries.empty()) {
    legend = new FigureLegend(&plot, std::move(entries), style, size.width());
    height -= legend->height();
    all.addElement(row, 0, legend);
    all.setRowStretchFactor(row++, 0.001);
  }
  auto* grid = new QCPLayoutGrid;
  all.addElement(row, 0, grid);
  const double gap = 5 * style.point;
  grid->setRowSpacing(static_cast<int>(3 * style.point));
  grid->setColumnSpacing(static_cast<int>(gap));

  const int count = static_cast<int>(figure.panels.size());
  const int columns = std::clamp(figure.columns, 1, std::max(1, count));
  const int rows = (count + columns - 1) / columns;
  const HeatPanel* scale = commonScale(figure);
  const double em = style.font.pixelSize(), barWidth = 4.5 * em;
  const double width = size.width() - (scale != nullptr ? barWidth + gap : 0);
  const auto panelAt = [&](int i) -> const Panel& {
    return figure.panels[static_cast<std::size_t>(i)];
  };
  const auto left = [&](int i) { return i % columns > 0 && sameRows(panelAt(i - 1), panelAt(i)); };
  // Names of rows that stand only once leave their room to all panels.
  std::vector<double> names(static_cast<std::size_t>(columns), 0);
  for (int i = 0; i < count; ++i)
    if (const auto* heat = std::get_if<HeatPanel>(&panelAt(i)); heat != nullptr && !left(i)) {
      double& widest = names[static_cast<std::size_t>(i % columns)];
      widest = std::max(widest, rowNamesWidth(*heat, style));
    }
  const double common =
      (width - gap * (columns - 1) - std::accumulate(names.begin(), names.end(), 0.0)) / columns;
  // So do names of columns that stand only below the last row.
  const auto shared = [&](int i) {
    return i + columns < count && sameColumns(panelAt(i), panelAt(i + columns));
  };
  std::vector<double> below(static_cast<std::size_t>(rows), 0);
  for (int i = 0; i < count; ++i) {
    const std::vector<std::string>* labels = columnNames(panelAt(i));
    if (labels == nullptr || labels->empty()) continue;
    const double slot = common / static_cast<double>(labels->size());
    const double angle = PanelDrawer::turn(*labels, slot, style);
    if (angle == 0 || shared(i)) continue;
    double& deepest = below[static_cast<std::size_t>(i / columns)];
    const double label = std::holds_alternative<HeatPanel>(panelAt(i)) ? 1.7 * em : 0;
    deepest = std::max(deepest, PanelDrawer::namesHeight(*labels, angle, style) + label);
  }
  const double level = std::max(
      1.0, (height - std::accumulate(below.begin(), below.end(), 0.0)) / std::max(1, rows));
  std::vector<PanelDrawer> drawers;
  drawers.reserve(figure.panels.size());
  std::vector<QCPMarginGroup*> sides;
  for (int c = 0; c < columns; ++c) sides.push_back(new QCPMarginGroup(&plot));
  for (int r = 0; r < rows; ++r) {
    auto* sameLevel = new QCPMarginGroup(&plot);
    const int first = r * columns, end = std::min(count, first + columns);
    const auto roomOf = [&](int i) {
      const auto* heat = std::get_if<HeatPanel>(&panelAt(i));
      const double own = heat != nullptr && scale == nullptr ? barWidth : 0;
      return QSizeF(common + names[static_cast<std::size_t>(i % columns)] - own,
                    level + below[static_cast<std::size_t>(i / columns)]);
    };
    int lines = 0;
    for (int i = first; i < end; ++i)
      lines =
          std::max(lines, PanelDrawer::titleLines(titleOf(figure, i), style, roomOf(i).width()));
    for (int i = first; i < end; ++i) {
      auto* cell = new QCPLayoutGrid;
      cell->setRowSpacing(0);
      cell->setColumnSpacing(static_cast<int>(2 * style.point));
      grid->addElement(r, i - first, cell);
      PanelDrawer& drawer =
          drawers.emplace_back(plot, style, static_cast<std::size_t>(i), roomOf(i), level, *cell);
      drawer.title(titleOf(figure, i), lines);
      drawer.share(left(i), shared(i));
      std::visit(drawer, panelAt(i));
      drawer.rect()->setMarginGroup(QCP::msLeft, sides[static_cast<std::size_t>(i - first)]);
      drawer.rect()->setMarginGroup(QCP::msTop | QCP::msBottom, sameLevel);
      const auto* heat = std::get_if<HeatPanel>(&panelAt(i));
      if (heat != nullptr && scale == nullptr) {
        drawer.colourBar(*heat, 1)->setMarginGroup(QCP::msTop | QCP::msBottom, sameLevel);
        cell->setColumnStretchFactor(1, 0.001);
      }
    }
    if (scale != nullptr) {
      auto* cell = new QCPLayoutGrid;
      grid->addElement(r, columns, cell);
      PanelDrawer drawer(plot, style, 0, QSizeF(barWidth, height / rows), height / rows, *cell);
      drawer.title(" ", lines);
      drawer.colourBar(*scale, 0)->setMarginGroup(QCP::msTop | QCP::msBottom, sameLevel);
      grid->setColumnStretchFactor(columns, 0.001);
    }
  }

  for (int c = 0; c < columns && count > 0; ++c)
    grid->setColumnStretchFactor(c, std::max(1.0, common + names[static_cast<std::size_t>(c)]));
  for (int r = 0; r < rows; ++r)
    grid->setRowStretchFactor(r, std::max(1.0, level + below[static_cast<std::size_t>(r)]));

  for (const auto phase :
       {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout})
    all.update(phase);
  FigureMap map;
  if (legend != nullptr) map.legend = legend->places();
  for (PanelDrawer& drawer : drawers) {
    map.panels.emplace_back(drawer.rect()->rect());
    for (PanelDrawer::Pending& one : drawer.pending()) {
      one.mark.area = placeOf(one);
      if (one.arrow) {
        const QCPAxis *x = one.rect->axis(QCPAxis::atBottom), *y = one.rect->axis(QCPAxis::atLeft);
        one.mark.line = QLineF(x->coordToPixel(one.x0), y->coordToPixel(one.y0),
                               x->coordToPixel(one.x1), y->coordToPixel(one.y1));
      }
      map.marks.push_back(std::move(one.mark));
    }
  }
  return map;
}

int smallestHeight(const Figure& figure, const FigureStyle& style, int width) {
  const double em = QFontMetricsF(style.font).height();
  const auto columns = static_cast<std::size_t>(std::max(1, figure.columns));
  double height = 0;
  for (std::size_t i = 0; i < figure.panels.size(); i += columns) {
    double most = 0;
    for (std::size_t j = i; j < std::min(figure.panels.size(), i + columns); ++j) {
      double one = em * std::visit(Lines(), figure.panels[j]);
      const std::vector<std::string>* names = columnNames(figure.panels[j]);
      if (names != nullptr && !names->empty()) {
        double room = static_cast<double>(width) / static_cast<double>(columns) - 4.5 * em;
        if (const auto* heat = std::get_if<HeatPanel>(&figure.panels[j]))
          room -= rowNamesWidth(*heat, style);
        const double slot = room / static_cast<double>(names->size());
        if (const double angle = PanelDrawer::turn(*names, slot, style); angle != 0)
          one += PanelDrawer::namesHeight(*names, angle, style);
      }
      most = std::max(most, one);
    }
    height += most;
  }
  if (std::vector<LegendEntry> entries = legendOf(figure, style); !entries.empty())
    height += FigureLegend(nullptr, std::move(entries), style, width).height();
  return static_cast<int>(std::ceil(height));
}

}  // namespace uninet
