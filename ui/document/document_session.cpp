// The session of a document.
#include <QUndoCommand>

#include "core/base/error.h"
#include "core/session/bundle.h"
#include "ui/document/document.h"

namespace uninet {
namespace {

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
  session.second = session_.second;
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
  second_.want(session.second);
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
      openData(data.paths.front(), split, false, QString::fromStdString(data.labels),
               data.depthUnit, wait);
      break;
    case Session::Data::Kind::pictures:
      openPictures(data.paths, wait);
      break;
  }
}

void Document::setDepthUnit(double metres) {
  const Session::Data& data = session_.data;
  if (data.kind != Session::Data::Kind::path || metres == data.depthUnit) return;
  wantedImage_ = QString::fromStdString(session_.image);
  openData(data.paths.front(), QString::fromStdString(data.split), false,
           QString::fromStdString(data.labels), metres);
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

}  // namespace uninet
