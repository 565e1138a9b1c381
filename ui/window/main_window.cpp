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
#include "ui/window/runs_part.h"
#include "ui/window/sweep_dialog.h"

namespace uninet {
namespace {

/// In the queue of jobs, beside those of the document.
constexpr quint64 kSweepJob = ~quint64{0};

}  // namespace

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
  status_->setDevice(QString::fromStdString(deviceText()));
  connect(status_, &StatusItems::stopRequested, this, [this](quint64 id) {
    if (id == kSweepJob)
      document_.split().stop();
    else
      document_.jobs().stop(id);
  });
}

void MainWindow::listen() {
  connect(&document_, &Document::engineChanged, this, [this] {
    attack_->setClasses(document_.engine().spec().classes);
    updateReady();
  });
  connect(&document_, &Document::datasetChanged, this, [this] {
    strip_->setDataset(document_.dataset());
    updateReady();
  });
  connect(&document_, &Document::frameChanged, this, [this] {
    strip_->setCurrent(document_.frame().index);
    updateReady();
    updateTitle();
  });
  connect(&document_, &Document::experimentChanged, this, [this] {
    if (const Experiment* experiment = document_.experiment())
      attack_->showResult(*experiment);
    else
      attack_->clearResult();
    updateReady();
  });
  connect(&document_, &Document::attackingChanged, attack_, &AttackPanel::setRunning);
  connect(&document_, &Document::attackingChanged, this, &MainWindow::updateReady);
  connect(&document_, &Document::said, this,
          [this](Subject subject, const QString& text, bool error) {
            toasts_->say(subject, text, error ? Toasts::Kind::error : Toasts::Kind::information);
          });
  connect(&document_, &Document::crashed, this, &MainWindow::offerSession);
  connect(&document_, &Document::sessionOpened, this, [this] {
    readAttack();
    canvasPart_->readView();
    updateTitle();
  });
  connect(&document_.runs(), &RunArchive::changed, this, [this] {
    drawer_->setNews(runs_);
    updateMarks();
  });
  connect(&document_, &Document::datasetChanged, this, &MainWindow::updateMarks);
  connect(&document_.jobs(), &JobRunner::progressed, this,
          [this](JobId id, const QString& title, qint64 done, qint64 total, double eta) {
            if (id == document_.attackJob()) attack_->setProgress(title, done, total, eta);
            progress_[id] = {done, total, eta};
            updateJobs();
          });
  connect(&document_.jobs(), &JobRunner::linesChanged, this, &MainWindow::updateJobs);
  SplitResults& split = document_.split();
  connect(&split, &SplitResults::figuresChanged, this, &MainWindow::updateReady);
  connect(&split, &SplitResults::runningChanged, this, [this] {
    progress_.erase(kSweepJob);
    updateReady();
    updateJobs();
  });
  connect(&split, &SplitResults::progressed, this,
          [this](const QString& title, qint64 done, qint64 total, double eta) {
            sweepTitle_ = title;
            progress_[kSweepJob] = {done, total, eta};
            updateJobs();
          });
  connect(strip_, &FilmStrip::chosen, &document_, &Document::select);
  connect(attack_, &AttackPanel::runRequested, this, &MainWindow::runAttack);
  connect(canvasPart_, &CanvasPart::attackRequested, this, &MainWindow::runAttack);
  connect(attack_, &AttackPanel::stopRequested, &document_, &Document::stop);
  connect(attack_, &AttackPanel::changed, this, [this] {
    if (!reading_) document_.setAttackChoice(attack_->attack());
  });
  connect(&canvas_->camera(), &ViewCamera::cursorChanged, this,
          [this] { probe_->setText(probeText()); });
  connect(&document_, &Document::sceneChanged, this, [this] { probe_->setText(probeText()); });
  connect(runsPart_, &RunsPart::wiped, this,
          [this] { canvasPart_->setLayout(static_cast<int>(CanvasLayout::wipe)); });
}

/// Everything that signals would have told if the window had been there.
void MainWindow::readDocument() {
  if (document_.engine()) attack_->setClasses(document_.engine().spec().classes);
  if (document_.dataset()) strip_->setDataset(document_.dataset());
  if (document_.frame().index >= 0) strip_->setCurrent(document_.frame().index);
  if (const Experiment* experiment = document_.experiment()) attack_->showResult(*experiment);
  attack_->setRunning(document_.attacking());
  updateMarks();
  updateReady();
  updateTitle();
  updateJobs();
}

void MainWindow::readAttack() {
  reading_ = true;
  try {
    attack_->setAttack(document_.session().attack);
  } catch (const Error& error) {
    toasts_->say(Subject::session, QString::fromUtf8(error.what()), Toasts::Kind::error);
  }
  reading_ = false;
}

void MainWindow::open(const QStringList& paths, const QString& split, OpenOptions opening) {
  files_->open(paths, split, std::move(opening));
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
  document_.attack(attack_->attackKey(), attack_->options(), attack_->region(), attack_->preset());
}

void MainWindow::step(int by) {
  if (document_.dataset()) document_.select(document_.frame().index + by);
}

void MainWindow::updateReady() {
  const bool ready = document_.engine() && document_.frame().clean && !document_.attacking();
  attack_->setReady(ready,
                    document_.engine() ? tr("Choose an image first") : tr("Open a network first"));
  run_->setEnabled(ready);
  stop_->setEnabled(document_.attacking());
  const auto* view = qobject_cast<FigureView*>(drawer_->currentWidget());
  exportChart_->setEnabled(view != nullptr && view->current() != nullptr);
  const bool sweeping = document_.split().running();
  evaluate_->setEnabled(document_.engine() && document_.dataset() && !sweeping);
  stopSweep_->setEnabled(sweeping);
}

void MainWindow::updateTitle() {
  const Document::Frame& frame = document_.frame();
  QString title;
  if (frame.index >= 0 && !frame.raw.name.empty())
    title = QString::fromStdString(frame.raw.name) + QStringLiteral(" \u2014 ");
  setWindowTitle(title + tr("UniNet Workbench"));
}

void MainWindow::updateJobs() {
  std::vector<JobLine> lines;
  for (const JobRunner::Line& job : document_.jobs().lines()) {
    JobLine line{job.id, job.title, 0, 0, -1, job.begun};
    if (const auto known = progress_.find(job.id); known != progress_.end() && job.begun)
      std::tie(line.done, line.total, line.eta) = known->second;
    lines.push_back(line);
  }
  if (document_.split().running()) {
    JobLine line{kSweepJob, sweepTitle_.isEmpty() ? tr("Evaluation") : sweepTitle_, 0, 0, -1, true};
    if (const auto known = progress_.find(kSweepJob); known != progress_.end())
      std::tie(line.done, line.total, line.eta) = known->second;
    lines.push_back(line);
  }
  std::erase_if(progress_, [&](const auto& entry) {
    return std::none_of(lines.begin(), lines.end(),
                        [&](const JobLine& line) { return line.id == entry.first; });
  });
  status_->setJobs(lines);
}

/// Dots on the images of this data that there are runs on.
void MainWindow::updateMarks() {
  std::set<int> marked;
  if (const auto data = document_.dataset()) {
    std::set<std::string> names;
    for (const KeptRun& run : document_.runs().runs())
      if (run.data == data->title()) names.insert(run.image);
    for (std::size_t i = 0; !names.empty() && i < data->size(); ++i)
      if (names.count(data->name(i)) != 0) marked.insert(static_cast<int>(i));
  }
  strip_->setMarked(std::move(marked));
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
