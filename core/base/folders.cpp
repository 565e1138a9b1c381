#include "core/base/folders.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

bool isFile(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

bool isFolder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

bool isCompanion(const fs::path& name) {
  const std::string text = name.filename().string();
  return text.starts_with('.') || text == "__MACOSX" || text == "Thumbs.db" ||
         text == "desktop.ini";
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (!isCompanion(it->path())) entries.push_back(it->path());
  if (error)
    throw Error(concat(folder.string(), " cannot be read (", error.message(),
                       "); check the path and its permissions"));
  std::sort(entries.begin(), entries.end());
  return entries;
}

std::vector<fs::path> filesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  std::set<std::pair<dev_t, ino_t>> seen;
  std::vector<fs::path> folders{folder};
  std::deque<fs::path> links;  // later, so that a folder counts under its own name
  while (!folders.empty() || !links.empty()) {
    if (folders.empty()) {
      folders.push_back(links.front());
      links.pop_front();
    }
    const fs::path current = folders.back();
    folders.pop_back();
    struct stat found {};
    if (::stat(current.c_str(), &found) == 0 && !seen.insert({found.st_dev, found.st_ino}).second)
      continue;
    std::vector<fs::path> entries;
    try {
      entries = entriesOf(current);
    } catch (const Error&) {
      if (current == folder) throw;
      continue;
    }
    for (const fs::path& entry : entries) {
      std::error_code ignored;
      if (isFile(entry))
        files.push_back(entry);
      else if (isFolder(entry) && fs::is_symlink(entry, ignored))
        links.push_back(entry);
      else if (isFolder(entry))
        folders.push_back(entry);
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

fs::path plainPath(const fs::path& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  const fs::path plain = (error ? path : absolute).lexically_normal();
  return plain.has_filename() ? plain : plain.parent_path();
}

void prepareOutput(const fs::path& folder) {
  makeFolder(folder);
  const fs::path probe = folder / concat(".uninet.", ::getpid(), ".part");
  const int descriptor = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    throw Error(concat(folder.string(), ": one cannot write into this folder (",
                       std::strerror(errno), "); check its permissions or give another"));
  ::close(descriptor);
  ::unlink(probe.c_str());
}

TemporaryFolder::TemporaryFolder(const fs::path& beside) {
  const fs::path parent = plainPath(beside).parent_path();
  makeFolder(parent);
  std::string name = (parent / ".uninet-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr)
    throw Error(concat(parent.string(), ": one cannot write into this folder"));
  path = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

}  // namespace uninet
