#pragma once

#include <QWidget>

#include "core/base/options.h"
#include "core/data/class_table.h"

namespace uninet {

/// The editor of one option. It knows the option's row and nothing else; values go out as the text
/// that setOption() takes. The widget that is edited is called by the option's key.
class OptionField : public QWidget {
  Q_OBJECT
 public:
  /// The editor for this kind of option.
  static OptionField* make(const OptionRow& row, QWidget* parent);

  /// Shows the row's value and what else may have changed with other options; tells nobody.
  /// `measure`: what the value measures, for a reader; may be empty.
  virtual void setRow(const OptionRow& row, const QString& measure) = 0;
  /// What the name of a class is chosen from.
  virtual void setClasses(const Classes& /*classes*/) {}
  /// What a text is completed from, between its commas.
  virtual void setWords(const QStringList& /*words*/) {}
  /// For all that can have the focus.
  virtual void describe(const QString& name, const QString& toolTip);
  /// What takes the keyboard first.
  virtual QWidget* editor() const = 0;

 Q_SIGNALS:
  void edited(const QString& value);
  /// A value on the way to the one that will be edited().
  void dragged(const QString& value);

 protected:
  explicit OptionField(QWidget* parent) : QWidget(parent) {}
};

/// The value of a row as the form shows it: numbers in the user's locale, names translated.
QString shownValue(const OptionRow& row);
/// A special value with what it comes to: "auto (5 of size 1)".
QString shownSpecial(const SpecialValue& special);

}  // namespace uninet
