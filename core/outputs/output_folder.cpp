#include "core/outputs/output_folder.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/log.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Reports of other programs may list files, too.
constexpr const char* kWriterKey = "written_by";
constexpr const char* kWriter = "uninet";
constexpr int kDeepestReport = 64;  ///< no report of ours is; what copies a value recurses

bool isInside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && relative != "." && *relative.begin() != "..";
}

/// What a report lists, as far as it is a regular file in the folder, links resolved.
std::vector<fs::path> filesOfReport(const fs::path& folder, const std::string& report) {
  if (!isFile(folder / report)) return {};
  const std::string text = readTextFile(folder / report, std::size_t{1} << 30);
  if (jsonDeeperThan(text, kDeepestReport)) return {};
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value(kWriterKey, Json()) != kWriter) return {};
  std::error_code error;
  const fs::path top = fs::canonical(folder, error);
  std::vector<fs::path> files;
  for (const Json& name : json.value("files", Json::array())) {
    if (!name.is_string()) continue;
    const fs::path file = folder / name.get<std::string>();
    const fs::path place = fs::canonical(file, error);
    if (!error && isFile(file) && place == (top / name.get<std::string>()).lexically_normal() &&
        isInside(place, top))
      files.push_back(file);
  }
  return files;
}

}  // namespace

OutputFolder::OutputFolder(fs::path folder, std::string report)
    : folder_(std::move(folder)), report_(std::move(report)) {
  prepareOutput(folder_);
  earlier_ = filesOfReport(folder_, report_);
}

OutputFolder::~OutputFolder() {
  if (reported_ || files_.empty()) return;
  try {
    writeReport({{"complete", false}});
  } catch (const std::exception& error) {
    logError(error.what());
  }
}

void OutputFolder::refuseInput(const fs::path& input) const {
  const fs::path read = plainPath(input), folder = plainPath(folder_);
  if (!isInside(read, folder)) return;
  for (const fs::path& file : earlier_)
    if (plainPath(file) == read || isInside(plainPath(file), read))
      throw Error(concat(input.string(), " is a result of the earlier run into ", folder_.string(),
                         ", which this run replaces; give another --out"));
}

std::size_t OutputFolder::removeEarlier() {
  std::error_code ignored;
  std::size_t removed = 0;
  for (const fs::path& file : earlier_) {
    if (fs::remove(file, ignored)) ++removed;
    // Removing a folder that is not empty fails, which ends the way up.
    for (fs::path above = file.parent_path(); isInside(above, folder_); above = above.parent_path())
      if (!fs::remove(above, ignored)) break;
  }
  if (removed > 0) fs::remove(folder_ / report_, ignored);
  earlier_.clear();
  return removed;
}

void OutputFolder::add(const std::vector<fs::path>& files) {
  for (const fs::path& file : files)
    files_.push_back(file.lexically_relative(folder_).generic_string());
}

void OutputFolder::writeReport(Json report) {
  report[kWriterKey] = kWriter;
  report["files"] = files_;
  reported_ = true;
  writeTextFile(folder_ / report_,
                report.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace uninet
