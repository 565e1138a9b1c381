#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>
#include <nlohmann/json_fwd.hpp>

#include "core/metrics/metrics.h"
#include "model/losses/losses.h"
#include "model/network/network_spec.h"

namespace uninet {

/// Rows of a CSV file of a training run that outlive a stop: those of images beyond the state are
/// dropped.
class TrainTable {
 public:
  TrainTable(std::filesystem::path file, std::string header, std::int64_t images);
  void add(const std::string& row) { text_ += row + "\n"; }
  void write() const;

 private:
  std::filesystem::path file_;
  std::string text_;
};

/// Means of the losses over a few steps.
struct LossMeans {
  std::vector<double> sums;
  std::vector<int> counts;
  double total = 0;
  int steps = 0;

  void add(const LossValues& values, const std::vector<at::Tensor>& earlier, double combined);
  std::string row(std::int64_t images, double rate) const;
};
void to_json(nlohmann::json& json, const LossMeans& means);
void from_json(const nlohmann::json& json, LossMeans& means);

std::string lossHeader(const NetworkSpec& spec);
std::string validationHeader();
std::string validationRow(std::int64_t images, const Metrics& metrics);

}  // namespace uninet
