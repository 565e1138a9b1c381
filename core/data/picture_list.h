#pragma once

#include <filesystem>
#include <vector>

namespace uninet {

/// Whether a file of this name lists pictures: .txt, .lst, .list or .csv in any case.
bool isPictureList(const std::filesystem::path& file);

/// Whether a file of this name is a picture: .png, .jpg, .jpeg, .bmp, .webp, .tif, .tiff in any
/// case.
bool hasPictureEnding(const std::filesystem::path& file);

/// The pictures that a text file lists, one a line, relative to its folder. Of several columns
/// (separated by a comma, tab or blank) the first counts. Blank lines, lines that begin with #, a
/// byte-order mark and the titles of a .csv are passed over. Throws Error naming the list: a
/// picture that is not there, text in UTF-16.
std::vector<std::filesystem::path> readPictureList(const std::filesystem::path& list);

}  // namespace uninet
