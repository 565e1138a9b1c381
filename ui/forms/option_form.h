#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <QWidget>

#include "core/base/options.h"
#include "core/data/class_table.h"

class QGridLayout;
class QLabel;
class QToolButton;

namespace uninet {

class FormLabel;
class OptionField;

/// A form made from the description of an Options struct: one row per option, in aligned columns;
/// the advanced ones fold away. A row shows only where its option has an effect. Every row has a
/// button that appears where the value is not the default and resets it (Ctrl+Shift+Backspace too),
/// and help, limits, units and the paper's value as tool tip.
class OptionForm : public QWidget {
  Q_OBJECT
 public:
  explicit OptionForm(QWidget* parent = nullptr);
  ~OptionForm() override;

  /// Shows a copy of `options`; their values are what a reset goes back to.
  void setOptions(const Options& options);
  /// What the options that name a class offer; those of Cityscapes unless told.
  void setClasses(const Classes& classes);
  /// What the text of an option is completed from, and its tool tip lists.
  void setWords(const std::string& key, const QStringList& words);
  /// A row of somebody else's, below the essential ones or below those that fold away.
  void addRow(const QString& label, QWidget* field, bool advanced = false);
  /// What an advanced row of somebody else's has that is not as usual, for the closed fold; empty:
  /// nothing.
  void setChanged(const QWidget* field, const QString& value);
  /// Values that are shown; nullptr before setOptions().
  const Options* options() const { return options_.get(); }
  /// JSON of the values, and of those that are not the default.
  QString json() const;
  QString changedJson() const;
  /// Sets values without telling edited(); throws Error for unknown ones.
  void setJson(const QString& json);
  void resetAll();
  void setAdvancedShown(bool shown);

  /// The least width of the column of labels, in pixels; all forms beside each other get the same.
  int widestLabel() const;
  void setLabelWidth(int width);

 Q_SIGNALS:
  /// A person changed a value; both as JSON.
  void edited(const QString& before, const QString& after);

 private:
  /// A row of somebody else's.
  struct Other {
    FormLabel* label;
    QWidget* field;
    bool advanced;
    QString changed;
  };
  struct Row {
    std::string key;
    FormLabel* label;
    OptionField* field;
    QToolButton* reset;
  };

  void addOption(const OptionRow& row, QGridLayout* grid);
  /// Options that stand in this grid.
  int rowsIn(const QGridLayout* grid) const;
  void placeOthers();
  void refresh();
  void refreshRow(const Row& row, const OptionRow& now, const OptionRow& first);
  void refreshSummary(const std::vector<OptionRow>& rows);
  /// `done`: the value is final, and edited() is told.
  void set(const std::string& key, const std::string& value, bool done);
  void reset(const std::string& key);
  void resetFocused();

  std::unique_ptr<Options> options_, defaults_;
  Classes classes_ = cityscapesClasses();
  std::map<std::string, QStringList> words_;
  QGridLayout* essentials_;
  QWidget* advancedRows_;
  QGridLayout* advanced_;
  QToolButton* disclosure_;
  QLabel* summary_;
  std::vector<Row> rows_;
  std::vector<Other> others_;
  bool advancedShown_ = false;
  int labelWidth_ = 0;
  QString beforeDrag_;  ///< JSON; empty: nothing is being dragged
};

}  // namespace uninet
