#include "ui/document/scene.h"

#include <QCoreApplication>
#include <array>
#include <opencv2/imgproc.hpp>

#include "attacks/engine/attack.h"
#include "core/outputs/auxiliary_maps.h"
#include "ui/document/scene_objects.h"
#include "ui/document/scene_pictures.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(uninet::Scene)
};

bool isAuxiliary(Task task) { return task == Task::semCont || task == Task::surNor; }

bool isDepth(Task task) { return task == Task::depth || task == Task::instDepth; }

SceneLegend legendOf(Task task) {
  return task == Task::segment ? SceneLegend::classes
         : isDepth(task)       ? SceneLegend::depth
                               : SceneLegend::none;
}

/// A panel of objects over an image.
PanelContent objectsOver(const QImage& picture, std::vector<SceneObject> objects, Task task,
                         bool labels, double farthest) {
  PanelContent content;
  content.picture = picture;
  content.objects = std::move(objects);
  content.boxes = task != Task::instSeg;
  content.labels = labels;
  content.legend = legendOf(task);
  content.farthestMetres = farthest;
  return content;
}

PanelContent pictureOnly(const cv::Mat& picture) {
  PanelContent content;
  content.picture = toQImage(picture);
  return content;
}

PanelContent empty(const QString& why) {
  PanelContent content;
  content.emptyText = why;
  return content;
}

RowContent predictionRow(const Prediction& prediction, const SceneObjects& objects, Row row,
                         const DrawOptions& draw, const std::set<std::string>& hidden) {
  RowContent content;
  content[0] = pictureOnly(prediction.image);
  const double farthest = prediction.classes->farthestMetres;
  const QImage background = toQImage(dimmed(prediction.image));
  for (std::size_t i = 0; i < allTasks().size(); ++i) {
    const Task task = allTasks()[i].task;
    PanelContent& panel = content[i + 1];
    if (!prediction.tasks.has(task)) {
      panel = empty(prediction.tasks.empty() ? Text::tr("Open a checkpoint to see this output")
                                             : Text::tr("This network does not predict it"));
    } else if (task == Task::segment) {
      panel = pictureOnly(
          labelPicture(prediction.trainIds, prediction.image, *prediction.classes, hidden));
    } else if (task == Task::depth) {
      panel = pictureOnly(colourisePredictedDepth(prediction.depthMetres, farthest));
    } else if (isAuxiliary(task)) {
      panel = pictureOnly(drawTask(task, prediction));
    } else {
      panel =
          objectsOver(background, row == Row::clean ? objects.clean(task) : objects.attacked(task),
                      task, draw.labels && task != Task::instSeg, farthest);
    }
    panel.legend = legendOf(task);
    panel.farthestMetres = farthest;
  }
  return content;
}

PanelContent magnitudePanel(const SceneChange& change) {
  if (change.magnitude.empty()) return empty(change.why);
  cv::Mat grey;
  cv::cvtColor(change.magnitude, grey, cv::COLOR_GRAY2RGB);
  PanelContent panel = pictureOnly(grey);
  panel.note = change.note;
  return panel;
}

PanelContent perturbationPanel(const Prediction& clean, const Prediction& attacked) {
  const int factor = changeFactor(clean.image, attacked.image);
  PanelContent panel = pictureOnly(amplifiedChange(clean.image, attacked.image, factor));
  panel.note = QStringLiteral("\u00d7%1").arg(factor);
  return panel;
}

RowContent changeRow(const Prediction& clean, const Prediction& attacked,
                     const SceneObjects& objects, const SceneChange* change) {
  RowContent content;
  content[0] = change != nullptr ? magnitudePanel(*change) : perturbationPanel(clean, attacked);
  const double farthest = clean.classes->farthestMetres;
  const QImage background = toQImage(dimmed(attacked.image));
  for (std::size_t i = 0; i < allTasks().size(); ++i) {
    const Task task = allTasks()[i].task;
    PanelContent& panel = content[i + 1];
    if (!clean.tasks.has(task) || !attacked.tasks.has(task)) {
      panel = empty(Text::tr("This network does not predict it"));
    } else if (task == Task::segment) {
      panel = pictureOnly(
          labelChange(clean.trainIds, attacked.trainIds, attacked.image, *clean.classes));
      const int differ = cv::countNonZero(clean.trainIds != attacked.trainIds);
      panel.note = QStringLiteral("%1\u202f%")
                       .arg(shownNumber(
                           100.0 * differ / static_cast<double>(clean.trainIds.total()), 'f', 1));
    } else if (task == Task::depth) {
      const double range = depthChangeRange(clean.depthMetres, attacked.depthMetres, farthest);
      panel = pictureOnly(depthChange(clean.depthMetres, attacked.depthMetres, range));
      panel.legend = SceneLegend::depthChange;
      panel.farthestMetres = range;
    } else if (task == Task::semCont) {
      const double range = depthChangeRange(clean.contours, attacked.contours, 1);
      panel = pictureOnly(depthChange(clean.contours, attacked.contours, range));
      panel.note = QStringLiteral("\u00b1%1").arg(shownNumber(range));
    } else if (task == Task::surNor) {
      const cv::Mat angles = anglesBetween(clean.normals, attacked.normals);
      const double range = angleRange(angles);
      panel = pictureOnly(anglePicture(angles, range));
      panel.note = QStringLiteral("0\u2013%1\u00b0").arg(shownNumber(range));
    } else {
      panel = objectsOver(background, objects.change(task), task, true, farthest);
      panel.legend = SceneLegend::none;
    }
  }
  return content;
}

RowContent truthRow(const Prediction& clean, const Sample& truth, TaskSet auxiliary,
                    const SceneObjects& objects, const std::set<std::string>& hidden) {
  RowContent content;
  content[0] = pictureOnly(clean.image);
  QStringList notes;
  for (const std::string& note : truth.notes) notes << QString::fromStdString(note);
  const QString why = notes.isEmpty() ? Text::tr("No ground truth") : notes.join(QLatin1Char('\n'));
  const double farthest = truth.classes->farthestMetres;
  const QImage background = toQImage(dimmed(clean.image));
  for (std::size_t i = 0; i < allTasks().size(); ++i) {
    const Task task = allTasks()[i].task;
    PanelContent& panel = content[i + 1];
    if (task == Task::segment) {
      panel = truth.trainIds.empty()
                  ? empty(why)
                  : pictureOnly(labelPicture(truth.trainIds, clean.image, *truth.classes, hidden));
    } else if (task == Task::depth) {
      panel = truth.depthMetres.empty() ? empty(why)
                                        : pictureOnly(colouriseDepth(truth.depthMetres, farthest));
    } else if (isAuxiliary(task)) {
      const cv::Mat& from = task == Task::semCont ? truth.trainIds : truth.depthMetres;
      if (!auxiliary.has(task) || from.empty())
        panel = empty(why);
      else if (task == Task::semCont)
        panel = pictureOnly(colouriseContours(contoursOfLabels(from)));
      else
        panel = pictureOnly(colouriseNormals(normalsOfDepth(from, truth.pinhole, *truth.classes)));
    } else if (!truth.hasInstances || (task == Task::instDepth && truth.depthMetres.empty())) {
      panel = empty(why);
    } else {
      panel = objectsOver(background, objects.truth(task), task, task != Task::instSeg, farthest);
    }
    panel.legend = legendOf(task);
    panel.farthestMetres = farthest;
  }
  return content;
}

/// Over the clean row: the pixels that are to be hidden, the map that is aimed at.
RowContent targetRow(RowContent content, const Prediction& clean, const AttackTarget& target,
                     const std::set<std::string>& hidden) {
  cv::Mat image = clean.image.clone();
  image.setTo(cv::Scalar(230, 40, 40), target.mask);
  cv::addWeighted(image, 0.6, clean.image, 0.4, 0, image);
  content[0].picture = toQImage(image);
  for (std::size_t i = 0; i < tasks().size(); ++i) {
    const Task task = tasks()[i].task;
    if (task == Task::segment && !target.trainIds.empty())
      content[i + 1].picture =
          toQImage(labelPicture(target.trainIds, clean.image, *clean.classes, hidden));
    if (task == Task::depth && !target.depthMetres.empty())
      content[i + 1].picture =
          toQImage(colourisePredictedDepth(target.depthMetres, clean.classes->farthestMetres));
  }
  return content;
}

std::vector<SceneClass> classesIn(const Prediction& clean, const Prediction* attacked,
                                  const Sample* truth) {
  std::array<bool, 256> occurs{};
  for (const cv::Mat* map : {&clean.trainIds, attacked != nullptr ? &attacked->trainIds : nullptr,
                             truth != nullptr ? &truth->trainIds : nullptr})
    if (map != nullptr)
      for (int y = 0; y < map->rows; ++y)
        for (int x = 0; x < map->cols; ++x) occurs[map->at<std::uint8_t>(y, x)] = true;
  std::vector<SceneClass> classes;
  for (std::size_t i = 0; i < clean.classes->semantic.size(); ++i) {
    const SemanticClass& semantic = clean.classes->semantic[i];
    const cv::Vec3b& rgb = semantic.colour;
    if (occurs[i])
      classes.push_back(
          {semantic.name, labelText(semantic.name.c_str()), QColor(rgb[0], rgb[1], rgb[2])});
  }
  return classes;
}

}  // namespace

QImage toQImage(const cv::Mat& rgb) {
  if (rgb.empty()) return {};
  return QImage(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step),
                QImage::Format_RGB888)
      .convertToFormat(QImage::Format_RGB32);
}

QString panelTitle(std::size_t panel) {
  if (panel == 0) return Text::tr("Image");
  const TaskInfo& info = allTasks()[panel - 1];
  switch (info.task) {
    case Task::segment:
      return Text::tr("Segmentation");
    case Task::instSeg:
      return Text::tr("Instances");
    default:
      return labelText(info.title);
  }
}

QString rowTitle(Row row) {
  switch (row) {
    case Row::clean:
      return Text::tr("clean");
    case Row::attacked:
      return Text::tr("attacked");
    case Row::change:
      return Text::tr("change");
    case Row::truth:
      break;
  }
  return Text::tr("truth");
}

Scene renderScene(const Prediction& clean, const Prediction* attacked, const Sample& truth,
                  const AttackTarget* target, const DrawOptions& draw,
                  const std::set<std::string>& hidden, const SceneChange* change) {
  Scene scene;
  if (clean.image.empty()) return scene;
  const Prediction* after = target != nullptr ? nullptr : attacked;
  // Without a network the image has its own size, and its labels mean nothing yet.
  const bool known = truth.image.size() == clean.image.size() &&
                     (!truth.trainIds.empty() || !truth.depthMetres.empty() || truth.hasInstances);
  const Sample* sample = known ? &truth : nullptr;
  const SceneObjects objects(clean, after, known && truth.hasInstances ? &truth : nullptr, draw,
                             hidden);
  scene.matches = objects.matches();
  scene.classes = classesIn(clean, after, sample);
  for (const TaskInfo& info : auxiliaryTasks())
    if (clean.tasks.has(info.task) || (after != nullptr && after->tasks.has(info.task)))
      scene.auxiliary.add(info.task);
  const auto put = [&](Row row, RowContent content) {
    scene.rows[static_cast<std::size_t>(row)] = std::move(content);
    scene.there[static_cast<std::size_t>(row)] = true;
  };
  put(Row::clean, predictionRow(clean, objects, Row::clean, draw, hidden));
  if (after != nullptr) {
    put(Row::attacked, predictionRow(*after, objects, Row::attacked, draw, hidden));
    put(Row::change, changeRow(clean, *after, objects, change));
  } else if (target != nullptr) {
    put(Row::attacked, targetRow(scene.rows[0], clean, *target, hidden));
    scene.target = true;
  }
  if (sample != nullptr)
    put(Row::truth, truthRow(clean, *sample, scene.auxiliary, objects, hidden));
  return scene;
}

}  // namespace uninet
