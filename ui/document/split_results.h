#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <vector>

#include <QElapsedTimer>
#include <QObject>

#include "attacks/sweep/sweep_plan.h"
#include "core/data/dataset.h"
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
  ~SplitResults() override;

  /// Goes on with the results in `file` if there are any.
  void start(const Engine& engine, std::shared_ptr<const Dataset> data, SweepPlan plan,
             std::size_t limit, const std::filesystem::path& file);
  /// What was computed stays.
  void stop() { jobs_.stop(); }
  bool running() const { return running_; }
  /// Shows results that are there already.
  void show(const std::filesystem::path& file);

  const std::vector<Figure>& figures() const { return figures_; }
  std::string manifest(const std::string& figure) const;

 Q_SIGNALS:
  void runningChanged(bool running);
  void progressed(const QString& title, qint64 done, qint64 total, double eta);
  void figuresChanged();
  void said(const QString& text, bool error);

 private:
  void finish(const QString& text, bool error);
  void makeFigures(int resamples);

  std::filesystem::path file_;
  std::shared_ptr<const SweepReport> report_;
  std::vector<Figure> figures_;
  bool running_ = false;
  QElapsedTimer sinceFigures_;
  JobRunner reports_;  ///< before jobs_, whose works post to it
  JobRunner jobs_;
};

}  // namespace uninet
