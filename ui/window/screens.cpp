#include "ui/window/screens.h"

#include <QApplication>
#include <QEventLoop>
#include <QLocale>
#include <QStandardPaths>
#include <QTimer>
#include <array>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "ui/document/document.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/drawer.h"
#include "ui/style/theme.h"
#include "ui/window/application.h"
#include "ui/window/main_window.h"

namespace uninet {
namespace {

constexpr std::array<QSize, 3> kSizes{QSize(1280, 800), QSize(1600, 1000), QSize(2560, 1440)};
constexpr int kPauseMs = 50;  ///< between two looks at what has come
constexpr int kSettleMs = 400;

void processFor(int milliseconds) {
  QEventLoop loop;
  QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
  loop.exec();
}

/// The window on the demo, and all that these pictures do with it.
class Stage {
 public:
  explicit Stage(const ScreensRequest& request) : document_(0, 0), window_(document_) {
    QObject::connect(&document_, &Document::said, &document_,
                     [this](Subject, const QString& text, bool error) {
                       if (error) failure_ = text;
                     });
    window_.show();
    document_.openCheckpoint(request.checkpoint, request.opening);
    document_.openStreetscapeScenes(QStringLiteral("val"));
    waitUntil([this] {
      return document_.engine() && document_.scene().there[0] && !document_.jobs().busy();
    });
  }

  void attack() {
    window_.attackPanel().choose(QStringLiteral("pgd"),
                                 QStringLiteral(R"({"objective": "multi-task", "epsilon": 4})"));
    document_.attack(window_.attackPanel().attackKey(), window_.attackPanel().options());
    waitUntil([this] { return document_.experiment() != nullptr && !document_.jobs().busy(); });
  }

  void showResults(const std::filesystem::path& file) {
    if (file.empty()) return;
    requireFile(file);
    document_.split().show(file);
    waitUntil([this] { return !document_.split().figures().empty(); });
  }

  Drawer& drawer() { return window_.drawer(); }
  QImage picture(QSize size) {
    window_.resize(size);
    processFor(kSettleMs);
    return window_.grab().toImage();
  }

 private:
  template <class Condition>
  void waitUntil(Condition condition) {
    while (!condition()) {
      if (!failure_.isEmpty()) throw Error(failure_.toStdString());
      processFor(kPauseMs);
    }
  }

  Document document_;
  MainWindow window_;
  QString failure_;
};

/// Every size and theme, as SIZE-THEME-LANGUAGE-what.png.
void writeAll(Stage& stage, const ScreensRequest& request, const QString& what) {
  for (const bool dark : {false, true}) {
    Theme::instance()->setChoice(dark ? Theme::Choice::dark : Theme::Choice::light);
    for (const QSize size : kSizes) {
      const QImage picture = stage.picture(size);
      const QString scale = picture.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString();
      const QString name = QStringLiteral("%1x%2%3-%4-%5-%6.png")
                               .arg(size.width())
                               .arg(size.height())
                               .arg(scale, dark ? QStringLiteral("dark") : QStringLiteral("light"),
                                    QString::fromStdString(request.language), what);
      const std::filesystem::path file = request.out / name.toStdString();
      writeAtomically(file, [&](const std::filesystem::path& temporary) {
        if (!picture.save(QString::fromStdString(temporary.string()), "PNG"))
          throw Error(concat(file.string(), " cannot be written"));
      });
    }
  }
}

}  // namespace

void writeScreens(const ScreensRequest& request,
                  const std::function<void(const std::string&)>& tell) {
  const QLocale locale(QString::fromStdString(request.language));
  if (locale.language() == QLocale::C)
    throw Error(
        concat("language: expected a language such as en or de, found \"", request.language, "\""));
  prepareOutput(request.out);
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  int argc = 1;
  char name[] = "uninet";
  char* argv[] = {name, nullptr};
  QLocale::setDefault(locale);
  QApplication application(argc, argv);
  QStandardPaths::setTestModeEnabled(true);
  prepareApplication(application);

  tell("opening the network and rendering the scenes");
  Stage stage(request);
  tell("before an attack");
  writeAll(stage, request, QStringLiteral("clean"));
  tell("attacking");
  stage.attack();
  tell("after an attack");
  writeAll(stage, request, QStringLiteral("attacked"));
  stage.showResults(request.results);
  for (int i = 0; i < stage.drawer().count(); ++i) {
    tell(concat("tab ", stage.drawer().title(i).toStdString()));
    stage.drawer().open(i);
    writeAll(stage, request, QStringLiteral("tab-%1").arg(i + 1));
  }
}

}  // namespace uninet
