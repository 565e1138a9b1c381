#include "core/base/zip.h"

#include <sys/stat.h>
#include <zip.h>

#include <array>
#include <fstream>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMostEntries = 100000;
constexpr std::uint64_t kMostRatio = 100, kAllowance = 16u << 20;
constexpr std::size_t kLongestName = 1024, kLongestPart = 240;

/// What is not closed is thrown away.
struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

Archive openArchive(const fs::path& file, int flags) {
  int code = 0;
  Archive archive(zip_open(file.c_str(), flags, &code));
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  const std::string why = zip_error_strerror(&error);
  zip_error_fini(&error);
  throw Error(concat(file.string(), " cannot be opened as a zip: ", why));
}

/// Whether a name, appended to a folder, stays inside, on every system.
bool isInside(const std::string& name) {
  if (name.empty() || name.size() > kLongestName) return false;
  for (const char c : name)
    if (static_cast<unsigned char>(c) < 32 || c == 127 || c == '\\' || c == ':') return false;
  std::size_t at = 0;
  while (at <= name.size()) {
    const std::size_t end = std::min(name.find('/', at), name.size());
    const std::string part = name.substr(at, end - at);
    if (part.empty() || part == "." || part == ".." || part.size() > kLongestPart) return false;
    at = end + 1;
  }
  return true;
}

bool isLink(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  return zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 &&
         system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16u);
}

/// Everything is judged by the directory of the archive before anything is written.
std::vector<ZipEntry> entriesIn(zip_t* archive, const fs::path& zip) {
  const auto refuse = [&zip](const auto&... why) -> void {
    throw Error(concat(zip.string(), " is not unpacked: ", why...));
  };
  const zip_int64_t count = zip_get_num_entries(archive, 0);
  if (count > kMostEntries) refuse("it has ", count, " entries, more than ", kMostEntries);
  const std::uint64_t most = kMostRatio * fs::file_size(zip) + kAllowance;
  std::uint64_t total = 0;
  std::set<std::string> names;
  std::vector<ZipEntry> entries;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    if (zip_stat_index(archive, static_cast<zip_uint64_t>(i), 0, &about) != 0 ||
        (about.valid & kNeeded) != kNeeded)
      refuse("its entry ", i, " cannot be read");
    std::string name = about.name;
    const bool folder = name.ends_with('/');
    if (folder) name.pop_back();
    if (!isInside(name)) refuse("its entry ", i, " has a path that leads out of it");
    if (isLink(archive, static_cast<zip_uint64_t>(i))) refuse(name, " is a link");
    if (!names.insert(name).second) refuse(name, " is in it twice");
    if (about.size > most - total)
      refuse("unpacked it would be more than ", most, " bytes, too much for its size");
    total += about.size;
    entries.push_back({folder ? std::string() : name, about.size});
  }
  return entries;
}

void unpack(zip_t* archive, zip_uint64_t index, const ZipEntry& entry, const fs::path& target,
            const fs::path& zip) {
  const auto damaged = [&](const std::string& why) {
    throw Error(concat(zip.string(), ": ", entry.name, " cannot be unpacked: ", why));
  };
  const std::unique_ptr<zip_file_t, CloseFile> in(zip_fopen_index(archive, index, 0));
  if (!in) damaged(zip_strerror(archive));
  makeFolder(target.parent_path());
  std::ofstream out(target, std::ios::binary);
  std::array<char, 1 << 16> buffer{};
  std::uint64_t left = entry.size;
  while (true) {
    const zip_int64_t got = zip_fread(in.get(), buffer.data(), buffer.size());
    if (got < 0) damaged(zip_file_strerror(in.get()));
    if (got == 0) break;
    if (static_cast<std::uint64_t>(got) > left) damaged("it is longer than it says");
    left -= static_cast<std::uint64_t>(got);
    out.write(buffer.data(), got);
  }
  if (left != 0) damaged("it ends early");
  out.close();
  if (!out) throw Error(concat(target.string(), " cannot be written; free some space"));
}

}  // namespace

void writeZip(const fs::path& zip, const std::vector<std::pair<std::string, fs::path>>& files) {
  writeAtomically(zip, [&](const fs::path& temporary) {
    Archive archive = openArchive(temporary, ZIP_CREATE | ZIP_EXCL);
    const auto failed = [&] {
      throw Error(concat(zip.string(), " cannot be written: ", zip_strerror(archive.get())));
    };
    for (const auto& [name, file] : files) {
      requireFile(file);
      zip_source_t* source = zip_source_file(archive.get(), file.c_str(), 0, -1);
      if (source == nullptr) failed();
      const zip_int64_t index = zip_file_add(archive.get(), name.c_str(), source, ZIP_FL_ENC_UTF_8);
      if (index < 0) {
        zip_source_free(source);
        failed();
      }
      const std::string ending = file.extension().string();
      const bool packed = ending == ".png" || ending == ".sqlite";
      if (zip_set_file_compression(archive.get(), static_cast<zip_uint64_t>(index),
                                   packed ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) != 0)
        failed();
    }
    if (zip_close(archive.get()) != 0) failed();
    static_cast<void>(archive.release());  // closed
  });
}

void unpackZip(const fs::path& zip, const fs::path& folder,
               const std::function<bool(const ZipEntry&)>& wanted) {
  requireFile(zip);
  const Archive archive = openArchive(zip, ZIP_RDONLY | ZIP_CHECKCONS);
  const std::vector<ZipEntry> entries = entriesIn(archive.get(), zip);
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (!entries[i].name.empty() && wanted(entries[i]))
      unpack(archive.get(), i, entries[i], folder / entries[i].name, zip);
}

}  // namespace uninet
