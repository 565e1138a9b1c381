#pragma once

#include <QtTest>
#include <nlohmann/json.hpp>

#include "attacks/registry/contract.h"
#include "attacks/registry/registry.h"
#include "attacks/registry/small_case.h"
#include "core/data/class_table.h"
#include "support/small_engine.h"

namespace uninet {

/// Bit for bit.
inline bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

/// Every rule for every attack, as columns "key" and "rule" (its number).
inline void addContractRows() {
  QTest::addColumn<QString>("key");
  QTest::addColumn<int>("rule");
  for (const AttackInfo& info : attacks())
    for (std::size_t i = 0; i < contractRules().size(); ++i)
      QTest::addRow("%s %s", info.key, contractRules()[i].key)
          << QString(info.key) << static_cast<int>(i);
}

}  // namespace uninet
