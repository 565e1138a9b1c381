#pragma once

#include <string>
#include <vector>

#include "attacks/attack.h"

namespace uninet {

/// How the input gradients of the losses lie to each other at one image (attacks §8). Square
/// matrices in the order of `losses`; NaN where a loss has no target or its gradient is 0.
struct GradientMatrix {
  std::vector<std::string> losses;  ///< LossInfo::key, all seven
  std::vector<double> norms;        ///< l2, loss per 8-bit pixel value
  std::vector<std::vector<double>> cosine;
  std::vector<std::vector<double>> signAgreement;  ///< share of entries where both are not 0
  std::vector<std::vector<double>> normRatio;      ///< row / column
};
/// `image` at network size takes the place of the sample's; targets are those of the input.
GradientMatrix gradientMatrix(const AttackInput& input, const cv::Mat& image);

}  // namespace uninet
