// The session of a document and its kept runs.
#include <QUndoCommand>
#include <memory>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/session/bundle.h"
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

constexpr int kNotesCommand = 1;

bool heldByAnother(const std::filesystem::path& file) {
  try {
    const FileLock lock(file);
    return false;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

class Document::EditNotes : public QUndoCommand {
 public:
  EditNotes(Document& document, std::string before, std::string after)
      : QUndoCommand(Document::tr("edit the notes")),
        document_(document),
        before_(std::move(before)),
        after_(std::move(after)) {}
  int id() const override { return kNotesCommand; }
  bool mergeWith(const QUndoCommand* other) override {
    after_ = static_cast<const EditNotes*>(other)->after_;
    return true;
  }
  void undo() override { set(before_); }
  void redo() override { set(after_); }

 private:
  void set(const std::string& notes) {
    document_.session_.notes = notes;
    document_.touch();
    Q_EMIT document_.notesChanged();
  }

  Document& document_;
  std::string before_, after_;
};

bool Document::startSession(bool resume) {
  const LastSession last = lastSession();
  const bool there = !last.file.empty() && std::filesystem::exists(last.file);
  if (!resume || !there || heldByAnother(last.file)) {
    newSession();
    return false;
  }
  if (last.inOrder) return openSession(last.file);
  newSession();
  Q_EMIT crashed(QString::fromStdString(last.file.string()));
  return false;
}

void Document::newSession() {
  Session session = uninet::newSession();
  session.network = session_.network;
  session.data = session_.data;
  session.image = session_.image;
  session.view = session_.view;
  const std::filesystem::path file = sessionFolder() / (session.id + ".json");
  try {
    closeSession();
    sessionFile_.create(file, session);
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::session, QString::fromStdString(sentenceOf(error)), true);
    return;
  }
  enterSession(session, file);
}

bool Document::openSession(const std::filesystem::path& file) {
  Session session;
  try {
    session = sessionFile_.open(file);
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::session, QString::fromStdString(sentenceOf(error)), true);
    return false;
  }
  enterSession(session, file);
  wantedImage_ = QString::fromStdString(session.image);
  resumedRun_ = session.run;
  openNetworkOf(session.network, true);
  openDataOf(session.data, true);
  return true;
}

void Document::saveSessionAs(const std::filesystem::path& file) {
  Session session = session_;
  session.id = uninet::newSession().id;
  try {
    archive_.flush();
    const std::filesystem::path from = archive_.file(), to = runStoreOf(file);
    if (from != to) {
      std::filesystem::remove(to);
      // Where its folder is gone, those that wait for it go on here.
      if (std::filesystem::exists(from)) RunStore::open(from).copyTo(to);
    }
    leaveSession();
    sessionFile_.create(file, session);
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::session, QString::fromStdString(sentenceOf(error)), true);
    return;
  }
  session_ = session;
  archive_.moveTo(runStoreOf(file));
  rememberSession(file, false);
  Q_EMIT said(Subject::session,
              tr("The session is kept in %1.").arg(QString::fromStdString(file.string())), false);
}

void Document::enterSession(const Session& session, const std::filesystem::path& file) {
  session_ = session;
  undo_.clear();
  setAttack({});
  attacks_.clear();
  wantedRun_ = resumedRun_ = 0;
  archive_.open(runStoreOf(file));
  rememberSession(file, false);
  Q_EMIT sessionOpened();
}

void Document::openNetworkOf(const Session::Network& network, bool wait) {
  OpenOptions options{network.weights, std::nullopt, network.maskComponents};
  if (!network.size.empty()) options.size = parseSize(network.size);
  if (network.kind == Session::Network::Kind::demo) openDemoNetwork(options);
  if (network.kind == Session::Network::Kind::file) openCheckpoint(network.file, options, wait);
}

void Document::openDataOf(const Session::Data& data, bool wait) {
  const QString split = QString::fromStdString(data.split);
  switch (data.kind) {
    case Session::Data::Kind::none:
      break;
    case Session::Data::Kind::streetscape:
      openStreetscapeScenes(split, data.scenes);
      break;
    case Session::Data::Kind::path:
      openData(data.paths.front(), split, false, QString::fromStdString(data.labels), wait);
      break;
    case Session::Data::Kind::pictures:
      openPictures(data.paths, wait);
      break;
  }
}

void Document::touch() { sessionFile_.keep(session_); }

void Document::setAttackChoice(const Session::Attack& attack) {
  if (attack == session_.attack) return;
  session_.attack = attack;
  touch();
}

void Document::setView(const Session::View& view) {
  if (view == session_.view) return;
  session_.view = view;
  touch();
}

void Document::setNotes(const QString& notes) {
  const std::string text = notes.toStdString();
  if (text != session_.notes) undo_.push(new EditNotes(*this, session_.notes, text));
}

int Document::takeWantedIndex() {
  const std::string name = wantedImage_.toStdString();
  wantedImage_.clear();
  for (std::size_t i = 0; !name.empty() && i < dataset_->size(); ++i)
    if (dataset_->name(i) == name) return static_cast<int>(i);
  return 0;
}

void Document::store(int number, const std::shared_ptr<const Experiment>& experiment, KeptRun run) {
  archive_.add(std::move(run), {experiment->sample.image, experiment->result.image},
               [this, number](std::int64_t id) {
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
  const bool otherNetwork = !engine_ || engine_.identity() != run->networkHash;
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
  Q_EMIT said(Subject::runs, {}, false);
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
  if (run == nullptr || run->image != frame_.raw.name || engine_.identity() != run->networkHash)
    return;
  const bool again = again_, shown = run_.stored == run->id;
  wantedRun_ = 0;
  again_ = false;
  if (again)
    repeat(*run);
  else if (shown)
    loadReference();
  else
    restore(*run);
}

void Document::restore(const KeptRun& run) {
  archive_.load(run.id, [this, run, index = frame_.index,
                         generation = generation_](const RunArchive::Pictures& pictures) {
    if (index != frame_.index || generation != generation_ || !frame_.clean || attacking()) return;
    jobs_.replace(
        JobKind::showing, tr("Showing the run"),
        [this, run, index, generation, pictures, engine = engine_, raw = frame_.raw,
         clean = frame_.clean](const Progress& progress) -> JobRunner::Finish {
          progress.step(0, 1);
          const auto experiment =
              std::make_shared<Experiment>(restoredExperiment(engine, raw, run, pictures.attacked));
          const auto steps = std::make_shared<KeptSteps>(clean);
          if (auto target = targetStep(*clean, experiment->target)) steps->add(std::move(*target));
          AttackIteration first;
          first.total = experiment->result.iterationsPlanned;
          Step before = KeptSteps::pack(first, *clean, *clean);
          before.ratios = metricRatios(experiment->cleanMetrics, experiment->cleanMetrics);
          steps->add(std::move(before));
          steps->add(KeptSteps::result(*experiment, *clean));
          progress.step(1, 1);
          return [this, run, index, generation, experiment, steps] {
            if (index != frame_.index || generation != generation_ || attacking()) return;
            showRestored(run, *experiment, std::move(*steps));
          };
        },
        tellErrors(Subject::runs));
  });
}

void Document::showRestored(const KeptRun& kept, const Experiment& experiment, KeptSteps steps) {
  AttackRun run;
  run.number = ++attackNumber_;
  run.stored = kept.id;
  run.choice = {kept.attack, kept.preset, parseJson(kept.options, "the options of a run"),
                kept.region, precisionOf(kept)};
  run.experiment = experiment;
  run.failures = experiment.firstFailures;
  run.steps = std::move(steps);
  showLast(run, std::make_shared<const Prediction>(experiment.attacked));
  setAttack(std::move(run));
  session_.run = kept.id;
  touch();
  render();
  loadReference();
}

void Document::compareRuns(std::int64_t first, std::int64_t second) {
  const KeptRun *a = archive_.run(first), *b = archive_.run(second);
  if (a == nullptr || b == nullptr) return;
  if (a->imageFingerprint != b->imageFingerprint || a->networkHash != b->networkHash) {
    Q_EMIT said(Subject::runs,
                tr("Only runs of one network on one image can be laid over each other."), true);
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
  archive_.load(
      run->id, [this, id = run->id, number = run_.number](const RunArchive::Pictures& kept) {
        if (number != run_.number) return;
        jobs_.replace(
            JobKind::showing, tr("Showing the run"),
            [this, id, number, image = kept.attacked,
             engine = engine_](const Progress& progress) -> JobRunner::Finish {
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
  again_ = true;
  showRun(id);
  if (wantedRun_ == 0) again_ = false;
}

void Document::repeat(const KeptRun& run) {
  std::unique_ptr<Options> options;
  try {
    options = optionsOf(attackByKey(run.attack), nlohmann::json::parse(run.options));
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::runs, QString::fromStdString(sentenceOf(error)), true);
    return;
  }
  attack(QString::fromStdString(run.attack), *options, QString::fromStdString(run.region),
         QString::fromStdString(run.preset), QString::fromStdString(precisionOf(run)));
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

void Document::exportBundle(const std::filesystem::path& zip) {
  sessionFile_.keep(session_);
  sessionFile_.save();
  archive_.flush();
  jobs_.start(
      JobKind::saving, tr("Packing the session"),
      [this, zip, session = sessionFile_.file(),
       data = dataset_](const Progress& progress) -> JobRunner::Finish {
        const auto left = writeBundle(session, data.get(), zip, progress);
        return [this, zip, left] {
          QStringList lines{tr("Written: %1").arg(QString::fromStdString(zip.string()))};
          for (const std::string& sentence : left) lines << QString::fromStdString(sentence);
          Q_EMIT said(Subject::saving, lines.join(QLatin1Char('\n')), false);
        };
      },
      tellErrors(Subject::saving));
}

void Document::openBundle(const std::filesystem::path& zip, const std::filesystem::path& folder) {
  jobs_.start(
      JobKind::opening, tr("Unpacking %1").arg(QString::fromStdString(zip.filename().string())),
      [this, zip, folder](const Progress& progress) -> JobRunner::Finish {
        const std::filesystem::path session =
            uninet::openBundle(zip, folder / zip.stem(), progress);
        return [this, session] { openSession(session); };
      },
      tellErrors(Subject::session));
}

void Document::removeRuns(const std::vector<std::int64_t>& ids) {
  if (!ids.empty()) undo_.push(new RemoveRuns(archive_, ids));
}

}  // namespace uninet
