#pragma once

#include <array>
#include <cstddef>

#include <QImage>

#include "core/outputs/palette.h"
#include "core/outputs/prediction.h"

namespace uninet {

/// Columns of the window: the input image, then the tasks in the order of tasks().
inline constexpr std::size_t kPanels = 6;

/// What the panels of one row show; a null image: not predicted by this network.
using PanelImages = std::array<QImage, kPanels>;

/// Deep copy of an RGB CV_8UC3 image.
QImage toQImage(const cv::Mat& rgb);

/// Any thread.
PanelImages renderPanels(const Prediction& prediction, const DrawOptions& draw);

}  // namespace uninet
