#pragma once

#include <map>
#include <string_view>

#include "model/checkpoint/refuse.h"

namespace uninet {

/// Name → content of the entries of a zip or zip64 archive, as parts of `archive`. Refused are
/// compressed and encrypted entries, which Torch never writes, entries that overlap or lead outside
/// the file, and those whose checksum is wrong (0, which Torch writes on request, means none).
std::map<std::string_view, std::string_view> zipEntries(std::string_view archive,
                                                        const Refuse& refuse);

}  // namespace uninet
