#include "ui/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QRegularExpression>
#include <QScreen>
#include <QSettings>
#include <QSplitter>
#include <QStatusBar>
#include <QVBoxLayout>

#include "core/base/error.h"
#include "ui/document/text.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/hints.h"
#include "ui/panels/log_view.h"
#include "ui/panels/objects_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/status_items.h"
#include "ui/panels/timeline.h"
#include "ui/panels/toasts.h"
#include "ui/panels/welcome.h"
#include "ui/style/metrics.h"
#include "ui/views/canvas.h"
#include "ui/views/probe.h"
#include "ui/window/canvas_part.h"
#include "ui/window/charts_part.h"
#include "ui/window/file_actions.h"
#include "ui/window/help_pages.h"
#include "ui/window/runs_part.h"
#include "ui/window/sweep_dialog.h"

namespace uninet {

MainWindow::MainWindow(Document& document, QWidget* parent)
    : QMainWindow(parent),
      document_(document),
      canvas_(new Canvas),
      timeline_(new Timeline),
      attack_(new AttackPanel(document.undoStack())),
      strip_(new FilmStrip),
      drawer_(new Drawer),
      runs_(new RunsPanel),
      objects_(new ObjectsPanel),
      toasts_(new Toasts(canvas_)),
      status_(new StatusItems),
      probe_(new QLabel),
      files_(new FileActions(document, this)),
      charts_(new ChartsPart(document, this)) {
  setAcceptDrops(true);
  setObjectName(QStringLiteral("main"));
  readAttack();
  canvasPart_ = new CanvasPart(document, *canvas_, *timeline_, *objects_, *attack_, this);
  runsPart_ = new RunsPart(document, *runs_, this);
  makeCentre();
  makeMenus();
  makeToolBar();
  makeStatusBar();
  listen();
  readDocument();
  resize(QSize(1600, 1000).boundedTo(screen()->availableSize()));
  const QSettings settings;
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  drawer_->setOpenHeight(settings.value(QStringLiteral("window/drawer-height")).toInt());
}

MainWindow::~MainWindow() {
  disconnect(&document_, nullptr, this, nullptr);
  // Its commands know the panels.
  document_.undoStack().clear();
}

void MainWindow::makeCentre() {
  auto* middle = new QWidget;
  auto* column = new QVBoxLayout(middle);
  // The pictures have the room.
  column->setContentsMargins(metrics::kGap, metrics::kHalf / 2, metrics::kGap, 0);
  column->setSpacing(metrics::kHalf / 2);
  column->addWidget(canvas_, 1);
  column->addWidget(timeline_);
  auto* top = new QWidget;
  auto* row = new QHBoxLayout(top);
  row->setContentsMargins({});
  row->setSpacing(0);
  row->addWidget(strip_);
  row->addWidget(middle, 1);
  row->addWidget(attack_);

  drawer_->addTab(QStringLiteral("runs"), tr("Runs"), runs_);
  drawer_->addTab(QStringLiteral("ratios"), tr("Metric ratios"), &charts_->ratios());
  drawer_->addTab(QStringLiteral("interaction"), tr("Interaction"), &charts_->interaction());
  drawer_->addTab(QStringLiteral("levels"), tr("Levels"), &charts_->levels());
  drawer_->addTab(QStringLiteral("shapes"), tr("Shape bias"), &charts_->shapes());
  drawer_->addTab(QStringLiteral("objects"), tr("Objects"), objects_);
  drawer_->addTab(QStringLiteral("log"), tr("Log"), new LogView);

  splitter_ = new QSplitter(Qt::Vertical);
  splitter_->setChildrenCollapsible(false);
  splitter_->addWidget(top);
  splitter_->addWidget(drawer_);
  splitter_->setStretchFactor(0, 1);
  splitter_->setStretchFactor(1, 0);
  setCentralWidget(splitter_);
  // What F1 opens.
  for (const auto& [part, page] : std::initializer_list<std::pair<QWidget*, const char*>>{
           {middle, "canvas"},
           {runs_, "sessions"},
           {&charts_->ratios(), "chart-ratios"},
           {&charts_->interaction(), "chart-interaction"},
           {&charts_->levels(), "chart-levels"},
           {&charts_->shapes(), "chart-shape-bias"},
           {objects_, "objects"}})
    setHelpPage(part, QString::fromUtf8(page));
  const auto explainAttack = [this] { setHelpPage(attack_, attackHelpPage(attack_->attackKey())); };
  connect(attack_, &AttackPanel::changed, this, explainAttack);
  explainAttack();
  connect(drawer_, &Drawer::currentChanged, this, [this](int tab) {
    if (tab >= 0) {
      const int whole = splitter_->height();
      splitter_->setSizes({whole - drawer_->openHeight(), drawer_->openHeight()});
    }
    updateReady();
  });
  for (FigureView* view : {static_cast<FigureView*>(&charts_->ratios()), &charts_->shapes(),
                           &charts_->interaction(), &charts_->levels()})
    connect(view, &FigureView::popOutRequested, this,
            [this, view] { drawer_->popOut(drawer_->indexOf(view)); });
  connect(charts_, &ChartsPart::changed, drawer_, &Drawer::setNews);
}

void MainWindow::makeStatusBar() {
  probe_->setObjectName(QStringLiteral("probe"));
  probe_->setAccessibleName(tr("Outputs at the cursor"));
  statusBar()->setSizeGripEnabled(false);
  statusBar()->addWidget(probe_, 1);
  statusBar()->addPermanentWidget(status_);
  status_->setDevice(shownDevice(document_.engine().device()));
  connect(status_, &StatusItems::stopRequested, this, [this](quint64 id) {
    if (id == kSweepJob)
      document_.split().stop();
    else
      document_.jobs().stop(id);
  });
}

void MainWindow::open(const QStringList& paths, const QString& split, OpenOptions opening,
                      const QString& labels, double depthUnit) {
  files_->open(paths, split, std::move(opening), labels, depthUnit);
}

void MainWindow::offerSession(const QString& file) {
  toasts_->say(Subject::session,
               tr("The program ended without closing its session. Its runs are kept."),
               Toasts::Kind::error, tr("Go on with it"),
               [this, file] { document_.openSession(file.toStdString()); });
}

void MainWindow::welcome() {
  auto* card = new Welcome(canvas_);
  connect(card, &Welcome::accepted, this, [this] {
    for (std::size_t i = 0; i < attackPresets().size(); ++i)
      if (QLatin1String(attackPresets()[i].name) == QLatin1String("Hide the people"))
        attack_->choosePreset(static_cast<int>(i));
    runAttack();
  });
  connect(card, &Welcome::done, this, [this] {
    QSettings().setValue(QStringLiteral("welcome/done"), true);
    showHints();
  });
}

void MainWindow::showHints() {
  (new Hints(this))
      ->show(
          {{attack_, tr("What is attacked, and how strongly. F5 runs it.")},
           {timeline_, tr("Every step of the attack. The marks say where each task first lost "
                          "half of its performance.")},
           {canvas_, tr("Hold the space bar to see the other state. A double click makes a panel "
                        "large, the wheel zooms into all of them.")},
           {drawer_, tr("Every run is kept here, to compare, to repeat and for figures.")}});
}

void MainWindow::writeChart(const std::filesystem::path& stem) {
  if (const auto* view = qobject_cast<FigureView*>(drawer_->currentWidget()))
    charts_->write(*view, stem);
}

void MainWindow::exportChart() {
  if (const auto* view = qobject_cast<FigureView*>(drawer_->currentWidget()))
    charts_->exportFigure(*view);
}

void MainWindow::runAttack() {
  // A value that is being typed counts.
  if (QWidget* focus = QApplication::focusWidget();
      focus != nullptr && attack_->isAncestorOf(focus))
    focus->clearFocus();
  document_.setAttackChoice(attack_->attack());
  document_.attack(attack_->attackKey(), attack_->options(), attack_->region(), attack_->preset(),
                   attack_->precision());
}

void MainWindow::wipeNetworks() {
  const auto [first, second] = document_.runsOnBoth();
  if (first == 0) return;
  document_.compareRuns(first, second);
  Q_EMIT runsPart_->wiped();
}

void MainWindow::step(int by) {
  if (document_.dataset()) document_.select(document_.frame().index + by);
}

void MainWindow::evaluateSplit() {
  if (!document_.engine() || !document_.dataset()) return;
  const QString name = QStringLiteral("%1-%2").arg(
      QString::fromStdString(document_.engine().hash()).left(8),
      QString::fromStdString(document_.dataset()->title()).toLower().simplified());
  QStringList missing;
  if (!document_.dataset()->hasGroundTruth())
    missing << tr("These images have no ground truth: no metric can be computed.");
  else
    for (const std::string& note : document_.frame().raw.notes)
      missing << QString::fromStdString(note);
  auto* dialog = new SweepDialog(
      QString(name).replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-")),
      static_cast<int>(document_.dataset()->size()), missing, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] {
    document_.evaluateSplit(dialog->plan(), dialog->limit(), dialog->file());
  });
  dialog->open();
}

void MainWindow::openResults() {
  const QString file = QFileDialog::getOpenFileName(this, tr("Open the results of an evaluation"),
                                                    {}, tr("Results (*.sqlite);;All files (*)"));
  if (!file.isEmpty()) document_.split().show(file.toStdString());
}

QString MainWindow::probeText() const {
  const auto at = canvas_->camera().cursor();
  return at ? uninet::probeText(document_, *at) : QString();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  QStringList paths;
  for (const QUrl& url : event->mimeData()->urls())
    if (url.isLocalFile()) paths << url.toLocalFile();
  open(paths);
  event->acceptProposedAction();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  QSettings settings;
  settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
  settings.setValue(QStringLiteral("window/drawer-height"), drawer_->openHeight());
  document_.stop();
  document_.closeSession();
  QMainWindow::closeEvent(event);
}

}  // namespace uninet
