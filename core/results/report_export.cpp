#include <nlohmann/json.hpp>

#include "core/base/csv.h"
#include "core/base/numbers.h"
#include "core/results/sweep_report.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

Json estimateJson(const Estimate& e) {
  Json json{{"value", numberOrNull(e.value)},
            {"low", numberOrNull(e.low)},
            {"high", numberOrNull(e.high)}};
  if (e.check.images > 0)
    json["arithmetic"] = {{"images", e.check.images},
                          {"value", numberOrNull(e.check.here)},
                          {"low", numberOrNull(e.check.low)},
                          {"high", numberOrNull(e.check.high)},
                          {"other", numberOrNull(e.check.there)},
                          {"spread", numberOrNull(e.check.spread())}};
  return json;
}

}  // namespace

std::string reportCsv(const SweepReport& report) {
  std::string text = csvLine({"run",
                              "attack",
                              "options",
                              "images",
                              "class",
                              "metric",
                              "clean",
                              "clean_low",
                              "clean_high",
                              "attacked",
                              "attacked_low",
                              "attacked_high",
                              "ratio",
                              "ratio_low",
                              "ratio_high",
                              "metric_images",
                              "counted",
                              "count",
                              "checked_images",
                              "clean_spread",
                              "clean_checked_low",
                              "clean_checked_high",
                              "attacked_spread",
                              "attacked_checked_low",
                              "attacked_checked_high",
                              "ratio_spread",
                              "ratio_checked_low",
                              "ratio_checked_high"});
  for (const RunReport& run : report.runs)
    for (const auto& [key, metric] : run.metrics) {
      const std::size_t slash = key.find('/');
      const bool ofClass = slash != std::string::npos;
      std::vector<std::string> cells{run.run.title,
                                     run.run.attack,
                                     run.run.options,
                                     std::to_string(run.images),
                                     ofClass ? key.substr(0, slash) : "",
                                     ofClass ? key.substr(slash + 1) : key};
      for (const Estimate* e : {&metric.clean, &metric.attacked, &metric.ratio})
        for (const double value : {e->value, e->low, e->high}) cells.push_back(csvNumber(value));
      const bool counted = *metric.behind.what != '\0' && !ofClass;
      cells.push_back(counted ? std::to_string(metric.behind.images) : "");
      cells.push_back(counted ? metric.behind.what : "");
      cells.push_back(counted ? std::to_string(metric.behind.count) : "");
      cells.push_back(std::to_string(run.checkedImages));
      for (const Estimate* e : {&metric.clean, &metric.attacked, &metric.ratio})
        for (const double value : {e->check.spread(), e->check.low, e->check.high})
          cells.push_back(csvNumber(value));
      text += csvLine(cells);
    }
  return text;
}

std::string reportJson(const SweepReport& report) {
  Json runs = Json::array();
  for (const RunReport& run : report.runs) {
    Json metrics = Json::object();
    for (const auto& [key, metric] : run.metrics) {
      metrics[key] = {{"clean", estimateJson(metric.clean)},
                      {"attacked", estimateJson(metric.attacked)},
                      {"ratio", estimateJson(metric.ratio)}};
      if (*metric.behind.what != '\0' && key.find('/') == std::string::npos)
        metrics[key]["behind"] = {{"images", metric.behind.images},
                                  {metric.behind.what, metric.behind.count}};
    }
    Json skipped = Json::array();
    for (const auto& [image, reason] : run.skipped) {
      const auto name = report.images.find(image);
      skipped.push_back(
          {{"image", name == report.images.end() ? "" : name->second}, {"reason", reason}});
    }
    runs.push_back({{"title", run.run.title},
                    {"attack", run.run.attack},
                    {"options", Json::parse(run.run.options)},
                    {"images", run.images},
                    {"skipped", skipped},
                    {"warnings", run.warnings},
                    {"survives_png", run.survivesPng},
                    {"metrics", metrics}});
  }
  return Json{{"about", report.about},
              {"images", report.images.size()},
              {"bootstrap", {{"resamples", report.resamples}, {"seed", report.seed}}},
              {"runs", runs}}
             .dump(1) +
         "\n";
}

}  // namespace uninet
