#include "core/base/npy.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

constexpr std::string_view kMagic("\x93NUMPY", 6);
constexpr std::size_t kAlignment = 64;  ///< of the values, as numpy has it

/// Text after `'key': ` up to the end of its value in {'descr': '<f4', 'fortran_order': False,
/// 'shape': (60, 784), }, the only form that numpy writes for plain arrays; nullopt: not there.
std::optional<std::string_view> valueOf(std::string_view header, std::string_view key) {
  const std::size_t at = header.find(concat("'", key, "':"));
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view text = header.substr(at + key.size() + 3);
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const bool nested = text.starts_with('(') || text.starts_with('[');
  const std::size_t end = text.find_first_of(nested ? ")]" : ",}");
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(0, nested ? end + 1 : end);
}

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

/// Whether values of this shape fill exactly so many bytes.
bool fills(const std::vector<std::int64_t>& shape, std::size_t valueBytes, std::size_t bytes) {
  const auto wanted = static_cast<std::uint64_t>(bytes / valueBytes);
  if (bytes % valueBytes != 0) return false;
  std::uint64_t count = 1;
  for (const std::int64_t side : shape) {
    const auto length = static_cast<std::uint64_t>(side);
    if (length != 0 && count > wanted / length) return false;
    count *= length;
  }
  return count == wanted;
}

}  // namespace

NpyHeader readNpyHeader(std::string_view bytes) {
  if (bytes.size() < 12 || !bytes.starts_with(kMagic)) throw Error("is no .npy array");
  const auto version = static_cast<std::uint8_t>(bytes[6]);
  NpyHeader found;
  std::size_t length = 0;
  if (version == 1) {
    found.begin = 10;
    length = static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[8])) |
             static_cast<std::size_t>(static_cast<std::uint8_t>(bytes[9])) << 8;
  } else if (version == 2 || version == 3) {
    std::uint32_t wide = 0;
    std::memcpy(&wide, bytes.data() + 8, sizeof wide);
    found.begin = 12;
    length = wide;
  } else {
    throw Error(concat("is of version ", int{version}, " of .npy, expected 1 to 3"));
  }
  if (length > bytes.size() - found.begin) throw Error("ends within its header");
  const std::string_view header = bytes.substr(found.begin, length);
  found.begin += length;
  const auto type = valueOf(header, "descr"), order = valueOf(header, "fortran_order"),
             sides = valueOf(header, "shape");
  const auto shape = sides ? shapeOf(*sides) : std::nullopt;
  if (!type || !order || !shape) throw Error("has a header that is none of numpy's");
  if (type->starts_with("'>"))
    throw Error(
        concat("is big-endian (", *type, "), expected little-endian; save it with astype('<f4')"));
  if (*type != "'<f4'" && *type != "'<f8'")
    throw Error(concat("is of type ", *type, ", expected float32 ('<f4') or float64 ('<f8')"));
  found.valueBytes = *type == "'<f4'" ? 4 : 8;
  found.fortran = *order != "False";
  if (found.fortran && (*order != "True" || shape->size() > 2))
    throw Error(concat("is in Fortran order with ", shape->size(),
                       " sides, expected at most 2; save numpy.ascontiguousarray() of it"));
  found.shape = *shape;
  if (const std::size_t rest = bytes.size() - found.begin; !fills(*shape, found.valueBytes, rest))
    throw Error(concat("has ", rest, " bytes, which do not fit its shape ", *sides));
  return found;
}

std::string npyHeader(std::size_t valueBytes, const std::vector<std::int64_t>& shape) {
  std::string header = concat("{'descr': '", valueBytes == 8 ? "<f8" : "<f4",
                              "', 'fortran_order': False, 'shape': (");
  for (std::size_t i = 0; i < shape.size(); ++i)
    header +=
        concat(i > 0 ? " " : "", shape[i], i + 1 < shape.size() || shape.size() == 1 ? "," : "");
  header += "), }";
  header.resize((10 + header.size() + 1 + kAlignment - 1) / kAlignment * kAlignment - 11, ' ');
  header += '\n';
  std::string bytes(kMagic);
  bytes += {'\1', '\0', static_cast<char>(header.size()), static_cast<char>(header.size() >> 8)};
  return bytes + header;
}

}  // namespace uninet
