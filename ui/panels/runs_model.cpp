#include "ui/panels/runs_model.h"

#include <QDateTime>
#include <QFont>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <limits>

#include "attacks/sweep/keep_run.h"
#include "ui/document/text.h"
#include "ui/panels/run_options.h"
#include "ui/panels/sorted_table.h"

namespace uninet {
namespace {

/// Ids are given once in a session, and another session has the same ones.
bool sameRun(const KeptRun& a, const KeptRun& b) {
  return a.id == b.id && a.time == b.time && a.image == b.image &&
         a.imageFingerprint == b.imageFingerprint && a.networkHash == b.networkHash &&
         a.attack == b.attack && a.options == b.options && a.region == b.region &&
         a.manifest == b.manifest;
}

QString text(const std::string& value) { return QString::fromStdString(value); }

QDateTime timeOf(const KeptRun& run) {
  QDateTime time = QDateTime::fromString(text(run.time), Qt::ISODate);
  time.setTimeSpec(Qt::UTC);
  return time;
}

/// Mean over the tasks that have one; NaN: none has.
double meanRatio(const std::vector<RatioBar>& ratios) {
  double sum = 0;
  int count = 0;
  for (const RatioBar& bar : ratios)
    if (std::isfinite(bar.ratio)) {
      sum += bar.ratio;
      ++count;
    }
  return count == 0 ? Metrics::kNone : sum / count;
}

QString ratiosText(const std::vector<RatioBar>& ratios) {
  QStringList parts;
  for (const RatioBar& bar : ratios) parts << ratioText(bar.ratio);
  return parts.join(QLatin1Char(' '));
}

}  // namespace

QString ratioText(double ratio) {
  return std::isfinite(ratio) ? shownNumber(ratio, 'f', 2) : QStringLiteral("\u2013");
}

std::vector<RatioBar> ratiosOf(const KeptRun& run) {
  const auto metricsOf = [&run](const ImageMeasures& measures) {
    const bool fits = run.classes != nullptr &&
                      measures.semanticClasses == run.classes->semantic.size() &&
                      measures.instanceClasses == run.classes->instance.size();
    return fits ? MeasureSet({measures}, run.classes).metrics() : Metrics();
  };
  return metricRatios(metricsOf(run.clean), metricsOf(run.attacked));
}

RunsModel::Entry RunsModel::entryOf(KeptRun run) {
  Entry entry;
  entry.run = std::move(run);
  entry.ratios = ratiosOf(entry.run);
  readTexts(entry);
  return entry;
}

void RunsModel::readTexts(Entry& entry) {
  entry.words = runWords(entry.run);
  const std::vector<RunOption> options = runOptions(entry.run);
  const RunOption* objective = findOption(options, "objective");
  entry.colour = text(objective == nullptr ? entry.run.attack : objective->value);
  const RunOption* epsilon = findOption(options, "epsilon");
  if (epsilon == nullptr || !epsilon->number) return;
  const bool bounded = *epsilon->number >= 0;
  entry.epsilonValue = bounded ? *epsilon->number : std::numeric_limits<double>::infinity();
  entry.epsilon =
      bounded ? shownNumber(*epsilon->number, 'g', QLocale::FloatingPointShortest) : epsilon->shown;
  if (const RunOption* norm = findOption(options, "norm");
      bounded && norm != nullptr && norm->value != "linf")
    entry.epsilon += QStringLiteral(" (%1)").arg(norm->shown.section(QStringLiteral(" ("), 0, 0));
}

void RunsModel::setRuns(std::vector<KeptRun> runs, Thumbnails thumbnails) {
  thumbnails_ = std::move(thumbnails);
  std::sort(runs.begin(), runs.end(),
            [](const KeptRun& a, const KeptRun& b) { return a.id < b.id; });
  bool ticksChanged = false;
  for (int row = rowCount() - 1; row >= 0; --row)
    if (std::none_of(runs.begin(), runs.end(),
                     [&](const KeptRun& run) { return sameRun(run, entry(row).run); })) {
      ticksChanged = ticksChanged || entry(row).ticked;
      beginRemoveRows({}, row, row);
      entries_.erase(entries_.begin() + row);
      endRemoveRows();
    }
  // What is left is in the new list, and both are sorted.
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const int row = static_cast<int>(i);
    if (row < rowCount() && entry(row).run.id == runs[i].id) {
      KeptRun& kept = entry(row).run;
      if (kept.name == runs[i].name && kept.note == runs[i].note && kept.pinned == runs[i].pinned)
        continue;
      kept.name = runs[i].name;
      kept.note = runs[i].note;
      kept.pinned = runs[i].pinned;
      readTexts(entry(row));
      rowChanged(row);
      continue;
    }
    beginInsertRows({}, row, row);
    entries_.insert(entries_.begin() + row, entryOf(std::move(runs[i])));
    endInsertRows();
  }
  nameAll();
  if (ticksChanged) Q_EMIT tickedChanged();
}

void RunsModel::rowChanged(int row) {
  Q_EMIT dataChanged(index(row, 0), index(row, columnsEnd - 1));
}

void RunsModel::thumbnailCame(std::int64_t id) {
  const int row = rowOf(id);
  if (row < 0) return;
  entry(row).thumbnail.reset();
  Q_EMIT dataChanged(index(row, image), index(row, image), {Qt::DecorationRole});
}

void RunsModel::nameAll() {
  std::vector<const RunWords*> words;
  for (const Entry& entry : entries_) words.push_back(&entry.words);
  const std::vector<QString> names = namesOf(words);
  for (int row = 0; row < rowCount(); ++row) {
    const QString& made = names[static_cast<std::size_t>(row)];
    if (entry(row).name == made) continue;
    entry(row).name = made;
    rowChanged(row);
  }
}

void RunsModel::retranslate() {
  for (Entry& entry : entries_) readTexts(entry);
  nameAll();
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnsEnd - 1);
}

void RunsModel::setShown(std::int64_t id) {
  if (id == shown_) return;
  const int before = rowOf(shown_), after = rowOf(id);
  shown_ = id;
  for (const int row : {before, after})
    if (row >= 0) rowChanged(row);
}

int RunsModel::rowOf(std::int64_t id) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), id,
                       [](const Entry& entry, std::int64_t value) { return entry.run.id < value; });
  return found == entries_.end() || found->run.id != id
             ? -1
             : static_cast<int>(found - entries_.begin());
}

std::vector<std::int64_t> RunsModel::ticked() const {
  std::vector<std::int64_t> ids;
  for (const Entry& entry : entries_)
    if (entry.ticked) ids.push_back(entry.run.id);
  return ids;
}

void RunsModel::setTicked(std::int64_t id, bool ticked) {
  const int row = rowOf(id);
  if (row < 0 || entry(row).ticked == ticked) return;
  entry(row).ticked = ticked;
  Q_EMIT dataChanged(index(row, tick), index(row, tick));
  Q_EMIT tickedChanged();
}

int RunsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(entries_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columnsEnd;
}

QVariant RunsModel::shown(const Entry& entry, int column) const {
  switch (column) {
    case image:
      return text(entry.run.image);
    case name:
      return entry.name;
    case retained:
      return ratiosText(entry.ratios);
    case strength:
      return entry.epsilonValue ? entry.epsilon : QStringLiteral("\u2013");
    case seed:
      return QLocale().toString(qulonglong{entry.run.facts.seed});
    case seconds:
      // The sign of a stop; the tool tip says at which iteration.
      return (entry.run.stopped ? QStringLiteral("\u25aa ") : QString()) +
             tr("%1 s").arg(shownNumber(entry.run.facts.seconds, 'f', 1));
    case when:
      return QLocale().toString(timeOf(entry.run).toLocalTime(), QLocale::ShortFormat);
    case note:
      return text(entry.run.note);
    default:
      return {};
  }
}

QVariant RunsModel::sortValue(const Entry& entry, int column) const {
  switch (column) {
    case tick:
      return entry.ticked ? 0.0 : 1.0;
    case retained:
      return meanRatio(entry.ratios);
    case strength:
      return entry.epsilonValue ? QVariant(*entry.epsilonValue) : QVariant();
    case seed:
      return static_cast<double>(entry.run.facts.seed);
    case seconds:
      return entry.run.facts.seconds;
    case when:
      return static_cast<double>(timeOf(entry.run).toMSecsSinceEpoch());
    case note:
      return entry.run.note.empty() ? QVariant() : QVariant(text(entry.run.note));
    default:
      return shown(entry, column);
  }
}

QString RunsModel::toolTip(const Entry& entry, int column) const {
  QStringList lines;
  if (column == retained) {
    for (const RatioBar& bar : entry.ratios) {
      const TaskInfo& info = taskInfo(bar.task);
      lines << tr("%1, %2: %3 \u2192 %4, ratio %5")
                   .arg(labelText(info.title), labelText(info.metricTitle),
                        shownNumber(bar.clean, 'g', 4), shownNumber(bar.attacked, 'g', 4),
                        ratioText(bar.ratio));
    }
    return lines.join(QLatin1Char('\n'));
  }
  lines << entry.name << tr("image %1, %2").arg(text(entry.run.image), text(entry.run.data))
        << (entry.run.attackedOn.empty()
                ? tr("network %1").arg(text(entry.run.network))
                : tr("attacked on network %1, measured on %2")
                      .arg(text(entry.run.attackedOn), text(entry.run.network)));
  if (const std::string precision = precisionOf(entry.run); precision != "float32")
    lines << tr("gradients in %1").arg(text(precision));
  if (entry.run.stopped)
    lines << tr("stopped at %1 of %2; the best image so far was kept")
                 .arg(shownNumber(qint64{entry.run.facts.iterationsDone}),
                      shownNumber(qint64{entry.run.facts.iterationsPlanned}));
  if (entry.run.pinned) lines << tr("pinned: never removed to make room");
  if (entry.run.id == shown_) lines << tr("shown now");
  if (!entry.run.note.empty()) lines << text(entry.run.note);
  return lines.join(QLatin1Char('\n'));
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Entry& entry = this->entry(index.row());
  const int column = index.column();
  switch (role) {
    case Qt::DisplayRole:
      return shown(entry, column);
    case Qt::EditRole:
      return column == note ? QVariant(text(entry.run.note)) : shown(entry, column);
    case Qt::CheckStateRole:
      return column == tick ? QVariant(entry.ticked ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::DecorationRole:
      if (column != image) return {};
      if (!entry.thumbnail) {
        entry.thumbnail = QPixmap::fromImage(thumbnails_ ? thumbnails_(entry.run.id) : QImage());
        // Half its pixels wide, so that it is sharp on a screen of twice the density.
        entry.thumbnail->setDevicePixelRatio(2);
      }
      return entry.thumbnail->isNull() ? QVariant() : QVariant(*entry.thumbnail);
    case Qt::FontRole: {
      if (entry.run.id != shown_ || column != name) return {};
      QFont font;
      font.setBold(true);
      return font;
    }
    case Qt::TextAlignmentRole:
      return QVariant(column == strength || column == seed || column == seconds
                          ? Qt::AlignRight | Qt::AlignVCenter
                          : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
      return toolTip(entry, column);
    case Qt::AccessibleTextRole:
      if (column == tick) return tr("compare %1").arg(entry.name);
      if (column == name && entry.run.id == shown_) return tr("%1, shown now").arg(entry.name);
      return {};
    case Qt::AccessibleDescriptionRole:
      return toolTip(entry, column);
    case idRole:
      return qint64{entry.run.id};
    case colourRole:
      return entry.colour;
    case ratiosRole: {
      QVariantList ratios;
      for (const RatioBar& bar : entry.ratios) ratios << bar.ratio;
      return ratios;
    }
    case pinnedRole:
      return entry.run.pinned;
    case shownRole:
      return entry.run.id == shown_;
    case SortedTable::sortRole:
      return sortValue(entry, column);
    case SortedTable::tieRole:
      return static_cast<double>(entry.run.id);
    case SortedTable::wordsRole:
      return QStringList{entry.name,
                         entry.words.method,
                         entry.words.aim,
                         entry.words.strength,
                         text(entry.run.image),
                         text(entry.run.note),
                         text(entry.run.preset),
                         text(entry.run.data),
                         entry.words.network}
          .join(QLatin1Char('\n'));
    default:
      return {};
  }
}

bool RunsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (!index.isValid()) return false;
  Entry& entry = this->entry(index.row());
  const qint64 id = entry.run.id;
  if (role == Qt::CheckStateRole && index.column() == tick) {
    setTicked(id, value.toInt() == Qt::Checked);
    return true;
  }
  if (role != Qt::EditRole) return false;
  const QString given = value.toString().simplified();
  if (index.column() == name) {
    // The made name, left as it was offered, stays a made one.
    if (given == entry.name || given == text(entry.run.name)) return true;
    entry.run.name = given.toStdString();
    readTexts(entry);
    nameAll();
    rowChanged(index.row());
    Q_EMIT renamed(id, given);
    return true;
  }
  if (index.column() != note) return false;
  if (given == text(entry.run.note)) return true;
  entry.run.note = given.toStdString();
  rowChanged(index.row());
  Q_EMIT noted(id, given);
  return true;
}

Qt::ItemFlags RunsModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index) | Qt::ItemNeverHasChildren;
  if (!index.isValid()) return Qt::NoItemFlags;
  if (index.column() == tick) flags |= Qt::ItemIsUserCheckable;
  if (index.column() == name || index.column() == note) flags |= Qt::ItemIsEditable;
  return flags;
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && section < columnsEnd && section >= strength &&
      section <= seconds)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole) {
    if (section == tick) return tr("Compare: ticked runs stand side by side");
    if (section == strength) return tr("Strength, in 8-bit pixel values (2 = 2/255)");
    if (section == retained) {
      QStringList names;
      for (const TaskInfo& info : tasks())
        names << tr("%1: %2").arg(QString::fromUtf8(info.shortName), labelText(info.title));
      return tr("Share of each task's performance that the attack leaves on this image; sorted by "
                "its mean.") +
             QLatin1Char('\n') + names.join(QLatin1Char('\n'));
    }
    return {};
  }
  if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
  switch (section) {
    case tick:
      return role == Qt::AccessibleTextRole ? tr("Compare") : QString();
    case image:
      return tr("Image");
    case name:
      return tr("Run");
    case retained: {
      QStringList names{tr("Retained")};
      for (const TaskInfo& info : tasks()) names << QString::fromUtf8(info.shortName);
      return names.join(QLatin1Char(' '));
    }
    case strength:
      return tr("\u03b5");
    case seed:
      return tr("Seed");
    case seconds:
      return tr("Time");
    case when:
      return tr("When");
    case note:
      return tr("Note");
    default:
      return {};
  }
}

}  // namespace uninet
