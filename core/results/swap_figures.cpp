#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/error.h"
#include "core/results/figure_names.h"
#include "core/results/figure_parts.h"

namespace uninet {
namespace {

/// Bars of one group each, clean beside attacked.
BarPanel cleanAndAttacked(const std::string& title, const std::string& yLabel,
                          const std::vector<std::string>& groups, const std::string& attack,
                          const std::string& colour,
                          const std::vector<std::pair<Estimate, Estimate>>& values) {
  BarPanel panel;
  panel.title = title;
  panel.yLabel = yLabel;
  panel.groups = groups;
  panel.series = {"Clean", attack};
  panel.colours = {"clean", colour};
  panel.values.resize(2);
  for (const auto& [clean, attacked] : values) {
    panel.values[0].push_back(clean);
    panel.values[1].push_back(attacked);
  }
  return panel;
}

/// Two panels of bars, then two of arrows: one of each class.
struct ShapePanels {
  std::string attack, colour;
  std::vector<Panel> bars{}, arrows{};

  void add(const std::string& name, const std::vector<std::string>& groups,
           const std::vector<std::pair<Estimate, Estimate>>& values, std::int64_t run,
           const std::vector<ArrowPanel::Arrow>& objects) {
    const char at = static_cast<char>('a' + bars.size());
    BarPanel panel = cleanAndAttacked(concat("(", at, ") ", withCapital(name), ", aspect ratio"),
                                      "Width / height", groups, attack, colour, values);
    panel.reference = 1;
    panel.items = {run, run};
    bars.emplace_back(panel);
    ArrowPanel boxes;
    boxes.title = concat("(", static_cast<char>(at + 2), ") ", withCapital(name), ", each object");
    boxes.xLabel = "Width (px)";
    boxes.yLabel = "Height (px)";
    boxes.series = {name};
    boxes.arrows = objects;
    boxes.from = "Clean";
    boxes.to = attack;
    boxes.colour = colour;
    arrows.emplace_back(boxes);
  }

  Figure figure(const std::string& id, const std::string& title) const {
    Figure made{id, title, kTwoColumns, 120, 2, bars};
    made.panels.insert(made.panels.end(), arrows.begin(), arrows.end());
    return made;
  }
};

ArrowPanel::Arrow arrowOf(const ObjectShape& object, std::int64_t item) {
  return {object.clean.width,
          object.clean.height,
          object.attacked.width,
          object.attacked.height,
          0,
          item};
}

}  // namespace

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
  const std::string title = resultTitle(run->run);
  struct Part {
    const char *title, *yLabel, *key;
    bool loss;
  };
  Figure figure{"5", title + departures(run->run, {"first", "second"}), kTwoColumns, 100, 2, {}};
  for (const Part& part : {Part{"(a) Detection", "AP box", "ap_box", false},
                           Part{"(b) Classification loss", "Mean loss", "cls_loss", true},
                           Part{"(c) Box regression loss", "Mean loss", "reg_loss", true},
                           Part{"(d) Aspect ratio", "Width / height", "aspect_ratio", false}}) {
    std::vector<std::pair<Estimate, Estimate>> values;
    for (const std::string& name : classes) {
      const MetricEstimate& metric = run->metric(name + "/" + part.key);
      values.emplace_back(metric.clean, metric.attacked);
    }
    BarPanel panel =
        cleanAndAttacked(part.title, part.yLabel, classes, title, colourKeyOf(run->run), values);
    panel.items = {0, run->run.id};
    if (std::string(part.key) == "aspect_ratio") panel.reference = 1;
    panel.logarithmic = part.loss && spansDecades(panel);
    figure.panels.emplace_back(panel);
  }
  return figure;
}

std::optional<Figure> swapPictures(const SweepReport& report, const ResultStore& store,
                                   const std::set<std::string>& among) {
  const RunReport* run = swapRun(report);
  if (run == nullptr) return {};
  const SwappedPair pair = swappedPair(run->run).value();
  const std::string kind = pair.pictureKind();
  const ClassTable& table = *store.classes();
  const auto trainIdOf = [&table](const std::string& name) {
    return table.instance[static_cast<std::size_t>(table.instanceByName(name) - 1)].trainId;
  };
  const auto image =
      bestPicture(store, run->run.id, kind, {trainIdOf(pair.first), trainIdOf(pair.second)}, among);
  if (!image) return {};
  const auto clean = store.imagesWithPicture(0, kind);
  if (std::find(clean.begin(), clean.end(), *image) == clean.end()) return {};
  PicturePanel panel;
  panel.image = report.images.at(*image);
  panel.columns = {"(a) Clean", "(b) " + resultTitle(run->run)};
  panel.rows = {""};
  panel.cells = {{store.picture(0, *image, kind), store.picture(run->run.id, *image, kind)}};
  return Figure{"6",
                concat("Only ", pair.first, " and ", pair.second, ", ", panel.image,
                       departures(run->run, {"first", "second"})),
                kTwoColumns,
                50,
                1,
                {panel}};
}

std::optional<Figure> shapeFigure(const SweepReport& report) {
  const RunReport* run = swapRun(report);
  if (run == nullptr || run->shapes.empty()) return {};
  ShapePanels panels{resultTitle(run->run), colourKeyOf(run->run)};
  for (const ShapeEstimate& shape : run->shapes) {
    const std::string& name = report.classes->instanceName(shape.classId);
    const MetricEstimate& label = run->metric(name + "/aspect_ratio");
    std::vector<ArrowPanel::Arrow> arrows;
    for (const ObjectShape& object : run->arrows)
      if (object.classId == shape.classId) arrows.push_back(arrowOf(object, -1));
    panels.add(name, {"By label", "By object", "By location", "Flipped"},
               {{label.clean, label.attacked},
                {shape.objectClean, shape.objectAttacked},
                {shape.locationClean, shape.locationAttacked},
                {shape.flippedClean, shape.flippedAttacked}},
               run->run.id, arrows);
  }
  return panels.figure("shape", "Shape bias: selection and regression");
}

std::optional<Figure> shapeFigureOf(const ShapeRecord& record, const std::string& first,
                                    const std::string& second, const std::string& image,
                                    const ClassTable& table) {
  if (record.objects.empty() && record.locations.empty()) return {};
  ShapePanels panels{concat(withCapital(first), " and ", second, " swapped"), "dag-detection"};
  for (const std::string& name : {first, second}) {
    const int classId = table.instanceByName(name);
    // Geometric means, as over a split.
    std::array<double, 4> sums{}, counts{};
    const auto add = [&](std::size_t slot, const Shape& shape) {
      if (shape.classId == 0 || !(shape.width > 0) || !(shape.height > 0)) return;
      sums[slot] += std::log(shape.aspect());
      ++counts[slot];
    };
    std::vector<ArrowPanel::Arrow> arrows;
    for (std::size_t i = 0; i < record.objects.size(); ++i) {
      const ObjectShape& object = record.objects[i];
      if (object.classId != classId || object.clean.classId == 0 || object.attacked.classId == 0)
        continue;
      add(0, object.clean);
      add(1, object.attacked);
      arrows.push_back(arrowOf(object, static_cast<std::int64_t>(i)));
    }
    for (const LocationShape& location : record.locations)
      if (location.classId == classId) {
        add(2, location.clean);
        add(3, location.attacked);
      }
    std::vector<std::pair<Estimate, Estimate>> values(2);
    for (const std::size_t slot : {0u, 1u, 2u, 3u})
      if (counts[slot] > 0)
        (slot % 2 == 0 ? values[slot / 2].first : values[slot / 2].second).value =
            std::exp(sums[slot] / counts[slot]);
    panels.add(name, {"By object", "By location"}, values, -1, arrows);
  }
  return panels.figure("image-shape", "Shape bias, " + image);
}

}  // namespace uninet
