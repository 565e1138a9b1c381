#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <utility>

namespace uninet {

/// How sentences speak of a kind of SQLite file.
struct DatabaseWords {
  const char* kind;      ///< "results file"
  const char* whenFull;  ///< what to do when there is no room: "free some space"
};

/// Throws Error: a sentence that names the file, for what SQLite threw.
[[noreturn]] void refuseDatabase(const std::filesystem::path& file, const SQLite::Exception& error,
                                 const DatabaseWords& words);

/// Calls `work` and turns what SQLite throws into such a sentence.
template <class Work>
auto guardedDatabase(const std::filesystem::path& file, const DatabaseWords& words, Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    refuseDatabase(file, error, words);
  }
}

/// Whether it has a table of this name; a view is none, and could go on for ever.
bool hasTable(SQLite::Database& database, const char* name);

}  // namespace uninet
