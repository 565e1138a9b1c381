#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/results/estimate.h"
#include "core/results/image_facts.h"
#include "core/results/result_store.h"

namespace uninet {

/// One metric under one attack.
struct MetricEstimate {
  Estimate clean, attacked, ratio;  ///< ratio as in attacks §6; none for aspect ratios
  Metrics::Support behind{};        ///< of the attacked images; nothing counted for classes
};

/// One level under one attack (attacks §7).
struct LevelEstimate {
  std::string level;
  Estimate drift, cka;
  /// Metric key → share of the damage that clean features of the level undo in the attacked image,
  /// and share that attacked features do in the clean one. Empty for heads.
  std::map<std::string, Estimate> undone, done;
};

/// Shape bias of one class (attacks §5). Aspect ratios are geometric means of width / height.
struct ShapeEstimate {
  int classId = 0;
  std::size_t objects = 0, locations = 0, flippedLocations = 0;
  Estimate objectClean, objectAttacked;      ///< objects found in both images
  Estimate locationClean, locationAttacked;  ///< the same head location before NMS
  /// Of these, locations whose likeliest class changed between the two swapped ones.
  Estimate flippedClean, flippedAttacked;
};

/// Input gradients of the losses, means over images (attacks §8); [row][column].
struct GradientEstimate {
  int iteration = 0;
  std::vector<std::string> losses;
  std::vector<std::vector<Estimate>> cosine, signAgreement, normRatio;
};

struct RunReport {
  StoredRun run;
  std::size_t images = 0;                         ///< measured
  std::size_t checkedImages = 0;                  ///< of them by two arithmetics
  std::map<std::int64_t, std::string> skipped;    ///< image → reason
  std::map<std::string, MetricEstimate> metrics;  ///< "ap_box"; "person/iou" for a class
  std::vector<LevelEstimate> levels;
  std::vector<ShapeEstimate> shapes;
  std::vector<ObjectShape> arrows;  ///< of the swapped classes, found in both images
  std::vector<GradientEstimate> gradients;
  /// Sums over images of the diagnostics.
  std::size_t warnings = 0;
  std::map<std::string, std::size_t> survivesPng;  ///< task key → images

  const MetricEstimate& metric(const std::string& key) const;  ///< none if absent
};

/// Everything that figures, tables and claims are made of.
struct SweepReport {
  Classes classes = cityscapesClasses();
  std::map<std::string, std::string> about;
  std::map<std::int64_t, std::string> images;
  std::vector<RunReport> runs;
  std::vector<GradientEstimate> cleanGradients;
  int resamples = 0;
  std::uint64_t seed = 0;

  /// The run of this attack with these option values (as text: "depth", "2") and all others as the
  /// attack's defaults, which are the paper's; only its seed may be another. nullptr: there is
  /// none, or several, which differ in their seed.
  const RunReport* find(const std::string& attack,
                        const std::map<std::string, std::string>& options = {}) const;
  /// The run of another attack with the same options as `run`; nullptr: none.
  const RunReport* twin(const RunReport& run, const std::string& attack) const;
};

/// Whether two runs are of one attack with the same values of the options that both know, and the
/// default of every other; the option `except` may differ. What has no options goes by its title.
bool sameAttack(const StoredRun& a, const StoredRun& b, const std::string& except = {});

/// Direction of a metric key.
bool higherIsBetter(const std::string& key);

struct BootstrapOptions {
  int resamples = 1000;
  std::uint64_t seed = 0;
};
/// Computes everything anew from the sums in the store: the same store gives the same numbers.
SweepReport reportOf(const ResultStore& store, const BootstrapOptions& options,
                     const Progress& progress);

/// One row per run and metric: attack, options, metric, class, clean, attacked, ratio, intervals.
std::string reportCsv(const SweepReport& report);
std::string reportJson(const SweepReport& report);

}  // namespace uninet
