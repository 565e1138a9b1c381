#pragma once

#include <QColor>

namespace uninet::canvas {

// Sizes in logical pixels. What lies on a picture has the same colours in light and dark: the
// picture is its background, not the window.
inline constexpr int kGap = 4;                         ///< between panels
inline constexpr int kStripWidth = 184;                ///< of the small panels in Focus, at most
inline constexpr double kLine = 1.5, kStrongLine = 3;  ///< of outlines; selected and hovered ones
inline constexpr int kDot = 7;                         ///< where a label is folded
inline constexpr int kInset = 6;                       ///< of chips from the panel's edge
inline constexpr int kChipPadX = 6, kChipPadY = 2;
inline constexpr double kRadius = 3;
inline constexpr int kHandle = 8, kReach = 7;  ///< of region corners; how near a grab has to be
inline constexpr int kGrip = 22;               ///< of the divider's handle
inline constexpr int kLegendWidth = 200, kLegendBar = 8;
inline constexpr int kSwatch = 9;
inline constexpr int kOpenLegend = 560;   ///< panels of this width show the classes without asking
inline constexpr int kLegendLeast = 220;  ///< panels below this width have no legend

inline const QColor kChip{14, 18, 24, 190};  ///< behind text on a picture
inline const QColor kInk{255, 255, 255};
inline const QColor kQuietInk{206, 212, 220};
inline const QColor kHalo{0, 0, 0, 130};  ///< around lines on a picture
inline const QColor kVeil{0, 0, 0, 90};   ///< outside of a region

}  // namespace uninet::canvas
