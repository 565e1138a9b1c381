#include "core/results/figure_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "core/base/error.h"
#include "core/data/objectives.h"
#include "core/results/figures.h"

namespace uninet {
namespace {

constexpr std::pair<const char*, const char*> kHeads[] = {
    {"segment", "Segmentation"}, {"box_cls", "Classification"}, {"centerness", "Centreness"},
    {"inst_seg", "Mask codes"},  {"box_reg", "Box regression"}, {"inst_depth", "Instance depth"},
    {"depth", "Depth"}};

const std::map<std::string, std::string>& shortNames() {
  static const std::map<std::string, std::string> names = [] {
    std::map<std::string, std::string> all;
    // A loss that is a task's only one is called as the task is.
    for (const LossInfo& loss : losses()) all[loss.title] = loss.key;
    for (const TaskInfo& task : tasks()) all[taskName(task.task)] = task.shortName;
    all["Instance masks"] = taskInfo(Task::instSeg).shortName;
    return all;
  }();
  return names;
}

void shorten(std::vector<std::string>& names) {
  for (std::string& name : names)
    if (const auto found = shortNames().find(name); found != shortNames().end())
      name = found->second;
}

struct Shorten {
  void operator()(BarPanel& panel) const {
    shorten(panel.groups);
    shorten(panel.series);
  }
  void operator()(LinePanel& panel) const { shorten(panel.series); }
  void operator()(HeatPanel& panel) const {
    shorten(panel.rows);
    shorten(panel.columns);
  }
  void operator()(ArrowPanel& /*panel*/) const {}
  void operator()(ScatterPanel& /*panel*/) const {}
  void operator()(PicturePanel& panel) const { shorten(panel.columns); }
};

/// Smallest and greatest positive value; false: there is one that is not positive, or none.
bool positiveRange(const std::vector<std::vector<Estimate>>& values, double& low, double& high) {
  low = std::numeric_limits<double>::infinity();
  high = 0;
  for (const auto& row : values)
    for (const Estimate& e : row) {
      if (!std::isfinite(e.value)) continue;
      if (!(e.value > 0)) return false;
      low = std::min(low, e.value);
      high = std::max(high, e.value);
    }
  return high > 0;
}

}  // namespace

const char* taskName(Task task) {
  switch (task) {
    case Task::detect:
      return "Detection";
    case Task::segment:
      return "Segmentation";
    case Task::instSeg:
      return "Instances";
    case Task::depth:
      return "Depth";
    case Task::instDepth:
      return "Instance depth";
    case Task::semCont:
    case Task::surNor:
      break;
  }
  return "";
}

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
    case Task::semCont:
    case Task::surNor:
      break;
  }
  return "";
}

std::string lossName(const std::string& key) {
  for (const LossInfo& info : losses())
    if (key == info.key) return info.title;
  return key;
}

std::string levelName(const std::string& level) {
  for (const auto& [key, name] : kHeads)
    if (level == key) return name;
  return level;
}

std::string levelOfName(const std::string& name) {
  for (const auto& [key, title] : kHeads)
    if (name == title) return key;
  return name;
}

std::string withCapital(std::string name) {
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  return name;
}

std::string colourKeyOf(const StoredRun& run) {
  const std::string objective = optionOf(run, "objective");
  return objective.empty() ? run.attack : objective;
}

std::string resultTitle(const StoredRun& run) {
  // Titles that are made from the options join their parts with a dot.
  if (run.title.find(" \u00b7 ") == std::string::npos) return run.title;
  const std::string category = optionOf(run, "category"), objective = optionOf(run, "objective");
  std::string title = run.title.substr(0, run.title.find(" \u00b7 "));
  if (run.attack == "hide-segmentation")
    title = withCapital(category) + " hidden from segmentation";
  else if (run.attack == "hide-depth")
    title = withCapital(category) + " hidden from depth";
  else if (const std::string first = optionOf(run, "first"); !first.empty())
    title = concat(withCapital(first), " and ", optionOf(run, "second"), " swapped",
                   run.attack == "dag-segmentation" ? " in segmentation" : "");
  else
    for (const ObjectiveInfo& info : objectives())
      if (objective == info.key)
        title = run.attack == "pgd" ? info.label : concat(title, ", ", info.label);
  // A negative epsilon is none.
  const std::string epsilon = optionOf(run, "epsilon");
  if (!epsilon.empty() && epsilon[0] != '-') title += ", \u03b5 " + epsilon;
  return title;
}

std::vector<std::string> resultTitles(const std::vector<StoredRun>& runs) {
  std::vector<std::string> titles;
  for (const StoredRun& run : runs) titles.push_back(resultTitle(run));
  const std::vector<std::string> before = titles;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (std::count(before.begin(), before.end(), before[i]) > 1) titles[i] = runs[i].title;
  return titles;
}

Figure withShortNames(Figure figure) {
  for (Panel& panel : figure.panels) std::visit(Shorten(), panel);
  return figure;
}

Figure ofWidth(Figure figure, double widthMm) {
  const auto rows = [](const Figure& f) {
    const auto columns = static_cast<std::size_t>(f.columns);
    return static_cast<double>((f.panels.size() + columns - 1) / columns);
  };
  const double before = rows(figure);
  // A panel may become a quarter narrower before a column is given up.
  const double fit = figure.columns * widthMm / figure.widthMm + 0.25;
  figure.columns = std::clamp(static_cast<int>(fit), 1, std::max(1, figure.columns));
  if (before > 0) figure.heightMm *= rows(figure) / before;
  figure.widthMm = widthMm;
  return figure;
}

bool spansDecades(const Panel& panel) {
  constexpr double kDecades = 30;
  const std::vector<std::vector<Estimate>>* values = nullptr;
  if (const auto* bars = std::get_if<BarPanel>(&panel)) values = &bars->values;
  if (const auto* lines = std::get_if<LinePanel>(&panel)) values = &lines->values;
  double low = 0, high = 0;
  return values != nullptr && positiveRange(*values, low, high) && high >= kDecades * low;
}

Figure withLogarithmicAxes(Figure figure, bool logarithmic) {
  for (Panel& panel : figure.panels) {
    const bool log = logarithmic && spansDecades(panel);
    if (auto* bars = std::get_if<BarPanel>(&panel)) bars->logarithmic = log;
    if (auto* lines = std::get_if<LinePanel>(&panel)) lines->logarithmic = log;
  }
  return figure;
}

}  // namespace uninet
