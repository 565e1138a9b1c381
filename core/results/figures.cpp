#include "core/results/figures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/data/objectives.h"
#include "core/data/tasks.h"
#include "core/results/figure_names.h"
#include "core/results/figure_parts.h"

namespace uninet {

void ValueEnds::widen(const Estimate& e, bool logarithmic) {
  if (!std::isfinite(e.value)) return;
  const bool positive = !logarithmic || e.low > 0;
  low = std::min(low, std::isfinite(e.low) && positive ? std::min(e.low, e.value) : e.value);
  high = std::max(high, std::isfinite(e.high) ? std::max(e.high, e.value) : e.value);
}

void ValueEnds::widen(double length) {
  low = std::min(low, length);
  high = std::max(high, length);
}

ValueEnds ArrowPanel::lengths() const {
  if (arrows.empty()) return {1, 100};
  ValueEnds ends{1e9, 1};
  for (const Arrow& a : arrows)
    for (const double length : {a.x0, a.y0, a.x1, a.y1}) ends.widen(length);
  return ends;
}

const RunReport* pgd(const SweepReport& report, const std::string& objective,
                     const std::string& epsilon) {
  return report.find("pgd", {{"objective", objective}, {"epsilon", epsilon}});
}

std::optional<std::int64_t> bestPicture(const ResultStore& store, std::int64_t run,
                                        const std::string& kind, const std::vector<int>& trainIds,
                                        const std::set<std::string>& among) {
  std::optional<std::int64_t> best;
  double most = -1;
  const auto clean = store.measures(0);
  const auto names = store.images();
  for (const std::int64_t image : store.imagesWithPicture(run, kind)) {
    const auto measured = clean.find(image);
    if (measured == clean.end()) continue;
    if (!among.empty() && !among.contains(names.at(image))) continue;
    double pixels = 1e18;
    for (const int trainId : trainIds) {
      const auto c = static_cast<std::size_t>(trainId);
      const std::size_t classes = measured->second.semanticClasses;
      double ofClass = 0;
      for (std::size_t t = 0; t < classes; ++t)
        ofClass += static_cast<double>(measured->second.confusion[t * classes + c]);
      pixels = std::min(pixels, ofClass);
    }
    if (pixels > most) {
      most = pixels;
      best = image;
    }
  }
  return best;
}

std::string departures(const StoredRun& run, const std::set<std::string>& said) {
  std::string text;
  for (const auto& [key, value] : run.changed)
    if (!said.contains(key)) text += concat(text.empty() ? " (" : ", ", key, " ", value);
  return text.empty() ? text : text + ")";
}

HidingRuns hidingRuns(const SweepReport& report) {
  // Both attacks with the same category, epsilon and all the rest; the paper's if it is there.
  const RunReport* segmentation = report.find("hide-segmentation");
  for (const RunReport& run : report.runs)
    if (segmentation == nullptr && run.run.attack == "hide-segmentation" &&
        report.twin(run, "hide-depth") != nullptr)
      segmentation = &run;
  return {segmentation,
          segmentation == nullptr ? nullptr : report.twin(*segmentation, "hide-depth")};
}

std::vector<const RunReport*> runsWithLevels(const SweepReport& report) {
  std::vector<const RunReport*> runs;
  for (const RunReport& run : report.runs)
    if (!run.levels.empty()) runs.push_back(&run);
  return runs;
}

namespace {

constexpr double kOneColumn = 84;

const char* objectiveLabel(const std::string& key) {
  for (const ObjectiveInfo& info : objectives())
    if (key == info.key) return info.label;
  return "";
}

/// Metric ratios by task, one series a run.
BarPanel ratioPanel(const std::vector<std::pair<std::string, const RunReport*>>& runs) {
  BarPanel panel;
  panel.yLabel = "Metric ratio";
  panel.reference = 1;
  for (const TaskInfo& task : tasks()) {
    panel.groups.emplace_back(taskName(task.task));
    panel.shades.push_back(task.semantic ? Shade::semantic : Shade::geometric);
  }
  for (const auto& [name, run] : runs) {
    panel.series.push_back(name);
    panel.colours.push_back(colourKeyOf(run->run));
    panel.items.push_back(run->run.id);
    panel.values.emplace_back();
    panel.behind.emplace_back();
    for (const TaskInfo& task : tasks()) {
      const MetricEstimate& metric = run->metric(task.metricKey);
      panel.values.back().push_back(metric.ratio);
      panel.behind.back().emplace_back(metric.clean.value, metric.attacked.value);
    }
  }
  return panel;
}

std::optional<Figure> ratioFigure(const SweepReport& report, const char* id, const char* title,
                                  const std::vector<std::string>& objectiveKeys, double width,
                                  bool controls) {
  std::vector<std::pair<std::string, const RunReport*>> runs;
  for (const std::string& key : objectiveKeys)
    if (const RunReport* run = pgd(report, key)) runs.emplace_back(objectiveLabel(key), run);
  if (runs.size() < 2) return {};
  if (controls)
    for (const auto& [key, name] :
         {std::pair{"noise-uniform", "Uniform noise"}, {"noise-sign", "Random signs"}})
      if (const RunReport* run = report.find(key, {{"epsilon", "1"}})) runs.emplace_back(name, run);
  return Figure{id, title, width, 70, 1, {ratioPanel(runs)}};
}

std::set<std::string> chosenFor(const std::string& figure, const PictureChoice& choice) {
  const auto found = choice.find(figure);
  return found == choice.end() ? std::set<std::string>() : found->second;
}

std::optional<Figure> hidingFigure(const SweepReport& report, const ResultStore& store,
                                   const std::set<std::string>& among) {
  const auto [segmentation, depth] = hidingRuns(report);
  if (depth == nullptr) return {};
  const std::string category = optionOf(segmentation->run, "category");
  const auto image = bestPicture(store, depth->run.id, "inst_seg",
                                 {store.classes()->semanticByName(category)}, among);
  if (!image) return {};
  PicturePanel panel;
  panel.image = report.images.at(*image);
  panel.columns = {"Image", "Instances", "Segmentation", "Depth"};
  for (const auto& [name, run] : {std::pair<const char*, std::int64_t>{"Clean", 0},
                                  {"Hidden from\nsegmentation", segmentation->run.id},
                                  {"Hidden from\ndepth", depth->run.id}}) {
    const auto kept = store.imagesWithPicture(run, "inst_seg");
    if (std::find(kept.begin(), kept.end(), *image) == kept.end()) return {};
    panel.rows.emplace_back(name);
    panel.cells.emplace_back();
    for (const char* kind : {"input", "inst_seg", "segment", "depth"})
      panel.cells.back().push_back(store.picture(run, *image, kind));
  }
  return Figure{"4",
                concat(withCapital(category), " hidden, ", panel.image,
                       departures(segmentation->run, {"category"})),
                kTwoColumns,
                72,
                1,
                {panel}};
}

std::optional<Figure> epsilonFigure(const SweepReport& report) {
  Figure figure{"epsilon", "Metric ratio over epsilon", kTwoColumns, 65, 3, {}};
  for (const char* objective : {"multi-task", "semantic", "geometric"}) {
    std::map<double, const RunReport*> runs;
    for (const RunReport& run : report.runs) {
      const std::string text = optionOf(run.run, "epsilon");
      const auto epsilon = parseNumber<double>(text);
      if (run.run.attack != "pgd" || !epsilon || !(*epsilon > 0)) continue;
      if (const RunReport* found = pgd(report, objective, text)) runs.emplace(*epsilon, found);
    }
    if (runs.size() < 2) continue;
    LinePanel panel;
    panel.title = objectiveLabel(objective);
    panel.xLabel = "\u03b5 (8-bit pixel values)";
    panel.yLabel = "Metric ratio";
    panel.values.resize(tasks().size());
    for (const TaskInfo& task : tasks()) {
      panel.series.emplace_back(taskName(task.task));
      panel.colours.emplace_back(ownObjective(task.task));
    }
    for (const auto& [epsilon, run] : runs) {
      panel.x.push_back(epsilon);
      panel.items.push_back(run->run.id);
      for (std::size_t t = 0; t < tasks().size(); ++t)
        panel.values[t].push_back(run->metric(tasks()[t].metricKey).ratio);
    }
    figure.panels.emplace_back(panel);
  }
  if (figure.panels.empty()) return {};
  return figure;
}

std::optional<Figure> levelsFigure(const SweepReport& report) {
  const auto runs = runsWithLevels(report);
  if (runs.empty()) return {};
  std::vector<StoredRun> stored;
  for (const RunReport* run : runs) stored.push_back(run->run);
  BarPanel drift, cka;
  drift.title = "(a) Relative drift";
  drift.yLabel = "\u2016\u0394f\u2016 / \u2016f\u2016";
  cka.title = "(b) Similarity to the clean features";
  cka.yLabel = "Linear CKA";
  // Close to 1 nearly everywhere: from 0 on nothing could be told apart.
  cka.fromZero = false;
  for (BarPanel* panel : {&drift, &cka}) {
    for (const LevelEstimate& level : runs[0]->levels)
      panel->groups.push_back(levelName(level.level));
    panel->series = resultTitles(stored);
    for (const RunReport* run : runs) {
      panel->colours.push_back(colourKeyOf(run->run));
      panel->items.push_back(run->run.id);
      panel->values.emplace_back();
      for (const LevelEstimate& level : run->levels)
        panel->values.back().push_back(panel == &drift ? level.drift : level.cka);
    }
  }
  return Figure{"levels", "What the attacks move, by level", kTwoColumns, 110, 1, {drift, cka}};
}

}  // namespace

const std::vector<std::string>& figureIds() {
  static const std::vector<std::string> ids{"3a",          "3b",        "4",      "5",
                                            "6",           "epsilon",   "levels", "patching",
                                            "interaction", "gradients", "shape"};
  return ids;
}

std::vector<Figure> figuresOf(const SweepReport& report, const ResultStore& store,
                              const PictureChoice& choice) {
  std::vector<Figure> figures;
  const auto add = [&](std::optional<Figure> figure) {
    if (figure) figures.push_back(std::move(*figure));
  };
  add(ratioFigure(report, "3a", "PGD on groups of losses, \u03b5 1",
                  {"multi-task", "semantic", "geometric"}, kOneColumn, true));
  add(ratioFigure(report, "3b", "PGD on single losses, \u03b5 1",
                  {"multi-task", "cls", "reg", "cent", "seg", "is", "depth", "id"}, kTwoColumns,
                  false));
  add(hidingFigure(report, store, chosenFor("4", choice)));
  add(swapFigure(report));
  add(swapPictures(report, store, chosenFor("6", choice)));
  add(epsilonFigure(report));
  add(levelsFigure(report));
  add(patchingFigure(report));
  add(interactionFigure(report));
  add(gradientsFigure(report));
  add(shapeFigure(report));
  return figures;
}

nlohmann::json resultsManifest(const SweepReport& report) {
  nlohmann::json runs = nlohmann::json::array();
  for (const RunReport& run : report.runs)
    runs.push_back(
        {{"attack", run.run.attack}, {"options", nlohmann::json::parse(run.run.options)}});
  return {{"results", report.about},
          {"images", report.images.size()},
          {"bootstrap", {{"resamples", report.resamples}, {"seed", report.seed}}},
          {"runs", runs}};
}

std::string figureManifest(const SweepReport& report, const std::string& id,
                           const std::string& program) {
  nlohmann::json manifest = resultsManifest(report);
  manifest["figure"] = id;
  manifest["program"] = program;
  return manifest.dump();
}

}  // namespace uninet
