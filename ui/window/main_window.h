#pragma once

#include <functional>
#include <map>
#include <optional>
#include <tuple>

#include <QMainWindow>

#include "ui/document/document.h"
#include "ui/document/run_damage.h"

class QAction;
class QLabel;
class QMenu;
class QSplitter;

namespace uninet {

class AttackPanel;
class Canvas;
class CanvasPart;
class ChartsPart;
class CommandPalette;
class Drawer;
class FileActions;
class FilmStrip;
class HelpWindow;
class ObjectsPanel;
class RunsPanel;
class RunsPart;
class StatusItems;
class Timeline;
class Toasts;

/// Assembles the panels around one document, which outlives it: a window that is made anew around
/// the same document shows the same.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(Document& document, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// As FileActions::open().
  void open(const QStringList& paths, const QString& split = QStringLiteral("val"),
            OpenOptions opening = {}, const QString& labels = {}, double depthUnit = 0);
  /// The first start on the demo: one button that attacks, and then hints where things are.
  void welcome();
  /// A session that was not left in order is offered, once.
  void offerSession(const QString& file);

  Canvas& canvas() { return *canvas_; }
  Timeline& timeline() { return *timeline_; }
  AttackPanel& attackPanel() { return *attack_; }
  FilmStrip& filmStrip() { return *strip_; }
  Drawer& drawer() { return *drawer_; }
  RunsPanel& runsPanel() { return *runs_; }
  ObjectsPanel& objectsPanel() { return *objects_; }
  ChartsPart& charts() { return *charts_; }
  Toasts& toasts() { return *toasts_; }
  FileActions& files() { return *files_; }
  /// What stands at the cursor.
  QString probeText() const;
  /// Writes the chart of the tab in front as stem.pdf, .svg, .png and .csv.
  void writeChart(const std::filesystem::path& stem);

 Q_SIGNALS:
  /// A person wants the window in this language; the caller makes it anew.
  void languageChosen(const QString& code);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  // Of main_window_actions.cpp.
  void makeMenus();
  void makeToolBar();
  void fillView();
  void fillAttack();
  void fillAnalyse();
  void fillHelp();
  void showPalette();
  void showShortcuts();
  void about();
  QAction* add(QMenu* menu, const QString& text, const char* name, const QKeySequence& keys,
               std::function<void()> slot, const char* picture = nullptr);

  void makeCentre();
  void makeStatusBar();
  void listen();
  void runAttack();
  void wipeNetworks();
  void evaluateSplit();
  void openResults();
  void exportChart();
  void step(int by);
  void updateReady();
  void updateTitle();
  void updateJobs();
  void updateMarks();
  void followSplitRun(std::int64_t run, std::optional<Task> task);
  void followLevel(std::int64_t run, const std::string& level);
  void showDamage(const StoredRun& run, const SplitResults::Damage& damage);
  void showHints();
  void readNetwork();
  void readDocument();
  void readAttack();
  void fillPresets();
  void loadPlugin();

  /// The evaluation in the queue of jobs, beside those of the document.
  static constexpr JobId kSweepJob = ~JobId{0};

  Document& document_;
  Canvas* canvas_;
  Timeline* timeline_;
  AttackPanel* attack_;
  FilmStrip* strip_;
  Drawer* drawer_;
  RunsPanel* runs_;
  ObjectsPanel* objects_;
  Toasts* toasts_;
  StatusItems* status_;
  QLabel* probe_;
  QSplitter* splitter_;
  FileActions* files_;
  ChartsPart* charts_;
  CanvasPart* canvasPart_;
  RunsPart* runsPart_;
  HelpWindow* help_ = nullptr;
  CommandPalette* palette_ = nullptr;
  QMenu* presets_ = nullptr;
  /// Done, total, seconds left of jobs that have said so.
  std::map<quint64, std::tuple<qint64, qint64, double>> progress_;
  QString sweepTitle_;
  RunDamage damage_;
  /// What a run of the results did, by image, where it was asked for.
  std::map<int, double> splitDamage_;
  QString splitRun_;
  bool reading_ = false;  ///< the panels are being set to what the document holds
  QAction *run_, *stop_, *exportChart_, *evaluate_, *stopSweep_, *wipeNetworks_;
};

}  // namespace uninet
