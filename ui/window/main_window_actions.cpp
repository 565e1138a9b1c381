// Menus and tool bar of the main window.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSlider>
#include <QToolBar>
#include <QWidgetAction>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/toasts.h"
#include "ui/style/fonts.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/style/roles.h"
#include "ui/style/theme.h"
#include "ui/views/canvas.h"
#include "ui/window/application.h"
#include "ui/window/canvas_part.h"
#include "ui/window/chips.h"
#include "ui/window/command_palette.h"
#include "ui/window/draw_button.h"
#include "ui/window/file_actions.h"
#include "ui/window/help_window.h"
#include "ui/window/main_window.h"
#include "ui/window/shortcuts.h"
#include "ui/window/shortcuts_dialog.h"

namespace uninet {

QAction* MainWindow::add(QMenu* menu, const QString& text, const char* name,
                         const QKeySequence& keys, std::function<void()> slot,
                         const char* picture) {
  QAction* action = menu->addAction(text);
  action->setObjectName(QString::fromUtf8(name));
  action->setShortcut(keys);
  if (picture != nullptr) action->setIcon(icon(picture));
  connect(action, &QAction::triggered, this, std::move(slot));
  return action;
}

void MainWindow::makeMenus() {
  QMenu* file = menuBar()->addMenu(tr("&File"));
  files_->fill(file);
  exportChart_ = add(
      file, tr("E&xport figure\u2026"), "export-figure", QKeySequence(tr("Ctrl+E")),
      [this] { exportChart(); }, "export");
  file->addSeparator();
  add(file, tr("&Quit"), "quit", QKeySequence::Quit, [this] { close(); });

  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QAction* undo = document_.undoStack().createUndoAction(this, tr("&Undo"));
  undo->setObjectName(QStringLiteral("undo"));
  undo->setShortcut(QKeySequence::Undo);
  undo->setIcon(icon("undo"));
  QAction* redo = document_.undoStack().createRedoAction(this, tr("&Redo"));
  redo->setObjectName(QStringLiteral("redo"));
  redo->setShortcut(QKeySequence::Redo);
  redo->setIcon(icon("redo"));
  edit->addActions({undo, redo});
  edit->addSeparator();
  add(
      edit, tr("&Find image"), "find-image", QKeySequence::Find, [this] { strip_->focusFind(); },
      "search");
  add(
      edit, tr("&All commands\u2026"), "command-palette", QKeySequence(tr("Ctrl+Shift+P")),
      [this] { showPalette(); }, "command");
  edit->addAction(toasts_->focusAction());

  fillView();
  fillAttack();
  fillAnalyse();
  fillHelp();
  applyShortcuts(findChildren<QAction*>());
}

void MainWindow::fillView() {
  QMenu* view = menuBar()->addMenu(tr("&View"));
  for (QAction* action : canvasPart_->layoutActions()) view->addAction(action);
  wipeNetworks_ = add(view, tr("&Wipe between the networks"), "wipe-networks",
                      QKeySequence(tr("Ctrl+B")), [this] { wipeNetworks(); });
  wipeNetworks_->setToolTip(
      tr("The attack that is shown, on network A left of the divider and on B right of it"));
  view->addSeparator();
  QMenu* rows = view->addMenu(tr("&Rows"));
  for (QAction* action : canvasPart_->rowActions()) rows->addAction(action);
  rows->addSeparator();
  rows->addActions({canvasPart_->gradientAction(), canvasPart_->levelAction()});
  QMenu* panels = view->addMenu(tr("&Large panel"));
  for (std::size_t i = 0; i < kPanels; ++i) {
    QAction* action = add(panels, panelTitle(i), ("focus-" + std::to_string(i)).c_str(),
                          QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)), [this, i] {
                            canvas_->setFocusPanel(i);
                            canvasPart_->setLayout(static_cast<int>(CanvasLayout::focus));
                          });
    if (i < kMeasuredPanels) continue;
    const auto follow = [this, action, i] {
      const auto& there = canvas_->panels();
      action->setVisible(std::find(there.begin(), there.end(), i) != there.end());
      action->setEnabled(action->isVisible());
    };
    follow();
    connect(canvas_, &Canvas::panelsChanged, this, follow);
  }
  add(
      view, tr("&Fit images"), "fit", QKeySequence(tr("Ctrl+0")),
      [this] { canvas_->camera().fit(); }, "fit");
  view->addSeparator();
  for (int i = 0; i < drawer_->count(); ++i)
    add(view, drawer_->title(i), ("tab-" + std::to_string(i)).c_str(),
        QKeySequence(QStringLiteral("Alt+%1").arg(i + 1)), [this, i] { drawer_->open(i); });
  add(view, tr("Close the res&ults"), "close-drawer", QKeySequence(tr("Alt+0")),
      [this] { drawer_->open(-1); });
  const auto side = [&](const QString& text, const char* name, const QKeySequence& keys,
                        QWidget* widget) {
    QAction* action = add(view, text, name, keys, [] {});
    action->setCheckable(true);
    action->setChecked(true);
    connect(action, &QAction::toggled, widget, &QWidget::setVisible);
  };
  view->addSeparator();
  side(tr("&Images"), "show-strip", QKeySequence(Qt::Key_F7), strip_);
  side(tr("&Attack"), "show-attack", QKeySequence(Qt::Key_F8), attack_);
  view->addSeparator();

  Theme* theme = Theme::instance();
  QMenu* themes = view->addMenu(tr("&Theme"));
  auto* themeGroup = new QActionGroup(this);
  QMenu* densities = view->addMenu(tr("&Density"));
  auto* densityGroup = new QActionGroup(this);
  const auto choice = [&](QMenu* menu, QActionGroup* group, const QString& text, const char* name,
                          bool checked, std::function<void()> slot, const char* picture = nullptr) {
    QAction* action = add(menu, text, name, {}, std::move(slot), picture);
    action->setCheckable(true);
    action->setChecked(checked);
    group->addAction(action);
    return action;
  };
  if (theme != nullptr) {
    const auto scheme = [&](const QString& text, const char* name, Theme::Choice which,
                            const char* picture) {
      choice(
          themes, themeGroup, text, name, theme->choice() == which,
          [theme, which] { theme->setChoice(which); }, picture);
    };
    scheme(tr("As the &system"), "theme-system", Theme::Choice::system, "settings");
    scheme(tr("&Light"), "theme-light", Theme::Choice::light, "sun");
    scheme(tr("&Dark"), "theme-dark", Theme::Choice::dark, "moon");
    const auto density = [&](const QString& text, const char* name, metrics::Density which) {
      choice(densities, densityGroup, text, name, theme->density() == which,
             [theme, which] { theme->setDensity(which); });
    };
    density(tr("&Comfortable"), "density-comfortable", metrics::Density::comfortable);
    density(tr("C&ompact"), "density-compact", metrics::Density::compact);
  }
  QMenu* languageMenu = view->addMenu(icon("language"), tr("Lan&guage"));
  auto* languageGroup = new QActionGroup(this);
  choice(languageMenu, languageGroup, tr("As the &system"), "language-system", language().isEmpty(),
         [this] { Q_EMIT languageChosen({}); });
  for (const Language& known : languages())
    choice(languageMenu, languageGroup, languageLabel(known, hasChineseFont()),
           ("language-" + known.code.toStdString()).c_str(), language() == known.code,
           [this, code = known.code] { Q_EMIT languageChosen(code); });
}

void MainWindow::fillAttack() {
  QMenu* attack = menuBar()->addMenu(tr("&Attack"));
  run_ = add(
      attack, tr("&Run"), "run-attack", QKeySequence(Qt::Key_F5), [this] { runAttack(); }, "run");
  stop_ = add(
      attack, tr("&Stop"), "stop-attack", QKeySequence(Qt::Key_Escape),
      [this] { document_.stop(); }, "stop");
  attack->addSeparator();
  add(
      attack, tr("&Next image"), "next-image", QKeySequence(Qt::Key_PageDown), [this] { step(1); },
      "chevron-down");
  add(
      attack, tr("&Previous image"), "previous-image", QKeySequence(Qt::Key_PageUp),
      [this] { step(-1); }, "chevron-up");
  attack->addSeparator();
  presets_ = attack->addMenu(tr("Pr&esets"));
  fillPresets();
  attack->addSeparator();
  add(attack, tr("&Load plugin\u2026"), "load-plugin", {}, [this] { loadPlugin(); });
}

/// Those that are not in the menu yet.
void MainWindow::fillPresets() {
  for (auto i = static_cast<std::size_t>(presets_->actions().size()); i < attackPresets().size();
       ++i)
    add(presets_, labelText(attackPresets()[i].name), ("preset-" + std::to_string(i)).c_str(), {},
        [this, i] { attack_->choosePreset(static_cast<int>(i)); });
}

void MainWindow::loadPlugin() {
  const QString file =
      QFileDialog::getOpenFileName(this, tr("Load attacks from a plugin, whose code is run"), {},
                                   tr("Plugins (*.so);;All files (*)"));
  if (!file.isEmpty()) document_.loadPlugin(file.toStdString());
}

void MainWindow::fillAnalyse() {
  QMenu* analyse = menuBar()->addMenu(tr("A&nalyse"));
  evaluate_ = add(
      analyse, tr("&Evaluate split\u2026"), "evaluate-split", QKeySequence(tr("Ctrl+Shift+E")),
      [this] { evaluateSplit(); }, "chart");
  stopSweep_ = add(
      analyse, tr("&Stop evaluation"), "stop-sweep", QKeySequence(tr("Ctrl+.")),
      [this] { document_.split().stop(); }, "stop");
  add(analyse, tr("Open &results\u2026"), "open-results", QKeySequence(tr("Ctrl+R")),
      [this] { openResults(); });
}

void MainWindow::fillHelp() {
  QMenu* help = menuBar()->addMenu(tr("&Help"));
  add(
      help, tr("&Help"), "help", QKeySequence::HelpContents,
      [this] {
        if (help_ == nullptr) {
          help_ = new HelpWindow(this);
          help_->setActions(findChildren<QAction*>());
        }
        help_->showFor(QApplication::focusWidget());
      },
      "help");
  add(help, tr("&Keyboard\u2026"), "shortcuts", QKeySequence(tr("Ctrl+?")),
      [this] { showShortcuts(); });
  add(help, tr("&About UniNet Workbench"), "about", {}, [this] { about(); });
}

void MainWindow::makeToolBar() {
  QToolBar* bar = addToolBar(tr("Tools"));
  bar->setObjectName(QStringLiteral("tools"));
  bar->setMovable(false);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  bar->addWidget(new NetworkChip(document_, *files_, bar));
  auto* data = new DataChip(document_, *files_, bar);
  connect(data, &DataChip::groupChosen, strip_, [this](const QString& group) {
    strip_->setGroups(group.isEmpty() ? std::set<QString>{} : std::set<QString>{group});
  });
  bar->addWidget(data);
  auto* space = new QWidget;
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(space);
  bar->addWidget(new DrawButton(document_, bar));
  auto* rows = new QLabel(tr("rows"));
  makeSmall(*rows);
  bar->addWidget(rows);
  const auto& rowActions = canvasPart_->rowActions();
  bar->addWidget(makeSegments({rowActions.begin(), rowActions.end()}, bar));
  const auto& layouts = canvasPart_->layoutActions();
  bar->addWidget(makeSegments({layouts.begin(), layouts.end()}, bar));
  auto* run = new QPushButton(icon("run", Ink::onAccent), tr("Run"));
  run->setObjectName(QStringLiteral("run-button"));
  makePrimary(*run, run_->shortcut().toString(QKeySequence::NativeText));
  const auto follow = [this, run] {
    run->setEnabled(run_->isEnabled());
    makePrimary(*run, run_->shortcut().toString(QKeySequence::NativeText));
  };
  connect(run_, &QAction::changed, run, follow);
  connect(run, &QPushButton::clicked, run_, &QAction::trigger);
  bar->addWidget(run);
}

void MainWindow::showPalette() {
  std::vector<Command> commands = menuCommands(*menuBar());
  for (const AttackInfo& info : attacks())
    commands.push_back(
        {labelText(info.title), tr("Method"), {}, true, [this, key = QString::fromUtf8(info.key)] {
           attack_->choose(key, QStringLiteral("{}"));
         }});
  if (palette_ == nullptr) palette_ = new CommandPalette(this);
  palette_->popup(std::move(commands));
}

void MainWindow::showShortcuts() {
  auto* dialog = new ShortcutsDialog(
      findChildren<QAction*>(),
      {{QKeySequence(Qt::Key_Space), tr("Hold: the other state in every panel")},
       {QKeySequence(Qt::Key_F), tr("Fit the images")},
       {QKeySequence(Qt::Key_Plus), tr("Zoom in")},
       {QKeySequence(Qt::Key_Minus), tr("Zoom out")},
       {QKeySequence(Qt::Key_P), tr("Play the timeline")}},
      this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->open();
}

void MainWindow::about() {
  auto* box = new QMessageBox(
      QMessageBox::NoIcon, tr("About"),
      tr("<b>UniNet Workbench %1</b><p>Attack one task of a multi-task network and watch the "
         "others.</p><p>Free software under the GNU General Public License, version 3 or "
         "later.</p>")
          .arg(QApplication::applicationVersion()),
      QMessageBox::Close, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->open();
}

}  // namespace uninet
