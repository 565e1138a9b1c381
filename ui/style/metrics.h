#pragma once

namespace uninet::metrics {

// Device-independent pixels throughout.

/// The grid: gaps and margins are multiples of it or its half.
inline constexpr int kUnit = 8;
inline constexpr int kHalf = 4;
/// Between controls that belong together, beside the contents of a panel, between sections.
inline constexpr int kGap = 8;
inline constexpr int kMargin = 12;
inline constexpr int kSection = 16;

inline constexpr int kRadius = 6;       ///< fields, buttons, panels
inline constexpr int kSmallRadius = 4;  ///< chips over pictures, badges, swatches
inline constexpr int kFocusRing = 2;

inline constexpr int kIcon = 16;
inline constexpr int kSwatch = 10;  ///< side of the square that names a run's colour

inline constexpr int kStripWidth = 96;         ///< film strip
inline constexpr int kAttackPanelWidth = 300;  ///< at most
inline constexpr int kDrawerHeight = 260;      ///< of opened results, at least
inline constexpr int kToolBarHeight = 46;
inline constexpr int kTimelineHeight = 40;
inline constexpr int kStatusHeight = 24;
inline constexpr int kScrollBar = 10;
inline constexpr int kLabelColumn = 92;  ///< labels of the attack panel, so that fields align
inline constexpr int kPanelGap = 8;      ///< between the pictures of the canvas

/// Type scale. A title is semi-bold; numbers in columns are drawn by drawTabular().
inline constexpr int kTitleText = 14;
inline constexpr int kBodyText = 13;
inline constexpr int kSmallText = 11;

/// What changes with the density.
enum class Density { comfortable, compact };
struct Heights {
  int field;   ///< buttons, combo boxes, spin boxes
  int row;     ///< of tables and lists
  int gap;     ///< between the rows of a form
  int header;  ///< of tables
};
constexpr Heights heights(Density density) {
  return density == Density::compact ? Heights{24, 22, 4, 22} : Heights{28, 30, 8, 26};
}

}  // namespace uninet::metrics
