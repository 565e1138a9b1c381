#pragma once

#include <algorithm>
#include <cstdint>

#include "model/cuda/host_device.h"
#include "model/cuda/stream.h"

/// pasteRegion() (core/outputs/paste.h) of many masks on the card, with equal results: the bilinear
/// resize of OpenCV to the box, and 1 where it is above 0.5. All pointers are the card's. Errors:
/// failure.h.
namespace uninet::cuda {

constexpr int kMaskGrid = 28;

/// Where a mask comes to lie in an image; the visible part is empty where pasteRegion()'s is.
struct PastedBox {
  int left, top, width, height;  ///< what the grid is resized to
  int visibleWidth, visibleHeight;
  std::int64_t offset;  ///< of the visible part in the pixels of all masks

  UNINET_HOST_DEVICE std::int64_t pixels() const {
    return static_cast<std::int64_t>(visibleWidth) * visibleHeight;
  }
};

/// The box x0 … y1 in pixels of the network; `scaleX`, `scaleY` = image size / network size.
/// `offset` is 0: the caller lays the masks one after another.
inline PastedBox pastedBox(float x0, float y0, float x1, float y1, double scaleX, double scaleY,
                           int imageWidth, int imageHeight) {
  const double x = x0 * scaleX, y = y0 * scaleY;
  const double width = x1 * scaleX - x, height = y1 * scaleY - y;
  PastedBox box{};
  box.left = static_cast<int>(x);
  box.top = static_cast<int>(y);
  box.width = static_cast<int>(x + width) - box.left;
  box.height = static_cast<int>(y + height) - box.top;
  if (box.width <= 0 || box.height <= 0 || x < 0 || y < 0) return {};
  box.visibleWidth = std::clamp(imageWidth - box.left, 0, box.width);
  box.visibleHeight = std::clamp(imageHeight - box.top, 0, box.height);
  return box.pixels() > 0 ? box : PastedBox{};
}

struct PasteTask {
  const float* grids = nullptr;      ///< [count, kMaskGrid, kMaskGrid], probabilities
  const PastedBox* boxes = nullptr;  ///< [count]
  int count = 0;
  std::uint8_t* pixels = nullptr;  ///< 0 and 1: at each offset the visible part, row by row
  unsigned* areas = nullptr;       ///< [count]: pixels that are 1
};

/// `most`: pixels of the greatest visible part.
void pasteMasks(const PasteTask& task, std::int64_t most, Stream stream);

}  // namespace uninet::cuda
