#include "attacks/sweep/sweep_pass.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "attacks/measures/diagnostics.h"
#include "attacks/measures/gradient_matrix.h"
#include "attacks/measures/levels.h"
#include "attacks/measures/shape_bias.h"
#include "attacks/registry/load_plugin.h"
#include "attacks/registry/registry.h"
#include "attacks/sweep/outcome.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/pictures.h"
#include "core/base/prefetch.h"
#include "core/base/work_queue.h"
#include "core/data/class_options.h"
#include "core/outputs/object_matches.h"
#include "core/outputs/palette.h"
#include "core/results/attacked_trees.h"
#include "core/results/merge.h"
#include "model/engine/evaluate.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

/// Of so many images the panels are kept for figures.
constexpr std::int64_t kPictureImages = 8;

double seconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

/// Processor time of this thread.
double threadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Frame {
  std::int64_t image = -1;  ///< −1: there is none left
  std::string name, fingerprint;
  std::string problem;  ///< why it cannot be read; empty: it can
  std::vector<std::string> notes;
  Sample original, resized;  ///< empty if every run has its result already
};

ImageFacts factsOf(const AttackResult& result) {
  ImageFacts facts;
  facts.iterationsPlanned = result.iterationsPlanned;
  facts.iterationsDone = result.iterationsDone;
  for (const AttackIteration& iteration : result.iterations)
    facts.iterations.push_back({iteration.objective, iteration.losses});
  facts.norms = result.norms;
  facts.seed = result.seed;
  facts.notes = result.notes;
  return facts;
}

GradientMatrix gradientsAt(int iteration, const AttackInput& input, const cv::Mat& image) {
  GradientMatrix matrix = gradientMatrix(input, image);
  matrix.iteration = iteration;
  return matrix;
}

/// Panels for Figure 4 and, for each of `pairs` (swaps of two classes), for Figure 6.
std::map<std::string, cv::Mat> panelsOf(const Prediction& prediction, const Prediction& clean,
                                        const std::vector<SwappedPair>& pairs) {
  DrawOptions draw;
  draw.numbers = attackedNumbers(matchObjects(clean, &prediction, nullptr, draw.scoreThreshold),
                                 clean, prediction);
  std::map<std::string, cv::Mat> panels{{"input", prediction.image}};
  for (const Task task : {Task::instSeg, Task::segment, Task::depth})
    if (const cv::Mat panel = drawTask(task, prediction, draw); !panel.empty())
      panels[taskInfo(task).key] = panel;
  draw.masks = true;
  for (const SwappedPair& pair : pairs) {
    Prediction two = prediction;
    two.detections.clear();
    draw.numbers.clear();
    for (const Detection& d : prediction.detections) {
      const std::string& name = prediction.classes->instanceName(d.classId);
      if (name != pair.first && name != pair.second) continue;
      two.detections.push_back(d);
      draw.numbers.push_back(d.classId);
    }
    panels[pair.pictureKind()] = drawDetections(two, draw);
  }
  return panels;
}

/// The swaps of detection of which the plan keeps pictures.
std::vector<SwappedPair> picturedPairs(const SweepPlan& plan) {
  std::vector<SwappedPair> pairs;
  for (const StoredRun& run : storedRuns(plan))
    if (run.id > 0 && plan.runs[static_cast<std::size_t>(run.id - 1)].pictures)
      if (const auto pair = swappedPair(run)) pairs.push_back(*pair);
  return pairs;
}

/// The same network by the other arithmetic, the processor's for a card; none: this processor has
/// only one.
std::optional<Engine> otherArithmetic(const Engine& engine) {
  if (engine.device() != "cpu") return engine.onDevice("cpu");
  const auto path = [](const Engine& e) { return e.arithmetic().at("code path"); };
  for (const Arithmetic arithmetic : {Arithmetic::plan, Arithmetic::aten})
    if (Engine other = engine.withArithmetic(arithmetic); path(other) != path(engine)) return other;
  return std::nullopt;
}

/// One call of runPass().
class Pass {
 public:
  Pass(const SweepSetup& setup, SweepWork& work, const SweepState& before,
       const std::vector<std::int64_t>& images, ResultStore& store, const Progress& progress,
       const std::function<void()>& stored)
      : engine_(setup.engine),
        other_(setup.other),
        data_(setup.data),
        plan_(setup.plan),
        work_(work),
        images_(images),
        store_(store),
        progress_(progress),
        stored_(stored),
        finished_(before.finished),
        fingerprints_(before.fingerprints),
        pairs_(picturedPairs(setup.plan)) {}

  PassResult run() {
    PassResult result;
    summary_.images = images_.size();
    constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
    Prefetcher<Frame> frames(0, kNoEnd, 1, 2, [this](std::int64_t) {
      const auto image = work_.nextImage();
      const double start = threadSeconds();
      Frame made = image ? frame(*image) : Frame();
      beside_ += threadSeconds() - start;
      return made;
    });
    // Whatever ends this, the reading thread must not wait for others.
    const struct Stop {
      SweepWork& work;
      ~Stop() { work.stop(); }
    } stop{work_};
    WorkQueue behind(1);
    behind_ = &behind;
    for (const std::int64_t i : images_)
      total_ += unitsOf(i) * static_cast<std::int64_t>(plan_.runs.size() + 1);
    for (const auto& [run, image] : finished_) before_ += unitsOf(image);
    const auto start = Clock::now();
    try {
      step({});
      for (;;) {
        const auto frame = std::make_shared<const Frame>(frames.next());
        if (frame->image < 0) break;
        step(frame->name);
        oneFrame(frame);
        work_.ended(frame->image);
      }
    } catch (const Cancelled&) {
      behind.finish();  // what was computed stays
      throw;
    }
    behind.finish();
    progress_.step(total_, total_, "done");
    summary_.wallSeconds = seconds(start, Clock::now());
    summary_.besideSeconds = beside_;
    result.summary = std::move(summary_);
    result.leftOut = std::move(leftOut_);
    return result;
  }

 private:
  /// A clean image as the other arithmetic sees it.
  struct Checked {
    const Engine& engine;
    const Sample& sample;  ///< at network size
    Engine::Evaluated clean;
  };

  void step(const std::string& text) { progress_.step(before_ + work_.done(), total_, text); }

  bool has(std::int64_t run, std::int64_t image) const { return finished_.contains({run, image}); }

  bool isChecked(std::int64_t image) const {
    return other_.has_value() && image < plan_.arithmeticCheck;
  }
  /// Of a run on this image, as progress counts them.
  std::int64_t unitsOf(std::int64_t image) const { return isChecked(image) ? 2 : 1; }

  /// Whether every run has its result of this image.
  bool complete(std::int64_t image) const {
    for (std::size_t run = 0; run <= plan_.runs.size(); ++run)
      if (!has(static_cast<std::int64_t>(run), image)) return false;
    return true;
  }

  Frame frame(std::int64_t image) const {
    Frame frame;
    frame.image = image;
    frame.name = data_.name(static_cast<std::size_t>(image));
    try {
      read(image, frame);
    } catch (const Error& e) {
      frame.problem = e.what();
    }
    return frame;
  }

  void read(std::int64_t image, Frame& frame) const {
    const RawFrame raw = data_.load(static_cast<std::size_t>(image));
    frame.fingerprint = fingerprint(raw);
    frame.notes = raw.notes;
    if (complete(image)) return;
    frame.original = makeSample(raw);
    frame.resized = resizeSample(frame.original, engine_.spec().size);
  }

  void oneFrame(const std::shared_ptr<const Frame>& frame) {
    const std::int64_t image = frame->image;
    const auto known = fingerprints_.find(image);
    if (!frame->problem.empty()) {
      if (!complete(image)) leaveOut(*frame, frame->problem);
    } else if (known != fingerprints_.end() && known->second != frame->fingerprint) {
      leaveOut(*frame, "it has changed since its results were measured");
    } else {
      work_.began(image, frame->name, frame->fingerprint, frame->notes);
      summary_.notes.add(frame->name, frame->notes);
      write([this, frame] { store_.addImage(frame->image, frame->name, frame->fingerprint); });
      if (!frame->resized.image.empty()) oneImage(image, frame);
    }
  }

  /// An image that cannot be attacked now; a later call tries it again.
  void leaveOut(const Frame& frame, const std::string& why) {
    summary_.leftOut.emplace_back(frame.name, why);
    leftOut_.push_back({frame.image, frame.name, why});
    logWarning(concat(frame.name, " is left out: ", why));
    std::vector<std::int64_t> runs;
    for (std::int64_t run = 0; run <= static_cast<std::int64_t>(plan_.runs.size()); ++run)
      if (!has(run, frame.image)) runs.push_back(run);
    work_.leaveOut(frame.image, frame.name, why, runs, unitsOf(frame.image));
  }

  void oneImage(std::int64_t image, const std::shared_ptr<const Frame>& frame) {
    auto start = Clock::now();
    const Engine::Evaluated clean = engine_.evaluate(frame->resized);
    const std::string broken = brokenOutcome(clean);
    const AttackInput input{engine_, frame->resized, {}, clean.prediction};
    std::optional<Checked> checked;
    if (isChecked(image) && broken.empty())
      checked.emplace(Checked{*other_, frame->resized, other_->evaluate(frame->resized)});
    if (!has(0, image) && work_.take(0, image)) {
      ImageFacts facts;
      if (broken.empty() && plan_.cleanGradients)
        facts.gradients.push_back(gradientsAt(0, input, frame->resized.image));
      std::map<std::string, Engine::Evaluated> outcomes{{"", clean}};
      if (checked && brokenOutcome(checked->clean).empty())
        outcomes[kOtherArithmetic] = checked->clean;
      busy(start);
      post(0, image, frame, broken, std::move(facts), std::move(outcomes),
           image < kPictureImages && wantsPictures()
               ? panelsOf(clean.prediction, clean.prediction, pairs_)
               : std::map<std::string, cv::Mat>());
    } else {
      busy(start);
    }
    for (std::size_t r = 0; r < plan_.runs.size(); ++r) {
      const auto run = static_cast<std::int64_t>(r) + 1;
      if (has(run, image) || !work_.take(run, image)) continue;
      step(plan_.runs[r].title);
      if (broken.empty())
        oneRun(run, plan_.runs[r], image, frame, input, clean, checked);
      else
        post(run, image, frame, broken, {}, {}, {});
    }
  }

  void oneRun(std::int64_t run, const PlannedRun& planned, std::int64_t image,
              const std::shared_ptr<const Frame>& frame, const AttackInput& input,
              const Engine::Evaluated& clean, const std::optional<Checked>& checked) {
    const auto start = Clock::now();
    const AttackInfo& attack = attackByKey(planned.attack);
    const auto options = attack.makeOptions();
    fromJson(*options, Json::parse(planned.options));
    std::vector<GradientMatrix> gradients;
    AttackResult result;
    try {
      result = attack.run(input, *options, progress_, [&](const AttackIteration& iteration) {
        if (planned.gradients && iteration.iteration > 0 && !progress_.stopRequested())
          gradients.push_back(gradientsAt(iteration.iteration, input, iteration.image));
      });
    } catch (const Error& e) {
      busy(start);
      post(run, image, frame, e.what(), {}, {}, {});
      return;
    }
    if (result.cancelled) throw Cancelled();

    Sample attackedSample = frame->resized;
    attackedSample.image = result.image;
    std::map<std::string, Engine::Evaluated> outcomes;
    outcomes[""] = engine_.evaluate(attackedSample);
    const Prediction& attacked = outcomes[""].prediction;
    const cv::Mat reread = decodePng(encodePng(result.image));
    const bool same = cv::norm(reread, result.image, cv::NORM_INF) == 0;
    ImageFacts facts = factsOf(result);
    facts.diagnostics = diagnose(attack.target != nullptr, *options, frame->resized.image, result,
                                 clean, outcomes[""], same ? attacked : engine_.predict(reread));
    facts.gradients = std::move(gradients);
    if (planned.levels) {
      facts.levels = levelDrift(engine_, frame->resized.image, result.image);
      for (auto& [level, outcome] : patchLevels(engine_, attackedSample, frame->resized.image))
        outcomes["clean " + level] = std::move(outcome);
      for (auto& [level, outcome] : patchLevels(engine_, frame->resized, result.image))
        outcomes["attacked " + level] = std::move(outcome);
    }
    if (planned.shapes && frame->resized.hasInstances)
      facts.shapes = shapeRecord(engine_, frame->resized, clean.prediction, attacked);
    std::map<std::string, cv::Mat> pictures;
    if (planned.pictures && image < kPictureImages)
      pictures = panelsOf(attacked, clean.prediction, pairs_);
    if (plan_.keepImages) pictures[kAttackedImage] = result.image;
    const std::string broken = brokenOutcome(outcomes[""]);
    facts.seconds = seconds(start, Clock::now());
    if (checked && broken.empty()) checkRun(planned, *options, *checked, facts, outcomes);
    busy(start);
    post(run, image, frame, broken, std::move(facts), std::move(outcomes), std::move(pictures));
  }

  /// The same run by the other arithmetic, from its own clean prediction on.
  void checkRun(const PlannedRun& planned, const Options& options, const Checked& checked,
                ImageFacts& facts, std::map<std::string, Engine::Evaluated>& outcomes) {
    const AttackInput input{checked.engine, checked.sample, {}, checked.clean.prediction};
    Sample attacked = checked.sample;
    try {
      const AttackResult result = attackByKey(planned.attack).run(input, options, progress_, {});
      if (result.cancelled) throw Cancelled();
      attacked.image = result.image;
    } catch (const Error& e) {
      logWarning(concat(checked.sample.name, ", ", planned.title,
                        ", by the other arithmetic: skipped: ", e.what()));
      return;
    }
    Engine::Evaluated found = checked.engine.evaluate(attacked);
    if (!brokenOutcome(found).empty()) return;
    outcomes[kOtherArithmetic] = std::move(found);
    if (planned.levels)
      facts.checkedLevels = levelDrift(checked.engine, checked.sample.image, attacked.image);
  }

  bool wantsPictures() const {
    return std::any_of(plan_.runs.begin(), plan_.runs.end(),
                       [](const PlannedRun& run) { return run.pictures; });
  }

  void busy(Clock::time_point start) { summary_.busySeconds += seconds(start, Clock::now()); }

  /// On the thread that writes. If it fails, which is said at the end, nobody may wait for what
  /// this pass holds.
  template <class Job>
  void write(Job job) {
    behind_->post([this, job = std::move(job)] {
      try {
        job();
      } catch (...) {
        work_.stop();
        throw;
      }
    });
  }

  void post(std::int64_t run, std::int64_t image, const std::shared_ptr<const Frame>& frame,
            const std::string& skipped, ImageFacts facts,
            std::map<std::string, Engine::Evaluated> outcomes,
            std::map<std::string, cv::Mat> pictures) {
    ++summary_.pairs;
    if (!skipped.empty()) {
      ++summary_.skipped;
      logWarning(concat(frame->name, ", ",
                        run == 0 ? "clean" : plan_.runs[static_cast<std::size_t>(run - 1)].title,
                        ": skipped: ", skipped));
    }
    auto result = std::make_shared<StoredResult>();
    result->run = run;
    result->image = image;
    result->skipped = skipped;
    result->facts = std::move(facts);
    result->pictures = std::move(pictures);
    write([this, frame, result, outcomes = std::move(outcomes)] {
      const double start = threadSeconds();
      if (result->skipped.empty())
        for (const auto& [variant, found] : outcomes)
          result->measures[variant] =
              measureImage(frame->original, frame->resized, found.prediction, found.instanceDepth,
                           found.classLosses);
      store_.put(*result);
      work_.stored(result->run, result->image, unitsOf(result->image));
      beside_ += threadSeconds() - start;
      if (stored_) stored_();
    });
  }

  const Engine& engine_;
  const std::optional<Engine>& other_;
  const Dataset& data_;
  const SweepPlan& plan_;
  SweepWork& work_;
  const std::vector<std::int64_t>& images_;
  ResultStore& store_;  ///< touched by the thread of `behind_` only, once run() has begun
  const Progress& progress_;
  const std::function<void()>& stored_;
  const std::set<std::pair<std::int64_t, std::int64_t>>& finished_;
  const std::map<std::int64_t, std::string>& fingerprints_;  ///< of earlier calls
  const std::vector<SwappedPair> pairs_;
  WorkQueue* behind_ = nullptr;
  std::int64_t before_ = 0, total_ = 0;  ///< units of earlier passes, and of all
  std::atomic<double> beside_{0};
  SweepSummary summary_;
  std::vector<LeftOutImage> leftOut_;
};

}  // namespace

ResultStore SweepSetup::open(const std::filesystem::path& file, const std::string& shard,
                             ResultStore::Journal journal) const {
  std::map<std::string, std::string> all = identity;
  if (!shard.empty()) all["shard"] = shard;
  return ResultStore::create(file, all, facts, *engine.spec().classes, storedRuns(plan), journal);
}

SweepSetup prepareSweep(const Engine& engine, const Dataset& data, const SweepPlan& plan,
                        std::size_t limit) {
  const std::size_t count = limit > 0 ? std::min(limit, data.size()) : data.size();
  if (count == 0) throw Error(concat(data.title(), ": there is no image to attack"));
  requireClasses(engine, data);
  for (const PlannedRun& run : plan.runs) {
    const auto options = attackByKey(run.attack).makeOptions();
    fromJson(*options, Json::parse(run.options));
    try {
      checkClassNames(*options, *engine.spec().classes);
    } catch (const Error& error) {
      throw Error(concat("the run \"", run.title, "\": ", error.what()));
    }
  }
  SweepSetup setup{engine, data, plan, count, {}, engine.arithmetic(), {}};
  if (plan.arithmeticCheck > 0) setup.other = otherArithmetic(engine);
  setup.identity["checkpoint"] = engine.identity();
  setup.identity["network size"] = sizeText(engine.spec().size);
  setup.identity["set of images"] = namesHash(data, count);
  setup.identity["number of images"] = std::to_string(count);
  setup.identity["plan"] = planHash(plan);
  for (const PlannedRun& run : plan.runs)
    if (const std::string plugin = pluginOf(run.attack); !plugin.empty())
      setup.identity["plugin of " + run.attack] = plugin;
  setup.identity["arithmetic check"] = std::to_string(setup.other ? plan.arithmeticCheck : 0);
  setup.facts = {{"checkpoint file", engine.title()},
                 {"data", data.title()},
                 {"plan name", plan.name},
                 {"device", deviceText(engine.device())}};
  return setup;
}

PassResult runPass(const SweepSetup& setup, SweepWork& work, const SweepState& before,
                   const std::vector<std::int64_t>& images, ResultStore& store,
                   const Progress& progress, const std::function<void()>& stored) {
  return Pass(setup, work, before, images, store, progress, stored).run();
}

std::string uncheckedText(const SweepSetup& setup) {
  if (setup.plan.arithmeticCheck == 0 || setup.other) return {};
  return "this processor offers one arithmetic only: how much rounding moves the results is not "
         "known";
}

void requireAny(const SweepSetup& setup, const SweepSummary& summary) {
  if (summary.leftOut.size() == setup.count)
    throw Error(concat(setup.data.title(), ": none of its ", setup.count,
                       " images could be attacked; ", summary.leftOut[0].first, ": ",
                       summary.leftOut[0].second));
}

}  // namespace uninet
