#include "ui/window/first_light.h"

#include <QApplication>
#include <QEventLoop>
#include <QStandardPaths>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "ui/charts/figure_export.h"
#include "ui/document/document.h"
#include "ui/panels/attack_panel.h"
#include "ui/style/theme.h"
#include "ui/window/application.h"
#include "ui/window/charts_part.h"
#include "ui/window/main_window.h"

namespace uninet {
namespace {

/// Runs events until `signal` comes; throws the sentence of whatever fails meanwhile.
template <class Signal>
void waitFor(Document& document, Signal signal) {
  QEventLoop loop;
  QString failure;
  const auto done = QObject::connect(&document, signal, &loop, &QEventLoop::quit);
  const auto failed = QObject::connect(&document, &Document::said, &loop,
                                       [&](Subject, const QString& text, bool error) {
                                         if (!error) return;
                                         failure = text;
                                         loop.quit();
                                       });
  loop.exec();
  QObject::disconnect(done);
  QObject::disconnect(failed);
  if (!failure.isEmpty()) throw Error(failure.toStdString());
}

}  // namespace

void writeFirstLight(const std::filesystem::path& out, const std::filesystem::path& checkpoint,
                     const OpenOptions& opening,
                     const std::function<void(const std::string&)>& tell) {
  prepareOutput(out);
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  int argc = 1;
  char name[] = "uninet";
  char* argv[] = {name, nullptr};
  QApplication application(argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  prepareApplication(application);
  // The same picture whatever was chosen before.
  Theme::instance()->setChoice(Theme::Choice::light);

  Document document(0, 0);
  MainWindow window(document);
  window.resize(1600, 1000);
  window.show();
  tell("opening the network and rendering the scenes");
  document.openCheckpoint(checkpoint, opening);
  document.openStreetscapeScenes(QStringLiteral("val"));
  while (!document.engine() || !document.frame().clean) waitFor(document, &Document::sceneChanged);
  tell("attacking");
  window.attackPanel().choose(QStringLiteral("pgd"),
                              QStringLiteral(R"({"objective": "multi-task", "epsilon": 4})"));
  document.attack(window.attackPanel().attackKey(), window.attackPanel().options());
  while (document.experiment() == nullptr) waitFor(document, &Document::experimentChanged);
  while (document.jobs().busy() || !document.scene().there[1])
    QApplication::processEvents(QEventLoop::WaitForMoreEvents);
  for (int i = 0; i < 20; ++i) QApplication::processEvents(QEventLoop::AllEvents, 50);

  tell("writing");
  const QImage picture = window.grab().toImage();
  writeAtomically(out / "window.png", [&](const std::filesystem::path& file) {
    if (!picture.save(QString::fromStdString(file.string()), "PNG"))
      throw Error(concat((out / "window.png").string(), " cannot be written"));
  });
  writeExperiment(*document.experiment(), out);
  writeFigure(window.charts().ratios().figure(), out / "metric-ratios",
              experimentManifest(*document.experiment()), window.charts().ratios().csv());
}

}  // namespace uninet
