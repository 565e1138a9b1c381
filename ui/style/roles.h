#pragma once

#include <QList>
#include <QString>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;
class QWidget;

namespace uninet {

/// What a control is for, where its class does not say it; the style draws it accordingly.
enum class Role { plain, primary, segment, chip };
Role roleOf(const QWidget* widget);

/// The one button of a place that starts something: filled with the accent. `hint` stands small
/// behind the text, for a shortcut ("F5"). Icons on it have Ink::onAccent.
void makePrimary(QPushButton& button, const QString& hint = {});
QString primaryHint(const QWidget* widget);

/// Joined buttons, one for each action, in the order of reading; a group that excludes each other
/// is a QActionGroup of the caller. Checked ones are filled. Texts, tool tips, shortcuts and object
/// names ("action's name" + "Button") are the actions'.
QWidget* makeSegments(const QList<QAction*>& actions, QWidget* parent = nullptr);

/// A field that opens a menu: network, data. Shows a chevron where the button has a menu.
void makeChip(QToolButton& button);

/// The text of an action or button as one reads it: without the mark of its accelerator, and
/// without the accelerator itself where it stands in brackets behind the text, as in Chinese.
QString withoutAccelerator(QString text);

void makeHeading(QLabel& label);  ///< titleFont()
void makeMuted(QLabel& label);    ///< second-rank text that follows the theme
void makeSmall(QLabel& label);    ///< smallFont(), muted

}  // namespace uninet
