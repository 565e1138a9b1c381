#include "core/session/run_rows.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Reads the columns one after another.
class Row {
 public:
  explicit Row(SQLite::Statement& query) : query_(query) {}
  std::string text() { return query_.getColumn(at_++).getString(); }
  std::int64_t whole() { return query_.getColumn(at_++).getInt64(); }
  bool flag() { return whole() != 0; }

 private:
  SQLite::Statement& query_;
  int at_ = 0;
};

std::string objectText(std::string text, const char* what) {
  if (!parseJson(text, what).is_object()) throw Error(concat(what, " are no JSON object"));
  return text;
}

}  // namespace

std::string originText(const KeptRun& run, const fs::path& folder) {
  Json origin{{"network", networkJson(run.networkFrom, folder)},
              {"data", dataJson(run.dataFrom, folder)}};
  if (!run.attackedOn.empty())
    origin["attacked-on"] = {{"name", run.attackedOn}, {"hash", run.attackedOnHash}};
  return origin.dump(-1, ' ', false, Json::error_handler_t::replace);
}

KeptRun runOf(SQLite::Statement& query, const fs::path& file, ClassTables& tables) {
  Row row(query);
  KeptRun run;
  run.id = row.whole();
  try {
    run.name = row.text();
    run.note = row.text();
    run.pinned = row.flag();
    run.time = row.text();
    run.data = row.text();
    run.image = row.text();
    run.imageFingerprint = row.text();
    run.network = row.text();
    run.networkHash = row.text();
    const Json origin = parseJson(row.text(), "its origin");
    run.networkFrom = networkFromJson(origin.at("network"), file.parent_path());
    run.dataFrom = dataFromJson(origin.at("data"), file.parent_path());
    if (const auto other = origin.find("attacked-on"); other != origin.end()) {
      run.attackedOn = other->at("name").get<std::string>();
      run.attackedOnHash = other->at("hash").get<std::string>();
    }
    run.attack = row.text();
    run.options = objectText(row.text(), "its options");
    run.preset = row.text();
    run.region = row.text();
    run.stopped = row.flag();
    run.facts = unpackFacts(row.text());
    const std::string classes = row.text();
    Classes& table = tables[classes];
    if (!table) table = unpackClasses(classes, "its classes");
    run.classes = table;
    run.clean = unpackMeasures(row.text());
    run.attacked = unpackMeasures(row.text());
    for (const ImageMeasures* measures : {&run.clean, &run.attacked})
      if (measures->semanticClasses != table->semantic.size() ||
          measures->instanceClasses != table->instance.size())
        throw Error("its measures are of other classes");
    run.manifest = row.text();
    return run;
  } catch (const Json::exception& e) {
    throw Error(concat(file.string(), ", run ", run.id, ": ", e.what()));
  } catch (const Error& e) {
    throw Error(concat(file.string(), ", run ", run.id, ": ", e.what()));
  }
}

void bindBlob(SQLite::Statement& statement, int at, const std::string& bytes) {
  statement.bind(at, bytes.data(), static_cast<int>(bytes.size()));
}

std::int64_t insertRun(SQLite::Database& database, const KeptRun& run, const fs::path& folder,
                       const RunPictures& pictures) {
  const std::string details = packFacts(run.facts), classes = packClasses(*run.classes);
  const std::string clean = packMeasures(run.clean), attacked = packMeasures(run.attacked);
  std::size_t bytes = 0;
  for (const std::string* part :
       {&run.options, &details, &classes, &clean, &attacked, &run.manifest, &pictures.thumbnail})
    bytes += part->size();
  SQLite::Statement insert(database,
                           "INSERT INTO runs VALUES(NULL, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                           "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  int at = 0;
  const auto text = [&](const std::string& value) { insert.bind(++at, value); };
  const auto flag = [&](bool value) { insert.bind(++at, value ? 1 : 0); };
  const auto blob = [&](const std::string& value) { bindBlob(insert, ++at, value); };
  text(run.name);
  text(run.note);
  flag(run.pinned);
  text(run.time);
  text(run.data);
  text(run.image);
  text(run.imageFingerprint);
  text(run.network);
  text(run.networkHash);
  text(originText(run, folder));
  text(run.attack);
  text(run.options);
  text(run.preset);
  text(run.region);
  flag(run.stopped);
  text(details);
  text(classes);
  blob(clean);
  blob(attacked);
  text(run.manifest);
  text(pictures.clean);
  text(pictures.attacked);
  blob(pictures.thumbnail);
  insert.bind(++at, static_cast<std::int64_t>(bytes));
  insert.exec();
  return database.getLastInsertRowid();
}

}  // namespace uninet
