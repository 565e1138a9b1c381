#include "core/base/database.h"

#include <sqlite3.h>

#include "core/base/error.h"

namespace uninet {

void refuseDatabase(const std::filesystem::path& file, const SQLite::Exception& error,
                    const DatabaseWords& words) {
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(concat(file.string(), " is locked by another program; close it and try again"));
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw Error(concat(file.string(), " cannot be written; check its permissions"));
    case SQLITE_FULL:
    case SQLITE_IOERR:
      throw Error(
          concat(file.string(), " cannot be written (", error.what(), "); ", words.whenFull));
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw Error(concat(file.string(), " is no ", words.kind, ": ", error.what()));
    case SQLITE_CANTOPEN:
      throw Error(concat(file.string(), " cannot be opened; check the path and its permissions"));
    default:
      throw Error(concat(file.string(), ": ", error.what()));
  }
}

bool hasTable(SQLite::Database& database, const char* name) {
  SQLite::Statement query(database,
                          "SELECT count(*) FROM sqlite_master WHERE type='table' AND name=?");
  query.bind(1, name);
  query.executeStep();
  return query.getColumn(0).getInt() > 0;
}

}  // namespace uninet
