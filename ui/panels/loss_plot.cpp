#include "ui/panels/loss_plot.h"

#include <QVBoxLayout>
#include <map>

#include "ui/charts/qcustomplot_shim.h"

namespace uninet {

LossPlot::LossPlot(QWidget* parent) : QWidget(parent), plot_(new QCustomPlot(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  setAccessibleName(tr("Losses over the iterations"));
  setMinimumHeight(150);
}

void LossPlot::setSteps(const std::vector<Document::Step>& steps, int shown,
                        const Experiment* experiment) {
  std::map<std::string, std::pair<QVector<double>, QVector<double>>> curves;
  const auto add = [&curves](const AttackIteration& iteration) {
    for (const auto& [key, value] : iteration.losses) {
      curves[key].first << iteration.iteration;
      curves[key].second << value;
    }
  };
  if (experiment != nullptr)
    for (const AttackIteration& iteration : experiment->result.iterations) add(iteration);
  else
    for (const Document::Step& step : steps) add(step.iteration);
  const QColor ink = palette().color(QPalette::WindowText);
  plot_->clearGraphs();
  plot_->clearItems();
  plot_->setBackground(palette().color(QPalette::Base));
  plot_->legend->setVisible(!curves.empty());
  plot_->legend->setTextColor(ink);
  plot_->legend->setBrush(palette().color(QPalette::Base));
  plot_->legend->setFont(font());
  plot_->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignLeft);
  int number = 0;
  for (auto& [key, curve] : curves) {
    const double first = curve.second.first();
    if (first != 0)
      for (double& value : curve.second) value /= first;
    QCPGraph* graph = plot_->addGraph();
    graph->setData(curve.first, curve.second);
    graph->setName(QString::fromStdString(key));
    const cv::Vec3b colour = instanceColour(number++);
    graph->setPen(QPen(QColor(colour[0], colour[1], colour[2]), 2));
    graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 5));
  }
  plot_->xAxis->setLabel(tr("iteration"));
  plot_->yAxis->setLabel(tr("loss / loss at the start"));
  for (QCPAxis* axis : {plot_->xAxis, plot_->yAxis}) {
    axis->setTickLabelColor(ink);
    axis->setLabelColor(ink);
    axis->setBasePen(QPen(ink));
    axis->setTickPen(QPen(ink));
    axis->setSubTickPen(QPen(ink));
    axis->setTickLabelFont(font());
    axis->setLabelFont(font());
  }
  plot_->rescaleAxes();
  plot_->yAxis->scaleRange(1.15);
  if (shown >= 0 && shown < static_cast<int>(steps.size())) {
    auto* marker = new QCPItemStraightLine(plot_);
    const double at = steps[static_cast<std::size_t>(shown)].iteration.iteration;
    marker->point1->setCoords(at, 0);
    marker->point2->setCoords(at, 1);
    marker->setPen(QPen(ink, 1, Qt::DotLine));
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

}  // namespace uninet
