#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QColor>
#include <QImage>
#include <QPolygonF>
#include <QRectF>
#include <QString>

#include "core/data/sample.h"
#include "core/data/tasks.h"
#include "core/outputs/object_matches.h"
#include "core/outputs/palette.h"
#include "core/outputs/prediction.h"

namespace uninet {

struct AttackTarget;

/// Panels of the canvas: the input image, then the tasks in the order of allTasks(). Those of the
/// five that are measured are always there, those of auxiliary tasks where a network has them.
inline constexpr std::size_t kPanels = 8, kMeasuredPanels = 6;
/// Rows of the canvas.
enum class Row { clean, attacked, change, truth };
inline constexpr std::size_t kRows = 4;

/// "Image", "Detection", …: what stands on a panel.
QString panelTitle(std::size_t panel);
/// "clean", "attacked", "change", "truth".
QString rowTitle(Row row);

/// An object of a scene as one panel draws it, in network pixels.
struct SceneObject {
  int number = 0;  ///< ObjectMatch::number: the same object has the same one everywhere
  ObjectChange change = ObjectChange::same;
  QRectF box;
  QRectF from;                      ///< box before the attack, of a moved one; else null
  std::vector<QPolygonF> outlines;  ///< of the mask; empty: it is drawn by its box alone
  QString label;                    ///< "car 0.90", "14.2 m", "lost: car"
  double score = 0;                 ///< greater ones keep their label
  QColor colour;                    ///< of instanceColour(number)
  QColor fill;                      ///< of the mask, with its opacity; invalid: not filled
  bool faint = false;               ///< drawn thin and without a label
};

/// What a legend in the picture explains.
enum class SceneLegend { none, depth, depthChange, classes };

/// What one panel shows in one row.
struct PanelContent {
  QImage picture;  ///< at network size, Format_RGB32; null: there is nothing, for `emptyText`
  std::vector<SceneObject> objects;  ///< best score first
  bool boxes = true;                 ///< draw the boxes of objects that have a mask, too
  bool labels = true;                ///< label all objects, not only the one that is pointed at
  SceneLegend legend = SceneLegend::none;
  double farthestMetres = 80;  ///< of the legend; for depthChange: where the colours end
  QString note;                ///< beside the caption: "×32"
  QString emptyText;           ///< why there is no picture
};
using RowContent = std::array<PanelContent, kPanels>;

/// A class of the legend.
struct SceneClass {
  std::string name;  ///< of the table
  QString title;     ///< translated
  QColor colour;
};

/// Everything that the canvas shows of one image.
struct Scene {
  std::array<RowContent, kRows> rows;
  std::array<bool, kRows> there{};  ///< rows with anything in them; the others take no room
  TaskSet auxiliary;                ///< tasks beyond the five that are predicted
  bool target = false;              ///< the attacked row is what a hiding attack works towards
  std::vector<SceneClass> classes;  ///< that occur in it, in the order of the table
  std::vector<ObjectMatch> matches;
  std::vector<ObjectRow> objects;  ///< of the matches, in numbers

  const PanelContent& content(Row row, std::size_t panel) const {
    return rows[static_cast<std::size_t>(row)][panel];
  }
};

/// What stands in the change of the image in place of the perturbation: the gradient of the
/// objective, the change of a feature map.
struct SceneChange {
  cv::Mat magnitude;  ///< CV_8U at network size, brighter is greater; empty: not known, `why`
  QString note;       ///< beside the caption
  QString why;
};

/// Draws nothing but data: pictures and objects of every row. Any thread. `attacked` null: only the
/// clean row and the ground truth, of `truth` (at network size, without an image: none). With
/// `target` the attacked row is the target, over `clean`. `hidden` are names of semantic classes:
/// their pixels show the image in grey, their objects are left out. `change`: of the image, in
/// place of the perturbation.
Scene renderScene(const Prediction& clean, const Prediction* attacked, const Sample& truth,
                  const AttackTarget* target, const DrawOptions& draw,
                  const std::set<std::string>& hidden = {}, const SceneChange* change = nullptr);

/// Deep copy of an RGB CV_8UC3 image, as Format_RGB32.
QImage toQImage(const cv::Mat& rgb);
/// Outlines of a CV_8U mask that lies at `corner`, in pixels of the picture (edges, not centres).
std::vector<QPolygonF> outlinesOf(const cv::Mat& mask, QPointF corner);

}  // namespace uninet
