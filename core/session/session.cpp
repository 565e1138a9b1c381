#include "core/session/session.h"

#include <cmath>
#include <random>
#include <span>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/data/dataset.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kFormat = "uninet-session";
constexpr std::string_view kMask = "mask:";
/// So many folders up, a path still moves together with the session.
constexpr int kNearUps = 2;
constexpr double kDeepestZoom = 1e6;
constexpr std::size_t kIdDigits = 16;

template <class Value>
struct Named {
  Value value;
  const char* name;
};
constexpr Named<Session::Network::Kind> kNetworkKinds[] = {{Session::Network::Kind::none, "none"},
                                                           {Session::Network::Kind::demo, "demo"},
                                                           {Session::Network::Kind::file, "file"}};
constexpr Named<Session::Data::Kind> kDataKinds[] = {
    {Session::Data::Kind::none, "none"},
    {Session::Data::Kind::streetscape, "streetscape"},
    {Session::Data::Kind::path, "path"},
    {Session::Data::Kind::pictures, "pictures"}};
constexpr Named<Session::View::Layout> kLayouts[] = {{Session::View::Layout::grid, "grid"},
                                                     {Session::View::Layout::focus, "focus"},
                                                     {Session::View::Layout::wipe, "wipe"}};
constexpr Named<Session::View::InputChange> kInputChanges[] = {
    {Session::View::InputChange::perturbation, "perturbation"},
    {Session::View::InputChange::gradient, "gradient"}};
constexpr std::array<const char*, 4> kRows{"clean", "attacked", "change", "truth"};

template <class Value, std::size_t N>
std::string nameOf(Value value, const Named<Value> (&names)[N]) {
  for (const Named<Value>& named : names)
    if (named.value == value) return named.name;
  return names[0].name;
}

fs::path folderOf(const fs::path& folder) { return plainPath(folder.empty() ? "." : folder); }

/// As it is written: relative to `folder` if it is inside or near, otherwise absolute.
std::string storedPath(const fs::path& path, const fs::path& folder) {
  if (path.empty()) return {};
  const fs::path whole = plainPath(path), base = folderOf(folder);
  const fs::path relative = whole.lexically_relative(base);
  int ups = 0;
  fs::path shared = base;
  for (const fs::path& part : relative)
    if (part == "..") {
      ++ups;
      shared = shared.parent_path();
    }
  // What shares no more than the root has nothing to do with the session.
  const bool near = ups == 0 || (ups <= kNearUps && shared.has_relative_path());
  return near && !relative.empty() ? relative.generic_string() : whole.generic_string();
}

fs::path readPath(const std::string& text, const fs::path& folder) {
  return text.empty() ? fs::path() : plainPath(folderOf(folder) / text);
}

std::string storedRegion(const std::string& region, const fs::path& folder) {
  return region.starts_with(kMask)
             ? std::string(kMask) + storedPath(region.substr(kMask.size()), folder)
             : region;
}
std::string readRegion(const std::string& region, const fs::path& folder) {
  return region.starts_with(kMask)
             ? std::string(kMask) + readPath(region.substr(kMask.size()), folder).string()
             : region;
}

/// An object of the file. What is known is taken out of it, key by key; the rest is unknown.
class Keys {
 public:
  Keys(Json object, std::string name) : object_(std::move(object)), name_(std::move(name)) {
    if (!object_.is_object())
      throw Error(concat(name_.empty() ? "a session" : name_, ": expected an object, found ",
                         object_.type_name()));
  }

  std::string text(const char* key, const std::string& otherwise = {}) {
    const Json value = take(key);
    if (value.is_null()) return otherwise;
    if (!value.is_string()) wrong(key, "a text", value);
    return value;
  }
  std::vector<std::string> texts(const char* key) {
    const Json value = take(key);
    if (value.is_null()) return {};
    if (!value.is_array()) wrong(key, "a list of texts", value);
    for (const Json& entry : value)
      if (!entry.is_string()) wrong(key, "a list of texts", entry);
    return value.get<std::vector<std::string>>();
  }
  bool flag(const char* key, bool otherwise) {
    const Json value = take(key);
    if (value.is_null()) return otherwise;
    if (!value.is_boolean()) wrong(key, "true or false", value);
    return value;
  }
  double number(const char* key, double otherwise, double least, double most) {
    const Json value = take(key);
    if (value.is_null()) return otherwise;
    const std::string expected = concat("a number from ", least, " to ", most);
    if (!value.is_number()) wrong(key, expected, value);
    const double found = value;
    if (!(found >= least && found <= most)) wrong(key, expected, value);
    return found;
  }
  std::int64_t whole(const char* key, std::int64_t otherwise, std::int64_t least,
                     std::int64_t most) {
    const Json value = take(key);
    if (value.is_null()) return otherwise;
    try {
      return wholeOf(value, least, most);
    } catch (const Error& e) {
      throw Error(concat(place(key), ": ", e.what()));
    }
  }
  template <class Value, std::size_t N>
  Value choice(const char* key, Value otherwise, const Named<Value> (&names)[N]) {
    const Json value = take(key);
    if (value.is_null()) return otherwise;
    std::string expected = "one of";
    for (const Named<Value>& named : names) {
      if (value == named.name) return named.value;
      expected += concat(&named == names ? " " : ", ", named.name);
    }
    wrong(key, expected, value);
  }
  /// {} if it is not there.
  Json object(const char* key) {
    Json value = take(key);
    if (value.is_null()) return Json::object();
    if (!value.is_object()) wrong(key, "an object", value);
    return value;
  }
  Keys keys(const char* key) { return Keys(object(key), place(key)); }

  /// What `inner`, which was made by keys(), did not know.
  void putBack(const char* key, const Keys& inner) {
    if (!inner.object_.empty()) object_[key] = inner.object_;
  }
  const Json& rest() const { return object_; }
  [[noreturn]] void wrong(const char* key, const std::string& expected, const Json& found) const {
    const bool scalar = found.is_primitive() && !found.is_null();
    std::string text = scalar ? found.dump(-1, ' ', false, Json::error_handler_t::replace)
                              : std::string(found.type_name());
    if (constexpr std::size_t kLongest = 60; text.size() > kLongest) text = found.type_name();
    throw Error(concat(place(key), ": expected ", expected, ", found ", text));
  }

 private:
  std::string place(const char* key) const { return name_.empty() ? key : name_ + "." + key; }
  Json take(const char* key) {
    const auto found = object_.find(key);
    if (found == object_.end()) return nullptr;
    Json value = std::move(*found);
    object_.erase(found);
    return value;
  }

  Json object_;
  std::string name_;
};

/// Adds to `known` what of `unknown` it does not say itself.
void addUnknown(Json& known, const Json& unknown) {
  for (const auto& [key, value] : unknown.items()) {
    if (!known.contains(key))
      known[key] = value;
    else if (known[key].is_object() && value.is_object() && key != "options")
      addUnknown(known[key], value);
  }
}

Session::Network networkOf(Keys& keys, const fs::path& folder) {
  Session::Network network;
  network.kind = keys.choice("from", network.kind, kNetworkKinds);
  network.file = readPath(keys.text("file"), folder);
  network.maskComponents = readPath(keys.text("mask-components"), folder);
  network.weights = keys.text("weights");
  network.size = keys.text("size");
  network.sha256 = keys.text("sha256");
  if (network.kind == Session::Network::Kind::file && network.file.empty())
    keys.wrong("file", "the path of a checkpoint", Json());
  return network;
}

Session::Data dataOf(Keys& keys, const fs::path& folder) {
  Session::Data data;
  data.kind = keys.choice("from", data.kind, kDataKinds);
  for (const std::string& path : keys.texts("paths")) data.paths.push_back(readPath(path, folder));
  data.split = keys.text("split");
  data.labels = keys.text("labels");
  data.scenes = keys.whole("scenes", 0, 0, INT64_MAX);
  data.depthUnit = keys.number("depth-unit", 0, 0, kLargestDepthUnit);
  const bool one = data.kind == Session::Data::Kind::path;
  const bool several = data.kind == Session::Data::Kind::pictures;
  if ((one && data.paths.size() != 1) || (several && data.paths.empty()))
    throw Error(concat("data.paths: expected ", one ? "one path" : "one path or more", ", found ",
                       data.paths.size()));
  return data;
}

Session::View viewOf(Keys& keys) {
  Session::View view;
  view.layout = keys.choice("layout", view.layout, kLayouts);
  view.inputChange = keys.choice("input-change", view.inputChange, kInputChanges);
  view.level = keys.text("level");
  view.focus = static_cast<int>(keys.whole("focus", view.focus, 0, 63));
  Keys rows = keys.keys("rows");
  for (std::size_t i = 0; i < kRows.size(); ++i) view.rows[i] = rows.flag(kRows[i], view.rows[i]);
  keys.putBack("rows", rows);
  view.zoom = keys.number("zoom", view.zoom, 1 / kDeepestZoom, kDeepestZoom);
  view.centreX = keys.number("centre-x", view.centreX, -kDeepestZoom, kDeepestZoom);
  view.centreY = keys.number("centre-y", view.centreY, -kDeepestZoom, kDeepestZoom);
  view.wipe = keys.number("wipe", view.wipe, 0, 1);
  view.scoreThreshold = keys.number("score-threshold", view.scoreThreshold, 0, 1);
  view.opacity = keys.number("opacity", view.opacity, 0, 1);
  view.hiddenClasses = keys.texts("hidden-classes");
  return view;
}

Json viewJson(const Session::View& view) {
  Json rows = Json::object();
  for (std::size_t i = 0; i < kRows.size(); ++i) rows[kRows[i]] = view.rows[i];
  return {{"layout", nameOf(view.layout, kLayouts)},
          {"input-change", nameOf(view.inputChange, kInputChanges)},
          {"level", view.level},
          {"focus", view.focus},
          {"rows", rows},
          {"zoom", view.zoom},
          {"centre-x", view.centreX},
          {"centre-y", view.centreY},
          {"wipe", view.wipe},
          {"score-threshold", view.scoreThreshold},
          {"opacity", view.opacity},
          {"hidden-classes", view.hiddenClasses}};
}

bool isId(const std::string& text) {
  return text.size() == kIdDigits &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

Session newSession() {
  std::random_device random;
  std::uniform_int_distribution<int> digit(0, 15);
  Session session;
  for (std::size_t i = 0; i < kIdDigits; ++i)
    session.id += "0123456789abcdef"[static_cast<std::size_t>(digit(random))];
  return session;
}

Json networkJson(const Session::Network& network, const fs::path& folder) {
  return {{"from", nameOf(network.kind, kNetworkKinds)},
          {"file", storedPath(network.file, folder)},
          {"mask-components", storedPath(network.maskComponents, folder)},
          {"weights", network.weights},
          {"size", network.size},
          {"sha256", network.sha256}};
}

Session::Network networkFromJson(const Json& json, const fs::path& folder) {
  Keys keys(json, "network");
  return networkOf(keys, folder);
}

Json dataJson(const Session::Data& data, const fs::path& folder) {
  Json paths = Json::array();
  for (const fs::path& path : data.paths) paths.push_back(storedPath(path, folder));
  Json json{{"from", nameOf(data.kind, kDataKinds)}, {"paths", paths}, {"split", data.split}};
  if (!data.labels.empty()) json["labels"] = data.labels;
  if (data.scenes > 0) json["scenes"] = data.scenes;
  if (data.depthUnit > 0) json["depth-unit"] = data.depthUnit;
  return json;
}

Session::Data dataFromJson(const Json& json, const fs::path& folder) {
  Keys keys(json, "data");
  return dataOf(keys, folder);
}

Json sessionJson(const Session& session, const fs::path& folder) {
  Json json{{"format", kFormat},
            {"version", Session::kVersion},
            {"id", session.id},
            {"network", networkJson(session.network, folder)},
            {"data", dataJson(session.data, folder)},
            {"image", session.image},
            {"attack",
             {{"key", session.attack.key},
              {"preset", session.attack.preset},
              {"options", session.attack.options},
              {"region", storedRegion(session.attack.region, folder)},
              {"precision", session.attack.precision}}},
            {"view", viewJson(session.view)},
            {"run", session.run},
            {"notes", session.notes}};
  if (session.second.kind != Session::Network::Kind::none)
    json["second-network"] = networkJson(session.second, folder);
  addUnknown(json, session.unknown);
  return json;
}

Session sessionFromJson(const Json& json, const fs::path& folder) {
  Keys keys(json, "");
  if (const std::string format = keys.text("format"); format != kFormat)
    throw Error(concat("format: expected ", kFormat, ", found ",
                       format.empty() ? "none" : "\"" + format + "\""));
  if (const std::int64_t version = keys.whole("version", 0, 0, INT32_MAX);
      version != Session::kVersion)
    throw Error(concat("version: expected ", Session::kVersion, ", found ", version,
                       version > Session::kVersion ? "; a newer program wrote it" : ""));
  Session session;
  session.id = keys.text("id");
  if (!isId(session.id)) keys.wrong("id", "16 hexadecimal digits", session.id);
  Keys network = keys.keys("network");
  session.network = networkOf(network, folder);
  keys.putBack("network", network);
  Keys second = keys.keys("second-network");
  session.second = networkOf(second, folder);
  keys.putBack("second-network", second);
  Keys data = keys.keys("data");
  session.data = dataOf(data, folder);
  keys.putBack("data", data);
  session.image = keys.text("image");
  Keys attack = keys.keys("attack");
  session.attack.key = attack.text("key", session.attack.key);
  session.attack.preset = attack.text("preset");
  session.attack.options = attack.object("options");
  session.attack.region = readRegion(attack.text("region"), folder);
  session.attack.precision = attack.text("precision", session.attack.precision);
  keys.putBack("attack", attack);
  Keys view = keys.keys("view");
  session.view = viewOf(view);
  keys.putBack("view", view);
  session.run = keys.whole("run", 0, 0, INT64_MAX);
  session.notes = keys.text("notes");
  session.unknown = keys.rest();
  return session;
}

void writeSession(const Session& session, const fs::path& file) {
  const Json json = sessionJson(session, plainPath(file).parent_path());
  // By its first line a file manager knows it from other JSON (resources/desktop), however long the
  // list of images.
  nlohmann::ordered_json ordered{{"format", kFormat}};
  for (const auto& [key, value] : json.items()) ordered[key] = value;
  // Names of files may hold any bytes, JSON only UTF-8.
  const std::string text = ordered.dump(2, ' ', false, Json::error_handler_t::replace);
  writeTextFile(file, text + "\n");
}

Session readSession(const fs::path& file) {
  const std::string text = readTextFile(file);
  try {
    return sessionFromJson(parseJson(text, "a session"), plainPath(file).parent_path());
  } catch (const Json::exception& e) {
    throw Error(concat(file.string(), " is no session: ", e.what()));
  } catch (const Error& e) {
    throw Error(concat(file.string(), ": ", e.what()));
  }
}

fs::path runStoreOf(const fs::path& session) {
  fs::path file = session;
  if (file.extension() == ".json") file.replace_extension();
  file += ".runs.sqlite";
  return file;
}

}  // namespace uninet
