#pragma once

#include <set>
#include <string>
#include <vector>

#include <QString>

#include "ui/document/scene.h"
#include "ui/views/object_overlay.h"
#include "ui/views/picture_cache.h"
#include "ui/views/region_editor.h"
#include "ui/views/view_camera.h"

namespace uninet {

/// What is left of a task's metric on this image, in the corner of its attacked panel.
struct Badge {
  bool shown = false;
  double ratio = 0;  ///< NaN: "–"
  QString tip;       ///< the metric in words, or why there is no ratio
};

/// What all panels of a canvas share.
struct CanvasState {
  ViewCamera camera;
  PictureCache pictures;
  RegionEditor region;
  ObjectFocus focus;
  double wipe = 0.5;     ///< place of the divider, a fraction of the panel's width
  bool flicker = false;  ///< the other state is shown
  std::vector<SceneClass> classes;
  std::set<std::string> hidden;
  bool classesOpen = false;
};

}  // namespace uninet
