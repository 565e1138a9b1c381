#include "core/base/picture_check.h"

#include <cstdlib>
#include <vector>

#include "core/base/error.h"

namespace uninet {
namespace {

constexpr std::uint64_t kLargestSide = 16384;

/// Reads beyond the end give nothing and are remembered.
class Bytes {
 public:
  Bytes(const std::string& bytes, bool bigEndian) : bytes_(bytes), bigEndian_(bigEndian) {}

  std::uint64_t number(std::uint64_t at, unsigned count) {
    if (!holds(at, count)) return 0;
    std::uint64_t value = 0;
    for (unsigned i = 0; i < count; ++i)
      value = value << 8 | byte(at + (bigEndian_ ? i : count - 1 - i));
    return value;
  }
  unsigned byte(std::uint64_t at) const {
    return static_cast<unsigned char>(bytes_[static_cast<std::size_t>(at)]);
  }
  /// Whether `count` bytes from `at` on are there.
  bool holds(std::uint64_t at, std::uint64_t count) {
    const bool there = at <= bytes_.size() && count <= bytes_.size() - at;
    complete_ = complete_ && there;
    return there;
  }
  bool complete() const { return complete_; }
  std::uint64_t size() const { return bytes_.size(); }

 private:
  const std::string& bytes_;
  bool bigEndian_;
  bool complete_ = true;
};

/// Its chunks up to the end mark.
const char* lacksOfPng(const std::filesystem::path& file, const std::string& text) {
  Bytes bytes(text, true);
  if (!bytes.holds(0, 33)) return "its PNG ends before the end mark";
  checkPictureSize(file, bytes.number(16, 4), bytes.number(20, 4));
  for (std::uint64_t at = 8; bytes.holds(at, 12);) {
    if (text.compare(static_cast<std::size_t>(at + 4), 4, "IEND") == 0) return nullptr;
    at += 12 + bytes.number(at, 4);
  }
  return "its PNG ends before the end mark";
}

/// Its segments and scans up to the end-of-image mark (ITU T.81, B.1.1): segments have a length,
/// after the header of a scan its data lasts to the next mark that is no restart.
const char* lacksOfJpeg(const std::string& text) {
  constexpr unsigned kEnd = 0xD9, kScan = 0xDA, kRestart0 = 0xD0, kRestart7 = 0xD7, kTem = 0x01;
  Bytes bytes(text, true);
  for (std::uint64_t at = 2; bytes.holds(at, 2);) {
    const unsigned mark = bytes.byte(at + 1);
    if (bytes.byte(at) != 0xFF || mark == 0xFF) {
      ++at;  // fill bytes, and what decoders skip as well
      continue;
    }
    if (mark == kEnd) return nullptr;
    at += 2;
    if (mark == 0 || mark == kTem || (mark >= kRestart0 && mark <= kRestart7)) continue;
    at += bytes.number(at, 2);
    if (mark != kScan) continue;
    while (bytes.holds(at, 2)) {
      const unsigned next = bytes.byte(at + 1);
      if (bytes.byte(at) == 0xFF && next != 0 && next != 0xFF &&
          !(next >= kRestart0 && next <= kRestart7))
        break;
      ++at;
    }
  }
  return "its JPEG ends before the end mark";
}

const char* lacksOfWebp(const std::string& text) {
  Bytes bytes(text, false);
  return bytes.holds(0, bytes.number(4, 4) + 8) ? nullptr : "its WebP is longer than the file";
}

/// Rows of an uncompressed bitmap; of a compressed one the place where its data begin.
const char* lacksOfBmp(const std::string& text) {
  constexpr std::uint64_t kOldHeader = 12, kRgb = 0, kBitFields = 3;
  Bytes bytes(text, false);
  const std::uint64_t data = bytes.number(10, 4);
  const bool old = bytes.number(14, 4) == kOldHeader;
  const std::uint64_t width = old ? bytes.number(18, 2) : bytes.number(18, 4);
  const auto height =
      static_cast<std::uint64_t>(old ? static_cast<std::int64_t>(bytes.number(20, 2))
                                     : std::abs(static_cast<std::int64_t>(static_cast<std::int32_t>(
                                           static_cast<std::uint32_t>(bytes.number(22, 4))))));
  const std::uint64_t bits = old ? bytes.number(24, 2) : bytes.number(28, 2);
  const std::uint64_t compression = old ? kRgb : bytes.number(30, 4);
  if (!bytes.complete()) return "its BMP ends within the header";
  if (compression == kRgb || compression == kBitFields)
    bytes.holds(data, (width * bits + 31) / 32 * 4 * height);
  else
    bytes.holds(data, 1);  // the decoder knows the rest
  return bytes.complete() ? nullptr : "its BMP has fewer rows than its header names";
}

/// Strips or tiles of the first picture (TIFF 6.0, section 2; BigTIFF has 64-bit places).
const char* lacksOfTiff(const std::string& text) {
  constexpr unsigned kStripPlaces = 273, kStripSizes = 279, kTilePlaces = 324, kTileSizes = 325;
  constexpr const char* kLacks = "its TIFF names data beyond the end of the file";
  Bytes bytes(text, text[0] == 'M');
  const bool big = bytes.number(2, 2) == 43;
  const unsigned place = big ? 8 : 4, entry = big ? 20 : 12;
  const std::uint64_t directory = big ? bytes.number(8, 8) : bytes.number(4, 4);
  const std::uint64_t entries = bytes.number(directory, big ? 8 : 2);
  const std::uint64_t first = directory + (big ? 8 : 2);
  if (!bytes.complete() || entries > bytes.size() || !bytes.holds(first, entries * entry))
    return kLacks;
  const auto values = [&](std::uint64_t at) {
    const std::uint64_t type = bytes.number(at + 2, 2), count = bytes.number(at + 4, place);
    const unsigned size = type == 3 ? 2 : type == 16 ? 8 : 4;
    std::vector<std::uint64_t> found;
    if (count > bytes.size() / size) {
      bytes.holds(bytes.size(), 1);
      return found;
    }
    std::uint64_t from = at + 4 + place;
    if (count * size > place) from = bytes.number(from, place);
    for (std::uint64_t i = 0; i < count && bytes.complete(); ++i)
      found.push_back(bytes.number(from + i * size, size));
    return found;
  };
  std::vector<std::uint64_t> places, sizes;
  for (std::uint64_t i = 0; i < entries; ++i) {
    const std::uint64_t at = first + i * entry, tag = bytes.number(at, 2);
    if (tag == kStripPlaces || tag == kTilePlaces) places = values(at);
    if (tag == kStripSizes || tag == kTileSizes) sizes = values(at);
  }
  for (std::size_t i = 0; i < places.size(); ++i)
    bytes.holds(places[i], i < sizes.size() ? sizes[i] : 1);
  return bytes.complete() ? nullptr : kLacks;
}

}  // namespace

/// Whether the size of the second header is one that there is.
static bool hasBitmapHeader(const std::string& text) {
  Bytes bytes(text, false);
  const std::uint64_t size = bytes.number(14, 4);
  for (const std::uint64_t known : {12, 16, 40, 52, 56, 64, 108, 124})
    if (size == known) return true;
  return text.size() < 18;  // cut off before it
}

const char* pictureFormat(const std::string& bytes) {
  const auto begins = [&bytes](const char* mark, std::size_t length, std::size_t at = 0) {
    return bytes.size() >= at + length && bytes.compare(at, length, mark, length) == 0;
  };
  if (begins("\x89PNG\r\n\x1a\n", 8)) return "PNG";
  if (begins("\xff\xd8\xff", 3)) return "JPEG";
  if (begins("BM", 2) && hasBitmapHeader(bytes)) return "BMP";
  if (begins("RIFF", 4) && begins("WEBP", 4, 8)) return "WebP";
  for (const char* mark : {"II*\0", "MM\0*", "II+\0", "MM\0+"})
    if (begins(mark, 4)) return "TIFF";
  return "";
}

void checkPicture(const std::filesystem::path& file, const std::string& bytes) {
  const std::string format = pictureFormat(bytes);
  if (format.empty())
    throw Error(concat(file.string(),
                       " is no picture that can be read; PNG, JPEG, BMP, WebP and TIFF can"));
  const char* const lacks = format == "PNG"    ? lacksOfPng(file, bytes)
                            : format == "JPEG" ? lacksOfJpeg(bytes)
                            : format == "BMP"  ? lacksOfBmp(bytes)
                            : format == "WebP" ? lacksOfWebp(bytes)
                                               : lacksOfTiff(bytes);
  if (lacks != nullptr)
    throw Error(concat(file.string(), " is truncated: ", lacks, "; copy it again from its source"));
}

void checkPictureSize(const std::filesystem::path& file, std::uint64_t width,
                      std::uint64_t height) {
  if (width > kLargestSide || height > kLargestSide)
    throw Error(concat(file.string(), ": expected at most ", kLargestSide, " pixels a side, found ",
                       height, "x", width));
}

}  // namespace uninet
