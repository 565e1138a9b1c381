#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace uninet {

/// The folder that a run writes its results to. Its report lists the files that the run wrote
/// ("files"), so that the next run into the folder begins with removing those, and only those.
class OutputFolder {
 public:
  /// Creates the folder and makes sure that one can write into it; throws Error naming it.
  /// `report` is the name of the report, "report.json", `command` what writes it; a folder with a
  /// report of another command is refused, too.
  OutputFolder(std::filesystem::path folder, std::string report, std::string command);
  /// A run that ends early leaves a report with "complete": false.
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  const std::filesystem::path& path() const { return folder_; }
  /// Throws Error if `input` (which the run reads: a file, a list or a folder) is or names a result
  /// of the earlier run, or is this folder with nothing else in it.
  void refuseInput(const std::filesystem::path& input) const;
  /// Removes what the report of the earlier run lists, with folders that are empty then, and the
  /// report; files outside the folder and links never. How many files it removed.
  std::size_t removeEarlier();

  /// Files of this run, in the folder.
  void add(const std::vector<std::filesystem::path>& files);
  /// Writes `report` with the list of files. Throws Error naming it.
  void writeReport(nlohmann::json report);

 private:
  std::filesystem::path folder_;
  std::string report_, command_;
  std::vector<std::filesystem::path> earlier_;  ///< in the folder
  std::vector<std::string> files_;              ///< relative to it
  bool reported_ = false;
};

}  // namespace uninet
