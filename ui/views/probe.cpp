#include "ui/views/probe.h"

#include <QCoreApplication>
#include <QStringList>

#include "core/data/class_table.h"
#include "ui/document/document.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// What one prediction says about a pixel.
struct Probe {
  Q_DECLARE_TR_FUNCTIONS(uninet::Probe)
 public:
  QString label, depth, object;
};

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
  const Probe known = truth.image.empty() ? Probe{} : probe(truth, at, threshold);
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
  return parts.join(QStringLiteral("   \u00b7   "));
}

}  // namespace uninet
