#include <QInputDialog>
#include <QMenu>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>
#include <QtTest>
#include <cmath>

#include "support/nyuv2_tree.h"
#include "support/patience.h"
#include "ui/document/document.h"
#include "ui/window/main_window.h"

using namespace uninet;
using namespace uninet::nyuv2_tree;

/// Depth in another unit than usual, and how a person says which one it is.
class TestDepthUnit : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;

  std::filesystem::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }
  /// Whole metres in 16-bit pictures.
  std::filesystem::path treeInMetres() const {
    const auto root = path("metres");
    makeTree(root, Nyuv2Layout::folders);
    cv::Mat whole;
    metres().convertTo(whole, CV_16U);
    for (const char* name : {"0001.png", "0002.png"}) write(root / "depth" / "val" / name, whole);
    return root;
  }
  /// The units in the menu of the images; empty: they are not offered.
  static QList<QAction*> units(MainWindow& window) {
    auto* chip = window.findChild<QToolButton*>("data-chip");
    Q_EMIT chip->menu()->aboutToShow();
    for (QAction* action : chip->menu()->actions())
      if (action->objectName() == "depth-unit") return action->menu()->actions();
    return {};
  }
  static QAction* unit(MainWindow& window, double metres) {
    for (QAction* action : units(window))
      if (action->data().isValid() && action->data().toDouble() == metres) return action;
    return nullptr;
  }
  static double depthOf(const Document& document) {
    return static_cast<double>(document.frame().raw.depthMetres.at<float>(40, 7));
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void isChosenInTheMenuOfTheImages() {
    Document document(1, 0);
    MainWindow window(document);
    document.newSession();
    QSignalSpy said(&document, &Document::said);
    const auto refused = [&said] {
      for (const QList<QVariant>& one : said)
        if (one[2].toBool() && one[1].toString().contains("Depth unit in the window's menu"))
          return true;
      return false;
    };
    document.openData(treeInMetres(), "val");
    QTRY_VERIFY_WITH_TIMEOUT(refused(), kPatience);
    QVERIFY(document.frame().failed);
    document.select(1);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().failed, kPatience);

    QVERIFY(unit(window, 0)->isChecked());
    QVERIFY(!unit(window, 1)->isChecked());
    unit(window, 1)->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QCOMPARE(document.frame().index, 1);
    QCOMPARE(document.session().data.depthUnit, 1.);
    QVERIFY(std::abs(depthOf(document) - std::round(metres().at<float>(40, 7))) < 1e-6);
    QVERIFY(unit(window, 1)->isChecked());

    // Any other one is asked for, and then stands among them.
    QTimer::singleShot(0, &window, [] {
      auto* dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget());
      QVERIFY(dialog != nullptr);
      QCOMPARE(dialog->doubleValue(), 1.);
      dialog->setDoubleValue(0.25);
      dialog->accept();
    });
    units(window).last()->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(document.session().data.depthUnit, 0.25, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QVERIFY(std::abs(depthOf(document) - 0.25 * std::round(metres().at<float>(40, 7))) < 1e-6);
    QVERIFY(unit(window, 0.25)->isChecked());

    // It stays with the split that is chosen, and with the session.
    auto* chip = window.findChild<QToolButton*>("data-chip");
    Q_EMIT chip->menu()->aboutToShow();
    for (QAction* action : chip->menu()->actions())
      if (action->text() == "val") action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!document.jobs().busy() && document.frame().clean, kPatience);
    QCOMPARE(document.session().data.depthUnit, 0.25);
    document.saveSessionAs(path("s.json"));
    Document other(1, 0);
    document.newSession();
    QVERIFY(other.openSession(path("s.json")));
    QTRY_VERIFY_WITH_TIMEOUT(other.frame().clean, kPatience);
    QCOMPARE(other.session().data.depthUnit, 0.25);
    QVERIFY(std::abs(depthOf(other) - 0.25 * std::round(metres().at<float>(40, 7))) < 1e-6);
  }

  void onlyWhereThereAreUnits() {
    Document document(1, 0);
    MainWindow window(document);
    QVERIFY(units(window).isEmpty());
    document.openStreetscapeScenes("val", 1);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QVERIFY(units(window).isEmpty());
  }
};

QTEST_MAIN(TestDepthUnit)
#include "tst_depth_unit.moc"
