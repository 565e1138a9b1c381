#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <span>

#include "fuzz.h"

namespace uninet::fuzz {

/// A copy of a good database in which one entry is replaced: the first byte says by which of
/// `updates` (with one "?"), the rest is its value. `size` is not 0.
inline void replaceEntry(const std::filesystem::path& good, const std::filesystem::path& file,
                         std::span<const char* const> updates, const std::uint8_t* data,
                         std::size_t size) {
  std::filesystem::copy_file(good, file, std::filesystem::copy_options::overwrite_existing);
  SQLite::Database database(file.string(), SQLite::OPEN_READWRITE);
  database.exec("PRAGMA journal_mode=OFF");
  database.exec("PRAGMA synchronous=OFF");
  SQLite::Statement update(database, updates[data[0] % updates.size()]);
  update.bind(1, data + 1, static_cast<int>(size - 1));
  update.exec();
}

}  // namespace uninet::fuzz
