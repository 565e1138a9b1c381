#pragma once

#include <vector>

#include <QWidget>

#include "core/outputs/object_matches.h"

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;

namespace uninet {

class ObjectsModel;
class RowTable;
class SortedTable;

/// The objects of the scene that is shown, clean and attacked: find, sort, filter, copy, point at.
class ObjectsPanel : public QWidget {
  Q_OBJECT
 public:
  explicit ObjectsPanel(QWidget* parent = nullptr);

  /// `compared`: there is an attacked prediction beside the clean one.
  void setRows(std::vector<ObjectRow> rows, bool compared);
  /// From outside, by ObjectMatch::number; −1: none. Tells nobody.
  void setSelected(int number);
  void setHovered(int number);
  /// Whether one object can be attacked now.
  void setAttackable(bool attackable);

 public Q_SLOTS:
  /// The chosen rows as they stand, all that are shown if none is chosen, as CSV to the clipboard.
  void copyCsv();

 Q_SIGNALS:
  // By ObjectMatch::number; −1: none.
  void hovered(int number);
  void selected(int number);
  void zoomRequested(int number);
  void attackRequested(int number);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void layOut();
  void setTitles();
  void updateTexts();
  void updateActions();
  int currentNumber() const;

  ObjectsModel* model_;
  SortedTable* sorted_;
  RowTable* table_;
  QLineEdit* search_;
  QComboBox* changes_;
  QLabel* count_;
  QMenu* menu_;
  QAction *zoom_, *attack_, *copy_;
  bool telling_ = true, attackable_ = true;
};

}  // namespace uninet
