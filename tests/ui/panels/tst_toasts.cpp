#include <QAccessible>
#include <QAction>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtTest>

#include "ui/panels/toast.h"
#include "ui/panels/toasts.h"

using namespace uninet;

class TestToasts : public QObject {
  Q_OBJECT

  static constexpr auto kError = Toasts::Kind::error;
  static constexpr auto kInformation = Toasts::Kind::information;

  /// Messages over a canvas, with a clock that a test moves.
  struct Over {
    Over() {
      canvas.resize(700, 500);
      auto* column = new QVBoxLayout(&canvas);
      column->addWidget(&line);
      canvas.show();
      canvas.activateWindow();
      line.setFocus();
    }
    /// In steps, as a timer would.
    void pass(qint64 ms) {
      for (qint64 passed = 0; passed < ms; passed += 100) {
        now += std::min<qint64>(100, ms - passed);
        toasts.expire();
      }
    }
    /// From the top.
    QList<Toast*> shown() const {
      QList<Toast*> list;
      for (Toast* toast : toasts.findChildren<Toast*>())
        if (toast->isVisible()) list << toast;
      std::sort(list.begin(), list.end(), [](Toast* a, Toast* b) { return a->y() < b->y(); });
      return list;
    }
    static QString said(Toast* toast) { return toast->findChild<QLabel*>("toast-text")->text(); }
    static void click(Toast* toast, const char* button) {
      QTest::mouseClick(toast->findChild<QToolButton*>(button), Qt::LeftButton);
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    qint64 now = 1000;
    QWidget canvas;
    QLineEdit line;
    Toasts toasts{&canvas, [this] { return now; }};
  };

 private Q_SLOTS:
  void anErrorStaysUntilItsSubjectSucceeds() {
    Over over;
    Toasts& bar = over.toasts;
    QVERIFY(bar.isHidden());
    bar.say(Subject::checkpoint, "bad file", kError);
    bar.say(Subject::data, {}, kInformation);
    bar.say(Subject::data, "no ground truth", kInformation);
    bar.say(Subject::image, {}, kInformation);
    QCOMPARE(bar.text(), QString("bad file\nno ground truth"));
    QVERIFY(!bar.isHidden());
    bar.say(Subject::checkpoint, {}, kInformation);
    QCOMPARE(bar.text(), QString("no ground truth"));
    bar.say(Subject::saving, "saved", kInformation);
    QCOMPARE(bar.text(), QString("no ground truth\nsaved"));
    bar.say(Subject::chart, "written", kInformation);
    QCOMPARE(bar.text(), QString("no ground truth\nwritten"));
    bar.say(Subject::chart, {}, kInformation);
    bar.say(Subject::data, {}, kInformation);
    QVERIFY(bar.isHidden());
  }

  void informationAboutASubjectIsItsSuccess() {
    Over over;
    over.toasts.say(Subject::saving, "disk full", kError);
    over.toasts.say(Subject::saving, "saved", kInformation);
    QCOMPARE(over.toasts.text(), QString("saved"));
    over.toasts.say(Subject::saving, "disk full", kError);
    QCOMPARE(over.toasts.text(), QString("disk full"));
  }

  void everyErrorIsSeenTheNewestFirst() {
    Over over;
    for (const char* text : {"one", "two", "three", "four", "five", "two"})
      over.toasts.say(Subject::checkpoint, text, kError);
    QCOMPARE(over.toasts.errors(), 5);
    QCOMPARE(over.toasts.text(), QString("one\nthree\nfour\nfive\ntwo"));
    QTRY_COMPARE(over.shown().size(), 3);
    QCOMPARE(over.said(over.shown().back()), QString("two"));
    QCOMPARE(over.said(over.shown().front()), QString("four"));
    const auto* more = over.toasts.findChild<QLabel*>("toasts-more");
    QVERIFY(more->isVisible());
    QVERIFY(more->text().contains('2'));
    for (int left = 4; left >= 0; --left) {
      QVERIFY(!over.shown().isEmpty());
      over.click(over.shown().back(), "close-message");
      QCOMPARE(over.toasts.errors(), left);
    }
    QVERIFY(over.toasts.isHidden());
    QVERIFY(over.toasts.text().isEmpty());
    // A newer state never sits under older errors.
    for (const char* text : {"one", "two", "three", "four"})
      over.toasts.say(Subject::checkpoint, text, kError);
    over.toasts.say(Subject::saving, "saved", kInformation);
    QTRY_COMPARE(over.shown().size(), 3);
    QCOMPARE(over.said(over.shown().back()), QString("saved"));
  }

  void anInformationLeavesAndAnErrorDoesNot() {
    Over over;
    over.toasts.say(Subject::data, "cannot be read", kError);
    over.toasts.say(Subject::saving, "saved", kInformation);
    over.pass(Toasts::kInformationMs - 1);
    QCOMPARE(over.toasts.text(), QString("cannot be read\nsaved"));
    over.pass(1);
    QCOMPARE(over.toasts.text(), QString("cannot be read"));
    over.pass(100 * Toasts::kInformationMs);
    QCOMPARE(over.toasts.text(), QString("cannot be read"));
  }

  void itsTimeStandsStillWhileItIsPointedAt() {
    Over over;
    over.toasts.say(Subject::saving, "saved", kInformation);
    over.pass(4000);
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(&over.toasts, &enter);
    over.pass(60000);
    QCOMPARE(over.toasts.text(), QString("saved"));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&over.toasts, &leave);
    over.pass(1900);
    QCOMPARE(over.toasts.text(), QString("saved"));
    over.pass(100);
    QVERIFY(over.toasts.text().isEmpty());
    QVERIFY(over.toasts.isHidden());
  }

  void theKeyboardReachesThem() {
    Over over;
    QVERIFY(QTest::qWaitForWindowActive(&over.canvas));
    QTRY_VERIFY(over.line.hasFocus());
    over.toasts.say(Subject::checkpoint, "one", kError);
    over.toasts.say(Subject::checkpoint, "two", kError);
    QVERIFY(over.line.hasFocus());
    QTest::keyClick(&over.line, Qt::Key_F6);
    QVERIFY(over.shown().back()->hasFocus());
    QTest::keyClick(over.shown().back(), Qt::Key_Up);
    QVERIFY(over.shown().front()->hasFocus());
    QTest::keyClick(over.shown().front(), Qt::Key_Escape);
    QCOMPARE(over.toasts.text(), QString("two"));
    QVERIFY(over.shown().back()->hasFocus());
    QTest::keyClick(over.shown().back(), Qt::Key_M, Qt::AltModifier);
    QVERIFY(over.line.hasFocus());
    QTest::keyClick(&over.line, Qt::Key_M, Qt::AltModifier);
    QTest::keyClick(over.shown().back(), Qt::Key_Escape);
    QVERIFY(over.toasts.isHidden());
    QVERIFY(over.line.hasFocus());
  }

  void anActionDoesWhatItSays() {
    Over over;
    int opened = 0;
    over.toasts.say(Subject::saving, "saved", kInformation, "Open folder", [&] { ++opened; });
    Toast* toast = over.shown().front();
    QCOMPARE(toast->findChild<QToolButton*>("toast-action")->text(), QString("Open folder"));
    over.click(toast, "toast-action");
    QCOMPARE(opened, 1);
    QVERIFY(over.toasts.text().isEmpty());
    over.toasts.say(Subject::saving, "saved", kInformation);
    QVERIFY(over.shown().front()->findChild<QToolButton*>("toast-action") == nullptr);
  }

  void aLongTextIsShownInABox() {
    Over over;
    int done = 0;
    QString report = "The checkpoint does not fit.";
    for (int i = 0; i < 80; ++i) report += QString("\nkey.%1: missing").arg(i);
    over.toasts.say(Subject::checkpoint, report, kError, "Choose another", [&] { ++done; });
    QVERIFY(over.toasts.height() < 200);
    QCOMPARE(over.toasts.text(), report);
    over.click(over.shown().front(), "toast-action");
    auto* box = over.canvas.findChild<QDialog*>("message-details");
    QVERIFY(box != nullptr && box->isVisible() && !box->isModal());
    QCOMPARE(box->findChild<QPlainTextEdit*>()->toPlainText(), report);
    QPushButton* action = nullptr;
    for (QPushButton* button : box->findChildren<QPushButton*>())
      if (button->text() == "Choose another") action = button;
    QVERIFY(action != nullptr);
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(done, 1);
    QCOMPARE(over.toasts.errors(), 1);
  }

  void theyStandInTheCornerAndShiftNothing() {
    Over over;
    const QRect line = over.line.geometry();
    over.toasts.say(Subject::checkpoint, QString("word ").repeated(30), kError);
    const auto inCorner = [&] {
      const QRect canvas = over.canvas.rect(), place = over.toasts.geometry();
      return canvas.contains(place) && canvas.right() - place.right() <= 12 &&
             canvas.bottom() - place.bottom() <= 12;
    };
    QTRY_VERIFY(inCorner());
    QCOMPARE(over.line.geometry(), line);
    over.canvas.resize(300, 400);
    QTRY_VERIFY(inCorner());
    QVERIFY(over.toasts.width() <= 300 - 24);
    const auto* label = over.shown().front()->findChild<QLabel*>("toast-text");
    QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
  }

  // Severity and sentence in one name, as a screen reader says it.
  void theySayWhatTheyAre() {
    Over over;
    over.toasts.say(Subject::data, "no such folder", kError);
    over.toasts.say(Subject::saving, "saved", kInformation);
    QTRY_VERIFY(over.shown().size() == 2 && over.shown()[0]->y() < over.shown()[1]->y());
    const auto name = [&](int place) {
      return QAccessible::queryAccessibleInterface(over.shown()[place])->text(QAccessible::Name);
    };
    QCOMPARE(name(0), QString("Error: no such folder"));
    QCOMPARE(name(1), QString("Information: saved"));
  }
};

QTEST_MAIN(TestToasts)
#include "tst_toasts.moc"
