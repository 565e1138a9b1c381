#include <QtTest>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/results/image_facts.h"

using namespace uninet;

class TestImageFacts : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // An attack that left the numbers behind is stored, too, and does not spoil the others.
  void whatIsNoNumberComesBack() {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    ImageFacts facts;
    facts.iterations = {{kNan, {{"seg", kNan}, {"depth", 2}}}, {1.5, {}}};
    const ImageFacts back = unpackFacts(packFacts(facts));
    QCOMPARE(back.iterations.size(), std::size_t{2});
    QVERIFY(std::isnan(back.iterations[0].objective));
    QVERIFY(std::isnan(back.iterations[0].losses.at("seg")));
    QCOMPARE(back.iterations[0].losses.at("depth"), 2.0);
    QCOMPARE(back.iterations[1].objective, 1.5);
    QVERIFY(back.iterations[1].losses.empty());
  }

  void firstFailuresComeBack() {
    ImageFacts facts;
    // Stores of before they were kept have none.
    QVERIFY(packFacts(facts).find("first_failures") == std::string::npos);
    QVERIFY(unpackFacts(packFacts(facts)).firstFailures.empty());
    facts.firstFailures = {{"depth", 3}, {"segment", 1}};
    QVERIFY(unpackFacts(packFacts(facts)).firstFailures == facts.firstFailures);
  }

  void remediesComeBack() {
    ImageFacts facts;
    facts.diagnostics.emplace();
    facts.diagnostics->warnings = {"it did not move; --rule apgd helps", "it is flat"};
    facts.diagnostics->remedies = {{"rule", "apgd", "--rule apgd helps"},
                                   {"epsilon", "0.5", "a greater --epsilon"}};
    const std::string packed = packFacts(facts);
    QVERIFY(unpackFacts(packed).diagnostics->remedies == facts.diagnostics->remedies);
    // Results of before they were kept have none.
    auto json = nlohmann::json::parse(packed);
    QCOMPARE(json["diagnostics"].erase("remedies"), std::size_t{1});
    const ImageFacts earlier = unpackFacts(json.dump());
    QVERIFY(earlier.diagnostics->remedies.empty());
    QVERIFY(earlier.diagnostics->warnings == facts.diagnostics->warnings);
    json["diagnostics"]["remedies"] = {{{"option", "rule"}}};
    QVERIFY_EXCEPTION_THROWN(unpackFacts(json.dump()), Error);
  }

  // Notes name files, whose names may be any bytes.
  void notesOfAnyBytesAreStored() {
    ImageFacts facts;
    facts.notes = {"caf\xE9.png is not there", "a file"};
    const ImageFacts back = unpackFacts(packFacts(facts));
    QCOMPARE(back.notes[0], std::string("caf\xEF\xBF\xBD.png is not there"));
    QCOMPARE(back.notes[1], facts.notes[1]);
  }

  void damagedDetailsAreRefused_data() {
    QTest::addColumn<QByteArray>("text");
    QByteArray facts = QByteArray::fromStdString(packFacts({}));
    QTest::newRow("half") << facts.left(facts.size() / 2);
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("text for a number") << QByteArray(facts).replace("\"seed\":0", "\"seed\":\"x\"");
    QTest::newRow("no whole number")
        << QByteArray(facts).replace("\"iterations_done\":0", "\"iterations_done\":1e81");
    // What reads "gradients" copies them, one call a level.
    const QByteArray deep = QByteArray(1000000, '[') + QByteArray(1000000, ']');
    QTest::newRow("deep") << QByteArray(facts).replace(
        "{\"iterations\"", "{\"gradients\":" + deep + ",\"iterations\"");
  }
  void damagedDetailsAreRefused() {
    const QFETCH(QByteArray, text);
    QVERIFY(text != QByteArray::fromStdString(packFacts({})));
    QVERIFY_EXCEPTION_THROWN(unpackFacts(text.toStdString()), Error);
  }
};

QTEST_APPLESS_MAIN(TestImageFacts)
#include "tst_image_facts.moc"
