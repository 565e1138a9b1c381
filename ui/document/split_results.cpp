#include "ui/document/split_results.h"

#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/log.h"

namespace uninet {
namespace {

/// While a sweep runs the intervals are rougher, and computed this often.
constexpr int kLiveResamples = 100, kResamples = 1000;
constexpr qint64 kLiveMs = 5000;

}  // namespace

SplitResults::SplitResults(int threads, std::uint64_t seed, QObject* parent)
    : QObject(parent),
      reports_([] {}),
      jobs_([threads, seed] { configureCompute(threads, seed); }) {
  connect(&jobs_, &JobRunner::progressed, this, &SplitResults::progressed);
  connect(&jobs_, &JobRunner::failed, this,
          [this](const QString& sentence) { finish(sentence, true); });
  connect(&jobs_, &JobRunner::cancelled, this, [this] {
    finish(tr("The sweep was stopped; starting it again goes on from there."), false);
  });
  connect(&reports_, &JobRunner::failed, this, [this](const QString& sentence) {
    if (!running_) Q_EMIT said(sentence, true);
  });
}

SplitResults::~SplitResults() {
  reports_.stop();
  jobs_.stop();
}

void SplitResults::start(const Engine& engine, std::shared_ptr<const Dataset> data, SweepPlan plan,
                         std::size_t limit, const std::filesystem::path& file) {
  if (running_) return;
  running_ = true;
  file_ = file;
  sinceFigures_.start();
  Q_EMIT runningChanged(true);
  jobs_.start(
      tr("Evaluating %1").arg(QString::fromStdString(plan.name)),
      [this, engine, data = std::move(data), plan = std::move(plan), limit,
       file](const Progress& progress) -> JobRunner::Finish {
        const Engine own = engine.separateCopy();
        const SweepSummary summary = runSweep(own, *data, plan, limit, file, progress, [this] {
          jobs_.post([this] {
            if (sinceFigures_.elapsed() < kLiveMs || reports_.busy()) return;
            sinceFigures_.restart();
            makeFigures(kLiveResamples);
          });
        });
        logInfo(concat("sweep ", plan.name, ": ", summary.pairs, " attacks in ",
                       summary.wallSeconds, " s, ", summary.skipped, " skipped"));
        return [this, file, skipped = summary.skipped] {
          QString text = tr("The sweep is done: %1.").arg(QString::fromStdString(file.string()));
          if (skipped > 0)
            text +=
                tr(" %n attack(s) were skipped, see the log.", nullptr, static_cast<int>(skipped));
          finish(text, false);
        };
      });
}

void SplitResults::show(const std::filesystem::path& file) {
  if (running_) return;
  file_ = file;
  makeFigures(kResamples);
}

void SplitResults::finish(const QString& text, bool error) {
  running_ = false;
  Q_EMIT runningChanged(false);
  Q_EMIT said(text, error);
  if (!error) makeFigures(kResamples);
}

void SplitResults::makeFigures(int resamples) {
  reports_.start(tr("Intervals"),
                 [this, resamples, file = file_](const Progress& progress) -> JobRunner::Finish {
                   const ResultStore store = ResultStore::open(file);
                   // Before the first image is through there is nothing to show.
                   if (store.finished().empty()) return [] {};
                   auto report = std::make_shared<const SweepReport>(
                       reportOf(store, {resamples, 0}, progress));
                   auto figures = std::make_shared<std::vector<Figure>>(figuresOf(*report, store));
                   return [this, report, figures] {
                     report_ = report;
                     figures_ = std::move(*figures);
                     Q_EMIT figuresChanged();
                   };
                 });
}

std::string SplitResults::manifest(const std::string& figure) const {
  return report_ ? figureManifest(*report_, figure, "UniNet Workbench " UNINET_VERSION) : "{}";
}

}  // namespace uninet
