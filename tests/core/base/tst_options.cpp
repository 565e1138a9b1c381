#include <QtTest>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/options.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

constexpr Choice kNorms[] = {{"linf", "l∞"}, {"l2", "l2"}};

struct Made : OptionsOf<Made> {
  double epsilon = 2;
  std::int64_t iterations = 3;
  bool randomStart = true;
  std::string norm = "linf";
  std::string note;

  void describe(OptionVisitor& visitor) override {
    visitor.number({"epsilon", "Epsilon", "Radius of the ball.", "/255", "8"}, epsilon,
                   {0, 255, 0.5});
    visitor.integer({"iterations", "Iterations", "Steps."}, iterations, {1, 1000, 1});
    visitor.flag({"random-start", "Random start", "Starts inside the ball."}, randomStart);
    visitor.choice({"norm", "Norm", "Norm of the ball."}, norm, kNorms);
    visitor.text({"note", "Note", "Free text."}, note);
  }
  bool operator==(const Made& other) const {
    return epsilon == other.epsilon && iterations == other.iterations &&
           randomStart == other.randomStart && norm == other.norm && note == other.note;
  }
};

/// The message with which `action` fails; empty if it does not.
template <class Action>
QString messageOf(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

}  // namespace

class TestOptions : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void tableListsEverything() {
    const auto rows = optionTable(Made());
    QCOMPARE(rows.size(), std::size_t{5});
    QCOMPARE(rows[0].key, std::string("epsilon"));
    QCOMPARE(rows[0].label, std::string("Epsilon"));
    QCOMPARE(rows[0].help, std::string("Radius of the ball."));
    QCOMPARE(rows[0].unit, std::string("/255"));
    QCOMPARE(rows[0].paper, std::string("8"));
    QCOMPARE(rows[0].type, std::string("number"));
    QCOMPARE(rows[0].value, std::string("2"));
    QCOMPARE(rows[0].range.max, 255.);
    QCOMPARE(rows[1].value, std::string("3"));
    QCOMPARE(rows[2].value, std::string("true"));
    QCOMPARE(rows[3].choices, (std::vector<std::string>{"linf", "l2"}));
    QCOMPARE(rows[4].type, std::string("text"));
  }

  void roundTripsThroughJson() {
    Made made;
    made.epsilon = 0.1 + 0.2;  // needs all 17 digits
    made.iterations = 999;
    made.randomStart = false;
    made.norm = "l2";
    made.note = "Größe \"1\"\n";
    Made read;
    fromJson(read, Json::parse(toJson(made).dump()));
    QVERIFY(read == made);
    QVERIFY(!(read == Made()));
  }

  void roundTripsThroughText() {
    Made made;
    made.epsilon = 1. / 3;
    made.iterations = 17;
    made.randomStart = false;
    made.norm = "l2";
    made.note = "x";
    Made read;
    for (const OptionRow& row : optionTable(made)) setOption(read, row.key, row.value);
    QVERIFY(read == made);
  }

  void readsOnlyWhatIsNamed() {
    Made made;
    made.iterations = 7;
    fromJson(made, Json{{"epsilon", 4}});
    QCOMPARE(made.epsilon, 4.);
    QCOMPARE(made.iterations, std::int64_t{7});
    fromJson(made, Json{{"iterations", 12.0}});
    QCOMPARE(made.iterations, std::int64_t{12});
    fromJson(made, Json{{"epsilon", 0}});  // limits belong to the range
    fromJson(made, Json{{"epsilon", 255}});
  }

  void refusesJson_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QStringList>("named");
    const auto row = [](const char* name, const char* json, QStringList named) {
      QTest::newRow(name) << json << named;
    };
    row("below", R"({"epsilon": -1})", {"'epsilon'", "from 0 to 255", "-1"});
    row("above", R"({"epsilon": 255.5})", {"'epsilon'", "255.5"});
    row("number as text", R"({"epsilon": "2"})", {"'epsilon'", "a number", "\"2\""});
    row("number as bool", R"({"epsilon": true})", {"'epsilon'", "true"});
    row("null", R"({"epsilon": null})", {"'epsilon'", "null"});
    row("integer below", R"({"iterations": 0})", {"'iterations'", "from 1 to 1000", "found 0"});
    row("not whole", R"({"iterations": 1.5})", {"'iterations'", "whole number", "1.5"});
    row("beyond 64 bits", R"({"iterations": 18446744073709551615})", {"18446744073709551615"});
    row("beyond 2^53", R"({"iterations": 1e300})", {"'iterations'", "1e+300"});
    row("flag as number", R"({"random-start": 1})", {"'random-start'", "true or false", "1"});
    row("choice", R"({"norm": "l1"})", {"'norm'", "linf, l2", "'l1'"});
    row("choice as number", R"({"norm": 2})", {"'norm'", "linf, l2", "found 2"});
    row("text as list", R"({"note": []})", {"'note'", "text", "[]"});
    row("unknown", R"({"epsilom": 2})", {"'epsilom'", "nearest is 'epsilon'", "random-start"});
    row("list", "[1]", {"object", "array"});
    row("good first", R"({"epsilon": 9, "norm": "no"})", {"'norm'"});
  }
  void refusesJson() {
    QFETCH(QString, json);
    QFETCH(QStringList, named);
    Made made;
    const QString message = messageOf([&] { fromJson(made, Json::parse(json.toStdString())); });
    QVERIFY(!message.isEmpty());
    for (const QString& word : named) QVERIFY2(message.contains(word), qPrintable(message));
    QVERIFY2(made == Made(), "changed although an error was reported");
  }

  void refusesWhatIsNoNumber() {
    Made made;
    for (const double value : {std::nan(""), std::numeric_limits<double>::infinity()}) {
      QVERIFY_EXCEPTION_THROWN(fromJson(made, Json{{"epsilon", value}}), Error);
      QVERIFY_EXCEPTION_THROWN(fromJson(made, Json{{"iterations", value}}), Error);
    }
    QVERIFY(made == Made());
  }

  void refusesText_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("named");
    QTest::newRow("nan") << "epsilon" << QByteArray("nan") << "nan";
    QTest::newRow("inf") << "epsilon" << QByteArray("inf") << "inf";
    QTest::newRow("empty") << "epsilon" << QByteArray("") << "''";
    QTest::newRow("rest") << "epsilon" << QByteArray("2px") << "'2px'";
    QTest::newRow("comma") << "epsilon" << QByteArray("2,5") << "'2,5'";
    QTest::newRow("not whole") << "iterations" << QByteArray("2.5") << "'2.5'";
    QTest::newRow("too long") << "iterations" << QByteArray("99999999999999999999") << "whole";
    QTest::newRow("range") << "iterations" << QByteArray("1001") << "found 1001";
    QTest::newRow("flag") << "random-start" << QByteArray("maybe") << "'maybe'";
    QTest::newRow("choice") << "norm" << QByteArray("L2") << "linf, l2";
    QTest::newRow("bytes") << "note" << QByteArray("\xff\xfe") << "UTF-8";
    QTest::newRow("unknown") << "norms" << QByteArray("l2") << "nearest is 'norm'";
  }
  void refusesText() {
    QFETCH(QString, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, named);
    Made made;
    const QString message =
        messageOf([&] { setOption(made, key.toStdString(), value.toStdString()); });
    QVERIFY2(message.contains(named), qPrintable(message));
    QVERIFY(made == Made());
  }
};

QTEST_APPLESS_MAIN(TestOptions)
#include "tst_options.moc"
