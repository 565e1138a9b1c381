// Docks, menus, tool bar and status bar of the main window.
#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLabel>
#include <QMenuBar>
#include <QProgressBar>
#include <QSlider>
#include <QStatusBar>
#include <QStyle>
#include <QTabWidget>
#include <QToolBar>
#include <QToolButton>
#include <cmath>

#include "ui/document/text.h"
#include "ui/panels/log_view.h"
#include "ui/panels/loss_plot.h"
#include "ui/window/main_window.h"

namespace uninet {

void MainWindow::makeDocks() {
  const auto add = [this](const QString& title, const char* name, QWidget* widget,
                          Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(QString::fromUtf8(name));
    dock->setWidget(widget);
    addDockWidget(area, dock);
    return dock;
  };
  setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
  setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
  auto* dataDock = add(tr("Data"), "data", data_, Qt::LeftDockWidgetArea);
  auto* attackDock = add(tr("Attack"), "attack-dock", attack_, Qt::RightDockWidgetArea);
  tabs_->addTab(chart_, tr("Metric ratios"));
  tabs_->addTab(shapes_, tr("Shape bias"));
  tabs_->addTab(interaction_, tr("Interaction"));
  tabs_->addTab(levels_, tr("Levels"));
  tabs_->addTab(losses_, tr("Losses"));
  tabs_->addTab(new LogView, tr("Log"));
  tabs_->setDocumentMode(true);
  auto* tabDock = add(tr("Results"), "results", tabs_, Qt::BottomDockWidgetArea);
  resizeDocks({dataDock, attackDock}, {270, 330}, Qt::Horizontal);
  resizeDocks({tabDock}, {230}, Qt::Vertical);
}

void MainWindow::makeMenus() {
  const auto icon = [this](QStyle::StandardPixmap which) { return style()->standardIcon(which); };
  const auto add = [this](QMenu* menu, const QString& text, const QKeySequence& keys, auto slot) {
    QAction* action = menu->addAction(text);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  QMenu* file = menuBar()->addMenu(tr("&File"));
  add(file, tr("Open &checkpoint\u2026"), QKeySequence::Open, &MainWindow::chooseCheckpoint)
      ->setIcon(icon(QStyle::SP_DialogOpenButton));
  add(file, tr("Open &folder or Cityscapes\u2026"), QKeySequence(tr("Ctrl+Shift+O")),
      &MainWindow::chooseFolder)
      ->setIcon(icon(QStyle::SP_DirOpenIcon));
  add(file, tr("Open &pictures\u2026"), QKeySequence(tr("Ctrl+I")), &MainWindow::choosePictures);
  add(file, tr("Built-in &demo"), QKeySequence(tr("Ctrl+D")), [this] { document_.openDemo(); });
  file->addSeparator();
  save_ = add(file, tr("&Save result\u2026"), QKeySequence::Save, &MainWindow::saveResult);
  save_->setIcon(icon(QStyle::SP_DialogSaveButton));
  exportChart_ =
      add(file, tr("&Export chart\u2026"), QKeySequence(tr("Ctrl+E")), &MainWindow::exportChart);
  file->addSeparator();
  add(file, tr("&Quit"), QKeySequence::Quit, [this] { close(); });

  QMenu* edit = menuBar()->addMenu(tr("&Edit"));
  QAction* undo = document_.undoStack().createUndoAction(this, tr("&Undo"));
  undo->setShortcut(QKeySequence::Undo);
  QAction* redo = document_.undoStack().createRedoAction(this, tr("&Redo"));
  redo->setShortcut(QKeySequence::Redo);
  edit->addActions({undo, redo});

  QMenu* view = menuBar()->addMenu(tr("&View"));
  add(view, tr("&Fit images"), QKeySequence(tr("Ctrl+0")), [this] { panels_->camera().fit(); });
  add(view, tr("&All panels"), QKeySequence(tr("Ctrl+9")), [this] { panels_->showOnly(-1); });
  for (int i = 0; i < static_cast<int>(kPanels); ++i) {
    const QString name =
        i == 0 ? tr("Image") : labelText(tasks()[static_cast<std::size_t>(i - 1)].title);
    add(view, tr("Only %1").arg(name), QKeySequence(QStringLiteral("Ctrl+%1").arg(i + 1)),
        [this, i] { panels_->showOnly(i); });
  }
  view->addSeparator();
  for (QDockWidget* dock : findChildren<QDockWidget*>()) view->addAction(dock->toggleViewAction());

  QMenu* attack = menuBar()->addMenu(tr("&Attack"));
  run_ = add(attack, tr("&Run"), QKeySequence(Qt::Key_F5), &MainWindow::runAttack);
  run_->setIcon(icon(QStyle::SP_MediaPlay));
  stop_ = add(attack, tr("&Stop"), QKeySequence(Qt::Key_Escape), [this] { document_.stop(); });
  stop_->setIcon(icon(QStyle::SP_MediaStop));
  attack->addSeparator();
  add(attack, tr("&Next image"), QKeySequence(Qt::Key_PageDown), [this] { step(1); });
  add(attack, tr("&Previous image"), QKeySequence(Qt::Key_PageUp), [this] { step(-1); });
  attack->addSeparator();
  QMenu* presets = attack->addMenu(tr("&Presets"));
  for (std::size_t i = 0; i < attackPresets().size(); ++i)
    add(presets, labelText(attackPresets()[i].name), {},
        [this, i] { attack_->choosePreset(static_cast<int>(i)); });

  QMenu* analyse = menuBar()->addMenu(tr("A&nalyse"));
  evaluate_ = add(analyse, tr("&Evaluate split\u2026"), QKeySequence(tr("Ctrl+Shift+E")),
                  &MainWindow::evaluateSplit);
  evaluate_->setObjectName(QStringLiteral("evaluate-split"));
  stopSweep_ = add(analyse, tr("&Stop evaluation"), QKeySequence(tr("Ctrl+.")),
                   [this] { document_.split().stop(); });
  stopSweep_->setObjectName(QStringLiteral("stop-sweep"));
  add(analyse, tr("Open &results\u2026"), QKeySequence(tr("Ctrl+R")), &MainWindow::openResults);

  QMenu* help = menuBar()->addMenu(tr("&Help"));
  add(help, tr("&Keyboard"), QKeySequence::HelpContents, &MainWindow::showShortcuts);
  add(help, tr("&About UniNet Workbench"), {}, &MainWindow::about);
}

void MainWindow::makeToolBar() {
  QToolBar* bar = addToolBar(tr("Tools"));
  bar->setObjectName(QStringLiteral("tools"));
  bar->setMovable(false);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->addAction(menuBar()->actions()[0]->menu()->actions()[0]);
  bar->addAction(menuBar()->actions()[0]->menu()->actions()[1]);
  bar->addSeparator();
  bar->addAction(run_);
  bar->addAction(stop_);
  bar->addSeparator();
  const auto addSlider = [&](const QString& label, const QString& tip, double value, auto set) {
    auto* text = new QLabel(label);
    auto* slider = new QSlider(Qt::Horizontal);
    auto* number = new QLabel;
    slider->setRange(0, 100);
    slider->setFixedWidth(110);
    slider->setToolTip(tip);
    slider->setAccessibleName(label);
    text->setContentsMargins(8, 0, 4, 0);
    number->setMinimumWidth(
        fontMetrics().horizontalAdvance(shownNumber(0.0, 'f', 2) + QLatin1Char(' ')));
    connect(slider, &QSlider::valueChanged, this, [this, number, set](int v) {
      number->setText(shownNumber(v / 100.0, 'f', 2));
      DrawOptions draw = document_.draw();
      set(draw, v / 100.0);
      document_.setDraw(draw);
    });
    bar->addWidget(text);
    bar->addWidget(slider);
    bar->addWidget(number);
    slider->setValue(static_cast<int>(std::lround(100 * value)));
  };
  addSlider(tr("Score"), tr("Objects below this score are not drawn; metrics use all of them"),
            document_.draw().scoreThreshold,
            [](DrawOptions& draw, double v) { draw.scoreThreshold = v; });
  addSlider(tr("Opacity"), tr("Of the masks over the image"), document_.draw().opacity,
            [](DrawOptions& draw, double v) { draw.opacity = v; });
  auto* space = new QWidget;
  space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(space);
  modelChip_->setContentsMargins(8, 0, 8, 0);
  modelChip_->setAccessibleName(tr("Network"));
  bar->addWidget(modelChip_);
}

void MainWindow::makeStatusBar() {
  probe_->setAccessibleName(tr("Outputs at the cursor"));
  statusBar()->addWidget(probe_, 1);
  sweepBar_->setAccessibleName(tr("Progress of the evaluation"));
  sweepBar_->setMinimumWidth(360);
  sweepBar_->hide();
  sweepStop_->setDefaultAction(stopSweep_);
  sweepStop_->setIcon(style()->standardIcon(QStyle::SP_MediaStop));
  sweepStop_->setToolButtonStyle(Qt::ToolButtonIconOnly);
  sweepStop_->hide();
  statusBar()->addPermanentWidget(sweepBar_);
  statusBar()->addPermanentWidget(sweepStop_);
  statusBar()->addPermanentWidget(job_);
  statusBar()->addPermanentWidget(new QLabel(QString::fromStdString(deviceText())));
}

}  // namespace uninet
