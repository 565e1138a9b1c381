#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/results/figure_parts.h"
#include "core/results/side_by_side.h"

namespace uninet {
namespace {

/// Height in mm that a figure of curves, bars or pictures is pressed into: a page. Matrices keep
/// theirs, which the names of their rows need.
constexpr double kPage = 235;

using Places = std::vector<std::size_t>;

/// Where in `names` those stand that are kept, in the order of `kept`.
template <class Name>
Places placesOf(const std::vector<Name>& kept, const std::vector<Name>& names) {
  Places places;
  for (const Name& name : kept)
    places.push_back(
        static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin()));
  return places;
}

/// Those at `places`; a list that is not known stays so.
template <class T>
void keep(std::vector<T>& list, const Places& places) {
  if (list.empty()) return;
  std::vector<T> kept;
  for (const std::size_t place : places) kept.push_back(list.at(place));
  list = std::move(kept);
}
template <class T>
void keep(std::vector<std::vector<T>>& matrix, const Places& rows, const Places& columns) {
  keep(matrix, rows);
  for (std::vector<T>& row : matrix) keep(row, columns);
}

/// Names of the parts of panels: which ones all networks have, and which ones not.
class Shared {
 public:
  /// The names of one network each.
  template <class Name>
  std::vector<Name> of(const std::vector<std::vector<Name>>& names) {
    std::vector<Name> shared;
    for (const auto& own : names)
      for (const Name& name : own) {
        const bool all = std::all_of(names.begin(), names.end(), [&name](const auto& list) {
          return std::find(list.begin(), list.end(), name) != list.end();
        });
        if (!all)
          leftOut(name);
        else if (&own == &names[0])
          shared.push_back(name);
      }
    return shared;
  }

  void leftOut(const std::string& name) {
    if (std::find(left_.begin(), left_.end(), name) == left_.end()) left_.push_back(name);
  }
  void leftOut(double number) { leftOut(concat(number)); }
  /// "a; b".
  std::string text() const {
    std::string text;
    for (const std::string& name : left_) text += (text.empty() ? "" : "; ") + name;
    return text;
  }

 private:
  std::vector<std::string> left_;
};

template <class P>
using PanelsOf = std::vector<P*>;  ///< of one kind and title, one a network

/// `member` of each.
template <class P, class Member>
auto each(const PanelsOf<P>& panels, Member P::*member) {
  std::vector<Member> all;
  for (const P* panel : panels) all.push_back(panel->*member);
  return all;
}

/// Reduces panels to what all have, and gives them common axes; false: nothing is left.
struct Join {
  Shared& shared;

  bool operator()(const PanelsOf<BarPanel>& panels) const {
    const auto groups = shared.of(each(panels, &BarPanel::groups));
    const auto series = shared.of(each(panels, &BarPanel::series));
    ValueEnds ends;
    const bool logarithmic = std::any_of(panels.begin(), panels.end(),
                                         [](const BarPanel* panel) { return panel->logarithmic; });
    for (BarPanel* panel : panels) {
      const Places columns = placesOf(groups, panel->groups),
                   rows = placesOf(series, panel->series);
      keep(panel->groups, columns);
      keep(panel->shades, columns);
      keep(panel->series, rows);
      keep(panel->colours, rows);
      keep(panel->items, rows);
      keep(panel->values, rows, columns);
      keep(panel->behind, rows, columns);
      panel->logarithmic = logarithmic;
      widen(ends, *panel);
    }
    for (BarPanel* panel : panels) panel->ends = ends;
    return !groups.empty() && !series.empty();
  }

  bool operator()(const PanelsOf<LinePanel>& panels) const {
    const auto x = shared.of(each(panels, &LinePanel::x));
    const auto series = shared.of(each(panels, &LinePanel::series));
    ValueEnds ends;
    for (LinePanel* panel : panels) {
      const Places columns = placesOf(x, panel->x), rows = placesOf(series, panel->series);
      keep(panel->x, columns);
      keep(panel->items, columns);
      keep(panel->series, rows);
      keep(panel->colours, rows);
      keep(panel->values, rows, columns);
      widen(ends, *panel);
    }
    for (LinePanel* panel : panels) panel->ends = ends;
    return !x.empty() && !series.empty();
  }

  bool operator()(const PanelsOf<HeatPanel>& panels) const {
    const auto rows = shared.of(each(panels, &HeatPanel::rows));
    const auto columns = shared.of(each(panels, &HeatPanel::columns));
    for (HeatPanel* panel : panels) {
      const Places r = placesOf(rows, panel->rows), c = placesOf(columns, panel->columns);
      keep(panel->rows, r);
      keep(panel->items, r);
      keep(panel->columns, c);
      keep(panel->values, r, c);
      keep(panel->intervals, r, c);
      keep(panel->behind, r, c);
    }
    return !rows.empty() && !columns.empty();
  }

  bool operator()(const PanelsOf<ArrowPanel>& panels) const {
    ValueEnds ends;
    for (const ArrowPanel* panel : panels) {
      if (panel->arrows.empty()) continue;
      const ValueEnds own = panel->lengths();
      ends.widen(own.low);
      ends.widen(own.high);
    }
    for (ArrowPanel* panel : panels)
      if (ends.high > 0) panel->ends = ends;
    return true;
  }

  bool operator()(const PanelsOf<PicturePanel>& panels) const {
    // Which image it is is said where it is not the same one.
    const bool same = std::all_of(panels.begin(), panels.end(), [&](const PicturePanel* panel) {
      return panel->image == panels[0]->image;
    });
    for (PicturePanel* panel : panels)
      if (!same) panel->title = panel->image;
    return true;
  }

  bool operator()(const PanelsOf<ScatterPanel>& /*panels*/) const { return true; }

 private:
  template <class P>
  static void widen(ValueEnds& ends, const P& panel) {
    for (const auto& row : panel.values)
      for (const Estimate& e : row) ends.widen(e, panel.logarithmic);
  }
};

/// What makes panels of two networks the same one: names that differ within the figure.
std::vector<std::string> keysOf(const Figure& figure) {
  std::vector<std::string> keys;
  for (const Panel& panel : figure.panels) {
    std::string key = std::visit([](const auto& one) { return one.title; }, panel);
    if (const auto* heat = std::get_if<HeatPanel>(&panel)) key += ", " + heat->scaleLabel;
    if (std::holds_alternative<PicturePanel>(panel)) key = "pictures";
    const std::string name = key;
    for (int i = 2; std::find(keys.begin(), keys.end(), key) != keys.end(); ++i)
      key = concat(name, " (", i, ")");
    keys.push_back(key);
  }
  return keys;
}

/// The panels that all have, [panel][network].
std::vector<std::vector<Panel*>> sharedPanels(std::vector<Figure>& figures, Shared& shared) {
  std::vector<std::vector<std::string>> keys;
  for (const Figure& figure : figures) keys.push_back(keysOf(figure));
  std::vector<std::vector<Panel*>> panels;
  for (const std::string& key : shared.of(keys)) {
    panels.emplace_back();
    for (std::size_t n = 0; n < figures.size(); ++n)
      panels.back().push_back(&figures[n].panels[placesOf({key}, keys[n])[0]]);
  }
  return panels;
}

bool joinPanels(const std::vector<Panel*>& panels, Shared& shared) {
  return std::visit(
      [&]<class P>(const P& /*first*/) {
        PanelsOf<P> all;
        for (Panel* panel : panels) all.push_back(&std::get<P>(*panel));
        return Join{shared}(all);
      },
      *panels[0]);
}

/// Figures of classes that they name.
bool isOfClasses(const std::string& id) {
  return id == "4" || id == "5" || id == "6" || id == "patching" || id == "shape";
}

/// Names of the images of which a network keeps a kind of picture under each of these runs.
std::set<std::string> imagesWith(const ResultStore& store, const std::string& kind,
                                 const std::vector<std::int64_t>& runs) {
  const auto names = store.images();
  std::map<std::string, std::size_t> count;
  for (const std::int64_t run : runs)
    for (const std::int64_t image : store.imagesWithPicture(run, kind))
      if (const auto name = names.find(image); name != names.end()) ++count[name->second];
  std::set<std::string> all;
  for (const auto& [name, times] : count)
    if (times == runs.size()) all.insert(name);
  return all;
}

/// Images of which every network can show the figures of pictures.
PictureChoice sharedImages(const std::vector<NetworkResults>& networks,
                           const std::vector<SweepReport>& reports) {
  PictureChoice choice;
  const auto add = [&](const std::string& id, std::size_t network, std::set<std::string> images) {
    if (network > 0)
      std::erase_if(images, [&](const auto& name) { return !choice[id].contains(name); });
    choice[id] = std::move(images);
  };
  for (std::size_t n = 0; n < networks.size(); ++n) {
    const ResultStore& store = networks[n].store;
    if (const HidingRuns runs = hidingRuns(reports[n]); runs.depth != nullptr)
      add("4", n,
          imagesWith(store, "inst_seg", {0, runs.segmentation->run.id, runs.depth->run.id}));
    if (const RunReport* run = swapRun(reports[n]))
      add("6", n, imagesWith(store, swappedPair(run->run)->pictureKind(), {0, run->run.id}));
  }
  return choice;
}

double rowsOf(std::size_t panels, std::size_t columns) {
  return static_cast<double>((panels + columns - 1) / columns);
}

}  // namespace

std::optional<Figure> joinedFigure(const std::vector<Figure>& given,
                                   const std::vector<std::string>& names,
                                   std::vector<std::string>& remarks) {
  std::vector<Figure> figures = given;
  const Figure& first = given[0];
  Shared shared;
  std::vector<std::vector<Panel*>> panels = sharedPanels(figures, shared);
  std::erase_if(panels, [&](const auto& panel) { return !joinPanels(panel, shared); });
  if (!shared.text().empty())
    remarks.push_back(concat("Left out of figure ", first.id,
                             ", because not every network has them: ", shared.text(), "."));
  if (panels.empty()) return {};

  Figure joined = first;
  joined.panels.clear();
  // Panels of one column stand beside each other on two.
  const auto fit = static_cast<std::size_t>(first.columns) *
                   static_cast<std::size_t>(std::max(1.0, std::floor(kTwoColumns / first.widthMm)));
  joined.widthMm = kTwoColumns;
  const std::size_t count = names.size();
  // Networks beside each other where there is room, or one panel of all below another; else one
  // network below another.
  const bool byPanel = count <= fit || count % fit == 0;
  joined.columns = static_cast<int>(byPanel ? std::min(count, fit) : fit);
  const auto add = [&](std::size_t panel, std::size_t network) {
    joined.panels.push_back(*panels[panel][network]);
    joined.networks.push_back(names[network]);
  };
  if (byPanel) {
    for (std::size_t p = 0; p < panels.size(); ++p)
      for (std::size_t n = 0; n < count; ++n) add(p, n);
  } else {
    for (std::size_t n = 0; n < count; ++n)
      for (std::size_t p = 0; p < panels.size(); ++p) add(p, n);
  }
  joined.heightMm = first.heightMm *
                    rowsOf(joined.panels.size(), static_cast<std::size_t>(joined.columns)) /
                    rowsOf(first.panels.size(), static_cast<std::size_t>(first.columns));
  if (std::none_of(joined.panels.begin(), joined.panels.end(),
                   [](const Panel& panel) { return std::holds_alternative<HeatPanel>(panel); }))
    joined.heightMm = std::min(joined.heightMm, std::max(first.heightMm, kPage));
  std::set<std::string> titles;
  joined.title.clear();
  for (const Figure& figure : given)
    if (titles.insert(figure.title).second)
      joined.title += (joined.title.empty() ? "" : "; ") + figure.title;
  for (std::size_t n = 0; n < count; ++n) joined.title += (n == 0 ? ": " : ", ") + names[n];
  return joined;
}

std::vector<Figure> figuresOf(SideBySide& side, const std::vector<std::string>& ids) {
  std::vector<SweepReport> reports;
  std::vector<std::string> names;
  bool sameTable = true;
  for (const NetworkResults& network : side.networks) {
    reports.push_back(network.sharedReport());
    names.push_back(network.name);
    sameTable = sameTable && sameClasses(network.store.classes(), side.networks[0].store.classes());
  }
  PictureChoice choice = sharedImages(side.networks, reports);
  std::vector<std::vector<Figure>> all;
  for (std::size_t n = 0; n < reports.size(); ++n) {
    all.push_back(figuresOf(reports[n], side.networks[n].store, choice));
    if (n > 0) continue;
    // The others show what the first one has chosen.
    for (const Figure& figure : all[0])
      if (const auto* pictures = std::get_if<PicturePanel>(&figure.panels[0]))
        if (std::set<std::string>& images = choice[figure.id]; !images.empty())
          images = {pictures->image};
  }
  std::vector<Figure> joined;
  for (const std::string& id : figureIds()) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) continue;
    std::vector<Figure> found;
    std::string lacking;
    for (std::size_t n = 0; n < all.size(); ++n) {
      const auto figure = std::find_if(all[n].begin(), all[n].end(),
                                       [&id](const Figure& one) { return one.id == id; });
      if (figure != all[n].end())
        found.push_back(std::move(*figure));
      else
        lacking += (lacking.empty() ? "" : ", ") + names[n];
    }
    if (found.empty()) continue;
    if (!sameTable && isOfClasses(id))
      side.remarks.push_back(concat("Figure ", id, " is left out: the classes are not the same."));
    else if (!lacking.empty())
      side.remarks.push_back(concat("Figure ", id, " is left out: the results of ", lacking,
                                    " do not hold what it needs."));
    else if (auto figure = joinedFigure(found, names, side.remarks))
      joined.push_back(std::move(*figure));
  }
  return joined;
}

}  // namespace uninet
