#include "ui/document/document.h"

#include "attacks/engine/region.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/resources.h"
#include "core/data/folder_dataset.h"
#include "core/streetscape/streetscape.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr std::size_t kScenes = 200;
constexpr std::uint64_t kSceneSeed = 1;
const cv::Size kSceneSize{512, 256};
constexpr std::size_t kMostSteps = 64;

}  // namespace

Document::Document(int threads, std::uint64_t seed, QObject* parent)
    : QObject(parent),
      split_(threads, seed),
      jobs_([threads, seed] { configureCompute(threads, seed); }) {
  connect(&split_, &SplitResults::said, this, &Document::said);
  renderPool_.setMaxThreadCount(1);
  connect(&jobs_, &JobRunner::failed, this, [this](const QString& sentence) {
    attacking_ = false;
    Q_EMIT attackingChanged(false);
    Q_EMIT said(sentence, true);
  });
  connect(&jobs_, &JobRunner::cancelled, this,
          [this](const QString& title) { Q_EMIT said(tr("%1 was stopped.").arg(title), false); });
}

Document::~Document() {
  jobs_.stop();
  renderPool_.clear();
  renderPool_.waitForDone();
}

void Document::openCheckpoint(const std::filesystem::path& file, const OpenOptions& options) {
  const QString name = QString::fromStdString(file.filename().string());
  jobs_.start(tr("Opening %1").arg(name),
              [this, file, options](const Progress&) -> JobRunner::Finish {
                const Engine engine = Engine::open(file, options);
                for (const std::string& note : engine.notes())
                  logInfo(concat(file.string(), ": ", note));
                logInfo(concat("opened ", file.string(), ", ", deviceText()));
                return [this, engine] { setEngine(engine); };
              });
}

void Document::openMaskComponents(const std::filesystem::path& npz) {
  if (!engine_) {
    Q_EMIT said(tr("Open a checkpoint first: mask components belong to a network."), true);
    return;
  }
  jobs_.start(tr("Opening %1").arg(QString::fromStdString(npz.filename().string())),
              [this, npz, engine = engine_](const Progress&) -> JobRunner::Finish {
                const Engine with = engine.withMaskComponents(npz);
                logInfo(concat("mask components from ", npz.string()));
                return [this, with] { setEngine(with); };
              });
}

void Document::openData(const std::filesystem::path& path, const QString& split) {
  jobs_.start(tr("Opening %1").arg(QString::fromStdString(path.filename().string())),
              [this, path, split](const Progress&) -> JobRunner::Finish {
                std::shared_ptr<const Dataset> data = openDataset(path, split.toStdString());
                logInfo(concat("opened ", path.string(), ", ", data->size(), " images"));
                return [this, data] { setDataset(data); };
              });
}

void Document::openPictures(std::vector<std::filesystem::path> files) {
  jobs_.start(tr("Opening pictures"), [this, files](const Progress&) -> JobRunner::Finish {
    std::shared_ptr<const Dataset> data = openPictureFiles(files);
    return [this, data] { setDataset(data); };
  });
}

void Document::openDemo(const OpenOptions& options) {
  try {
    openCheckpoint(resourceFile(kDemoCheckpoint), options);
  } catch (const Error& error) {
    Q_EMIT said(QString::fromUtf8(error.what()), true);
  }
  openStreetscapeScenes(QStringLiteral("val"));
}

void Document::openStreetscapeScenes(const QString& split) {
  jobs_.start(tr("Opening Streetscape"), [this, split](const Progress&) -> JobRunner::Finish {
    std::shared_ptr<const Dataset> data =
        openStreetscape(split.toStdString(), kScenes, kSceneSeed, kSceneSize);
    return [this, data] { setDataset(data); };
  });
}

void Document::setEngine(const Engine& engine) {
  engine_ = engine;
  clearAttack();
  Q_EMIT said({}, false);
  Q_EMIT engineChanged();
  if (frame_.index >= 0) predict();
}

void Document::setDataset(std::shared_ptr<const Dataset> data) {
  dataset_ = std::move(data);
  frame_ = {};
  clearAttack();
  Q_EMIT said(
      dataset_->hasGroundTruth()
          ? QString()
          : tr("These pictures have no ground truth: outputs and attacks work, metrics need "
               "a Cityscapes tree."),
      false);
  Q_EMIT datasetChanged();
  select(0);
}

void Document::select(int index) {
  if (!dataset_ || index < 0 || index >= static_cast<int>(dataset_->size())) return;
  if (attacking_) jobs_.stop();
  frame_ = {};
  frame_.index = index;
  clearAttack();
  predict();
}

void Document::clearAttack() {
  ++attackNumber_;
  steps_.clear();
  shownStep_ = -1;
  experiment_.reset();
  attackedImages_ = {};
  Q_EMIT stepsChanged();
  Q_EMIT experimentChanged();
  Q_EMIT attackedImagesChanged();
}

void Document::predict() {
  const int number = ++selectNumber_;
  const int index = frame_.index;
  jobs_.start(tr("Predicting"),
              [this, number, index, data = dataset_,
               engine = engine_](const Progress& progress) -> JobRunner::Finish {
                progress.step(0, 1);
                auto frame = std::make_shared<Frame>();
                frame->index = index;
                frame->raw = data->load(static_cast<std::size_t>(index));
                if (engine) {
                  frame->sample = resizeSample(makeSample(frame->raw), engine.spec().size);
                  frame->clean =
                      std::make_shared<const Prediction>(engine.evaluate(frame->sample).prediction);
                } else {
                  auto bare = std::make_shared<Prediction>();
                  bare->image = frame->raw.image;
                  frame->clean = bare;
                }
                progress.step(1, 1);
                return [this, number, frame] {
                  if (number != selectNumber_) return;
                  frame_ = std::move(*frame);
                  Q_EMIT frameChanged();
                  render();
                };
              });
}

void Document::attack(const QString& key, const Options& options, const QString& region) {
  if (!engine_ || !frame_.clean || attacking_) return;
  const AttackInfo& info = attackByKey(key.toStdString());
  clearAttack();
  const int number = attackNumber_;
  const std::shared_ptr<const Prediction> clean = frame_.clean;
  attacking_ = true;
  Q_EMIT attackingChanged(true);
  Q_EMIT said({}, false);
  std::shared_ptr<const Options> values = options.clone();
  jobs_.start(
      labelText(info.title),
      [this, number, &info, values, clean, engine = engine_, sample = frame_.sample,
       region = region.trimmed().toStdString(),
       raw = frame_.raw](const Progress& progress) -> JobRunner::Finish {
        const auto step = [&](const AttackIteration& iteration, const Prediction& prediction) {
          post(number, {iteration, std::make_shared<const Prediction>(prediction)});
        };
        auto experiment = std::make_shared<Experiment>(
            runExperiment(engine, raw, info, *values, progress, parseRegion(region, sample), step,
                          [&](const AttackTarget& target) { postTarget(number, *clean, target); }));
        logInfo(concat(info.key, " on ", experiment->frame, ": ", experiment->result.iterationsDone,
                       " iterations, l\u221e ", experiment->result.norms.linf, ", ",
                       experiment->seconds, " s"));
        return [this, number, experiment] {
          attacking_ = false;
          Q_EMIT attackingChanged(false);
          if (number != attackNumber_) return;
          experiment_ = std::move(*experiment);
          // The image that is kept need not be the last iterate.
          AttackIteration last;
          last.iteration = experiment_->result.iterationsDone;
          last.image = experiment_->result.image;
          steps_.push_back({last, std::make_shared<const Prediction>(experiment_->attacked)});
          shownStep_ = static_cast<int>(steps_.size()) - 1;
          Q_EMIT stepsChanged();
          render();
          Q_EMIT experimentChanged();
        };
      });
}

void Document::post(int number, Step step) {
  jobs_.post([this, number, step = std::move(step)] {
    if (number != attackNumber_) return;
    // Long attacks keep every second iteration, then every fourth …: memory stays bounded.
    if (steps_.size() >= kMostSteps) {
      std::vector<Step> kept;
      for (std::size_t i = 0; i < steps_.size(); i += 2) kept.push_back(std::move(steps_[i]));
      steps_ = std::move(kept);
    }
    steps_.push_back(step);
    shownStep_ = static_cast<int>(steps_.size()) - 1;
    Q_EMIT stepsChanged();
    render();
  });
}

void Document::postTarget(int number, const Prediction& clean, const AttackTarget& target) {
  if (cv::countNonZero(target.mask) == 0) return;
  auto shown = std::make_shared<Prediction>(clean);
  // The category's pixels in red over the image, the filled map in its panel.
  shown->image = clean.image.clone();
  shown->image.setTo(cv::Scalar(230, 40, 40), target.mask);
  cv::addWeighted(shown->image, 0.6, clean.image, 0.4, 0, shown->image);
  if (!target.trainIds.empty()) shown->trainIds = target.trainIds;
  if (!target.depthMetres.empty()) shown->depthMetres = target.depthMetres;
  AttackIteration before;
  before.iteration = -1;
  before.image = shown->image;
  post(number, {before, shown});
}

void Document::evaluateSplit(SweepPlan plan, std::size_t limit, const std::filesystem::path& file) {
  if (!engine_ || !dataset_) return;
  split_.start(engine_, dataset_, std::move(plan), limit, file);
}

void Document::showStep(int step) {
  if (step < 0 || step >= static_cast<int>(steps_.size()) || step == shownStep_) return;
  shownStep_ = step;
  Q_EMIT stepsChanged();
  render();
}

std::shared_ptr<const Prediction> Document::attacked() const {
  if (shownStep_ < 0) return nullptr;
  return steps_[static_cast<std::size_t>(shownStep_)].prediction;
}

void Document::setDraw(const DrawOptions& draw) {
  draw_ = draw;
  render();
}

void Document::render() {
  if (!frame_.clean) return;
  const int number = ++renderNumber_;
  renderPool_.clear();
  renderPool_.start([this, number, clean = frame_.clean, attacked = attacked(), draw = draw_] {
    const PanelImages cleanImages = renderPanels(*clean, draw);
    PanelImages attackedImages;
    if (attacked) {
      DrawOptions matched = draw;
      matched.numbers = matchDetections(*clean, *attacked);
      attackedImages = renderPanels(*attacked, matched);
    }
    QMetaObject::invokeMethod(
        this,
        [this, number, cleanImages, attackedImages] {
          if (number != renderNumber_) return;
          cleanImages_ = cleanImages;
          attackedImages_ = attackedImages;
          Q_EMIT cleanImagesChanged();
          Q_EMIT attackedImagesChanged();
        },
        Qt::QueuedConnection);
  });
}

void Document::saveExperiment(const std::filesystem::path& folder) {
  if (!experiment_) return;
  jobs_.start(tr("Saving"), [this, folder, experiment = *experiment_](const Progress&) {
    writeExperiment(experiment, folder);
    return [this, folder] {
      Q_EMIT said(tr("Saved to %1.").arg(QString::fromStdString(folder.string())), false);
    };
  });
}

}  // namespace uninet
