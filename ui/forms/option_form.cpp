#include "ui/forms/option_form.h"

#include <QApplication>
#include <QGridLayout>
#include <QShortcut>
#include <QToolButton>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/numbers.h"
#include "ui/document/text.h"
#include "ui/forms/form_label.h"
#include "ui/forms/option_field.h"

namespace uninet {
namespace {

/// Names of options that are folded away, while all are as usual.
constexpr qsizetype kSummaryNames = 3;

QGridLayout* formGrid(QWidget* parent) {
  auto* grid = new QGridLayout(parent);
  grid->setContentsMargins(0, 0, 0, 0);
  // A column that is empty for now would lose its gap.
  grid->setHorizontalSpacing(0);
  grid->setVerticalSpacing(kRowGap);
  grid->setColumnMinimumWidth(0, kGutter);
  grid->setColumnStretch(2, 1);
  return grid;
}

/// Everything that is said about one option, a line each.
QString toolTipOf(const OptionRow& row, const OptionRow& first) {
  QStringList lines{labelText(row.help.c_str())};
  if (row.type == "number" || row.type == "integer") {
    QString limits =
        OptionForm::tr("%1 to %2")
            .arg(shownNumber(row.range.min, 'g', 16), shownNumber(row.range.max, 'g', 16));
    for (const SpecialValue& special : row.specials)
      limits = OptionForm::tr("%1, or %2").arg(limits, shownSpecial(special));
    lines << OptionForm::tr("Limits: %1").arg(limits);
  }
  if (row.fullScale > 0)
    lines << OptionForm::tr("In 8-bit pixel values: 2 px = 2/%1").arg(shownNumber(row.fullScale));
  else if (!row.unit.empty())
    lines << OptionForm::tr("In %1").arg(QString::fromStdString(row.unit));
  lines << OptionForm::tr("Default: %1").arg(shownValue(first));
  if (!row.paper.empty()) lines << OptionForm::tr("Paper: %1").arg(labelText(row.paper.c_str()));
  if (row.value != first.value)
    lines << OptionForm::tr("Ctrl+Shift+Backspace goes back to the default");
  return lines.join(QLatin1Char('\n'));
}

const OptionRow* rowOf(const std::vector<OptionRow>& rows, const std::string& key) {
  const auto found = std::find_if(rows.begin(), rows.end(),
                                  [&key](const OptionRow& row) { return row.key == key; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

OptionForm::OptionForm(QWidget* parent)
    : QWidget(parent),
      advancedRows_(new QWidget(this)),
      disclosure_(new QToolButton(this)),
      summary_(new QLabel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kRowGap);
  auto* top = new QWidget(this);
  essentials_ = formGrid(top);
  column->addWidget(top);

  disclosure_->setObjectName(QStringLiteral("advanced"));
  disclosure_->setText(tr("Advanced"));
  disclosure_->setAutoRaise(true);
  disclosure_->setArrowType(Qt::RightArrow);
  disclosure_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  disclosure_->setFocusPolicy(Qt::StrongFocus);
  disclosure_->setAccessibleName(tr("Advanced options"));
  disclosure_->setToolTip(tr("Shows or hides the options that most people leave alone"));
  summary_->setObjectName(QStringLiteral("advanced-summary"));
  summary_->setFont(noteFont(font()));
  summary_->setWordWrap(true);
  auto* fold = new QHBoxLayout;
  fold->setContentsMargins(kGutter, 0, 0, 0);
  fold->setSpacing(kColumnGap);
  fold->addWidget(disclosure_, 0, Qt::AlignLeft | Qt::AlignTop);
  fold->addWidget(summary_, 1);
  column->addLayout(fold);
  advanced_ = formGrid(advancedRows_);
  column->addWidget(advancedRows_);

  connect(disclosure_, &QToolButton::clicked, this, [this] { setAdvancedShown(!advancedShown_); });
  setAdvancedShown(false);
  auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Backspace), this);
  shortcut->setContext(Qt::WidgetWithChildrenShortcut);
  connect(shortcut, &QShortcut::activated, this, &OptionForm::resetFocused);
}

OptionForm::~OptionForm() = default;

void OptionForm::setOptions(const Options& options) {
  for (const Row& row : rows_) {
    delete row.label;
    delete row.field;
    delete row.reset;
  }
  rows_.clear();
  options_ = options.clone();
  defaults_ = options.clone();
  for (const OptionRow& row : optionTable(options))
    addOption(row, row.advanced ? advanced_ : essentials_);
  placeOthers();
  refresh();
  setLabelWidth(labelWidth_);
}

void OptionForm::addOption(const OptionRow& row, QGridLayout* grid) {
  const QString name = labelText(row.label.c_str());
  const std::string key = row.key;
  QWidget* parent = grid->parentWidget();
  auto* field = OptionField::make(row, parent);
  auto* label = new FormLabel(name, parent);
  label->setBuddy(field->editor());
  auto* reset = new QToolButton(parent);
  reset->setObjectName(QString::fromStdString(key) + QStringLiteral("-reset"));
  reset->setText(QStringLiteral("\u21ba"));
  reset->setAutoRaise(true);
  reset->setFixedSize(kResetButton, kResetButton + 8);
  reset->setFocusPolicy(Qt::TabFocus);
  reset->setAccessibleName(tr("Reset %1").arg(name));
  field->setClasses(classes_);
  field->setWords(words_[key]);

  const int at = rowsIn(grid);
  grid->addWidget(reset, at, 0);
  grid->addWidget(label, at, 1);
  grid->addWidget(field, at, 2);
  rows_.push_back({key, label, field, reset});
  connect(field, &OptionField::edited, this,
          [this, key](const QString& value) { set(key, value.toStdString(), true); });
  connect(field, &OptionField::dragged, this,
          [this, key](const QString& value) { set(key, value.toStdString(), false); });
  connect(reset, &QToolButton::clicked, this, [this, key, field] {
    field->editor()->setFocus();  // the button is about to vanish
    this->reset(key);
  });
}

int OptionForm::rowsIn(const QGridLayout* grid) const {
  return static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [grid](const Row& row) {
    return row.label->parentWidget() == grid->parentWidget();
  }));
}

void OptionForm::addRow(const QString& label, QWidget* field, bool advanced) {
  auto* text = new FormLabel(label, (advanced ? advanced_ : essentials_)->parentWidget());
  text->setBuddy(field);
  others_.push_back({text, field, advanced, {}});
  placeOthers();
}

void OptionForm::setChanged(const QWidget* field, const QString& value) {
  for (Other& other : others_)
    if (other.field == field) other.changed = value;
  if (options_) refreshSummary(optionTable(*options_));
}

void OptionForm::placeOthers() {
  // In the order of the rows, for the Tab key as well.
  for (QGridLayout* grid : {essentials_, advanced_}) {
    int at = rowsIn(grid);
    for (const Other& other : others_) {
      if (other.label->parentWidget() != grid->parentWidget()) continue;
      grid->removeWidget(other.label);
      grid->removeWidget(other.field);
      grid->addWidget(other.label, at, 1);
      grid->addWidget(other.field, at++, 2);
    }
  }
  QWidget* last = nullptr;
  const auto next = [&last](QWidget* widget) {
    for (auto* child : widget->findChildren<QWidget*>()) {
      if (child->focusPolicy() == Qt::NoFocus || child->focusProxy() != nullptr) continue;
      if (last != nullptr) setTabOrder(last, child);
      last = child;
    }
    if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() != nullptr) return;
    if (last != nullptr) setTabOrder(last, widget);
    last = widget;
  };
  const auto options = [&](const QGridLayout* grid) {
    for (const Row& row : rows_)
      if (row.label->parentWidget() == grid->parentWidget()) {
        next(row.field);
        next(row.reset);
      }
  };
  const auto others = [&](bool advanced) {
    for (const Other& other : others_)
      if (other.advanced == advanced) next(other.field);
  };
  options(essentials_);
  others(false);
  next(disclosure_);
  options(advanced_);
  others(true);
}

void OptionForm::setClasses(const Classes& classes) {
  if (sameClasses(classes, classes_)) return;
  classes_ = classes;
  for (const Row& row : rows_) row.field->setClasses(classes);
  if (options_) refresh();
}

void OptionForm::setWords(const std::string& key, const QStringList& words) {
  if (words_[key] == words) return;
  words_[key] = words;
  for (const Row& row : rows_)
    if (row.key == key) row.field->setWords(words);
  if (options_) refresh();
}

QString OptionForm::json() const {
  return options_ ? QString::fromStdString(toJson(*options_).dump()) : QString();
}

QString OptionForm::changedJson() const {
  return options_ ? QString::fromStdString(changedOptions(*options_, *defaults_).dump())
                  : QStringLiteral("{}");
}

void OptionForm::setJson(const QString& json) {
  fromJson(*options_, nlohmann::json::parse(json.toStdString()));
  beforeDrag_.clear();
  refresh();
}

void OptionForm::resetAll() {
  const QString before = json();
  options_ = defaults_->clone();
  refresh();
  if (json() != before) Q_EMIT edited(before, json());
}

void OptionForm::reset(const std::string& key) {
  const std::vector<OptionRow> first = optionTable(*defaults_);
  if (const OptionRow* row = rowOf(first, key)) set(key, row->value, true);
}

void OptionForm::resetFocused() {
  QWidget* focus = QApplication::focusWidget();
  for (const Row& row : rows_)
    if (focus != nullptr && (row.field->isAncestorOf(focus) || row.reset == focus)) {
      reset(row.key);
      return;
    }
}

void OptionForm::set(const std::string& key, const std::string& value, bool done) {
  const QString before = beforeDrag_.isEmpty() ? json() : beforeDrag_;
  setOption(*options_, key, value);
  refresh();
  beforeDrag_ = done ? QString() : before;
  if (done && json() != before) Q_EMIT edited(before, json());
}

void OptionForm::refresh() {
  const std::vector<OptionRow> rows = optionTable(*options_), first = optionTable(*defaults_);
  for (const Row& row : rows_) {
    const OptionRow& now = *rowOf(rows, row.key);
    QString measure;
    if (const OptionRow* choice = rowOf(rows, now.measuredBy)) measure = shownValue(*choice);
    row.field->setRow(now, measure);
    refreshRow(row, now, *rowOf(first, row.key));
  }
  refreshSummary(rows);
}

void OptionForm::refreshRow(const Row& row, const OptionRow& now, const OptionRow& first) {
  const QString name = labelText(now.label.c_str());
  QString tip = toolTipOf(now, first);
  if (const auto words = words_.find(row.key); words != words_.end() && !words->second.isEmpty())
    tip += QLatin1Char('\n') + tr("Here: %1").arg(words->second.join(QStringLiteral(", ")));
  row.field->describe(name, tip);
  row.label->setToolTip(tip);
  row.label->setVisible(now.applies);
  row.field->setVisible(now.applies);
  row.reset->setVisible(now.applies && now.value != first.value);
  row.reset->setToolTip(tr("Back to %1 (Ctrl+Shift+Backspace)").arg(shownValue(first)));
}

void OptionForm::refreshSummary(const std::vector<OptionRow>& rows) {
  const std::vector<OptionRow> first = optionTable(*defaults_);
  QStringList all, changed;
  for (const OptionRow& row : rows) {
    if (!row.advanced || !row.applies) continue;
    const QString name = labelText(row.label.c_str());
    all << name;
    if (row.value != rowOf(first, row.key)->value)
      changed << QStringLiteral("%1: %2").arg(name, shownValue(row));
  }
  for (const Other& other : others_) {
    if (!other.advanced) continue;
    all << other.label->text();
    if (!other.changed.isEmpty())
      changed << QStringLiteral("%1: %2").arg(other.label->text(), other.changed);
  }
  disclosure_->setVisible(!all.isEmpty());
  advancedRows_->setVisible(advancedShown_ && !all.isEmpty());
  // Unfolded it is empty and keeps the button at its place.
  summary_->setVisible(!all.isEmpty());
  // What differs is said in full, the rest only as far as it fits on two lines or so.
  QStringList named = changed.isEmpty() ? all : changed;
  summary_->setToolTip(listText(named));
  if (changed.isEmpty() && named.size() > kSummaryNames)
    named = named.mid(0, kSummaryNames) << QStringLiteral("\u2026");
  summary_->setText(advancedShown_ ? QString() : listText(named));
  // What is not as usual has to be seen although it is folded away.
  summary_->setForegroundRole(changed.isEmpty() ? QPalette::PlaceholderText : QPalette::WindowText);
}

void OptionForm::setAdvancedShown(bool shown) {
  advancedShown_ = shown;
  disclosure_->setAccessibleDescription(shown ? tr("unfolded") : tr("folded"));
  disclosure_->setArrowType(shown ? Qt::DownArrow : Qt::RightArrow);
  if (options_) refreshSummary(optionTable(*options_));
}

int OptionForm::widestLabel() const {
  int widest = kLabelColumn;
  for (const Row& row : rows_) widest = std::max(widest, row.label->widest());
  for (const Other& other : others_) widest = std::max(widest, other.label->widest());
  return widest;
}

void OptionForm::setLabelWidth(int width) {
  labelWidth_ = width;
  if (width <= 0) return;
  for (const Row& row : rows_) row.label->setFixedWidth(width);
  for (const Other& other : others_) other.label->setFixedWidth(width);
}

}  // namespace uninet
