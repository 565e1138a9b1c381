#include "ui/views/probe.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "core/data/class_table.h"
#include "core/outputs/auxiliary_maps.h"
#include "ui/document/document.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// What one prediction says about a pixel.
struct Probe {
  Q_DECLARE_TR_FUNCTIONS(uninet::Probe)
 public:
  QString label, depth, object, contour, normal;
};

QString contourText(const cv::Mat& contours, int x, int y) {
  return Probe::tr("contour %1")
      .arg(shownNumber(static_cast<double>(contours.at<float>(y, x)), 'f', 2));
}

/// Empty where there is none.
QString normalText(const cv::Mat& normals, int x, int y) {
  const cv::Vec3f& v = normals.at<cv::Vec3f>(y, x);
  if (v == cv::Vec3f::all(0)) return {};
  // What would be −0.00 is 0.00.
  const auto part = [&v](int i) {
    return shownNumber(std::round(static_cast<double>(v[i]) * 100) / 100 + 0., 'f', 2);
  };
  return Probe::tr("normal (%1; %2; %3)").arg(part(0), part(1), part(2));
}

/// Of the ground truth, which is made of the pixels around.
void addTruth(Probe& found, const Sample& truth, QPointF at) {
  const int x = static_cast<int>(at.x() * truth.image.cols);
  const int y = static_cast<int>(at.y() * truth.image.rows);
  const cv::Rect around = cv::Rect(x - 1, y - 1, 3, 3) & cv::Rect({0, 0}, truth.image.size());
  const int inX = x - around.x, inY = y - around.y;
  if (!truth.trainIds.empty())
    found.contour = contourText(contoursOfLabels(truth.trainIds(around)), inX, inY);
  if (!truth.depthMetres.empty())
    found.normal =
        normalText(normalsOfDepth(truth.depthMetres(around),
                                  truth.pinhole.moved(-around.x, -around.y), *truth.classes),
                   inX, inY);
}

Probe probe(const Prediction& prediction, QPointF at, double threshold) {
  Probe found;
  const int x = static_cast<int>(at.x() * prediction.image.cols);
  const int y = static_cast<int>(at.y() * prediction.image.rows);
  if (!prediction.trainIds.empty()) {
    const auto id = prediction.trainIds.at<std::uint8_t>(y, x);
    if (id < prediction.classes->semantic.size())
      found.label = labelText(prediction.classes->semanticName(id).c_str());
  }
  if (!prediction.depthMetres.empty())
    found.depth = Probe::tr("%1 m").arg(
        shownNumber(static_cast<double>(prediction.depthMetres.at<float>(y, x)), 'f', 1));
  if (!prediction.contours.empty()) found.contour = contourText(prediction.contours, x, y);
  if (!prediction.normals.empty()) found.normal = normalText(prediction.normals, x, y);
  for (const Detection& detection : prediction.detections) {
    if (detection.score < threshold) break;
    const Box& box = detection.box;
    if (x < box.x0 || x >= box.x1 || y < box.y0 || y >= box.y1) continue;
    const std::string& name = prediction.classes->instanceName(detection.classId);
    found.object = QStringLiteral("%1 %2").arg(
        labelText(name.c_str()), shownNumber(static_cast<double>(detection.score), 'f', 2));
    if (detection.depthMetres >= 0)
      found.object += Probe::tr(" at %1 m")
                          .arg(shownNumber(static_cast<double>(detection.depthMetres), 'f', 1));
    break;
  }
  return found;
}

}  // namespace

QString probeText(const Document& document, QPointF at) {
  const auto clean = document.compared();
  if (!clean) return {};
  const double threshold = document.draw().scoreThreshold;
  const Probe before = probe(*clean, at, threshold);
  Probe after;
  const auto attacked = document.attacked();
  if (attacked) after = probe(*attacked, at, threshold);
  Prediction truth;
  truth.image = document.frame().sample.image;
  truth.classes = document.frame().sample.classes;
  truth.trainIds = document.frame().sample.trainIds;
  truth.depthMetres = document.frame().sample.depthMetres;
  Probe known = truth.image.empty() ? Probe{} : probe(truth, at, threshold);
  if (!truth.image.empty() && clean->tasks.auxiliary())
    addTruth(known, document.frame().sample, at);
  QStringList parts{QStringLiteral("%1, %2")
                        .arg(static_cast<int>(at.x() * clean->image.cols))
                        .arg(static_cast<int>(at.y() * clean->image.rows))};
  const auto add = [&](const QString& one, const QString& two, const QString& three) {
    if (one.isEmpty() && two.isEmpty()) return;
    QString text = one.isEmpty() ? QStringLiteral("\u2013") : one;
    if (attacked)
      text += QStringLiteral(" \u2192 ") + (two.isEmpty() ? QStringLiteral("\u2013") : two);
    if (!three.isEmpty()) text += Probe::tr(" (truth: %1)").arg(three);
    parts << text;
  };
  add(before.label, after.label, known.label);
  add(before.depth, after.depth,
      known.depth.startsWith(QLatin1Char('-')) ? QString() : known.depth);
  add(before.object, after.object, {});
  add(before.contour, after.contour, known.contour);
  add(before.normal, after.normal, known.normal);
  return parts.join(QStringLiteral("   \u00b7   "));
}

}  // namespace uninet
