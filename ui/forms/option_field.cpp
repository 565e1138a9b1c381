#include "ui/forms/option_field.h"

#include <QCheckBox>
#include <QCompleter>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "core/base/numbers.h"
#include "ui/document/text.h"
#include "ui/forms/number_field.h"
#include "ui/forms/wrapped_combo.h"

namespace uninet {
namespace {

QVBoxLayout* column(QWidget* field) {
  auto* layout = new QVBoxLayout(field);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  return layout;
}

class FlagField : public OptionField {
 public:
  FlagField(const OptionRow& row, QWidget* parent)
      : OptionField(parent), box_(new QCheckBox(this)) {
    box_->setObjectName(QString::fromStdString(row.key));
    column(this)->addWidget(box_);
    connect(box_, &QCheckBox::toggled, this, [this](bool on) {
      Q_EMIT edited(on ? QStringLiteral("true") : QStringLiteral("false"));
    });
  }
  void setRow(const OptionRow& row, const QString& /*measure*/) override {
    const QSignalBlocker blocker(box_);
    box_->setChecked(row.value == "true");
  }
  QWidget* editor() const override { return box_; }

 private:
  QCheckBox* box_;
};

/// One of several names: choices, or the classes of the data.
class ChoiceField : public OptionField {
 public:
  ChoiceField(const OptionRow& row, QWidget* parent)
      : OptionField(parent), box_(new WrappedCombo(this)), row_(row) {
    box_->setObjectName(QString::fromStdString(row.key));
    column(this)->addWidget(box_);
    if (row.type == "class") {
      setClasses(cityscapesClasses());
    } else {
      const QSignalBlocker blocker(box_);
      for (std::size_t i = 0; i < row.choices.size(); ++i)
        box_->addItem(labelText(row.choiceLabels[i].c_str()),
                      QString::fromStdString(row.choices[i]));
    }
    connect(box_, &QComboBox::currentIndexChanged, this, [this](int index) {
      if (index >= 0) Q_EMIT edited(box_->itemData(index).toString());
    });
  }
  void setRow(const OptionRow& row, const QString& /*measure*/) override {
    const QSignalBlocker blocker(box_);
    row_ = row;
    const QString value = QString::fromStdString(row.value);
    // A preset may name a class that this table does not have.
    if (box_->findData(value) < 0) box_->addItem(labelText(row.value.c_str()), value);
    box_->setCurrentIndex(box_->findData(value));
    box_->updateGeometry();
  }
  void setClasses(const Classes& classes) override {
    if (row_.type != "class") return;
    const QSignalBlocker blocker(box_);
    box_->clear();
    const auto add = [this](const std::string& name) {
      box_->addItem(labelText(name.c_str()), QString::fromStdString(name));
    };
    if (row_.classKind == ClassKind::semantic)
      for (const SemanticClass& one : classes->semantic) add(one.name);
    else
      for (const InstanceClass& one : classes->instance) add(one.name);
    setRow(row_, {});
  }
  QWidget* editor() const override { return box_; }

 private:
  WrappedCombo* box_;
  OptionRow row_;
};

/// Completes the word after the last comma.
class WordCompleter : public QCompleter {
 public:
  WordCompleter(const QStringList& words, QLineEdit* edit) : QCompleter(words, edit), edit_(edit) {
    setCaseSensitivity(Qt::CaseInsensitive);
  }
  QStringList splitPath(const QString& text) const override {
    return {text.section(QLatin1Char(','), -1)};
  }
  QString pathFromIndex(const QModelIndex& index) const override {
    const QString text = edit_->text();
    return text.left(text.lastIndexOf(QLatin1Char(',')) + 1) + QCompleter::pathFromIndex(index);
  }

 private:
  QLineEdit* edit_;
};

class TextField : public OptionField {
 public:
  TextField(const OptionRow& row, QWidget* parent)
      : OptionField(parent), edit_(new QLineEdit(this)), shown_(QString::fromStdString(row.value)) {
    edit_->setObjectName(QString::fromStdString(row.key));
    edit_->setMinimumWidth(60);
    column(this)->addWidget(edit_);
    connect(edit_, &QLineEdit::editingFinished, this, [this] {
      if (edit_->text() != shown_) Q_EMIT edited(edit_->text());
    });
  }
  void setRow(const OptionRow& row, const QString& /*measure*/) override {
    shown_ = QString::fromStdString(row.value);
    if (edit_->text() != shown_) edit_->setText(shown_);
  }
  void setWords(const QStringList& words) override {
    // The line edit owns the one that it had.
    edit_->setCompleter(words.isEmpty() ? nullptr : new WordCompleter(words, edit_));
  }
  QWidget* editor() const override { return edit_; }

 private:
  QLineEdit* edit_;
  QString shown_;
};

}  // namespace

OptionField* OptionField::make(const OptionRow& row, QWidget* parent) {
  if (row.type == "number" || row.type == "integer") return new NumberField(row, parent);
  if (row.type == "flag") return new FlagField(row, parent);
  if (row.type == "choice" || row.type == "class") return new ChoiceField(row, parent);
  return new TextField(row, parent);
}

void OptionField::describe(const QString& name, const QString& toolTip) {
  for (auto* widget : findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus) continue;
    widget->setAccessibleName(name);
    widget->setToolTip(toolTip);
  }
  setToolTip(toolTip);
}

QString shownSpecial(const SpecialValue& special) {
  QString text = labelText(special.label);
  for (std::size_t i = 0; i < special.means.size(); ++i)
    text.replace(QStringLiteral("%%1").arg(i + 1), shownNumber(special.means[i]));
  return text;
}

QString shownValue(const OptionRow& row) {
  if (const SpecialValue* special = row.special()) return shownSpecial(*special);
  if (row.type == "flag")
    return row.value == "true" ? OptionField::tr("on") : OptionField::tr("off");
  if (row.type == "choice")
    for (std::size_t i = 0; i < row.choices.size(); ++i)
      if (row.choices[i] == row.value) return labelText(row.choiceLabels[i].c_str());
  if (row.type == "class") return labelText(row.value.c_str());
  if (row.type != "number" && row.type != "integer") return QString::fromStdString(row.value);
  const QString number =
      shownNumber(parseNumber<double>(row.value).value_or(0), 'g', row.type == "integer" ? 17 : 6);
  return row.unit.empty() ? number : number + QLatin1Char(' ') + QString::fromStdString(row.unit);
}

}  // namespace uninet
