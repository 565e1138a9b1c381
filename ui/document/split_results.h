#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QElapsedTimer>
#include <QObject>

#include "attacks/sweep/sweep_plan.h"
#include "core/data/dataset.h"
#include "core/data/tasks.h"
#include "core/results/figures.h"
#include "model/engine/engine.h"
#include "ui/document/job_runner.h"

namespace uninet {

/// Sweeps over a split in the background, and the figures of their results. A sweep has its own
/// copy of the network and its own thread, so that the window goes on meanwhile; figures are made
/// anew while it runs.
class SplitResults : public QObject {
  Q_OBJECT
 public:
  /// `threads` and `seed` as configureCompute() takes them.
  SplitResults(int threads, std::uint64_t seed, QObject* parent = nullptr);

  /// Goes on with the results in `file` if there are any.
  void start(const Engine& engine, std::shared_ptr<const Dataset> data, SweepPlan plan,
             std::size_t limit, const std::filesystem::path& file);
  /// What was computed stays, and its figures are made.
  void stop() { jobs_.stop(sweepJob_); }
  /// From start() until the figures of everything that was computed are there.
  bool running() const { return running_; }
  /// Shows results that are there already, unless a sweep is running.
  void show(const std::filesystem::path& file);

  const std::vector<Figure>& figures() const { return figures_; }
  /// Of how many images the figures are: "12 of 50 images"; empty: there are none.
  const QString& images() const { return images_; }
  /// What their bars leave out, a sentence; empty: nothing.
  const QString& skipped() const { return skipped_; }
  std::string manifest(const std::string& figure) const;

  /// The run of the figures that a bar or cell stands for; nullptr: none.
  const StoredRun* run(std::int64_t id) const;
  /// Reads what that run did to each image: by name, the share that `task`, or the hardest hit one,
  /// lost, 0 … 1. `read` is told on this thread, unless said() tells that it failed.
  using Damage = std::map<std::string, double>;
  void readDamage(std::int64_t run, std::optional<Task> task,
                  std::function<void(const Damage&)> read);

 Q_SIGNALS:
  void runningChanged(bool running);
  void progressed(const QString& title, qint64 done, qint64 total, double eta);
  void figuresChanged();
  void said(const QString& text, bool error);
  /// As JobRunner::memoryShort().
  void memoryShort(const QString& title, const QString& details);

 private:
  void clear();
  void ended(JobOutcome outcome, const QString& text);
  void settle(const QString& text, bool error);
  void makeFigures(int resamples, JobRunner::Ended ended);

  std::filesystem::path file_;
  std::shared_ptr<const SweepReport> report_;
  std::vector<Figure> figures_;
  QString images_, skipped_;
  bool running_ = false;
  bool stored_ = false;  ///< whether the sweep that runs has computed anything
  std::size_t skippedRuns_ = 0;
  JobId sweepJob_ = 0, figuresJob_ = 0;
  int figuresNumber_ = 0;  ///< figures of an earlier state are dropped
  QElapsedTimer sinceFigures_;
  JobRunner reports_;  ///< before jobs_, whose works post to it
  JobRunner jobs_;
};

}  // namespace uninet
