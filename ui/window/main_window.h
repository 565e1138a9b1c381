#pragma once

#include <QMainWindow>

#include "ui/document/document.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/data_panel.h"
#include "ui/panels/message_bar.h"
#include "ui/panels/ratio_chart.h"
#include "ui/views/panel_grid.h"

class QAction;
class QLabel;
class QProgressBar;
class QSlider;
class QToolButton;
class QTabWidget;

namespace uninet {

class LossPlot;

/// Assembles the panels around one document.
class MainWindow : public QMainWindow {
  Q_OBJECT
 public:
  explicit MainWindow(Document& document, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Checkpoint, mask components, results of a sweep, picture, list, folder or Cityscapes tree,
  /// found out by looking at it. `opening` says how to open a checkpoint; mask components beside
  /// one are for it, alone they are for the network that is open.
  void open(const QStringList& paths, const QString& split = QStringLiteral("val"),
            OpenOptions opening = {});

  PanelGrid& panels() { return *panels_; }
  AttackPanel& attackPanel() { return *attack_; }
  DataPanel& dataPanel() { return *data_; }
  RatioChart& ratioChart() { return *chart_; }
  FigureView& shapeView() { return *shapes_; }
  /// Writes the figure of the tab in front as stem.pdf, .svg, .png and .csv.
  void writeChart(const std::filesystem::path& stem);
  MessageBar& messageBar() { return *message_; }
  QString probeText() const;

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void closeEvent(QCloseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;

 private:
  void makeDocks();
  void makeMenus();
  void makeToolBar();
  void makeStatusBar();
  void listen();
  void chooseCheckpoint();
  void chooseFolder();
  void choosePictures();
  void saveResult();
  void exportChart();
  void showShortcuts();
  void about();
  void runAttack();
  void updateReady();
  void updateTitle();
  void updateEmptyTexts();
  void updateScrubber();
  void updateChart();
  void updateFigures();
  void evaluateSplit();
  void openResults();
  void step(int by);

  Document& document_;
  PanelGrid* panels_;
  AttackPanel* attack_;
  DataPanel* data_;
  RatioChart* chart_;
  LossPlot* losses_;
  FigureView* shapes_;
  FigureView* interaction_;
  FigureView* levels_;
  MessageBar* message_;
  QTabWidget* tabs_;
  QSlider* scrubber_;
  QLabel* scrubberText_;
  QLabel* modelChip_;
  QLabel* probe_;
  QLabel* job_;
  QProgressBar* sweepBar_;
  QToolButton* sweepStop_;
  QAction* run_ = nullptr;
  QAction* stop_ = nullptr;
  QAction* save_ = nullptr;
  QAction* exportChart_ = nullptr;
  QAction* evaluate_ = nullptr;
  QAction* stopSweep_ = nullptr;
};

}  // namespace uninet
