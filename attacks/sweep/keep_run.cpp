#include "attacks/sweep/keep_run.h"

#include <ctime>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

namespace uninet {
namespace {

using namespace nlohmann::literals;

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::string text(32, '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts));
  return text;
}

void requireOrigin(const Engine& engine, const RawFrame& frame, const KeptRun& run,
                   const cv::Mat& attackedImage) {
  if (engine.identity() != run.networkHash)
    throw Error(concat("the run was made with another network (", run.network,
                       "); open that one to see it"));
  if (frame.name != run.image || fingerprint(frame) != run.imageFingerprint)
    throw Error(concat("the run was made on image ", run.image, " of ", run.data, ", which ",
                       frame.name == run.image ? "has changed since" : "is not the one given"));
  if (const cv::Size size = engine.spec().size; attackedImage.size() != size)
    throw Error(concat("the run was made at network size ", attackedImage.rows, "x",
                       attackedImage.cols, "; the network is open at ", size.height, "x",
                       size.width));
}

AttackResult resultOf(const KeptRun& run, const cv::Mat& attackedImage) {
  const ImageFacts& facts = run.facts;
  AttackResult result;
  result.image = attackedImage;
  result.norms = facts.norms;
  for (const ImageFacts::Iteration& kept : facts.iterations) {
    AttackIteration iteration;
    iteration.iteration = static_cast<int>(result.iterations.size());
    iteration.total = facts.iterationsPlanned;
    iteration.objective = kept.objective;
    iteration.losses = kept.losses;
    result.iterations.push_back(std::move(iteration));
  }
  result.iterationsPlanned = facts.iterationsPlanned;
  result.iterationsDone = facts.iterationsDone;
  result.cancelled = run.stopped;
  result.seed = facts.seed;
  result.notes = facts.notes;
  return result;
}

}  // namespace

KeptRun keptRunOf(const Experiment& experiment, const std::string& dataTitle,
                  const std::string& fingerprint, const std::string& region,
                  const std::string& preset) {
  const AttackResult& result = experiment.result;
  KeptRun run;
  run.time = utcNow();
  run.data = dataTitle;
  run.image = experiment.frame;
  run.imageFingerprint = fingerprint;
  run.network = experiment.engineTitle;
  run.networkHash = experiment.engineIdentity;
  run.attackedOn = experiment.attackedOn;
  run.attackedOnHash = experiment.attackedOnIdentity;
  run.attack = experiment.attack;
  run.options = experiment.optionsJson;
  run.preset = preset;
  run.region = region;
  run.stopped = result.cancelled;
  run.facts.iterationsPlanned = result.iterationsPlanned;
  run.facts.iterationsDone = result.iterationsDone;
  for (const AttackIteration& iteration : result.iterations)
    run.facts.iterations.push_back({iteration.objective, iteration.losses});
  for (const auto& [task, iteration] : experiment.firstFailures)
    run.facts.firstFailures[taskInfo(task).key] = iteration;
  run.facts.norms = result.norms;
  run.facts.seed = result.seed;
  run.facts.notes = result.notes;
  run.facts.diagnostics = experiment.diagnostics;
  if (!experiment.shapes.objects.empty() || !experiment.shapes.locations.empty())
    run.facts.shapes = experiment.shapes;
  run.facts.seconds = experiment.seconds;
  run.classes = experiment.clean.classes;
  run.clean = experiment.cleanMeasures;
  run.attacked = experiment.attackedMeasures;
  run.manifest = experimentManifest(experiment);
  return run;
}

std::string precisionOf(const KeptRun& run) {
  const nlohmann::json report = nlohmann::json::parse(run.manifest, nullptr, false);
  const auto precision = "/arithmetic/precision"_json_pointer;
  const bool says = report.contains(precision) && report.at(precision).is_string();
  return says ? report.at(precision).get<std::string>() : "float32";  // there was no other once
}

Experiment restoredExperiment(const Engine& engine, const RawFrame& frame, const KeptRun& run,
                              const cv::Mat& attackedImage, const Prediction* clean) {
  requireOrigin(engine, frame, run, attackedImage);
  const AttackInfo& attack = attackByKey(run.attack);
  const auto options = optionsOf(attack, parseJson(run.options, "the options of a run"));
  Experiment experiment;
  experiment.attack = run.attack;
  experiment.optionsJson = run.options;
  experiment.frame = run.image;
  experiment.engineTitle = run.network;
  experiment.engineHash = engine.hash();
  experiment.engineIdentity = run.networkHash;
  experiment.attackedOn = run.attackedOn;
  experiment.attackedOnIdentity = run.attackedOnHash;
  experiment.engineNotes = engine.notes();
  experiment.original = withTruthOf(makeSample(frame), engine.spec().classes);
  experiment.sample = resizeSample(experiment.original, engine.spec().size);
  experiment.clean = clean != nullptr ? *clean : engine.predict(experiment.sample.image);
  experiment.attacked = engine.predict(attackedImage);
  experiment.result = resultOf(run, attackedImage);
  experiment.cleanMeasures = run.clean;
  experiment.attackedMeasures = run.attacked;
  experiment.cleanMetrics = MeasureSet({run.clean}, run.classes).metrics();
  experiment.attackedMetrics = MeasureSet({run.attacked}, run.classes).metrics();
  if (run.facts.diagnostics) experiment.diagnostics = *run.facts.diagnostics;
  // It follows from the clean prediction of the network that was attacked alone.
  if (attack.target != nullptr && run.attackedOn.empty())
    experiment.target = attack.target(experiment.clean, *options);
  if (run.facts.shapes) experiment.shapes = *run.facts.shapes;
  for (const TaskInfo& task : tasks())
    if (const auto fell = run.facts.firstFailures.find(task.key);
        fell != run.facts.firstFailures.end())
      experiment.firstFailures.emplace_back(task.task, fell->second);
  experiment.seconds = run.facts.seconds;
  experiment.manifest = run.manifest;
  return experiment;
}

}  // namespace uninet
