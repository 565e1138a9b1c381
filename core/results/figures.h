#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <opencv2/core.hpp>

#include "core/results/sweep_report.h"

namespace uninet {

/// What lies behind a group of bars: as in Figure 3 of the paper.
enum class Shade { none, semantic, geometric };

/// Texts of a panel are English names, never keys; the window translates those that it knows.
/// `colours` are keys of colours, one a series: of an objective ("depth"), of an attack
/// ("hide-depth") or "clean"; empty: by position. `items` say what a series or row stands for, so
/// that a click can lead there: the run of a results file or session; −1 or missing: nothing.

/// Least and greatest of what an axis has to show.
struct ValueEnds {
  double low = std::numeric_limits<double>::infinity(), high = 0;

  /// By a value with its interval; of a logarithmic axis without what is not positive.
  void widen(const Estimate& estimate, bool logarithmic);
  /// By a length that a panel of arrows has.
  void widen(double length);
};

/// Grouped bars with intervals.
struct BarPanel {
  std::string title, yLabel;
  std::vector<std::string> groups;            ///< on the axis
  std::vector<Shade> shades;                  ///< one a group, or none
  std::vector<std::string> series;            ///< in the legend
  std::vector<std::vector<Estimate>> values;  ///< [series][group]; NaN: "–"
  std::optional<double> reference;            ///< dashed line
  std::vector<std::string> colours{};
  std::vector<std::int64_t> items{};
  /// Metric before and after, [series][group]; empty: not known.
  std::vector<std::vector<std::pair<double, double>>> behind{};
  bool fromZero = true;  ///< false: the axis may begin where the values do, with a mark
  bool logarithmic = false;
  std::optional<ValueEnds> ends{};  ///< of panels that share their value axis
};
/// Curves with intervals over a logarithmic axis.
struct LinePanel {
  std::string title, xLabel, yLabel;
  std::vector<double> x;
  std::vector<std::string> series;
  std::vector<std::vector<Estimate>> values;  ///< [series][x]
  std::vector<std::string> colours{};
  std::vector<std::int64_t> items{};  ///< one an x
  bool logarithmic = false;           ///< the y axis too
  std::optional<ValueEnds> ends{};    ///< of panels that share their value axis
};
/// A matrix of numbers.
struct HeatPanel {
  std::string title;
  std::vector<std::string> rows, columns;
  std::vector<std::vector<double>> values;  ///< [row][column]; NaN: "–"
  double low = 0, high = 1;                 ///< ends of the colour scale
  bool diverging = false;                   ///< colourless in the middle of the scale
  std::string xLabel{}, yLabel{}, scaleLabel{};
  std::vector<std::int64_t> items{};  ///< one a row
  /// Intervals, and metric before and after: [row][column]; empty: not known.
  std::vector<std::vector<std::pair<double, double>>> intervals{}, behind{};
};
/// One arrow per object, both axes logarithmic; the diagonal is drawn.
struct ArrowPanel {
  struct Arrow {
    double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    std::size_t series = 0;
    std::int64_t item = -1;  ///< number of the object
  };
  std::string title, xLabel, yLabel;
  std::vector<std::string> series;
  std::vector<Arrow> arrows;
  /// What arrows begin and end at, and the colour of the latter; empty: the legend lists series.
  std::string from{}, to{}, colour{};
  /// Of all arrows; 1 to 100: there is none.
  ValueEnds lengths() const;
  std::optional<ValueEnds> ends{};  ///< of panels that share their axes
};
/// Points that are named beside them, whose area shows a third number; the x axis is logarithmic.
struct ScatterPanel {
  struct Point {
    std::string name;
    double x = 0, y = 0;  ///< x > 0
    double size = 0;      ///< what the area stands for
    std::size_t series = 0;
  };
  std::string title, xLabel, yLabel, sizeLabel;
  std::vector<std::string> series;  ///< the first one filled, others in outline
  std::vector<Point> points;
};
/// Pictures with titles for rows and columns.
struct PicturePanel {
  std::vector<std::string> rows, columns;
  std::vector<std::vector<cv::Mat>> cells;  ///< [row][column], CV_8UC3 RGB
  std::string title{};
  std::string image{};  ///< name of the one that they show
};
using Panel = std::variant<BarPanel, LinePanel, HeatPanel, ArrowPanel, PicturePanel, ScatterPanel>;

/// A figure as data; whoever draws it needs to know nothing of attacks.
struct Figure {
  std::string id;  ///< one of figureIds(); part of the file's name
  std::string title;
  double widthMm = 174, heightMm = 70;
  int columns = 1;  ///< panels side by side
  std::vector<Panel> panels;
  /// Where networks stand side by side: which one each panel shows; empty: there is one network.
  std::vector<std::string> networks{};
};

/// Ids in the order of the paper: 3a, 3b, 4, 5, 6, epsilon, levels, patching, interaction,
/// gradients, shape.
const std::vector<std::string>& figureIds();
/// Names of the images among which a figure of pictures chooses, by its id; all where there are
/// none.
using PictureChoice = std::map<std::string, std::set<std::string>>;
/// The figures that the results hold, with long names. Pictures come from `store`.
std::vector<Figure> figuresOf(const SweepReport& report, const ResultStore& store,
                              const PictureChoice& choice = {});
/// Shape bias of one image, named `image`, under a swap of two classes; none without objects. The
/// item of an arrow is its place in `record.objects`.
std::optional<Figure> shapeFigureOf(const ShapeRecord& record, const std::string& first,
                                    const std::string& second, const std::string& image,
                                    const ClassTable& table);
/// Tasks and losses by the paper's short names: "SS", "cls".
Figure withShortNames(Figure figure);
/// Of another width: as many panels side by side as keep their width, and the height of more rows.
Figure ofWidth(Figure figure, double widthMm);
/// Whether its positive values reach over more than a decade and a half, so that a logarithmic axis
/// shows more.
bool spansDecades(const Panel& panel);
/// Every bar and line panel for which it makes sense, with the axis that is asked for.
Figure withLogarithmicAxes(Figure figure, bool logarithmic);

/// The numbers of a figure.
std::string figureCsv(const Figure& figure);

/// JSON that says how a figure came about: results, runs with every option, bootstrap, `program`.
std::string figureManifest(const SweepReport& report, const std::string& id,
                           const std::string& program);

/// Rows of strings, for Markdown, CSV and LaTeX.
struct Table {
  std::string id, title;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
  std::size_t names = 1;  ///< so many columns from the left are text
};
/// Table 3 for every category that was hidden, drift and CKA by level, and last all metric ratios.
std::vector<Table> tablesOf(const SweepReport& report);
std::string tableMarkdown(const Table& table);
std::string tableCsv(const Table& table);
std::string tableLatex(const Table& table);
/// Without the signs that Markdown reads as its own.
std::string markdownText(const std::string& text);

}  // namespace uninet
