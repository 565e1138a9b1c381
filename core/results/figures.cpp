#include "core/results/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/data/objectives.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

constexpr double kOneColumn = 84, kTwoColumns = 174;

const char* objectiveLabel(const std::string& key) {
  for (const ObjectiveInfo& info : objectives())
    if (key == info.key) return info.label;
  return "";
}

const RunReport* pgd(const SweepReport& report, const std::string& objective,
                     const std::string& epsilon = "1") {
  return report.find("pgd", {{"objective", objective}, {"epsilon", epsilon}});
}

/// Metric ratios by task, one series a run.
BarPanel ratioPanel(const std::vector<std::pair<std::string, const RunReport*>>& runs) {
  BarPanel panel;
  panel.yLabel = "metric ratio";
  panel.reference = 1;
  for (const TaskInfo& task : tasks()) {
    panel.groups.emplace_back(task.shortName);
    panel.shades.push_back(task.semantic ? Shade::semantic : Shade::geometric);
  }
  for (const auto& [name, run] : runs) {
    panel.series.push_back(name);
    panel.values.emplace_back();
    for (const TaskInfo& task : tasks())
      panel.values.back().push_back(run->metric(task.metricKey).ratio);
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

/// The kept image that shows most of these classes.
std::optional<std::int64_t> bestPicture(const ResultStore& store, std::int64_t run,
                                        const std::string& kind, const std::vector<int>& trainIds) {
  std::optional<std::int64_t> best;
  double most = -1;
  const auto clean = store.measures(0);
  for (const std::int64_t image : store.imagesWithPicture(run, kind)) {
    const auto measured = clean.find(image);
    if (measured == clean.end()) continue;
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

/// " (iterations 5, norm l2)": what in a run is not as in the paper, but for what `said` names.
std::string departures(const StoredRun& run, const std::set<std::string>& said) {
  std::string text;
  for (const auto& [key, value] : run.changed)
    if (!said.contains(key)) text += concat(text.empty() ? " (" : ", ", key, " ", value);
  return text.empty() ? text : text + ")";
}

std::optional<Figure> hidingFigure(const SweepReport& report, const ResultStore& store) {
  // Both attacks with the same category, epsilon and all the rest; the paper's if it is there.
  const RunReport *segmentation = report.find("hide-segmentation"), *depth = nullptr;
  for (const RunReport& run : report.runs)
    if (segmentation == nullptr && run.run.attack == "hide-segmentation" &&
        report.twin(run, "hide-depth") != nullptr)
      segmentation = &run;
  if (segmentation != nullptr) depth = report.twin(*segmentation, "hide-depth");
  if (depth == nullptr) return {};
  const std::string category = optionOf(segmentation->run, "category");
  const auto image =
      bestPicture(store, depth->run.id, "inst_seg", {store.classes()->semanticByName(category)});
  if (!image) return {};
  PicturePanel panel;
  panel.columns = {"input", "instances", "segmentation", "depth"};
  for (const auto& [name, run] : {std::pair<const char*, std::int64_t>{"clean", 0},
                                  {"hide from\nsegmentation", segmentation->run.id},
                                  {"hide from\ndepth", depth->run.id}}) {
    const auto kept = store.imagesWithPicture(run, "inst_seg");
    if (std::find(kept.begin(), kept.end(), *image) == kept.end()) return {};
    panel.rows.emplace_back(name);
    panel.cells.emplace_back();
    for (const char* kind : {"input", "inst_seg", "segment", "depth"})
      panel.cells.back().push_back(store.picture(run, *image, kind));
  }
  return Figure{"4",
                concat("Hiding \"", category, "\", ", report.images.at(*image),
                       departures(segmentation->run, {"category"})),
                kTwoColumns,
                72,
                1,
                {panel}};
}

BarPanel cleanAndAttacked(const std::string& title, const std::vector<std::string>& groups,
                          const std::vector<std::pair<Estimate, Estimate>>& values) {
  BarPanel panel;
  panel.title = title;
  panel.groups = groups;
  panel.series = {"clean", "DAG"};
  panel.values.resize(2);
  for (const auto& [clean, attacked] : values) {
    panel.values[0].push_back(clean);
    panel.values[1].push_back(attacked);
  }
  return panel;
}

/// The swap of the paper, or the first one that there is; nullptr: none.
const RunReport* swapRun(const SweepReport& report) {
  if (const RunReport* run = report.find("dag-detection")) return run;
  for (const RunReport& run : report.runs)
    if (swappedPair(run.run)) return &run;
  return nullptr;
}

std::optional<Figure> swapFigure(const SweepReport& report) {
  const RunReport* run = swapRun(report);
  if (run == nullptr || run->images == 0) return {};
  const SwappedPair pair = swappedPair(run->run).value();
  const std::vector<std::string> classes{pair.first, pair.second};
  Figure figure{"5",
                concat("Swap of ", classes[0], " and ", classes[1],
                       departures(run->run, {"first", "second"})),
                kTwoColumns,
                90,
                2,
                {}};
  for (const auto& [title, key] : {std::pair{"(a) AP", "ap_box"},
                                   {"(b) classification loss", "cls_loss"},
                                   {"(c) regression loss", "reg_loss"},
                                   {"(d) mean aspect ratio", "aspect_ratio"}}) {
    std::vector<std::pair<Estimate, Estimate>> values;
    for (const std::string& name : classes) {
      const MetricEstimate& metric = run->metric(name + "/" + key);
      values.emplace_back(metric.clean, metric.attacked);
    }
    BarPanel panel = cleanAndAttacked(title, classes, values);
    if (std::string(key) == "aspect_ratio") {
      panel.shades = {Shade::semantic, Shade::geometric};
      panel.reference = 1;
    }
    figure.panels.emplace_back(panel);
  }
  return figure;
}

std::optional<Figure> swapPictures(const SweepReport& report, const ResultStore& store) {
  const RunReport* run = swapRun(report);
  if (run == nullptr) return {};
  const SwappedPair pair = swappedPair(run->run).value();
  const std::string kind = pair.pictureKind();
  const ClassTable& table = *store.classes();
  const auto trainIdOf = [&table](const std::string& name) {
    return table.instance[static_cast<std::size_t>(table.instanceByName(name) - 1)].trainId;
  };
  const auto image =
      bestPicture(store, run->run.id, kind, {trainIdOf(pair.first), trainIdOf(pair.second)});
  if (!image) return {};
  const auto clean = store.imagesWithPicture(0, kind);
  if (std::find(clean.begin(), clean.end(), *image) == clean.end()) return {};
  PicturePanel panel;
  panel.columns = {"(a) clean", "(b) DAG"};
  panel.rows = {""};
  panel.cells = {{store.picture(0, *image, kind), store.picture(run->run.id, *image, kind)}};
  return Figure{"6",
                concat("Only ", pair.first, " and ", pair.second, ", ", report.images.at(*image),
                       departures(run->run, {"first", "second"})),
                kTwoColumns,
                50,
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
    panel.yLabel = "metric ratio";
    panel.values.resize(tasks().size());
    for (const TaskInfo& task : tasks()) panel.series.emplace_back(task.shortName);
    for (const auto& [epsilon, run] : runs) {
      panel.x.push_back(epsilon);
      for (std::size_t t = 0; t < tasks().size(); ++t)
        panel.values[t].push_back(run->metric(tasks()[t].metricKey).ratio);
    }
    figure.panels.emplace_back(panel);
  }
  if (figure.panels.empty()) return {};
  return figure;
}

std::vector<const RunReport*> runsWithLevels(const SweepReport& report) {
  std::vector<const RunReport*> runs;
  for (const RunReport& run : report.runs)
    if (!run.levels.empty()) runs.push_back(&run);
  return runs;
}

std::optional<Figure> levelsFigure(const SweepReport& report) {
  const auto runs = runsWithLevels(report);
  if (runs.empty()) return {};
  BarPanel drift, cka;
  drift.title = "(a) relative drift";
  drift.yLabel = "\u2016\u0394f\u2016 / \u2016f\u2016";
  cka.title = "(b) linear CKA";
  cka.yLabel = "CKA";
  for (const LevelEstimate& level : runs[0]->levels) {
    drift.groups.push_back(level.level);
    cka.groups.push_back(level.level);
  }
  for (const RunReport* run : runs) {
    drift.series.push_back(run->run.title);
    cka.series.push_back(run->run.title);
    drift.values.emplace_back();
    cka.values.emplace_back();
    for (const LevelEstimate& level : run->levels) {
      drift.values.back().push_back(level.drift);
      cka.values.back().push_back(level.cka);
    }
  }
  return Figure{"levels", "What the attacks move, by level", kTwoColumns, 110, 1, {drift, cka}};
}

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
    found.emplace_back(task.shortName, key);
  }
  return found;
}

std::optional<Figure> patchingFigure(const SweepReport& report) {
  Figure figure{"patching", "Share of the damage that one level carries", kTwoColumns, 150, 2, {}};
  for (const RunReport* run : runsWithLevels(report))
    for (const bool undone : {true, false}) {
      HeatPanel panel;
      panel.title = run->run.title + (undone ? ": undone by clean" : ": done by attacked");
      panel.diverging = true;
      panel.low = -1;
      const auto metrics = metricsOf(*run);
      for (const auto& [name, key] : metrics) panel.columns.push_back(name);
      for (const LevelEstimate& level : run->levels) {
        const auto& shares = undone ? level.undone : level.done;
        if (shares.empty()) continue;
        panel.rows.push_back(level.level);
        panel.values.emplace_back();
        for (const auto& [name, key] : metrics) {
          const auto share = shares.find(key);
          panel.values.back().push_back(share == shares.end() ? Estimate::kNone
                                                              : share->second.value);
        }
      }
      if (!panel.rows.empty()) figure.panels.emplace_back(panel);
    }
  if (figure.panels.empty()) return {};
  return figure;
}

/// The loss that stands for a task where one is needed.
const char* ownObjective(Task task) {
  switch (task) {
    case Task::detect:
      return "cls";
    case Task::segment:
      return "seg";
    case Task::instSeg:
      return "is";
    case Task::depth:
      return "depth";
    case Task::instDepth:
      return "id";
  }
  return "";
}

std::optional<Figure> interactionFigure(const SweepReport& report) {
  HeatPanel ratios, asymmetry;
  ratios.title = "(a) metric ratio of the column under attack on the row";
  for (const TaskInfo& task : tasks()) ratios.columns.emplace_back(task.shortName);
  for (const ObjectiveInfo& info : objectives()) {
    const RunReport* run = pgd(report, info.key);
    if (run == nullptr) continue;
    ratios.rows.emplace_back(info.label);
    ratios.values.emplace_back();
    for (const TaskInfo& task : tasks())
      ratios.values.back().push_back(run->metric(task.metricKey).ratio.value);
  }
  if (ratios.rows.size() < objectives().size()) return {};
  asymmetry.title = "(b) asymmetry: column under row minus row under column";
  asymmetry.columns = ratios.columns;
  asymmetry.rows = ratios.columns;
  asymmetry.diverging = true;
  asymmetry.low = -1;
  for (const TaskInfo& a : tasks()) {
    asymmetry.values.emplace_back();
    for (const TaskInfo& b : tasks())
      asymmetry.values.back().push_back(
          a.task == b.task
              ? Estimate::kNone
              : pgd(report, ownObjective(a.task))->metric(b.metricKey).ratio.value -
                    pgd(report, ownObjective(b.task))->metric(a.metricKey).ratio.value);
  }
  return Figure{"interaction", "Who depends on whom", kTwoColumns, 80, 2, {ratios, asymmetry}};
}

HeatPanel gradientPanel(const std::string& title, const std::vector<std::string>& losses,
                        const std::vector<std::vector<Estimate>>& values, double low) {
  HeatPanel panel;
  panel.title = title;
  panel.rows = panel.columns = losses;
  panel.low = low;
  panel.diverging = low < 0;
  for (const auto& row : values) {
    panel.values.emplace_back();
    for (const Estimate& estimate : row) panel.values.back().push_back(estimate.value);
  }
  return panel;
}

std::optional<Figure> gradientsFigure(const SweepReport& report) {
  Figure figure{"gradients", "Input gradients of the losses", kTwoColumns, 65, 3, {}};
  const auto add = [&](const std::string& where, const GradientEstimate& matrix) {
    figure.panels.emplace_back(gradientPanel("cosine, " + where, matrix.losses, matrix.cosine, -1));
    figure.panels.emplace_back(
        gradientPanel("sign agreement, " + where, matrix.losses, matrix.signAgreement, 0));
    // Ratios of norms span orders of magnitude: the logarithm is shown.
    std::vector<std::vector<Estimate>> logs = matrix.normRatio;
    for (auto& row : logs)
      for (Estimate& estimate : row) estimate.value = std::log10(estimate.value);
    HeatPanel norms = gradientPanel("log10 norm ratio, " + where, matrix.losses, logs, -3);
    norms.high = 3;
    figure.panels.emplace_back(norms);
  };
  for (const GradientEstimate& matrix : report.cleanGradients) add("clean", matrix);
  for (const RunReport& run : report.runs)
    for (const GradientEstimate& matrix : run.gradients)
      add(concat(run.run.title, ", step ", matrix.iteration), matrix);
  if (figure.panels.empty()) return {};
  figure.heightMm = 62.0 * static_cast<double>((figure.panels.size() + 2) / 3);
  return figure;
}

std::optional<Figure> shapeFigure(const SweepReport& report) {
  const RunReport* run = swapRun(report);
  if (run == nullptr || run->shapes.empty()) return {};
  BarPanel bars;
  bars.title = "(a) aspect ratio, width / height";
  bars.yLabel = "aspect ratio";
  bars.groups = {"by label", "by object", "by location", "flipped"};
  bars.reference = 1;
  for (const ShapeEstimate& shape : run->shapes) {
    const std::string& name = report.classes->instanceName(shape.classId);
    const MetricEstimate& label = run->metric(name + "/aspect_ratio");
    bars.series.push_back(name + ", clean");
    bars.values.push_back(
        {label.clean, shape.objectClean, shape.locationClean, shape.flippedClean});
    bars.series.push_back(name + ", DAG");
    bars.values.push_back(
        {label.attacked, shape.objectAttacked, shape.locationAttacked, shape.flippedAttacked});
  }
  ArrowPanel arrows;
  arrows.title = "(b) boxes of each object, clean to DAG";
  arrows.xLabel = "width (px)";
  arrows.yLabel = "height (px)";
  for (const ShapeEstimate& shape : run->shapes)
    arrows.series.push_back(report.classes->instanceName(shape.classId));
  for (const ObjectShape& object : run->arrows) {
    const std::size_t series = object.classId == run->shapes[0].classId ? 0 : 1;
    arrows.arrows.push_back({object.clean.width, object.clean.height, object.attacked.width,
                             object.attacked.height, series});
  }
  return Figure{"shape",       "Shape bias: selection and regression", kTwoColumns, 75, 2,
                {bars, arrows}};
}

}  // namespace

const std::vector<std::string>& figureIds() {
  static const std::vector<std::string> ids{"3a",          "3b",        "4",      "5",
                                            "6",           "epsilon",   "levels", "patching",
                                            "interaction", "gradients", "shape"};
  return ids;
}

std::vector<Figure> figuresOf(const SweepReport& report, const ResultStore& store) {
  std::vector<Figure> figures;
  const auto add = [&](std::optional<Figure> figure) {
    if (figure) figures.push_back(std::move(*figure));
  };
  add(ratioFigure(report, "3a", "PGD on groups of losses, \u03b5 1",
                  {"multi-task", "semantic", "geometric"}, kOneColumn, true));
  add(ratioFigure(report, "3b", "PGD on single losses, \u03b5 1",
                  {"multi-task", "cls", "reg", "cent", "seg", "is", "depth", "id"}, kTwoColumns,
                  false));
  add(hidingFigure(report, store));
  add(swapFigure(report));
  add(swapPictures(report, store));
  add(epsilonFigure(report));
  add(levelsFigure(report));
  add(patchingFigure(report));
  add(interactionFigure(report));
  add(gradientsFigure(report));
  add(shapeFigure(report));
  return figures;
}

std::optional<Figure> shapeFigureOf(const ShapeRecord& record, const std::string& first,
                                    const std::string& second, const std::string& image,
                                    const ClassTable& table) {
  if (record.objects.empty() && record.locations.empty()) return {};
  BarPanel bars;
  bars.title = "(a) aspect ratio, width / height";
  bars.yLabel = "aspect ratio";
  bars.groups = {"by object", "by location"};
  bars.reference = 1;
  ArrowPanel arrows;
  arrows.title = "(b) boxes of each object, clean to attacked";
  arrows.xLabel = "width (px)";
  arrows.yLabel = "height (px)";
  for (const std::string& name : {first, second}) {
    const int classId = table.instanceByName(name);
    // Geometric means, as over a split.
    std::array<double, 4> sums{}, counts{};
    const auto add = [&](std::size_t slot, const Shape& shape) {
      if (shape.classId == 0 || !(shape.width > 0) || !(shape.height > 0)) return;
      sums[slot] += std::log(shape.aspect());
      ++counts[slot];
    };
    for (const ObjectShape& object : record.objects) {
      if (object.classId != classId || object.clean.classId == 0 || object.attacked.classId == 0)
        continue;
      add(0, object.clean);
      add(1, object.attacked);
      arrows.arrows.push_back({object.clean.width, object.clean.height, object.attacked.width,
                               object.attacked.height, arrows.series.size()});
    }
    for (const LocationShape& location : record.locations)
      if (location.classId == classId) {
        add(2, location.clean);
        add(3, location.attacked);
      }
    arrows.series.push_back(name);
    for (const std::size_t attacked : {0u, 1u}) {
      bars.series.push_back(name + (attacked == 0 ? ", clean" : ", attacked"));
      bars.values.emplace_back();
      for (const std::size_t group : {0u, 1u}) {
        const std::size_t slot = 2 * group + attacked;
        bars.values.back().emplace_back();
        if (counts[slot] > 0) bars.values.back().back().value = std::exp(sums[slot] / counts[slot]);
      }
    }
  }
  return Figure{"image-shape", "Shape bias, " + image, kTwoColumns, 75, 2, {bars, arrows}};
}

std::string figureManifest(const SweepReport& report, const std::string& id,
                           const std::string& program) {
  nlohmann::json runs = nlohmann::json::array();
  for (const RunReport& run : report.runs)
    runs.push_back(
        {{"attack", run.run.attack}, {"options", nlohmann::json::parse(run.run.options)}});
  return nlohmann::json{{"figure", id},
                        {"program", program},
                        {"results", report.about},
                        {"images", report.images.size()},
                        {"bootstrap", {{"resamples", report.resamples}, {"seed", report.seed}}},
                        {"runs", runs}}
      .dump();
}

}  // namespace uninet
