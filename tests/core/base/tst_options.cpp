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

/// Options that say more than a name and limits.
struct Told : OptionsOf<Told> {
  double epsilon = 4;
  std::int64_t steps = -1;
  bool start = false;
  std::string kind = "simple", parts = "a";
  std::int64_t restarts = 1;
  std::int64_t patience = 0;

  void describe(OptionVisitor& visitor) override {
    static constexpr Choice kKinds[] = {{"simple", "simple"}, {"custom", "custom one"}};
    visitor.choice({"kind", "Kind", ""}, kind, kKinds);
    visitor.text(OptionInfo{"parts", "Parts", ""}.where("kind", "custom"), parts);
    visitor.number(OptionInfo{"epsilon", "Epsilon", "", "px", "1"}
                       .ofScale(255, "kind")
                       .withMarks({0.25, 1, 2})
                       .withSpecial({-1, "unlimited", "no limit"}),
                   epsilon, {0, 100, 0.25});
    visitor.integer(OptionInfo{"steps", "Steps", ""}.withSpecial(
                        {-1, "auto", "auto (%1 of %2)", {epsilon + 1, 0.5}}),
                    steps, {0, 50, 1});
    visitor.flag(OptionInfo{"start", "Start", ""}.inAdvanced().where("kind", "custom"), start);
    visitor.integer(OptionInfo{"restarts", "Restarts", ""}.inAdvanced().where("start", "true"),
                    restarts, {1, 9, 1});
    visitor.integer(OptionInfo{"patience", "Patience", ""}.withSpecial({0, "never", "never"}),
                    patience, {0, 9, 1});
  }
};

OptionRow rowOf(const Options& options, const std::string& key) {
  for (const OptionRow& row : optionTable(options))
    if (row.key == key) return row;
  return {};
}

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

  void specialValuesHaveNames() {
    Told told;
    QCOMPARE(rowOf(told, "steps").value, std::string("-1"));
    QCOMPARE(rowOf(told, "steps").shown(), std::string("auto (5 of 0.5)"));
    QVERIFY(rowOf(told, "epsilon").special() == nullptr);
    QCOMPARE(rowOf(told, "patience").shown(), std::string("never"));
    fromJson(told, Json{{"epsilon", "unlimited"}, {"steps", 7}});
    QCOMPARE(told.epsilon, -1.);
    QCOMPARE(rowOf(told, "epsilon").shown(), std::string("no limit"));
    QCOMPARE(rowOf(told, "steps").shown(), std::string("7"));
    setOption(told, "steps", "auto");
    QCOMPARE(told.steps, std::int64_t{-1});
    setOption(told, "epsilon", "9");
    // What auto comes to follows the other option.
    QCOMPARE(rowOf(told, "steps").shown(), std::string("auto (10 of 0.5)"));
    // The number itself is taken as before, and is what is written.
    fromJson(told, Json{{"steps", -1}, {"epsilon", -1}});
    QCOMPARE(toJson(told)["steps"], Json(-1));
    QCOMPARE(toJson(told)["epsilon"], Json(-1.));
    setOption(told, "epsilon", "-1");
    QCOMPARE(told.epsilon, -1.);
  }

  void refusesWhatIsNeitherSpecialNorWithinLimits() {
    Told told;
    const auto refused = [&told](const Json& json) {
      return messageOf([&] { fromJson(told, json); });
    };
    QVERIFY(refused({{"epsilon", -0.5}}).contains("a number from 0 to 100, or unlimited"));
    QVERIFY(refused({{"steps", -2}}).contains("from 0 to 50, or auto, found -2"));
    QVERIFY(refused({{"steps", "unlimited"}}).contains("'steps'"));
    QVERIFY(messageOf([&] { setOption(told, "steps", "Auto"); }).contains("or auto"));
    QVERIFY(messageOf([&] { setOption(told, "patience", "auto"); }).contains("or never"));
    QVERIFY(toJson(told) == toJson(Told()));
  }

  void knowsWhatHasAnEffect() {
    Told told;
    QVERIFY(!rowOf(told, "parts").applies);
    QVERIFY(!rowOf(told, "start").applies);
    told.start = true;
    QVERIFY2(!rowOf(told, "restarts").applies, "its flag itself has no effect");
    told.kind = "custom";
    QVERIFY(rowOf(told, "parts").applies);
    QVERIFY(rowOf(told, "restarts").applies);
    told.start = false;
    QVERIFY(!rowOf(told, "restarts").applies);
    QVERIFY(rowOf(told, "start").advanced);
    QVERIFY(!rowOf(told, "kind").advanced);
  }

  void factsSayEverything() {
    const Told told;
    QCOMPARE(optionFacts(rowOf(told, "epsilon")),
             std::string("0 to 100 px, or unlimited (-1), 2 = 2/255, default 4, paper 1"));
    QCOMPARE(optionFacts(rowOf(told, "steps")),
             std::string("0 to 50, or auto (-1), default auto (5 of 0.5)"));
    QCOMPARE(optionFacts(rowOf(told, "start")),
             std::string("default false, only where kind is custom, advanced"));
    QCOMPARE(rowOf(told, "kind").choiceLabels, (std::vector<std::string>{"simple", "custom one"}));
  }

  void tellsWhatIsChanged() {
    Told told;
    QVERIFY(changedOptions(told, Told()) == Json::object());
    told.steps = 3;
    told.kind = "custom";
    const Json changed = changedOptions(told, Told());
    QVERIFY(changed == (Json{{"steps", 3}, {"kind", "custom"}}));
    Told again;
    fromJson(again, changed);
    QVERIFY(toJson(again) == toJson(told));
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
