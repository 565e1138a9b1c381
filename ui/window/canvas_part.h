#pragma once

#include <array>
#include <functional>
#include <string>

#include <QObject>

#include "core/data/tasks.h"
#include "core/outputs/object_matches.h"

class QAction;
class QActionGroup;

namespace uninet {

class AttackPanel;
class Canvas;
class Document;
class ObjectsPanel;
class Timeline;

/// What the canvas, the timeline and the objects show of the document, and what a person does
/// there. Rows, layouts and regions can be undone.
class CanvasPart : public QObject {
  Q_OBJECT
 public:
  CanvasPart(Document& document, Canvas& canvas, Timeline& timeline, ObjectsPanel& objects,
             AttackPanel& attack, QObject* parent);

  /// "clean", "attacked", "change", "truth": switch rows on and off.
  const std::array<QAction*, 4>& rowActions() const { return rows_; }
  /// Grid, Focus, Wipe.
  const std::array<QAction*, 3>& layoutActions() const { return layouts_; }
  /// The change of the image is the gradient of the objective.
  QAction* gradientAction() const { return gradient_; }
  /// The change of the image is that of the feature map that was chosen last.
  QAction* levelAction() const { return levelAction_; }
  void setLayout(int layout);
  /// The change of this feature map, as the change of the image, large.
  void showLevel(const std::string& level);
  /// Makes this task's panel the large one.
  void showTask(Task task);
  /// Zooms to an object of the ground truth, by its place in Sample::instances.
  void zoomToInstance(int instance);
  /// Sets rows, layout and camera to those of the session.
  void readView();

 Q_SIGNALS:
  /// An object is to be attacked alone.
  void attackRequested();

 private:
  void updateScene();
  void updateCaptions();
  void updateBadges();
  void updateTimeline();
  void updateObjects();
  void updateEmptyTexts();
  void keepView();
  void setLevel(const std::string& level);
  void changeView(const QString& what, const std::function<void()>& change);
  /// Of the scene; nullptr: it is not there any more.
  const ObjectRow* object(int number) const;
  /// Where it is, in network pixels.
  static Box boxOf(const ObjectRow& row);
  void attackObject(int number);
  void zoomToObject(int number);
  void showMenu(int number, const QPoint& at);

  Document& document_;
  Canvas& canvas_;
  Timeline& timeline_;
  ObjectsPanel& objects_;
  AttackPanel& attack_;
  std::array<QAction*, 4> rows_;
  std::array<QAction*, 3> layouts_;
  QAction *gradient_, *levelAction_;
  std::string level_ = "E2";  ///< chosen last
  bool reading_ = false;      ///< the canvas is being set to what the session holds
};

}  // namespace uninet
