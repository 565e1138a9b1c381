#include <CLI/CLI.hpp>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "app/option_flags.h"
#include "core/base/error.h"

using namespace uninet;

namespace {

constexpr Choice kNorms[] = {{"linf", "l∞"}, {"l2", "l2"}};

struct Made : OptionsOf<Made> {
  double epsilon = 2;
  std::int64_t iterations = 3;
  bool randomStart = true;
  std::string norm = "linf";
  std::int64_t steps = -1;

  void describe(OptionVisitor& visitor) override {
    visitor.number({"epsilon", "Epsilon", "Radius of the ball.", "/255", "8"}, epsilon,
                   {0, 255, 0.5});
    visitor.integer({"iterations", "Iterations", "Steps."}, iterations, {1, 1000, 1});
    visitor.flag({"random-start", "Random start", "Starts inside the ball."}, randomStart);
    visitor.choice({"norm", "Norm", "Norm of the ball."}, norm, kNorms);
    visitor.integer(OptionInfo{"steps", "Steps", "How often."}
                        .inAdvanced()
                        .where("norm", "l2")
                        .withSpecial({-1, "auto", "auto (%1)", {5}}),
                    steps, {0, 9, 1});
  }
};

struct Other : OptionsOf<Other> {
  double epsilon = 1;
  std::string kind = "sign";

  void describe(OptionVisitor& visitor) override {
    visitor.number({"epsilon", "Epsilon", "Radius of the ball.", "/255"}, epsilon, {0, 10, 1});
    visitor.text({"kind", "Kind", "Kind of noise."}, kind);
  }
};

/// Options as a command line sets them.
struct Line {
  explicit Line(Options& options) : options(options) { flags.add(app, options, "Options"); }
  void parse(const std::string& line) {
    app.parse(line);
    flags.apply(options);
  }

  CLI::App app;
  Options& options;
  DeferredOptionFlags flags;
};

QString messageOf(Options& options, const std::string& line) {
  try {
    Line(options).parse(line);
  } catch (const std::runtime_error& error) {
    return QString::fromStdString(error.what());
  }
  return {};
}

}  // namespace

class TestOptionFlags : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void setsEveryKind() {
    Made made;
    Line app(made);
    app.parse("--epsilon 0.5 --iterations=40 --no-random-start --norm l2");
    QCOMPARE(made.epsilon, 0.5);
    QCOMPARE(made.iterations, std::int64_t{40});
    QCOMPARE(made.randomStart, false);
    QCOMPARE(made.norm, std::string("l2"));
    app.parse("--random-start");
    QCOMPARE(made.randomStart, true);
    app.parse("--random-start=false");
    QCOMPARE(made.randomStart, false);
  }

  void takesSpecialValuesByName() {
    Made made;
    Line app(made);
    app.parse("--steps 4");
    QCOMPARE(made.steps, std::int64_t{4});
    app.parse("--steps auto");
    QCOMPARE(made.steps, std::int64_t{-1});
    app.parse("--steps=-1");
    QCOMPARE(made.steps, std::int64_t{-1});
    QVERIFY(messageOf(made, "--steps never").contains("from 0 to 9, or auto"));
  }

  void leavesDefaults() {
    Made made;
    Line app(made);
    app.parse("");
    QVERIFY(toJson(made) == toJson(Made()));
  }

  void refuses() {
    Made made;
    QVERIFY(messageOf(made, "--epsilon -1").contains("'epsilon': expected a number from 0 to 255"));
    QVERIFY(messageOf(made, "--epsilon nan").contains("found nan"));
    QVERIFY(messageOf(made, "--norm l1").contains("linf, l2"));
    QVERIFY(messageOf(made, "--iterations 2.5").contains("whole number"));
    QVERIFY(!messageOf(made, "--nothing 1").isEmpty());
    QVERIFY(toJson(made) == toJson(Made()));
  }

  void helpTellsTheFacts() {
    Made made;
    Line app(made);
    const QString help = QString::fromStdString(app.app.help()).simplified();
    for (const char* part :
         {"Radius of the ball.", "0 to 255 /255", "default 2", "paper 8", "linf|l2", "default true",
          "INTEGER|auto", "or auto (-1)", "default auto (5)", "only where norm is l2", "advanced"})
      QVERIFY2(help.contains(part), part);
  }

  void deferredFlagsReachTheOptionsTheyWereMeantFor() {
    Made made;
    Other other;
    CLI::App app;
    DeferredOptionFlags flags;
    flags.add(app, made, "made");
    flags.add(app, other, "other");
    app.parse("--epsilon 5 --kind uniform");
    flags.apply(other);
    QCOMPARE(other.epsilon, 5.);
    QCOMPARE(other.kind, std::string("uniform"));
    QVERIFY_EXCEPTION_THROWN(flags.apply(made), Error);  // has no --kind
  }
};

QTEST_APPLESS_MAIN(TestOptionFlags)
#include "tst_option_flags.moc"
