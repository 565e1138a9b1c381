#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/metrics/metrics.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

constexpr int kVersion = 2;

Json packMatches(const std::vector<ApMatches>& classes) {
  Json list = Json::array();
  for (const ApMatches& matches : classes) {
    Json records = Json::array();
    for (const ApRecord& r : matches.records) {
      records.push_back(r.score);
      records.push_back(r.matched);
      records.push_back(r.ignored);
    }
    list.push_back({matches.positives, records});
  }
  return list;
}

std::vector<ApMatches> unpackMatches(const Json& list, std::size_t size) {
  std::vector<ApMatches> classes;
  for (const Json& entry : list) {
    ApMatches matches;
    matches.positives = wholeOf(entry.at(0), 0, INT64_MAX);
    const Json& records = entry.at(1);
    if (records.size() % 3 != 0) throw Error("measures of an image: a match is incomplete");
    for (std::size_t i = 0; i < records.size(); i += 3)
      matches.records.push_back(
          {records.at(i), static_cast<std::uint16_t>(wholeOf(records.at(i + 1), 0, UINT16_MAX)),
           static_cast<std::uint16_t>(wholeOf(records.at(i + 2), 0, UINT16_MAX))});
    classes.push_back(std::move(matches));
  }
  if (classes.size() != size)
    throw Error(concat("measures of an image: expected matches of ", size, " classes, found ",
                       classes.size()));
  return classes;
}

void read(const Json& json, double& to) { json.get_to(to); }
void read(const Json& json, std::int64_t& to) { to = wholeOf(json, 0, INT64_MAX); }

/// A list of exactly as many numbers as `to` holds.
template <class List>
void read(const Json& json, List& to) {
  const std::size_t size = to.size();
  if (!json.is_array() || json.size() != size)
    throw Error(concat("measures of an image: expected ", size, " numbers, found ", json.size()));
  for (std::size_t i = 0; i < size; ++i) read(json[i], to[i]);
}

}  // namespace

std::string packMeasures(const ImageMeasures& m) {
  Json json{{"version", kVersion},         {"classes", {m.semanticClasses, m.instanceClasses}},
            {"segment", m.hasSegment},     {"depth", m.hasDepth},
            {"box", m.hasBoxes},           {"mask", m.hasMasks},
            {"aspect_sums", m.aspectSums}, {"aspect_counts", m.aspectCounts}};
  if (m.hasSegment) json["confusion"] = m.confusion;
  if (m.hasDepth)
    json["depth_sums"] = {m.depthRmse,   m.depthAbsRel,       m.depthSquares,
                          m.depthPixels, m.depthClassSquares, m.depthClassPixels};
  if (m.instanceDepth)
    json["instance_depth"] = {m.instanceDepth->smoothL1, m.instanceDepth->absRel,
                              m.instanceDepth->positives};
  if (m.classLosses)
    json["class_losses"] = {m.classLosses->cls, m.classLosses->quality, m.classLosses->reg,
                            m.classLosses->centreness};
  if (m.hasBoxes) json["boxes"] = packMatches(m.boxes);
  if (m.hasMasks) json["masks"] = packMatches(m.masks);
  const std::vector<std::uint8_t> bytes = Json::to_cbor(json);
  return {bytes.begin(), bytes.end()};
}

ImageMeasures unpackMeasures(const std::string& bytes) {
  try {
    const Json json = parseCbor(bytes, "measures of an image");
    if (json.at("version") != kVersion)
      throw Error(concat("measures of an image: expected version ", kVersion, ", found ",
                         json.at("version").dump()));
    ClassTable sizes;
    const Json& counts = json.at("classes");
    const auto semantic = static_cast<std::size_t>(wholeOf(counts.at(0), 0, 254));
    const auto instance = static_cast<std::size_t>(wholeOf(counts.at(1), 0, 254));
    sizes.semantic.resize(semantic);
    sizes.instance.resize(instance);
    ImageMeasures m(sizes);
    m.hasSegment = json.at("segment");
    m.hasDepth = json.at("depth");
    m.hasBoxes = json.at("box");
    m.hasMasks = json.at("mask");
    read(json.at("aspect_sums"), m.aspectSums);
    read(json.at("aspect_counts"), m.aspectCounts);
    if (m.hasSegment) read(json.at("confusion"), m.confusion);
    if (m.hasDepth) {
      const Json& sums = json.at("depth_sums");
      m.depthRmse = sums.at(0);
      m.depthAbsRel = sums.at(1);
      m.depthSquares = sums.at(2);
      read(sums.at(3), m.depthPixels);
      read(sums.at(4), m.depthClassSquares);
      read(sums.at(5), m.depthClassPixels);
    }
    if (json.contains("instance_depth")) {
      const Json& sums = json.at("instance_depth");
      m.instanceDepth.emplace(instance);
      read(sums.at(0), m.instanceDepth->smoothL1);
      read(sums.at(1), m.instanceDepth->absRel);
      read(sums.at(2), m.instanceDepth->positives);
    }
    if (json.contains("class_losses")) {
      const Json& sums = json.at("class_losses");
      m.classLosses.emplace(instance);
      read(sums.at(0), m.classLosses->cls);
      read(sums.at(1), m.classLosses->quality);
      read(sums.at(2), m.classLosses->reg);
      read(sums.at(3), m.classLosses->centreness);
    }
    if (m.hasBoxes) m.boxes = unpackMatches(json.at("boxes"), instance);
    if (m.hasMasks) m.masks = unpackMatches(json.at("masks"), instance);
    return m;
  } catch (const Json::exception& e) {
    throw Error(concat("measures of an image cannot be read: ", e.what()));
  }
}

}  // namespace uninet
