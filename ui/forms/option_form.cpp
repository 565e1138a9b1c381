#include "ui/forms/option_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ui/document/text.h"

namespace uninet {

/// Makes the widgets. The references that the description visits belong to the form's own struct,
/// so they stay valid as long as the widgets do.
class FormBuilder : public OptionVisitor {
 public:
  explicit FormBuilder(OptionForm& form) : form_(form) {}

  void number(const OptionInfo& info, double& value, const Range& range) override {
    addSpinBox(info, range, decimalsOf(range.step), value, [&value](double v) { value = v; });
  }
  void integer(const OptionInfo& info, std::int64_t& value, const Range& range) override {
    addSpinBox(info, range, 0, value,
               [&value](double v) { value = static_cast<std::int64_t>(std::llround(v)); });
  }
  void flag(const OptionInfo& info, bool& value) override {
    auto* box = new QCheckBox(&form_);
    QObject::connect(box, &QCheckBox::toggled, &form_,
                     [this_ = &form_, &value](bool on) { this_->change([&] { value = on; }); });
    form_.refreshers_.push_back([box, &value] { box->setChecked(value); });
    addRow(info, box, {});
  }
  void choice(const OptionInfo& info, std::string& value,
              std::span<const Choice> choices) override {
    auto* box = new QComboBox(&form_);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    for (const Choice& choice : choices)
      box->addItem(labelText(choice.label), QString::fromUtf8(choice.key));
    QObject::connect(box, &QComboBox::currentIndexChanged, &form_,
                     [this_ = &form_, box, &value](int) {
                       this_->change([&] { value = box->currentData().toString().toStdString(); });
                     });
    form_.refreshers_.push_back(
        [box, &value] { box->setCurrentIndex(box->findData(QString::fromStdString(value))); });
    addRow(info, box, {});
  }
  void className(const OptionInfo& info, std::string& value, ClassKind kind) override {
    auto* box = new QComboBox(&form_);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    QObject::connect(box, &QComboBox::currentIndexChanged, &form_,
                     [this_ = &form_, box, &value](int index) {
                       if (index < 0) return;
                       this_->change([&] { value = box->currentData().toString().toStdString(); });
                     });
    // The classes may have changed, and a preset may name one that this table does not have.
    form_.refreshers_.push_back([this_ = &form_, box, &value, kind] {
      box->clear();
      const auto add = [box](const std::string& name) {
        box->addItem(labelText(name.c_str()), QString::fromStdString(name));
      };
      if (kind == ClassKind::semantic)
        for (const SemanticClass& c : this_->classes_->semantic) add(c.name);
      else
        for (const InstanceClass& c : this_->classes_->instance) add(c.name);
      if (box->findData(QString::fromStdString(value)) < 0) add(value);
      box->setCurrentIndex(box->findData(QString::fromStdString(value)));
    });
    addRow(info, box, {});
  }
  void text(const OptionInfo& info, std::string& value) override {
    auto* edit = new QLineEdit(&form_);
    QObject::connect(edit, &QLineEdit::editingFinished, &form_, [this_ = &form_, edit, &value] {
      const std::string typed = edit->text().toStdString();
      if (typed != value) this_->change([&] { value = typed; });
    });
    form_.refreshers_.push_back([edit, &value] { edit->setText(QString::fromStdString(value)); });
    addRow(info, edit, {});
  }

 private:
  static int decimalsOf(double step) {
    int decimals = 0;
    while (decimals < 6 && std::abs(step - std::round(step)) > 1e-9) {
      step *= 10;
      ++decimals;
    }
    return std::max(decimals, 2);
  }

  template <class Value, class Set>
  void addSpinBox(const OptionInfo& info, const Range& range, int decimals, Value& value, Set set) {
    auto* box = new QDoubleSpinBox(&form_);
    box->setDecimals(decimals);
    box->setRange(range.min, range.max);
    box->setSingleStep(range.step);
    box->setKeyboardTracking(false);
    // Limits may be wide; the field need not be.
    box->setMinimumWidth(80);
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    if (*info.unit != '\0') box->setSuffix(QLatin1Char(' ') + QString::fromUtf8(info.unit));
    QObject::connect(box, &QDoubleSpinBox::valueChanged, &form_,
                     [this_ = &form_, set](double v) { this_->change([&] { set(v); }); });
    form_.refreshers_.push_back([box, &value] { box->setValue(static_cast<double>(value)); });
    const QString limits =
        OptionForm::tr("%1 to %2").arg(shownNumber(range.min), shownNumber(range.max));
    addRow(info, box, limits);
  }

  void addRow(const OptionInfo& info, QWidget* widget, const QString& limits) {
    QString tip = labelText(info.help);
    if (!limits.isEmpty()) tip += QLatin1Char('\n') + OptionForm::tr("Limits: %1").arg(limits);
    if (QLatin1String(info.unit) == QLatin1String("px"))
      tip += QLatin1Char('\n') + OptionForm::tr("In 8-bit pixel values: 2 px = 2/255");
    if (*info.paper != '\0')
      tip += QLatin1Char('\n') + OptionForm::tr("Paper: %1").arg(QString::fromUtf8(info.paper));
    widget->setToolTip(tip);
    widget->setObjectName(QString::fromUtf8(info.key));
    widget->setAccessibleName(labelText(info.label));
    form_.layout_->addRow(labelText(info.label), widget);
    if (QWidget* label = form_.layout_->labelForField(widget)) label->setToolTip(tip);
  }

  OptionForm& form_;
};

OptionForm::OptionForm(QWidget* parent) : QWidget(parent), layout_(new QFormLayout(this)) {
  layout_->setContentsMargins(0, 0, 0, 0);
  layout_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  layout_->setRowWrapPolicy(QFormLayout::DontWrapRows);
}

void OptionForm::setOptions(const Options& options) {
  refreshers_.clear();
  while (layout_->rowCount() > 0) layout_->removeRow(0);
  options_ = options.clone();
  FormBuilder builder(*this);
  options_->describe(builder);
  refresh();
}

void OptionForm::setClasses(const Classes& classes) {
  if (sameClasses(classes, classes_)) return;
  classes_ = classes;
  if (options_) refresh();
}

QString OptionForm::json() const {
  return options_ ? QString::fromStdString(toJson(*options_).dump()) : QString();
}

void OptionForm::setJson(const QString& json) {
  fromJson(*options_, nlohmann::json::parse(json.toStdString()));
  refresh();
}

void OptionForm::refresh() {
  refreshing_ = true;
  for (const auto& refresher : refreshers_) refresher();
  refreshing_ = false;
}

template <class Change>
void OptionForm::change(Change change) {
  if (refreshing_) return;
  const QString before = json();
  change();
  Q_EMIT edited(before, json());
}

}  // namespace uninet
