#include "core/data/class_table.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostClasses = 254;  // train ids are bytes, 255 is kIgnoreLabel
constexpr int kLargestSide = 16384;        // as of pictures

template <class Classes>
std::string namesOf(const Classes& classes) {
  std::string names;
  for (const auto& c : classes) names += (names.empty() ? "" : ", ") + c.name;
  return names;
}

/// Place of the class of this name.
template <class Classes>
int placeOf(const Classes& classes, const std::string& name, const ClassTable& table) {
  for (std::size_t i = 0; i < classes.size(); ++i)
    if (classes[i].name == name) return static_cast<int>(i);
  throw Error(
      concat(table.title, " has no class \"", name, "\"; the classes are ", namesOf(classes)));
}

template <class Classes>
const std::string& nameAt(const Classes& classes, int place) {
  static const std::string kUnknown = "?";
  const auto i = static_cast<std::size_t>(place);
  return place >= 0 && i < classes.size() ? classes[i].name : kUnknown;
}

Classes makeCityscapes() {
  auto table = std::make_shared<ClassTable>();
  table->key = "cityscapes";
  table->title = "Cityscapes";
  // Ids and colours: Cityscapes label table.
  table->semantic = {
      {"road", 7, {128, 64, 128}},
      {"sidewalk", 8, {244, 35, 232}},
      {"building", 11, {70, 70, 70}},
      {"wall", 12, {102, 102, 156}},
      {"fence", 13, {190, 153, 153}},
      {"pole", 17, {153, 153, 153}},
      {"traffic light", 19, {250, 170, 30}},
      {"traffic sign", 20, {220, 220, 0}},
      {"vegetation", 21, {107, 142, 35}},
      {"terrain", 22, {152, 251, 152}},
      {"sky", 23, {70, 130, 180}},
      {"person", 24, {220, 20, 60}},
      {"rider", 25, {255, 0, 0}},
      {"car", 26, {0, 0, 142}},
      {"truck", 27, {0, 0, 70}},
      {"bus", 28, {0, 60, 100}},
      {"train", 31, {0, 80, 100}},
      {"motorcycle", 32, {0, 0, 230}},
      {"bicycle", 33, {119, 11, 32}},
  };
  for (const char* name :
       {"person", "rider", "car", "truck", "bus", "train", "motorcycle", "bicycle"}) {
    const int trainId = table->semanticByName(name);
    table->instance.push_back(
        {name, table->semantic[static_cast<std::size_t>(trainId)].labelId, trainId});
  }
  return table;
}

/// Colour `value` of the palette of PASCAL VOC: its bits, three by three, from the top of red,
/// green and blue down.
cv::Vec3b vocColour(int value) {
  cv::Vec3b colour;
  for (int bit = 7; value > 0; --bit, value >>= 3)
    for (int channel = 0; channel < 3; ++channel)
      colour[channel] = static_cast<std::uint8_t>(colour[channel] | (value >> channel & 1) << bit);
  return colour;
}

Classes makeNyuv2() {
  auto table = std::make_shared<ClassTable>();
  table->key = "nyuv2";
  table->title = "NYUv2";
  table->depthActivation = DepthActivation::relu;
  table->networkSize = {640, 480};
  static constexpr std::array kNames{
      "wall",       "floor",          "cabinet",        "bed",
      "chair",      "sofa",           "table",          "door",
      "window",     "bookshelf",      "picture",        "counter",
      "blinds",     "desk",           "shelves",        "curtain",
      "dresser",    "pillow",         "mirror",         "floor mat",
      "clothes",    "ceiling",        "books",          "refridgerator",
      "television", "paper",          "towel",          "shower curtain",
      "box",        "whiteboard",     "person",         "night stand",
      "toilet",     "sink",           "lamp",           "bathtub",
      "bag",        "otherstructure", "otherfurniture", "otherprop"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const int id = static_cast<int>(i);
    table->semantic.push_back({kNames[i], id + 1, vocColour(id + 1)});
    table->instance.push_back({kNames[i], id + 1, id});
  }
  return table;
}

}  // namespace

std::uint8_t ClassTable::trainIdOfLabel(int labelId) const {
  for (std::size_t i = 0; i < semantic.size(); ++i)
    if (semantic[i].labelId == labelId) return static_cast<std::uint8_t>(i);
  return kIgnoreLabel;
}

int ClassTable::instanceOfLabel(int labelId) const {
  for (std::size_t i = 0; i < instance.size(); ++i)
    if (instance[i].labelId == labelId) return static_cast<int>(i) + 1;
  return 0;
}

int ClassTable::semanticByName(const std::string& name) const {
  return placeOf(semantic, name, *this);
}

int ClassTable::instanceByName(const std::string& name) const {
  return placeOf(instance, name, *this) + 1;
}

const std::string& ClassTable::semanticName(int trainId) const { return nameAt(semantic, trainId); }

const std::string& ClassTable::instanceName(int classId) const {
  return nameAt(instance, classId - 1);
}

double ClassTable::depthScale() const {
  return depthActivation == DepthActivation::sigmoid ? farthestMetres : 1;
}

const Classes& cityscapesClasses() {
  static const Classes table = makeCityscapes();
  return table;
}

const Classes& nyuv2Classes() {
  static const Classes table = makeNyuv2();
  return table;
}

std::span<const Classes> builtInClasses() {
  static const std::array<Classes, 2> tables{cityscapesClasses(), nyuv2Classes()};
  return tables;
}

const Classes& classesByKey(const std::string& key) {
  static const std::span<const Classes> tables = builtInClasses();
  std::string keys;
  for (const Classes& table : tables) {
    if (table->key == key) return table;
    keys += (keys.empty() ? "" : ", ") + table->key;
  }
  throw Error(concat("data set: \"", key, "\" is not one of ", keys));
}

Classes classesOfSize(std::size_t semantic, std::size_t instance) {
  for (const Classes& table : builtInClasses())
    if ((semantic == 0 || semantic == table->semantic.size()) &&
        (instance == 0 || instance == table->instance.size()))
      return table;
  return nullptr;
}

bool sameClasses(const Classes& a, const Classes& b) { return a && b && (a == b || *a == *b); }

std::string packClasses(const ClassTable& table) {
  Json semantic = Json::array(), instance = Json::array();
  for (const SemanticClass& c : table.semantic)
    semantic.push_back({{"name", c.name},
                        {"label_id", c.labelId},
                        {"colour", {c.colour[0], c.colour[1], c.colour[2]}}});
  for (const InstanceClass& c : table.instance)
    instance.push_back({{"name", c.name}, {"label_id", c.labelId}, {"train_id", c.trainId}});
  const bool sigmoid = table.depthActivation == DepthActivation::sigmoid;
  return Json{{"key", table.key},
              {"title", table.title},
              {"semantic", semantic},
              {"instance", instance},
              {"nearest_metres", table.nearestMetres},
              {"farthest_metres", table.farthestMetres},
              {"depth_activation", sigmoid ? "sigmoid" : "relu"},
              {"network_size", {table.networkSize.height, table.networkSize.width}}}
      .dump();
}

Classes unpackClasses(const std::string& text, const std::string& where) {
  const auto refuse = [&](const auto&... why) -> void {
    throw Error(concat(where, ": the table of classes cannot be used: ", why...));
  };
  const auto whole = [&](const Json& value) {
    try {
      return intOf(value);
    } catch (const Error& e) {
      refuse(e.what());
    }
    return 0;
  };
  try {
    const Json json = parseJson(text, where);
    auto table = std::make_shared<ClassTable>();
    json.at("key").get_to(table->key);
    json.at("title").get_to(table->title);
    for (const Json& c : json.at("semantic")) {
      if (c.at("colour").size() != 3) refuse("a colour has ", c.at("colour").size(), " channels");
      cv::Vec3b colour;
      for (int i = 0; i < 3; ++i) {
        const int channel = whole(c.at("colour").at(static_cast<std::size_t>(i)));
        if (channel < 0 || channel > 255) refuse("a colour has the channel ", channel);
        colour[i] = static_cast<std::uint8_t>(channel);
      }
      table->semantic.push_back({c.at("name"), whole(c.at("label_id")), colour});
    }
    for (const Json& c : json.at("instance"))
      table->instance.push_back({c.at("name"), whole(c.at("label_id")), whole(c.at("train_id"))});
    json.at("nearest_metres").get_to(table->nearestMetres);
    json.at("farthest_metres").get_to(table->farthestMetres);
    const std::string activation = json.at("depth_activation");
    if (activation != "sigmoid" && activation != "relu")
      refuse("expected depth_activation sigmoid or relu, found \"", activation, "\"");
    table->depthActivation =
        activation == "relu" ? DepthActivation::relu : DepthActivation::sigmoid;
    const std::array size{whole(json.at("network_size").at(0)),
                          whole(json.at("network_size").at(1))};
    table->networkSize = {size[1], size[0]};
    if (table->semantic.size() > kMostClasses || table->instance.size() > kMostClasses)
      refuse("expected at most ", kMostClasses, " classes, found ", table->semantic.size(), " and ",
             table->instance.size());
    if (!(table->nearestMetres >= 0 && table->farthestMetres > table->nearestMetres))
      refuse("the depths from ", table->nearestMetres, " to ", table->farthestMetres,
             " m are no range");
    std::set<std::string> names;
    for (const SemanticClass& c : table->semantic) {
      if (c.labelId < 0 || c.labelId > 255)
        refuse("\"", c.name, "\" has the label id ", c.labelId, ", which no byte holds");
      if (!names.insert(c.name).second) refuse("two classes are called \"", c.name, "\"");
    }
    names.clear();
    for (const InstanceClass& c : table->instance)
      if (!names.insert(c.name).second) refuse("two classes are called \"", c.name, "\"");
    for (const int side : size)
      if (side < 32 || side > kLargestSide || side % 32 != 0)
        refuse("expected a network_size of multiples of 32 up to ", kLargestSide, ", found ",
               size[0], "x", size[1]);
    for (const InstanceClass& c : table->instance)
      if (c.trainId < 0 || static_cast<std::size_t>(c.trainId) >= table->semantic.size())
        refuse("\"", c.name, "\" belongs to train id ", c.trainId, ", which no class has");
    for (const Classes& known : builtInClasses())
      if (*known == *table) return known;
    return table;
  } catch (const Json::exception& e) {
    refuse(e.what());
  }
  return nullptr;
}

}  // namespace uninet
