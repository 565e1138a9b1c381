#include "model/plan/axis.h"

#include <algorithm>
#include <utility>

namespace uninet::plan {

AxisTable::AxisTable(int in, int out, Resize mode) : in_(in), out_(out) {
  std::vector<std::vector<std::pair<int, float>>> readers(static_cast<std::size_t>(in));
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  for (int o = 0; o < out; ++o) {
    int low = 0, high = 0;
    float weight = 0;
    if (mode == Resize::nearest) {
      low = high = std::min(static_cast<int>(static_cast<float>(o) * scale), in - 1);
    } else {
      const float source = std::max(0.f, (static_cast<float>(o) + 0.5f) * scale - 0.5f);
      low = std::min(static_cast<int>(source), in - 1);
      high = std::min(low + 1, in - 1);
      weight = source - static_cast<float>(low);
    }
    low_.push_back(low);
    high_.push_back(high);
    weight_.push_back(weight);
    readers[static_cast<std::size_t>(low)].emplace_back(o, 1 - weight);
    if (weight != 0) readers[static_cast<std::size_t>(high)].emplace_back(o, weight);
  }
  for (const auto& list : readers) {
    start_.push_back(static_cast<int>(from_.size()));
    for (const auto& [output, share] : list) {
      from_.push_back(output);
      share_.push_back(share);
    }
  }
  start_.push_back(static_cast<int>(from_.size()));
}

Axis AxisTable::view() const {
  return {low_.data(), high_.data(),  weight_.data(), in_,
          out_,        start_.data(), from_.data(),   share_.data()};
}

}  // namespace uninet::plan
