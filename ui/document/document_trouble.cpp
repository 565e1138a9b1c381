// What a document does when memory, a folder or a drive is gone.
#include "ui/document/document.h"

namespace uninet {

void Document::cannotShow(const QString& sentence) {
  frame_.failed = true;
  dropRenders();
  clearScene();
  Q_EMIT said(Subject::image, sentence, true);
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

}  // namespace uninet
