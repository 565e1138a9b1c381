#include "ui/panels/objects_model.h"

#include <QSet>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/base/csv.h"
#include "core/outputs/palette.h"
#include "ui/document/text.h"
#include "ui/panels/sorted_table.h"

namespace uninet {
namespace {

/// Columns of one number and how many digits it has after the point.
struct NumberColumn {
  int column;
  double ObjectNumbers::*member;
  int digits;
};
constexpr std::array<NumberColumn, 5> kNumbers{{
    {ObjectsModel::score, &ObjectNumbers::score, 2},
    {ObjectsModel::aspect, &ObjectNumbers::aspect, 2},
    {ObjectsModel::maskIou, &ObjectNumbers::maskIou, 2},
    {ObjectsModel::depth, &ObjectNumbers::depthMetres, 1},
    {ObjectsModel::instDepth, &ObjectNumbers::instDepthMetres, 1},
}};

const NumberColumn* numberColumn(int column) {
  const auto found = std::find_if(kNumbers.begin(), kNumbers.end(),
                                  [column](const NumberColumn& n) { return n.column == column; });
  return found == kNumbers.end() ? nullptr : &*found;
}

const QString kNothing = QStringLiteral("\u2013");

/// One side of a cell, as the screen shows it.
QString numberText(const ObjectNumbers& side, int column) {
  if (column == ObjectsModel::box)
    return std::isfinite(side.width)
               ? QStringLiteral("%1\u00d7%2")
                     .arg(shownNumber(side.width, 'f', 0), shownNumber(side.height, 'f', 0))
               : kNothing;
  const NumberColumn* number = numberColumn(column);
  const double value = side.*(number->member);
  return std::isfinite(value) ? shownNumber(value, 'f', number->digits) : kNothing;
}

/// What a cell sorts by: of boxes their area.
double sortNumber(const ObjectNumbers& side, int column) {
  if (column == ObjectsModel::box) return side.width * side.height;
  return side.*(numberColumn(column)->member);
}

bool isPair(int column) { return column == ObjectsModel::box || numberColumn(column) != nullptr; }

QString classText(const ObjectNumbers& side) {
  return side.className.empty() ? kNothing : labelText(side.className.c_str());
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const ObjectNumbers& a, const ObjectNumbers& b) {
  return a.className == b.className && a.box == b.box && same(a.score, b.score) &&
         same(a.width, b.width) && same(a.height, b.height) && same(a.aspect, b.aspect) &&
         same(a.depthMetres, b.depthMetres) && same(a.instDepthMetres, b.instDepthMetres) &&
         same(a.maskIou, b.maskIou);
}

bool same(const ObjectRow& a, const ObjectRow& b) {
  return a.match.number == b.match.number && a.match.clean == b.match.clean &&
         a.match.attacked == b.match.attacked && a.match.truth == b.match.truth &&
         a.match.change == b.match.change && same(a.clean, b.clean) &&
         same(a.attacked, b.attacked) && same(a.truth, b.truth);
}

const char* changeKey(ObjectChange change) {
  static constexpr std::array<const char*, 6> kKeys{"same", "moved", "renamed",
                                                    "lost", "new",   "not found"};
  return kKeys[static_cast<std::size_t>(change)];
}

}  // namespace

QString changeText(ObjectChange change) {
  switch (change) {
    case ObjectChange::same:
      return ObjectsModel::tr("same");
    case ObjectChange::moved:
      return ObjectsModel::tr("moved");
    case ObjectChange::renamed:
      return ObjectsModel::tr("renamed");
    case ObjectChange::lost:
      return ObjectsModel::tr("lost");
    case ObjectChange::fresh:
      return ObjectsModel::tr("new");
    case ObjectChange::unseen:
      break;
  }
  return ObjectsModel::tr("not found");
}

QString changeGlyph(ObjectChange change) {
  static constexpr std::array<char16_t, 6> kGlyphs{u'=',      u'\u2194', u'\u2260',
                                                   u'\u2212', u'+',      u'?'};
  return QString(QChar(kGlyphs[static_cast<std::size_t>(change)]));
}

std::string objectsCsv(const std::vector<const ObjectRow*>& rows) {
  struct Value {
    const char* name;
    double ObjectNumbers::*member;
  };
  static constexpr std::array<Value, 7> kValues{
      {{"score", &ObjectNumbers::score},
       {"width", &ObjectNumbers::width},
       {"height", &ObjectNumbers::height},
       {"aspect", &ObjectNumbers::aspect},
       {"mask_iou", &ObjectNumbers::maskIou},
       {"depth_m", &ObjectNumbers::depthMetres},
       {"inst_depth_m", &ObjectNumbers::instDepthMetres}}};
  static constexpr std::array<ObjectNumbers ObjectRow::*, 3> kSides{
      &ObjectRow::clean, &ObjectRow::attacked, &ObjectRow::truth};
  static constexpr std::array<const char*, 3> kSideNames{"clean", "attacked", "truth"};
  std::vector<std::string> cells{"object", "change"};
  for (const char* side : kSideNames) cells.push_back(std::string("class_") + side);
  for (const Value& value : kValues)
    for (const char* side : kSideNames) cells.push_back(std::string(value.name) + "_" + side);
  std::string text = csvLine(cells);
  for (const ObjectRow* row : rows) {
    cells = {std::to_string(row->match.number), changeKey(row->match.change)};
    for (const auto side : kSides) cells.push_back((row->*side).className);
    for (const Value& value : kValues)
      for (const auto side : kSides) cells.push_back(csvNumber((row->*side).*(value.member)));
    text += csvLine(cells);
  }
  return text;
}

void ObjectsModel::setRows(std::vector<ObjectRow> rows, bool compared) {
  const bool redraw = compared != compared_;
  compared_ = compared;
  const auto numberOf = [](const ObjectRow& row) { return row.match.number; };
  // In a fixed order a new prediction is a merge; what a person sees is sorted above this model.
  std::sort(rows.begin(), rows.end(),
            [&](const ObjectRow& a, const ObjectRow& b) { return numberOf(a) < numberOf(b); });
  QSet<int> numbers;
  for (const ObjectRow& row : rows) numbers.insert(numberOf(row));
  for (int i = rowCount() - 1; i >= 0; --i)
    if (!numbers.contains(numberOf(row(i)))) {
      beginRemoveRows({}, i, i);
      rows_.erase(rows_.begin() + i);
      endRemoveRows();
    }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int at = static_cast<int>(i);
    if (at < rowCount() && numberOf(row(at)) == numberOf(rows[i])) {
      const bool changed = redraw || !same(row(at), rows[i]);
      rows_[i] = std::move(rows[i]);
      if (changed) Q_EMIT dataChanged(index(at, 0), index(at, columnsEnd - 1));
      continue;
    }
    beginInsertRows({}, at, at);
    rows_.insert(rows_.begin() + at, std::move(rows[i]));
    endInsertRows();
  }
}

void ObjectsModel::setHovered(int number) {
  if (number == hovered_) return;
  const int before = rowOf(hovered_), after = rowOf(number);
  hovered_ = number;
  for (const int at : {before, after})
    if (at >= 0) Q_EMIT dataChanged(index(at, 0), index(at, columnsEnd - 1), {hoveredRole});
}

void ObjectsModel::retranslate() {
  if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsEnd - 1));
  Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnsEnd - 1);
}

int ObjectsModel::rowOf(int number) const {
  const auto found =
      std::lower_bound(rows_.begin(), rows_.end(), number,
                       [](const ObjectRow& row, int value) { return row.match.number < value; });
  return found == rows_.end() || found->match.number != number
             ? -1
             : static_cast<int>(found - rows_.begin());
}

int ObjectsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ObjectsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : columnsEnd;
}

QStringList ObjectsModel::pairOf(const ObjectRow& row, int column) const {
  QStringList pair{numberText(row.clean, column)};
  if (compared_) pair << numberText(row.attacked, column);
  return pair;
}

QString ObjectsModel::shown(const ObjectRow& row, int column) const {
  switch (column) {
    case object:
      return shownNumber(qint64{row.match.number});
    case change:
      // Before an attack nothing has changed, and a person has not been told otherwise.
      return compared_ || row.match.change == ObjectChange::unseen ? changeText(row.match.change)
                                                                   : kNothing;
    case className: {
      const QString clean = classText(row.clean), attacked = classText(row.attacked);
      return compared_ && clean != attacked ? QStringLiteral("%1 \u2192 %2").arg(clean, attacked)
                                            : clean;
    }
    case truth:
      return classText(row.truth);
    default:
      return pairOf(row, column).join(QStringLiteral(" \u2192 "));
  }
}

QString ObjectsModel::toolTip(const ObjectRow& row, int column) const {
  if (!isPair(column) || row.match.truth < 0)
    return tr("Object %1: %2").arg(shownNumber(qint64{row.match.number}), shown(row, change));
  return tr("%1; truth: %2").arg(shown(row, column), numberText(row.truth, column));
}

QVariant ObjectsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const ObjectRow& row = this->row(index.row());
  const int column = index.column();
  const auto number = [](double value) { return QVariant(value); };
  switch (role) {
    case Qt::DisplayRole:
      return shown(row, column);
    case Qt::TextAlignmentRole:
      return QVariant(isPair(column) ? Qt::AlignRight | Qt::AlignVCenter
                                     : Qt::AlignLeft | Qt::AlignVCenter);
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
      return toolTip(row, column);
    case numberRole:
      return row.match.number;
    case colourRole: {
      const cv::Vec3b colour = instanceColour(row.match.number);
      return QColor(colour[0], colour[1], colour[2]);
    }
    case pairRole:
      return isPair(column) ? QVariant(pairOf(row, column)) : QVariant();
    case glyphRole:
      return compared_ || row.match.change == ObjectChange::unseen
                 ? QVariant(changeGlyph(row.match.change))
                 : QVariant();
    case hoveredRole:
      return row.match.number == hovered_;
    case SortedTable::sortRole:
      if (isPair(column)) return number(sortNumber(row.clean, column));
      if (column == object) return number(row.match.number);
      if (column == change) return number(static_cast<int>(row.match.change));
      if (column == truth && row.truth.className.empty()) return {};
      return shown(row, column);
    case SortedTable::tieRole:
      return number(isPair(column) ? sortNumber(row.attacked, column) : row.match.number);
    case SortedTable::wordsRole:
      return QStringList{shown(row, object), shown(row, change), shown(row, className),
                         shown(row, truth)}
          .join(QLatin1Char('\n'));
    case SortedTable::categoryRole:
      return static_cast<int>(row.match.change);
    default:
      return {};
  }
}

QVariant ObjectsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || section >= columnsEnd) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(isPair(section) ? Qt::AlignHCenter | Qt::AlignVCenter
                                    : Qt::AlignLeft | Qt::AlignVCenter);
  if (role == Qt::ToolTipRole && isPair(section))
    return section == box ? tr("Width \u00d7 height in pixels of the network input, clean \u2192 "
                               "attacked; sorted by the clean area")
                          : tr("Clean \u2192 attacked; sorted by the clean value");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case object:
      return tr("Object");
    case change:
      return tr("Change");
    case className:
      return tr("Class");
    case truth:
      return tr("Truth");
    case score:
      return tr("Score");
    case box:
      return tr("Box (px)");
    case aspect:
      return tr("Aspect");
    case maskIou:
      return tr("Mask IoU");
    case depth:
      return tr("Depth (m)");
    default:
      return tr("Instance depth (m)");
  }
}

}  // namespace uninet
