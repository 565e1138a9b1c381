#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"
#include "model/engine/pass_cost.h"
#include "model/networks/paper_systems.h"
#include "model/networks/registry.h"

namespace uninet {

/// One network of a table, and what is known of it by now.
struct SystemMeasures {
  const PaperSystem* system = nullptr;
  NetworkSpec spec;  ///< of full width, at the size of the table
  NetworkCost cost;
  std::optional<PassCost> pass;      ///< by LibTorch, as every network can be computed
  std::optional<PassCost> compiled;  ///< by the compiled plan, where there is one
  std::filesystem::path checkpoint;  ///< empty: none
  std::string checkpointText;        ///< "uninet.pth, width 0.5, 256x512, 50 images of …"
  std::map<std::string, double> metrics;
  std::vector<std::string> notes;  ///< of its images
  std::vector<std::string> problems;
};

/// Measures networks and keeps what is finished in a folder, so that the same work goes on where it
/// was stopped. What fails is written into SystemMeasures::problems and ends nothing. Throws
/// Cancelled, and Error if the folder cannot be written.
class SystemMeasurer {
 public:
  /// `threads`: what --threads of this program says, empty if nothing.
  SystemMeasurer(std::filesystem::path folder, std::string threads);

  /// Time, energy and memory of each, in processes of their own.
  void measureCosts(std::vector<SystemMeasures>& systems, double mostSeconds,
                    const Progress& progress) const;

  /// Finds the checkpoint of each by the network that its keys say, in `folder` and those below;
  /// files that no system can be found for, and why, into `others`.
  static void findCheckpoints(std::vector<SystemMeasures>& systems,
                              const std::filesystem::path& folder, const Progress& progress,
                              std::vector<std::string>& others);

  /// All metrics of those with a checkpoint. `open` gives the images for a network of this size,
  /// `dataText` what fixes them.
  void measureMetrics(std::vector<SystemMeasures>& systems,
                      const std::function<std::unique_ptr<Dataset>(cv::Size)>& open,
                      const std::string& dataText, std::size_t limit,
                      const Progress& progress) const;

 private:
  PassCost timed(const SystemMeasures& system, bool plan, double mostSeconds,
                 const std::function<void()>& tick) const;
  void evaluate(SystemMeasures& system,
                const std::function<std::unique_ptr<Dataset>(cv::Size)>& open,
                const std::string& dataText, std::size_t limit, const Progress& progress) const;

  std::filesystem::path folder_;
  std::string threads_;
};

}  // namespace uninet
