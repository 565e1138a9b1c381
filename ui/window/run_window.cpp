#include "ui/window/run_window.h"

#include <QApplication>
#include <QSettings>
#include <algorithm>
#include <memory>

#include "ui/document/document.h"
#include "ui/window/application.h"
#include "ui/window/main_window.h"

namespace uninet {

namespace {

/// Of the built-in world: people near by.
constexpr const char* kFirstScene = "streetscape_000048_000000";

/// The window of a document; made anew where its language changes.
class WindowHolder {
 public:
  explicit WindowHolder(Document& document) : document_(document) { make(); }
  MainWindow& window() { return *window_; }

 private:
  void make() {
    window_ = std::make_unique<MainWindow>(document_);
    // Not at once: the choice comes from a menu of the window that goes.
    QObject::connect(
        window_.get(), &MainWindow::languageChosen, &document_,
        [this](const QString& code) {
          setLanguage(code);
          const QByteArray place = window_->saveGeometry();
          make();
          window_->restoreGeometry(place);
        },
        Qt::QueuedConnection);
    window_->show();
  }

  Document& document_;
  std::unique_ptr<MainWindow> window_;
};

}  // namespace

int runWindow(int& argc, char** argv, const WindowArguments& arguments) {
  QApplication application(argc, argv);
  prepareApplication(application);
  Document document(arguments.threads, arguments.seed);
  if (!arguments.device.empty()) document.computeOn(arguments.device, false);
  WindowHolder holder(document);
  MainWindow& window = holder.window();

  QStringList paths;
  for (const std::string& path : arguments.paths) paths << QString::fromStdString(path);
  const QString split = QString::fromStdString(arguments.split);
  // A number of scenes is asked of the built-in world.
  const bool world =
      arguments.data == "streetscape" || (arguments.data.empty() && arguments.scenes > 0);
  const bool given =
      world || !paths.isEmpty() || !arguments.checkpoint.empty() || !arguments.data.empty();
  const bool session = std::any_of(paths.begin(), paths.end(), [](const QString& path) {
    return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
  });
  if (!session && document.startSession(!given)) return QApplication::exec();
  if (!given) {
    const bool first = !QSettings().value(QStringLiteral("welcome/done")).toBool();
    document.openDemo(arguments.opening, first ? QString::fromUtf8(kFirstScene) : QString());
    if (first) holder.window().welcome();
  } else {
    if (!arguments.checkpoint.empty())
      document.openCheckpoint(arguments.checkpoint, arguments.opening);
    const QString labels = QString::fromStdString(arguments.labels);
    if (world)
      document.openStreetscapeScenes(split, arguments.scenes);
    else if (!arguments.data.empty())
      document.openData(arguments.data, split, false, labels, arguments.depthUnit);
    window.open(paths, split, arguments.opening, labels, arguments.depthUnit);
  }
  return QApplication::exec();
}

}  // namespace uninet
