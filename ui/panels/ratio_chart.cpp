#include "ui/panels/ratio_chart.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/results/figure_names.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// So many attacks stand side by side.
constexpr std::size_t kSession = 6;
constexpr double kOneColumnMm = 84, kTwoColumnsMm = 174, kHeightMm = 60;

bool sameBars(const std::vector<RatioBar>& a, const std::vector<RatioBar>& b) {
  const auto same = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](const RatioBar& x, const RatioBar& y) {
                      return x.task == y.task && same(x.clean, y.clean) &&
                             same(x.attacked, y.attacked) && same(x.ratio, y.ratio);
                    });
}

}  // namespace

Figure comparisonFigure(const std::vector<NamedBars>& runs) {
  BarPanel panel;
  panel.yLabel = "Metric ratio";
  panel.reference = 1;
  for (const NamedBars& run : runs) {
    panel.series.push_back(run.name);
    panel.colours.push_back(run.colourKey);
    panel.items.push_back(run.run);
    panel.values.emplace_back();
    panel.behind.emplace_back();
  }
  for (const TaskInfo& task : tasks()) {
    const auto barOf = [&task](const NamedBars& run) {
      return std::find_if(run.bars.begin(), run.bars.end(),
                          [&task](const RatioBar& bar) { return bar.task == task.task; });
    };
    if (std::none_of(runs.begin(), runs.end(),
                     [&](const NamedBars& run) { return barOf(run) != run.bars.end(); }))
      continue;
    panel.groups.emplace_back(taskName(task.task));
    panel.shades.push_back(task.semantic ? Shade::semantic : Shade::geometric);
    for (std::size_t s = 0; s < runs.size(); ++s) {
      const auto bar = barOf(runs[s]);
      const bool there = bar != runs[s].bars.end();
      panel.values[s].push_back({there ? bar->ratio : Estimate::kNone});
      panel.behind[s].emplace_back(there ? bar->clean : Estimate::kNone,
                                   there ? bar->attacked : Estimate::kNone);
    }
  }
  return Figure{
      "comparison",
      QCoreApplication::translate("uninet::RatioChart", "Runs side by side").toStdString(),
      kTwoColumnsMm,
      kHeightMm,
      1,
      {panel}};
}

std::string colourKeyOf(const std::string& manifest) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  if (!json.is_object() || !json.contains("attack") || !json["attack"].is_string()) return {};
  if (json.contains("options") && json["options"].is_object() &&
      json["options"].contains("objective") && json["options"]["objective"].is_string())
    return json["options"]["objective"];
  return json["attack"];
}

RatioChart::RatioChart(QWidget* parent)
    : FigureView(tr("Run an attack: the share of each task's performance that it leaves stands "
                    "here."),
                 parent) {
  setAccessibleName(tr("Metric ratios"));
}

void RatioChart::setBars(const std::vector<RatioBar>& bars, const QString& title,
                         const std::string& manifest, std::int64_t run, const QString& network) {
  bars_ = bars;
  title_ = title;
  network_ = network;
  manifest_ = manifest;
  // Coming back to an image shows its attack once more.
  const auto known = std::find_if(session_.begin(), session_.end(), [&](const Past& past) {
    return past.title == title && sameBars(past.bars, bars);
  });
  if (known == session_.end())
    session_.push_back({title, bars, manifest, run});
  else if (run != 0)
    known->run = run;
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

void RatioChart::forgetSession() {
  session_.clear();
  update();
}

void RatioChart::setSplit(std::vector<Figure> figures, std::map<std::string, QString> notes) {
  split_ = std::move(figures);
  splitNotes_ = std::move(notes);
  update();
}

Figure RatioChart::figure() const {
  Figure figure = comparisonFigure({{title_.toStdString(), uninet::colourKeyOf(manifest_), bars_}});
  figure.id = "image";
  figure.title = title_.toStdString();
  figure.widthMm = kOneColumnMm;
  return figure;
}

std::string RatioChart::csv() const {
  std::vector<std::string> first, name;
  if (!network_.isEmpty()) {
    first.emplace_back("network");
    name.push_back(network_.toStdString());
  }
  const auto line = [](std::vector<std::string> cells, const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
    return csvLine(cells);
  };
  std::string text = line(first, {"task", "metric", "clean", "attacked", "ratio"});
  for (const RatioBar& bar : bars_)
    text += line(name, {taskInfo(bar.task).key, taskInfo(bar.task).metricKey, csvNumber(bar.clean),
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
    std::vector<NamedBars> past;
    for (const Past& one : session_)
      past.push_back({one.title.toStdString(), uninet::colourKeyOf(one.manifest), one.bars,
                      one.run == 0 ? -1 : one.run});
    Figure figure = comparisonFigure(past);
    figure.id = "session";
    figure.title = tr("Attacks of this session").toStdString();
    figures.push_back(std::move(figure));
  }
  figures.insert(figures.end(), split_.begin(), split_.end());
  setFigures(std::move(figures), splitNotes_);
}

}  // namespace uninet
