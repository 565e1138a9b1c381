#include "core/results/image_facts.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/data/tasks.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

/// A negative number means "was not measured".
Json measuredOrNull(double value) { return value < 0 ? Json(nullptr) : Json(value); }
double measuredOrMinusOne(const Json& value) { return value.is_null() ? -1 : value.get<double>(); }

Json numbersJson(const std::map<std::string, double>& values) {
  Json object = Json::object();
  for (const auto& [key, value] : values) object[key] = numberOrNull(value);
  return object;
}

std::map<std::string, double> numbersOf(const Json& object) {
  std::map<std::string, double> values;
  for (const auto& [key, value] : object.items()) values[key] = numberOrNone(value);
  return values;
}

Json rowsJson(const std::vector<std::vector<double>>& values) {
  Json list = Json::array();
  for (const auto& row : values) {
    list.push_back(Json::array());
    for (const double value : row) list.back().push_back(numberOrNull(value));
  }
  return list;
}

/// `size` rows of `size` numbers.
std::vector<std::vector<double>> rowsOf(const Json& list, std::size_t size) {
  std::vector<std::vector<double>> rows;
  for (const Json& row : list) {
    rows.emplace_back();
    for (const Json& value : row) rows.back().push_back(numberOrNone(value));
    if (rows.back().size() != size) throw Error("a gradient matrix is not square");
  }
  if (rows.size() != size) throw Error("a gradient matrix is not square");
  return rows;
}

Json matrixJson(const GradientMatrix& matrix) {
  Json norms = Json::array();
  for (const double norm : matrix.norms) norms.push_back(numberOrNull(norm));
  return {{"iteration", matrix.iteration},
          {"losses", matrix.losses},
          {"norms", norms},
          {"cosine", rowsJson(matrix.cosine)},
          {"sign_agreement", rowsJson(matrix.signAgreement)},
          {"norm_ratio", rowsJson(matrix.normRatio)}};
}

GradientMatrix matrixOf(const Json& json) {
  GradientMatrix matrix;
  matrix.iteration = intOf(json.at("iteration"));
  json.at("losses").get_to(matrix.losses);
  for (const Json& norm : json.at("norms")) matrix.norms.push_back(numberOrNone(norm));
  const std::size_t n = matrix.losses.size();
  if (matrix.norms.size() != n) throw Error("a gradient matrix has another number of norms");
  matrix.cosine = rowsOf(json.at("cosine"), n);
  matrix.signAgreement = rowsOf(json.at("sign_agreement"), n);
  matrix.normRatio = rowsOf(json.at("norm_ratio"), n);
  return matrix;
}

Json shapeJson(const Shape& s) { return {s.classId, s.score, s.width, s.height}; }
Shape shapeOf(const Json& json) { return {intOf(json.at(0)), json.at(1), json.at(2), json.at(3)}; }

template <class Entry>
Json shapesJson(const std::vector<Entry>& entries) {
  Json list = Json::array();
  for (const Entry& entry : entries)
    list.push_back({entry.classId, shapeJson(entry.clean), shapeJson(entry.attacked)});
  return list;
}

template <class Entry>
std::vector<Entry> shapesOf(const Json& list) {
  std::vector<Entry> entries;
  for (const Json& entry : list)
    entries.push_back({intOf(entry.at(0)), shapeOf(entry.at(1)), shapeOf(entry.at(2))});
  return entries;
}

Json remediesJson(const std::vector<Remedy>& remedies) {
  Json list = Json::array();
  for (const Remedy& remedy : remedies)
    list.push_back({{"option", remedy.option}, {"value", remedy.value}, {"reason", remedy.reason}});
  return list;
}

std::vector<Remedy> remediesOf(const Json& list) {
  std::vector<Remedy> remedies;
  for (const Json& remedy : list)
    remedies.push_back({remedy.at("option"), remedy.at("value"), remedy.at("reason")});
  return remedies;
}

Diagnostics diagnosticsOf(const Json& json) {
  Diagnostics found;
  found.smallestGradient = measuredOrMinusOne(json.at("smallest_gradient"));
  json.at("zero_share").get_to(found.zeroShare);
  found.saturated = measuredOrMinusOne(json.at("saturated_share"));
  for (const auto& [key, value] : json.at("losses").items())
    found.losses[key] = {numberOrNone(value.at("clean")), numberOrNone(value.at("attacked"))};
  json.at("survives_png").get_to(found.survivesPng);
  json.at("warnings").get_to(found.warnings);
  found.remedies = remediesOf(json.value("remedies", Json::array()));
  return found;
}

Json levelsJson(const std::vector<LevelDrift>& levels) {
  Json list = Json::array();
  for (const LevelDrift& level : levels)
    list.push_back({level.level, numberOrNull(level.drift), numberOrNull(level.cka)});
  return list;
}
std::vector<LevelDrift> levelsOf(const Json& list) {
  std::vector<LevelDrift> levels;
  for (const Json& level : list)
    levels.push_back({level.at(0), numberOrNone(level.at(1)), numberOrNone(level.at(2))});
  return levels;
}

}  // namespace

std::string diagnosticsLine(const Diagnostics& d) {
  std::string line;
  const auto add = [&line](const std::string& part) {
    line += (line.empty() ? "" : " \u00b7 ") + part;
  };
  const auto percent = [](double share) { return concat(std::round(1000 * share) / 10, " %"); };
  if (d.smallestGradient < 0)
    add("no gradient taken");
  else
    add(concat("gradient ", d.smallestGradient >= kVanishingGradient ? "ok" : "gone",
               " (greatest entry ", d.smallestGradient, ", ", percent(d.zeroShare), " zeros)"));
  if (d.saturated >= 0) add(percent(d.saturated) + " at the bound");
  std::string survivors;
  for (const TaskInfo& info : tasks())
    if (const auto found = d.survivesPng.find(info.key);
        found != d.survivesPng.end() && found->second)
      survivors += concat(" ", info.shortName);
  add("survives PNG:" + (survivors.empty() ? std::string(" none") : survivors));
  for (const std::string& warning : d.warnings) add(warning);
  return line;
}

Json diagnosticsJson(const Diagnostics& d) {
  Json losses = Json::object();
  for (const auto& [key, value] : d.losses)
    losses[key] = {{"clean", numberOrNull(value.first)}, {"attacked", numberOrNull(value.second)}};
  return {{"smallest_gradient", measuredOrNull(d.smallestGradient)},
          {"zero_share", d.zeroShare},
          {"saturated_share", measuredOrNull(d.saturated)},
          {"losses", losses},
          {"survives_png", d.survivesPng},
          {"warnings", d.warnings},
          {"remedies", remediesJson(d.remedies)}};
}

std::string packFacts(const ImageFacts& facts) {
  Json iterations = Json::array();
  for (const ImageFacts::Iteration& iteration : facts.iterations)
    iterations.push_back({{"objective", numberOrNull(iteration.objective)},
                          {"losses", numbersJson(iteration.losses)}});
  Json json{{"iterations_planned", facts.iterationsPlanned},
            {"iterations_done", facts.iterationsDone},
            {"iterations", iterations},
            {"norms",
             {{"linf", facts.norms.linf}, {"l2", facts.norms.l2}, {"l0_pixels", facts.norms.l0}}},
            {"seed", facts.seed},
            {"notes", facts.notes},
            {"seconds", facts.seconds}};
  if (!facts.firstFailures.empty()) json["first_failures"] = facts.firstFailures;
  if (facts.diagnostics) json["diagnostics"] = diagnosticsJson(*facts.diagnostics);
  for (const GradientMatrix& matrix : facts.gradients)
    json["gradients"].push_back(matrixJson(matrix));
  if (!facts.levels.empty()) json["levels"] = levelsJson(facts.levels);
  if (!facts.checkedLevels.empty()) json["checked_levels"] = levelsJson(facts.checkedLevels);
  if (facts.shapes)
    json["shapes"] = {{"objects", shapesJson(facts.shapes->objects)},
                      {"locations", shapesJson(facts.shapes->locations)}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

ImageFacts unpackFacts(const std::string& text) {
  try {
    const Json json = parseJson(text, "the details of an image");
    ImageFacts facts;
    facts.iterationsPlanned = intOf(json.at("iterations_planned"));
    facts.iterationsDone = intOf(json.at("iterations_done"));
    for (const Json& iteration : json.at("iterations"))
      facts.iterations.push_back(
          {numberOrNone(iteration.at("objective")), numbersOf(iteration.at("losses"))});
    const Json failures = json.value("first_failures", Json::object());
    for (const auto& [task, iteration] : failures.items())
      facts.firstFailures[task] = intOf(iteration);
    const Json& norms = json.at("norms");
    facts.norms = {norms.at("linf"), norms.at("l2"), wholeOf(norms.at("l0_pixels"), 0, INT64_MAX)};
    if (!json.at("seed").is_number_unsigned()) throw Error("expected a seed of 0 or more");
    json.at("seed").get_to(facts.seed);
    json.at("notes").get_to(facts.notes);
    json.at("seconds").get_to(facts.seconds);
    if (json.contains("diagnostics")) facts.diagnostics = diagnosticsOf(json["diagnostics"]);
    for (const Json& matrix : json.value("gradients", Json::array()))
      facts.gradients.push_back(matrixOf(matrix));
    facts.levels = levelsOf(json.value("levels", Json::array()));
    facts.checkedLevels = levelsOf(json.value("checked_levels", Json::array()));
    if (json.contains("shapes"))
      facts.shapes = ShapeRecord{shapesOf<ObjectShape>(json["shapes"].at("objects")),
                                 shapesOf<LocationShape>(json["shapes"].at("locations"))};
    return facts;
  } catch (const Json::exception& e) {
    throw Error(concat("the details of an image cannot be read: ", e.what()));
  }
}

}  // namespace uninet
