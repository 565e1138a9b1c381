#include "model/engine/evaluate.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/prefetch.h"

namespace uninet {

void requireClasses(const Engine& engine, const Dataset& data) {
  if (data.hasGroundTruth() && !sameClasses(data.classes(), engine.spec().classes))
    throw Error(concat(data.title(), " is labelled with the classes of ", data.classes()->title,
                       ", the network ", engine.title(), " predicts those of ",
                       engine.spec().classes->title, "; give data or a checkpoint of the same"));
}

Evaluation evaluateDataset(const Engine& engine, const Dataset& data, std::size_t limit,
                           const Progress& progress,
                           const std::function<void(const EvaluatedImage&)>& listener) {
  const std::size_t count = limit > 0 ? std::min(limit, data.size()) : data.size();
  if (count == 0) throw Error(concat(data.title(), ": there is no image to evaluate"));
  requireClasses(engine, data);
  struct Frame {
    Sample original, resized;
    std::string problem;  ///< why it cannot be read; empty: it can
  };
  const cv::Size size = engine.spec().size;
  Prefetcher<Frame> frames(0, static_cast<std::int64_t>(count), 1, 2, [&](std::int64_t i) {
    Frame frame;
    try {
      frame.original = makeSample(data.load(static_cast<std::size_t>(i)));
      frame.resized = resizeSample(frame.original, size);
    } catch (const Error& error) {
      frame.problem = error.what();
    }
    return frame;
  });
  std::vector<ImageMeasures> measures;
  NoteCounter notes;
  std::vector<std::pair<std::string, std::string>> leftOut;
  const auto total = static_cast<std::int64_t>(count);
  for (std::int64_t i = 0; i < total; ++i) {
    progress.step(i, total, "evaluating");
    const Frame frame = frames.next();
    if (!frame.problem.empty()) {
      leftOut.emplace_back(data.name(static_cast<std::size_t>(i)), frame.problem);
      continue;
    }
    notes.add(frame.original.name, frame.original.notes);
    const Engine::Evaluated found = engine.evaluate(frame.resized);
    measures.push_back(measureImage(frame.original, frame.resized, found.prediction,
                                    found.instanceDepth, found.classLosses));
    if (listener) listener({frame.original, frame.resized, found.prediction});
  }
  progress.step(total, total, "evaluating");
  if (leftOut.size() == count)
    throw Error(
        concat(data.title(), ": none of its ", count, " images can be read; ", leftOut[0].second));
  return {MeasureSet(std::move(measures), engine.spec().classes).metrics(), std::move(notes),
          std::move(leftOut)};
}

}  // namespace uninet
