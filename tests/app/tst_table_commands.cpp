#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

#include "core/base/files.h"
#include "model/engine/engine.h"
#include "model/network/network_file.h"
#include "model/networks/paper_systems.h"

using namespace uninet;

namespace {

struct Outcome {
  int code = -1;
  QString out, err;
};

Outcome run(const QStringList& arguments) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("OMP_NUM_THREADS", "1");
  process.setProcessEnvironment(environment);
  process.start(UNINET_PROGRAM, arguments);
  if (!process.waitForFinished(600000)) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

QString text(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// Cells of the row of a system, by the header.
QMap<QString, QString> rowOf(const QString& csv, const QString& system) {
  const QStringList lines = text(csv).split('\n');
  const QStringList header = lines.value(0).split(',');
  QMap<QString, QString> row;
  for (const QString& line : lines) {
    QString plain = line;  // titles may hold a comma between quotes
    const QStringList cells = plain.replace(QRegularExpression("\"[^\"]*\""), "quoted").split(',');
    if (cells.value(0) != system) continue;
    for (int i = 0; i < header.size(); ++i) row[header[i]] = cells.value(i);
  }
  return row;
}

/// A network of a system, an eighth as wide and untrained.
void saveSmall(const PaperSystem& system, const QString& file, std::uint64_t seed) {
  NetworkSpec spec = system.spec(cityscapesClasses(), {128, 128});
  spec.width = 0.125;
  saveNetwork(makeUntrainedEngine(spec, seed).network(), file.toStdString(), false);
}

const PaperSystem& systemOf(std::span<const PaperSystem> systems, const char* key) {
  for (const PaperSystem& system : systems)
    if (std::string(system.key) == key) return system;
  throw std::out_of_range(key);
}

}  // namespace

class TestTableCommands : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  QString path(const QString& name) const { return folder_.filePath(name); }

 private Q_SLOTS:
  // A pass of each is timed in a process of its own; what is there is not measured again.
  void measuresCostsAndGoesOn() {
    const QStringList arguments{"table1", "--out",       path("costs"),    "--size", "128x128",
                                "--only", "mtan,uninet", "--most-seconds", "0"};
    const Outcome found = run(arguments);
    QVERIFY2(found.code == 0, qPrintable(found.err));
    const auto mtan = rowOf(path("costs/table1.csv"), "mtan");
    QCOMPARE(mtan["parameters_m"].toDouble(), 25.746788);
    QCOMPARE(mtan["paper_macs_g"], QString("42"));
    QCOMPARE(mtan["differs_macs_g"], QString());  // of another size than the paper's
    QVERIFY(mtan["fps"].toDouble() > 0);
    QVERIFY(mtan["memory_mb"].toDouble() > 4 * 25.7);  // its weights at least
    QVERIFY(mtan["fps_plan"].isEmpty());
    const QString notes = text(path("costs/table1.md"));
    QVERIFY2(notes.contains("Passes: MTAN 1 (too few for an interval); UniNet 1"),
             qPrintable(notes));
    QVERIFY(QFile::exists(path("costs/table1.tex")));
    QVERIFY(QFile::exists(path("costs/figure-table1.csv")));
    const QString kept = path("costs/systems/mtan-cityscapes-128x128.json");
    const QString before = text(kept);
    QVERIFY(!before.isEmpty());
    QVERIFY(run(arguments).code == 0);
    QCOMPARE(text(kept), before);
    QCOMPARE(rowOf(path("costs/table1.csv"), "mtan"), mtan);
  }

  // The metrics of the same checkpoint by `evaluate`, Δ from them; what fits no system is named.
  void measuresCheckpoints() {
    const QString checkpoints = path("checkpoints");
    QDir().mkpath(checkpoints + "/more");
    saveSmall(systemOf(table1Systems(), "single-task-segment"), checkpoints + "/a.safetensors", 1);
    saveSmall(systemOf(table1Systems(), "single-task-depth"), checkpoints + "/b.safetensors", 2);
    saveSmall(systemOf(table1Systems(), "uninet"), checkpoints + "/more/c.safetensors", 3);
    saveSmall(systemOf(table2Systems(), "od"), checkpoints + "/d.safetensors", 4);
    writeTextFile((checkpoints + "/broken.pth").toStdString(), "nothing");
    const QStringList data{"--limit", "2"};
    const Outcome found =
        run(QStringList{"table1", "--out", path("metrics"), "--size", "128x128", "--checkpoints",
                        checkpoints, "--only", "single-task-segment,single-task-depth,uninet",
                        "--most-seconds", "0"} +
            data);
    QVERIFY2(found.code == 0, qPrintable(found.err + found.out));
    const auto evaluated = [&](const QString& file) {
      return QJsonDocument::fromJson(
                 run(QStringList{"evaluate", "--checkpoint", checkpoints + file, "--json"} + data)
                     .out.toUtf8())["metrics"]
          .toObject();
    };
    const QString csv = path("metrics/table1.csv");
    const double miou0 = evaluated("/a.safetensors")["miou"].toDouble() * 100;
    const double rmse0 = evaluated("/b.safetensors")["depth_rmse_m"].toDouble();
    const QJsonObject both = evaluated("/more/c.safetensors");
    const double miou = both["miou"].toDouble() * 100, rmse = both["depth_rmse_m"].toDouble();
    QCOMPARE(rowOf(csv, "single-task-segment")["miou"].toDouble(), miou0);
    QCOMPARE(rowOf(csv, "single-task-depth")["depth_rmse_m"].toDouble(), rmse0);
    const auto uninet = rowOf(csv, "uninet");
    QCOMPARE(uninet["miou"].toDouble(), miou);
    const double delta = 50 * ((miou - miou0) / miou0 - (rmse - rmse0) / rmse0);
    QVERIFY2(std::abs(uninet["delta_mtl"].toDouble() - delta) < 1e-6 * std::abs(delta),
             qPrintable(uninet["delta_mtl"]));
    const QString notes = text(path("metrics/table1.md"));
    for (const char* part : {"d.safetensors: it is none of this table", "broken.pth",
                             "UniNet: metrics of c.safetensors, width 0.125, 128x128, 2 images"})
      QVERIFY2(notes.contains(part), qPrintable(notes));
  }

  // Two checkpoints of one system, and one that cannot be opened: named, and the rest is measured.
  void namesWhatFails() {
    const QString checkpoints = path("bad");
    QDir().mkpath(checkpoints);
    saveSmall(systemOf(table2Systems(), "ss"), checkpoints + "/a.safetensors", 1);
    saveSmall(systemOf(table2Systems(), "ss"), checkpoints + "/b.safetensors", 2);
    saveSmall(systemOf(table2Systems(), "d"), checkpoints + "/depth.safetensors", 3);
    const Outcome found =
        run({"table2", "--out", path("failing"), "--size", "128x128", "--checkpoints", checkpoints,
             "--only", "ss", "--only", "d", "--most-seconds", "0", "--limit", "1"});
    QCOMPARE(found.code, 1);
    QVERIFY2(found.out.contains("SS: several checkpoints fit it"), qPrintable(found.out));
    QVERIFY2(found.err.contains("1 system could not be measured completely"),
             qPrintable(found.err));
    QVERIFY(rowOf(path("failing/table2.csv"), "ss")["miou"].isEmpty());
    const auto depth = rowOf(path("failing/table2.csv"), "d");
    QVERIFY(depth["depth_rmse_m"].toDouble() > 0);
    QCOMPARE(depth["paper_depth_rmse_m"], QString("5.26"));
    QVERIFY(text(path("failing/table2.md")).contains("put right"));
  }

  // A stop ends the measured process too; what was finished before stays.
  void canBeStopped() {
    QProcess process;
    process.start(UNINET_PROGRAM,
                  {"table1", "--out", path("stopped"), "--size", "128x128", "--only",
                   "single-task-segment,mti-net-aux", "--most-seconds", "20"});
    const QString first = path("stopped/systems/single-task-segment-cityscapes-128x128.json");
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(first) || process.state() == QProcess::NotRunning,
                             300000);
    ::kill(static_cast<pid_t>(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(120000));
    if (process.exitCode() == 0) return;  // it was faster
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(QFile::exists(first));
    QVERIFY(!QFile::exists(path("stopped/table1.md")));
    QCOMPARE(QDir(path("stopped/systems"))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)
                 .size(),
             1);
  }

  void refusesInOneSentence() {
    const Outcome size = run({"table1", "--out", path("x"), "--size", "100x100"});
    QVERIFY(size.code != 0);
    QVERIFY2(size.err.contains("--size"), qPrintable(size.err));
    const Outcome none = run({"table1", "--out", path("x"), "--only", "resnet"});
    QCOMPARE(none.code, 2);
    const Outcome empty =
        run({"table1", "--out", path("x"), "--checkpoints", path("nowhere"), "--only", "mtan"});
    QCOMPARE(empty.code, 1);
    QVERIFY2(empty.err.contains("nowhere"), qPrintable(empty.err));
  }
};

QTEST_GUILESS_MAIN(TestTableCommands)
#include "tst_table_commands.moc"
