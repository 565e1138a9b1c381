#pragma once

#include <functional>
#include <vector>

#include <QFrame>
#include <QStringList>

class QLabel;
class QLineEdit;
class QListView;
class QMenuBar;

namespace uninet {

/// Something that the palette can do.
struct Command {
  QString title;
  QString path;      ///< where else it is found: "File ▸ Export"
  QString shortcut;  ///< as the screen shows it; may be empty
  bool enabled = true;
  std::function<void()> run;
};

/// Every action of a menu bar with its path and shortcut, without separators and submenus.
std::vector<Command> menuCommands(const QMenuBar& bar);

class CommandModel;

/// A pop-up with one line to type in and the commands that have these letters in this order, best
/// first; before anything is typed those that were used last, then all. Enter or a click runs one,
/// after the pop-up has closed. What was used last is kept in QSettings.
class CommandPalette : public QFrame {
  Q_OBJECT
 public:
  static constexpr const char* kRecentKey = "command-palette/recent";
  static constexpr int kRecent = 8;

  explicit CommandPalette(QWidget* window);

  /// Opens over the upper middle of its window.
  void popup(std::vector<Command> commands);
  /// Titles as they are listed now, from the top.
  QStringList listed() const;

 protected:
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  void filter();
  void moveBy(int step);
  void run(int row);

  CommandModel* model_;
  QLineEdit* line_;
  QListView* list_;
  QLabel* nothing_;
};

}  // namespace uninet
