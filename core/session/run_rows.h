#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <map>
#include <string>

#include "core/session/run_store.h"

namespace uninet {

// The rows of RunStore's table of runs; no part of its interface. Paths are relative to `folder`,
// that of the file.

/// Of a SELECT whose rows runOf() reads.
inline constexpr const char* kRunColumns =
    "id, name, note, pinned, time, data, image, image_fingerprint, network, network_hash, origin, "
    "attack, options, preset, region, stopped, details, classes, clean, attacked, manifest";

/// By text, so that runs share one table of classes.
using ClassTables = std::map<std::string, Classes>;
/// Throws Error naming file and run.
KeptRun runOf(SQLite::Statement& query, const std::filesystem::path& file, ClassTables& tables);

std::string originText(const KeptRun& run, const std::filesystem::path& folder);

/// Keys of the pictures, and a PNG.
struct RunPictures {
  std::string clean, attacked, thumbnail;
};
/// Its id.
std::int64_t insertRun(SQLite::Database& database, const KeptRun& run,
                       const std::filesystem::path& folder, const RunPictures& pictures);

/// Binds bytes, which may be none.
void bindBlob(SQLite::Statement& statement, int at, const std::string& bytes);

}  // namespace uninet
