#include "ui/views/badges.h"

#include <QCoreApplication>
#include <cmath>

#include "ui/document/text.h"

namespace uninet {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(uninet::Badge)
};

QString tipOf(const RatioBar& bar, const QString& missing) {
  const TaskInfo& task = taskInfo(bar.task);
  const QString metric = labelText(task.metricTitle);
  if (!std::isnan(bar.ratio))
    return Text::tr("%1: %2 \u2192 %3, %4 of the clean performance is left")
        .arg(metric, shownNumber(bar.clean, 'g', 3), shownNumber(bar.attacked, 'g', 3),
             shownNumber(bar.ratio, 'f', 2));
  if (!std::isnan(bar.clean) && std::isnan(bar.attacked))
    return Text::tr("%1 is undefined after the attack: no ratio").arg(metric);
  if (!std::isnan(bar.clean))
    return Text::tr("%1 is %2 before the attack: no ratio")
        .arg(metric, shownNumber(bar.clean, 'g', 3));
  return missing.isEmpty() ? Text::tr("%1 needs ground truth, which this image lacks").arg(metric)
                           : missing;
}

}  // namespace

std::array<Badge, kPanels> badgesOf(const std::vector<RatioBar>& bars,
                                    const std::vector<std::string>& why) {
  QStringList missing;
  for (const std::string& note : why) missing << QString::fromStdString(note);
  std::array<Badge, kPanels> badges;
  for (std::size_t i = 0; i < tasks().size(); ++i)
    for (const RatioBar& bar : bars)
      if (bar.task == tasks()[i].task)
        badges[i + 1] = {true, bar.ratio, tipOf(bar, missing.join(QLatin1Char('\n')))};
  return badges;
}

std::array<Badge, kPanels> badgesOf(const Experiment& experiment) {
  return badgesOf(metricRatios(experiment.cleanMetrics, experiment.attackedMetrics),
                  experiment.sample.notes);
}

}  // namespace uninet
