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
#include "attacks/registry/registry.h"
#include "attacks/sweep/attack_images.h"
#include "attacks/sweep/frame.h"
#include "attacks/sweep/outcome.h"
#include "attacks/sweep/pass_pictures.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/pictures.h"
#include "core/base/prefetch.h"
#include "core/base/work_queue.h"
#include "core/results/attacked_trees.h"
#include "core/results/merge.h"
#include "model/engine/image_batch.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;
using Json = nlohmann::json;

double seconds(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

/// Processor time of this thread.
double threadSeconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

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
        pairs_(picturedPairs(setup.plan)),
        batch_(setup.engine, static_cast<std::size_t>(setup.plan.batch)),
        together_(batch_.most()) {}

  PassResult run() {
    PassResult result;
    summary_.images = images_.size();
    constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
    Prefetcher<Group> groups(0, kNoEnd, 1, 2, [this](std::int64_t) { return readGroup(); });
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
        const Group group = groups.next();
        if (group.empty()) break;
        step(group.size() == 1 ? group.front()->name
                               : concat(group.front()->name, " and ", group.size() - 1, " more"));
        images(group);
        for (const std::shared_ptr<const Frame>& frame : group) work_.ended(frame->image);
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
  /// Images that are computed together; empty: there is none left.
  using Group = std::vector<std::shared_ptr<const Frame>>;

  /// A clean image as the other arithmetic sees it.
  struct Checked {
    const Engine& engine;
    const Sample& sample;  ///< at network size
    Engine::Evaluated clean;
  };

  /// An image in hand.
  struct Work {
    std::shared_ptr<const Frame> frame;
    Engine::Evaluated clean{};
    std::string broken{};  ///< why nothing is attacked; empty: it is
    AttackInput input{};
    std::optional<Checked> checked{};
    std::size_t computed = 0;  ///< runs by this pass
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

  /// On the thread that reads.
  Group readGroup() {
    Group group;
    std::optional<std::int64_t> image = work_.nextImage();
    const double start = threadSeconds();
    while (image) {
      group.push_back(
          readFrame(data_, *image, complete(*image) ? cv::Size() : engine_.spec().size));
      image = group.size() < together_ ? work_.anotherImage() : std::nullopt;
    }
    beside_ += threadSeconds() - start;
    return group;
  }

  void images(const Group& group) {
    std::vector<Work> works;
    for (const std::shared_ptr<const Frame>& frame : group)
      if (admit(frame)) works.push_back({frame});
    if (works.empty()) return;
    predictClean(works);
    for (std::size_t r = 0; r < plan_.runs.size(); ++r)
      oneRun(static_cast<std::int64_t>(r) + 1, plan_.runs[r], works);
    // What one image takes is known after one of which everything was computed.
    if (batch_.open() && works.front().computed == plan_.runs.size()) batch_.choose();
    together_ = batch_.most();
    if (batch_.greatest() == noted_) return;
    noted_ = batch_.greatest();
    write([this, images = noted_] { noteImagesTogether(store_, images); });
  }

  /// Whether there is something to attack.
  bool admit(const std::shared_ptr<const Frame>& frame) {
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
      return !frame->resized.image.empty();
    }
    return false;
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

  void predictClean(std::vector<Work>& works) {
    const auto start = Clock::now();
    std::vector<const Sample*> samples;
    for (const Work& work : works) samples.push_back(&work.frame->resized);
    std::vector<Engine::Evaluated> found = evaluateTogether(engine_, samples, batch_);
    const double each = seconds(start, Clock::now()) / static_cast<double>(works.size());
    for (std::size_t i = 0; i < works.size(); ++i) {
      works[i].clean = std::move(found[i]);
      summary_.busySeconds += each;
      cleanImage(works[i]);
    }
  }

  void cleanImage(Work& work) {
    const auto start = Clock::now();
    const std::int64_t image = work.frame->image;
    const Engine::Evaluated& clean = work.clean;
    work.broken = brokenOutcome(clean);
    work.input = {engine_, work.frame->resized, {}, clean.prediction};
    if (isChecked(image) && work.broken.empty())
      work.checked.emplace(
          Checked{*other_, work.frame->resized, other_->evaluate(work.frame->resized)});
    if (has(0, image) || !work_.take(0, image)) {
      busy(start);
      return;
    }
    ImageFacts facts;
    if (work.broken.empty() && plan_.cleanGradients)
      facts.gradients.push_back(gradientsAt(0, work.input, work.frame->resized.image));
    std::map<std::string, Engine::Evaluated> outcomes{{"", clean}};
    if (work.checked && brokenOutcome(work.checked->clean).empty())
      outcomes[kOtherArithmetic] = work.checked->clean;
    busy(start);
    post(0, work.frame, work.broken, std::move(facts), std::move(outcomes),
         image < kPictureImages && wantsPictures()
             ? panelsOf(clean.prediction, clean.prediction, pairs_)
             : std::map<std::string, cv::Mat>());
  }

  /// On those of `works` that this pass is to compute.
  void oneRun(std::int64_t run, const PlannedRun& planned, std::vector<Work>& works) {
    std::vector<Work*> taken;
    for (Work& work : works) {
      if (has(run, work.frame->image) || !work_.take(run, work.frame->image)) continue;
      step(planned.title);
      if (work.broken.empty())
        taken.push_back(&work);
      else
        post(run, work.frame, work.broken, {}, {}, {});
    }
    const auto options = attackByKey(planned.attack).makeOptions();
    fromJson(*options, Json::parse(planned.options));
    // What cannot be computed together is kept one by one.
    const std::size_t size = attackByKey(planned.attack).prepare != nullptr ? taken.size() : 1;
    for (auto first = taken.begin(); first != taken.end();
         first += static_cast<std::ptrdiff_t>(size))
      attackTogether(run, planned, *options, {first, first + static_cast<std::ptrdiff_t>(size)});
  }

  void attackTogether(std::int64_t run, const PlannedRun& planned, const Options& options,
                      const std::vector<Work*>& works) {
    const auto start = Clock::now();
    std::vector<std::vector<GradientMatrix>> gradients(works.size());
    std::vector<const AttackInput*> inputs;
    for (const Work* work : works) inputs.push_back(&work->input);
    const std::vector<AttackOutcome> found = attackImages(
        attackByKey(planned.attack), options, inputs, batch_, progress_,
        [&](std::size_t i, const AttackIteration& iteration) {
          if (planned.gradients && iteration.iteration > 0 && !progress_.stopRequested())
            gradients[i].push_back(gradientsAt(iteration.iteration, *inputs[i], iteration.image));
        });

    std::vector<std::size_t> attacked;
    std::vector<Sample> samples;
    bool stopped = false;
    for (std::size_t i = 0; i < works.size(); ++i) {
      if (!found[i].problem.empty()) {
        post(run, works[i]->frame, found[i].problem, {}, {}, {});
      } else if (found[i].result.cancelled) {
        stopped = true;
      } else {
        attacked.push_back(i);
        samples.push_back(works[i]->frame->resized);
        samples.back().image = found[i].result.image;
      }
    }
    std::vector<const Sample*> pointers;
    for (const Sample& sample : samples) pointers.push_back(&sample);
    std::vector<Engine::Evaluated> outcomes = evaluateTogether(engine_, pointers, batch_);
    busy(start);
    const double each = seconds(start, Clock::now()) / static_cast<double>(works.size());
    for (std::size_t k = 0; k < attacked.size(); ++k) {
      const std::size_t i = attacked[k];
      measure(run, planned, options, *works[i], found[i].result, std::move(gradients[i]),
              samples[k], std::move(outcomes[k]), each);
      ++works[i]->computed;
    }
    if (stopped) throw Cancelled();
  }

  void measure(std::int64_t run, const PlannedRun& planned, const Options& options,
               const Work& work, const AttackResult& result, std::vector<GradientMatrix> gradients,
               const Sample& attackedSample, Engine::Evaluated outcome, double attackSeconds) {
    const auto start = Clock::now();
    const Sample& resized = work.frame->resized;
    std::map<std::string, Engine::Evaluated> outcomes;
    outcomes[""] = std::move(outcome);
    const Prediction& attacked = outcomes[""].prediction;
    const cv::Mat reread = decodePng(encodePng(result.image));
    const bool same = cv::norm(reread, result.image, cv::NORM_INF) == 0;
    ImageFacts facts = factsOf(result);
    facts.diagnostics =
        diagnose(attackByKey(planned.attack).target != nullptr, options, resized.image, result,
                 work.clean, outcomes[""], same ? attacked : engine_.predict(reread));
    facts.gradients = std::move(gradients);
    if (planned.levels) {
      facts.levels = levelDrift(engine_, resized.image, result.image);
      for (auto& [level, patched] : patchLevels(engine_, attackedSample, resized.image))
        outcomes["clean " + level] = std::move(patched);
      for (auto& [level, patched] : patchLevels(engine_, resized, result.image))
        outcomes["attacked " + level] = std::move(patched);
    }
    if (planned.shapes && resized.hasInstances)
      facts.shapes = shapeRecord(engine_, resized, work.clean.prediction, attacked);
    std::map<std::string, cv::Mat> pictures;
    if (planned.pictures && work.frame->image < kPictureImages)
      pictures = panelsOf(attacked, work.clean.prediction, pairs_);
    if (plan_.keepImages) pictures[kAttackedImage] = result.image;
    const std::string broken = brokenOutcome(outcomes[""]);
    facts.seconds = attackSeconds + seconds(start, Clock::now());
    if (work.checked && broken.empty()) checkRun(planned, options, *work.checked, facts, outcomes);
    busy(start);
    post(run, work.frame, broken, std::move(facts), std::move(outcomes), std::move(pictures));
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

  void post(std::int64_t run, const std::shared_ptr<const Frame>& frame, const std::string& skipped,
            ImageFacts facts, std::map<std::string, Engine::Evaluated> outcomes,
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
    result->image = frame->image;
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
  ImageBatch batch_;
  std::size_t noted_ = 1;              ///< of images together, in the file
  std::atomic<std::size_t> together_;  ///< images of a group, for the thread that reads
  WorkQueue* behind_ = nullptr;
  std::int64_t before_ = 0, total_ = 0;  ///< units of earlier passes, and of all
  std::atomic<double> beside_{0};
  SweepSummary summary_;
  std::vector<LeftOutImage> leftOut_;
};

}  // namespace

PassResult runPass(const SweepSetup& setup, SweepWork& work, const SweepState& before,
                   const std::vector<std::int64_t>& images, ResultStore& store,
                   const Progress& progress, const std::function<void()>& stored) {
  return Pass(setup, work, before, images, store, progress, stored).run();
}

}  // namespace uninet
