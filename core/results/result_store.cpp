#include "core/results/result_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "core/base/database.h"
#include "core/base/error.h"
#include "core/base/file_lock.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/base/picture_check.h"
#include "core/base/pictures.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kBusyMs = 5000, kRetryMs = 50;
/// Each try to begin writing waits for kBusyMs.
constexpr int kMostTries = 24;
/// So long a plainly written file waits for its readers: one who makes a report of it may take
/// minutes, and results must not be lost by that.
constexpr int kPlainBusyMs = 600'000;
/// Begins the keys of remarks.
constexpr const char* kRemark = "remark: ";
constexpr const char* kSchema = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs(id INTEGER PRIMARY KEY, attack TEXT NOT NULL, options TEXT NOT NULL,
                  title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE TABLE images(id INTEGER PRIMARY KEY, name TEXT NOT NULL, fingerprint TEXT NOT NULL);
CREATE TABLE results(run INTEGER NOT NULL, image INTEGER NOT NULL, skipped TEXT NOT NULL,
                     details TEXT NOT NULL, PRIMARY KEY(run, image));
CREATE TABLE measures(run INTEGER NOT NULL, image INTEGER NOT NULL, variant TEXT NOT NULL,
                      data BLOB NOT NULL, PRIMARY KEY(run, image, variant));
CREATE TABLE pictures(run INTEGER NOT NULL, image INTEGER NOT NULL, kind TEXT NOT NULL,
                      png BLOB NOT NULL, PRIMARY KEY(run, image, kind));
)";

constexpr DatabaseWords kWords{
    "results file", "free some space: what is in it stays, and the same command goes on"};

/// Says of which file and what in it an entry is that cannot be read.
template <class Work>
auto reading(const fs::path& file, std::int64_t run, std::int64_t image, Work work) {
  try {
    return work();
  } catch (const Error& e) {
    throw Error(concat(file.string(), ", run ", run, ", image ", image, ": ", e.what()));
  }
}

template <class Work>
auto guarded(const fs::path& file, Work work) {
  return guardedDatabase(file, kWords, std::move(work));
}

}  // namespace

std::string optionOf(const StoredRun& run, const std::string& key) {
  const Json options = Json::parse(run.options);
  if (!options.contains(key)) return {};
  const Json& value = options[key];
  if (value.is_string()) return value;
  return value.is_number() ? numberText(value.get<double>()) : value.dump();
}

std::optional<SwappedPair> swappedPair(const StoredRun& run) {
  if (run.attack != "dag-detection") return std::nullopt;
  return SwappedPair{optionOf(run, "first"), optionOf(run, "second")};
}

struct ResultStore::State {
  fs::path file;
  std::optional<FileLock> lock;  ///< of the one that writes
  SQLite::Database database;
  std::map<std::string, std::string> about;
  std::vector<StoredRun> runs;
  Classes classes = cityscapesClasses();

  State(const fs::path& path, int flags) : file(path), database(path.string(), flags, kBusyMs) {}

  State(const State&) = delete;
  State& operator=(const State&) = delete;
  /// Back to one plain file, as soon as nobody reads it; after a few seconds the log has to stay.
  ~State() {
    if (!lock) return;
    for (int i = 0; i < kBusyMs / kRetryMs; ++i) {
      if (database.tryExec("PRAGMA journal_mode=DELETE") == SQLITE_OK) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(kRetryMs));
    }
  }

  void requireOurs() {
    for (const char* table : {"meta", "runs", "images", "results", "measures", "pictures"})
      if (!hasTable(database, table))
        throw Error(concat(file.string(), " is a database, but holds no results of a sweep"));
  }

  /// Refuses a database that is none of ours.
  void load() {
    requireOurs();
    SQLite::Statement meta(database, "SELECT key, value FROM meta");
    while (meta.executeStep()) about[meta.getColumn(0)] = meta.getColumn(1).getString();
    if (const std::string version = about["version"]; version != kVersion)
      throw Error(concat(file.string(), ": expected results of version ", kVersion, ", found ",
                         version.empty() ? "none" : version, "; use the program that wrote them"));
    about.erase("version");
    std::erase_if(about, [](const auto& entry) { return entry.first.starts_with(kRemark); });
    classes = unpackClasses(about["classes"], file.string());
    about.erase("classes");
    SQLite::Statement query(database,
                            "SELECT id, attack, options, title, changed FROM runs ORDER BY id");
    while (query.executeStep())
      runs.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                      optionsOf(query.getColumn(2).getString()), query.getColumn(3).getString(),
                      changedOf(query.getColumn(4).getString())});
  }

  /// The text, if it is an object.
  std::string optionsOf(const std::string& text) const {
    const auto refuse = [&](const char* found) -> void {
      throw Error(concat(file.string(), ": expected the options of a run, found ", found));
    };
    try {
      const Json options = parseJson(text, file.string());
      if (!options.is_object()) refuse(options.type_name());
    } catch (const Json::exception& e) {
      refuse(e.what());
    }
    return text;
  }

  std::map<std::string, std::string> changedOf(const std::string& text) const {
    try {
      return parseJson(text, file.string()).get<std::map<std::string, std::string>>();
    } catch (const Json::exception& e) {
      throw Error(concat(file.string(), ": the options of a run cannot be read: ", e.what()));
    }
  }

  std::map<std::int64_t, std::string> texts(const char* sql, std::optional<std::int64_t> run) {
    return guarded(file, [&] {
      SQLite::Statement query(database, sql);
      if (run) query.bind(1, *run);
      std::map<std::int64_t, std::string> found;
      while (query.executeStep())
        found[query.getColumn(0).getInt64()] = query.getColumn(1).getString();
      return found;
    });
  }
};

ResultStore::ResultStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
ResultStore::ResultStore(ResultStore&&) noexcept = default;
ResultStore& ResultStore::operator=(ResultStore&&) noexcept = default;
ResultStore::~ResultStore() = default;

ResultStore ResultStore::create(const fs::path& file,
                                const std::map<std::string, std::string>& identity,
                                const std::map<std::string, std::string>& facts,
                                const ClassTable& classes, const std::vector<StoredRun>& runs,
                                Journal journal) {
  if (file.has_parent_path()) makeFolder(file.parent_path());
  return guarded(file, [&] {
    FileLock lock(file);
    auto state = std::make_unique<State>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    state->lock = std::move(lock);
    SQLite::Database& database = state->database;
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
    if (!empty) state->requireOurs();
    // A report that is being made from the file holds it, and lets go of it by itself.
    const char* mode =
        journal == Journal::log ? "PRAGMA journal_mode=WAL" : "PRAGMA journal_mode=DELETE";
    for (int i = 0; database.tryExec(mode) == SQLITE_BUSY; ++i)
      if (i == kMostTries) database.exec(mode);
    if (journal == Journal::plain) database.setBusyTimeout(kPlainBusyMs);
    database.exec("PRAGMA synchronous=NORMAL");
    if (empty) {
      SQLite::Transaction transaction(database);
      database.exec(kSchema);
      SQLite::Statement meta(database, "INSERT INTO meta VALUES(?, ?)");
      const auto add = [&](const std::string& key, const std::string& value) {
        meta.bind(1, key);
        meta.bind(2, value);
        meta.exec();
        meta.reset();
      };
      add("version", kVersion);
      for (const auto& [key, value] : identity) add(key, value);
      for (const auto& [key, value] : facts) add(key, value);
      add("classes", packClasses(classes));
      SQLite::Statement insert(database, "INSERT INTO runs VALUES(?, ?, ?, ?, ?)");
      for (const StoredRun& run : runs) {
        insert.bind(1, run.id);
        insert.bind(2, run.attack);
        insert.bind(3, run.options);
        insert.bind(4, run.title);
        insert.bind(5, Json(run.changed).dump());
        insert.exec();
        insert.reset();
      }
      transaction.commit();
    }
    state->load();
    const auto require = [&](const std::string& key, const std::string& value) {
      const auto found = state->about.find(key);
      const std::string was = found == state->about.end() ? "none" : found->second;
      if (was != value)
        throw Error(concat(file.string(), " was made with another ", key, " (", was, ", now ",
                           value, "); give another --out, or remove it to begin anew"));
    };
    require("shard", identity.contains("shard") ? identity.at("shard") : "none");
    for (const auto& [key, value] : identity) require(key, value);
    return ResultStore(std::move(state));
  });
}

ResultStore ResultStore::open(const fs::path& file) {
  if (!isFile(file))
    throw Error(concat(file.string(), " is not there; \"uninet sweep\" writes such a file"));
  return guarded(file, [&] {
    auto state = std::make_unique<State>(file, SQLite::OPEN_READONLY);
    state->database.exec("PRAGMA trusted_schema=OFF");
    // One state of the file for everything that is read, though a sweep goes on writing it.
    state->database.exec("BEGIN");
    state->load();
    return ResultStore(std::move(state));
  });
}

ResultStore ResultStore::openFinished(const fs::path& file) {
  const auto beside = [&](const char* ending) { return fs::path(file.string() + ending); };
  if (isFile(file) &&
      (isThere(FileLock::pathOf(file)) || isThere(beside("-journal")) || isThere(beside("-wal"))))
    guarded(file, [&] {
      const FileLock lock(file);
      SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, kBusyMs);
      database.exec("PRAGMA journal_mode=DELETE");  // reads it, and so undoes what is half written
    });
  return open(file);
}

const std::map<std::string, std::string>& ResultStore::about() const { return state_->about; }
const std::vector<StoredRun>& ResultStore::runs() const { return state_->runs; }
const Classes& ResultStore::classes() const { return state_->classes; }

void ResultStore::setBusyTimeout(int milliseconds) {
  state_->database.setBusyTimeout(milliseconds);
}

void ResultStore::addImage(std::int64_t image, const std::string& name,
                           const std::string& fingerprint) {
  guarded(state_->file, [&] {
    SQLite::Statement known(state_->database, "SELECT name, fingerprint FROM images WHERE id=?");
    known.bind(1, image);
    if (known.executeStep()) {
      if (known.getColumn(0).getString() == name && known.getColumn(1).getString() == fingerprint)
        return;
      throw Error(concat(state_->file.string(), ": image ", name,
                         " has changed since its results were measured; give another --out"));
    }
    SQLite::Statement insert(state_->database, "INSERT INTO images VALUES(?, ?, ?)");
    insert.bind(1, image);
    insert.bind(2, name);
    insert.bind(3, fingerprint);
    insert.exec();
  });
}

void ResultStore::put(const StoredResult& result) {
  guarded(state_->file, [&] {
    SQLite::Database& database = state_->database;
    SQLite::Transaction transaction(database);
    SQLite::Statement insert(database, "INSERT OR REPLACE INTO results VALUES(?, ?, ?, ?)");
    insert.bind(1, result.run);
    insert.bind(2, result.image);
    insert.bind(3, result.skipped);
    insert.bind(4, packFacts(result.facts));
    insert.exec();
    const auto blob = [&](const char* sql, const std::string& name, const void* data,
                          std::size_t size) {
      SQLite::Statement statement(database, sql);
      statement.bind(1, result.run);
      statement.bind(2, result.image);
      statement.bind(3, name);
      statement.bind(4, data, static_cast<int>(size));
      statement.exec();
    };
    for (const auto& [variant, measures] : result.measures) {
      const std::string bytes = packMeasures(measures);
      blob("INSERT OR REPLACE INTO measures VALUES(?, ?, ?, ?)", variant, bytes.data(),
           bytes.size());
    }
    for (const auto& [kind, picture] : result.pictures) {
      const std::string png = encodePng(picture);
      blob("INSERT OR REPLACE INTO pictures VALUES(?, ?, ?, ?)", kind, png.data(), png.size());
    }
    transaction.commit();
  });
}

std::size_t ResultStore::copy(const ResultStore& from, std::int64_t image) {
  struct Row {
    std::string name, content;
  };
  const auto rowsOf = [&](const char* sql, std::int64_t run) {
    return guarded(from.state_->file, [&] {
      SQLite::Statement query(from.state_->database, sql);
      query.bind(1, run);
      query.bind(2, image);
      std::vector<Row> rows;
      while (query.executeStep())
        rows.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
      return rows;
    });
  };
  const auto images = from.state_->texts("SELECT id, name FROM images WHERE id=?", image);
  const auto prints = from.state_->texts("SELECT id, fingerprint FROM images WHERE id=?", image);
  if (images.empty()) return 0;
  return guarded(state_->file, [&] {
    SQLite::Database& database = state_->database;
    SQLite::Transaction transaction(database);
    addImage(image, images.at(image), prints.at(image));
    std::size_t copied = 0;
    for (const StoredRun& run : state_->runs) {
      const auto insert = [&](const char* sql, const Row& row, bool text) {
        SQLite::Statement statement(database, sql);
        statement.bind(1, run.id);
        statement.bind(2, image);
        statement.bind(3, row.name);
        if (text)
          statement.bind(4, row.content);
        else
          statement.bind(4, row.content.data(), static_cast<int>(row.content.size()));
        return statement.exec() > 0;
      };
      const auto results =
          rowsOf("SELECT skipped, details FROM results WHERE run=? AND image=?", run.id);
      if (results.empty()) continue;
      const auto pictures =
          rowsOf("SELECT kind, png FROM pictures WHERE run=? AND image=? ORDER BY kind", run.id);
      // One that lacks a picture was computed before that was asked for. The other one replaces it
      // as a whole: a picture belongs to the measures of its own computation.
      const auto lacks = [&](const Row& picture) {
        SQLite::Statement found(database,
                                "SELECT 1 FROM pictures WHERE run=? AND image=? AND kind=?");
        found.bind(1, run.id);
        found.bind(2, image);
        found.bind(3, picture.name);
        return !found.executeStep();
      };
      if (std::any_of(pictures.begin(), pictures.end(), lacks))
        for (const char* table : {"results", "measures", "pictures"}) {
          SQLite::Statement remove(database,
                                   concat("DELETE FROM ", table, " WHERE run=? AND image=?"));
          remove.bind(1, run.id);
          remove.bind(2, image);
          remove.exec();
        }
      if (!insert("INSERT OR IGNORE INTO results VALUES(?, ?, ?, ?)", results.front(), true))
        continue;
      ++copied;
      for (const Row& row :
           rowsOf("SELECT variant, data FROM measures WHERE run=? AND image=? ORDER BY variant",
                  run.id))
        insert("INSERT INTO measures VALUES(?, ?, ?, ?)", row, false);
      for (const Row& row : pictures) insert("INSERT INTO pictures VALUES(?, ?, ?, ?)", row, false);
    }
    transaction.commit();
    return copied;
  });
}

std::string ResultStore::remark(const std::string& key) const {
  return guarded(state_->file, [&] {
    SQLite::Statement query(state_->database, "SELECT value FROM meta WHERE key=?");
    query.bind(1, kRemark + key);
    return query.executeStep() ? query.getColumn(0).getString() : std::string();
  });
}

void ResultStore::setRemark(const std::string& key, const std::string& value) {
  guarded(state_->file, [&] {
    SQLite::Statement insert(state_->database, "INSERT OR REPLACE INTO meta VALUES(?, ?)");
    insert.bind(1, kRemark + key);
    insert.bind(2, value);
    insert.exec();
  });
}

std::set<std::pair<std::int64_t, std::int64_t>> ResultStore::finished() const {
  return guarded(state_->file, [&] {
    SQLite::Statement query(state_->database, "SELECT run, image FROM results");
    std::set<std::pair<std::int64_t, std::int64_t>> found;
    while (query.executeStep())
      found.emplace(query.getColumn(0).getInt64(), query.getColumn(1).getInt64());
    return found;
  });
}

std::map<std::int64_t, std::string> ResultStore::fingerprints() const {
  return state_->texts("SELECT id, fingerprint FROM images", {});
}

std::map<std::int64_t, std::string> ResultStore::images() const {
  return state_->texts("SELECT id, name FROM images ORDER BY id", {});
}

std::map<std::int64_t, ImageMeasures> ResultStore::measures(std::int64_t run,
                                                            const std::string& variant) const {
  return guarded(state_->file, [&] {
    SQLite::Statement query(state_->database,
                            "SELECT image, data FROM measures WHERE run=? AND variant=?");
    query.bind(1, run);
    query.bind(2, variant);
    std::map<std::int64_t, ImageMeasures> found;
    while (query.executeStep()) {
      const std::int64_t image = query.getColumn(0).getInt64();
      found[image] = reading(state_->file, run, image,
                             [&] { return unpackMeasures(query.getColumn(1).getString()); });
    }
    return found;
  });
}

std::map<std::int64_t, ImageFacts> ResultStore::facts(std::int64_t run) const {
  std::map<std::int64_t, ImageFacts> found;
  for (const auto& [image, text] : state_->texts(
           "SELECT image, details FROM results WHERE run=? AND skipped='' ORDER BY image", run))
    found[image] = reading(state_->file, run, image, [&text = text] { return unpackFacts(text); });
  return found;
}

std::map<std::int64_t, std::string> ResultStore::skipped(std::int64_t run) const {
  return state_->texts(
      "SELECT image, skipped FROM results WHERE run=? AND skipped<>'' ORDER BY image", run);
}

std::vector<std::int64_t> ResultStore::imagesWithPicture(std::int64_t run,
                                                         const std::string& kind) const {
  return guarded(state_->file, [&] {
    SQLite::Statement query(state_->database,
                            "SELECT image FROM pictures WHERE run=? AND kind=? ORDER BY image");
    query.bind(1, run);
    query.bind(2, kind);
    std::vector<std::int64_t> found;
    while (query.executeStep()) found.push_back(query.getColumn(0).getInt64());
    return found;
  });
}

cv::Mat ResultStore::picture(std::int64_t run, std::int64_t image, const std::string& kind) const {
  return guarded(state_->file, [&] {
    SQLite::Statement query(state_->database,
                            "SELECT png FROM pictures WHERE run=? AND image=? AND kind=?");
    query.bind(1, run);
    query.bind(2, image);
    query.bind(3, kind);
    if (!query.executeStep())
      throw Error(concat(state_->file.string(), ": no picture \"", kind, "\" of run ", run,
                         " and image ", image));
    const std::string png = query.getColumn(0).getString();
    checkPicture(state_->file, png);
    return reading(state_->file, run, image, [&] { return decodePng(png); });
  });
}

}  // namespace uninet
