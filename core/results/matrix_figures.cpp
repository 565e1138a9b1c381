#include <cmath>
#include <cstdint>

#include "core/base/error.h"
#include "core/data/objectives.h"
#include "core/data/tasks.h"
#include "core/results/figure_names.h"
#include "core/results/figure_parts.h"

namespace uninet {
namespace {

/// Category-restricted metrics of a hiding attack, dataset-level ones of any other.
std::vector<std::pair<std::string, std::string>> metricsOf(const RunReport& run) {
  const std::string category = optionOf(run.run, "category");
  const bool restricted = !category.empty() && run.metrics.contains(category + "/ap_box");
  std::vector<std::pair<std::string, std::string>> found;
  for (const TaskInfo& task : tasks()) {
    std::string key = task.metricKey;
    if (restricted) {
      if (task.task == Task::segment) key = "iou";
      if (task.task == Task::instDepth) key = "inst_depth_abs_rel";
      key = category + "/" + key;
    }
    found.emplace_back(taskName(task.task), key);
  }
  return found;
}

void append(HeatPanel& panel, const Estimate& estimate) {
  panel.values.back().push_back(estimate.value);
  panel.intervals.back().emplace_back(estimate.low, estimate.high);
}

void beginRow(HeatPanel& panel, const std::string& name) {
  panel.rows.push_back(name);
  panel.values.emplace_back();
  panel.intervals.emplace_back();
}

Estimate logarithm(const Estimate& e) {
  return {std::log10(e.value), std::log10(e.low), std::log10(e.high)};
}

/// One matrix of a pair of losses; its colours from `low` to `high`.
HeatPanel gradientPanel(const std::string& title, const std::string& scale,
                        const std::vector<std::string>& losses,
                        const std::vector<std::vector<Estimate>>& values, double low, double high) {
  HeatPanel panel;
  panel.title = title;
  panel.xLabel = panel.yLabel = "Loss";
  panel.scaleLabel = scale;
  for (const std::string& loss : losses) panel.columns.push_back(lossName(loss));
  panel.low = low;
  panel.high = high;
  panel.diverging = true;
  for (std::size_t r = 0; r < values.size(); ++r) {
    beginRow(panel, panel.columns[r]);
    for (const Estimate& estimate : values[r]) append(panel, estimate);
  }
  return panel;
}

}  // namespace

std::optional<Figure> patchingFigure(const SweepReport& report) {
  Figure figure{"patching", "Share of the damage that one level carries", kTwoColumns, 170, 2, {}};
  const auto runs = runsWithLevels(report);
  std::vector<StoredRun> stored;
  for (const RunReport* run : runs) stored.push_back(run->run);
  const std::vector<std::string> titles = resultTitles(stored);
  for (std::size_t i = 0; i < runs.size(); ++i)
    for (const bool undone : {true, false}) {
      HeatPanel panel;
      panel.title = titles[i] + (undone ? ": undone by clean features" : ": done by attacked ones");
      panel.xLabel = "Task";
      panel.yLabel = "Level";
      panel.scaleLabel = "Share of the damage";
      panel.diverging = true;
      panel.low = -1;
      const auto metrics = metricsOf(*runs[i]);
      for (const auto& [name, key] : metrics) panel.columns.push_back(name);
      for (const LevelEstimate& level : runs[i]->levels) {
        const auto& shares = undone ? level.undone : level.done;
        if (shares.empty()) continue;
        beginRow(panel, levelName(level.level));
        panel.items.push_back(runs[i]->run.id);
        for (const auto& [name, key] : metrics) {
          const auto share = shares.find(key);
          append(panel, share == shares.end() ? Estimate() : share->second);
        }
      }
      if (!panel.rows.empty()) figure.panels.emplace_back(panel);
    }
  if (figure.panels.empty()) return {};
  figure.heightMm = 14 + 72.0 * static_cast<double>((figure.panels.size() + 1) / 2);
  return figure;
}

std::optional<Figure> interactionFigure(const SweepReport& report) {
  HeatPanel ratios, asymmetry;
  ratios.title = "(a) What an attack leaves of each task";
  ratios.xLabel = "Task";
  ratios.yLabel = "Attacked objective";
  ratios.scaleLabel = "Metric ratio";
  for (const TaskInfo& task : tasks()) ratios.columns.emplace_back(taskName(task.task));
  for (const ObjectiveInfo& info : objectives()) {
    const RunReport* run = pgd(report, info.key);
    if (run == nullptr) continue;
    beginRow(ratios, info.label);
    ratios.items.push_back(run->run.id);
    ratios.behind.emplace_back();
    for (const TaskInfo& task : tasks()) {
      const MetricEstimate& metric = run->metric(task.metricKey);
      append(ratios, metric.ratio);
      ratios.behind.back().emplace_back(metric.clean.value, metric.attacked.value);
    }
  }
  if (ratios.rows.size() < objectives().size()) return {};
  asymmetry.title = "(b) Column under row minus row under column";
  asymmetry.xLabel = "Task";
  asymmetry.yLabel = "Attacked task";
  asymmetry.scaleLabel = "Difference of ratios";
  asymmetry.columns = ratios.columns;
  asymmetry.rows = ratios.columns;
  asymmetry.diverging = true;
  asymmetry.low = -1;
  for (const TaskInfo& a : tasks()) {
    const RunReport* own = pgd(report, ownObjective(a.task));
    asymmetry.items.push_back(own->run.id);
    asymmetry.values.emplace_back();
    for (const TaskInfo& b : tasks())
      asymmetry.values.back().push_back(
          a.task == b.task
              ? Estimate::kNone
              : own->metric(b.metricKey).ratio.value -
                    pgd(report, ownObjective(b.task))->metric(a.metricKey).ratio.value);
  }
  return Figure{"interaction", "Who depends on whom", kTwoColumns, 92, 2, {ratios, asymmetry}};
}

std::optional<Figure> gradientsFigure(const SweepReport& report) {
  Figure figure{"gradients", "Input gradients of the losses", kTwoColumns, 65, 3, {}};
  const auto add = [&](const std::string& where, const GradientEstimate& matrix) {
    figure.panels.emplace_back(gradientPanel(where, "Cosine", matrix.losses, matrix.cosine, -1, 1));
    // Gradients that have nothing to do with each other agree in half of their signs.
    figure.panels.emplace_back(
        gradientPanel(where, "Share of equal signs", matrix.losses, matrix.signAgreement, 0, 1));
    // Ratios of norms span orders of magnitude: the logarithm is shown.
    std::vector<std::vector<Estimate>> logs = matrix.normRatio;
    for (auto& row : logs)
      for (Estimate& estimate : row) estimate = logarithm(estimate);
    figure.panels.emplace_back(gradientPanel(
        where, "log\u2081\u2080 \u2016row\u2016 / \u2016column\u2016", matrix.losses, logs, -3, 3));
  };
  for (const GradientEstimate& matrix : report.cleanGradients) add("Clean", matrix);
  for (const RunReport& run : report.runs)
    for (const GradientEstimate& matrix : run.gradients)
      add(concat(resultTitle(run.run), ", step ", matrix.iteration), matrix);
  if (figure.panels.empty()) return {};
  figure.heightMm = 14 + 50.0 * static_cast<double>((figure.panels.size() + 2) / 3);
  return figure;
}

}  // namespace uninet
