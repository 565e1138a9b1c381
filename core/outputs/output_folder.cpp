#include "core/outputs/output_folder.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/data/picture_list.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Reports of other programs may list files, too.
constexpr const char* kWriterKey = "written_by";
constexpr const char *kWriter = "uninet", *kCommandKey = "command";
constexpr int kDeepestReport = 64;  ///< no report of ours is; what copies a value recurses

bool isInside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && relative != "." && *relative.begin() != "..";
}

/// Links resolved, as far as it is there.
fs::path placeOf(const fs::path& path) {
  std::error_code error;
  const fs::path place = fs::weakly_canonical(path, error);
  return error ? plainPath(path) : place;
}

/// What a report lists, as far as it is a regular file in the folder, links resolved.
std::vector<fs::path> filesOfReport(const fs::path& folder, const std::string& report,
                                    const std::string& command) {
  if (!isFile(folder / report)) return {};
  const std::string text = readTextFile(folder / report, std::size_t{1} << 30);
  if (extentOf(text).depth > kDeepestReport) return {};
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value(kWriterKey, Json()) != kWriter) return {};
  const Json by = json.value(kCommandKey, Json());
  if (!by.is_string()) return {};
  if (by != command)
    throw Error(concat(folder.string(), " holds the results of \"", by.get<std::string>(), "\" (",
                       report, "); give another --out"));
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

OutputFolder::OutputFolder(fs::path folder, std::string report, std::string command)
    : folder_(std::move(folder)), report_(std::move(report)), command_(std::move(command)) {
  prepareOutput(folder_);
  earlier_ = filesOfReport(folder_, report_, command_);
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
  if (earlier_.empty()) return;
  const fs::path read = placeOf(input), folder = placeOf(folder_);
  std::set<fs::path> results;
  for (const fs::path& file : earlier_) results.insert(placeOf(file));
  const auto refuse = [&](const fs::path& what) {
    throw Error(concat(what.string(), " is a result of the earlier run into ", folder_.string(),
                       ", which this run replaces; give another --out"));
  };
  if (read == folder) {
    for (const fs::path& file : filesBelow(folder))
      if (hasPictureEnding(file) && !results.contains(placeOf(file))) return;
    refuse(input);
  }
  if (isPictureList(read) && isFile(read))
    for (const fs::path& picture : readPictureList(read))
      if (results.contains(placeOf(picture))) refuse(picture);
  for (const fs::path& file : results)
    if (file == read || (isInside(read, folder) && isInside(file, read))) refuse(input);
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
  report[kCommandKey] = command_;
  report["files"] = files_;
  reported_ = true;
  writeTextFile(folder_ / report_,
                report.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace uninet
