// The second network of a document, beside the first one.
#include "attacks/sweep/keep_run.h"
#include "ui/document/document.h"

namespace uninet {

void Document::openSecond(const std::filesystem::path& file) {
  Session::Network source;
  source.kind = Session::Network::Kind::file;
  source.file = std::filesystem::absolute(file);
  second_.open(source);
}

OpenNetwork Document::secondNetwork() {
  return {second_.engine(), second_.source(), second_.clean(frame_.index)};
}

OpenNetwork Document::networkOf(const std::string& identity) {
  if (engine_ && engine_.identity() == identity) return firstNetwork();
  if (second_.engine() && second_.engine().identity() == identity) return secondNetwork();
  return {};
}

/// What is to be shown of the second network begins with what it makes of the image as it is.
void Document::predictBySecond() {
  jobs_.replace(
      JobKind::showing, tr("Predicting"),
      [this, index = frame_.index, generation = generation_, image = frame_.sample.image,
       engine = second_.engine()](const Progress& progress) -> JobRunner::Finish {
        progress.step(0, 1);
        const auto prediction = std::make_shared<const Prediction>(engine.predict(image));
        progress.step(1, 1);
        return [this, index, generation, engine, prediction] {
          if (generation != generation_ || !second_.engine() ||
              &engine.network() != &second_.engine().network())
            return;
          second_.keepClean(index, prediction);
          restoreWanted();
        };
      },
      tellErrors(Subject::runs));
}

/// The session follows, and nothing is shown of a second network that was closed.
void Document::leaveSecond() {
  session_.second = second_.source();
  touch();
  const auto gone = [this](const AttackRun& run) {
    return run.on.engine && !networkOf(run.on.engine.identity()).engine;
  };
  attacks_.eraseIf(gone);
  if (!attacking() && gone(run_)) {
    setAttack({});
    render();
  }
  Q_EMIT secondChanged();
  restoreWanted();
}

std::pair<std::int64_t, std::int64_t> Document::runsOnBoth() const {
  const KeptRun* shown = archive_.run(run_.stored);
  std::pair<std::int64_t, std::int64_t> ids{0, 0};
  if (shown == nullptr || !engine_ || !second_.engine()) return ids;
  for (const KeptRun& run : archive_.runs()) {
    if (!run.attackedOn.empty() || run.imageFingerprint != shown->imageFingerprint ||
        run.attack != shown->attack || run.options != shown->options ||
        run.region != shown->region || precisionOf(run) != precisionOf(*shown))
      continue;
    // The latest, but what is shown stays.
    const auto take = [&](std::int64_t& id, const Engine& engine) {
      if (run.networkHash == engine.identity() && id != shown->id) id = run.id;
    };
    take(ids.first, engine_);
    take(ids.second, second_.engine());
  }
  return ids.first != 0 && ids.second != 0 ? ids : std::pair<std::int64_t, std::int64_t>{0, 0};
}

}  // namespace uninet
