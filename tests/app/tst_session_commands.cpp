#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"
#include "core/results/result_store.h"
#include "core/session/run_store.h"
#include "support/nyuv2_tree.h"
#include "support/patience.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

struct Outcome {
  int code = -1;
  QString out, err;
};

Outcome finished(QProcess& process) {
  if (!process.waitForFinished(kPatience)) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

Outcome run(const QStringList& arguments) {
  QProcess process;
  process.start(UNINET_PROGRAM, QStringList{"--threads", "1"} + arguments);
  return finished(process);
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace

/// The commands on a session, as a person types them beside an open window.
class TestSessionCommands : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString path(const QString& name) const { return folder_.filePath(name); }
  fs::path file(const char* name) const { return path(name).toStdString(); }
  RunStore runsOf(const char* session) const { return RunStore::open(runStoreOf(file(session))); }

 private Q_SLOTS:
  // The session is not there: it is made from what is given, its folder as well.
  void makesASession() {
    const Outcome made = run({"attack", "--session", path("new/s.json"), "--size", "128x256",
                              "--attack", "noise-sign", "--epsilon", "3", "--seed", "5", "--index",
                              "1", "--region", "box:0,0,200,100"});
    QVERIFY2(made.code == 0, qPrintable(made.err));
    QVERIFY2(made.out.contains("run 1 in " + path("new/s.runs.sqlite")), qPrintable(made.out));
    QVERIFY(!made.out.contains("written to"));
    const Session session = readSession(file("new/s.json"));
    QCOMPARE(session.network.kind, Session::Network::Kind::demo);
    QCOMPARE(session.network.size, std::string("128x256"));
    QCOMPARE(session.network.sha256.size(), std::size_t{64});
    QCOMPARE(session.data.kind, Session::Data::Kind::streetscape);
    QCOMPARE(session.image, std::string("streetscape_000001_000000"));
    QCOMPARE(session.attack.key, std::string("noise-sign"));
    QCOMPARE(session.attack.options.dump(), std::string(R"({"epsilon":3.0,"seed":5})"));
    QCOMPARE(session.attack.region, std::string("box:0,0,200,100"));
    const KeptRun kept = runsOf("new/s.json").run(1).value();
    QCOMPARE(kept.attack, std::string("noise-sign"));
    QCOMPARE(kept.image, session.image);
    QCOMPARE(kept.region, session.attack.region);
    QCOMPARE(kept.data, std::string("Streetscape \u00b7 val"));
    QVERIFY(kept.networkFrom == session.network && kept.dataFrom == session.data);
    QCOMPARE(kept.facts.norms.linf, 3.0);
    QVERIFY(!kept.stopped && !kept.time.empty());
  }

  // Everything from the session: the same pixels; the file itself stays as it is.
  void takesAllFromIt() {
    const std::string before = readTextFile(file("new/s.json"));
    const Outcome again = run({"attack", "--session", path("new/s.json"), "--out", path("out")});
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QVERIFY(again.out.contains("run 2 in ") && again.out.contains("written to " + path("out")));
    const RunStore runs = runsOf("new/s.json");
    QVERIFY(same(runs.attackedImage(1), runs.attackedImage(2)));
    QVERIFY(same(readImage(file("out/adversarial.png")), runs.attackedImage(2)));
    QVERIFY(same(readImage(file("out/clean.png")), runs.cleanImage(2)));
    QCOMPARE(readTextFile(file("new/s.json")), before);
  }

  void flagsComeFirst() {
    const std::string before = readTextFile(file("new/s.json"));
    const Outcome one = run({"attack", "--session", path("new/s.json"), "--epsilon", "1"});
    QVERIFY2(one.code == 0, qPrintable(one.err));
    const Outcome other =
        run({"attack", "--session", path("new/s.json"), "--split", "train", "--index", "0",
             "--preset", QString::fromUtf8("Figure 3a \u00b7 semantic"), "--region", ""});
    QVERIFY2(other.code == 0, qPrintable(other.err));
    const Outcome changed =
        run({"attack", "--session", path("new/s.json"), "--iterations", "1", "--precision",
             "float64", "--preset", QString::fromUtf8("Figure 3a \u00b7 semantic")});
    QVERIFY2(changed.code == 0, qPrintable(changed.err));
    const RunStore runs = runsOf("new/s.json");
    const KeptRun third = runs.run(3).value();
    QCOMPARE(third.attack, std::string("noise-sign"));
    QCOMPARE(nlohmann::json::parse(third.options)["epsilon"].get<double>(), 1.0);
    QCOMPARE(nlohmann::json::parse(third.options)["seed"].get<int>(), 5);
    const KeptRun fourth = runs.run(4).value();
    QCOMPARE(fourth.attack, std::string("pgd"));
    QCOMPARE(fourth.preset, std::string("Figure 3a \u00b7 semantic"));
    QCOMPARE(fourth.data, std::string("Streetscape \u00b7 train"));
    QVERIFY(fourth.region.empty());
    QVERIFY(fourth.image != third.image);
    const KeptRun fifth = runs.run(5).value();
    QVERIFY(fifth.preset.empty());
    QCOMPARE(fifth.image, third.image);
    QCOMPARE(precisionOf(third), std::string("float32"));
    QCOMPARE(precisionOf(fifth), std::string("float64"));
    QCOMPARE(readTextFile(file("new/s.json")), before);
  }

  // What a run gives as its command line repeats it, typed into a shell.
  void theCommandOfARunRepeatsIt() {
    const RunStore runs = runsOf("new/s.json");
    for (const std::int64_t id : {1, 5}) {  // the second in float64
      const Session none;
      const std::string command = attackCommand(runs.run(id).value(), none);
      QVERIFY(command.starts_with("uninet attack "));
      QProcess shell;
      shell.setWorkingDirectory(folder_.path());
      shell.start("sh", {"-c", QString::fromUtf8(UNINET_PROGRAM) + " --threads 1" +
                                   QString::fromStdString(command.substr(6))});
      const Outcome found = finished(shell);
      QVERIFY2(found.code == 0, qPrintable(found.err));
      const fs::path out = file(("run-" + std::to_string(id)).c_str());
      QVERIFY(same(readImage(out / "adversarial.png"), runs.attackedImage(id)));
    }
  }

  void picturesOfASession() {
    for (const char* name : {"a.png", "b.png"}) {
      cv::Mat picture(64, 64, CV_8UC3);
      cv::RNG(static_cast<std::uint64_t>(name[0])).fill(picture, cv::RNG::UNIFORM, 0, 256);
      writePng(file(name), picture);
    }
    Session session = newSession();
    session.network.size = "128x256";
    session.data = {Session::Data::Kind::pictures, {file("a.png"), file("b.png")}, ""};
    session.image = "b";
    session.attack.key = "noise-uniform";
    session.attack.region = "box:0,0,20,20";
    writeSession(session, file("pictures.json"));
    const Outcome attacked = run({"attack", "--session", path("pictures.json")});
    QVERIFY2(attacked.code == 0, qPrintable(attacked.err));
    const KeptRun kept = runsOf("pictures.json").run(1).value();
    QCOMPARE(kept.image, std::string("b"));
    QVERIFY(kept.dataFrom == session.data);
    QVERIFY(kept.facts.norms.l0 <= 400);
  }

  // Depth in whole metres: the unit that was said once stays with the session and its runs.
  void theUnitOfDepth() {
    const fs::path tree = file("indoors");
    nyuv2_tree::makeTree(tree, Nyuv2Layout::folders);
    for (const char* name : {"0001.png", "0002.png"}) {
      cv::Mat whole;
      nyuv2_tree::metres().convertTo(whole, CV_16U);
      writePng(tree / "depth" / "val" / name, whole);
    }
    const QStringList attack{"attack", "--session",     path("unit.json"), "--attack", "noise-sign",
                             "--data", path("indoors"), "--size",          "128x256"};
    const Outcome refused = run(attack);
    QVERIFY(refused.code != 0 && refused.err.contains("--depth-unit"));
    const Outcome made = run(attack + QStringList{"--depth-unit", "1"});
    QVERIFY2(made.code == 0, qPrintable(made.err));
    QCOMPARE(readSession(file("unit.json")).data.depthUnit, 1.);
    const Outcome again = run({"attack", "--session", path("unit.json")});
    QVERIFY2(again.code == 0, qPrintable(again.err));
    QCOMPARE(runsOf("unit.json").run(2).value().dataFrom.depthUnit, 1.);
    // A flag comes first.
    const Outcome other = run({"attack", "--session", path("unit.json"), "--depth-unit", "0.001"});
    QVERIFY(other.code != 0 && other.err.contains("found a median of 0.005 m"));
  }

  void sweepsItsAttack() {
    const Outcome swept = run({"sweep", "--session", path("new/s.json"), "--limit", "1",
                               "--resamples", "20", "--export", "csv"});
    QVERIFY2(swept.code == 0, qPrintable(swept.err));
    QVERIFY2(swept.out.contains("note: the region of the session belongs to one image"),
             qPrintable(swept.out));
    QVERIFY(isFile(file("new/s.sweep/results.csv")));
    const ResultStore store = ResultStore::open(file("new/s.sweep/results.sqlite"));
    QCOMPARE(store.runs().size(), std::size_t{2});
    QCOMPARE(store.runs()[1].attack, std::string("noise-sign"));
    QCOMPARE(optionOf(store.runs()[1], "epsilon"), std::string("3"));
    QCOMPARE(store.about().at("network size"), std::string("128x256"));
    // A plan comes before the attack of the session.
    writeTextFile(file("plan.json"), R"({"name": "p", "attacks": [{"attack": "noise-uniform"}]})");
    const Outcome planned =
        run({"sweep", "--session", path("new/s.json"), "--plan", path("plan.json"), "--limit", "1",
             "--resamples", "20", "--out", path("planned")});
    QVERIFY2(planned.code == 0, qPrintable(planned.err));
    QCOMPARE(ResultStore::open(file("planned/results.sqlite")).runs()[1].attack,
             std::string("noise-uniform"));
  }

  void badSessionsAreOneSentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("neither") << QStringList{"attack"} << "give --out, --session or both";
    QTest::newRow("neither for a sweep")
        << QStringList{"sweep", "--preset", "figure3a"} << "give --out, --session or both";
    QTest::newRow("empty") << QStringList{"attack", "--session", ""} << "--session";
    QTest::newRow("sweep of no session")
        << QStringList{"sweep", "--session", path("none.json")} << "none.json does not exist";
    for (const char* command : {"attack", "sweep"}) {
      const auto row = [&](const char* name, const char* part) {
        QTest::addRow("%s: %s", command, name)
            << QStringList{command, "--session", path(QString(name) + ".json")} << part;
      };
      row("broken", "broken.json is no session");
      row("later", "later.json: version: expected 1, found 9");
      row("attack", "attack.json: ");
      row("option", "option.json: ");
      row("checkpoint", "/nowhere/net.pth");
      row("data", "/nowhere/city");
    }
    QTest::newRow("image") << QStringList{"attack", "--session", path("image.json")}
                           << "has no image named \"gone\"";
    QTest::newRow("runs") << QStringList{"attack", "--session", path("runs.json")}
                          << "runs.runs.sqlite is no file of runs";
    QTest::newRow("folder") << QStringList{"attack", "--session", "/proc/x/s.json"} << "/proc/x";
  }
  void badSessionsAreOneSentence() {
    const QFETCH(QStringList, arguments);
    const QFETCH(QString, named);
    const auto write = [&](const char* name, const std::function<void(Session&)>& change) {
      Session session = newSession();
      session.network.size = "128x256";
      change(session);
      writeSession(session, file(name));
    };
    writeTextFile(file("broken.json"), "{");
    nlohmann::json later = sessionJson(newSession(), "/x");
    later["version"] = 9;
    writeTextFile(file("later.json"), later.dump());
    write("attack.json", [](Session& s) { s.attack.key = "magic"; });
    write("option.json", [](Session& s) { s.attack.options = {{"epsilon", -3}}; });
    write("checkpoint.json", [](Session& s) {
      s.network = {Session::Network::Kind::file, "/nowhere/net.pth", "", "", "", ""};
    });
    write("data.json", [](Session& s) {
      s.data = {Session::Data::Kind::path, {"/nowhere/city"}, ""};
    });
    write("image.json", [](Session& s) {
      s.data.kind = Session::Data::Kind::streetscape;
      s.image = "gone";
    });
    write("runs.json", [](Session&) {});
    writeTextFile(file("runs.runs.sqlite"), std::string(5000, 'x'));
    const Outcome found = run(arguments);
    QVERIFY(found.code == 1 || found.code == 2);
    QCOMPARE(found.err.trimmed().count('\n'), 0);
    QVERIFY2(found.err.contains(named), qPrintable(found.err));
  }
};

QTEST_GUILESS_MAIN(TestSessionCommands)
#include "tst_session_commands.moc"
