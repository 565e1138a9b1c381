#include "model/checkpoint/npz.h"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "core/base/files.h"
#include "core/base/npy.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/zip_archive.h"
#include "model/checkpoint/zip_writer.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargest = std::uint64_t{64} << 20;

/// Row-major bytes of a matrix that stands column by column, as scikit-learn's components do.
std::vector<std::uint8_t> transposed(std::string_view columns, std::size_t rows, std::size_t width,
                                     std::size_t size) {
  std::vector<std::uint8_t> bytes(columns.size());
  for (std::size_t y = 0; y < rows; ++y)
    for (std::size_t x = 0; x < width; ++x)
      std::memcpy(bytes.data() + (y * width + x) * size, columns.data() + (x * rows + y) * size,
                  size);
  return bytes;
}

RawTensor arrayOf(std::string_view bytes, const std::string& name, const Refuse& refuse) {
  NpyHeader header;
  try {
    header = readNpyHeader(bytes);
  } catch (const Error& error) {
    refuse(name, " ", error.what());
  }
  RawTensor array{header.valueBytes == 4 ? "float32" : "float64", header.shape, {}};
  const std::string_view data = bytes.substr(header.begin);
  if (header.fortran && header.shape.size() == 2)
    array.bytes = transposed(data, static_cast<std::size_t>(header.shape[0]),
                             static_cast<std::size_t>(header.shape[1]), dtypeSize(array.dtype));
  else
    array.bytes.assign(data.begin(), data.end());
  return array;
}

std::string npyOf(const RawTensor& array) {
  return npyHeader(array.dtype == "float64" ? 8 : 4, array.shape) +
         std::string(array.bytes.begin(), array.bytes.end());
}

}  // namespace

std::map<std::string, RawTensor> readNpz(const std::filesystem::path& file,
                                         const std::vector<std::string>& names) {
  const std::string bytes = readTextFile(file, 2 * kLargest);
  const Refuse refuse(file, ".npz");
  if (!bytes.starts_with("PK\x03\x04")) refuse("it does not start as a zip archive");
  const ZipEntries entries = zipEntries(bytes, refuse);
  std::map<std::string, RawTensor> arrays;
  std::uint64_t left = kLargest;
  for (const std::string& name : names) {
    const auto entry = entries.find(name + ".npy");
    if (entry == entries.end()) {
      std::string held;
      for (const auto& [other, content] : entries)
        if (held.size() < 200) held += concat(held.empty() ? "" : ", ", other.substr(0, 64));
      refuse("it has no array ", name, "; it holds ", held.empty() ? "nothing" : held);
    }
    const std::string content = inflatedContent(entry->first, entry->second, left, refuse);
    left -= content.size();
    arrays[name] = arrayOf(content, name, refuse);
  }
  return arrays;
}

bool npzHolds(const std::filesystem::path& file, const std::vector<std::string>& names) {
  constexpr std::streamoff kDirectory = 1 << 16;
  std::ifstream in(file, std::ios::binary);
  std::string bytes(4, '\0');
  if (!in.read(bytes.data(), 4) || bytes != "PK\x03\x04") return false;
  in.seekg(0, std::ios::end);
  const std::streamoff size = in.tellg(), begin = std::max<std::streamoff>(0, size - kDirectory);
  bytes.resize(static_cast<std::size_t>(size - begin));
  in.seekg(begin);
  if (!in.read(bytes.data(), size - begin)) return false;
  const std::string_view directory =
      std::string_view(bytes).substr(std::min(bytes.find("PK\x01\x02"), bytes.size()));
  return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return directory.find(name + ".npy") != std::string_view::npos;
  });
}

void writeNpz(const std::filesystem::path& file, const NamedTensors& arrays) {
  for (const auto& [name, array] : arrays)
    if (array.dtype != "float32" && array.dtype != "float64")
      throw Error(concat(file.string(), ": ", name, " is of type ", array.dtype,
                         ", an .npz here holds float32 or float64"));
  writeAtomically(file, [&](const std::filesystem::path& temporary) {
    std::ofstream out(temporary, std::ios::binary);
    ZipWriter zip(out);
    for (const auto& [name, array] : arrays) zip.add(name + ".npy", npyOf(array));
    zip.finish();
    out.close();
    if (!out)
      throw Error(concat(file.string(), " cannot be written; check the folder and the free space"));
  });
}

}  // namespace uninet
