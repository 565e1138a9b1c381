#pragma once

#include <limits>
#include <map>
#include <string>

namespace uninet {

/// A number as the paper prints it.
struct Published {
  double value = std::numeric_limits<double>::quiet_NaN();
  int digits = 0;                                            ///< after the point
  double spread = std::numeric_limits<double>::quiet_NaN();  ///< what stands behind ±; NaN: nothing

  std::string text() const;  ///< "73.85 ± 0.15"
  /// Whether a number of ours, rounded as the paper does, is another.
  bool differsFrom(double ours) const;
};

/// Column key (core/results/system_table.h) → number.
using PublishedRow = std::map<std::string, Published>;

/// Row of a system (model/networks/paper_systems.h) in Table 1 of the paper, for the data set of
/// the class table "cityscapes" or "nyuv2"; empty: there is none. FPS and joules are those of an
/// RTX 2080 Ti. RMSE on NYUv2 is 80 times that in metres (metrics §4).
PublishedRow publishedTable1(const std::string& system, const std::string& classes);
/// The same in Table 2, with the names of two of its rows exchanged: the paper calls the one of
/// segmentation "SS (mAP m)" and that of instances "IS (mIoU)", but its first one repeats the mIoU
/// of Table 1 (74.49 for SS+D) and its second one lies where mask AP does.
PublishedRow publishedTable2(const std::string& system);

}  // namespace uninet
