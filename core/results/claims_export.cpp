#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/numbers.h"
#include "core/results/claims.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

std::string number(double value) { return std::isfinite(value) ? fixedText(value, 3) : "\u2013"; }

/// ", by two arithmetics 0.02 apart on 5 images, where it is 0.11 [0.05, 0.17]".
std::string checkText(const ArithmeticCheck& check) {
  if (check.images == 0) return {};
  return ", by two arithmetics " + number(check.spread()) + " apart on " +
         std::to_string(check.images) + " images, where it is " + number(check.here) + " [" +
         number(check.low) + ", " + number(check.high) + "]";
}

}  // namespace

std::string claimsMarkdown(const std::vector<Claim>& claims, const SweepReport& report) {
  std::string text =
      "| | Statement of the paper | Where | On these results | p (Holm) "
      "|\n|---|---|---|---|---:|\n";
  for (std::size_t i = 0; i < claims.size(); ++i)
    text += "| " + std::to_string(i + 1) + " | " + claims[i].statement + " | " + claims[i].where +
            " | **" + verdictText(claims[i].verdict) + "** | " + number(claims[i].corrected) +
            " |\n";
  const auto judged = std::count_if(claims.begin(), claims.end(), [](const Claim& claim) {
    return claim.verdict != Verdict::notMeasured;
  });
  std::size_t checked = 0;
  for (const RunReport& run : report.runs) checked = std::max(checked, run.checkedImages);
  text +=
      "\nThe numbers behind each verdict: " + std::to_string(report.images.size()) + " images, " +
      std::to_string(report.resamples) +
      " bootstrap samples; a comparison is decided where the 95 % interval of its difference "
      "leaves out 0. A statement is decided where its probability of error, corrected for the " +
      std::to_string(judged) + " that were judged (Holm), is at most 0.05; of " +
      std::to_string(report.resamples) + " samples none can be below " +
      number(2.0 / (report.resamples + 1)) + " before.\n";
  text += checked == 0
              ? "\nNo image was attacked by a second arithmetic: what rounding alone does is not "
                "known.\n"
              : "\n" + std::to_string(checked) +
                    " images were attacked by two arithmetics (compiled plan and LibTorch's "
                    "operations, both float32). A comparison is undecided (arithmetic) where its "
                    "difference is smaller than these two lie apart.\n";
  for (std::size_t i = 0; i < claims.size(); ++i) {
    text += "\n" + std::to_string(i + 1) + ". " + claims[i].statement + " **" +
            verdictText(claims[i].verdict) + "**\n";
    for (const Evidence& e : claims[i].evidence)
      text += "   - " + e.text + ": difference " + number(e.difference.value) + " [" +
              number(e.difference.low) + ", " + number(e.difference.high) + "]" +
              checkText(e.difference.check) + ", " + verdictText(e.verdict) + "\n";
    if (claims[i].evidence.empty()) text += "   - the results hold no run for it\n";
  }
  return text;
}

std::string claimsJson(const std::vector<Claim>& claims) {
  Json list = Json::array();
  for (const Claim& claim : claims) {
    Json evidence = Json::array();
    for (const Evidence& e : claim.evidence)
      evidence.push_back({{"text", e.text},
                          {"difference", numberOrNull(e.difference.value)},
                          {"low", numberOrNull(e.difference.low)},
                          {"high", numberOrNull(e.difference.high)},
                          {"checked_images", e.difference.check.images},
                          {"arithmetic_spread", numberOrNull(e.difference.check.spread())},
                          {"verdict", verdictText(e.verdict)}});
    list.push_back({{"statement", claim.statement},
                    {"where", claim.where},
                    {"verdict", verdictText(claim.verdict)},
                    {"p", numberOrNull(claim.p)},
                    {"p_holm", numberOrNull(claim.corrected)},
                    {"evidence", evidence}});
  }
  return list.dump(1) + "\n";
}

}  // namespace uninet
