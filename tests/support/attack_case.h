#pragma once

#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "attacks/registry/small_case.h"
#include "core/data/class_table.h"
#include "support/small_engine.h"

namespace uninet {

/// Bit for bit.
inline bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace uninet
