#include <QToolButton>
#include <QtTest>

#include "ui/panels/message_bar.h"

using namespace uninet;

class TestMessageBar : public QObject {
  Q_OBJECT

  static constexpr auto kError = MessageBar::Kind::error;
  static constexpr auto kInformation = MessageBar::Kind::information;

  static QList<QToolButton*> closers(MessageBar& bar) {
    QList<QToolButton*> shown;
    for (QToolButton* button : bar.findChildren<QToolButton*>("close-message"))
      if (!button->isHidden() && !button->parentWidget()->isHidden()) shown << button;
    return shown;
  }

 private Q_SLOTS:
  void anErrorStaysUntilItsSubjectSucceeds() {
    MessageBar bar;
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
    MessageBar bar;
    bar.say(Subject::saving, "disk full", kError);
    bar.say(Subject::saving, "saved", kInformation);
    QCOMPARE(bar.text(), QString("saved"));
    bar.say(Subject::saving, "disk full", kError);
    QCOMPARE(bar.text(), QString("disk full"));
  }

  void everyErrorIsSeen() {
    MessageBar bar;
    for (const char* text : {"one", "two", "three", "four", "five", "two"})
      bar.say(Subject::checkpoint, text, kError);
    QCOMPARE(bar.errors(), 5);
    QCOMPARE(bar.text(), QString("one\nthree\nfour\nfive\ntwo"));
    QCOMPARE(closers(bar).size(), 3);
    closers(bar)[0]->click();
    QCOMPARE(bar.text(), QString("three\nfour\nfive\ntwo"));
    while (bar.errors() > 0) {
      QVERIFY(!closers(bar).isEmpty());
      closers(bar)[0]->click();
    }
    QVERIFY(bar.isHidden());
    QVERIFY(bar.text().isEmpty());
  }
};

QTEST_MAIN(TestMessageBar)
#include "tst_message_bar.moc"
