// What a document does when memory, a folder or a drive is gone.
#include "ui/document/document.h"

#include "core/base/error.h"

namespace uninet {

void Document::cannotShow(const QString& sentence) {
  frame_.failed = true;
  dropRenders();
  clearScene();
  const std::vector<std::filesystem::path>& paths = session_.data.paths;
  const auto place = session_.data.kind == Session::Data::Kind::pictures
                         ? static_cast<std::size_t>(frame_.index)
                         : std::size_t{0};
  AwaitedFiles::Paths files;
  if (place < paths.size()) files.push_back(paths[place]);
  const auto waits = [this, generation = generation_, index = frame_.index] {
    return generation == generation_ && index == frame_.index && frame_.failed;
  };
  awaitedImage_.look(
      files, {[this, waits, sentence] {
                if (waits()) Q_EMIT said(Subject::image, sentence, true);
              },
              [this, waits](const std::filesystem::path& gone) {
                if (!waits()) return;
                Q_EMIT said(
                    Subject::image,
                    tr("The image cannot be shown, because %1 is gone: bring that folder or drive "
                       "back and it is shown by itself; what was computed stays.")
                        .arg(QString::fromStdString(gone.string())),
                    true);
              },
              [this, waits] {
                if (!waits()) return true;
                frame_.failed = false;
                predict();
                return true;
              }});
}

void Document::cannotOpen(Subject subject, AwaitedFiles& awaited, AwaitedFiles::Paths files,
                          const QString& sentence, const QString& goneText,
                          std::function<void()> again) {
  awaited.look(std::move(files),
               {[this, subject, sentence] { Q_EMIT said(subject, sentence, true); },
                [this, subject, goneText](const std::filesystem::path& gone) {
                  Q_EMIT said(subject, goneText.arg(QString::fromStdString(gone.string())), true);
                },
                [this, again = std::move(again)] {
                  if (attacking()) return false;
                  again();
                  return true;
                }});
}

void Document::restartAttack() {
  if (run_.experiment) return;  // on the first network it is done
  AttackRun run;
  run.number = run_.number;
  run.job = run_.job;
  run.on = run_.on;
  run.repeats = run_.repeats;
  run.steps = KeptSteps(run.on.clean, KeptSteps::kElsewhere);
  setAttack(std::move(run));
}

void Document::spareMemory(const QString& title, const QString& details) {
  frames_.clear();
  second_.forgetImages();
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
