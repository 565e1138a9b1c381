#include "ui/panels/ratio_chart.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// So many attacks stand side by side.
constexpr std::size_t kSession = 6;
constexpr double kOneColumnMm = 84, kTwoColumnsMm = 174, kHeightMm = 60;

BarPanel panelOf(const std::vector<RatioBar>& tasksOf) {
  BarPanel panel;
  panel.yLabel = QCoreApplication::translate("uninet::RatioChart", "metric ratio").toStdString();
  panel.reference = 1;
  for (const RatioBar& bar : tasksOf) {
    panel.groups.emplace_back(taskInfo(bar.task).shortName);
    panel.shades.push_back(taskInfo(bar.task).semantic ? Shade::semantic : Shade::geometric);
  }
  return panel;
}

bool sameBars(const std::vector<RatioBar>& a, const std::vector<RatioBar>& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const RatioBar& x, const RatioBar& y) {
                      return x.task == y.task && same(x.clean, y.clean) &&
                             same(x.attacked, y.attacked) && same(x.ratio, y.ratio);
                    });
}

std::vector<Estimate> valuesOf(const std::vector<RatioBar>& bars) {
  std::vector<Estimate> values;
  for (const RatioBar& bar : bars) {
    values.emplace_back();
    values.back().value = bar.ratio;
  }
  return values;
}

}  // namespace

RatioChart::RatioChart(QWidget* parent)
    : FigureView(tr("Run an attack: the share of each task's performance that it leaves stands "
                    "here."),
                 parent) {
  setAccessibleName(tr("Metric ratios"));
}

void RatioChart::setBars(const std::vector<RatioBar>& bars, const QString& title,
                         const std::string& manifest) {
  bars_ = bars;
  title_ = title;
  manifest_ = manifest;
  // Coming back to an image shows its attack once more.
  if (std::none_of(session_.begin(), session_.end(), [&](const Past& past) {
        return past.title == title && sameBars(past.bars, bars);
      }))
    session_.push_back({title, bars, manifest});
  if (session_.size() > kSession) session_.erase(session_.begin());
  update();
  QStringList lines;
  for (const RatioBar& bar : bars) {
    const TaskInfo& info = taskInfo(bar.task);
    lines << tr("%1, %2: %3 \u2192 %4, ratio %5")
                 .arg(labelText(info.title), labelText(info.metricTitle),
                      shownNumber(bar.clean, 'g', 4), shownNumber(bar.attacked, 'g', 4),
                      std::isfinite(bar.ratio) ? shownNumber(bar.ratio, 'f', 3)
                                               : QStringLiteral("\u2013"));
  }
  setToolTip(lines.join(QLatin1Char('\n')));
}

void RatioChart::clear() {
  bars_.clear();
  setToolTip({});
  update();
}

void RatioChart::setSplit(std::vector<Figure> figures, std::map<std::string, QString> notes) {
  split_ = std::move(figures);
  splitNotes_ = std::move(notes);
  update();
}

Figure RatioChart::figure() const {
  BarPanel panel = panelOf(bars_);
  panel.series = {title_.toStdString()};
  panel.values = {valuesOf(bars_)};
  return Figure{"image", title_.toStdString(), kOneColumnMm, kHeightMm, 1, {panel}};
}

std::string RatioChart::csv() const {
  std::string text = csvLine({"task", "metric", "clean", "attacked", "ratio"});
  for (const RatioBar& bar : bars_)
    text += csvLine({taskInfo(bar.task).key, taskInfo(bar.task).metricKey, csvNumber(bar.clean),
                     csvNumber(bar.attacked), csvNumber(bar.ratio)});
  return text;
}

std::string RatioChart::manifest(const std::string& figure) const {
  if (figure != "session") return manifest_;
  nlohmann::json attacks = nlohmann::json::array();
  for (const Past& past : session_) attacks.push_back(nlohmann::json::parse(past.manifest));
  return nlohmann::json{{"figure", figure}, {"attacks", attacks}}.dump();
}

void RatioChart::update() {
  std::vector<Figure> figures;
  if (!bars_.empty()) figures.push_back(figure());
  if (session_.size() > 1) {
    BarPanel panel = panelOf(session_.back().bars);
    for (const Past& past : session_) {
      panel.series.push_back(past.title.toStdString());
      panel.values.push_back(valuesOf(past.bars));
    }
    figures.push_back({"session",
                       tr("Attacks of this session").toStdString(),
                       kTwoColumnsMm,
                       kHeightMm,
                       1,
                       {panel}});
  }
  figures.insert(figures.end(), split_.begin(), split_.end());
  setFigures(std::move(figures), splitNotes_);
}

}  // namespace uninet
