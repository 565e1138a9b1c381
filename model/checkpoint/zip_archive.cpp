#include "model/checkpoint/zip_archive.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace uninet {
namespace {

// Sizes and signatures of APPNOTE.TXT 6.3.
constexpr std::size_t kEndSize = 22, kLocatorSize = 20, kEntrySize = 46, kLocalSize = 30,
                      kLongestComment = 65535;

struct Entry {
  std::string_view name;
  std::uint64_t size = 0, stored = 0, header = 0;
  std::uint32_t checksum = 0;
  std::uint16_t flags = 0, method = 0;
};

std::uint32_t checksumOf(std::string_view content) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
}

class Archive {
 public:
  Archive(std::string_view bytes, const Refuse& refuse) : bytes_(bytes), refuse_(refuse) {}

  ZipEntries entries() const {
    std::uint64_t count = 0, size = 0, at = 0;
    findDirectory(count, size, at);
    if (size > bytes_.size() || at > bytes_.size() - size)
      refuse_("its directory lies outside of the file");
    const std::uint64_t end = at + size;
    if (count > size / kEntrySize)
      refuse_("its directory announces ", count, " entries in ", size, " bytes");
    ZipEntries entries;
    std::uint64_t total = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
      const Entry entry = readEntry(at, end);
      const std::string_view stored = storedOf(entry);
      total += stored.size();
      if (total > bytes_.size()) refuse_("its entries overlap");
      const ZipEntry found{stored, entry.size, entry.checksum, entry.method};
      if (!entries.emplace(entry.name, found).second)
        refuse_("it has two entries named ", entry.name);
    }
    return entries;
  }

 private:
  template <class T>
  T number(std::uint64_t at) const {
    if (at > bytes_.size() || bytes_.size() - at < sizeof(T)) refuse_("it is truncated");
    T value;
    std::memcpy(&value, bytes_.data() + at, sizeof(T));
    return value;
  }

  bool has(std::uint64_t at, std::string_view signature) const {
    return at < bytes_.size() && bytes_.substr(at, 4) == signature;
  }

  void findDirectory(std::uint64_t& count, std::uint64_t& size, std::uint64_t& at) const {
    const std::size_t tail = std::min(bytes_.size(), kEndSize + kLongestComment);
    const std::size_t found = bytes_.substr(bytes_.size() - tail).rfind("PK\x05\x06");
    if (found == std::string_view::npos)
      refuse_("the directory at the end of a zip archive is missing; the file may be truncated");
    const std::uint64_t end = bytes_.size() - tail + found;
    count = number<std::uint16_t>(end + 10);
    size = number<std::uint32_t>(end + 12);
    at = number<std::uint32_t>(end + 16);
    if (count != 0xffff && size != 0xffffffff && at != 0xffffffff) return;
    if (end < kLocatorSize || !has(end - kLocatorSize, "PK\x06\x07")) return;
    const auto end64 = number<std::uint64_t>(end - kLocatorSize + 8);
    if (!has(end64, "PK\x06\x06")) refuse_("its zip64 directory is missing");
    count = number<std::uint64_t>(end64 + 32);
    size = number<std::uint64_t>(end64 + 40);
    at = number<std::uint64_t>(end64 + 48);
  }

  /// Entry of the directory at `at`, which moves behind it.
  Entry readEntry(std::uint64_t& at, std::uint64_t end) const {
    if (end - at < kEntrySize || !has(at, "PK\x01\x02")) refuse_("its directory is damaged");
    Entry entry;
    entry.flags = number<std::uint16_t>(at + 8);
    entry.method = number<std::uint16_t>(at + 10);
    entry.checksum = number<std::uint32_t>(at + 16);
    entry.stored = number<std::uint32_t>(at + 20);
    entry.size = number<std::uint32_t>(at + 24);
    entry.header = number<std::uint32_t>(at + 42);
    const std::uint64_t name = number<std::uint16_t>(at + 28),
                        extra = number<std::uint16_t>(at + 30),
                        comment = number<std::uint16_t>(at + 32);
    at += kEntrySize;
    if (end - at < name + extra + comment) refuse_("its directory is damaged");
    entry.name = bytes_.substr(at, name);
    readExtra(entry, at + name, at + name + extra);
    at += name + extra + comment;
    return entry;
  }

  /// The zip64 field holds those of the numbers that do not fit 32 bits.
  void readExtra(Entry& entry, std::uint64_t at, std::uint64_t end) const {
    while (end - at >= 4) {
      const auto id = number<std::uint16_t>(at);
      const std::uint64_t next = at + 4 + number<std::uint16_t>(at + 2);
      if (next > end) return;
      at += 4;
      if (id == 1)
        for (std::uint64_t* value : {&entry.size, &entry.stored, &entry.header}) {
          if (*value != 0xffffffff) continue;
          if (next - at < 8) refuse_("the zip64 field of its entry ", entry.name, " is damaged");
          *value = number<std::uint64_t>(at);
          at += 8;
        }
      at = next;
    }
  }

  std::string_view storedOf(const Entry& entry) const {
    if ((entry.flags & 1) != 0) refuse_("its entry ", entry.name, " is encrypted");
    if (entry.header > bytes_.size() || bytes_.size() - entry.header < kLocalSize ||
        !has(entry.header, "PK\x03\x04"))
      refuse_("its entry ", entry.name, " lies outside of the file");
    const std::uint64_t begin = entry.header + kLocalSize +
                                number<std::uint16_t>(entry.header + 26) +
                                number<std::uint16_t>(entry.header + 28);
    if (begin > bytes_.size() || entry.stored > bytes_.size() - begin)
      refuse_("its entry ", entry.name, " lies outside of the file");
    return bytes_.substr(begin, entry.stored);
  }

  std::string_view bytes_;
  const Refuse& refuse_;
};

}  // namespace

ZipEntries zipEntries(std::string_view archive, const Refuse& refuse) {
  return Archive(archive, refuse).entries();
}

std::string_view storedContent(std::string_view name, const ZipEntry& entry, const Refuse& refuse) {
  if (entry.method != 0 || entry.stored.size() != entry.size)
    refuse("its entry ", name, " is compressed, which Torch never writes");
  if (entry.checksum != 0 && entry.checksum != checksumOf(entry.stored))
    refuse("the checksum of its entry ", name, " is wrong; copy it again");
  return entry.stored;
}

std::string inflatedContent(std::string_view name, const ZipEntry& entry, std::uint64_t limit,
                            const Refuse& refuse) {
  constexpr std::uint64_t kLargestRatio = 1032;  // of deflate
  if (entry.size > limit || entry.size / kLargestRatio > entry.stored.size())
    refuse("its entry ", name, " announces ", entry.size, " bytes in ", entry.stored.size(),
           ", expected at most ", limit);
  if (entry.method == 0) return std::string(storedContent(name, entry, refuse));
  if (entry.method != Z_DEFLATED)
    refuse("its entry ", name, " is compressed by method ", entry.method,
           ", expected none or deflate");
  std::string content(entry.size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) refuse("zlib cannot be started");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(entry.stored.data()));
  stream.avail_in = static_cast<uInt>(entry.stored.size());
  stream.next_out = reinterpret_cast<Bytef*>(content.data());
  stream.avail_out = static_cast<uInt>(content.size());
  const int outcome = inflate(&stream, Z_FINISH);
  const bool whole = outcome == Z_STREAM_END && stream.avail_out == 0;
  inflateEnd(&stream);
  if (!whole) refuse("its entry ", name, " does not decompress to its ", entry.size, " bytes");
  if (entry.checksum != checksumOf(content))
    refuse("the checksum of its entry ", name, " is wrong; copy it again");
  return content;
}

}  // namespace uninet
