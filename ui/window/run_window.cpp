#include "ui/window/run_window.h"

#include <QApplication>

#include "ui/document/document.h"
#include "ui/window/application.h"
#include "ui/window/main_window.h"

namespace uninet {

int runWindow(int& argc, char** argv, const WindowArguments& arguments) {
  QApplication application(argc, argv);
  prepareApplication(application);
  Document document(arguments.threads, arguments.seed);
  MainWindow window(document);
  window.show();

  QStringList paths;
  for (const std::string& path : arguments.paths) paths << QString::fromStdString(path);
  const QString split = QString::fromStdString(arguments.split);
  const bool given = !paths.isEmpty() || !arguments.checkpoint.empty() || !arguments.data.empty();
  if (!given) {
    document.openDemo(arguments.opening);
  } else {
    if (!arguments.checkpoint.empty())
      document.openCheckpoint(arguments.checkpoint, arguments.opening);
    if (arguments.data == "streetscape")
      document.openStreetscapeScenes(split);
    else if (!arguments.data.empty())
      document.openData(arguments.data, split);
    window.open(paths, split, arguments.opening);
  }
  return QApplication::exec();
}

}  // namespace uninet
