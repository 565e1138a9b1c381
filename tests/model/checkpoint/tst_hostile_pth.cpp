#include <QtTest>

#include <ctime>
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
  QString outcome(const std::string& bytes) const {
    try {
      readCheckpoint(write(bytes));
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
    row("negative stride", binunicode("w") + pickledTensor(tuple({2}), tuple({-1}), 3), false);
  }
  void costsLittle() {
    const QFETCH(QByteArray, entries);
    const QFETCH(bool, good);
    const std::string bytes = legacyPth(entries.toStdString());
    std::ofstream("/proc/self/clear_refs") << 5;  // the peak starts anew
    const long before = peakMemory();
    const std::clock_t start = std::clock();
    const QString sentence = outcome(bytes);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    QCOMPARE(sentence.isEmpty(), good);
    QVERIFY2(good || (sentence.contains("made.pth") && sentence.size() < 1000),
             qPrintable(sentence.left(1000)));
    QVERIFY2(seconds < 3, qPrintable(QString("%1 s").arg(seconds)));
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

  void namesThatAreNoTextAreNotShownRaw() {
    const QString sentence =
        outcome(legacyPth(binunicode("w") + times("(", 1) + global("a\x1b[2J", "b") + ")R"));
    QVERIFY2(!sentence.isEmpty() && !sentence.contains('\x1b'), qPrintable(sentence));
  }
};

QTEST_APPLESS_MAIN(TestHostilePth)
#include "tst_hostile_pth.moc"
