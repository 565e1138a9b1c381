#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QImage>
#include <QPixmap>

#include "attacks/sweep/experiment.h"
#include "core/session/run_store.h"
#include "ui/panels/run_names.h"

namespace uninet {

/// The runs of a session as a table, by id. Names and notes can be edited, rows ticked; what a
/// person changes stands at once and is told.
class RunsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { tick, image, name, retained, strength, seed, seconds, when, note, columnsEnd };
  /// Beside those of SortedTable; for every column of a row.
  enum Role {
    idRole = Qt::UserRole + 1,
    colourRole,  ///< QString: key of the colour, an objective or attack
    ratiosRole,  ///< QVariantList of double in the order of tasks(); NaN: undefined
    pinnedRole,
    shownRole,  ///< whether it is the run that the canvas shows
  };
  /// Called when a row is seen for the first time, and again after thumbnailCame(); a null image
  /// where there is none, or none yet.
  using Thumbnails = std::function<QImage(std::int64_t id)>;

  using QAbstractTableModel::QAbstractTableModel;

  /// The runs as they are now, in any order. Rows that stay keep their place, tick and selection.
  void setRuns(std::vector<KeptRun> runs, Thumbnails thumbnails);
  /// The thumbnail of this run, which was null when it was asked for, is there.
  void thumbnailCame(std::int64_t id);
  /// Marks one run; 0: none.
  void setShown(std::int64_t id);
  /// Makes all texts again, in another language.
  void retranslate();

  /// −1: not there.
  int rowOf(std::int64_t id) const;
  const KeptRun& run(int row) const { return entry(row).run; }
  const QString& nameOf(int row) const { return entry(row).name; }
  const RunWords& words(int row) const { return entry(row).words; }
  /// One per task in the order of tasks().
  const std::vector<RatioBar>& ratios(int row) const { return entry(row).ratios; }
  /// By rising id.
  std::vector<std::int64_t> ticked() const;
  void setTicked(std::int64_t id, bool ticked);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;
  QVariant headerData(int section, Qt::Orientation orientation,
                      int role = Qt::DisplayRole) const override;

 Q_SIGNALS:
  /// By a person; an empty text: the made name again.
  void renamed(qint64 id, const QString& text);
  void noted(qint64 id, const QString& text);
  void tickedChanged();

 private:
  struct Entry {
    KeptRun run;
    RunWords words;
    QString name, epsilon;
    std::optional<double> epsilonValue;  ///< infinite: unbounded
    QString colour;
    std::vector<RatioBar> ratios;
    mutable std::optional<QPixmap> thumbnail;
    bool ticked = false;
  };
  static Entry entryOf(KeptRun run);
  static void readTexts(Entry& entry);
  const Entry& entry(int row) const { return entries_[static_cast<std::size_t>(row)]; }
  Entry& entry(int row) { return entries_[static_cast<std::size_t>(row)]; }
  QVariant shown(const Entry& entry, int column) const;
  QVariant sortValue(const Entry& entry, int column) const;
  QString toolTip(const Entry& entry, int column) const;
  void rowChanged(int row);
  void nameAll();

  std::vector<Entry> entries_;  ///< by rising id
  Thumbnails thumbnails_;
  std::int64_t shown_ = 0;
};

/// The ratios of a run: of the metrics of its image; NaN where undefined.
std::vector<RatioBar> ratiosOf(const KeptRun& run);
/// "0.03", "–" where there is none.
QString ratioText(double ratio);

}  // namespace uninet
