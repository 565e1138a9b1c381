#include "attacks/sweep/experiment.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/measures/diagnostics.h"
#include "attacks/measures/shape_bias.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"
#include "core/base/parallel.h"
#include "core/base/pictures.h"
#include "core/data/class_options.h"
#include "core/outputs/object_matches.h"
#include "core/outputs/output_folder.h"
#include "core/outputs/palette.h"
#include "core/outputs/prediction_files.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

ImageMeasures measuresOf(const CleanImage& clean, const Engine::Evaluated& found) {
  return measureImage(clean.original, clean.sample, found.prediction, found.instanceDepth,
                      found.classLosses);
}

Metrics metricsOf(const ImageMeasures& measures, const Classes& classes) {
  return MeasureSet({measures}, classes).metrics();
}

/// Of this network on this image, before the attack.
Experiment experimentOn(const Engine& engine, const CleanImage& clean) {
  Experiment experiment;
  experiment.frame = clean.name;
  experiment.engineTitle = engine.title();
  experiment.engineHash = engine.hash();
  experiment.engineIdentity = engine.identity();
  experiment.engineNotes = engine.notes();
  experiment.device = deviceText(engine.device());
  experiment.arithmetic = engine.arithmetic();
  experiment.original = clean.original;
  experiment.sample = clean.sample;
  experiment.clean = clean.found.prediction;
  experiment.cleanMeasures = clean.measures;
  experiment.cleanMetrics = metricsOf(clean.measures, experiment.clean.classes);
  return experiment;
}

/// What the network makes of the image that the attack ended with, and whether that can be trusted.
void measureResult(Experiment& experiment, const Engine& engine, const CleanImage& clean,
                   const AttackInfo& attack, const Options& options) {
  Sample attacked = clean.sample;
  attacked.image = experiment.result.image;
  const Engine::Evaluated found = engine.evaluate(attacked);
  experiment.attacked = found.prediction;
  experiment.attackedMeasures = measuresOf(clean, found);
  experiment.attackedMetrics = metricsOf(experiment.attackedMeasures, experiment.attacked.classes);
  const cv::Mat reread = decodePng(encodePng(experiment.result.image));
  const bool same = cv::norm(reread, experiment.result.image, cv::NORM_INF) == 0;
  experiment.diagnostics =
      diagnose(attack.target != nullptr, options, clean.sample.image, experiment.result,
               clean.found, found, same ? experiment.attacked : engine.predict(reread));
  if (clean.sample.hasInstances && std::string(attack.key) == "dag-detection")
    experiment.shapes = shapeRecord(engine, clean.sample, experiment.clean, experiment.attacked);
}

Json iterationsJson(const AttackResult& result) {
  Json list = Json::array();
  for (const AttackIteration& iteration : result.iterations)
    list.push_back({{"iteration", iteration.iteration},
                    {"objective", iteration.objective},
                    {"losses", iteration.losses}});
  return list;
}

/// hidden.png (the category's pixels), and the target: target_segment.png or target_depth.png.
std::vector<std::filesystem::path> writeTarget(const AttackTarget& target, const ClassTable& table,
                                               const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  if (target.mask.empty()) return files;
  writePng(files.emplace_back(folder / "hidden.png"), target.mask * 255);
  if (!target.trainIds.empty())
    writePng(files.emplace_back(folder / "target_segment.png"),
             colouriseLabels(target.trainIds, table));
  if (!target.depthMetres.empty())
    writePng(files.emplace_back(folder / "target_depth.png"),
             colourisePredictedDepth(target.depthMetres, table.farthestMetres));
  return files;
}

}  // namespace

CleanImage cleanImage(const Engine& engine, const RawFrame& frame) {
  CleanImage clean;
  clean.name = frame.name;
  clean.original = withTruthOf(makeSample(frame), engine.spec().classes);
  clean.sample = resizeSample(clean.original, engine.spec().size);
  clean.found = engine.evaluate(clean.sample);
  clean.measures = measuresOf(clean, clean.found);
  return clean;
}

Experiment runExperiment(const Engine& engine, const RawFrame& frame, const AttackInfo& attack,
                         const Options& options, const Progress& progress, const cv::Mat& region,
                         const ExperimentCallback& callback, const TargetCallback& targetCallback) {
  checkClassNames(options, *engine.spec().classes);
  return runExperiment(engine, cleanImage(engine, frame), attack, options, progress, region,
                       callback, targetCallback);
}

Experiment runExperiment(const Engine& engine, const CleanImage& clean, const AttackInfo& attack,
                         const Options& options, const Progress& progress, const cv::Mat& region,
                         const ExperimentCallback& callback, const TargetCallback& targetCallback) {
  const auto start = std::chrono::steady_clock::now();
  checkClassNames(options, *engine.spec().classes);
  Experiment experiment = experimentOn(engine, clean);
  experiment.attack = attack.key;
  experiment.optionsJson = toJson(options).dump();

  const AttackInput input{engine, experiment.sample, region, experiment.clean};
  if (attack.target != nullptr) {
    experiment.target = attack.target(experiment.clean, options);
    if (targetCallback) targetCallback(experiment.target);
  }
  experiment.result = attack.run(input, options, progress, [&](const AttackIteration& iteration) {
    progress.report(iteration.iteration, iteration.total, attack.title);
    if (!callback) return;
    const bool first = iteration.iteration == 0 &&
                       cv::norm(iteration.image, experiment.sample.image, cv::NORM_INF) == 0;
    if (first)
      return callback(iteration, experiment.clean,
                      metricRatios(experiment.cleanMetrics, experiment.cleanMetrics));
    Sample step = experiment.sample;
    step.image = iteration.image;
    const Engine::Evaluated found = engine.evaluate(step);
    const Metrics metrics = metricsOf(measuresOf(clean, found), found.prediction.classes);
    const std::vector<RatioBar> ratios = metricRatios(experiment.cleanMetrics, metrics);
    noteFailures(experiment.firstFailures, ratios, iteration.iteration);
    callback(iteration, found.prediction, ratios);
  });
  measureResult(experiment, engine, clean, attack, options);
  experiment.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return experiment;
}

Experiment transferExperiment(const Engine& engine, const CleanImage& clean,
                              const Experiment& made) {
  const auto start = std::chrono::steady_clock::now();
  const cv::Size size = engine.spec().size, given = made.result.image.size();
  if (given != size)
    throw Error(concat("an image that was attacked at ", sizeText(given),
                       " cannot be measured by a network of input ", sizeText(size)));
  const AttackInfo& attack = attackByKey(made.attack);
  const auto options = attack.makeOptions();
  fromJson(*options, Json::parse(made.optionsJson));
  Experiment experiment = experimentOn(engine, clean);
  experiment.attack = made.attack;
  experiment.optionsJson = made.optionsJson;
  experiment.attackedOn = made.engineTitle;
  experiment.attackedOnIdentity = made.engineIdentity;
  experiment.result = made.result;
  measureResult(experiment, engine, clean, attack, *options);
  experiment.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return experiment;
}

void noteFailures(std::vector<std::pair<Task, int>>& failures, const std::vector<RatioBar>& bars,
                  int iteration) {
  constexpr double kHalf = 0.5;
  for (const RatioBar& bar : bars)
    if (bar.ratio < kHalf && std::none_of(failures.begin(), failures.end(), [&](const auto& known) {
          return known.first == bar.task;
        }))
      failures.emplace_back(bar.task, iteration);
}

std::vector<RatioBar> metricRatios(const Metrics& clean, const Metrics& attacked) {
  std::vector<RatioBar> bars;
  for (const TaskInfo& info : tasks()) {
    const double before = clean.value(info.metricKey), after = attacked.value(info.metricKey);
    bars.push_back({info.task, before, after, metricRatio(before, after, info.higherIsBetter)});
  }
  return bars;
}

std::optional<Figure> shapeFigureOf(const Experiment& experiment) {
  const Json options = Json::parse(experiment.optionsJson);
  return shapeFigureOf(experiment.shapes, options.value("first", ""), options.value("second", ""),
                       experiment.frame, *experiment.clean.classes);
}

Json reportJson(const Experiment& experiment) {
  if (!experiment.manifest.empty()) return parseJson(experiment.manifest, "the report of a run");
  const AttackResult& result = experiment.result;
  std::vector<std::string> notes = experiment.engineNotes;
  for (const auto* more : {&experiment.sample.notes, &result.notes})
    notes.insert(notes.end(), more->begin(), more->end());
  Json ratios = Json::object();
  for (const RatioBar& bar : metricRatios(experiment.cleanMetrics, experiment.attackedMetrics))
    ratios[taskInfo(bar.task).key] = {{"metric", taskInfo(bar.task).metricKey},
                                      {"clean", numberOrNull(bar.clean)},
                                      {"attacked", numberOrNull(bar.attacked)},
                                      {"ratio", numberOrNull(bar.ratio)}};
  Json report{
      {"image", experiment.frame},
      {"network_input",
       {{"height", experiment.sample.image.rows}, {"width", experiment.sample.image.cols}}},
      {"checkpoint", {{"file", experiment.engineTitle}, {"sha256", experiment.engineHash}}},
      {"attack", experiment.attack},
      {"options", Json::parse(experiment.optionsJson)},
      {"seed", result.seed},
      {"device", experiment.device},
      {"arithmetic", experiment.arithmetic},
      {"iterations_planned", result.iterationsPlanned},
      {"iterations_done", result.iterationsDone},
      {"stopped", result.cancelled},
      {"iterations", iterationsJson(result)},
      {"norms",
       {{"linf", result.norms.linf}, {"l2", result.norms.l2}, {"l0_pixels", result.norms.l0}}},
      {"clean", experiment.cleanMetrics.toJson()},
      {"attacked", experiment.attackedMetrics.toJson()},
      {"metric_ratios", ratios},
      {"diagnostics", diagnosticsJson(experiment.diagnostics)},
      {"notes", notes},
      {"seconds", experiment.seconds},
  };
  if (!experiment.attackedOn.empty())
    report["attacked_on"] = {{"file", experiment.attackedOn},
                             {"identity", experiment.attackedOnIdentity}};
  return report;
}

std::string experimentManifest(const Experiment& experiment) {
  return reportJson(experiment).dump();
}

void writeExperiment(const Experiment& experiment, const std::filesystem::path& folder) {
  OutputFolder out(folder, "report.json", "attack");
  out.removeEarlier();
  out.add({folder / "clean.png", folder / "adversarial.png"});
  runParallel({[&] { writePng(folder / "clean.png", experiment.sample.image); },
               [&] { writePng(folder / "adversarial.png", experiment.result.image); }});
  out.add(writePrediction(experiment.clean, folder, "clean"));
  DrawOptions draw;
  draw.numbers = attackedNumbers(
      matchObjects(experiment.clean, &experiment.attacked, nullptr, draw.scoreThreshold),
      experiment.clean, experiment.attacked);
  out.add(writePrediction(experiment.attacked, folder, "attacked", draw));
  out.add(writeTarget(experiment.target, *experiment.clean.classes, folder));
  out.writeReport(reportJson(experiment));
}

}  // namespace uninet
