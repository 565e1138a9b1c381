#include "ui/window/shortcuts.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QSettings>
#include <QVariant>
#include <algorithm>

#include "ui/document/text.h"
#include "ui/style/roles.h"

namespace uninet {
namespace {

constexpr const char* kDefault = "defaultShortcuts";

QString settingOf(const QAction* action) {
  return QStringLiteral("shortcuts/") + action->objectName();
}

QString portable(const QList<QKeySequence>& keys) {
  return QKeySequence::listToString(keys, QKeySequence::PortableText);
}

/// An empty text is no key, not one that is empty.
QList<QKeySequence> fromPortable(const QString& text) {
  return text.isEmpty() ? QList<QKeySequence>()
                        : QKeySequence::listFromString(text, QKeySequence::PortableText);
}

bool collide(const QKeySequence& a, const QKeySequence& b) {
  return !a.isEmpty() && !b.isEmpty() &&
         (a.matches(b) != QKeySequence::NoMatch || b.matches(a) != QKeySequence::NoMatch);
}

const QMenu* menuOf(const QAction* action) {
  for (const QObject* object : action->associatedObjects())
    if (const auto* menu = qobject_cast<const QMenu*>(object)) return menu;
  return nullptr;
}

QString plain(const QString& given) {
  QString text = withoutAccelerator(given);
  if (text.endsWith(QChar(0x2026))) text.chop(1);
  return text.trimmed();
}

}  // namespace

void applyShortcuts(const QList<QAction*>& actions) {
  const QSettings settings;
  for (QAction* action : shortcutActions(actions)) {
    if (!action->property(kDefault).isValid())
      action->setProperty(kDefault, portable(action->shortcuts()));
    const QVariant kept = settings.value(settingOf(action));
    action->setShortcuts(kept.isValid() ? fromPortable(kept.toString()) : defaultShortcuts(action));
  }
}

QList<QAction*> shortcutActions(const QList<QAction*>& actions) {
  QStringList menus;
  QList<QAction*> found;
  for (QAction* action : actions) {
    // Qt's own, such as the cross in a line of text, begin with _q_ or qt_.
    const QString name = action->objectName();
    if (name.isEmpty() || name.startsWith(QLatin1String("_q_")) ||
        name.startsWith(QLatin1String("qt_")) || action->isSeparator() ||
        action->menu() != nullptr || found.contains(action))
      continue;
    found << action;
    if (const QString menu = actionMenu(action); !menus.contains(menu)) menus << menu;
  }
  std::stable_sort(found.begin(), found.end(), [&](const QAction* a, const QAction* b) {
    return menus.indexOf(actionMenu(a)) < menus.indexOf(actionMenu(b));
  });
  return found;
}

QList<QKeySequence> defaultShortcuts(const QAction* action) {
  return fromPortable(action->property(kDefault).toString());
}

bool hasDefaultShortcuts(const QAction* action) {
  return portable(action->shortcuts()) == portable(defaultShortcuts(action));
}

void setShortcut(QAction* action, const QKeySequence& keys) {
  const QList<QKeySequence> list = keys.isEmpty() ? QList<QKeySequence>() : QList{keys};
  action->setShortcuts(list);
  QSettings settings;
  if (hasDefaultShortcuts(action))
    settings.remove(settingOf(action));
  else
    settings.setValue(settingOf(action), portable(list));
}

void resetShortcut(QAction* action) {
  action->setShortcuts(defaultShortcuts(action));
  QSettings().remove(settingOf(action));
}

QList<QAction*> shortcutConflicts(const QList<QAction*>& actions, const QAction* action,
                                  const QKeySequence& keys) {
  QList<QAction*> found;
  for (QAction* other : actions) {
    const QList<QKeySequence> theirs = other->shortcuts();
    if (other != action && std::any_of(theirs.begin(), theirs.end(),
                                       [&](const QKeySequence& k) { return collide(k, keys); }))
      found << other;
  }
  return found;
}

QString actionName(const QAction* action) {
  const QString text = plain(action->text());
  return text.isEmpty() ? action->objectName() : text;
}

QString actionMenu(const QAction* action) {
  QStringList path;
  for (const QMenu* menu = menuOf(action); menu != nullptr && path.size() < 8;
       menu = menuOf(menu->menuAction()))
    path.prepend(plain(menu->title()));
  return path.join(QStringLiteral(" \u25b8 "));
}

QString shortcutText(const QList<QKeySequence>& keys) {
  QStringList texts;
  for (const QKeySequence& sequence : keys) texts << sequence.toString(QKeySequence::NativeText);
  return listText(texts);
}

QString shortcutTable(const QList<QAction*>& actions) {
  const auto row = [](const QString& a, const QString& b, const QString& c) {
    const auto cell = [](QString text) { return text.replace(u'|', QLatin1String("\\|")); };
    return QStringLiteral("| %1 | %2 | %3 |\n").arg(cell(a), cell(b), cell(c));
  };
  QString table = row(QCoreApplication::translate("uninet::ShortcutsDialog", "Command"),
                      QCoreApplication::translate("uninet::ShortcutsDialog", "Menu"),
                      QCoreApplication::translate("uninet::ShortcutsDialog", "Shortcut")) +
                  QStringLiteral("|---|---|---|\n");
  for (const QAction* action : shortcutActions(actions))
    if (!action->shortcuts().isEmpty())
      table += row(actionName(action), actionMenu(action), shortcutText(action->shortcuts()));
  return table;
}

}  // namespace uninet
