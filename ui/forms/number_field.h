#pragma once

#include "ui/forms/option_field.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QVBoxLayout;

namespace uninet {

class MarkSlider;

/// A number: an exact field; a slider over it where the option has marks; a check for a special
/// value outside the limits, in whose place the field stands while it is off; and what the number
/// means beside it ("of 255, each value").
class NumberField : public OptionField {
  Q_OBJECT
 public:
  NumberField(const OptionRow& row, QWidget* parent);

  void setRow(const OptionRow& row, const QString& measure) override;
  void describe(const QString& name, const QString& toolTip) override;
  QWidget* editor() const override;

 private:
  void addCheck(QVBoxLayout* column);
  /// The special value that the check stands for; nullptr: there is none.
  const SpecialValue* checked() const;
  /// An ordinary value to begin with where the special one is left.
  double firstValue() const;

  OptionRow row_;
  double ordinary_;  ///< last value that was not the special one; NaN: none yet
  QCheckBox* check_;
  QLabel* checkText_ = nullptr;
  MarkSlider* slider_;
  QDoubleSpinBox* box_;
  QLabel* meaning_;
};

}  // namespace uninet
