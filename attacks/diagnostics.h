#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "attacks/attack.h"

namespace uninet {

/// Whether an attack can be trusted: what is read before its numbers are believed.
struct Diagnostics {
  double smallestGradient = -1;  ///< greatest |entry| of the flattest iterate; −1: none was taken
  double zeroShare = 0;          ///< greatest share of gradient entries that are exactly 0
  double saturated = -1;         ///< share of values at ±epsilon (l∞); −1: no such ball
  std::map<std::string, std::pair<double, double>> losses;  ///< LossInfo::key → clean, attacked
  std::map<std::string, bool> survivesPng;  ///< task key → same output after a PNG
  std::vector<std::string> warnings;        ///< one sentence each
};

/// `reread` is what the network makes of the attacked image after it was written as PNG and read.
Diagnostics diagnose(const AttackInfo& attack, const Options& options, const cv::Mat& cleanImage,
                     const AttackResult& result, const Engine::Evaluated& clean,
                     const Engine::Evaluated& attacked, const Prediction& reread);

/// "gradient ok · saturated 93 % · survives PNG: OD SS IS D ID · …": one line for a terminal.
std::string diagnosticsLine(const Diagnostics& diagnostics);
nlohmann::json diagnosticsJson(const Diagnostics& diagnostics);

/// Whether two predictions hold the same output of a task, bit for bit.
bool sameOutput(Task task, const Prediction& a, const Prediction& b);

}  // namespace uninet
