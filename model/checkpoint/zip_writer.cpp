#include "model/checkpoint/zip_writer.h"

#include <zlib.h>

namespace uninet {
namespace {

constexpr std::size_t kAlignment = 64;

template <class T>
void append(std::string& out, T value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

void ZipWriter::add(const std::string& name, std::string_view content) {
  const auto crc = static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size()));
  std::string fields;                    // those that the local header and the directory share
  append(fields, std::uint16_t{20});     // version 2.0
  append(fields, std::uint16_t{0x800});  // names are UTF-8
  append(fields, std::uint16_t{0});      // stored
  append(fields, std::uint16_t{0});      // time and
  append(fields, std::uint16_t{0x21});   // date: 1980-01-01, so that equal input is equal output
  append(fields, crc);
  append(fields, static_cast<std::uint32_t>(content.size()));
  append(fields, static_cast<std::uint32_t>(content.size()));
  append(fields, static_cast<std::uint16_t>(name.size()));

  // An extra field of id "FB" fills up to the alignment, as Torch does it.
  const std::size_t begin = at_ + 30 + name.size() + 4;
  const std::size_t padding = (kAlignment - begin % kAlignment) % kAlignment;
  std::string header = "PK\x03\x04" + fields;
  append(header, static_cast<std::uint16_t>(padding + 4));
  header += name + "FB";
  append(header, static_cast<std::uint16_t>(padding));
  header.append(padding, 'Z');

  directory_ += "PK\x01\x02";
  append(directory_, std::uint16_t{20});
  directory_ += fields;
  directory_.append(12, '\0');  // no extra field, comment, other disks or attributes
  append(directory_, static_cast<std::uint32_t>(at_));
  directory_ += name;
  write(header);
  write(content);
  ++count_;
}

void ZipWriter::finish() {
  std::string end = "PK\x05\x06";
  append(end, std::uint32_t{0});
  append(end, count_);
  append(end, count_);
  append(end, static_cast<std::uint32_t>(directory_.size()));
  append(end, static_cast<std::uint32_t>(at_));
  append(end, std::uint16_t{0});
  write(directory_);
  write(end);
}

void ZipWriter::write(std::string_view bytes) {
  out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  at_ += bytes.size();
}

}  // namespace uninet
