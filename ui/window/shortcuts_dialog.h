#pragma once

#include <QDialog>
#include <QKeySequence>
#include <QList>

class QAction;
class QFrame;
class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace uninet {

/// Keys of the canvas and the like, which no action has: listed, and not to be given away.
struct FixedKeys {
  QKeySequence keys;
  QString what;
};

/// Lists the shortcuts of all actions by menu, finds them by name or keys, and changes them at
/// once; see shortcuts.h for how they are kept. Keys that are taken stay with their action until a
/// person says otherwise.
class ShortcutsDialog : public QDialog {
  Q_OBJECT
 public:
  /// Those of `actions` that take part (see shortcuts.h); they have to outlive the dialog.
  explicit ShortcutsDialog(const QList<QAction*>& actions, const QList<FixedKeys>& fixed = {},
                           QWidget* parent = nullptr);

 private:
  void fill();
  void filter();
  void showAction();
  void refreshRows();
  QAction* current() const;
  void propose(const QKeySequence& keys);
  void take();
  void dropProposal();
  void reset();
  void resetAll();

  QList<QAction*> actions_;
  QList<FixedKeys> fixed_;
  QLineEdit* search_;
  QTreeWidget* list_;
  QLabel* empty_;
  QLabel* name_;
  QKeySequenceEdit* edit_;
  QPushButton* clear_;
  QPushButton* reset_;
  QPushButton* resetAll_;
  QFrame* conflict_;
  QLabel* conflictText_;
  QPushButton* take_;
  QPushButton* leave_;
  QKeySequence proposed_;
  bool proposedReset_ = false;  ///< what is proposed are the defaults, maybe several keys
};

}  // namespace uninet
