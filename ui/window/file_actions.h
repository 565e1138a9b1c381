#pragma once

#include <functional>

#include <QObject>
#include <QStringList>

#include "model/networks/open_options.h"

class QAction;
class QMenu;
class QWidget;

namespace uninet {

class Document;
class NotesDialog;

/// The File menu: opening networks, images and sessions, from dialogs, lists of recent ones, drops
/// and the command line; saving results and bundles.
class FileActions : public QObject {
  Q_OBJECT
 public:
  FileActions(Document& document, QWidget* window);

  void fill(QMenu* menu);
  /// Checkpoint, mask components, session, bundle, exported figure, results of a sweep, picture,
  /// list, folder or Cityscapes tree, found out by looking at it. `opening` says how to open a
  /// checkpoint; mask components beside one are for it, alone they are for the network that is
  /// open. `labels` and `depthUnit` as --labels and --depth-unit, of a tree.
  void open(const QStringList& paths, const QString& split = QStringLiteral("val"),
            OpenOptions opening = {}, const QString& labels = {}, double depthUnit = 0);
  /// The session that an exported figure names; asks where it is if it is not known here.
  void openSessionOf(const std::string& manifest, const QString& figure);
  QMenu* recentCheckpoints() const { return recentCheckpoints_; }
  QMenu* recentData() const { return recentData_; }
  /// Open a second network, and close it.
  QList<QAction*> compareActions() const { return {compare_, compareDemo_, closeSecond_}; }

  void chooseCheckpoint();
  void chooseMaskComponents();
  void chooseSecond();
  void chooseFolder();
  void choosePictures();
  void chooseSession();
  void saveSessionAs();
  void editNotes();
  void exportBundle();
  void saveResult();

 private:
  void openBundle(const QString& path);
  void fillRecent();

  Document& document_;
  QWidget* window_;
  QMenu* recentCheckpoints_;
  QMenu* recentData_;
  QMenu* recentSessions_;
  QAction *compare_, *compareDemo_, *closeSecond_;
  QAction* save_ = nullptr;
  NotesDialog* notes_ = nullptr;
};

}  // namespace uninet
