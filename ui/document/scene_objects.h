#pragma once

#include <set>
#include <string>
#include <vector>

#include "ui/document/scene.h"

namespace uninet {

/// The objects of one image for the panels of a scene: clean, attacked and ground truth, with the
/// outlines of their masks made once.
class SceneObjects {
 public:
  SceneObjects(const Prediction& clean, const Prediction* attacked, const Sample* truth,
               const DrawOptions& draw, const std::set<std::string>& hidden);

  const std::vector<ObjectMatch>& matches() const { return matches_; }
  /// Of the panel of `task`, best score first; empty for tasks without objects.
  std::vector<SceneObject> clean(Task task) const;
  std::vector<SceneObject> attacked(Task task) const;
  std::vector<SceneObject> truth(Task task) const;
  /// What the attack did to each.
  std::vector<SceneObject> change(Task task) const;

 private:
  using Outlines = std::vector<std::vector<QPolygonF>>;  ///< by index of the detection or instance
  bool hides(int classId) const;
  QString nameOf(int classId) const;
  SceneObject predicted(const Prediction& prediction, const Outlines& outlines, int index,
                        const ObjectMatch& match, Task task) const;
  SceneObject changed(const ObjectMatch& match, Task task) const;

  const Prediction& clean_;
  const Prediction* attacked_;
  const Sample* truth_;
  const DrawOptions& draw_;
  const std::set<std::string>& hidden_;
  std::vector<ObjectMatch> matches_;
  Outlines cleanOutlines_, attackedOutlines_, truthOutlines_;
};

}  // namespace uninet
