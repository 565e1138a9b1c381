// Attacks on the image of a document.
#include <nlohmann/json.hpp>
#include <utility>

#include "attacks/engine/region.h"
#include "attacks/registry/load_plugin.h"
#include "attacks/sweep/keep_run.h"
#include "attacks/sweep/two_networks.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "model/engine/precision.h"
#include "ui/document/document.h"
#include "ui/document/text.h"

namespace uninet {

void Document::endAttack() {
  if (!attacking()) return;
  jobs_.stop(attackJob_);
  attackJob_ = 0;
  Q_EMIT attackingChanged(false);
}

void Document::setAttack(AttackRun run) {
  run_ = std::move(run);
  reference_ = {};
  levelChange_ = {};
  Q_EMIT shownRunChanged();
  for (const Row row : {Row::attacked, Row::change}) {
    scene_.rows[static_cast<std::size_t>(row)] = {};
    scene_.there[static_cast<std::size_t>(row)] = false;
  }
  Q_EMIT stepsChanged();
  Q_EMIT experimentChanged();
  Q_EMIT sceneChanged();
}

void Document::loadPlugin(const std::filesystem::path& file) {
  QStringList titles;
  try {
    for (const std::string& key : loadAttackPlugin(file))
      titles << labelText(attackByKey(key).title);
  } catch (const Error& error) {
    Q_EMIT said(Subject::attack, QString::fromUtf8(error.what()), true);
    return;
  }
  Q_EMIT attacksAdded();
  Q_EMIT said(Subject::attack, tr("There is now: %1").arg(titles.join(QStringLiteral(", "))),
              false);
}

void Document::attack(const QString& key, const Options& options, const QString& region,
                      const QString& preset, const QString& precision) {
  if (!engine_ || !frame_.clean || attacking()) return;
  start({attackByKey(key.toStdString()), options.clone(), region.trimmed().toStdString(),
         preset.toStdString(), precision.toStdString()},
        firstNetwork(), secondNetwork());
}

void Document::start(const AttackOrder& order, const OpenNetwork& on, const OpenNetwork& beside) {
  wantedRun_ = 0;
  const int number = ++attackNumber_;
  setAttack({});
  run_.number = number;
  run_.on = on;
  run_.choice = {order.info.key, order.preset, toJson(*order.options), order.region,
                 order.precision};
  run_.steps = KeptSteps(on.clean);
  const QString title = beside.engine ? tr("%1 on both networks").arg(labelText(order.info.title))
                                      : labelText(order.info.title);
  const auto second = std::make_shared<SecondOutcome>();
  attackJob_ = jobs_.start(
      JobKind::attack, title, attackWork(number, order, on, beside, second),
      [this, number, title, second, name = beside.engine.title(), generation = generation_](
          JobOutcome outcome, const QString& sentence) {
        const bool shown = number == run_.number && attacking();
        if (shown) {
          attackJob_ = 0;
          Q_EMIT attackingChanged(false);
        }
        if (outcome == JobOutcome::failed)
          Q_EMIT said(Subject::attack, sentence, true);
        else if (generation != generation_)
          return;
        else if (outcome != JobOutcome::done || second->stopped)
          Q_EMIT said(Subject::attack, tr("%1 was stopped.").arg(title), false);
        else if (!second->problem.empty())
          Q_EMIT said(Subject::attack,
                      tr("%1 was not attacked, it only measured the attacked image: %2")
                          .arg(networkName(name), QString::fromStdString(second->problem)),
                      true);
        else
          Q_EMIT said(Subject::attack, {}, false);
        if (shown && second->attacked && !second->stopped) Q_EMIT bothAttacked();
      });
  run_.job = attackJob_;
  Q_EMIT attackingChanged(true);
}

JobRunner::Work Document::attackWork(int number, const AttackOrder& order, const OpenNetwork& on,
                                     const OpenNetwork& beside,
                                     std::shared_ptr<SecondOutcome> outcome) {
  const auto keptOf = [order, raw = frame_.raw, dataTitle = dataset_->title(),
                       dataFrom = session_.data](const Experiment& experiment,
                                                 const Session::Network& from) {
    KeptRun run = keptRunOf(experiment, dataTitle, fingerprint(raw), order.region, order.preset);
    run.networkFrom = from;
    run.dataFrom = dataFrom;
    return run;
  };
  const auto onFirst = [this, number, order, clean = on.clean](
                           const Engine& engine, const CleanImage& image, const cv::Mat& region,
                           const Progress& progress) {
    const auto step = [&](const AttackIteration& iteration, const Prediction& prediction,
                          const std::vector<RatioBar>& ratios) {
      Step packed = KeptSteps::pack(iteration, prediction, *clean);
      packed.ratios = ratios;
      post(number, std::move(packed), std::make_shared<const Prediction>(prediction));
    };
    // Predictions of all iterations can be spared.
    const ExperimentCallback each = jobs_.sparing() ? ExperimentCallback() : step;
    auto experiment = std::make_shared<const Experiment>(
        runExperiment(engine, image, order.info, *order.options, progress, region, each,
                      [&](const AttackTarget& target) {
                        if (auto aim = targetStep(*clean, target)) post(number, std::move(*aim));
                      }));
    logInfo(concat(order.info.key, " on ", experiment->frame, ": ",
                   experiment->result.iterationsDone, " iterations, l\u221e ",
                   experiment->result.norms.linf, ", ", experiment->seconds, " s"));
    return experiment;
  };
  // Of the first network; what is done stays done if memory runs out on the second.
  const auto made = std::make_shared<std::shared_ptr<const Experiment>>();
  return [this, number, order, on, beside, outcome, keptOf, onFirst, made, raw = frame_.raw,
          sample = frame_.sample, index = frame_.index,
          generation = generation_](const Progress& progress) -> JobRunner::Finish {
    const cv::Mat region = parseRegion(order.region, sample);
    const Engine first = withPrecision(on.engine, order.precision);
    const CleanImage clean = cleanImage(first, raw);
    JobRunner::Finish finish;
    if (!*made) {
      const HalfProgress half(progress, 0);
      *made = onFirst(first, clean, region, beside.engine ? half.part() : progress);
      const auto last = std::make_shared<Step>(KeptSteps::result(**made, *on.clean));
      finish = [this, number, index, generation, experiment = *made, last,
                run = keptOf(**made, on.from)] {
        store(number, run, {experiment->sample.image, experiment->result.image});
        if (generation == generation_) keep(number, index, *experiment, std::move(*last));
      };
    }
    if (!beside.engine || (*made)->result.cancelled) return finish;

    if (finish) jobs_.post(std::move(finish));
    const Engine second = withPrecision(beside.engine, order.precision);
    const CleanImage cleanSecond = cleanImage(second, raw);
    outcome->problem = attackSecond(
        {order.info, *order.options, region, first, second}, clean, **made, cleanSecond, progress,
        [&](const Experiment& experiment) {
          const bool measured = experiment.engineIdentity == second.identity();
          outcome->attacked |= measured && experiment.attackedOn.empty();
          jobs_.post([this, run = keptOf(experiment, measured ? beside.from : on.from),
                      before = experiment.sample.image, after = experiment.result.image] {
            store(0, run, {before, after});
          });
        });
    outcome->stopped = progress.stopRequested();
    const auto prediction = std::make_shared<const Prediction>(cleanSecond.found.prediction);
    return [this, index, generation, prediction, second] {
      if (generation == generation_ && second_.engine().identity() == second.identity())
        second_.keepClean(index, prediction);
    };
  };
}

/// Shows the result of an attack, or keeps it for when its image is shown again.
void Document::keep(int number, int index, Experiment experiment, Step last) {
  AttackRun* run = number == run_.number ? &run_ : attacks_.find(index);
  if (run == nullptr || run->number != number) return;
  run->experiment = std::move(experiment);
  run->steps.add(std::move(last));
  run->shownStep = static_cast<int>(run->steps.steps().size()) - 1;
  if (run->repeats != 0) compareWithKept(run->repeats, run->experiment->result.image);
  if (run != &run_) return;
  showLast(run_, std::make_shared<const Prediction>(run_.experiment->attacked));
  Q_EMIT stepsChanged();
  render();
  Q_EMIT experimentChanged();
}

void Document::showLast(AttackRun& run, std::shared_ptr<const Prediction> prediction) {
  run.shownStep = static_cast<int>(run.steps.steps().size()) - 1;
  run.shown = prediction ? std::move(prediction) : run.steps.prediction(run.shownStep);
}

void Document::post(int number, Step step, std::shared_ptr<const Prediction> prediction) {
  jobs_.post([this, number, step = std::move(step), prediction = std::move(prediction)]() mutable {
    if (number != run_.number) return;
    noteFailures(run_.failures, step.ratios, step.iteration.iteration);
    run_.steps.add(std::move(step));
    showLast(run_, std::move(prediction));
    Q_EMIT stepsChanged();
    render();
  });
}

std::optional<Document::Step> Document::targetStep(const Prediction& clean,
                                                   const AttackTarget& target) {
  if (target.mask.empty() || cv::countNonZero(target.mask) == 0) return {};
  // What a person reads off at the cursor is the target, too.
  Prediction aimed = clean;
  if (!target.trainIds.empty()) aimed.trainIds = target.trainIds;
  if (!target.depthMetres.empty()) aimed.depthMetres = target.depthMetres;
  AttackIteration before;
  before.iteration = -1;
  Step step = KeptSteps::pack(before, aimed, clean);
  step.target = std::make_shared<const AttackTarget>(target);
  return step;
}

void Document::showStep(int step) {
  if (step < 0 || step >= static_cast<int>(steps().size()) || step == run_.shownStep) return;
  run_.shownStep = step;
  run_.shown = run_.steps.prediction(step);
  Q_EMIT stepsChanged();
  render();
}

void Document::saveExperiment(const std::filesystem::path& folder) {
  if (!run_.experiment) return;
  jobs_.start(
      JobKind::saving, tr("Saving"),
      [this, folder, experiment = *run_.experiment](const Progress&) {
        writeExperiment(experiment, folder);
        return [this, folder] {
          Q_EMIT said(Subject::saving,
                      tr("Saved to %1.").arg(QString::fromStdString(folder.string())), false);
        };
      },
      tellErrors(Subject::saving));
}

}  // namespace uninet
