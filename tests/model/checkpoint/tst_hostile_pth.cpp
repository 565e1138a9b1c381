#include <QtTest>

#include <fstream>

#include "core/base/error.h"
#include "core/base/files.h"
#include "model/checkpoint/checkpoint.h"
#include "support/legacy_pth.h"

using namespace uninet;

namespace {

long peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
  return 0;
}

const std::string kTensor = binunicode("w") + pickledTensor(tuple({4}), tuple({1}));

/// `levels` lists of which each holds the one before twice: 2^levels ways to the first.
std::string sharedLists(int levels) {
  std::string out = "]" + binput(0) + "0";
  for (int i = 0; i < levels; ++i) out += "(" + binget(0) + binget(0) + "l" + binput(0) + "0";
  return out + binget(0);
}

}  // namespace

/// Small files made to take much time or memory: each costs little and is read or refused.
class TestHostilePth : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::filesystem::path write(const std::string& bytes) const {
    const auto file = std::filesystem::path(folder_.path().toStdString()) / "made.pth";
    writeTextFile(file, bytes);
    return file;
  }
  QString outcome(const std::string& bytes, ReadWork* work = nullptr) const {
    try {
      readCheckpoint(write(bytes), largestWeights, work);
      return {};
    } catch (const Error& error) {
      return QString::fromStdString(error.what());
    }
  }

 private Q_SLOTS:
  void costsLittle_data() {
    QTest::addColumn<QByteArray>("entries");
    QTest::addColumn<bool>("good");
    const auto row = [](const char* name, const std::string& entries, bool good) {
      QTest::newRow(name) << QByteArray::fromStdString(entries) << good;
    };
    const std::string megabyte(1 << 20, 'x');
    row("shared lists", kTensor + binunicode("a") + sharedLists(60), true);
    row("long name called often",
        kTensor + binunicode("a") + global("m", megabyte) + binput(0) +
            times("0" + binget(0) + ")R", 20000),
        false);
    row("long name composed often",
        kTensor + binunicode("a") + binunicode(megabyte) + binput(0) +
            times("0" + binget(0) + binget(0) + "\x93", 20000),
        false);
    row("long list of pairs called often",
        kTensor + binunicode("a") + "(](" + times("NN\x86", 50000) + "et" + binput(0) + "0" +
            global("collections", "OrderedDict") + binput(1) +
            times("0" + binget(1) + binget(0) + "R", 20000),
        false);
    row("long text said often",
        kTensor + binunicode("a") + binunicode(megabyte) + binput(0) + "0(" +
            times(binget(0), 4000) + "l",
        true);
    std::string tensors = binunicode("s") + tuple({}) + binput(9);
    tensors = binunicode("s") + "(" + times("K\1", 300000) + "t" + binput(9);
    for (int i = 0; i < 2000; ++i)
      tensors += binunicode(concat("t", i)) + pickledTensor(binget(9), binget(9));
    row("long shape used often", tensors, false);
    row("many values", kTensor + binunicode("a") + "(" + times("N", 4 << 20) + "l", false);
    row("many marks", kTensor + binunicode("a") + times("(", 1 << 20), false);
    row("expanded", binunicode("w") + pickledTensor(tuple({1ll << 40}), tuple({0})), false);
    row("expanded to nothing",
        binunicode("w") + pickledTensor(tuple({0, 1ll << 62, 1ll << 62}), tuple({1, 1, 1})), true);
    row("stride overflows",
        binunicode("w") + pickledTensor(tuple({3, 3}), tuple({1ll << 62, 1ll << 62})), false);
    row("offset", binunicode("w") + pickledTensor(tuple({4}), tuple({1}), 1), false);
    row("negative offset", binunicode("w") + pickledTensor(tuple({1}), tuple({1}), -1), false);
    // Dicts within dicts, and one name of many tensors.
    std::string dicts = binunicode("d") + "}" + binput(0) + "(" + kTensor + "u0";
    for (int i = 0; i < 20000; ++i)
      dicts += "}" + binput(1) + "(" + binunicode("a") + binget(0) + binunicode("b") + binget(0) +
               "u" + binput(0) + "0";
    row("shared dicts", kTensor + dicts + binget(0), true);
    std::string names = binunicode(std::string(4000, 'n')) + binput(5) + "0" +
                        pickledTensor(tuple({4}), tuple({1})) + binput(6) + "0" + binunicode("d") +
                        "}(";
    for (int i = 0; i < 20000; ++i) names += binint(i) + "}(" + binget(5) + binget(6) + "u";
    row("one long name in many dicts", kTensor + names + "u", false);
    row("endless name",
        kTensor + binunicode(std::string(1 << 20, 'n')) + binput(5) +
            pickledTensor(tuple({4}), tuple({1})),
        false);
    row("negative stride", binunicode("w") + pickledTensor(tuple({2}), tuple({-1}), 3), false);
  }
  void costsLittle() {
    const QFETCH(QByteArray, entries);
    const QFETCH(bool, good);
    const std::string bytes = legacyPth(entries.toStdString());
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak starts anew
    const long before = peakMemory();
    ReadWork work;
    const QString sentence = outcome(bytes, &work);
    QCOMPARE(sentence.isEmpty(), good);
    QVERIFY2(good || (sentence.contains("made.pth") && sentence.size() < 1000),
             qPrintable(sentence.left(1000)));
    // What is done is linear in the file, but for 16 MiB of results that any file may have.
    constexpr std::uint64_t kAnyway = std::uint64_t{16} << 20;
    QVERIFY2(work.steps <= 4 * bytes.size() + kAnyway / 8, qPrintable(QString::number(work.steps)));
    QVERIFY2(work.bytes <= 10 * bytes.size() + 2 * kAnyway,
             qPrintable(QString::number(work.bytes)));
    const long megabytes = (peakMemory() - before) / 1024;
    QVERIFY2(megabytes < 160, qPrintable(QString("%1 MB").arg(megabytes)));
  }

  void otherByteOrderIsRefused() {
    QVERIFY(outcome(legacyPth(kTensor)).isEmpty());
    QVERIFY(outcome(legacyPth(kTensor, false)).contains("byte order"));
  }

  /// Files of the first versions of Torch name a part of a storage.
  void viewsOfStoragesAreFollowed() {
    const auto view = [](std::int64_t begin, std::int64_t size) {
      return "(" + binunicode("v") + binint(begin) + binint(size) + "t";
    };
    const std::string entries =
        binunicode("w") + pickledTensor(tuple({2}), tuple({1}), 0, view(1, 2));
    const CheckpointFile file = readCheckpoint(write(legacyPth(entries)));
    QCOMPARE(file.tensors[0].second.value(0), 2.0);
    QCOMPARE(file.tensors[0].second.value(1), 3.0);
    for (const auto& [begin, size] : {std::pair{3, 2}, {1, 1}, {-1, 4}})
      QVERIFY(!outcome(legacyPth(binunicode("w") +
                                 pickledTensor(tuple({2}), tuple({1}), 0, view(begin, size))))
                   .isEmpty());
  }

  void theLastOfEqualKeysCounts() {
    const CheckpointFile file = readCheckpoint(
        write(legacyPth(kTensor + binunicode("w") + pickledTensor(tuple({1}), tuple({1}), 2))));
    QCOMPARE(file.tensors.size(), std::size_t{1});
    QCOMPARE(file.tensors[0].second.value(0), 3.0);
  }

  void plainValuesKeepTheirDigits() {
    const std::string third("\x3f\xd5\x55\x55\x55\x55\x55\x55", 8);
    const CheckpointFile file = readCheckpoint(write(legacyPth(
        kTensor + binunicode("lr") + "G" + third + binunicode("args") +
        global("argparse", "Namespace") + ")\x81}" + binunicode("epochs") + binint(140) + "sb")));
    QCOMPARE(file.metadata.at("lr"), std::string("0.3333333333333333"));
    QCOMPARE(file.metadata.at("args.epochs"), std::string("140"));
  }

  /// numpy's types by name: a width that no number has is none, whatever bytes come with it.
  void widthsOfNumbersThatDoNotExist_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("read");  // empty: opaque
    QTest::newRow("i8") << "i8" << 8 << "72340172838076673";
    QTest::newRow("i1") << "i1" << 1 << "1";
    QTest::newRow("i0") << "i0" << 0 << "";
    QTest::newRow("i9") << "i9" << 9 << "";
    QTest::newRow("u0") << "u0" << 0 << "";
    QTest::newRow("i3") << "i3" << 3 << "";
    QTest::newRow("b8") << "b8" << 8 << "";
    QTest::newRow("f9") << "f9" << 9 << "";
  }
  void widthsOfNumbersThatDoNotExist() {
    const QFETCH(QString, type);
    const QFETCH(int, bytes);
    const QFETCH(QString, read);
    const std::string scalar = global("numpy.core.multiarray", "scalar") +
                               global("numpy", "dtype") + binunicode(type.toStdString()) +
                               "\x89\x88\x87R" + "C" + static_cast<char>(bytes) +
                               std::string(static_cast<std::size_t>(bytes), '\1') + "\x86R";
    const CheckpointFile file =
        readCheckpoint(write(legacyPth(kTensor + binunicode("n") + scalar)));
    QCOMPARE(file.metadata.contains("n"), !read.isEmpty());
    if (!read.isEmpty()) QCOMPARE(file.metadata.at("n"), read.toStdString());
    QCOMPARE(file.opaque.size(), read.isEmpty() ? std::size_t{1} : std::size_t{0});
  }

  /// Every dict of the upper levels that holds tensors may be the weights, but for an optimiser's.
  void findsWeightsWithinDicts() {
    const std::string two = kTensor + binunicode("v") + pickledTensor(tuple({2}), tuple({1}));
    const std::string state = "}(" + binunicode("0") + "}(" + two + binunicode("u") +
                              pickledTensor(tuple({2}), tuple({1})) + "uu";
    const std::string entries =
        binunicode("step") + pickledTensor(tuple({1}), tuple({1})) + binunicode("run") + "}(" +
        binunicode("net") + "}(" + two + "uu" + binunicode("optim") + "}(" + binunicode("state") +
        state + binunicode("param_groups") + "]u" + binunicode("ema") + "}(" + two + "u";
    const CheckpointFile file = readCheckpoint(write(legacyPth(entries)));
    std::vector<std::string> names;
    for (const WeightsCandidate& candidate : file.candidates) names.push_back(candidate.name());
    QCOMPARE(names, (std::vector<std::string>{".", "ema", "run.net"}));
    QCOMPARE(file.weightsKey, std::string("ema"));
    QCOMPARE(file.tensors.size(), std::size_t{2});
  }

  /// The same dict under two keys, as a copy of weights without copying is saved.
  void aDictOfTwoNamesIsListedTwice() {
    const CheckpointFile file =
        readCheckpoint(write(legacyPth(binunicode("state_dict") + "}(" + kTensor + "u" + binput(0) +
                                       binunicode("state_dict_ema") + binget(0))));
    QCOMPARE(file.candidates.size(), std::size_t{2});
    QCOMPARE(file.candidates[1].name(), std::string("state_dict_ema"));
    QCOMPARE(file.candidates[1].tensors.size(), std::size_t{1});
    QCOMPARE(file.weightsKey, std::string("state_dict"));
  }

  void namesThatAreNoTextAreNotShownRaw() {
    const QString sentence =
        outcome(legacyPth(binunicode("w") + times("(", 1) + global("a\x1b[2J", "b") + ")R"));
    QVERIFY2(!sentence.isEmpty() && !sentence.contains('\x1b'), qPrintable(sentence));
  }
};

QTEST_APPLESS_MAIN(TestHostilePth)
#include "tst_hostile_pth.moc"
