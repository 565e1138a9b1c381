#include "model/training/train_tables.h"

#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/numbers.h"
#include "model/networks/earlier_outputs.h"

namespace uninet {
namespace {

/// Names of the losses of a network: those of its tasks, then those of its earlier predictions.
std::vector<std::string> lossNames(const NetworkSpec& spec) {
  std::vector<std::string> names;
  for (const LossInfo& info : losses()) names.emplace_back(info.key);
  for (const auto& output : earlierOutputs(spec)) names.push_back(output.name);
  return names;
}

const std::array<const char*, 9> kValidationKeys{"miou",
                                                 "ap_box",
                                                 "ap50_box",
                                                 "ap_mask",
                                                 "ap50_mask",
                                                 "depth_rmse_m",
                                                 "depth_abs_rel",
                                                 "inst_depth_smooth_l1_m",
                                                 "inst_depth_abs_rel"};

}  // namespace

TrainTable::TrainTable(std::filesystem::path file, std::string header, std::int64_t images)
    : file_(std::move(file)), text_(std::move(header)) {
  if (!isThere(file_)) return;
  std::istringstream old(readTextFile(file_));
  std::string line;
  std::getline(old, line);
  while (std::getline(old, line))
    if (const auto of = parseNumber<std::int64_t>(line.substr(0, line.find(',')));
        of && *of <= images)
      text_ += line + "\n";
}

void TrainTable::write() const { writeTextFile(file_, text_); }

void LossMeans::add(const LossValues& values, const std::vector<at::Tensor>& earlier,
                    double combined) {
  std::vector<at::Tensor> all(values.begin(), values.end());
  all.insert(all.end(), earlier.begin(), earlier.end());
  sums.resize(all.size());
  counts.resize(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].defined()) {
      sums[i] += all[i].item<double>();
      ++counts[i];
    }
  total += combined;
  ++steps;
}

std::string LossMeans::row(std::int64_t images, double rate) const {
  std::string text = concat(images, ",", rate, ",", total / std::max(1, steps));
  for (std::size_t i = 0; i < sums.size(); ++i)
    text += counts[i] > 0 ? concat(",", sums[i] / counts[i]) : ",";
  return text;
}

void to_json(nlohmann::json& json, const LossMeans& means) {
  json = {{"sums", means.sums},
          {"counts", means.counts},
          {"total", means.total},
          {"steps", means.steps}};
}

void from_json(const nlohmann::json& json, LossMeans& means) {
  json.at("sums").get_to(means.sums);
  json.at("counts").get_to(means.counts);
  json.at("total").get_to(means.total);
  json.at("steps").get_to(means.steps);
}

std::string lossHeader(const NetworkSpec& spec) {
  std::string header = "images,rate,combined";
  for (const std::string& name : lossNames(spec)) header += "," + name;
  return header + "\n";
}

std::string validationHeader() {
  std::string header = "images";
  for (const char* key : kValidationKeys) header += concat(",", key);
  return header + "\n";
}

std::string validationRow(std::int64_t images, const Metrics& metrics) {
  std::string row = concat(images);
  for (const char* key : kValidationKeys) {
    const double value = metrics.value(key);
    row += std::isnan(value) ? "," : concat(",", value);
  }
  return row;
}

}  // namespace uninet
