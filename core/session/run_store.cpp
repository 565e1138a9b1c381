#include "core/session/run_store.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "core/base/database.h"
#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/picture_check.h"
#include "core/base/pictures.h"
#include "core/base/sha256.h"
#include "core/session/run_rows.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMs = 5000;
constexpr int kThumbnailWidth = 96, kThumbnailHeight = 48;
constexpr DatabaseWords kWords{"file of runs", "free some space: what is in it stays"};
constexpr const char* kSchema = R"(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE runs(id INTEGER PRIMARY KEY AUTOINCREMENT, removed INTEGER NOT NULL,
                  name TEXT NOT NULL, note TEXT NOT NULL, pinned INTEGER NOT NULL,
                  time TEXT NOT NULL, data TEXT NOT NULL, image TEXT NOT NULL,
                  image_fingerprint TEXT NOT NULL, network TEXT NOT NULL,
                  network_hash TEXT NOT NULL, origin TEXT NOT NULL, attack TEXT NOT NULL,
                  options TEXT NOT NULL, preset TEXT NOT NULL, region TEXT NOT NULL,
                  stopped INTEGER NOT NULL, details TEXT NOT NULL, classes TEXT NOT NULL,
                  clean BLOB NOT NULL, attacked BLOB NOT NULL, manifest TEXT NOT NULL,
                  clean_picture TEXT NOT NULL, attacked_picture TEXT NOT NULL,
                  thumbnail BLOB NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE pictures(sha256 TEXT PRIMARY KEY, png BLOB NOT NULL);
)";
/// A transaction that waits for the lock before it reads anything, so that two writers never stand
/// in each other's way half-way.
class Writing {
 public:
  explicit Writing(SQLite::Database& database)
      : transaction_(database, SQLite::TransactionBehavior::IMMEDIATE) {}
  void commit() { transaction_.commit(); }

 private:
  SQLite::Transaction transaction_;
};

std::string sha256Of(const std::string& bytes) {
  Sha256 hash;
  hash.add(bytes.data(), bytes.size());
  return hash.finish();
}

std::string keepPicture(SQLite::Database& database, const cv::Mat& image) {
  if (image.type() != CV_8UC3)
    throw Error("a run cannot be kept: its picture is not RGB with 8 bits a channel");
  const std::string png = encodePng(image);
  std::string key = sha256Of(png);
  SQLite::Statement insert(database, "INSERT OR IGNORE INTO pictures VALUES(?, ?)");
  insert.bind(1, key);
  bindBlob(insert, 2, png);
  insert.exec();
  return key;
}

std::string thumbnailOf(const cv::Mat& image) {
  const double scale = std::min({1.0, static_cast<double>(kThumbnailWidth) / image.cols,
                                 static_cast<double>(kThumbnailHeight) / image.rows});
  cv::Mat small;
  cv::resize(image, small,
             {std::max(1, static_cast<int>(image.cols * scale)),
              std::max(1, static_cast<int>(image.rows * scale))},
             0, 0, cv::INTER_AREA);
  return encodePng(small);
}

void deleteUnusedPictures(SQLite::Database& database) {
  database.exec(
      "DELETE FROM pictures WHERE sha256 NOT IN "
      "(SELECT clean_picture FROM runs UNION SELECT attacked_picture FROM runs)");
}

std::uint64_t bytesIn(SQLite::Database& database) {
  const std::int64_t bytes =
      database
          .execAndGet(
              "SELECT coalesce((SELECT sum(length(png)) FROM pictures), 0) + "
              "coalesce((SELECT sum(bytes) FROM runs), 0)")
          .getInt64();
  return static_cast<std::uint64_t>(std::max<std::int64_t>(bytes, 0));
}

}  // namespace

struct RunStore::State {
  fs::path file;
  SQLite::Database database;

  explicit State(const fs::path& path)
      : file(plainPath(path)),
        database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMs) {}

  void requireOurs() {
    for (const char* table : {"meta", "runs", "pictures"})
      if (!hasTable(database, table))
        throw Error(concat(file.string(), " is a database, but holds no runs of a session"));
    SQLite::Statement meta(database, "SELECT value FROM meta WHERE key='version'");
    const std::string version = meta.executeStep() ? meta.getColumn(0).getString() : "none";
    if (version != kVersion)
      throw Error(concat(file.string(), ": expected runs of version ", kVersion, ", found ",
                         version, "; use the program that wrote them"));
  }

  bool isEmpty() { return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0; }

  void create() {
    // Room that was made is given back to the disk.
    database.exec("PRAGMA auto_vacuum=FULL");
    Writing writing(database);
    if (!isEmpty()) return;  // somebody else was faster
    database.exec(kSchema);
    SQLite::Statement meta(database, "INSERT INTO meta VALUES('version', ?)");
    meta.bind(1, kVersion);
    meta.exec();
    writing.commit();
  }

  template <class Work>
  auto guarded(Work work) {
    return guardedDatabase(file, kWords, std::move(work));
  }

  [[noreturn]] void gone(std::int64_t id) const {
    throw Error(concat(file.string(), ": run ", id, " is not there any more"));
  }

  template <class Value>
  void set(std::int64_t id, const char* column, const Value& value) {
    guarded([&] {
      SQLite::Statement update(database, concat("UPDATE runs SET ", column, "=? WHERE id=?"));
      update.bind(1, value);
      update.bind(2, id);
      if (update.exec() == 0) gone(id);
    });
  }

  cv::Mat picture(std::int64_t id, const char* sql) {
    return guarded([&] {
      SQLite::Statement query(database, sql);
      query.bind(1, id);
      if (!query.executeStep()) gone(id);
      const std::string png = query.getColumn(0).getString();
      try {
        checkPicture("its picture", png);
        return decodePng(png);
      } catch (const Error& e) {
        throw Error(concat(file.string(), ", run ", id, ": ", e.what()));
      }
    });
  }
};

RunStore::RunStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunStore::RunStore(RunStore&&) noexcept = default;
RunStore& RunStore::operator=(RunStore&&) noexcept = default;
RunStore::~RunStore() = default;

RunStore RunStore::open(const fs::path& file) {
  return guardedDatabase(file, kWords, [&] {
    auto state = std::make_unique<State>(file);
    state->database.exec("PRAGMA trusted_schema=OFF");
    state->database.exec("PRAGMA secure_delete=ON");
    if (state->isEmpty()) state->create();
    state->requireOurs();
    return RunStore(std::move(state));
  });
}

const fs::path& RunStore::file() const { return state_->file; }
void RunStore::setBusyTimeout(int milliseconds) { state_->database.setBusyTimeout(milliseconds); }

std::int64_t RunStore::add(const KeptRun& run, const cv::Mat& clean, const cv::Mat& attacked) {
  return state_->guarded([&] {
    SQLite::Database& database = state_->database;
    Writing writing(database);
    const std::string before = keepPicture(database, clean);
    const std::string after = keepPicture(database, attacked);
    const std::int64_t id = insertRun(database, run, state_->file.parent_path(),
                                      {before, after, thumbnailOf(attacked)});
    writing.commit();
    return id;
  });
}

std::vector<KeptRun> RunStore::runs(std::vector<std::string>* damaged) const {
  return state_->guarded([&] {
    SQLite::Statement query(
        state_->database, concat("SELECT ", kRunColumns, " FROM runs WHERE removed=0 ORDER BY id"));
    ClassTables tables;
    std::vector<KeptRun> found;
    while (query.executeStep()) {
      try {
        found.push_back(runOf(query, state_->file, tables));
      } catch (const Error& e) {
        if (damaged == nullptr) throw;
        damaged->emplace_back(e.what());
      }
    }
    return found;
  });
}

std::optional<KeptRun> RunStore::run(std::int64_t id) const {
  return state_->guarded([&]() -> std::optional<KeptRun> {
    SQLite::Statement query(state_->database,
                            concat("SELECT ", kRunColumns, " FROM runs WHERE removed=0 AND id=?"));
    query.bind(1, id);
    ClassTables tables;
    if (!query.executeStep()) return std::nullopt;
    return runOf(query, state_->file, tables);
  });
}

cv::Mat RunStore::attackedImage(std::int64_t id) const {
  return state_->picture(
      id, "SELECT png FROM pictures JOIN runs ON sha256 = attacked_picture WHERE id=?");
}
cv::Mat RunStore::cleanImage(std::int64_t id) const {
  return state_->picture(id,
                         "SELECT png FROM pictures JOIN runs ON sha256 = clean_picture WHERE id=?");
}
cv::Mat RunStore::thumbnail(std::int64_t id) const {
  return state_->picture(id, "SELECT thumbnail FROM runs WHERE id=?");
}

void RunStore::rename(std::int64_t id, const std::string& name) { state_->set(id, "name", name); }
void RunStore::setNote(std::int64_t id, const std::string& note) { state_->set(id, "note", note); }
void RunStore::setPinned(std::int64_t id, bool pinned) {
  state_->set(id, "pinned", pinned ? 1 : 0);
}
void RunStore::setOrigin(const KeptRun& run) {
  state_->set(run.id, "origin", originText(run, state_->file.parent_path()));
}
void RunStore::remove(std::int64_t id) { state_->set(id, "removed", 1); }
void RunStore::restore(std::int64_t id) { state_->set(id, "removed", 0); }

void RunStore::purge() {
  state_->guarded([&] {
    Writing writing(state_->database);
    state_->database.exec("DELETE FROM runs WHERE removed<>0");
    deleteUnusedPictures(state_->database);
    writing.commit();
  });
}

std::uint64_t RunStore::bytes() const {
  return state_->guarded([&] { return bytesIn(state_->database); });
}

std::vector<std::int64_t> RunStore::makeRoom(std::uint64_t budget) {
  return state_->guarded([&] {
    SQLite::Database& database = state_->database;
    std::vector<std::int64_t> deleted;
    Writing writing(database);
    if (bytesIn(database) > budget) {
      database.exec("DELETE FROM runs WHERE removed<>0");
      deleteUnusedPictures(database);
    }
    while (bytesIn(database) > budget) {
      SQLite::Statement oldest(database,
                               "SELECT id FROM runs WHERE pinned=0 AND "
                               "id < (SELECT max(id) FROM runs) ORDER BY id LIMIT 1");
      if (!oldest.executeStep()) break;
      deleted.push_back(oldest.getColumn(0).getInt64());
      SQLite::Statement remove(database, "DELETE FROM runs WHERE id=?");
      remove.bind(1, deleted.back());
      remove.exec();
      deleteUnusedPictures(database);
    }
    writing.commit();
    return deleted;
  });
}

std::int64_t RunStore::dataVersion() const {
  return state_->guarded(
      [&] { return state_->database.execAndGet("PRAGMA data_version").getInt64(); });
}

void RunStore::copyTo(const fs::path& file) const {
  if (isThere(file)) throw Error(concat(file.string(), " is there already"));
  state_->guarded([&] {
    SQLite::Statement copy(state_->database, "VACUUM INTO ?");
    copy.bind(1, file.string());
    copy.exec();
  });
}

}  // namespace uninet
