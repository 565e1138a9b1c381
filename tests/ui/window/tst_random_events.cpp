// Random mouse, keys, wheel, drops, sizes, themes and languages on the window, with jobs running.
// UNINET_EVENTS says how many (1500), UNINET_SEED which (1); a failure prints the seed and the last
// of them. Widgets are found as a person finds them: by what lies under the cursor.
#include <unistd.h>

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDesktopServices>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>
#include <QTranslator>
#include <QWheelEvent>
#include <QWindow>
#include <QtTest>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/base/random.h"
#include "model/network/network_file.h"
#include "model/networks/registry.h"
#include "support/patience.h"
#include "ui/document/document.h"
#include "ui/window/application.h"
#include "ui/window/main_window.h"

using namespace uninet;

namespace {

/// The last events, in memory that a signal handler may read.
class History {
 public:
  static void add(const QString& text) {
    Line& line = lines_[static_cast<std::size_t>(count_++) % lines_.size()];
    std::snprintf(line.data(), line.size(), "  %d: %s\n", count_, text.toUtf8().constData());
  }
  static void print() {
    write(header_.data());
    for (int i = std::max(0, count_ - static_cast<int>(lines_.size())); i < count_; ++i)
      write(lines_[static_cast<std::size_t>(i) % lines_.size()].data());
  }
  static void printOnCrash(int signal) {
    print();
    std::signal(signal, SIG_DFL);
    std::raise(signal);
  }
  static void begin(std::uint64_t seed, int events) {
    std::snprintf(header_.data(), header_.size(),
                  "random events: UNINET_SEED=%llu UNINET_EVENTS=%d; the last of them:\n",
                  static_cast<unsigned long long>(seed), events);
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) std::signal(signal, printOnCrash);
  }

 private:
  using Line = std::array<char, 256>;
  static void write(const char* text) {
    if (::write(STDERR_FILENO, text, std::strlen(text)) < 0) return;
  }
  static inline std::array<Line, 20> lines_{};
  static inline Line header_{};
  static inline int count_ = 0;
};

int numberFrom(const char* variable, int otherwise) {
  bool fine = false;
  const int value = qEnvironmentVariableIntValue(variable, &fine);
  return fine ? value : otherwise;
}

/// Nothing leaves the program: addresses that it would open are swallowed.
class Sink : public QObject {
  Q_OBJECT
 public Q_SLOTS:
  void open(const QUrl&) {}
};

/// Key events without those of the modifiers, which QTest would send to a menu that is gone by
/// then.
void sendKey(QWindow* window, Qt::Key key, Qt::KeyboardModifiers modifiers = {}, bool press = true,
             bool release = true) {
  const QPointer<QWindow> there(window);
  const QString text = key < 0x80 && !modifiers.testFlag(Qt::ControlModifier)
                           ? QString(QChar(key)).toLower()
                           : QString();
  if (press && there != nullptr) QTest::simulateEvent(there, true, key, modifiers, text, false);
  if (release && there != nullptr) QTest::simulateEvent(there, false, key, modifiers, text, false);
}

}  // namespace

class TestRandomEvents : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString checkpoint_, pictures_;
  QStringList drops_;  ///< what may be dropped: good, broken, missing
  Random random_{1};
  int beats_ = 0, seenBeats_ = 0;
  QTimer watch_;
  QTranslator german_;
  bool inGerman_ = false;
  Sink sink_;

  int below(int n) { return static_cast<int>(random_.below(static_cast<std::uint64_t>(n))); }
  template <class T>
  const T& any(const QList<T>& list) {
    return list[below(static_cast<int>(list.size()))];
  }

  /// What may get an event: a window that is visible and that no dialog blocks.
  QWidget* target(MainWindow& window) {
    if (QWidget* popup = QApplication::activePopupWidget()) return popup;
    if (QWidget* dialog = QApplication::activeModalWidget()) return dialog;
    QList<QWidget*> windows;
    for (QWidget* widget : QApplication::topLevelWidgets())
      if (widget->isVisible() && widget->windowHandle() != nullptr &&
          widget->windowType() != Qt::ToolTip)
        windows << widget;
    return windows.isEmpty() || random_.chance(0.7) ? &window : any(windows);
  }
  QPoint place(const QWidget& widget) {
    return {below(std::max(1, widget.width())), below(std::max(1, widget.height()))};
  }
  static QString nameOf(const QWidget* widget, QPoint at) {
    const QWidget* child = widget->childAt(at);
    if (child == nullptr) child = widget;
    return QStringLiteral("%1 \"%2\" at %3,%4 of %5")
        .arg(QString::fromUtf8(child->metaObject()->className()), child->objectName())
        .arg(at.x())
        .arg(at.y())
        .arg(QString::fromUtf8(widget->metaObject()->className()));
  }

  void mouse(QWidget* widget) {
    const QPointer<QWindow> handle = widget->windowHandle();
    if (handle == nullptr) return;
    const QPoint at = place(*widget), to = place(*widget);
    const Qt::MouseButton button = random_.chance(0.85) ? Qt::LeftButton : Qt::RightButton;
    const auto modifiers = Qt::KeyboardModifiers(random_.chance(0.9)   ? Qt::NoModifier
                                                 : random_.chance(0.5) ? Qt::ShiftModifier
                                                                       : Qt::ControlModifier);
    const int kind = below(10);
    if (kind < 6) {
      History::add("click on " + nameOf(widget, at));
      QTest::mousePress(handle, button, modifiers, at);
      if (handle != nullptr) QTest::mouseRelease(handle, button, modifiers, at);
    } else if (kind < 7 && widget->windowType() != Qt::Popup) {
      History::add("double click on " + nameOf(widget, at));
      QTest::mouseDClick(handle, button, modifiers, at);
    } else if (kind < 8) {
      History::add("move over " + nameOf(widget, at));
      QTest::mouseMove(handle, at);
    } else {
      History::add("drag from " + nameOf(widget, at));
      QTest::mousePress(handle, button, modifiers, at);
      for (int i = 1; i <= 3 && handle != nullptr; ++i)
        QTest::mouseMove(handle, at + (to - at) * i / 3);
      if (handle != nullptr) QTest::mouseRelease(handle, button, modifiers, to);
    }
  }

  void key(QWidget* widget) {
    static const QList<Qt::Key> kKeys{
        Qt::Key_Left,  Qt::Key_Right,    Qt::Key_Up,     Qt::Key_Down,      Qt::Key_PageUp,
        Qt::Key_Tab,   Qt::Key_PageDown, Qt::Key_Home,   Qt::Key_End,       Qt::Key_Return,
        Qt::Key_Space, Qt::Key_Escape,   Qt::Key_Delete, Qt::Key_Backspace, Qt::Key_Plus,
        Qt::Key_Minus, Qt::Key_Menu,     Qt::Key_Period};
    static const QList<Qt::KeyboardModifiers> kModifiers{
        Qt::NoModifier,      Qt::NoModifier,    Qt::NoModifier,
        Qt::NoModifier,      Qt::ShiftModifier, Qt::ControlModifier,
        Qt::ControlModifier, Qt::AltModifier,   Qt::ControlModifier | Qt::ShiftModifier};
    QWindow* handle = widget->windowHandle();
    if (handle == nullptr) return;
    const int kind = below(10);
    const auto code = kind < 5   ? any(kKeys)
                      : kind < 7 ? static_cast<Qt::Key>(Qt::Key_F1 + below(12))
                      : kind < 9 ? static_cast<Qt::Key>(Qt::Key_A + below(26))
                                 : static_cast<Qt::Key>(Qt::Key_0 + below(10));
    const Qt::KeyboardModifiers modifiers = any(kModifiers);
    History::add("key " + QKeySequence(QKeyCombination(modifiers, code)).toString() + " in " +
                 QString::fromUtf8(widget->metaObject()->className()));
    const bool both = random_.chance(0.9), press = random_.chance(0.5);
    sendKey(handle, code, modifiers, both || press, both || !press);
  }

  void wheel(QWidget* widget) {
    const QPoint at = place(*widget);
    QWidget* child = widget->childAt(at);
    if (child == nullptr) child = widget;
    History::add("wheel over " + nameOf(widget, at));
    const QPoint turn(random_.chance(0.1) ? 120 : 0, (below(2) == 0 ? 120 : -120) * (1 + below(3)));
    const QPoint global = widget->mapToGlobal(at);
    QWheelEvent event(child->mapFromGlobal(global), global, {}, turn, Qt::NoButton,
                      random_.chance(0.8) ? Qt::NoModifier : Qt::ControlModifier, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(child, &event);
  }

  /// On whatever takes drops under a random place.
  void drop(MainWindow& window) {
    QMimeData data;
    QList<QUrl> urls;
    for (int i = below(10) < 8 ? 1 : 3; i > 0; --i) urls << QUrl::fromLocalFile(any(drops_));
    data.setUrls(urls);
    QPoint at = place(window);
    QWidget* under = window.childAt(at);
    while (under != nullptr && under != &window && !under->acceptDrops())
      under = under->parentWidget();
    if (under == nullptr) under = &window;
    at = under->mapFrom(&window, at);
    History::add("drop of " + urls.last().fileName());
    dropOn(under, at, data);
  }
  static void dropOn(QWidget* widget, QPoint at, const QMimeData& data) {
    QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &enter);
    if (!enter.isAccepted()) return;
    QDragMoveEvent move(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &move);
    QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(widget, &drop);
  }

  void look() {
    const bool dark = random_.chance(0.5);
    History::add(dark ? "dark palette" : "light palette");
    QApplication::setPalette(dark ? QPalette(QColor(45, 50, 58), QColor(31, 36, 43))
                                  : QPalette(QColor(239, 240, 243)));
  }
  void language() {
    History::add("another language");
    if (inGerman_)
      QApplication::removeTranslator(&german_);
    else
      QApplication::installTranslator(&german_);
    inGerman_ = !inGerman_;
  }

  void closeDialogs() {
    // A dialog may open another one when it closes.
    for (int i = 0; i < 50 && (QApplication::activePopupWidget() != nullptr ||
                               QApplication::activeModalWidget() != nullptr);
         ++i) {
      if (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
      else
        QApplication::activeModalWidget()->close();
      QCoreApplication::processEvents();
    }
  }
  /// A dialog, menu or drag that waits in an event loop of its own has this event wait as well.
  void leaveInnerLoop() {
    if (beats_ != seenBeats_) {
      seenBeats_ = beats_;
      return;
    }
    if (QWidget* popup = QApplication::activePopupWidget()) {
      popup->close();
    } else if (QWidget* dialog = QApplication::activeModalWidget()) {
      dialog->close();
    } else if (QWidget* widget = QApplication::activeWindow();
               widget != nullptr && widget->windowHandle() != nullptr) {
      sendKey(widget->windowHandle(), Qt::Key_Escape);
    }
  }

  void event(MainWindow& window) {
    ++beats_;
    if (!window.isVisible()) {
      History::add("the window again");
      window.show();
    }
    if (QApplication::activeModalWidget() != nullptr && random_.chance(0.2)) {
      History::add("close the dialog");
      closeDialogs();
    }
    QWidget* widget = target(window);
    const int kind = below(100);
    if (kind < 52) {
      mouse(widget);
    } else if (kind < 77) {
      key(widget);
    } else if (kind < 84) {
      wheel(widget);
    } else if (widget != &window) {
      mouse(widget);
    } else if (kind < 88) {
      drop(window);
    } else if (kind < 91) {
      const QSize size(300 + below(1700), 200 + below(1100));
      History::add(QStringLiteral("size %1 x %2").arg(size.width()).arg(size.height()));
      window.resize(size);
    } else if (kind < 93) {
      look();
    } else if (kind < 94) {
      language();
    } else {
      History::add("F5");
      sendKey(window.windowHandle(), Qt::Key_F5);
    }
    QCoreApplication::processEvents();
  }

  /// A list of the images that one can see.
  static QAbstractItemView* imageList(MainWindow& window, int images) {
    for (QAbstractItemView* view : window.findChildren<QAbstractItemView*>())
      if (view->isVisible() && view->model() != nullptr && view->model()->rowCount() == images)
        return view;
    return nullptr;
  }

 private Q_SLOTS:
  void initTestCase() {
    const auto path = [this](const char* name) {
      return folder_.filePath(QString::fromUtf8(name));
    };
    NetworkSpec spec;
    spec.width = 0.125;
    spec.size = {256, 128};
    checkpoint_ = path("tiny.safetensors");
    saveNetwork(makeNetwork(spec, 1), checkpoint_.toStdString(), false);
    pictures_ = path("pictures");
    makeFolder(pictures_.toStdString());
    for (int i = 0; i < 7; ++i) {
      cv::Mat picture(128 + 16 * (i % 2), 256, CV_8UC3);
      cv::randu(picture, 0, 256);
      writePng(QStringLiteral("%1/%2.png").arg(pictures_).arg(i).toStdString(), picture);
    }
    QFile::copy(pictures_ + "/3.png", path("single.png"));
    const std::string png = readTextFile((pictures_ + "/0.png").toStdString());
    const std::string weights = readTextFile(checkpoint_.toStdString());
    writeTextFile(path("cut.png").toStdString(), png.substr(0, png.size() / 2));
    writeTextFile(path("text.png").toStdString(), "no picture");
    writeTextFile(path("empty.png").toStdString(), "");
    writeTextFile(path("cut.safetensors").toStdString(), weights.substr(0, weights.size() / 3));
    writeTextFile(path("text.pth").toStdString(), "no checkpoint");
    writeTextFile(path("text.npz").toStdString(), "no components");
    writeTextFile(path("text.sqlite").toStdString(), "no results");
    writeTextFile(path("text.json").toStdString(), "{\"version\": 99}");
    writeTextFile(path("list.txt").toStdString(), "pictures/1.png\npictures/none.png\n");
    makeFolder(path("nothing").toStdString());
    for (const char* name :
         {"tiny.safetensors", "pictures", "pictures", "single.png", "cut.png", "text.png",
          "empty.png", "cut.safetensors", "text.pth", "text.npz", "text.sqlite", "text.json",
          "list.txt", "nothing", "missing.png", "missing.pth", "missing"})
      drops_ << path(name);
    QVERIFY(german_.load(QStringLiteral(":/i18n/uninet_de")));
    for (const char* scheme : {"file", "http", "https"})
      QDesktopServices::setUrlHandler(QString::fromUtf8(scheme), &sink_, "open");
    connect(&watch_, &QTimer::timeout, this, &TestRandomEvents::leaveInnerLoop);
    watch_.start(15);
  }
  void cleanupTestCase() {
    for (const char* scheme : {"file", "http", "https"})
      QDesktopServices::unsetUrlHandler(QString::fromUtf8(scheme));
  }

  void survives() {
    const int events = numberFrom("UNINET_EVENTS", 1500);
    const int seed = numberFrom("UNINET_SEED", 1);
    random_ = Random(static_cast<std::uint64_t>(seed));
    History::begin(static_cast<std::uint64_t>(seed), events);
    {
      Document document(1, 0);
      MainWindow window(document);
      window.resize(1280, 800);
      window.show();
      QVERIFY(QTest::qWaitForWindowExposed(&window));
      window.open({checkpoint_, pictures_});
      QTRY_VERIFY_WITH_TIMEOUT(document.engine() && document.frame().clean, kPatience);

      int began = 0;
      connect(&document.jobs(), &JobRunner::runningChanged, this,
              [&](JobId id, const QString&) { began += id != 0 ? 1 : 0; });
      for (int i = 0; i < events; ++i) event(window);
      qInfo("%d events, %d jobs", events, began);
      QVERIFY(began > events / 100);

      // Nothing is left open, and everything that runs can be stopped.
      closeDialogs();
      QVERIFY(QApplication::activeModalWidget() == nullptr);
      QVERIFY(QApplication::activePopupWidget() == nullptr);
      window.show();
      document.stop();
      document.split().stop();
      // Whoever started a job has heard how it ended.
      QTRY_VERIFY_WITH_TIMEOUT(!document.jobs().busy() && !document.split().running(), kPatience);
      QVERIFY(!document.attacking());

      answers(document, window);
      if (QTest::currentTestFailed()) return History::print();
      // Closed in the middle of a job.
      sendKey(window.windowHandle(), Qt::Key_F5);
      window.close();
    }
    closeDialogs();
    History::add("the end");
  }

 private:
  /// A network and pictures that are dropped are shown, and a click on another one predicts it.
  void answers(Document& document, MainWindow& window) {
    window.resize(1280, 800);
    // F7 may have hidden the images.
    auto* strip = window.findChild<QAction*>(QStringLiteral("show-strip"));
    QVERIFY(strip != nullptr);
    strip->setChecked(true);
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(checkpoint_), QUrl::fromLocalFile(pictures_)});
    dropOn(&window, {20, 20}, data);
    QTRY_VERIFY_WITH_TIMEOUT(!document.jobs().busy() && document.dataset() &&
                                 document.dataset()->size() == 7 && document.frame().clean,
                             kPatience);
    // A search that was typed hides images.
    for (QLineEdit* edit : window.findChildren<QLineEdit*>()) edit->clear();
    QTRY_VERIFY(imageList(window, 7) != nullptr);
    QAbstractItemView* list = imageList(window, 7);
    const int other = document.frame().index == 2 ? 3 : 2;
    const QModelIndex index = list->model()->index(other, 0);
    list->scrollTo(index);
    QCoreApplication::processEvents();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(index).center());
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().index == other && document.frame().clean, kPatience);
  }
};

int main(int argc, char** argv) {
  // Whatever is saved or looked for goes into a folder of this run.
  QTemporaryDir home;
  for (const char* variable :
       {"HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
    qputenv(variable, home.path().toUtf8());
  if (chdir(home.path().toUtf8().constData()) != 0) return 1;
  QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
  QApplication application(argc, argv);
  QApplication::setQuitOnLastWindowClosed(false);
  prepareApplication(application);
  TestRandomEvents test;
  const int failed = QTest::qExec(&test, argc, argv);
  if (failed != 0) History::print();
  return failed;
}
#include "tst_random_events.moc"
