#include "ui/ratio_chart.h"

#include <QLabel>
#include <QStackedLayout>
#include <cmath>

#include "core/error.h"
#include "core/files.h"
#include "ui/qcustomplot_shim.h"
#include "ui/text.h"

namespace uninet {
namespace {

/// Pixels stand for points in the PDF.
constexpr double kPointsPerMm = 72 / 25.4;
constexpr int kExportWidth = static_cast<int>(84 * kPointsPerMm);
constexpr int kExportHeight = static_cast<int>(58 * kPointsPerMm);

struct Style {
  QColor ink, paper;
  QFont font;
};

void addRegion(QCustomPlot& plot, double from, double to, const QColor& colour) {
  auto* region = new QCPItemRect(&plot);
  region->topLeft->setType(QCPItemPosition::ptPlotCoords);
  region->bottomRight->setType(QCPItemPosition::ptPlotCoords);
  region->topLeft->setCoords(from, 1e3);
  region->bottomRight->setCoords(to, -1e3);
  region->setPen(Qt::NoPen);
  region->setBrush(colour);
  region->setLayer(QStringLiteral("background"));
}

void draw(QCustomPlot& plot, const std::vector<RatioBar>& bars, const QString& title,
          const Style& style) {
  plot.clearItems();
  plot.clearPlottables();
  plot.setBackground(style.paper);
  plot.axisRect()->setAutoMargins(QCP::msAll);

  auto* columns = new QCPBars(plot.xAxis, plot.yAxis);
  columns->setWidth(0.6);
  columns->setPen(QPen(style.ink, 0.5));
  columns->setBrush(QColor(70, 110, 160));
  QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
  double highest = 1;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const TaskInfo& info = taskInfo(bars[i].task);
    const double x = static_cast<double>(i);
    names->addTick(x, QString::fromUtf8(info.shortName));
    addRegion(plot, x - 0.5, x + 0.5,
              info.semantic ? QColor(60, 160, 80, 40) : QColor(200, 60, 60, 40));
    const bool defined = std::isfinite(bars[i].ratio);
    if (defined) {
      columns->addData(x, bars[i].ratio);
      highest = std::max(highest, bars[i].ratio);
    }
    auto* value = new QCPItemText(&plot);
    value->position->setCoords(x, defined ? bars[i].ratio : 0);
    value->setPositionAlignment(Qt::AlignHCenter | Qt::AlignBottom);
    value->setText(defined ? QString::number(bars[i].ratio, 'f', 2) : QStringLiteral("\u2013"));
    value->setFont(style.font);
    value->setColor(style.ink);
    value->setPadding({0, 0, 0, 2});
  }
  plot.xAxis->setTicker(names);
  plot.xAxis->setRange(-0.5, static_cast<double>(bars.size()) - 0.5);
  plot.yAxis->setRange(0, highest * 1.15);
  plot.yAxis->setLabel(RatioChart::tr("metric ratio"));
  auto* whole = new QCPItemStraightLine(&plot);
  whole->point1->setCoords(0, 1);
  whole->point2->setCoords(1, 1);
  whole->setPen(QPen(style.ink, 0.5, Qt::DashLine));
  for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
    axis->setTickLabelFont(style.font);
    axis->setLabelFont(style.font);
    axis->setTickLabelColor(style.ink);
    axis->setLabelColor(style.ink);
    axis->setBasePen(QPen(style.ink, 0.5));
    axis->setTickPen(QPen(style.ink, 0.5));
    axis->setSubTickPen(Qt::NoPen);
    axis->grid()->setVisible(false);
  }
  auto* heading = qobject_cast<QCPTextElement*>(plot.plotLayout()->element(0, 0));
  if (heading == nullptr) {
    plot.plotLayout()->insertRow(0);
    heading = new QCPTextElement(&plot);
    plot.plotLayout()->addElement(0, 0, heading);
  }
  heading->setText(title);
  heading->setFont(style.font);
  heading->setTextColor(style.ink);
}

std::string csvNumber(double value) {
  if (!std::isfinite(value)) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

std::string csvText(const std::vector<RatioBar>& bars) {
  std::string text = "task,metric,clean,attacked,ratio\n";
  for (const RatioBar& bar : bars)
    text +=
        concat(taskInfo(bar.task).key, ",", taskInfo(bar.task).metricKey, ",", csvNumber(bar.clean),
               ",", csvNumber(bar.attacked), ",", csvNumber(bar.ratio), "\n");
  return text;
}

}  // namespace

RatioChart::RatioChart(QWidget* parent)
    : QWidget(parent), plot_(new QCustomPlot(this)), empty_(new QLabel(this)) {
  setAccessibleName(tr("Metric ratios"));
  empty_->setText(
      tr("Run an attack: the share of each task's performance that it leaves stands "
         "here."));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setEnabled(false);
  auto* stack = new QStackedLayout(this);
  stack->addWidget(empty_);
  stack->addWidget(plot_);
  setMinimumHeight(150);
}

void RatioChart::setBars(const std::vector<RatioBar>& bars, const QString& title) {
  bars_ = bars;
  title_ = title;
  QStringList lines;
  for (const RatioBar& bar : bars) {
    const TaskInfo& info = taskInfo(bar.task);
    lines << tr("%1, %2: %3 \u2192 %4, ratio %5")
                 .arg(labelText(info.title), labelText(info.metricTitle))
                 .arg(bar.clean, 0, 'g', 4)
                 .arg(bar.attacked, 0, 'g', 4)
                 .arg(std::isfinite(bar.ratio) ? QString::number(bar.ratio, 'f', 3)
                                               : QStringLiteral("\u2013"));
  }
  plot_->setToolTip(lines.join(QLatin1Char('\n')));
  setAccessibleDescription(plot_->toolTip());
  redraw();
}

void RatioChart::clear() {
  bars_.clear();
  redraw();
}

void RatioChart::redraw() {
  static_cast<QStackedLayout*>(layout())->setCurrentIndex(bars_.empty() ? 0 : 1);
  if (bars_.empty()) return;
  draw(*plot_, bars_, title_,
       {palette().color(QPalette::WindowText), palette().color(QPalette::Base), font()});
  plot_->replot();
}

void RatioChart::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) redraw();
}

void RatioChart::write(const std::vector<RatioBar>& bars, const QString& title,
                       const std::filesystem::path& stem) {
  QCustomPlot plot;
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(8);
  draw(plot, bars, title, {Qt::black, Qt::white, font});
  const auto save = [&](const char* end, const auto& saveTo) {
    std::filesystem::path file = stem;
    file += end;
    writeAtomically(file, [&](const std::filesystem::path& temporary) {
      if (!saveTo(QString::fromStdString(temporary.string())))
        throw Error(concat(file.string(), " cannot be written; check the folder and the space"));
    });
  };
  save(".pdf", [&](const QString& file) {
    return plot.savePdf(file, kExportWidth, kExportHeight, QCP::epNoCosmetic,
                        QStringLiteral("UniNet Workbench"), title);
  });
  save(".png", [&](const QString& file) {
    return plot.saveRastered(file, kExportWidth, kExportHeight, 300 / 72.0, "PNG", -1, 300,
                             QCP::ruDotsPerInch);
  });
  std::filesystem::path csv = stem;
  csv += ".csv";
  writeTextFile(csv, csvText(bars));
}

}  // namespace uninet
