#include "ui/window/file_actions.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/resources.h"
#include "core/data/picture_list.h"
#include "core/session/bundle.h"
#include "ui/charts/figure_export.h"
#include "ui/document/document.h"
#include "ui/style/icons.h"
#include "ui/window/notes_dialog.h"
#include "ui/window/recent_files.h"

namespace uninet {
namespace {

const auto kCheckpoints = QStringLiteral("checkpoints"), kData = QStringLiteral("data");

bool endsWith(const QString& path, std::initializer_list<const char*> ends) {
  const QString end = QFileInfo(path).suffix().toLower();
  return std::any_of(ends.begin(), ends.end(),
                     [&](const char* known) { return end == QLatin1String(known); });
}
bool isCheckpoint(const QString& path) {
  return endsWith(path, {"pth", "pt", "ckpt", "safetensors"});
}

}  // namespace

FileActions::FileActions(Document& document, QWidget* window)
    : QObject(window),
      document_(document),
      window_(window),
      recentCheckpoints_(new QMenu(tr("Recent ne&tworks"), window)),
      recentData_(new QMenu(tr("Recent &images"), window)),
      recentSessions_(new QMenu(tr("Recent &sessions"), window)),
      compare_(new QAction(tr("Compare with another chec&kpoint\u2026"), this)),
      compareDemo_(new QAction(tr("Compare with the built-in &MTI-Net++"), this)),
      closeSecond_(new QAction(tr("Close the second netwo&rk"), this)) {
  compare_->setObjectName(QStringLiteral("open-second"));
  compare_->setToolTip(
      tr("Opens a network beside the one that is open: an attack then runs on both, and each one's "
         "attacked image is measured on the other"));
  compareDemo_->setObjectName(QStringLiteral("open-second-demo"));
  compareDemo_->setToolTip(tr(
      "A network of another architecture with the same five tasks, trained on the built-in world "
      "as the demo was"));
  closeSecond_->setObjectName(QStringLiteral("close-second"));
  connect(compare_, &QAction::triggered, this, &FileActions::chooseSecond);
  connect(compareDemo_, &QAction::triggered, this,
          [this] { document_.openSecond(resourceFile(kSecondDemoCheckpoint)); });
  connect(closeSecond_, &QAction::triggered, &document_.second(), &SecondNetwork::close);
  const auto offer = [this] {
    for (QAction* action : {compare_, compareDemo_})
      action->setEnabled(static_cast<bool>(document_.engine()));
    closeSecond_->setEnabled(document_.second().expected());
  };
  connect(&document_, &Document::engineChanged, this, offer);
  connect(&document_, &Document::secondChanged, this, offer);
  offer();
  for (QMenu* menu : {recentCheckpoints_, recentData_, recentSessions_})
    connect(menu, &QMenu::aboutToShow, this, &FileActions::fillRecent);
}

void FileActions::fill(QMenu* menu) {
  const auto add = [&](const QString& text, const char* name, const QKeySequence& keys, auto slot,
                       const char* picture = nullptr) {
    QAction* action = menu->addAction(text);
    action->setObjectName(QString::fromUtf8(name));
    action->setShortcut(keys);
    if (picture != nullptr) action->setIcon(icon(picture));
    connect(action, &QAction::triggered, this, slot);
    return action;
  };
  add(tr("Open &network\u2026"), "open-checkpoint", QKeySequence::Open,
      &FileActions::chooseCheckpoint, "network");
  add(tr("Open mask &components\u2026"), "open-mask-components", {},
      &FileActions::chooseMaskComponents);
  menu->addMenu(recentCheckpoints_);
  menu->addActions(compareActions());
  menu->addSeparator();
  add(tr("Open &folder or data set\u2026"), "open-folder", QKeySequence(tr("Ctrl+Shift+O")),
      &FileActions::chooseFolder, "folder");
  add(tr("Open &pictures\u2026"), "open-pictures", QKeySequence(tr("Ctrl+I")),
      &FileActions::choosePictures, "picture");
  menu->addMenu(recentData_);
  add(tr("Built-in &demo"), "open-demo", QKeySequence(tr("Ctrl+D")),
      [this] { document_.openDemo(); });
  menu->addSeparator();
  add(tr("Ne&w session"), "new-session", QKeySequence::New, [this] { document_.newSession(); });
  add(tr("Open s&ession\u2026"), "open-session", QKeySequence(tr("Ctrl+Alt+O")),
      &FileActions::chooseSession);
  menu->addMenu(recentSessions_);
  add(tr("Keep session &as\u2026"), "save-session", QKeySequence::SaveAs,
      &FileActions::saveSessionAs);
  add(tr("N&otes of the session\u2026"), "session-notes", {}, &FileActions::editNotes);
  add(tr("Export &bundle\u2026"), "export-bundle", {}, &FileActions::exportBundle, "bundle");
  menu->addSeparator();
  save_ = add(tr("Save resu&lt\u2026"), "save-result", QKeySequence::Save, &FileActions::saveResult,
              "save");
  const auto update = [this] { save_->setEnabled(document_.experiment() != nullptr); };
  connect(&document_, &Document::experimentChanged, this, update);
  update();
}

void FileActions::fillRecent() {
  const auto fill = [this](QMenu* menu, const QStringList& files, auto open) {
    menu->clear();
    for (const QString& file : files) {
      QAction* action = menu->addAction(QFileInfo(file).fileName());
      action->setToolTip(file);
      action->setEnabled(QFileInfo::exists(file));
      connect(action, &QAction::triggered, this, [file, open] { open(file); });
    }
    if (files.isEmpty()) menu->addAction(tr("nothing yet"))->setEnabled(false);
    menu->setToolTipsVisible(true);
  };
  const auto anything = [this](const QString& file) { open({file}); };
  fill(recentCheckpoints_, recentFiles(kCheckpoints), anything);
  fill(recentData_, recentFiles(kData), anything);
  QStringList sessions = recentSessions();
  sessions.removeAll(QString::fromStdString(document_.sessionFile().string()));
  fill(recentSessions_, sessions,
       [this](const QString& file) { document_.openSession(file.toStdString()); });
}

void FileActions::open(const QStringList& paths, const QString& split, OpenOptions opening,
                       const QString& labels, double depthUnit) {
  std::vector<std::filesystem::path> pictures;
  const bool network = std::any_of(paths.begin(), paths.end(), isCheckpoint);
  QStringList masks;
  for (const QString& path : paths)
    if (endsWith(path, {"npz"})) masks << path;
  if (network && !masks.isEmpty()) opening.maskComponents = masks.last().toStdString();
  if (!network && !masks.isEmpty()) document_.openMaskComponents(masks.last().toStdString());
  for (const QString& path : paths) {
    const std::filesystem::path file = path.toStdString();
    if (isCheckpoint(path)) {
      addRecentFile(kCheckpoints, path);
      document_.openCheckpoint(file, opening);
    } else if (endsWith(path, {"sqlite"})) {
      document_.split().show(file);
    } else if (endsWith(path, {"json"})) {
      document_.openSession(file);
    } else if (endsWith(path, {"zip"})) {
      openBundle(path);
    } else if (QFileInfo(path).isDir() || isPictureList(file)) {
      addRecentFile(kData, path);
      document_.openData(file, split, false, labels, depthUnit);
    } else if (const auto manifest =
                   endsWith(path, {"pdf", "svg", "png"}) ? readManifest(file) : std::nullopt) {
      openSessionOf(*manifest, path);
    } else if (!masks.contains(path)) {
      pictures.push_back(file);
    }
  }
  if (pictures.empty()) return;
  if (pictures.size() == 1) addRecentFile(kData, QString::fromStdString(pictures[0].string()));
  document_.openPictures(std::move(pictures));
}

void FileActions::openSessionOf(const std::string& manifest, const QString& figure) {
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  const auto id = json.is_object() ? json.find("session") : json.end();
  if (!json.is_object() || id == json.end() || !id->is_string()) {
    Q_EMIT document_.said(
        Subject::session,
        tr("%1 was not exported from a session; its manifest says how it was made.")
            .arg(QFileInfo(figure).fileName()),
        true);
    return;
  }
  const QString wanted = QString::fromStdString(id->get<std::string>());
  if (QString::fromStdString(document_.session().id) == wanted) {
    Q_EMIT document_.said(Subject::session, tr("This figure is of the session that is open."),
                          false);
    return;
  }
  if (const auto known = sessionById(wanted); !known.empty()) {
    document_.openSession(known);
    return;
  }
  const QString file = QFileDialog::getOpenFileName(
      window_, tr("Where is the session of this figure (%1)?").arg(wanted), {},
      tr("Sessions (*.json *.zip);;All files (*)"));
  if (!file.isEmpty()) open({file});
}

void FileActions::chooseCheckpoint() {
  const QString file = QFileDialog::getOpenFileName(
      window_, tr("Open a network"), {},
      tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)"));
  if (file.isEmpty()) return;
  addRecentFile(kCheckpoints, file);
  document_.openCheckpoint(file.toStdString());
}

void FileActions::chooseMaskComponents() {
  const QString file = QFileDialog::getOpenFileName(window_, tr("Open mask components"), {},
                                                    tr("Mask components (*.npz)"));
  if (!file.isEmpty()) document_.openMaskComponents(file.toStdString());
}

void FileActions::chooseSecond() {
  const QString file = QFileDialog::getOpenFileName(
      window_, tr("Compare with another network"), {},
      tr("Checkpoints (*.pth *.pt *.ckpt *.safetensors);;All files (*)"));
  if (file.isEmpty()) return;
  addRecentFile(kCheckpoints, file);
  document_.openSecond(file.toStdString());
}

void FileActions::chooseFolder() {
  const QString folder = QFileDialog::getExistingDirectory(
      window_, tr("Open a Cityscapes or NYUv2 tree, or a folder of pictures"));
  if (!folder.isEmpty()) open({folder});
}

void FileActions::choosePictures() {
  const QStringList files = QFileDialog::getOpenFileNames(
      window_, tr("Open pictures"), {},
      tr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp *.tif *.tiff);;All files (*)"));
  if (!files.isEmpty()) open(files);
}

void FileActions::chooseSession() {
  const QString file = QFileDialog::getOpenFileName(
      window_, tr("Open a session"), {}, tr("Sessions and bundles (*.json *.zip);;All files (*)"));
  if (!file.isEmpty()) open({file});
}

void FileActions::saveSessionAs() {
  QString file = QFileDialog::getSaveFileName(
      window_, tr("Keep the session as"), QStringLiteral("session.json"), tr("Sessions (*.json)"));
  if (file.isEmpty()) return;
  if (!endsWith(file, {"json"})) file += QStringLiteral(".json");
  document_.saveSessionAs(file.toStdString());
}

void FileActions::editNotes() {
  if (notes_ == nullptr) notes_ = new NotesDialog(document_, window_);
  notes_->show();
  notes_->raise();
  notes_->activateWindow();
}

void FileActions::exportBundle() {
  QString file = QFileDialog::getSaveFileName(window_, tr("Export session, runs and images"),
                                              QStringLiteral("session.zip"), tr("Bundles (*.zip)"));
  if (file.isEmpty()) return;
  if (!endsWith(file, {"zip"})) file += QStringLiteral(".zip");
  document_.exportBundle(file.toStdString());
}

void FileActions::openBundle(const QString& path) {
  const QString folder = QFileDialog::getExistingDirectory(
      window_, tr("Folder for the session in %1").arg(QFileInfo(path).fileName()),
      QFileInfo(path).absolutePath());
  if (!folder.isEmpty()) document_.openBundle(path.toStdString(), folder.toStdString());
}

void FileActions::saveResult() {
  const QString folder = QFileDialog::getExistingDirectory(
      window_, tr("Save images, outputs and report.json in this folder"));
  if (!folder.isEmpty()) document_.saveExperiment(folder.toStdString());
}

}  // namespace uninet
