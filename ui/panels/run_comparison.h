#pragma once

#include <string>
#include <vector>

#include <QWidget>

#include "attacks/sweep/experiment.h"
#include "core/session/run_store.h"
#include "ui/panels/run_names.h"

class QLabel;
class QTableWidget;
class QTabWidget;
class QToolButton;

namespace uninet {

class FigureView;

/// A few runs side by side: bars of what they left, the same as numbers, and their options.
class RunComparison : public QWidget {
  Q_OBJECT
 public:
  struct Item {
    const KeptRun* run;  ///< need not outlive setRuns()
    const RunWords* words;
    const std::vector<RatioBar>* ratios;
  };
  explicit RunComparison(QWidget* parent = nullptr);

  /// In the order in which they stand side by side; empty: an invitation.
  void setRuns(const std::vector<Item>& items);
  /// What they share: "image 0 · PGD · ε 4".
  QString common() const;
  /// The chart as numbers, clean → attacked, one line a run and task.
  const std::string& ratiosCsv() const { return ratiosCsv_; }
  /// One line an option, those that differ first; one column a run.
  const std::string& optionsCsv() const { return optionsCsv_; }
  FigureView& bars() { return *bars_; }

 public Q_SLOTS:
  /// The table that is in front, or the numbers behind the bars.
  void copyCsv();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void showBars(const std::vector<Item>& items, const ComparedNames& names);
  void showRatios(const std::vector<Item>& items, const ComparedNames& names);
  void showOptions(const std::vector<Item>& items, const ComparedNames& names);
  void setTitles();
  void updateCommon();

  QLabel* common_;
  QTabWidget* tabs_;
  FigureView* bars_;
  QTableWidget *ratios_, *options_;
  QToolButton* copy_;
  std::string ratiosCsv_, optionsCsv_;
};

/// Whether more than one network made or measured them.
bool ofSeveralNetworks(const std::vector<RunComparison::Item>& items);
/// The metrics of runs as CSV, one line a run and task; of several networks with that which
/// measured the run and that which its image was attacked on.
std::string comparedCsv(const std::vector<RunComparison::Item>& items,
                        const std::vector<QString>& names);

}  // namespace uninet
