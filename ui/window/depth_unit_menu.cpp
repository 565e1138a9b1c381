#include "ui/window/depth_unit_menu.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QInputDialog>
#include <QMenu>

#include "ui/document/document.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr int kDigits = 6;  ///< behind the point, of kSmallestDepthUnit

/// Its texts are in the context of this name.
struct DepthUnitMenu {
  Q_DECLARE_TR_FUNCTIONS(uninet::DepthUnitMenu)
};

void ask(Document& document, QWidget* window) {
  const double now = document.session().data.depthUnit;
  bool taken = false;
  const double metres = QInputDialog::getDouble(
      window, DepthUnitMenu::tr("Unit of depth"),
      DepthUnitMenu::tr("Metres of one unit of the depth files:"), now > 0 ? now : 0.001,
      kSmallestDepthUnit, kLargestDepthUnit, kDigits, &taken, {}, 0.001);
  if (taken) document.setDepthUnit(metres);
}

}  // namespace

void addDepthUnits(QMenu& menu, Document& document) {
  const auto data = document.dataset();
  if (!data || !data->hasDepthUnit()) return;
  QMenu* units = menu.addMenu(DepthUnitMenu::tr("Depth &unit"));
  units->menuAction()->setObjectName(QStringLiteral("depth-unit"));
  auto* group = new QActionGroup(units);
  const double chosen = document.session().data.depthUnit;
  bool listed = false;
  const auto add = [&](const QString& text, double metres) {
    QAction* action = units->addAction(text);
    action->setCheckable(true);
    action->setChecked(metres == chosen);
    action->setData(metres);
    group->addAction(action);
    listed = listed || metres == chosen;
    QObject::connect(action, &QAction::triggered, &document,
                     [&document, metres] { document.setDepthUnit(metres); });
  };
  add(DepthUnitMenu::tr("&As the data set has it: millimetres in PNG, metres in .npy"), 0);
  for (const double metres : {1., 0.01, 0.001, 0.0001})
    add(DepthUnitMenu::tr("%1 m").arg(shownNumber(metres)), metres);
  if (!listed) add(DepthUnitMenu::tr("%1 m").arg(shownNumber(chosen)), chosen);
  QObject::connect(units->addAction(DepthUnitMenu::tr("&Other\u2026")), &QAction::triggered,
                   &document, [&document, window = menu.window()] { ask(document, window); });
}

}  // namespace uninet
