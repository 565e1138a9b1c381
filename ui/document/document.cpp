#include "ui/document/document.h"

#include <utility>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/resources.h"
#include "core/data/folder_dataset.h"
#include "core/data/letterbox.h"
#include "core/streetscape/streetscape.h"

namespace uninet {
namespace {

/// What was found or assumed, as one text.
QString shownNotes(const std::vector<std::string>& notes) {
  QStringList lines;
  for (const std::string& note : notes) lines << QString::fromStdString(note);
  return lines.join(QLatin1Char('\n'));
}

Session::Network networkSource(Session::Network::Kind kind, const std::filesystem::path& file,
                               const OpenOptions& options) {
  Session::Network source;
  source.kind = kind;
  if (!file.empty()) source.file = std::filesystem::absolute(file);
  if (!options.maskComponents.empty())
    source.maskComponents = std::filesystem::absolute(options.maskComponents);
  source.weights = options.weights;
  if (options.size) source.size = sizeText(*options.size);
  return source;
}

}  // namespace

Document::Document(int threads, std::uint64_t seed, QObject* parent)
    : QObject(parent),
      split_(threads, seed),
      jobs_([threads, seed] { configureCompute(threads, seed); }) {
  connect(&split_, &SplitResults::said, this,
          [this](const QString& text, bool error) { Q_EMIT said(Subject::results, text, error); });
  connect(&archive_, &RunArchive::said, this,
          [this](const QString& text, bool error) { Q_EMIT said(Subject::runs, text, error); });
  connect(&second_, &SecondNetwork::changed, this, &Document::leaveSecond);
  connect(&second_, &SecondNetwork::said, this, [this](const QString& text, bool error) {
    Q_EMIT said(Subject::checkpoint, text, error);
  });
  connect(&split_, &SplitResults::memoryShort, this, &Document::spareMemory);
  connect(&jobs_, &JobRunner::memoryShort, this,
          [this](JobId id, const QString& title, const QString& details) {
            // It begins again, and so do its steps.
            if (id == attackJob_) restartAttack();
            spareMemory(title, details);
          });
  connect(&archive_, &RunArchive::changed, this, &Document::restoreWanted);
  connect(&sessionFile_, &SessionFile::failed, this,
          [this](const QString& sentence) { Q_EMIT said(Subject::session, sentence, true); });
  connect(&sessionFile_, &SessionFile::recovered, this, [this] {
    Q_EMIT said(Subject::session, tr("The folder is back, and the session is saved."), false);
  });
  connect(&archive_, &RunArchive::recovered, this, [this] {
    Q_EMIT said(Subject::runs, tr("The folder is back, and all runs are saved."), false);
  });
  session_ = uninet::newSession();
  renderPool_.setMaxThreadCount(1);
}

Document::~Document() {
  renderPool_.clear();
  renderPool_.waitForDone();
}

JobRunner::Ended Document::tellErrors(Subject subject) {
  return [this, subject](JobOutcome outcome, const QString& sentence) {
    if (outcome == JobOutcome::failed) Q_EMIT said(subject, sentence, true);
  };
}

void Document::openEngine(const QString& title, const Session::Network& source,
                          std::function<Engine()> open, bool wait) {
  awaitedNetwork_.stop();
  jobs_.start(
      JobKind::opening, title,
      [this, source, open, device = device_](const Progress&) -> JobRunner::Finish {
        const Placed opened = placed(open(), device);
        const Engine& engine = opened.engine;
        for (const std::string& note : engine.notes()) logInfo(concat(engine.title(), ": ", note));
        logInfo(concat("opened ", engine.title(), ", ", deviceText(engine.device())));
        return [this, source, opened] {
          session_.network = source;
          session_.network.sha256 = opened.engine.hash();
          take(opened);
        };
      },
      [this, title, source, open, wait](JobOutcome outcome, const QString& sentence) {
        if (outcome != JobOutcome::failed) return;
        AwaitedFiles::Paths files;
        for (const std::filesystem::path& file : {source.file, source.maskComponents})
          if (wait && !file.empty()) files.push_back(file);
        cannotOpen(Subject::checkpoint, awaitedNetwork_, std::move(files), sentence,
                   tr("The network cannot be opened, because %1 is not there: bring that folder or "
                      "drive back and it is opened by itself."),
                   [this, title, source, open] { openEngine(title, source, open, true); });
      });
}

void Document::openCheckpoint(const std::filesystem::path& file, const OpenOptions& options) {
  openCheckpoint(file, options, !engine_);
}

void Document::openCheckpoint(const std::filesystem::path& file, const OpenOptions& options,
                              bool wait) {
  openEngine(
      tr("Opening %1").arg(QString::fromStdString(file.filename().string())),
      networkSource(Session::Network::Kind::file, file, options),
      [file, options] { return Engine::open(file, options); }, wait);
}

void Document::openMaskComponents(const std::filesystem::path& npz) {
  const QString title = tr("Opening %1").arg(QString::fromStdString(npz.filename().string()));
  // A network that is being opened is the one that is meant: the work begins when it is there.
  const auto begin = [this, npz, title] {
    if (!engine_) {
      Q_EMIT said(Subject::checkpoint,
                  tr("Open a checkpoint first: mask components belong to a network."), true);
      return;
    }
    jobs_.start(
        JobKind::opening, title,
        [this, npz, engine = engine_](const Progress&) -> JobRunner::Finish {
          const Engine with = engine.withMaskComponents(npz);
          return [this, npz, engine, with] {
            if (&engine.network() == &engine_.network()) {
              session_.network.maskComponents = std::filesystem::absolute(npz);
              setEngine(with);
            } else
              openMaskComponents(npz);  // another one was opened meanwhile
          };
        },
        tellErrors(Subject::checkpoint));
  };
  jobs_.start(
      JobKind::opening, title, [begin](const Progress&) -> JobRunner::Finish { return begin; },
      tellErrors(Subject::checkpoint));
}

void Document::openImages(const QString& title, const Session::Data& source,
                          std::function<std::shared_ptr<const Dataset>()> open, bool wait,
                          const Scenes& scenes) {
  awaitedData_.stop();
  jobs_.start(
      JobKind::opening, title,
      [this, source, open, scenes](const Progress&) -> JobRunner::Finish {
        const std::shared_ptr<const Dataset> data = open();
        // What cannot be shown must not take the place of what can.
        data->image(0);
        logInfo(concat("opened ", data->title(), ", ", data->size(), " images"));
        return [this, source, data, scenes] {
          // A network of another size may have been opened meanwhile.
          if (!scenes.split.isEmpty() && engine_ && engine_.spec().size != scenes.size)
            return openStreetscapeScenes(scenes.split, scenes.count);
          session_.data = source;
          setDataset(data);
          scenes_ = scenes;
        };
      },
      [this, title, source, open, wait, scenes](JobOutcome outcome, const QString& sentence) {
        if (outcome != JobOutcome::failed) return;
        cannotOpen(
            Subject::data, awaitedData_, wait ? source.paths : AwaitedFiles::Paths{}, sentence,
            tr("The images cannot be opened, because %1 is not there: bring that folder or "
               "drive back and they are opened by themselves."),
            [this, title, source, open, scenes] { openImages(title, source, open, true, scenes); });
        // What is open stays: its image is shown by the network that there is now.
        if (frame_.index >= 0 && !frame_.clean) predict();
      });
}

void Document::openData(const std::filesystem::path& path, const QString& split, bool splitGiven,
                        const QString& labels, double depthUnit) {
  openData(path, split, splitGiven, labels, depthUnit, !dataset_);
}

void Document::openData(const std::filesystem::path& path, const QString& split, bool splitGiven,
                        const QString& labels, double depthUnit, bool wait) {
  openImages(
      tr("Opening %1").arg(QString::fromStdString(path.filename().string())),
      {Session::Data::Kind::path,
       {std::filesystem::absolute(path)},
       split.toStdString(),
       labels.toStdString(),
       0,
       depthUnit},
      [path, split, splitGiven, labels, depthUnit] {
        DataOptions options;
        options.split = split.toStdString();
        options.splitGiven = splitGiven;
        options.depthUnit = depthUnit;
        if (!labels.isEmpty()) options.labels = parseLabelChoice(labels.toStdString());
        return std::shared_ptr<const Dataset>(openDataset(path, options));
      },
      wait);
}

void Document::openPictures(std::vector<std::filesystem::path> files) {
  openPictures(std::move(files), !dataset_);
}

void Document::openPictures(std::vector<std::filesystem::path> files, bool wait) {
  Session::Data source{Session::Data::Kind::pictures, {}, {}};
  for (const std::filesystem::path& file : files)
    source.paths.push_back(std::filesystem::absolute(file));
  openImages(
      tr("Opening pictures"), source, [files] { return openPictureFiles(files); }, wait);
}

void Document::openDemo(const OpenOptions& options, const QString& image) {
  wantedImage_ = image;
  openDemoNetwork(options);
  openStreetscapeScenes(QStringLiteral("val"));
}

void Document::openDemoNetwork(const OpenOptions& options) {
  openEngine(tr("Opening the demo network"),
             networkSource(Session::Network::Kind::demo, {}, options),
             [options] { return Engine::open(resourceFile(kDemoCheckpoint), options); });
}

void Document::openStreetscapeScenes(const QString& split, std::int64_t scenes) {
  const cv::Size size = engine_ ? engine_.spec().size : kStreetscapeSize;
  openImages(tr("Opening Streetscape"),
             {Session::Data::Kind::streetscape, {}, split.toStdString(), {}, scenes},
             [split, size, scenes] {
               return openDefaultStreetscape(
                   split.toStdString(), size,
                   scenes > 0 ? static_cast<std::size_t>(scenes) : kStreetscapeScenes);
             },
             false, {split, size, scenes});
}

void Document::setEngine(const Engine& engine) {
  forgetImages();
  engine_ = engine;
  if (const KeptRun* run = archive_.run(wantedRun_);
      run != nullptr && run->networkHash != engine_.identity() && !second_.expected()) {
    wantedRun_ = 0;
    Q_EMIT said(Subject::runs,
                tr("%1 is not the network that this run was made with.")
                    .arg(QString::fromStdString(engine_.title())),
                true);
  }
  frame_.clean.reset();
  Q_EMIT said(Subject::checkpoint, shownNotes(engine_.notes()), false);
  Q_EMIT engineChanged();
  touch();
  second_.follow(engine_);
  if (!scenes_.split.isEmpty() && scenes_.size != engine_.spec().size)
    openStreetscapeScenes(scenes_.split, scenes_.count);
  else if (frame_.index >= 0)
    predict();
}

void Document::setDataset(std::shared_ptr<const Dataset> data) {
  forgetImages();
  dataset_ = std::move(data);
  scenes_ = {};
  frame_ = {};
  Q_EMIT said(Subject::data,
              dataset_->hasGroundTruth()
                  ? QString()
                  : tr("These pictures have no ground truth: outputs and attacks work, metrics "
                       "need a Cityscapes or NYUv2 tree."),
              false);
  Q_EMIT datasetChanged();
  select(takeWantedIndex());
  if (resumedRun_ != 0) {
    session_.run = wantedRun_ = resumedRun_;
    resumedRun_ = 0;
    touch();
    restoreWanted();
  }
}

/// Everything that was computed with the network and the data that are open.
void Document::forgetImages() {
  ++generation_;
  if (attacking()) {
    endAttack();
    Q_EMIT said(Subject::attack,
                tr("The attack was stopped: another network or other images were opened."), false);
  }
  jobs_.drop(JobKind::prediction);
  jobs_.drop(JobKind::showing);
  dropRenders();
  predicting_.clear();
  frames_.clear();
  second_.forgetImages();
  attacks_.clear();
  setAttack({});
}

void Document::select(int index) {
  if (!dataset_ || index < 0 || index >= static_cast<int>(dataset_->size())) return;
  if (index == frame_.index && frame_.clean) return;
  if (const KeptRun* run = archive_.run(wantedRun_);
      run == nullptr || run->image != dataset_->name(static_cast<std::size_t>(index)))
    wantedRun_ = wantedReference_ = 0;
  leaveImage();
  frame_ = {};
  frame_.index = index;
  session_.image = dataset_->name(static_cast<std::size_t>(index));
  session_.run = wantedRun_;
  touch();
  dropRenders();
  // No picture of another image stands under the new name.
  if (frames_.find(index) == nullptr) clearScene();
  setAttack({});
  Q_EMIT frameChanged();
  predict();
}

void Document::dropRenders() {
  ++renderNumber_;
  renderPool_.clear();
}

void Document::leaveImage() {
  if (!run_.steps.empty() || jobs_.begun(attackJob_)) {
    run_.steps.setBudget(KeptSteps::kElsewhere);
    run_.shownStep = static_cast<int>(run_.steps.steps().size()) - 1;
    run_.shown.reset();
    attacks_.put(frame_.index, std::exchange(run_, {}));
  }
  endAttack();
}

void Document::predict() {
  const int index = frame_.index;
  if (const auto* known = frames_.find(index)) {
    jobs_.drop(JobKind::prediction);
    show(**known);
    return;
  }
  std::erase_if(predicting_, [this](const auto& job) { return !jobs_.begun(job.first); });
  for (const auto& [job, image] : predicting_)
    if (image == index) {
      jobs_.drop(JobKind::prediction);
      return;  // it is on its way
    }
  const JobId job = jobs_.replace(
      JobKind::prediction, tr("Predicting"),
      [this, index, generation = generation_, data = dataset_,
       engine = engine_](const Progress& progress) -> JobRunner::Finish {
        progress.step(0, 1);
        auto frame = std::make_shared<Frame>();
        frame->index = index;
        frame->raw = data->load(static_cast<std::size_t>(index));
        if (engine) {
          frame->sample = resizeSample(withTruthOf(makeSample(frame->raw), engine.spec().classes),
                                       engine.spec().size);
          frame->clean =
              std::make_shared<const Prediction>(engine.evaluate(frame->sample).prediction);
        } else {
          auto bare = std::make_shared<Prediction>();
          bare->image = frame->raw.image;
          frame->clean = bare;
        }
        progress.step(1, 1);
        return [this, generation, frame] {
          if (generation != generation_) return;
          frames_.put(frame->index, frame);
          if (frame->index == frame_.index && !frame_.clean) show(*frame);
        };
      },
      [this, index, generation = generation_](JobOutcome outcome, const QString& sentence) {
        if (outcome == JobOutcome::failed && generation == generation_ && index == frame_.index)
          cannotShow(sentence);
      });
  predicting_.emplace_back(job, index);
}

void Document::show(const Frame& frame) {
  frame_ = frame;
  Q_EMIT frameChanged();
  // Where there is no truth at all, the data have said so.
  const bool partly = dataset_ && dataset_->hasGroundTruth();
  QStringList notes;
  if (partly && !frame.raw.notes.empty()) notes << shownNotes(frame.raw.notes);
  const cv::Size own = frame.raw.image.size(), size = frame.sample.image.size();
  if (!own.empty() && !size.empty() && letterboxOf(own, size).size() != size)
    notes << tr(
        "The picture has another shape than the input of the network: grey bars fill it "
        "up.");
  Q_EMIT said(Subject::image, notes.join(QLatin1Char('\n')), false);
  if (AttackRun* kept = attacks_.find(frame_.index)) {
    AttackRun run = *kept;
    run.steps.setBudget(KeptSteps::kShown);
    if (!run.steps.empty()) showLast(run);
    setAttack(std::move(run));
    if (jobs_.begun(run_.job)) {
      attackJob_ = run_.job;
      Q_EMIT attackingChanged(true);
    }
  }
  render();
  restoreWanted();
}

void Document::evaluateSplit(SweepPlan plan, std::size_t limit, const std::filesystem::path& file) {
  if (!engine_ || !dataset_) return;
  split_.start(engine_, dataset_, std::move(plan), limit, file);
}

}  // namespace uninet
