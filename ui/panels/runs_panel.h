#pragma once

#include <cstdint>
#include <vector>

#include <QWidget>

#include "ui/panels/runs_model.h"

class QAction;
class QLineEdit;
class QMenu;
class QSplitter;
class QToolBar;
class QToolButton;

namespace uninet {

class RowTable;
class RunComparison;
class SortedTable;

/// The runs that are kept: a table to find, show, name and delete them, and beside it those that
/// are ticked, compared. Changes nothing but names and notes itself; whoever owns the runs does
/// what the signals ask and calls setRuns() again.
class RunsPanel : public QWidget {
  Q_OBJECT
 public:
  using Ids = std::vector<std::int64_t>;
  explicit RunsPanel(QWidget* parent = nullptr);

  void setRuns(std::vector<KeptRun> runs, RunsModel::Thumbnails thumbnails);
  /// As RunsModel::thumbnailCame().
  void thumbnailCame(std::int64_t id);
  /// The run that the canvas shows; 0: none.
  void setShown(std::int64_t id);
  /// "12 runs · 34 MB of 2 GB".
  void setDiskUse(std::uint64_t bytes, std::uint64_t budget);
  void setTicked(std::int64_t id, bool ticked);
  Ids ticked() const { return model_->ticked(); }
  /// Names that the table shows are the names of runs everywhere; empty: no such run.
  QString nameOf(std::int64_t id) const;
  RunComparison& comparison() { return *comparison_; }

 Q_SIGNALS:
  void showRequested(qint64 id);
  void runAgainRequested(qint64 id);
  void renamed(qint64 id, const QString& text);
  void noted(qint64 id, const QString& text);
  void pinned(qint64 id, bool pinned);
  void removeRequested(const std::vector<std::int64_t>& ids);
  void copyCommandRequested(qint64 id);
  /// The earlier run first.
  void wipeRequested(qint64 first, qint64 second);
  void exportRequested(const std::vector<std::int64_t>& ids);
  void tickedChanged(const std::vector<std::int64_t>& ids);
  void budgetRequested();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void makeActions();
  void setTitles();
  void layOut();
  void updateActions();
  void updateComparison();
  void updateEmpty();
  void updateDiskUse();
  void edit(int column);
  void toggleTick();
  /// Makes the columns as wide as the table: the name gives way, then what is least needed is
  /// hidden. Not any more once a person has dragged one.
  void fitColumns();
  /// Of the current row; 0: none.
  std::int64_t currentId() const;
  Ids chosenIds() const;

  RunsModel* model_;
  SortedTable* sorted_;
  RowTable* table_;
  RunComparison* comparison_;
  QSplitter* splitter_;
  QLineEdit* search_;
  QToolBar* bar_;
  QToolButton *more_, *disk_;
  QMenu* menu_;
  QAction *show_, *again_, *rename_, *note_, *pin_, *remove_, *copy_, *wipe_, *export_, *tick_;
  std::uint64_t bytes_ = 0, budget_ = 0;
  int nameWidth_ = 0;     ///< of the names of runs, where there is room
  bool dragged_ = false;  ///< a column, by a person
};

}  // namespace uninet
