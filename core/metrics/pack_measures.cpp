#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/metrics/metrics.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

constexpr int kVersion = 1;

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

std::vector<ApMatches> unpackMatches(const Json& list) {
  std::vector<ApMatches> classes;
  for (const Json& entry : list) {
    ApMatches matches;
    matches.positives = entry.at(0);
    const Json& records = entry.at(1);
    for (std::size_t i = 0; i + 2 < records.size(); i += 3)
      matches.records.push_back({records[i], records[i + 1], records[i + 2]});
    classes.push_back(std::move(matches));
  }
  return classes;
}

}  // namespace

std::string packMeasures(const ImageMeasures& m) {
  Json json{{"version", kVersion},
            {"segment", m.hasSegment},
            {"depth", m.hasDepth},
            {"box", m.hasBoxes},
            {"mask", m.hasMasks},
            {"aspect_sums", m.aspectSums},
            {"aspect_counts", m.aspectCounts}};
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
    const Json json = Json::from_cbor(bytes);
    if (json.at("version") != kVersion)
      throw Error(concat("measures of an image: expected version ", kVersion, ", found ",
                         json.at("version").dump()));
    ImageMeasures m;
    m.hasSegment = json.at("segment");
    m.hasDepth = json.at("depth");
    m.hasBoxes = json.at("box");
    m.hasMasks = json.at("mask");
    json.at("aspect_sums").get_to(m.aspectSums);
    json.at("aspect_counts").get_to(m.aspectCounts);
    if (m.hasSegment) json.at("confusion").get_to(m.confusion);
    if (m.hasDepth) {
      const Json& sums = json.at("depth_sums");
      m.depthRmse = sums.at(0);
      m.depthAbsRel = sums.at(1);
      m.depthSquares = sums.at(2);
      m.depthPixels = sums.at(3);
      sums.at(4).get_to(m.depthClassSquares);
      sums.at(5).get_to(m.depthClassPixels);
    }
    if (json.contains("instance_depth")) {
      const Json& sums = json.at("instance_depth");
      m.instanceDepth.emplace();
      sums.at(0).get_to(m.instanceDepth->smoothL1);
      sums.at(1).get_to(m.instanceDepth->absRel);
      sums.at(2).get_to(m.instanceDepth->positives);
    }
    if (json.contains("class_losses")) {
      const Json& sums = json.at("class_losses");
      m.classLosses.emplace();
      sums.at(0).get_to(m.classLosses->cls);
      sums.at(1).get_to(m.classLosses->quality);
      sums.at(2).get_to(m.classLosses->reg);
      sums.at(3).get_to(m.classLosses->centreness);
    }
    if (m.hasBoxes) m.boxes = unpackMatches(json.at("boxes"));
    if (m.hasMasks) m.masks = unpackMatches(json.at("masks"));
    return m;
  } catch (const Json::exception& e) {
    throw Error(concat("measures of an image cannot be read: ", e.what()));
  }
}

}  // namespace uninet
