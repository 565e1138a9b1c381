#include "ui/document/split_results.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/numbers.h"
#include "ui/document/run_damage.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

/// While a sweep runs the intervals are rougher, and computed this often.
constexpr int kLiveResamples = 100, kResamples = 1000;
constexpr qint64 kLiveMs = 5000;
/// So many skipped runs are named.
constexpr int kNamed = 3;

/// What one report says, and of what.
struct Made {
  std::shared_ptr<const SweepReport> report;
  std::vector<Figure> figures;
  qint64 least = 0, most = 0;  ///< images that every run, and that any run, has been through
  qint64 planned = 0;
};

Made make(const std::filesystem::path& file, int resamples, const Progress& progress) {
  Made made;
  const ResultStore store = ResultStore::open(file);
  std::map<std::int64_t, qint64> images;
  for (const auto& [run, image] : store.finished()) ++images[run];
  made.least = std::numeric_limits<qint64>::max();
  for (const StoredRun& run : store.runs()) {
    made.least = std::min(made.least, images[run.id]);
    made.most = std::max(made.most, images[run.id]);
  }
  // Before the first image is through all runs there would be gaps in the figures.
  if (made.least == 0) return made;
  const auto planned = store.about().find("number of images");
  if (planned != store.about().end())
    made.planned = parseNumber<qint64>(planned->second).value_or(made.most);
  made.report = std::make_shared<const SweepReport>(reportOf(store, {resamples, 0}, progress));
  made.figures = figuresOf(*made.report, store);
  return made;
}

}  // namespace

SplitResults::SplitResults(int threads, std::uint64_t seed, QObject* parent)
    : QObject(parent),
      reports_([] {}),
      jobs_([threads, seed] { configureCompute(threads, seed); }) {
  connect(&jobs_, &JobRunner::progressed, this,
          [this](JobId, const QString& title, qint64 done, qint64 total, double eta) {
            Q_EMIT progressed(title, done, total, eta);
          });
  for (const JobRunner* jobs : {&reports_, &jobs_})
    connect(jobs, &JobRunner::memoryShort, this,
            [this](JobId, const QString& title, const QString& details) {
              Q_EMIT memoryShort(title, details);
            });
}

void SplitResults::start(const Engine& engine, std::shared_ptr<const Dataset> data, SweepPlan plan,
                         std::size_t limit, const std::filesystem::path& file) {
  if (running_) return;
  running_ = true;
  stored_ = false;
  skippedRuns_ = 0;
  file_ = file;
  sinceFigures_.start();
  clear();
  Q_EMIT runningChanged(true);
  const QString title = tr("Evaluating %1").arg(QString::fromStdString(plan.name));
  sweepJob_ = jobs_.start(
      JobKind::sweep, title,
      [this, engine, data = std::move(data), plan = std::move(plan), limit,
       file](const Progress& progress) -> JobRunner::Finish {
        const Engine own = engine.separateCopy();
        const SweepSummary summary = runSweep(own, *data, plan, limit, file, progress, [this] {
          jobs_.post([this] {
            stored_ = true;
            if (sinceFigures_.elapsed() < kLiveMs || reports_.busy()) return;
            sinceFigures_.restart();
            makeFigures(kLiveResamples, [](JobOutcome, const QString&) {});
          });
        });
        logInfo(concat("sweep ", plan.name, ": ", summary.pairs, " attacks in ",
                       summary.wallSeconds, " s, ", summary.skipped, " skipped"));
        return [this, skipped = summary.skipped] { skippedRuns_ = skipped; };
      },
      [this](JobOutcome outcome, const QString& sentence) { ended(outcome, sentence); });
}

void SplitResults::show(const std::filesystem::path& file) {
  if (running_) {
    Q_EMIT said(tr("An evaluation is running: open other results when it has ended."), false);
    return;
  }
  file_ = file;
  makeFigures(kResamples, [this, file](JobOutcome outcome, const QString& sentence) {
    if (outcome == JobOutcome::failed)
      Q_EMIT said(sentence, true);
    else if (outcome == JobOutcome::done && file == file_)  // no others were asked for meanwhile
      Q_EMIT said(figures_.empty() ? tr("%1 holds no image that is through all its attacks.")
                                         .arg(QString::fromStdString(file.string()))
                                   : QString(),
                  false);
  });
}

void SplitResults::clear() {
  ++figuresNumber_;
  report_.reset();
  figures_.clear();
  images_.clear();
  skipped_.clear();
  Q_EMIT figuresChanged();
}

/// The sweep has ended: its figures are made before running() says so.
void SplitResults::ended(JobOutcome outcome, const QString& sentence) {
  const bool failed = outcome == JobOutcome::failed;
  QString text = sentence;
  if (outcome == JobOutcome::done) {
    text = tr("The sweep is done: %1.").arg(QString::fromStdString(file_.string()));
    if (skippedRuns_ > 0)
      text +=
          tr(" %Ln attack(s) were skipped, see the log.", nullptr, static_cast<int>(skippedRuns_));
  } else if (!failed) {
    text = tr("The sweep was stopped; starting it again goes on from there.");
  }
  // One that was refused has made nothing of what is in the file.
  std::error_code error;
  if ((failed && !stored_) || !std::filesystem::exists(file_, error)) return settle(text, failed);
  makeFigures(kResamples, [this, text, failed](JobOutcome made, const QString& why) {
    settle(text, failed);
    if (made == JobOutcome::failed) Q_EMIT said(why, true);
  });
}

void SplitResults::settle(const QString& text, bool error) {
  running_ = false;
  Q_EMIT runningChanged(false);
  Q_EMIT said(text, error);
}

void SplitResults::makeFigures(int resamples, JobRunner::Ended ended) {
  const int number = ++figuresNumber_;
  reports_.stop(figuresJob_);
  figuresJob_ = reports_.start(
      JobKind::figures, tr("Intervals"),
      [this, number, resamples, file = file_](const Progress& progress) -> JobRunner::Finish {
        auto made = std::make_shared<Made>(make(file, resamples, progress));
        return [this, number, made] {
          if (number != figuresNumber_) return;
          report_ = made->report;
          figures_ = std::move(made->figures);
          images_.clear();
          skipped_.clear();
          if (report_) {
            const QString done =
                made->least == made->most
                    ? shownNumber(made->most)
                    : tr("%1 to %2").arg(shownNumber(made->least), shownNumber(made->most));
            images_ = tr("%1 of %2 images").arg(done, shownNumber(made->planned));
            QStringList named;
            for (const RunReport& run : report_->runs)
              if (!run.skipped.empty())
                named << tr("%1 on %Ln image(s)", nullptr, static_cast<int>(run.skipped.size()))
                             .arg(QString::fromStdString(run.run.title));
            if (named.size() > kNamed) named = named.mid(0, kNamed) << QStringLiteral("\u2026");
            if (!named.empty()) skipped_ = tr("Could not be measured: %1.").arg(clauseText(named));
          }
          Q_EMIT figuresChanged();
        };
      },
      std::move(ended));
}

const StoredRun* SplitResults::run(std::int64_t id) const {
  if (!report_) return nullptr;
  const auto found = std::find_if(report_->runs.begin(), report_->runs.end(),
                                  [id](const RunReport& run) { return run.run.id == id; });
  return found == report_->runs.end() ? nullptr : &found->run;
}

void SplitResults::readDamage(std::int64_t run, std::optional<Task> task,
                              std::function<void(const Damage&)> read) {
  reports_.start(
      JobKind::figures, tr("Images"),
      [run, task, read = std::move(read), file = file_](const Progress&) -> JobRunner::Finish {
        const ResultStore store = ResultStore::open(file);
        const auto names = store.images();
        const auto clean = store.measures(0);
        Damage damage;
        for (const auto& [image, attacked] : store.measures(run)) {
          const auto before = clean.find(image);
          const auto name = names.find(image);
          if (before == clean.end() || name == names.end()) continue;
          const double lost = lostShare(before->second, attacked, store.classes(), task);
          if (!std::isnan(lost)) damage[name->second] = lost;
        }
        return [damage, read] { read(damage); };
      },
      [this](JobOutcome outcome, const QString& sentence) {
        if (outcome == JobOutcome::failed) Q_EMIT said(sentence, true);
      });
}

std::string SplitResults::manifest(const std::string& figure) const {
  return report_ ? figureManifest(*report_, figure, "UniNet Workbench " UNINET_VERSION) : "{}";
}

}  // namespace uninet
