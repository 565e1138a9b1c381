#include "ui/document/scene_objects.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "core/outputs/paste.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// An object's own depth counts as changed from here.
constexpr double kChangedMetres = 0.5;

struct Text {
  Q_DECLARE_TR_FUNCTIONS(uninet::SceneObjects)
};

QRectF rectOf(const Box& box) {
  return QRectF(QPointF(static_cast<double>(box.x0), static_cast<double>(box.y0)),
                QPointF(static_cast<double>(box.x1), static_cast<double>(box.y1)));
}

QColor colourOf(const cv::Vec3b& rgb) { return {rgb[0], rgb[1], rgb[2]}; }

bool hasObjects(Task task) {
  return task == Task::detect || task == Task::instSeg || task == Task::instDepth;
}

QString metresText(double metres) {
  return metres < 0 ? QStringLiteral("?") : Text::tr("%1 m").arg(shownNumber(metres, 'f', 1));
}

/// New and lost objects carry a mark in their label, beside the dashes of their outline.
QString marked(ObjectChange change, const QString& label) {
  if (change == ObjectChange::fresh) return QStringLiteral("+ ") + label;
  if (change == ObjectChange::lost) return QStringLiteral("\u2212 ") + label;
  return label;
}

std::vector<std::vector<QPolygonF>> outlinesOfAll(const Prediction& prediction, double threshold) {
  std::vector<std::vector<QPolygonF>> all(prediction.detections.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Detection& detection = prediction.detections[i];
    if (detection.mask.empty() || static_cast<double>(detection.score) < threshold) continue;
    const RegionMask mask = pasteRegion(detection, prediction.image.size(), 1, 1);
    if (mask.area > 0) all[i] = outlinesOf(mask.pixels, QPointF(mask.rect.x, mask.rect.y));
  }
  return all;
}

void sortByScore(std::vector<SceneObject>& objects) {
  std::stable_sort(objects.begin(), objects.end(),
                   [](const SceneObject& a, const SceneObject& b) { return a.score > b.score; });
}

}  // namespace

std::vector<QPolygonF> outlinesOf(const cv::Mat& mask, QPointF corner) {
  // Twice as large and with a rim: contours run through pixel centres, outlines along their edges.
  constexpr int kScale = 2;
  cv::Mat large;
  cv::resize(mask, large, {}, kScale, kScale, cv::INTER_NEAREST);
  cv::copyMakeBorder(large, large, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(large, contours, cv::RETR_CCOMP, cv::CHAIN_APPROX_NONE);
  std::vector<QPolygonF> outlines;
  for (const auto& contour : contours) {
    std::vector<cv::Point> simple;
    cv::approxPolyDP(contour, simple, 1.2, true);
    if (simple.size() < 3) continue;
    QPolygonF outline;
    for (const cv::Point& p : simple)
      outline << corner + QPointF((p.x - 0.5) / kScale, (p.y - 0.5) / kScale);
    outlines.push_back(outline);
  }
  return outlines;
}

SceneObjects::SceneObjects(const Prediction& clean, const Prediction* attacked, const Sample* truth,
                           const DrawOptions& draw, const std::set<std::string>& hidden)
    : clean_(clean), attacked_(attacked), truth_(truth), draw_(draw), hidden_(hidden) {
  matches_ = matchObjects(clean, attacked, truth, draw.scoreThreshold);
  cleanOutlines_ = outlinesOfAll(clean, draw.scoreThreshold);
  if (attacked != nullptr) attackedOutlines_ = outlinesOfAll(*attacked, draw.scoreThreshold);
  if (truth == nullptr) return;
  for (const Instance& instance : truth->instances) {
    const QPointF corner(std::ceil(static_cast<double>(instance.box.x0)),
                         std::ceil(static_cast<double>(instance.box.y0)));
    truthOutlines_.push_back(instance.mask.empty() || instance.crowd
                                 ? std::vector<QPolygonF>{}
                                 : outlinesOf(instance.mask, corner));
  }
}

bool SceneObjects::hides(int classId) const {
  const auto& classes = clean_.classes->instance;
  if (hidden_.empty() || classId < 1 || classId > static_cast<int>(classes.size())) return false;
  return hidden_.contains(
      clean_.classes->semanticName(classes[static_cast<std::size_t>(classId - 1)].trainId));
}

QString SceneObjects::nameOf(int classId) const {
  return labelText(clean_.classes->instanceName(classId).c_str());
}

SceneObject SceneObjects::predicted(const Prediction& prediction, const Outlines& outlines,
                                    int index, const ObjectMatch& match, Task task) const {
  const auto place = static_cast<std::size_t>(index);
  const Detection& detection = prediction.detections[place];
  SceneObject object;
  object.number = match.number;
  object.change = match.change;
  object.box = rectOf(detection.box);
  object.score = static_cast<double>(detection.score);
  object.colour = colourOf(instanceColour(match.number));
  object.label = task == Task::instDepth
                     ? metresText(static_cast<double>(detection.depthMetres))
                     : QStringLiteral("%1 %2").arg(nameOf(detection.classId),
                                                   shownNumber(object.score, 'f', 2));
  object.label = marked(match.change, object.label);
  if (task == Task::detect) return object;
  object.outlines = outlines[place];
  object.fill = task == Task::instSeg
                    ? object.colour
                    : colourOf(depthColour(static_cast<double>(detection.depthMetres),
                                           prediction.classes->farthestMetres));
  object.fill.setAlphaF(static_cast<float>(draw_.opacity));
  return object;
}

std::vector<SceneObject> SceneObjects::clean(Task task) const {
  std::vector<SceneObject> objects;
  if (!hasObjects(task)) return objects;
  for (const ObjectMatch& match : matches_)
    if (match.clean >= 0 &&
        !hides(clean_.detections[static_cast<std::size_t>(match.clean)].classId))
      objects.push_back(predicted(clean_, cleanOutlines_, match.clean, match, task));
  return objects;
}

std::vector<SceneObject> SceneObjects::attacked(Task task) const {
  std::vector<SceneObject> objects;
  if (attacked_ == nullptr || !hasObjects(task)) return objects;
  for (const ObjectMatch& match : matches_)
    if (match.attacked >= 0 &&
        !hides(attacked_->detections[static_cast<std::size_t>(match.attacked)].classId))
      objects.push_back(predicted(*attacked_, attackedOutlines_, match.attacked, match, task));
  sortByScore(objects);
  return objects;
}

std::vector<SceneObject> SceneObjects::truth(Task task) const {
  std::vector<SceneObject> objects;
  if (truth_ == nullptr || !hasObjects(task)) return objects;
  for (const ObjectMatch& match : matches_) {
    if (match.truth < 0) continue;
    const auto place = static_cast<std::size_t>(match.truth);
    const Instance& instance = truth_->instances[place];
    if (hides(instance.classId)) continue;
    SceneObject object;
    object.number = match.number;
    object.change =
        match.change == ObjectChange::unseen ? ObjectChange::unseen : ObjectChange::same;
    object.box = rectOf(instance.box);
    object.score = static_cast<double>(instance.box.area());
    object.colour = colourOf(instanceColour(match.number));
    const auto metres = static_cast<double>(instance.depthMetres);
    object.label = task == Task::instDepth ? metresText(metres) : nameOf(instance.classId);
    if (task != Task::detect) {
      object.outlines = truthOutlines_[place];
      object.fill = task == Task::instSeg
                        ? object.colour
                        : colourOf(depthColour(metres, truth_->classes->farthestMetres));
      object.fill.setAlphaF(static_cast<float>(draw_.opacity));
    }
    objects.push_back(object);
  }
  sortByScore(objects);
  return objects;
}

SceneObject SceneObjects::changed(const ObjectMatch& match, Task task) const {
  const Detection* before =
      match.clean < 0 ? nullptr : &clean_.detections[static_cast<std::size_t>(match.clean)];
  const Detection* after = match.attacked < 0
                               ? nullptr
                               : &attacked_->detections[static_cast<std::size_t>(match.attacked)];
  SceneObject object = after != nullptr
                           ? predicted(*attacked_, attackedOutlines_, match.attacked, match, task)
                           : predicted(clean_, cleanOutlines_, match.clean, match, task);
  object.fill.setAlphaF(object.fill.alphaF() / 2);
  switch (match.change) {
    case ObjectChange::lost:
      object.label = Text::tr("lost: %1").arg(nameOf(before->classId));
      break;
    case ObjectChange::fresh:
      object.label = Text::tr("new: %1").arg(nameOf(after->classId));
      break;
    case ObjectChange::renamed:
      object.label =
          QStringLiteral("%1 \u2192 %2").arg(nameOf(before->classId), nameOf(after->classId));
      break;
    case ObjectChange::moved:
      object.label = Text::tr("moved: %1").arg(nameOf(after->classId));
      object.from = rectOf(before->box);
      break;
    case ObjectChange::same:
    case ObjectChange::unseen:
      object.faint = true;
  }
  if (task == Task::instDepth && before != nullptr && after != nullptr &&
      before->depthMetres >= 0 && after->depthMetres >= 0 &&
      std::abs(static_cast<double>(after->depthMetres - before->depthMetres)) >= kChangedMetres) {
    object.label = QStringLiteral("%1 \u2192 %2")
                       .arg(metresText(static_cast<double>(before->depthMetres)),
                            metresText(static_cast<double>(after->depthMetres)));
    object.faint = false;
  }
  if (object.faint) object.fill = QColor();
  return object;
}

std::vector<SceneObject> SceneObjects::change(Task task) const {
  std::vector<SceneObject> objects;
  if (attacked_ == nullptr || !hasObjects(task)) return objects;
  for (const ObjectMatch& match : matches_) {
    if (match.clean < 0 && match.attacked < 0) continue;
    const int classId =
        match.attacked >= 0
            ? attacked_->detections[static_cast<std::size_t>(match.attacked)].classId
            : clean_.detections[static_cast<std::size_t>(match.clean)].classId;
    if (!hides(classId)) objects.push_back(changed(match, task));
  }
  // What stayed lies below what changed.
  std::stable_sort(objects.begin(), objects.end(), [](const SceneObject& a, const SceneObject& b) {
    return a.faint != b.faint ? b.faint : a.score > b.score;
  });
  return objects;
}

}  // namespace uninet
