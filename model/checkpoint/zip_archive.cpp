#include "model/checkpoint/zip_archive.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/error.h"

namespace uninet {
namespace {

constexpr std::uint32_t kLocal = 0x04034b50, kCentral = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint32_t kEnd64 = 0x06064b50, kLocator64 = 0x07064b50;
constexpr std::size_t kAlignment = 64;

std::uint32_t crc32(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? 0xedb88320u ^ (c >> 1) : c >> 1;
      table[i] = c;
    }
    return table;
  }();
  std::uint32_t c = 0xffffffffu;
  for (const char b : bytes) c = kTable[(c ^ static_cast<unsigned char>(b)) & 0xff] ^ (c >> 8);
  return ~c;
}

template <class T>
T at(std::string_view bytes, std::uint64_t position) {
  if (position > bytes.size() || bytes.size() - position < sizeof(T))
    throw Error("its zip directory is cut off");
  T value{};
  std::memcpy(&value, bytes.data() + position, sizeof(T));
  return value;
}

std::string_view part(std::string_view bytes, std::uint64_t position, std::uint64_t size) {
  if (position > bytes.size() || bytes.size() - position < size)
    throw Error("it is cut off: an entry reaches beyond its end");
  return bytes.substr(position, size);
}

struct Directory {
  std::uint64_t position = 0, entries = 0;
};

Directory findDirectory(std::string_view bytes) {
  constexpr std::size_t kEndSize = 22, kLongestComment = 65535;
  const std::size_t first =
      bytes.size() > kEndSize + kLongestComment ? bytes.size() - kEndSize - kLongestComment : 0;
  for (std::size_t i = bytes.size() >= kEndSize ? bytes.size() - kEndSize + 1 : 0; i > first;) {
    --i;
    if (at<std::uint32_t>(bytes, i) != kEnd) continue;
    Directory found{at<std::uint32_t>(bytes, i + 16), at<std::uint16_t>(bytes, i + 10)};
    if (i >= 20 && at<std::uint32_t>(bytes, i - 20) == kLocator64) {
      const auto end64 = at<std::uint64_t>(bytes, i - 12);
      if (at<std::uint32_t>(bytes, end64) != kEnd64) throw Error("its zip64 directory is damaged");
      found = {at<std::uint64_t>(bytes, end64 + 48), at<std::uint64_t>(bytes, end64 + 32)};
    }
    return found;
  }
  throw Error("it is cut off: a zip archive without its directory");
}

template <class T>
void put(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

/// Time, date, checksum, sizes and name length as both kinds of header have them.
void putCommon(std::string& out, const std::string& name, std::string_view content,
               std::uint16_t extra) {
  put<std::uint16_t>(out, 0);     // flags
  put<std::uint16_t>(out, 0);     // stored
  put<std::uint16_t>(out, 0);     // time
  put<std::uint16_t>(out, 0x21);  // 1 January 1980
  put<std::uint32_t>(out, crc32(content));
  put<std::uint32_t>(out, static_cast<std::uint32_t>(content.size()));
  put<std::uint32_t>(out, static_cast<std::uint32_t>(content.size()));
  put<std::uint16_t>(out, static_cast<std::uint16_t>(name.size()));
  put<std::uint16_t>(out, extra);
}

}  // namespace

std::vector<std::pair<std::string, std::string_view>> readStoredZip(std::string_view bytes) {
  const Directory directory = findDirectory(bytes);
  std::vector<std::pair<std::string, std::string_view>> entries;
  std::uint64_t position = directory.position;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    if (at<std::uint32_t>(bytes, position) != kCentral) throw Error("its zip directory is damaged");
    const auto method = at<std::uint16_t>(bytes, position + 10);
    const auto checksum = at<std::uint32_t>(bytes, position + 16);
    std::uint64_t compressed = at<std::uint32_t>(bytes, position + 20);
    std::uint64_t size = at<std::uint32_t>(bytes, position + 24);
    const auto nameSize = at<std::uint16_t>(bytes, position + 28);
    const auto extraSize = at<std::uint16_t>(bytes, position + 30);
    const auto commentSize = at<std::uint16_t>(bytes, position + 32);
    std::uint64_t local = at<std::uint32_t>(bytes, position + 42);
    std::string name(part(bytes, position + 46, nameSize));

    // zip64: sizes that do not fit stand in an extra field, in this order.
    const std::string_view extra = part(bytes, position + 46 + nameSize, extraSize);
    for (std::uint64_t e = 0; e + 4 <= extra.size();) {
      const auto id = at<std::uint16_t>(extra, e), length = at<std::uint16_t>(extra, e + 2);
      if (id == 1) {
        std::uint64_t field = e + 4;
        for (std::uint64_t* value : {&size, &compressed, &local})
          if (*value == 0xffffffff) {
            *value = at<std::uint64_t>(extra, field);
            field += 8;
          }
      }
      e += 4 + std::uint64_t{length};
    }
    if (method != 0 || compressed != size)
      throw Error(concat("its entry ", name, " is compressed, which checkpoints never are"));
    if (at<std::uint32_t>(bytes, local) != kLocal) throw Error("its zip directory is damaged");
    const std::uint64_t start =
        local + 30 + at<std::uint16_t>(bytes, local + 26) + at<std::uint16_t>(bytes, local + 28);
    const std::string_view content = part(bytes, start, size);
    if (crc32(content) != checksum)
      throw Error(concat("its entry ", name, " is damaged: the checksum differs"));
    entries.emplace_back(std::move(name), content);
    position += 46 + std::uint64_t{nameSize} + extraSize + commentSize;
  }
  return entries;
}

std::string writeStoredZip(const std::vector<std::pair<std::string, std::string>>& entries) {
  std::string out, directory;
  for (const auto& [name, content] : entries) {
    const std::size_t position = out.size();
    const std::size_t header = position + 30 + name.size() + 4;
    const std::size_t padding = (kAlignment - header % kAlignment) % kAlignment;
    if (header + padding + content.size() > 0xfffffff0u)
      throw Error("a .pth of more than 4 GB cannot be written; write safetensors");
    put(out, kLocal);
    put<std::uint16_t>(out, 20);
    putCommon(out, name, content, static_cast<std::uint16_t>(4 + padding));
    out += name;
    put<std::uint16_t>(out, 0x4246);  // an extra field of padding, as Torch writes it
    put<std::uint16_t>(out, static_cast<std::uint16_t>(padding));
    out.append(padding, 'Z');
    out += content;

    put(directory, kCentral);
    put<std::uint16_t>(directory, 20);
    put<std::uint16_t>(directory, 20);
    putCommon(directory, name, content, 0);
    directory.append(10, '\0');  // comment, disk, attributes
    put<std::uint32_t>(directory, static_cast<std::uint32_t>(position));
    directory += name;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory;
  put(out, kEnd);
  put<std::uint32_t>(out, 0);
  put<std::uint16_t>(out, static_cast<std::uint16_t>(entries.size()));
  put<std::uint16_t>(out, static_cast<std::uint16_t>(entries.size()));
  put<std::uint32_t>(out, static_cast<std::uint32_t>(directory.size()));
  put<std::uint32_t>(out, start);
  put<std::uint16_t>(out, 0);
  return out;
}

}  // namespace uninet
