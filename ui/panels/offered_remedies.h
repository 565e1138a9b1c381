#pragma once

#include <QString>
#include <vector>

#include <nlohmann/json.hpp>

#include "attacks/sweep/experiment.h"

namespace uninet {

/// A remedy of the diagnostics, for a reader, that can be run.
struct OfferedRemedy {
  Remedy remedy;
  QString text;            ///< "Run again with Step rule: halved where they stop helping (APGD)"
  QString help;            ///< what changes
  nlohmann::json options;  ///< those of the run with the one changed, every value
};

/// Those of a run whose attack and option are known and that change something.
std::vector<OfferedRemedy> offeredRemedies(const Experiment& experiment);

}  // namespace uninet
