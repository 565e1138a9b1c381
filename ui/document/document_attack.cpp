// Attacks on the image of a document.
#include <utility>

#include "attacks/engine/region.h"
#include "attacks/registry/load_plugin.h"
#include "attacks/sweep/keep_run.h"
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
  wantedRun_ = 0;
  const AttackInfo& info = attackByKey(key.toStdString());
  const int number = ++attackNumber_;
  setAttack({});
  run_.number = number;
  run_.choice = {key.toStdString(), preset.toStdString(), toJson(options),
                 region.trimmed().toStdString(), precision.toStdString()};
  const QString title = labelText(info.title);
  const std::shared_ptr<const Prediction> clean = frame_.clean;
  run_.steps = KeptSteps(clean);
  std::shared_ptr<const Options> values = options.clone();
  attackJob_ = jobs_.start(
      JobKind::attack, title,
      [this, number, &info, values, clean, engine = engine_, sample = frame_.sample,
       choice = run_.choice, raw = frame_.raw, index = frame_.index, dataTitle = dataset_->title(),
       from = session_, generation = generation_](const Progress& progress) -> JobRunner::Finish {
        const auto step = [&](const AttackIteration& iteration, const Prediction& prediction,
                              const std::vector<RatioBar>& ratios) {
          Step packed = KeptSteps::pack(iteration, prediction, *clean);
          packed.ratios = ratios;
          post(number, std::move(packed), std::make_shared<const Prediction>(prediction));
        };
        // Predictions of all iterations can be spared.
        const ExperimentCallback each = jobs_.sparing() ? ExperimentCallback() : step;
        auto experiment = std::make_shared<Experiment>(runExperiment(
            withPrecision(engine, choice.precision), raw, info, *values, progress,
            parseRegion(choice.region, sample), each, [&](const AttackTarget& target) {
              if (auto aim = targetStep(*clean, target)) post(number, std::move(*aim));
            }));
        logInfo(concat(info.key, " on ", experiment->frame, ": ", experiment->result.iterationsDone,
                       " iterations, l\u221e ", experiment->result.norms.linf, ", ",
                       experiment->seconds, " s"));
        KeptRun kept =
            keptRunOf(*experiment, dataTitle, fingerprint(raw), choice.region, choice.preset);
        kept.networkFrom = from.network;
        kept.dataFrom = from.data;
        const auto last = std::make_shared<Step>(KeptSteps::result(*experiment, *clean));
        return [this, number, index, generation, experiment, kept, last] {
          store(number, experiment, kept);
          if (generation == generation_) keep(number, index, *experiment, std::move(*last));
        };
      },
      [this, number, title, generation = generation_](JobOutcome outcome, const QString& sentence) {
        if (number == run_.number && attacking()) {
          attackJob_ = 0;
          Q_EMIT attackingChanged(false);
        }
        if (outcome == JobOutcome::failed)
          Q_EMIT said(Subject::attack, sentence, true);
        else if (generation == generation_)
          Q_EMIT said(Subject::attack,
                      outcome == JobOutcome::done ? QString() : tr("%1 was stopped.").arg(title),
                      false);
      });
  run_.job = attackJob_;
  Q_EMIT attackingChanged(true);
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
