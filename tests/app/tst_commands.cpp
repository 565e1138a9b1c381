#include <torch/version.h>

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

namespace {

struct Outcome {
  int code = -1;
  QString out, err;
};

Outcome run(const QStringList& arguments, const QStringList& variables = {}) {
  QProcess process;
  QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
  environment.insert("OMP_NUM_THREADS", "1");
  environment.insert("QT_QPA_PLATFORM", "none-such");  // a command that starts the window aborts
  for (const QString& variable : variables)
    environment.insert(variable.section('=', 0, 0), variable.section('=', 1));
  process.setProcessEnvironment(environment);
  process.start(UNINET_PROGRAM, QStringList{"--threads", "1"} + arguments);
  if (!process.waitForFinished(300000)) {
    process.kill();
    return {};
  }
  return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
          QString::fromUtf8(process.readAllStandardError())};
}

QJsonObject json(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }

QJsonObject jsonFile(const QString& path) {
  QFile file(path);
  return file.open(QIODevice::ReadOnly) ? json(file.readAll()) : QJsonObject();
}

}  // namespace

/// The commands on the built-in demo, as a person types them.
class TestCommands : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  QString path(const char* name) const { return folder_.filePath(QString::fromUtf8(name)); }

 private Q_SLOTS:
  void profilesTheNetworksOfTable1_data() {
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<double>("parameters");
    QTest::addColumn<double>("macs");
    QTest::newRow("paper") << "paper" << 18163812. << 37484731904.;
  }
  void profilesTheNetworksOfTable1() {
    const QFETCH(QString, encoder);
    const QFETCH(double, parameters);
    const QFETCH(double, macs);
    const Outcome found = run({"profile", "--network", "uninet", "--tasks", "segment,depth",
                               "--encoder", encoder, "--size", "512x1024", "--json"});
    QCOMPARE(found.code, 0);
    const QJsonObject report = json(found.out.toUtf8());
    QCOMPARE(report["parameters"].toDouble(), parameters);
    QCOMPARE(report["ptflops_macs"].toDouble(), macs);
  }

  // Every way of every row that this processor has was timed.
  void benchTimesEveryWay() {
    const Outcome found = run({"bench", "--quick", "--json", "--size", "128x128"});
    QVERIFY2(found.code == 0, qPrintable(found.err));
    const QJsonObject report = json(found.out.toUtf8());
    QVERIFY(report["iterations"].toArray().size() >= 5);  // and those with a target there
    QCOMPARE(report["predictions"].toArray().size(), 6);
    QCOMPARE(report["around"].toArray().size(), 5);
    QVERIFY(report["peak_bytes"]["plain"].toDouble() > 0);
    QCOMPARE(report["commands"].toArray().size(), 2);
    for (const QJsonValue& command : report["commands"].toArray())
      QVERIFY(command["next_seconds"].toDouble() > 0);
    const bool plan = !report["kernels"].toString().startsWith("none");
    for (const char* list : {"iterations", "predictions"})
      for (const QJsonValue& row : report[list].toArray()) {
        QVERIFY(row["plain_seconds"].toDouble() > 0);
        QVERIFY(row["eager_seconds"].toDouble() > 0);
        QCOMPARE(row["plan_seconds"].toDouble() > 0, plan);
        QCOMPARE(row["convolution_floor_seconds"].toDouble() > 0, plan);
      }
    QCOMPARE(report["convolutions"].toArray().size() > 100, plan);
  }

  // As on a processor without AVX-512: auto finds what it can, bfloat16 says that it cannot. Where
  // there is really none, LibTorch does not ask oneDNN and computes it, slowly; so does LibTorch 2.
  void trainsOnOlderProcessors() {
    const QStringList older{"ATEN_CPU_CAPABILITY=avx2", "DNNL_MAX_CPU_ISA=AVX2"};
    const auto arguments = [&](const char* precision, const char* out) {
      return QStringList{"train",   "--data",      "streetscape", "--out",
                         path(out), "--tasks",     "depth",       "--width",
                         "0.125",   "--size",      "128x256",     "--batch",
                         "1",       "--epochs",    "1",           "--epoch-images",
                         "1",       "--precision", precision,     "--validate-every",
                         "0"};
    };
    const Outcome found = run(arguments("auto", "older"), older);
    QVERIFY2(found.code == 0, qPrintable(found.err));
    QVERIFY(QFile::exists(path("older") + "/network.safetensors"));
    const Outcome refused = run(arguments("bfloat16", "refused"), older);
    if (refused.code == 0) {
      QVERIFY(TORCH_VERSION_MAJOR >= 2 || !__builtin_cpu_supports("avx512f"));
      QVERIFY(QFile::exists(path("refused") + "/network.safetensors"));
      return;
    }
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("option 'precision': bfloat16 cannot be computed"),
             qPrintable(refused.err));
  }

  // Ctrl-C, and a terminal that goes away: what was reached is written, labelled, and the exit
  // code says that it is not all.
  void anInterruptedAttackKeepsTheBest_data() {
    QTest::addColumn<int>("number");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGHUP") << SIGHUP;
  }
  void anInterruptedAttackKeepsTheBest() {
    const QFETCH(int, number);
    const QString out = path(QTest::currentDataTag());
    QProcess process;
    process.start(UNINET_PROGRAM, {"--threads", "1", "attack", "--iterations", "100000",
                                   "--epsilon", "4", "--out", out});
    // The folder is tried before the first iteration, when the signals are handled already.
    while (process.state() != QProcess::NotRunning && !QFile::exists(out))
      process.waitForFinished(5);
    ::kill(static_cast<pid_t>(process.processId()), number);
    QVERIFY(process.waitForFinished(300000));
    QCOMPARE(process.exitCode(), 130);
    const QString text = QString::fromUtf8(process.readAllStandardOutput());
    QVERIFY2(text.contains("stopped at"), qPrintable(text));
    const QJsonObject report = jsonFile(out + "/report.json");
    QVERIFY(report["stopped"].toBool());
    QCOMPARE(report["iterations_planned"].toInt(), 100000);
    QVERIFY(QFile::exists(out + "/adversarial.png"));
  }

  void scenesPredictEvaluate() {
    const Outcome scenes =
        run({"scenes", "--out", path("tree"), "--val", "2", "--size", "256x512", "--seed", "1"});
    QVERIFY2(scenes.code == 0, qPrintable(scenes.err));
    QVERIFY(scenes.out.contains("road"));

    const Outcome evaluated =
        run({"evaluate", "--data", path("tree"), "--json", "--out", path("evaluated")});
    QVERIFY2(evaluated.code == 0, qPrintable(evaluated.err));
    const QJsonObject report = json(evaluated.out.toUtf8());
    for (const char* key :
         {"miou", "ap_box", "ap50_box", "ap_mask", "ap50_mask", "depth_rmse_m",
          "depth_rmse_pooled_m", "depth_abs_rel", "inst_depth_smooth_l1_m", "inst_depth_abs_rel"})
      QVERIFY2(report["metrics"].toObject()[key].isDouble(), key);
    // The demo network knows its world.
    QVERIFY(report["metrics"].toObject()["miou"].toDouble() > 0.58);
    QVERIFY(report["metrics"].toObject()["depth_rmse_m"].toDouble() < 6);
    QVERIFY(report["classes"].toObject()["car"].toObject()["ap_box"].isDouble());
    for (const char* file : {"ground_truth.json", "predictions.json", "metrics.json"})
      QVERIFY2(QFile::exists(path("evaluated") + "/" + file), file);
    QCOMPARE(QDir(path("evaluated") + "/labels").entryList({"*.png"}).size(), 2);

    const Outcome predicted =
        run({"predict", "--input", path("tree"), "--out", path("predicted"), "--raw"});
    QVERIFY2(predicted.code == 0, qPrintable(predicted.err));
    const QString first = path("predicted") + "/streetscape_000000_000000/";
    for (const char* file : {"segment.png", "segment_colour.png", "depth.png", "instances.json",
                             "detect.png", "inst_seg.png", "inst_depth.png", "raw.safetensors"})
      QVERIFY2(QFile::exists(first + file), file);
    const Outcome raw = run({"inspect", first + "raw.safetensors", "--json"});
    QStringList names;
    for (const auto& tensor : json(raw.out.toUtf8())["tensors"].toArray())
      names << tensor.toObject()["name"].toString();
    for (const char* name :
         {"input", "E2", "E7", "P3", "D2", "segment", "depth", "locations.0", "box_cls.2",
          "box_reg.0", "centerness.1", "inst_depth.0", "inst_seg.2"})
      QVERIFY2(names.contains(name), name);
  }

  /// Continues with the tree of scenesPredictEvaluate().
  void missingTruthIsSaidAndLeftOut() {
    const QString frame = "/val/streetscape/streetscape_000001_000000";
    QVERIFY(QFile::remove(path("tree") + "/gtFine" + frame + "_gtFine_instanceIds.png"));
    QVERIFY(QFile::remove(path("tree") + "/camera" + frame + "_camera.json"));
    const QStringList arguments{"evaluate", "--data", path("tree"), "--out", path("evaluated")};
    const Outcome told = run(arguments);
    QVERIFY2(told.code == 0, qPrintable(told.err));
    QVERIFY(told.out.contains(
        "note: no ground truth for objects: 1 of 2 images (first: streetscape_000001_000000)"));
    QVERIFY(told.out.contains("note: depth uses the default camera of Cityscapes: 1 of 2 images"));
    const QJsonArray notes = jsonFile(path("evaluated") + "/metrics.json")["notes"].toArray();
    QCOMPARE(notes.size(), 2);
    QVERIFY2(notes[0].toString().startsWith("no ground truth for objects: 1 of 2 images"),
             qPrintable(notes[0].toString()));
    // To an outside evaluator a listed image without objects would be one that has none.
    const QJsonArray images =
        jsonFile(path("evaluated") + "/ground_truth.json")["images"].toArray();
    QCOMPARE(images.size(), 1);
    QCOMPARE(images[0].toObject()["file_name"].toString(), QString("streetscape_000000_000000"));
  }

  void aNewRunReplacesTheFilesOfTheLast() {
    QFile foreign(path("evaluated") + "/labels/mine.png");
    QVERIFY(foreign.open(QIODevice::WriteOnly));
    foreign.close();
    QCOMPARE(QDir(path("evaluated") + "/depth").entryList({"*.png"}).size(), 2);
    QCOMPARE(
        run({"evaluate", "--data", path("tree"), "--limit", "1", "--out", path("evaluated")}).code,
        0);
    QCOMPARE(QDir(path("evaluated") + "/depth").entryList({"*.png"}).size(), 1);
    QCOMPARE(QDir(path("evaluated") + "/labels").entryList({"*.png"}),
             QStringList({"mine.png", "streetscape_000000_000000.png"}));

    // Into the folder of the pictures themselves, twice: results are never taken for pictures.
    QDir().mkpath(path("mine/sub"));
    const QString picture =
        path("tree") + "/leftImg8bit/val/streetscape/streetscape_00000%1_000000_leftImg8bit.png";
    QVERIFY(QFile::copy(picture.arg(0), path("mine/a.png")));
    QVERIFY(QFile::copy(picture.arg(1), path("mine/sub/b.c.png")));
    for (int round = 0; round < 2; ++round) {
      const Outcome predicted =
          run({"predict", "--input", path("mine"), "--out", path("mine/out")});
      QVERIFY2(predicted.code == 0, qPrintable(predicted.err));
      QVERIFY2(predicted.out.contains("2 of 2 images"), qPrintable(predicted.out));
    }
    QVERIFY(QFile::exists(path("mine/out/a/segment.png")));
    const QJsonObject report = jsonFile(path("mine/out/report.json"));
    QCOMPARE(report["files"].toArray().size(), 2 * 8);
    const Outcome refused =
        run({"predict", "--input", path("mine/out/a"), "--out", path("mine/out")});
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("result of the earlier run"), qPrintable(refused.err));
    QVERIFY(QFile::exists(path("mine/out/a/segment.png")));

    // Pictures in folders have names with slashes.
    QVERIFY(QDir(path("mine/out")).removeRecursively());
    const Outcome evaluated = run({"evaluate", "--data", path("mine"), "--out", path("maps")});
    QVERIFY2(evaluated.code == 0, qPrintable(evaluated.err));
    QVERIFY(evaluated.out.contains("note: no ground truth: 2 of 2 images (first: a)"));
    QVERIFY(QFile::exists(path("maps/labels/a.png")));
    QVERIFY(QFile::exists(path("maps/labels/sub/b.c.png")));
  }

  void attacksAndRepeats() {
    const auto attack = [&](const char* out) {
      return run({"attack", "--attack", "pgd", "--objective", "seg", "--epsilon", "2", "--alpha",
                  "1", "--iterations", "3", "--random-start", "--seed", "5", "--index", "1",
                  "--out", path(out)});
    };
    const Outcome first = attack("a");
    QVERIFY2(first.code == 0, qPrintable(first.err));
    const QJsonObject report = jsonFile(path("a") + "/report.json");
    QCOMPARE(report["iterations_done"].toInt(), 3);
    QVERIFY(report["norms"].toObject()["linf"].toDouble() <= 2);
    QCOMPARE(report["seed"].toInt(), 5);
    QCOMPARE(report["metric_ratios"].toObject().size(), 5);
    QVERIFY(report["metric_ratios"].toObject()["segment"].toObject()["ratio"].toDouble() < 0.9);
    QCOMPARE(attack("b").code, 0);
    QFile a(path("a") + "/adversarial.png"), b(path("b") + "/adversarial.png");
    QVERIFY(a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly));
    QVERIFY(a.readAll() == b.readAll());
  }

  void trainsAndGoesOn() {
    const QStringList arguments{"train",     "--data",   "streetscape", "--out",
                                path("run"), "--size",   "128x256",     "--width",
                                "0.125",     "--epochs", "1",           "--epoch-images",
                                "4",         "--batch",  "2",           "--validate-every",
                                "0"};
    const Outcome trained = run(arguments);
    QVERIFY2(trained.code == 0, qPrintable(trained.err));
    QVERIFY(QFile::exists(path("run") + "/network.safetensors"));
    QVERIFY(QFile::exists(path("run") + "/losses.csv"));
    const Outcome inspected = run({"inspect", path("run") + "/network.safetensors"});
    QVERIFY2(inspected.out.contains("fits"), qPrintable(inspected.out.right(300)));
    QCOMPARE(run(arguments).code, 0);
  }

  void opensCheckpointsAsTheyAreSaved() {
    const QString demo =
        QString::fromUtf8(UNINET_SOURCE_DIR) + "/resources/demo/uninet-streetscape.safetensors";
    const Outcome converted = run({"convert", demo, path("demo.pth")});
    QVERIFY2(converted.code == 0, qPrintable(converted.err));
    const Outcome inspected = run({"inspect", path("demo.pth"), "--size", "128x256", "--json"});
    QCOMPARE(inspected.code, 0);
    const QJsonObject report = json(inspected.out.toUtf8());
    QVERIFY(report["network"].toObject()["fits"].toBool());
    QCOMPARE(report["notes"].toArray().size(), 1);
    QVERIFY(report["notes"][0].toString().contains("size 128x256 instead of the file's 256x512"));
    QCOMPARE(report["candidates"].toArray().size(), 1);

    const Outcome evaluated = run({"evaluate", "--checkpoint", path("demo.pth"), "--size",
                                   "128x256", "--limit", "1", "--json"});
    QVERIFY2(evaluated.code == 0, qPrintable(evaluated.err));
    QVERIFY(json(evaluated.out.toUtf8())["notes"].toArray().contains(report["notes"][0]));

    const QString saved = QString::fromUtf8(UNINET_FIXTURES) + "/saved/";
    const Outcome listed = run({"inspect", saved + "around.pth"});
    QVERIFY2(listed.out.contains("weights my.weights: 2 tensors, taken") &&
                 listed.out.contains("optimizer_object: a value of torch.optim.adamw.AdamW"),
             qPrintable(listed.out));
    const Outcome other = run({"inspect", saved + "around.pth", "--weights", "."});
    QVERIFY2(other.out.contains("complex") && other.out.contains("not read"),
             qPrintable(other.out));
    const Outcome unknown = run({"inspect", saved + "around.pth", "--weights", "none"});
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.err.contains("there are ., my.weights"), qPrintable(unknown.err));
  }

  void fitsMaskComponents() {
    const Outcome fitted = run({"mask-components", "--data", "streetscape", "--size", "128x256",
                                "--images", "8", "--components", "20", "--out", path("pca.npz")});
    QVERIFY2(fitted.code == 0, qPrintable(fitted.err));
    QVERIFY(QFile(path("pca.npz")).size() > 20 * 784 * 4);
    // The demo's head has 60.
    const Outcome refused = run({"evaluate", "--limit", "1", "--mask-components", path("pca.npz")});
    QCOMPARE(refused.code, 1);
    QVERIFY2(refused.err.contains("holds 20 mask components"), qPrintable(refused.err));
  }

  void namesOfAnyBytesAreListed() {
    QFile file(path("names.safetensors"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const QByteArray header =
        "{\"a\\u001b[31m\\u0007\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    const auto length = static_cast<quint64>(header.size());
    file.write(reinterpret_cast<const char*>(&length), 8);
    file.write(header + QByteArray(4, '\0'));
    file.close();
    const Outcome plain = run({"inspect", file.fileName()});
    QCOMPARE(plain.code, 0);
    QVERIFY(!plain.out.contains(QChar(0x1b)) && !plain.out.contains(QChar(7)));
    QVERIFY(plain.out.contains("\\u001b[31m"));
    const Outcome listed = run({"inspect", file.fileName(), "--json"});
    QVERIFY(!json(listed.out.toUtf8()).isEmpty());
  }

  void badInputIsOneSentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    const QString out = "/tmp/never-written";
    QTest::newRow("no such checkpoint")
        << QStringList{"attack", "--checkpoint", "/nowhere/a.pth", "--out", out}
        << "/nowhere/a.pth";
    QTest::newRow("negative epsilon")
        << QStringList{"attack", "--epsilon", "-1", "--out", out} << "epsilon";
    QTest::newRow("epsilon is no number")
        << QStringList{"attack", "--epsilon", "two", "--out", out} << "epsilon";
    QTest::newRow("unknown objective")
        << QStringList{"attack", "--objective", "everything", "--out", out} << "objective";
    QTest::newRow("unknown attack")
        << QStringList{"attack", "--attack", "magic", "--out", out} << "magic";
    QTest::newRow("no such image")
        << QStringList{"attack", "--image", "gone", "--out", out} << "gone";
    QTest::newRow("beyond the split")
        << QStringList{"attack", "--index", "999", "--out", out} << "999";
    QTest::newRow("no such folder")
        << QStringList{"predict", "--input", "/nowhere", "--out", out} << "/nowhere";
    QTest::newRow("size not divisible by 32")
        << QStringList{"profile", "--size", "500x1000"} << "500 is not a multiple of 32";
    QTest::newRow("unknown task") << QStringList{"profile", "--tasks", "smell"} << "smell";
    QTest::newRow("output cannot be written")
        << QStringList{"predict", "--input", "streetscape", "--limit", "1", "--out", "/proc/x"}
        << "/proc/x";
    QTest::newRow("a split of plain pictures")
        << QStringList{"predict",
                       "--split",
                       "val",
                       "--input",
                       QString::fromUtf8(UNINET_SOURCE_DIR) + "/resources/docs",
                       "--out",
                       out}
        << "has no splits";
    QTest::newRow("a split that Streetscape lacks")
        << QStringList{"evaluate", "--split", "nonsense", "--out", out} << "train, val or test";
    QTest::newRow("unknown labels")
        << QStringList{"evaluate", "--labels", "ids", "--out", out} << "train-ids";
    QTest::newRow("attack into no folder")
        << QStringList{"attack", "--out", "/proc/x"} << "/proc/x";
    QTest::newRow("evaluate into no folder")
        << QStringList{"evaluate", "--limit", "1", "--out", "/proc/x"} << "/proc/x";
    QTest::newRow("scenes into no folder")
        << QStringList{"scenes", "--val", "1", "--out", "/proc/x"} << "/proc/x";
    QTest::newRow("picture that is a device")
        << QStringList{"predict", "--input", "/dev/null", "--out", out} << "pipe or a device";
    QTest::newRow("empty checkpoint")
        << QStringList{"evaluate", "--checkpoint", ""} << "--checkpoint";
    QTest::newRow("empty start") << QStringList{"train",  "--data", "streetscape", "--out", out,
                                                "--init", ""}
                                 << "--init";
    QTest::newRow("size of no network")
        << QStringList{"evaluate", "--size", "100x200"} << "--size: 100";
    QTest::newRow("no such mask components")
        << QStringList{"predict", "--input",           "streetscape",     "--out",
                       out,       "--mask-components", "/nowhere/pca.npz"}
        << "/nowhere/pca.npz";
    for (const char* flag :
         {"--data", "--split", "--checkpoint", "--weights", "--size", "--mask-components"}) {
      QTest::addRow("%s before a command", flag)
          << QStringList{flag, "x", "figures", "--from", "x", "--out", out} << flag;
      QTest::addRow("%s after a command", flag)
          << QStringList{"figures", "--from", "x", "--out", out, flag, "x"} << flag;
    }
    QTest::newRow("path before a command")
        << QStringList{QString::fromUtf8(UNINET_SOURCE_DIR), "figures", "--from", "x", "--out", out}
        << "does not take";
    QTest::newRow("training without ground truth")
        << QStringList{"train", "--data", QString::fromUtf8(UNINET_SOURCE_DIR) + "/resources/docs",
                       "--out", out}
        << "ground truth";
  }
  void badInputIsOneSentence() {
    const QFETCH(QStringList, arguments);
    const QFETCH(QString, named);
    const Outcome found = run(arguments);
    QVERIFY(found.code == 1 || found.code == 2);
    const QStringList lines = found.err.trimmed().split('\n');
    QVERIFY2(lines.last().contains(named) || lines.first().contains(named), qPrintable(found.err));
    QVERIFY(!QDir("/tmp/never-written").exists());
  }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
