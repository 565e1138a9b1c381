#include "ui/window/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QProgressBar>
#include <QRegularExpression>
#include <QScreen>
#include <QSettings>
#include <QSlider>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/data/picture_list.h"
#include "ui/charts/figure_export.h"
#include "ui/document/text.h"
#include "ui/panels/loss_plot.h"
#include "ui/views/probe.h"
#include "ui/window/sweep_dialog.h"

namespace uninet {
namespace {

bool isCheckpoint(const QString& path) {
  const QString end = QFileInfo(path).suffix().toLower();
  return end == QLatin1String("pth") || end == QLatin1String("pt") ||
         end == QLatin1String("ckpt") || end == QLatin1String("safetensors");
}

}  // namespace

MainWindow::MainWindow(Document& document, QWidget* parent)
    : QMainWindow(parent),
      document_(document),
      panels_(new PanelGrid),
      attack_(new AttackPanel(document.undoStack())),
      data_(new DataPanel),
      chart_(new RatioChart),
      losses_(new LossPlot),
      shapes_(new FigureView(
          tr("Swap two classes with \"DAG swap, detection\", on this image or on the "
             "split (Analyse menu): how the shapes of the boxes follow stands here."))),
      interaction_(new FigureView(
          tr("Analyse \u25b8 Evaluate split with the plan \"interaction\" fills this tab."))),
      levels_(new FigureView(
          tr("Analyse \u25b8 Evaluate split with the plan \"levels\" fills this tab."))),
      message_(new MessageBar),
      tabs_(new QTabWidget),
      scrubber_(new QSlider(Qt::Horizontal)),
      scrubberText_(new QLabel),
      modelChip_(new QLabel),
      probe_(new QLabel),
      job_(new QLabel),
      sweepBar_(new QProgressBar),
      sweepStop_(new QToolButton) {
  setAcceptDrops(true);
  setObjectName(QStringLiteral("main"));
  auto* centre = new QWidget(this);
  auto* column = new QVBoxLayout(centre);
  column->setContentsMargins(6, 6, 6, 2);
  column->addWidget(message_);
  column->addWidget(panels_, 1);
  auto* scrub = new QHBoxLayout;
  scrub->addWidget(scrubberText_);
  scrub->addWidget(scrubber_, 1);
  column->addLayout(scrub);
  setCentralWidget(centre);
  scrubber_->setAccessibleName(tr("Iteration that is shown"));
  scrubber_->setPageStep(1);

  makeDocks();
  makeMenus();
  makeToolBar();
  makeStatusBar();
  listen();
  updateEmptyTexts();
  updateReady();
  updateTitle();
  updateScrubber();
  resize(QSize(1500, 920).boundedTo(screen()->availableSize()));
  const QSettings settings;
  restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
  restoreState(settings.value(QStringLiteral("window/state")).toByteArray());
}

MainWindow::~MainWindow() { disconnect(&document_, nullptr, this, nullptr); }

void MainWindow::listen() {
  connect(&document_, &Document::engineChanged, this, [this] {
    const Classes& classes = document_.engine().spec().classes;
    attack_->setClasses(classes);
    panels_->setFarthestMetres(classes->farthestMetres);
    updateEmptyTexts();
    updateReady();
    updateTitle();
  });
  connect(&document_, &Document::datasetChanged, this,
          [this] { data_->setDataset(document_.dataset()); });
  connect(&document_, &Document::frameChanged, this, [this] {
    data_->setCurrent(document_.frame().index);
    updateReady();
    updateTitle();
  });
  connect(&document_, &Document::cleanImagesChanged, this, [this] {
    panels_->setClean(document_.cleanImages());
    updateEmptyTexts();
  });
  connect(&document_, &Document::attackedImagesChanged, this,
          [this] { panels_->setAttacked(document_.attackedImages()); });
  connect(&document_, &Document::stepsChanged, this, &MainWindow::updateScrubber);
  connect(&document_, &Document::experimentChanged, this, &MainWindow::updateChart);
  connect(&document_, &Document::attackingChanged, attack_, &AttackPanel::setRunning);
  connect(&document_, &Document::attackingChanged, this, &MainWindow::updateReady);
  connect(&document_, &Document::said, this,
          [this](Subject subject, const QString& text, bool error) {
            message_->say(subject, text,
                          error ? MessageBar::Kind::error : MessageBar::Kind::information);
          });
  connect(&document_.jobs(), &JobRunner::progressed, this,
          [this](JobId id, const QString& title, qint64 done, qint64 total, double eta) {
            if (id == document_.attackJob()) attack_->setProgress(title, done, total, eta);
          });
  connect(&document_.jobs(), &JobRunner::runningChanged, this,
          [this](JobId, const QString& title) { job_->setText(title); });
  SplitResults& split = document_.split();
  connect(&split, &SplitResults::figuresChanged, this, &MainWindow::updateFigures);
  connect(&split, &SplitResults::runningChanged, this, [this](bool running) {
    sweepBar_->setVisible(running);
    sweepStop_->setVisible(running);
    sweepBar_->setRange(0, 0);
    updateReady();
  });
  connect(&split, &SplitResults::progressed, this,
          [this](const QString& title, qint64 done, qint64 total, double eta) {
            sweepBar_->setRange(0, static_cast<int>(total));
            sweepBar_->setValue(static_cast<int>(done));
            sweepBar_->setFormat(progressText(title, done, total, eta));
          });
  connect(tabs_, &QTabWidget::currentChanged, this, &MainWindow::updateReady);
  connect(data_, &DataPanel::chosen, &document_, &Document::select);
  connect(attack_, &AttackPanel::runRequested, this, &MainWindow::runAttack);
  connect(attack_, &AttackPanel::stopRequested, &document_, &Document::stop);
  connect(scrubber_, &QSlider::valueChanged, &document_, &Document::showStep);
  connect(&panels_->camera(), &ViewCamera::cursorChanged, this,
          [this] { probe_->setText(probeText()); });
}

void MainWindow::open(const QStringList& paths, const QString& split, OpenOptions opening) {
  std::vector<std::filesystem::path> pictures;
  const bool network = std::any_of(paths.begin(), paths.end(), isCheckpoint);
  const QStringList masks = paths.filter(QRegularExpression(QStringLiteral("\\.npz$")));
  if (network && !masks.isEmpty()) opening.maskComponents = masks.last().toStdString();
  if (!network && !masks.isEmpty()) document_.openMaskComponents(masks.last().toStdString());
  for (const QString& path : paths) {
    if (isCheckpoint(path))
      document_.openCheckpoint(path.toStdString(), opening);
    else if (path.endsWith(QLatin1String(".sqlite")))
      document_.split().show(path.toStdString());
    else if (QFileInfo(path).isDir() || isPictureList(path.toStdString()))
      document_.openData(path.toStdString(), split);
    else if (!masks.contains(path))
      pictures.emplace_back(path.toStdString());
  }
  if (!pictures.empty()) document_.openPictures(std::move(pictures));
}

void MainWindow::chooseCheckpoint() {
  const QString file = QFileDialog::getOpenFileName(
      this, tr("Open checkpoint"), {},
      tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)"));
  if (!file.isEmpty()) document_.openCheckpoint(file.toStdString());
}

void MainWindow::chooseFolder() {
  const QString folder =
      QFileDialog::getExistingDirectory(this, tr("Open a Cityscapes tree or a folder of pictures"));
  if (!folder.isEmpty()) open({folder});
}

void MainWindow::choosePictures() {
  const QStringList files = QFileDialog::getOpenFileNames(
      this, tr("Open pictures"), {},
      tr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;All files (*)"));
  if (!files.isEmpty()) open(files);
}

void MainWindow::saveResult() {
  const QString folder = QFileDialog::getExistingDirectory(
      this, tr("Save images, outputs and report.json in this folder"));
  if (!folder.isEmpty()) document_.saveExperiment(folder.toStdString());
}

void MainWindow::exportChart() {
  const auto* view = qobject_cast<FigureView*>(tabs_->currentWidget());
  if (view == nullptr || view->current() == nullptr) return;
  const QString file = QFileDialog::getSaveFileName(
      this, tr("Export the chart as PDF, SVG, PNG and CSV"),
      QStringLiteral("figure-%1.pdf").arg(QString::fromStdString(view->current()->id)),
      tr("Chart (*.pdf)"));
  if (file.isEmpty()) return;
  std::filesystem::path stem = file.toStdString();
  stem.replace_extension();
  try {
    writeChart(stem);
    message_->say(
        Subject::chart,
        tr("Written: %1 with .pdf, .svg, .png and .csv").arg(QString::fromStdString(stem.string())),
        MessageBar::Kind::information);
  } catch (const Error& error) {
    message_->say(Subject::chart, QString::fromUtf8(error.what()), MessageBar::Kind::error);
  }
}

void MainWindow::writeChart(const std::filesystem::path& stem) {
  const auto* view = qobject_cast<FigureView*>(tabs_->currentWidget());
  if (view == nullptr || view->current() == nullptr) return;
  const Figure& figure = *view->current();
  if (figure.id == "image")
    writeFigure(figure, stem, chart_->manifest(figure.id), chart_->csv());
  else if (figure.id == "session")
    writeFigure(figure, stem, chart_->manifest(figure.id));
  else if (figure.id == "image-shape" && document_.experiment() != nullptr)
    writeFigure(figure, stem, experimentManifest(*document_.experiment()));
  else
    writeFigure(figure, stem, document_.split().manifest(figure.id));
}

void MainWindow::showShortcuts() {
  QStringList lines;
  for (const QAction* action : findChildren<QAction*>())
    if (!action->shortcut().isEmpty() && !action->text().isEmpty())
      lines << QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>")
                   .arg(action->shortcut().toString(QKeySequence::NativeText).toHtmlEscaped(),
                        QString(action->text()).remove(QLatin1Char('&')).toHtmlEscaped());
  lines << tr("<tr><td><b>Space</b></td><td>Hold: the clean pictures in the attacked row</td></tr>")
        << tr("<tr><td><b>Wheel, + \u2212</b></td><td>Zoom all panels</td></tr>")
        << tr("<tr><td><b>Drag, arrows</b></td><td>Move all panels</td></tr>")
        << tr("<tr><td><b>Double click, 0</b></td><td>Fit all panels</td></tr>");
  auto* box = new QMessageBox(QMessageBox::NoIcon, tr("Keyboard"),
                              QStringLiteral("<table>%1</table>").arg(lines.join(QString())),
                              QMessageBox::Close, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->open();
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

void MainWindow::runAttack() {
  // A value that is being typed counts.
  if (QWidget* focus = QApplication::focusWidget();
      focus != nullptr && attack_->isAncestorOf(focus))
    focus->clearFocus();
  document_.attack(attack_->attackKey(), attack_->options(), attack_->region());
}

void MainWindow::step(int by) {
  if (document_.dataset()) document_.select(document_.frame().index + by);
}

void MainWindow::updateReady() {
  const bool ready = document_.engine() && document_.frame().clean && !document_.attacking();
  const QString why =
      document_.engine() ? tr("Choose an image first") : tr("Open a checkpoint first");
  attack_->setReady(ready, why);
  run_->setEnabled(ready);
  stop_->setEnabled(document_.attacking());
  save_->setEnabled(document_.experiment() != nullptr);
  const auto* view = qobject_cast<FigureView*>(tabs_->currentWidget());
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
  if (!document_.engine()) {
    modelChip_->setText(tr("no network"));
    return;
  }
  const NetworkSpec& spec = document_.engine().spec();
  modelChip_->setText(tr("<b>%1</b> \u00b7 %2 \u00b7 width %3 \u00b7 %4 encoder")
                          .arg(QString::fromStdString(document_.engine().title()).toHtmlEscaped(),
                               QString::fromStdString(sizeText(spec.size)), shownNumber(spec.width),
                               QString::fromUtf8(encoderName(spec.encoder))));
  modelChip_->setToolTip(tr("Tasks: %1\nSHA-256: %2")
                             .arg(QString::fromStdString(spec.tasks.text()),
                                  QString::fromStdString(document_.engine().hash())));
}

void MainWindow::updateEmptyTexts() {
  const Document::Frame& frame = document_.frame();
  const bool waiting = frame.index >= 0 && !frame.clean;
  panels_->setEmptyTexts(frame.failed ? tr("This image cannot be shown")
                         : waiting    ? tr("Predicting\u2026")
                                      : tr("Open a checkpoint to see this output"),
                         tr("Run an attack (F5) to see what it does"));
  if (document_.engine() && document_.engine().lacksMaskComponents())
    panels_->setEmptyText(Task::instSeg, tr("No mask components: drop pca_meinst.npz here or run "
                                            "\"uninet mask-components\""));
}

void MainWindow::updateScrubber() {
  const int count = static_cast<int>(document_.steps().size());
  const QSignalBlocker blocker(scrubber_);
  scrubber_->setEnabled(count > 1);
  scrubber_->setRange(0, std::max(0, count - 1));
  scrubber_->setValue(std::max(0, document_.shownStep()));
  if (count == 0) {
    scrubberText_->setText(tr("no attack yet"));
  } else {
    const auto& step = document_.steps()[static_cast<std::size_t>(document_.shownStep())];
    const bool result = document_.experiment() != nullptr && document_.shownStep() == count - 1;
    scrubberText_->setText(
        result ? tr("result")
        : step.iteration.iteration < 0
            ? tr("target")
            : tr("iteration %1").arg(shownNumber(qint64{step.iteration.iteration})));
  }
  losses_->setSteps(document_.steps(), document_.shownStep(), document_.experiment());
  probe_->setText(probeText());
}

void MainWindow::updateChart() {
  const Experiment* experiment = document_.experiment();
  if (experiment == nullptr) {
    chart_->clear();
    attack_->clearResult();
    updateFigures();
    return;
  }
  QString title = labelText(attackByKey(experiment->attack).title);
  title += QStringLiteral(" \u00b7 ") + QString::fromStdString(experiment->frame);
  chart_->setBars(metricRatios(experiment->cleanMetrics, experiment->attackedMetrics), title,
                  experimentManifest(*experiment));
  attack_->showResult(*experiment);
  updateScrubber();
  updateFigures();
}

void MainWindow::updateFigures() {
  std::vector<Figure> ratios, shapes, interaction, levels;
  const SplitResults& split = document_.split();
  std::map<std::string, QString> notes;
  if (const Experiment* experiment = document_.experiment())
    if (auto figure = shapeFigureOf(*experiment)) shapes.push_back(std::move(*figure));
  for (const Figure& figure : split.figures()) {
    Figure named = figure;
    named.title =
        tr("Split, %1: %2").arg(split.images(), QString::fromStdString(figure.title)).toStdString();
    notes[figure.id] = split.skipped();
    if (figure.id == "5" || figure.id == "6" || figure.id == "shape")
      shapes.push_back(std::move(named));
    else if (figure.id == "interaction" || figure.id == "gradients")
      interaction.push_back(std::move(named));
    else if (figure.id == "levels" || figure.id == "patching")
      levels.push_back(std::move(named));
    else
      ratios.push_back(std::move(named));
  }
  chart_->setSplit(std::move(ratios), notes);
  shapes_->setFigures(std::move(shapes), notes);
  interaction_->setFigures(std::move(interaction), notes);
  levels_->setFigures(std::move(levels), notes);
  updateReady();
}

void MainWindow::evaluateSplit() {
  if (!document_.engine() || !document_.dataset()) return;
  const QString name = QStringLiteral("%1-%2").arg(
      QString::fromStdString(document_.engine().hash()).left(8),
      QString::fromStdString(document_.dataset()->title()).toLower().simplified());
  auto* dialog = new SweepDialog(
      QString(name).replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-")),
      static_cast<int>(document_.dataset()->size()), this);
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
  const auto at = panels_->camera().cursor();
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
  settings.setValue(QStringLiteral("window/state"), saveState());
  document_.stop();
  QMainWindow::closeEvent(event);
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space)
    panels_->setFlicker(true);
  else
    QMainWindow::keyPressEvent(event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Space && !event->isAutoRepeat())
    panels_->setFlicker(false);
  else
    QMainWindow::keyReleaseEvent(event);
}

}  // namespace uninet
