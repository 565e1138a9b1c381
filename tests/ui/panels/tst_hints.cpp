#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "ui/panels/hints.h"

using namespace uninet;

class TestHints : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  struct Window {
    Window() {
      window.resize(700, 500);
      targets[0].setGeometry(0, 0, 100, 400);
      targets[1].setGeometry(600, 100, 100, 300);
      targets[2].setGeometry(200, 460, 300, 40);
      targets[3].setGeometry(100, 0, 500, 30);
      for (QPushButton& target : targets) target.setParent(&window);
      window.show();
    }
    void show(Hints& hints) {
      std::vector<Hint> list;
      for (int i = 0; i < 4; ++i) list.push_back({&targets[i], QString("hint %1").arg(i)});
      hints.show(list);
    }
    QWidget window;
    QPushButton targets[4];
    ~Window() {
      for (QPushButton& target : targets) target.setParent(nullptr);
    }
  };
  static void click(Hints& hints, const char* name) {
    QTest::mouseClick(hints.findChild<QPushButton*>(name), Qt::LeftButton);
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName("uninet-test");
    QCoreApplication::setApplicationName("tst_hints");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
  }
  void init() { QSettings().clear(); }

  void oneAfterTheOtherAndNeverAgain() {
    Window open;
    Hints hints(&open.window);
    QSignalSpy finished(&hints, &Hints::finished);
    open.show(hints);
    QCOMPARE(hints.text(), QString("hint 0"));
    click(hints, "hint-close");
    QCOMPARE(hints.text(), QString("hint 1"));
    // The program ends here; those that were closed do not come back.
    Hints later(&open.window);
    open.show(later);
    QCOMPARE(later.text(), QString("hint 1"));
    QTest::keyClick(later.findChild<QPushButton*>("hint-close"), Qt::Key_Escape);
    QCOMPARE(later.text(), QString("hint 2"));
    click(later, "hint-close");
    click(later, "hint-close");
    QVERIFY(later.isHidden());
    QVERIFY(later.text().isEmpty());
    open.show(later);
    QVERIFY(later.isHidden());
    QCOMPARE(finished.size(), 0);
  }

  void skipClosesAll() {
    Window open;
    Hints hints(&open.window);
    QSignalSpy finished(&hints, &Hints::finished);
    open.show(hints);
    click(hints, "hint-skip");
    QVERIFY(hints.isHidden());
    QCOMPARE(finished.size(), 1);
    open.show(hints);
    QVERIFY(hints.isHidden());
  }

  void aBubbleStandsBesideItsTarget() {
    Window open;
    Hints hints(&open.window);
    open.show(hints);
    for (const QPushButton& target : open.targets) {
      QVERIFY(open.window.rect().contains(hints.geometry()));
      // The arrow's room may touch, the card does not cover it.
      const QRect card = hints.geometry().adjusted(8, 8, -8, -8);
      QVERIFY(!card.intersects(target.geometry()));
      click(hints, "hint-close");
    }
  }

  void itFollowsItsTargetAndLeavesWithIt() {
    Window open;
    Hints hints(&open.window);
    open.show(hints);
    const QRect before = hints.geometry();
    open.targets[0].setGeometry(0, 0, 250, 400);
    QVERIFY(hints.geometry() != before);
    open.targets[0].hide();
    QCOMPARE(hints.text(), QString("hint 1"));
    // It was not closed: it comes at a later start.
    open.targets[0].show();
    Hints later(&open.window);
    open.show(later);
    QCOMPARE(later.text(), QString("hint 0"));
    QVERIFY(!later.isModal());
  }
};

QTEST_MAIN(TestHints)
#include "tst_hints.moc"
