#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "model/networks/open_options.h"

namespace uninet {

/// What writeScreens() shows.
struct ScreensRequest {
  std::filesystem::path out;         ///< folder of the pictures
  std::filesystem::path checkpoint;  ///< attacked on its first scene of the built-in world
  OpenOptions opening;
  std::string language = "en";    ///< of the window: "en", "de", …
  std::filesystem::path results;  ///< of a sweep, for the tabs of a split; empty: they stay empty
};

/// Pictures of the window for the eye of a designer: at 1280×800, 1600×1000 and 2560×1440, light
/// and dark, before and after an attack, and each tab, as SIZE-THEME-LANGUAGE-clean.png,
/// -attacked.png and -tab-1.png … (with "@2x" after the size if QT_SCALE_FACTOR is 2). Needs no
/// application object and no display. `tell` gets a line a stage. Throws Error.
void writeScreens(const ScreensRequest& request,
                  const std::function<void(const std::string&)>& tell);

}  // namespace uninet
