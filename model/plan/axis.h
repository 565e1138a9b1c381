#pragma once

#include <vector>

#include "model/network/ops.h"
#include "model/plan/kernels.h"

namespace uninet::plan {

/// The tables of Axis for a resize of `in` to `out` as ATen does it.
class AxisTable {
 public:
  AxisTable(int in, int out, Resize mode);
  Axis view() const;

 private:
  int in_, out_;
  std::vector<int> low_, high_, start_, from_;
  std::vector<float> weight_, share_;
};

}  // namespace uninet::plan
