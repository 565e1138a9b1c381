#include <QtTest>
#include <set>
#include <string>

#include "core/base/output_names.h"

using namespace uninet;

class TestOutputNames : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatCannotBeWrittenIsReplaced_data() {
    QTest::addColumn<QByteArray>("wanted");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char* what, const QByteArray& wanted, const QByteArray& name) {
      QTest::newRow(what) << wanted << name;
    };
    row("usual", "frankfurt/frankfurt_000000_000294", "frankfurt/frankfurt_000000_000294");
    row("above", "../../etc/passwd", "__/__/etc/passwd");
    row("absolute", "/etc/passwd", "etc/passwd");
    row("dot", ".", "_");
    row("dots", "...", "___");
    row("hidden", ".hidden", "_hidden");
    row("dot within", "a.b/c.d", "a.b/c.d");
    row("empty", "", "picture");
    row("slashes", "//a//b/", "a/b");
    row("name of a written file", "segment.png/report.JSON", "segment_png/report_JSON");
    row("control characters", "a\nb\tc", "a_b_c");
    row("umlaut", "Stra\u00dfe \u00fcber", "Stra\u00dfe \u00fcber");
    row("no UTF-8",
        QByteArray("a\xff\xc3"
                   "b\xc3"),
        "a__b_");
    row("overlong UTF-8", QByteArray("\xe0\x80\xaf"), "___");
    row("surrogate", QByteArray("\xed\xa0\x80"), "___");
    row("long", QByteArray(400, 'x'), QByteArray(180, 'x'));
    // 179 bytes and then a character of two: it is not cut in half.
    row("long, cut at a character", QByteArray(179, 'x') + "\u00fc", QByteArray(179, 'x'));
    row("long path", (QByteArray(100, 'x') + '/').repeated(20) + "end", "end");
  }
  void whatCannotBeWrittenIsReplaced() {
    const QFETCH(QByteArray, wanted);
    const QFETCH(QByteArray, name);
    QCOMPARE(QByteArray::fromStdString(OutputNames().add(wanted.toStdString())), name);
  }

  void eachNameOnce() {
    OutputNames names;
    QCOMPARE(names.add("a", "a.jpg"), std::string("a"));
    QCOMPARE(names.add("a", "a.jpg"), std::string("a.jpg"));
    QCOMPARE(names.add("a", "a.jpg"), std::string("a-2"));
    QCOMPARE(names.add("a-3"), std::string("a-3"));
    QCOMPARE(names.add("a"), std::string("a-4"));
    QCOMPARE(names.add(std::string(400, 'x')), std::string(180, 'x'));
    QCOMPARE(names.add(std::string(300, 'x')), std::string(180, 'x') + "-2");
  }

  void manyNamesTakeAFewTriesEach_data() {
    QTest::addColumn<bool>("sameWish");
    QTest::newRow("all the same") << true;
    QTest::newRow("numbered ones in the way") << false;
  }
  void manyNamesTakeAFewTriesEach() {
    const QFETCH(bool, sameWish);
    constexpr std::size_t kNames = 60000;
    OutputNames names;
    std::set<std::string> seen;
    for (std::size_t i = 0; i < kNames; ++i)
      seen.insert(names.add(sameWish || i % 2 == 1 ? "a" : "a-" + std::to_string(i), "a.png"));
    QCOMPARE(seen.size(), kNames);
    QVERIFY2(names.tries() <= 4 * kNames, qPrintable(QString::number(names.tries())));
  }
};

QTEST_APPLESS_MAIN(TestOutputNames)
#include "tst_output_names.moc"
