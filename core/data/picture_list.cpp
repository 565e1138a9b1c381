#include "core/data/picture_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"

namespace uninet {
namespace {

constexpr std::size_t kLongestLine = 4096;  // of a path on Linux

namespace fs = std::filesystem;

std::string lowerEnding(const fs::path& file) {
  std::string end = file.extension().string();
  std::transform(end.begin(), end.end(), end.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  return end;
}

std::string trimmed(const std::string& text) {
  const char* const blanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string::npos) return {};
  std::string inner = text.substr(first, text.find_last_not_of(blanks) - first + 1);
  if (inner.size() >= 2 && inner.front() == '"' && inner.back() == '"' &&
      inner.find('"', 1) == inner.size() - 1)
    inner = inner.substr(1, inner.size() - 2);
  return inner;
}

/// The line up to each place where its first column can end, the longest first: names may hold
/// blanks and commas.
std::vector<std::string> firstColumns(const std::string& line) {
  std::vector<std::string> columns{trimmed(line)};
  for (std::size_t at = line.size(); at-- > 1;)
    if (line[at] == ',' || line[at] == '\t' || line[at] == ' ' || line[at] == ';')
      columns.push_back(trimmed(line.substr(0, at)));
  return columns;
}

}  // namespace

bool isPictureList(const fs::path& file) {
  const std::string end = lowerEnding(file);
  return end == ".txt" || end == ".lst" || end == ".list" || end == ".csv";
}

bool hasPictureEnding(const fs::path& file) {
  const std::array<const char*, 7> known{".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"};
  return std::find(known.begin(), known.end(), lowerEnding(file)) != known.end();
}

std::vector<fs::path> readPictureList(const fs::path& list) {
  std::string text = readTextFile(list);
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))
    throw Error(concat(list.string(), " is text in UTF-16; save it as UTF-8"));
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  std::vector<fs::path> files;
  std::istringstream lines(text);
  bool first = true;
  for (std::string line; std::getline(lines, line);) {
    line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
    if (line.empty() || line.front() == '#') continue;
    if (line.size() > kLongestLine)
      throw Error(concat(list.string(), " is no list of pictures: expected lines of at most ",
                         kLongestLine, " bytes, found one of ", line.size()));
    const std::vector<std::string> columns = firstColumns(line);
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const std::string& column) {
      return !column.empty() && isFile(list.parent_path() / column);
    });
    if (found != columns.end()) {
      files.push_back(list.parent_path() / *found);
    } else {
      const bool title = first && lowerEnding(list) == ".csv" &&
                         std::none_of(columns.begin(), columns.end(), hasPictureEnding);
      const auto named = std::find_if(columns.rbegin(), columns.rend(), hasPictureEnding);
      const fs::path missing =
          list.parent_path() / (named != columns.rend() ? *named : columns.front());
      if (!title)
        throw Error(concat(list.string(), " lists ", missing.string(),
                           isFolder(missing) ? ", which is a folder" : ", which is not there"));
    }
    first = false;
  }
  return files;
}

}  // namespace uninet
