// The kept runs of a document.
#include <QUndoCommand>
#include <memory>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "ui/document/document.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

class RemoveRuns : public QUndoCommand {
 public:
  RemoveRuns(RunArchive& archive, std::vector<std::int64_t> ids)
      : QUndoCommand(Document::tr("delete %Ln run(s)", nullptr, static_cast<int>(ids.size()))),
        archive_(archive),
        ids_(std::move(ids)) {}
  void undo() override { archive_.restore(ids_); }
  void redo() override { archive_.remove(ids_); }

 private:
  RunArchive& archive_;
  std::vector<std::int64_t> ids_;
};

}  // namespace

/// `number`: of the attack that is shown by it; 0: of none.
void Document::store(int number, KeptRun run, const RunArchive::Pictures& pictures) {
  archive_.add(std::move(run), pictures, [this, number](std::int64_t id) {
    if (number == 0) return;
    if (number != run_.number) {
      for (auto& [index, other] : attacks_)
        if (other.number == number) other.stored = id;
      return;
    }
    run_.stored = id;
    session_.run = id;
    touch();
    Q_EMIT shownRunChanged();
  });
}

void Document::showRun(std::int64_t id) {
  const KeptRun* run = archive_.run(id);
  if (run == nullptr || !dataset_) return;
  if (attacking()) {
    Q_EMIT said(Subject::runs, tr("An attack runs on this image: stop it, or wait for its end."),
                false);
    return;
  }
  const bool awaited = second_.awaits(run->networkHash);
  const bool otherNetwork = !awaited && !networkOf(run->networkHash).engine;
  std::size_t index = 0;
  while (index < dataset_->size() && dataset_->name(index) != run->image) ++index;
  const bool otherData = index == dataset_->size() || dataset_->title() != run->data;
  if ((otherNetwork && run->networkFrom.kind == Session::Network::Kind::none) ||
      (otherData && run->dataFrom.kind == Session::Data::Kind::none)) {
    Q_EMIT said(Subject::runs,
                tr("This run is of %1 on %2 of %3; open them to see it.")
                    .arg(QString::fromStdString(run->network), QString::fromStdString(run->image),
                         QString::fromStdString(run->data)),
                true);
    return;
  }
  Q_EMIT said(Subject::runs,
              awaited ? tr("This run is shown as soon as the second network is open.") : QString(),
              false);
  if (otherNetwork) openNetworkOf(run->networkFrom);
  if (otherData) {
    wantedImage_ = QString::fromStdString(run->image);
    resumedRun_ = id;
    openDataOf(run->dataFrom);
    return;
  }
  wantedRun_ = id;
  if (frame_.index != static_cast<int>(index)) select(static_cast<int>(index));
  restoreWanted();
}

void Document::restoreWanted() {
  if (wantedRun_ == 0 || !frame_.clean || attacking()) return;
  const KeptRun* run = archive_.run(wantedRun_);
  if (run == nullptr || run->image != frame_.raw.name) return;
  const OpenNetwork on = networkOf(run->networkHash);
  if (!on.engine) return;
  if (!on.clean) return predictBySecond();
  const bool again = again_, shown = run_.stored == run->id;
  wantedRun_ = 0;
  again_ = false;
  if (again)
    repeat(*run, on);
  else if (shown)
    loadReference();
  else
    restore(*run, on);
}

void Document::restore(const KeptRun& run, const OpenNetwork& on) {
  archive_.load(run.id, [this, run, on, index = frame_.index,
                         generation = generation_](const RunArchive::Pictures& pictures) {
    if (index != frame_.index || generation != generation_ || !frame_.clean || attacking()) return;
    jobs_.replace(
        JobKind::showing, tr("Showing the run"),
        [this, run, on, index, generation, pictures,
         raw = frame_.raw](const Progress& progress) -> JobRunner::Finish {
          progress.step(0, 1);
          const Prediction& clean = *on.clean;
          const auto shown = std::make_shared<AttackRun>();
          shown->on = on;
          shown->stored = run.id;
          shown->choice = {run.attack, run.preset, parseJson(run.options, "the options of a run"),
                           run.region, precisionOf(run)};
          shown->experiment = restoredExperiment(on.engine, raw, run, pictures.attacked, &clean);
          const Experiment& experiment = *shown->experiment;
          shown->failures = experiment.firstFailures;
          shown->steps = KeptSteps(on.clean);
          if (auto target = targetStep(clean, experiment.target))
            shown->steps.add(std::move(*target));
          AttackIteration first;
          first.total = experiment.result.iterationsPlanned;
          Step before = KeptSteps::pack(first, clean, clean);
          before.ratios = metricRatios(experiment.cleanMetrics, experiment.cleanMetrics);
          shown->steps.add(std::move(before));
          shown->steps.add(KeptSteps::result(experiment, clean));
          progress.step(1, 1);
          return [this, index, generation, shown] {
            if (index != frame_.index || generation != generation_ || attacking()) return;
            showRestored(std::move(*shown));
          };
        },
        tellErrors(Subject::runs));
  });
}

void Document::showRestored(AttackRun run) {
  run.number = ++attackNumber_;
  showLast(run, std::make_shared<const Prediction>(run.experiment->attacked));
  session_.run = run.stored;
  setAttack(std::move(run));
  touch();
  render();
  loadReference();
}

void Document::compareRuns(std::int64_t first, std::int64_t second) {
  const KeptRun *a = archive_.run(first), *b = archive_.run(second);
  if (a == nullptr || b == nullptr) return;
  const bool open = networkOf(a->networkHash).engine && networkOf(b->networkHash).engine;
  if (a->imageFingerprint != b->imageFingerprint || (a->networkHash != b->networkHash && !open)) {
    Q_EMIT said(Subject::runs,
                tr("Only runs on one image can be laid over each other, of one network or of the "
                   "two that are open."),
                true);
    return;
  }
  const bool shown = run_.stored == second;
  if (!shown) showRun(second);
  if (!shown && wantedRun_ == 0 && run_.stored != second && attacking()) return;
  wantedReference_ = first;
  if (shown) loadReference();
}

void Document::loadReference() {
  const KeptRun* run = archive_.run(wantedReference_);
  wantedReference_ = 0;
  if (run == nullptr) return;
  const Engine engine = networkOf(run->networkHash).engine;
  if (!engine) return;  // closed meanwhile
  archive_.load(run->id, [this, id = run->id, number = run_.number,
                          engine](const RunArchive::Pictures& kept) {
    if (number != run_.number) return;
    jobs_.replace(
        JobKind::showing, tr("Showing the run"),
        [this, id, number, image = kept.attacked,
         engine](const Progress& progress) -> JobRunner::Finish {
          progress.step(0, 1);
          const auto prediction = std::make_shared<const Prediction>(engine.predict(image));
          return [this, id, number, prediction] {
            if (number != run_.number) return;
            reference_ = {id, prediction};
            Q_EMIT shownRunChanged();
            render();
          };
        },
        tellErrors(Subject::runs));
  });
}

void Document::runAgain(std::int64_t id) {
  if (const KeptRun* run = archive_.run(id); run != nullptr && !run->attackedOn.empty()) {
    Q_EMIT said(Subject::runs,
                tr("The image of this run was attacked on %1, %2 only measured it: run the attack "
                   "on %1 again.")
                    .arg(networkName(run->attackedOn), networkName(run->network)),
                true);
    return;
  }
  again_ = true;
  showRun(id);
  if (wantedRun_ == 0) again_ = false;
}

void Document::repeat(const KeptRun& run, const OpenNetwork& on) {
  try {
    const AttackInfo& info = attackByKey(run.attack);
    start({info, optionsOf(info, nlohmann::json::parse(run.options)), run.region, run.preset,
           precisionOf(run)},
          on, {});
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::runs, QString::fromStdString(sentenceOf(error)), true);
    return;
  }
  run_.repeats = run.id;
}

void Document::compareWithKept(std::int64_t id, const cv::Mat& image) {
  archive_.load(id, [this, id, image](const RunArchive::Pictures& kept) {
    if (kept.attacked.size() == image.size() && cv::norm(kept.attacked, image, cv::NORM_INF) == 0) {
      Q_EMIT said(Subject::runs, tr("Run %1 again: the same image, bit for bit.").arg(id), false);
      return;
    }
    Q_EMIT said(Subject::runs,
                tr("Run %1 again: another image came out. It was made with another processor, "
                   "other threads or another version.")
                    .arg(id),
                true);
  });
}

void Document::removeRuns(const std::vector<std::int64_t>& ids) {
  if (!ids.empty()) undo_.push(new RemoveRuns(archive_, ids));
}

}  // namespace uninet
