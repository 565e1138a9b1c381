#pragma once

#include <string>
#include <vector>

#include "core/results/sweep_report.h"

namespace uninet {

enum class Verdict {
  holds,
  doesNotHold,
  undecided,            ///< at this sample size
  undecidedArithmetic,  ///< two arithmetics lie further apart than what is compared
  notMeasured
};
const char* verdictText(Verdict verdict);

/// One comparison that a claim rests on: `difference` should be positive.
struct Evidence {
  std::string text;     ///< "OD: geometric 0.76 > semantic 0.64"
  Estimate difference;  ///< paired over the bootstrap samples
  Verdict verdict = Verdict::notMeasured;
};

/// A statement of the paper and what the results say of it. It holds if every comparison does; it
/// does not if one is contradicted; a comparison is decided if the 95 % interval of its difference
/// leaves out 0, and it is greater than what two arithmetics make of it on the checked images. What
/// is decided also stands the correction for the number of claims judged (Holm).
struct Claim {
  std::string statement, where;  ///< and the section or figure in which it is made
  std::vector<Evidence> evidence;
  Verdict verdict = Verdict::notMeasured;
  /// Probability of error of the verdict, from the resamples: by itself, and corrected; 1:
  /// undecided, NaN: not measured.
  double p = Estimate::kNone, corrected = Estimate::kNone;
};

/// Every claim, in the order of the paper; those without the runs that they need are notMeasured.
std::vector<Claim> judgeClaims(const SweepReport& report);
std::string claimsMarkdown(const std::vector<Claim>& claims, const SweepReport& report);
std::string claimsJson(const std::vector<Claim>& claims);

}  // namespace uninet
