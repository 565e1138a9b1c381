#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAction;

namespace uninet {

/// Keys of the shortcut functions: an action takes part if it has an object name, under which what
/// a person chose is kept in the settings. Its default is what it had when it was first given to
/// applyShortcuts(); from then on nobody else may set its shortcuts.

/// Remembers the defaults, and gives each action the keys that a person chose. May be called again
/// with more actions.
void applyShortcuts(const QList<QAction*>& actions);
/// Those that take part, as they are listed: by the menus in which they stand, then as given.
QList<QAction*> shortcutActions(const QList<QAction*>& actions);

QList<QKeySequence> defaultShortcuts(const QAction* action);
bool hasDefaultShortcuts(const QAction* action);
/// At once and kept; an empty sequence: none.
void setShortcut(QAction* action, const QKeySequence& keys);
void resetShortcut(QAction* action);

/// The other actions that would answer to `keys`, or to their beginning. Empty for no keys.
QList<QAction*> shortcutConflicts(const QList<QAction*>& actions, const QAction* action,
                                  const QKeySequence& keys);

/// Text without & and …, or the object name of an action without text.
QString actionName(const QAction* action);
/// "File ▸ Recent": the menus in which it stands; empty: none.
QString actionMenu(const QAction* action);
/// "Ctrl+E, F5" as the desktop writes keys.
QString shortcutText(const QList<QKeySequence>& keys);
/// Name, menu and present keys as a Markdown table, of those that have keys.
QString shortcutTable(const QList<QAction*>& actions);

}  // namespace uninet
