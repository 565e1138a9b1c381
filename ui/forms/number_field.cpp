#include "ui/forms/number_field.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/numbers.h"
#include "ui/document/text.h"
#include "ui/forms/form_label.h"
#include "ui/forms/mark_slider.h"

namespace uninet {
namespace {

constexpr int kDecimals = 6;
constexpr int kFieldWidth = 74;  ///< of a number that something stands beside
constexpr int kMinimum = 60;

/// Shows no digit that says nothing, and leaves the wheel to what it stands in.
class ExactSpinBox : public QDoubleSpinBox {
 public:
  using QDoubleSpinBox::QDoubleSpinBox;

  QString textFromValue(double value) const override {
    QString text = QDoubleSpinBox::textFromValue(value);
    const QString point = locale().decimalPoint();
    if (!text.contains(point)) return text;
    while (text.endsWith(locale().zeroDigit())) text.chop(1);
    if (text.endsWith(point)) text.chop(point.size());
    return text;
  }

 protected:
  void wheelEvent(QWheelEvent* event) override {
    if (hasFocus())
      QDoubleSpinBox::wheelEvent(event);
    else
      event->ignore();
  }
};

/// Text of a check box that wraps, which the box's own does not.
class CheckText : public QLabel {
 public:
  CheckText(QCheckBox& box, QWidget* parent) : QLabel(parent), box_(box) { setWordWrap(true); }

 protected:
  void mouseReleaseEvent(QMouseEvent* event) override {
    if (event->button() == Qt::LeftButton && rect().contains(event->pos())) box_.click();
  }
  void mousePressEvent(QMouseEvent* event) override { event->accept(); }

 private:
  QCheckBox& box_;
};

bool within(const Range& range, double value) { return value >= range.min && value <= range.max; }

}  // namespace

NumberField::NumberField(const OptionRow& row, QWidget* parent)
    : OptionField(parent),
      row_(row),
      ordinary_(std::numeric_limits<double>::quiet_NaN()),
      check_(checked() != nullptr ? new QCheckBox(this) : nullptr),
      slider_(new MarkSlider(this)),
      box_(new ExactSpinBox(this)),
      meaning_(new QLabel(this)) {
  const QString name = QString::fromStdString(row.key);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  if (check_ != nullptr) addCheck(column);
  slider_->slider()->setObjectName(name + QStringLiteral("-slider"));
  slider_->setVisible(false);
  column->addWidget(slider_);

  box_->setObjectName(name);
  box_->setDecimals(row.type == "integer" ? 0 : kDecimals);
  box_->setRange(row.range.min, row.range.max);
  box_->setSingleStep(row.range.step);
  box_->setKeyboardTracking(false);
  box_->setFocusPolicy(Qt::StrongFocus);
  // Limits may be wide; the field need not be.
  box_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  box_->setMinimumWidth(kMinimum);
  for (const SpecialValue& special : row.specials)
    if (special.value == row.range.min) box_->setSpecialValueText(shownSpecial(special));
  if (row.fullScale > 0)
    box_->setMaximumWidth(kFieldWidth);
  else if (!row.unit.empty())
    box_->setSuffix(QLatin1Char(' ') + QString::fromStdString(row.unit));
  meaning_->setFont(noteFont(font()));
  meaning_->setForegroundRole(QPalette::PlaceholderText);
  meaning_->setWordWrap(true);
  meaning_->setVisible(row.fullScale > 0);
  auto* line = new QHBoxLayout;
  line->setSpacing(kColumnGap);
  line->addWidget(box_, 1);
  line->addWidget(meaning_, 1);
  column->addLayout(line);

  const auto text = [](double value) { return QString::fromStdString(numberText(value)); };
  connect(box_, &QDoubleSpinBox::valueChanged, this,
          [this, text](double value) { Q_EMIT edited(text(value)); });
  connect(slider_, &MarkSlider::moved, this,
          [this, text](double value) { Q_EMIT dragged(text(value)); });
  connect(slider_, &MarkSlider::chosen, this,
          [this, text](double value) { Q_EMIT edited(text(value)); });
}

void NumberField::addCheck(QVBoxLayout* column) {
  check_->setObjectName(QString::fromStdString(row_.key) + QStringLiteral("-special"));
  check_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  checkText_ = new CheckText(*check_, this);
  checkText_->setObjectName(check_->objectName() + QStringLiteral("-text"));
  auto* line = new QHBoxLayout;
  line->setSpacing(kColumnGap);
  line->addWidget(check_);
  line->addWidget(checkText_, 1);
  column->addLayout(line);
  connect(check_, &QCheckBox::toggled, this, [this](bool on) {
    Q_EMIT edited(QString::fromStdString(numberText(on ? checked()->value : firstValue())));
  });
}

const SpecialValue* NumberField::checked() const {
  const auto found = std::find_if(
      row_.specials.begin(), row_.specials.end(),
      [this](const SpecialValue& special) { return !within(row_.range, special.value); });
  return found == row_.specials.end() ? nullptr : &*found;
}

QWidget* NumberField::editor() const {
  return check_ != nullptr ? static_cast<QWidget*>(check_) : box_;
}

double NumberField::firstValue() const {
  if (std::isfinite(ordinary_)) return ordinary_;
  if (!checked()->means.empty() && within(row_.range, checked()->means[0]))
    return checked()->means[0];
  return row_.marks.empty() ? std::max(row_.range.min, 0.0) : row_.marks.back();
}

void NumberField::setRow(const OptionRow& row, const QString& measure) {
  row_ = row;
  const double value = parseNumber<double>(row.value).value_or(0);
  const bool special = check_ != nullptr && !within(row.range, value);
  if (!special) {
    ordinary_ = value;
    const QSignalBlocker blocker(box_);
    if (box_->value() != value) box_->setValue(value);
  }
  if (check_ != nullptr) {
    const QSignalBlocker blocker(check_);
    check_->setChecked(special);
    checkText_->setText(shownSpecial(*checked()));
  }
  if (!row.marks.empty()) {
    slider_->setMarks(row.marks, row.range.step);
    slider_->setValue(value);
    slider_->slider()->setAccessibleDescription(shownValue(row));
  }
  slider_->setVisible(!special && !row.marks.empty());
  box_->setVisible(!special);
  meaning_->setVisible(!special && row.fullScale > 0);
  const QString of = tr("of %1").arg(shownNumber(row.fullScale));
  meaning_->setText(measure.isEmpty() ? of : tr("%1, %2").arg(of, measure));
}

void NumberField::describe(const QString& name, const QString& toolTip) {
  OptionField::describe(name, toolTip);
  slider_->slider()->setAccessibleName(tr("%1, slider").arg(name));
  if (check_ != nullptr) check_->setAccessibleName(tr("%1: %2").arg(name, checkText_->text()));
}

}  // namespace uninet
