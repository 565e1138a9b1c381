#include "model/checkpoint/npz.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <optional>

#include "core/base/files.h"
#include "core/base/numbers.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/zip_archive.h"
#include "model/checkpoint/zip_writer.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargest = std::uint64_t{64} << 20;
constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kAlignment = 64;  ///< of the data in an .npy, as numpy has it

/// The header of an .npy: {'descr': '<f4', 'fortran_order': False, 'shape': (60, 784), }, the only
/// form that numpy writes for plain arrays.
class Header {
 public:
  explicit Header(std::string_view text) : rest_(text) {}

  /// Text after `'key': ` up to the end of its value; nullopt if it is not there.
  std::optional<std::string_view> value(std::string_view key) const {
    const std::size_t at = rest_.find(concat("'", key, "':"));
    if (at == std::string_view::npos) return std::nullopt;
    std::string_view text = rest_.substr(at + key.size() + 3);
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const bool nested = text.starts_with('(') || text.starts_with('[');
    const std::size_t end = text.find_first_of(nested ? ")]" : ",}");
    if (end == std::string_view::npos) return std::nullopt;
    return text.substr(0, nested ? end + 1 : end);
  }

 private:
  std::string_view rest_;
};

/// "(60, 784)", "(784,)" or "()"; nullopt: none, or of more than 8 sides.
std::optional<std::vector<std::int64_t>> shapeOf(std::string_view text) {
  if (!text.starts_with('(') || !text.ends_with(')')) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  std::vector<std::int64_t> shape;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const auto side = parseNumber<std::int64_t>(text.substr(0, comma));
    if (!side || *side < 0 || shape.size() == 8) return std::nullopt;
    shape.push_back(*side);
    text.remove_prefix(std::min(comma + 1, text.size()));
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  }
  return shape;
}

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
  if (bytes.size() < 12 || !bytes.starts_with(kMagic)) refuse(name, " is no .npy array");
  const auto version = static_cast<std::uint8_t>(bytes[6]);
  std::size_t begin = 10, length = 0;
  if (version == 1) {
    length = static_cast<std::uint8_t>(bytes[8]) | static_cast<std::uint8_t>(bytes[9]) << 8;
  } else if (version == 2 || version == 3) {
    std::uint32_t wide = 0;
    std::memcpy(&wide, bytes.data() + 8, sizeof wide);
    begin = 12;
    length = wide;
  } else {
    refuse(name, " is of version ", int{version}, " of .npy, expected 1 to 3");
  }
  if (length > bytes.size() - begin) refuse(name, " ends within its header");
  const Header header(bytes.substr(begin, length));
  const auto type = header.value("descr"), order = header.value("fortran_order"),
             sides = header.value("shape");
  const auto shape = sides ? shapeOf(*sides) : std::nullopt;
  if (!type || !order || !shape) refuse(name, " has a header that is none of numpy's");

  if (type->starts_with("'>"))
    refuse(name, " is big-endian (", *type,
           "), expected little-endian; save it with astype('<f4')");
  if (*type != "'<f4'" && *type != "'<f8'")
    refuse(name, " is of type ", *type, ", expected float32 ('<f4') or float64 ('<f8')");
  const bool fortran = *order != "False";
  if (fortran && (*order != "True" || shape->size() > 2))
    refuse(name, " is in Fortran order with ", shape->size(),
           " sides, expected at most 2; save numpy.ascontiguousarray() of it");
  RawTensor array{*type == "'<f4'" ? "float32" : "float64", *shape, {}};
  const std::string_view data = bytes.substr(begin + length);
  std::uint64_t count = 0;
  if (!checkedNumel(*shape, kLargest, count) || count * dtypeSize(array.dtype) != data.size())
    refuse(name, " has ", data.size(), " bytes, which do not fit its shape ", *sides);
  if (fortran && shape->size() == 2)
    array.bytes = transposed(data, static_cast<std::size_t>((*shape)[0]),
                             static_cast<std::size_t>((*shape)[1]), dtypeSize(array.dtype));
  else
    array.bytes.assign(data.begin(), data.end());
  return array;
}

std::string npyOf(const RawTensor& array) {
  std::string header = concat("{'descr': '", array.dtype == "float64" ? "<f8" : "<f4",
                              "', 'fortran_order': False, 'shape': (");
  for (std::size_t i = 0; i < array.shape.size(); ++i)
    header += concat(i > 0 ? " " : "", array.shape[i],
                     i + 1 < array.shape.size() || array.shape.size() == 1 ? "," : "");
  header += "), }";
  header.resize((10 + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment - 11, ' ');
  header += '\n';
  std::string bytes(kMagic);
  bytes += {'\1', '\0', static_cast<char>(header.size()), static_cast<char>(header.size() >> 8)};
  return bytes + header + std::string(array.bytes.begin(), array.bytes.end());
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
