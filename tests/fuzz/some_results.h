#pragma once

#include "core/results/result_store.h"

namespace uninet::fuzz {

/// Measures of a small table of classes with every part in them.
inline ImageMeasures someMeasures() {
  ClassTable table;
  table.semantic.resize(2);
  table.instance.resize(1);
  ImageMeasures m(table);
  m.hasSegment = m.hasDepth = m.hasBoxes = m.hasMasks = true;
  m.confusion = {5, 1, 0, 7};
  m.depthSquares = 2.5;
  m.depthPixels = 12;
  m.instanceDepth.emplace(1);
  m.classLosses.emplace(1);
  ApMatches matches;
  matches.positives = 2;
  matches.records = {{0.5f, 1, 0}};
  m.boxes = m.masks = {matches};
  return m;
}

/// Facts with every part in them.
inline ImageFacts someFacts() {
  ImageFacts facts;
  facts.iterationsPlanned = facts.iterationsDone = 1;
  facts.iterations = {{1.5, {{"seg", 1.5}}}};
  facts.norms = {1, 20, 300};
  facts.notes = {"a note"};
  facts.diagnostics.emplace();
  facts.diagnostics->losses["seg"] = {1, 2};
  facts.diagnostics->survivesPng["segment"] = true;
  facts.diagnostics->warnings = {"a warning; --rule apgd helps"};
  facts.diagnostics->remedies = {{"rule", "apgd", "--rule apgd helps"}};
  facts.gradients = {{1, {"seg"}, {1}, {{1}}, {{1}}, {{1}}}};
  facts.levels = {{"E2", 0.5, 0.9}};
  facts.shapes.emplace();
  facts.shapes->objects = {{1, {1, 0.5, 10, 20}, {0, 0, 0, 0}}};
  facts.shapes->locations = {{1, {1, 0.5, 10, 20}, {2, 0.25, 20, 10}}};
  return facts;
}

/// A results file with a clean run and one of an attack.
inline std::filesystem::path writeSomeResults(const std::filesystem::path& file) {
  const std::vector<StoredRun> runs{
      {0, "", "{}", "clean"},
      {1, "dag-detection", R"({"first":"person","second":"car"})", "swap", {{"first", "person"}}}};
  ResultStore store =
      ResultStore::create(file, {{"checkpoint", "a"}}, {}, *cityscapesClasses(), runs);
  store.addImage(0, "frame", "fingerprint");
  for (const StoredRun& run : runs) {
    StoredResult result;
    result.run = run.id;
    result.facts = someFacts();
    result.measures[""] = someMeasures();
    result.measures["clean E2"] = someMeasures();
    result.pictures["input"] = cv::Mat(4, 6, CV_8UC3, cv::Scalar(1, 2, 3));
    store.put(result);
  }
  return file;
}

}  // namespace uninet::fuzz
