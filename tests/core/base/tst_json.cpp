#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

std::string repeated(const std::string& part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

std::string cborOf(const Json& json) {
  const auto bytes = Json::to_cbor(json);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

class TestJson : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsKeys() {
    QCOMPARE(extentOf(R"({"a": [1, {"b": 2}], "c:d": ":", "e": {}})").keys, std::size_t{3});
    QCOMPARE(extentOf("[1, 2]").keys, std::size_t{0});
  }

  void wholeNumbersAreChecked() {
    QCOMPARE(wholeOf(Json(-3), -3, 3), std::int64_t{-3});
    QCOMPARE(intOf(Json(2147483647)), 2147483647);
    for (const Json& value : {Json(4), Json(-4), Json(1.0), Json(1e300), Json("1"), Json(nullptr),
                              Json(18446744073709551615u)})
      QVERIFY_EXCEPTION_THROWN(wholeOf(value, -3, 3), Error);
    QVERIFY_EXCEPTION_THROWN(intOf(Json(2147483648)), Error);
  }

  void countsLevels_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("levels");
    QTest::newRow("number") << "1" << 0;
    QTest::newRow("list") << "[1, [2], 3]" << 2;
    QTest::newRow("side by side") << "[[], [], {}]" << 2;
    QTest::newRow("mixed") << "{\"a\": [{\"b\": []}]}" << 4;
    QTest::newRow("brackets in text") << "[\"[[[\", \"\\\"[[{\", \"\\\\\"]" << 1;
    QTest::newRow("brackets in keys") << "{\"[{[\": 1}" << 1;
  }
  void countsLevels() {
    const QFETCH(QString, text);
    const QFETCH(int, levels);
    QCOMPARE(extentOf(text.toStdString()).depth, levels);
  }

  void readsWhatIsShallow() {
    const Json json{{"list", {1, -2, 0.5, 1e300, true, nullptr, Json::array(), Json::object()}},
                    {"text", std::string(300, 'x')},
                    {"far", {70000, 5000000000, -70000}}};
    QCOMPARE(parseJson(json.dump(), "x"), json);
    QCOMPARE(parseCbor(cborOf(json), "x"), json);
    const Json binary = Json::binary({1, 2, 3});
    QCOMPARE(parseCbor(cborOf(binary), "x"), binary);
    const std::string deep = repeated("[", 64) + repeated("]", 64);
    QCOMPARE(parseCbor(cborOf(parseJson(deep, "x")), "x").dump(), deep);
  }

  // Each takes more stack than there is where a reader calls itself once a level.
  void refusesWhatIsDeep_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("cbor");
    const auto row = [](const char* name, const std::string& bytes, bool cbor) {
      QTest::newRow(name) << QByteArray::fromStdString(bytes) << cbor;
    };
    constexpr int kMany = 2'000'000;
    row("one level too many", repeated("[", 65) + repeated("]", 65), false);
    row("lists", repeated("[", kMany) + repeated("]", kMany), false);
    row("objects", repeated("{\"a\":", kMany) + "1" + repeated("}", kMany), false);
    row("CBOR, one level too many", repeated("\x81", 65) + "\x01", true);
    row("CBOR lists", repeated("\x81", kMany) + "\x01", true);
    row("CBOR maps", repeated("\xA1\x61y", kMany) + "\x01", true);
    row("CBOR lists of two", repeated("\x82\x01", kMany), true);
    row("CBOR lists that promise more", "\x9A\x00\x1E\x84\x80" + repeated("\x81", kMany), true);
    row("CBOR lists without length", repeated("\x9F", kMany), true);
    row("CBOR maps without length", repeated("\xBF\x61y", kMany), true);
    row("CBOR texts without length", repeated("\x7F", kMany), true);
    row("CBOR bytes without length", repeated("\x5F", kMany), true);
    row("CBOR tags", repeated("\xC1", kMany), true);
  }
  void refusesWhatIsDeep() {
    const QFETCH(QByteArray, bytes);
    const QFETCH(bool, cbor);
    try {
      if (cbor)
        parseCbor(bytes.toStdString(), "some file");
      else
        parseJson(bytes.toStdString(), "some file");
      QFAIL("it was read");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).startsWith("some file: expected "), error.what());
    }
  }

  void refusesWhatEndsEarly() {
    const std::string bytes = cborOf({{"a", {1, 70000, 0.1, "text"}}});
    for (std::size_t size = 0; size < bytes.size(); ++size)
      QVERIFY_EXCEPTION_THROWN(parseCbor(bytes.substr(0, size), "x"), Error);
    // Lengths that no file has.
    for (const char head : {'\x5B', '\x7B', '\x9B', '\xBB'})
      QVERIFY_EXCEPTION_THROWN(parseCbor(head + std::string(8, '\xFF'), "x"), Error);
    QVERIFY_EXCEPTION_THROWN(parseCbor(bytes + "x", "x"), Json::exception);
    QVERIFY_EXCEPTION_THROWN(parseJson("[1", "x"), Json::exception);
  }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
