#include "ui/style/roles.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

#include "ui/style/fonts.h"

namespace uninet {
namespace {

constexpr const char* kRole = "uninetRole";
constexpr const char* kHint = "uninetHint";

void setRole(QWidget& widget, Role role) { widget.setProperty(kRole, static_cast<int>(role)); }

}  // namespace

Role roleOf(const QWidget* widget) {
  return widget == nullptr ? Role::plain : static_cast<Role>(widget->property(kRole).toInt());
}

void makePrimary(QPushButton& button, const QString& hint) {
  setRole(button, Role::primary);
  button.setProperty(kHint, hint);
  button.updateGeometry();
  button.update();
}

QString primaryHint(const QWidget* widget) {
  return widget == nullptr ? QString() : widget->property(kHint).toString();
}

QString withoutAccelerator(QString text) {
  static const QRegularExpression kInBrackets(QStringLiteral("\\s*\\(&[^&\\s]\\)"));
  text.remove(kInBrackets);
  const QChar kept(1);
  text.replace(QLatin1String("&&"), QString(kept));
  text.remove(QLatin1Char('&'));
  text.replace(kept, QLatin1Char('&'));
  return text;
}

QWidget* makeSegments(const QList<QAction*>& actions, QWidget* parent) {
  auto* row = new QWidget(parent);
  auto* layout = new QHBoxLayout(row);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  for (QAction* action : actions) {
    auto* button = new QToolButton(row);
    button->setDefaultAction(action);
    button->setToolButtonStyle(action->icon().isNull() ? Qt::ToolButtonTextOnly
                                                       : Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(withoutAccelerator(action->text()));
    if (!action->objectName().isEmpty())
      button->setObjectName(action->objectName() + QStringLiteral("Button"));
    setRole(*button, Role::segment);
    layout->addWidget(button);
  }
  row->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
  return row;
}

void makeChip(QToolButton& button) {
  setRole(button, Role::chip);
  button.setPopupMode(QToolButton::InstantPopup);
  button.setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  button.setFocusPolicy(Qt::StrongFocus);
}

void makeHeading(QLabel& label) { label.setFont(titleFont()); }

void makeMuted(QLabel& label) { label.setForegroundRole(QPalette::PlaceholderText); }

void makeSmall(QLabel& label) {
  label.setFont(smallFont());
  makeMuted(label);
}

}  // namespace uninet
