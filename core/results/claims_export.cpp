#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/results/side_by_side.h"

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

std::size_t judgedOf(const std::vector<Claim>& claims) {
  return static_cast<std::size_t>(
      std::count_if(claims.begin(), claims.end(),
                    [](const Claim& claim) { return claim.verdict != Verdict::notMeasured; }));
}

/// The comparisons of a claim, one an indented line.
std::string evidenceText(const Claim& claim, const std::string& indent) {
  std::string text;
  for (const Evidence& e : claim.evidence)
    text += indent + "- " + e.text + ": difference " + number(e.difference.value) + " [" +
            number(e.difference.low) + ", " + number(e.difference.high) + "]" +
            checkText(e.difference.check) + ", " + verdictText(e.verdict) + "\n";
  if (claim.evidence.empty()) text += indent + "- the results hold no run for it\n";
  return text;
}

std::size_t checkedImagesOf(const SweepReport& report) {
  std::size_t checked = 0;
  for (const RunReport& run : report.runs) checked = std::max(checked, run.checkedImages);
  return checked;
}

/// What a verdict rests on.
std::string basisText(std::size_t images, int resamples, std::size_t judged) {
  return std::to_string(images) + " images, " + std::to_string(resamples) +
         " bootstrap samples; a comparison is decided where the 95 % interval of its difference "
         "leaves out 0. A statement is decided where its probability of error, corrected for the " +
         std::to_string(judged) + " that were judged (Holm), is at most 0.05; of " +
         std::to_string(resamples) + " samples none can be below " + number(2.0 / (resamples + 1)) +
         " before.\n";
}

std::string arithmeticText(std::size_t checked) {
  return checked == 0
             ? "No image was attacked by a second arithmetic: what rounding alone does is not "
               "known.\n"
             : std::to_string(checked) +
                   " images were attacked by two arithmetics (compiled plan and LibTorch's "
                   "operations, both float32). A comparison is undecided (arithmetic) where its "
                   "difference is smaller than these two lie apart.\n";
}

/// Verdict, probabilities and comparisons.
Json judgementJson(const Claim& claim) {
  Json evidence = Json::array();
  for (const Evidence& e : claim.evidence)
    evidence.push_back({{"text", e.text},
                        {"difference", numberOrNull(e.difference.value)},
                        {"low", numberOrNull(e.difference.low)},
                        {"high", numberOrNull(e.difference.high)},
                        {"checked_images", e.difference.check.images},
                        {"arithmetic_spread", numberOrNull(e.difference.check.spread())},
                        {"verdict", verdictText(e.verdict)}});
  return {{"verdict", verdictText(claim.verdict)},
          {"p", numberOrNull(claim.p)},
          {"p_holm", numberOrNull(claim.corrected)},
          {"evidence", evidence}};
}

constexpr const char* kReminder =
    "Each column rests on one trained network. That networks agree or differ is no proof about "
    "their "
    "architectures: with one training seed of each, other trainings of the same architecture may "
    "differ as much.";

}  // namespace

std::string claimsMarkdown(const std::vector<Claim>& claims, const SweepReport& report) {
  std::string text =
      "| | Statement of the paper | Where | On these results | p (Holm) "
      "|\n|---|---|---|---|---:|\n";
  for (std::size_t i = 0; i < claims.size(); ++i)
    text += "| " + std::to_string(i + 1) + " | " + claims[i].statement + " | " + claims[i].where +
            " | **" + verdictText(claims[i].verdict) + "** | " + number(claims[i].corrected) +
            " |\n";
  text += "\nThe numbers behind each verdict: " +
          basisText(report.images.size(), report.resamples, judgedOf(claims)) + "\n" +
          arithmeticText(checkedImagesOf(report));
  for (std::size_t i = 0; i < claims.size(); ++i)
    text += "\n" + std::to_string(i + 1) + ". " + claims[i].statement + " **" +
            verdictText(claims[i].verdict) + "**\n" + evidenceText(claims[i], "   ");
  return text;
}

std::string claimsJson(const std::vector<Claim>& claims) {
  Json list = Json::array();
  for (const Claim& claim : claims) {
    Json one = judgementJson(claim);
    one["statement"] = claim.statement;
    one["where"] = claim.where;
    list.push_back(std::move(one));
  }
  return list.dump(1) + "\n";
}

Agreement agreementOf(const std::vector<Verdict>& verdicts) {
  const auto any = [&](Verdict verdict) {
    return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
  };
  if (any(Verdict::notMeasured)) return Agreement::notMeasured;
  if (any(Verdict::undecided) || any(Verdict::undecidedArithmetic)) return Agreement::undecided;
  return any(Verdict::holds) && any(Verdict::doesNotHold) ? Agreement::no : Agreement::yes;
}

const char* agreementText(Agreement agreement) {
  switch (agreement) {
    case Agreement::yes:
      return "yes";
    case Agreement::no:
      return "no";
    case Agreement::undecided:
      return "undecided";
    case Agreement::notMeasured:
      return "\u2013";
  }
  return "";
}

Agreement agreementOn(const std::vector<NetworkClaims>& networks, std::size_t claim) {
  std::vector<Verdict> verdicts;
  for (const NetworkClaims& network : networks) verdicts.push_back(network.claims[claim].verdict);
  return agreementOf(verdicts);
}

std::vector<NetworkClaims> judgeClaims(const SideBySide& side) {
  std::vector<NetworkClaims> all;
  for (const NetworkResults& network : side.networks)
    all.push_back({network.name, judgeClaims(network.report), network.report.images.size(),
                   checkedImagesOf(network.report), network.report.resamples});
  return all;
}

std::string claimsMarkdown(const std::vector<NetworkClaims>& networks,
                           const std::vector<std::string>& remarks) {
  std::string text = std::string(kReminder) + "\n\n";
  if (!remarks.empty()) text += "What differs beside the network, and what is left out:\n\n";
  for (const std::string& remark : remarks) text += "- " + markdownText(remark) + "\n";
  if (!remarks.empty()) text += "\n";
  const char* same = networks.size() == 2 ? "same for both" : "same for all";
  text += "| | Statement of the paper | Where |";
  for (const NetworkClaims& network : networks) text += " " + markdownText(network.name) + " |";
  text += concat(" ", same, " |\n|---|---|---|");
  for (std::size_t n = 0; n <= networks.size(); ++n) text += "---|";
  text += "\n";
  const std::vector<Claim>& statements = networks[0].claims;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    text += concat("| ", i + 1, " | ", statements[i].statement, " | ", statements[i].where, " |");
    for (const NetworkClaims& network : networks) {
      const Claim& claim = network.claims[i];
      text +=
          claim.verdict == Verdict::notMeasured
              ? " \u2013 |"
              : concat(" **", verdictText(claim.verdict), "**, p ", number(claim.corrected), " |");
    }
    text += concat(" ", agreementText(agreementOn(networks, i)), " |\n");
  }
  text +=
      "\np: probability of error of the verdict, corrected for the statements that were judged of "
      "the same network (Holm). The same: all hold, or none does, and no verdict is undecided.\n"
      "\nThe numbers behind each verdict:\n\n";
  for (const NetworkClaims& network : networks)
    text += "- " + markdownText(network.name) + ": " +
            basisText(network.images, network.resamples, judgedOf(network.claims)) + "  " +
            arithmeticText(network.checkedImages);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    text += concat("\n", i + 1, ". ", statements[i].statement, " ", same, ": **",
                   agreementText(agreementOn(networks, i)), "**\n");
    for (const NetworkClaims& network : networks)
      text += concat("   - ", markdownText(network.name), ": **",
                     verdictText(network.claims[i].verdict), "**\n",
                     evidenceText(network.claims[i], "     "));
  }
  return text;
}

std::string claimsJson(const std::vector<NetworkClaims>& networks,
                       const std::vector<std::string>& remarks) {
  Json list = Json::array();
  for (std::size_t i = 0; i < networks[0].claims.size(); ++i) {
    Json judged = Json::array();
    for (const NetworkClaims& network : networks) {
      judged.push_back(judgementJson(network.claims[i]));
      judged.back()["network"] = network.name;
    }
    const Agreement agreement = agreementOn(networks, i);
    list.push_back(
        {{"statement", networks[0].claims[i].statement},
         {"where", networks[0].claims[i].where},
         {"networks", judged},
         {"same",
          agreement == Agreement::notMeasured ? Json(nullptr) : Json(agreementText(agreement))}});
  }
  return Json{{"remarks", remarks}, {"reminder", kReminder}, {"claims", list}}.dump(1) + "\n";
}

}  // namespace uninet
