// What the window follows of its document.
#include "ui/window/main_window.h"

#include <QAction>
#include <QLabel>
#include <QPointer>
#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/results/figure_names.h"
#include "model/networks/earlier_outputs.h"
#include "ui/document/text.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/panels/film_strip.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/status_items.h"
#include "ui/panels/toasts.h"
#include "ui/views/canvas.h"
#include "ui/window/canvas_part.h"
#include "ui/window/charts_part.h"
#include "ui/window/runs_part.h"

namespace uninet {
namespace {

/// Whether the two are one attack with the same value of every option.
bool isSameAttack(const Experiment& experiment, const StoredRun& run) {
  if (experiment.attack != run.attack) return false;
  const auto values = [&run](const std::string& json) {
    return toJson(*optionsOf(attackByKey(run.attack), nlohmann::json::parse(json)));
  };
  return values(experiment.optionsJson) == values(run.options);
}

}  // namespace

void MainWindow::listen() {
  connect(&document_, &Document::engineChanged, this, [this] {
    readNetwork();
    status_->setDevice(shownDevice(document_.engine().device()));
    attack_->setPrecisions(document_.nativeBfloat16(), document_.engine().device() != "cpu");
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
      attack_->showResult(*experiment, document_.runChoice());
    else
      attack_->clearResult();
    updateReady();
  });
  connect(&document_, &Document::attackingChanged, attack_, &AttackPanel::setRunning);
  connect(&document_, &Document::attackingChanged, this, &MainWindow::updateReady);
  connect(&document_, &Document::bothAttacked, this, [this] {
    toasts_->say(Subject::attack, tr("The attack has run on both networks."),
                 Toasts::Kind::information, tr("Wipe between them"), [this] { wipeNetworks(); });
  });
  for (const auto signal : {&Document::secondChanged, &Document::shownRunChanged})
    connect(&document_, signal, this, &MainWindow::updateReady);
  connect(&document_.runs(), &RunArchive::changed, this, &MainWindow::updateReady);
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
  const auto ownRuns = [this] {
    splitDamage_.clear();
    updateMarks();
  };
  connect(&document_.runs(), &RunArchive::changed, this, &MainWindow::updateMarks);
  connect(&document_.runs(), &RunArchive::grew, this, [this, ownRuns] {
    drawer_->setNews(runs_);
    ownRuns();
  });
  connect(&document_, &Document::datasetChanged, this, ownRuns);
  connect(strip_, &FilmStrip::ownRunsRequested, this, ownRuns);
  connect(charts_, &ChartsPart::taskClicked, canvasPart_, &CanvasPart::showTask);
  connect(charts_, &ChartsPart::instanceClicked, canvasPart_, &CanvasPart::zoomToInstance);
  connect(charts_, &ChartsPart::splitRunClicked, this, &MainWindow::followSplitRun);
  connect(charts_, &ChartsPart::levelClicked, this, &MainWindow::followLevel);
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
  connect(&document_, &Document::attacksAdded, this, [this] {
    attack_->offerAdded();
    fillPresets();
    // The session may be on one of them, which could not be shown before.
    if (attack_->attackKey().toStdString() != document_.session().attack.key) readAttack();
  });
  connect(strip_, &FilmStrip::chosen, &document_, &Document::select);
  connect(attack_, &AttackPanel::runRequested, this, &MainWindow::runAttack);
  connect(canvasPart_, &CanvasPart::attackRequested, this, &MainWindow::runAttack);
  connect(attack_, &AttackPanel::taskClicked, canvasPart_, &CanvasPart::showTask);
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

/// What options offer.
void MainWindow::readNetwork() {
  const NetworkSpec& spec = document_.engine().spec();
  attack_->setClasses(spec.classes);
  attack_->setLosses(lossKeys(spec));
}

/// Everything that signals would have told if the window had been there.
void MainWindow::readDocument() {
  if (document_.engine()) readNetwork();
  attack_->setPrecisions(document_.nativeBfloat16(), document_.engine().device() != "cpu");
  if (document_.dataset()) strip_->setDataset(document_.dataset());
  if (document_.frame().index >= 0) strip_->setCurrent(document_.frame().index);
  if (const Experiment* experiment = document_.experiment())
    attack_->showResult(*experiment, document_.runChoice());
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

void MainWindow::updateReady() {
  const bool ready = document_.engine() && document_.frame().clean && !document_.attacking();
  attack_->setReady(ready,
                    document_.engine() ? tr("Choose an image first") : tr("Open a network first"));
  run_->setEnabled(ready);
  stop_->setEnabled(document_.attacking());
  wipeNetworks_->setEnabled(!document_.attacking() && document_.runsOnBoth().first != 0);
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

/// Dots on the images of this data that there are runs on, and what the latest one did to each.
void MainWindow::updateMarks() {
  std::set<int> marked;
  std::map<int, double> damaged;
  if (const auto data = document_.dataset()) {
    const std::vector<KeptRun>& runs = document_.runs().runs();
    std::set<std::string> names;
    for (const KeptRun& run : runs)
      if (run.data == data->title()) names.insert(run.image);
    const std::map<std::string, double> damage =
        damage_.of(runs, data->title(), document_.second().engine().identity());
    for (std::size_t i = 0; !names.empty() && i < data->size(); ++i) {
      const std::string name = data->name(i);
      if (names.count(name) != 0) marked.insert(static_cast<int>(i));
      if (const auto lost = damage.find(name); lost != damage.end())
        damaged[static_cast<int>(i)] = lost->second;
    }
  }
  strip_->setMarked(std::move(marked));
  if (splitDamage_.empty())
    strip_->setDamage(std::move(damaged));
  else
    strip_->setDamage(splitDamage_, splitRun_);
}

/// From a bar of the results of a split: its attack is chosen, and the images are sorted by what it
/// did to them.
void MainWindow::followSplitRun(std::int64_t id, std::optional<Task> task) {
  const StoredRun* run = document_.split().run(id);
  if (run == nullptr) return;
  try {
    attack_->choose(QString::fromStdString(run->attack), QString::fromStdString(run->options));
    if (!attack_->region().isEmpty()) attack_->setRegion({});
  } catch (const Error& error) {
    Q_EMIT document_.said(Subject::results, QString::fromUtf8(error.what()), true);
    return;
  }
  if (task) canvasPart_->showTask(*task);
  // The window may be made anew meanwhile.
  document_.split().readDamage(
      id, task, [window = QPointer(this), run = *run](const SplitResults::Damage& damage) {
        if (window) window->showDamage(run, damage);
      });
}

/// The feature map on the image that is shown if this attack is on it, else on the worst one.
void MainWindow::followLevel(std::int64_t id, const std::string& level) {
  canvasPart_->showLevel(level);
  const StoredRun* run = document_.split().run(id);
  const Experiment* shown = document_.experiment();
  if (run == nullptr) return;
  if (shown == nullptr || !isSameAttack(*shown, *run)) followSplitRun(id, {});
}

void MainWindow::showDamage(const StoredRun& run, const SplitResults::Damage& damage) {
  const auto data = document_.dataset();
  std::map<int, double> found;
  int worst = -1;
  for (std::size_t i = 0; data && i < data->size(); ++i)
    if (const auto lost = damage.find(data->name(i)); lost != damage.end()) {
      const auto index = static_cast<int>(i);
      found[index] = lost->second;
      if (worst < 0 || lost->second > found[worst]) worst = index;
    }
  const QString name = composedText(resultTitle(run));
  if (worst < 0) {
    Q_EMIT document_.said(
        Subject::results,
        tr("None of the images that are open is among those that \u201c%1\u201d was measured on.")
            .arg(name),
        false);
    return;
  }
  splitDamage_ = std::move(found);
  splitRun_ = name;
  updateMarks();
  strip_->setOrder(FilmModel::Order::damage);
  document_.select(worst);
  Q_EMIT document_.said(Subject::results,
                        tr("The images are sorted by what \u201c%1\u201d did to them, the worst "
                           "is shown. Its attack is chosen: %2 runs it.")
                            .arg(name, run_->shortcut().toString(QKeySequence::NativeText)),
                        false);
}

}  // namespace uninet
