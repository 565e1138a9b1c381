#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace uninet {

/// "PNG", "JPEG", "BMP", "WebP" or "TIFF" by the first bytes; "" for anything else.
const char* pictureFormat(const std::string& bytes);

/// Throws Error naming the file, before anything is decoded, if the bytes are none of the formats
/// above, if they end before the picture does (decoders fill what is missing with grey), or if a
/// PNG says that it is too large.
void checkPicture(const std::filesystem::path& file, const std::string& bytes);

/// Throws Error naming the file above 16384 pixels a side.
void checkPictureSize(const std::filesystem::path& file, std::uint64_t width, std::uint64_t height);

}  // namespace uninet
