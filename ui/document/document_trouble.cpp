// What a document does when memory, a folder or a drive is gone.
#include "ui/document/document.h"

#include "core/base/error.h"

namespace uninet {

void Document::cannotShow(const QString& sentence) {
  frame_.failed = true;
  dropRenders();
  clearScene();
  lookForData(sentence);
}

void Document::lookForData(const QString& sentence) {
  const std::vector<std::filesystem::path>& paths = session_.data.paths;
  const auto place = session_.data.kind == Session::Data::Kind::pictures
                         ? static_cast<std::size_t>(frame_.index)
                         : std::size_t{0};
  if (place >= paths.size()) {
    if (!sentence.isEmpty()) Q_EMIT said(Subject::image, sentence, true);
    return;
  }
  lookPool_.start([this, path = paths[place], sentence, generation = generation_] {
    std::error_code error;
    const bool there = std::filesystem::exists(path, error);
    QMetaObject::invokeMethod(
        this,
        [this, path, sentence, generation, there] {
          if (generation != generation_ || !frame_.failed) return;
          if (!there) {
            lookTimer_.start();
            if (!sentence.isEmpty())
              Q_EMIT said(Subject::image,
                          tr("The image cannot be shown, because %1 is gone: bring that folder or "
                             "drive back and it is shown by itself; what was computed stays.")
                              .arg(QString::fromStdString(path.string())),
                          true);
          } else if (sentence.isEmpty()) {
            frame_.failed = false;
            predict();
          } else {
            Q_EMIT said(Subject::image, sentence, true);
          }
        },
        Qt::QueuedConnection);
  });
}

void Document::cannotOpen(const Session::Network& network, const QString& sentence) {
  missing_ = network;
  lookForNetwork(sentence);
}

void Document::lookForNetwork(const QString& sentence) {
  if (missing_.kind == Session::Network::Kind::none) return;
  lookPool_.start([this, network = missing_, sentence] {
    std::error_code error;
    std::filesystem::path gone;
    for (const std::filesystem::path& file : {network.file, network.maskComponents})
      if (gone.empty() && !file.empty() && !std::filesystem::exists(file, error)) gone = file;
    QMetaObject::invokeMethod(
        this,
        [this, network, sentence, gone] {
          if (missing_ != network) return;
          if (!gone.empty() || attacking()) {
            networkTimer_.start();
            if (!sentence.isEmpty())
              Q_EMIT said(Subject::checkpoint,
                          tr("The network cannot be opened, because %1 is not there: bring that "
                             "folder or drive back and it is opened by itself.")
                              .arg(QString::fromStdString(gone.string())),
                          true);
          } else if (sentence.isEmpty()) {
            openNetworkOf(network, true);
          } else {
            missing_ = {};
            Q_EMIT said(Subject::checkpoint, sentence, true);
          }
        },
        Qt::QueuedConnection);
  });
}

void Document::restartAttack() {
  AttackRun run;
  run.number = run_.number;
  run.job = run_.job;
  run.repeats = run_.repeats;
  run.steps = KeptSteps(frame_.clean, KeptSteps::kElsewhere);
  setAttack(std::move(run));
}

void Document::spareMemory(const QString& title, const QString& details) {
  frames_.clear();
  // A run that is kept can be shown again.
  attacks_.eraseIf([](const AttackRun& run) { return run.stored != 0; });
  for (auto& [index, run] : attacks_) run.steps.setBudget(0);
  Q_EMIT said(
      Subject::memory,
      tr("There was not enough memory for \u201c%1\u201d: what was kept of other images to be "
         "fast is let go, and it is tried once more, more sparingly.")
              .arg(title) +
          QLatin1Char('\n') + details,
      false);
}

bool Document::leaveSession() {
  if (sessionFile_.file().empty()) return true;
  const bool saved = sessionFile_.save(), kept = archive_.flush();
  rememberSession(sessionFile_.file(), true);
  return saved && kept;
}

void Document::closeSession() {
  if (leaveSession()) return;
  Session session = session_;
  session.run = 0;  // the earlier runs are where its folder is
  const std::filesystem::path file = sessionFolder() / (uninet::newSession().id + ".json");
  try {
    std::filesystem::create_directories(file.parent_path());
    writeSession(session, file);
    archive_.moveTo(runStoreOf(file));
    archive_.flush();
    rememberSession(file, true);
  } catch (const std::exception& error) {
    Q_EMIT said(Subject::session, QString::fromStdString(sentenceOf(error)), true);
  }
}

}  // namespace uninet
