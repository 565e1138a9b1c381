#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <QString>
#include <QWidget>

#include "core/base/options.h"
#include "core/data/class_table.h"

class QFormLayout;

namespace uninet {

/// A form made from the description of an Options struct: one row per option, with help, unit,
/// limits and the paper's value as tool tip.
class OptionForm : public QWidget {
  Q_OBJECT
 public:
  explicit OptionForm(QWidget* parent = nullptr);

  /// Shows a copy of `options`.
  void setOptions(const Options& options);
  /// What the options that name a class offer; those of Cityscapes unless told.
  void setClasses(const Classes& classes);
  /// Values that are shown; nullptr before setOptions().
  const Options* options() const { return options_.get(); }
  /// JSON of the values.
  QString json() const;
  /// Sets values without telling edited(); throws Error for unknown ones.
  void setJson(const QString& json);

 Q_SIGNALS:
  /// A person changed a value; both as JSON.
  void edited(const QString& before, const QString& after);

 private:
  friend class FormBuilder;
  void refresh();
  template <class Change>
  void change(Change change);

  std::unique_ptr<Options> options_;
  Classes classes_ = cityscapesClasses();
  QFormLayout* layout_;
  std::vector<std::function<void()>> refreshers_;  ///< each copies one value into its widget
  bool refreshing_ = false;
};

}  // namespace uninet
