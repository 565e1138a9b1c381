#include <QtTest>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "model/checkpoint/npz.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

const fs::path kSaved = fs::path(UNINET_FIXTURES) / "saved";

QString outcome(const fs::path& file, const std::string& name = "mean_") {
  try {
    readNpz(file, {name});
    return {};
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
}

}  // namespace

/// Files that numpy wrote (fixtures/saved/make.py), and ours.
class TestNpz : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void readsWhatScikitLearnSaved() {
    const auto expected = nlohmann::json::parse(readTextFile(kSaved / "expected.json"));
    const auto arrays =
        readNpz(kSaved / "pca_float32.npz", {"components_", "explained_variance_", "mean_"});
    const RawTensor& components = arrays.at("components_");
    QCOMPARE(components.shape, (std::vector<std::int64_t>{64, 784}));
    QCOMPARE(components.dtype, std::string("float32"));
    QCOMPARE(components.value(0), expected["components_first"].get<double>());
    QCOMPARE(components.value(59 * 784 + 400), expected["components_59"].get<double>());
    QCOMPARE(components.sum(), expected["components_sum_64"].get<double>());
    QCOMPARE(arrays.at("explained_variance_").value(59), expected["variance_59"].get<double>());
    QVERIFY(std::abs(arrays.at("mean_").sum() - expected["mean_sum"].get<double>()) < 1e-9);
  }

  void readsStoredDoublesAndScalars() {
    const auto arrays = readNpz(kSaved / "plain_float64.npz", {"mean_", "scalar"});
    QCOMPARE(arrays.at("mean_").dtype, std::string("float64"));
    QCOMPARE(arrays.at("mean_").shape, std::vector<std::int64_t>{4});
    QCOMPARE(arrays.at("scalar").shape, std::vector<std::int64_t>{});
    QCOMPARE(arrays.at("scalar").value(0), 2.5);
  }

  void fortranOrderComesOutRowMajor() {
    const RawTensor matrix = readNpz(kSaved / "fortran.npz", {"matrix"}).at("matrix");
    QCOMPARE(matrix.shape, (std::vector<std::int64_t>{2, 3}));
    for (std::int64_t i = 0; i < 6; ++i) QCOMPARE(matrix.value(i), static_cast<double>(i));
  }

  void refusesByName_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("said");
    QTest::newRow("byte order") << "big_endian.npz"
                                << "mean_ is big-endian";
    QTest::newRow("order") << "fortran.npz"
                           << "mean_ is in Fortran order with 3 sides";
    QTest::newRow("type") << "integers.npz"
                          << "mean_ is of type '<i8'";
    QTest::newRow("no such array") << "around.pth"
                                   << "has no array mean_; it holds";
    QTest::newRow("no zip") << "expected.json"
                            << "does not start as a zip archive";
    QTest::newRow("not there") << "none.npz"
                               << "none.npz does not exist";
  }
  void refusesByName() {
    const QFETCH(QString, name);
    const QFETCH(QString, said);
    const QString sentence = outcome(kSaved / name.toStdString());
    QVERIFY2(sentence.contains(name) && sentence.contains(said), qPrintable(sentence));
  }

  void readsWhatItWrites() {
    RawTensor matrix{"float64", {2, 3}, std::vector<std::uint8_t>(48)};
    RawTensor row{"float32", {5}, std::vector<std::uint8_t>(20)};
    Random random(3);
    for (std::uint8_t& byte : matrix.bytes) byte = static_cast<std::uint8_t>(random.below(127));
    writeNpz(path("a.npz"), {{"m", matrix}, {"r", row}, {"s", {"float32", {}, {0, 0, 128, 63}}}});
    const auto back = readNpz(path("a.npz"), {"m", "r", "s"});
    QCOMPARE(back.at("m").shape, matrix.shape);
    QVERIFY(back.at("m").bytes == matrix.bytes && back.at("r").bytes == row.bytes);
    QCOMPARE(back.at("s").value(0), 1.0);
    QVERIFY(npzHolds(path("a.npz"), {"m", "r"}) && !npzHolds(path("a.npz"), {"m", "x"}));
    QVERIFY(!npzHolds(kSaved / "expected.json", {"m"}) && !npzHolds(path("none.npz"), {"m"}));
    // Data begins at multiples of 64, as numpy has it.
    const std::string bytes = readTextFile(path("a.npz"));
    QCOMPARE(bytes.find("\x93NUMPY") % 64, std::size_t{0});
  }

  /// Every beginning of a good file, and good files with bytes changed, are read or refused.
  void damagedFiles_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("deflated") << "pca_float32.npz";
    QTest::newRow("stored") << "plain_float64.npz";
  }
  void damagedFiles() {
    const QFETCH(QString, name);
    const std::string bytes = readTextFile(kSaved / name.toStdString());
    int refused = 0;
    for (std::size_t length = 1; length < bytes.size(); length += 1 + length / 20) {
      writeTextFile(path("damaged.npz"), bytes.substr(0, length));
      if (!outcome(path("damaged.npz")).isEmpty()) ++refused;
    }
    QVERIFY(refused > 20);
    Random random(9);
    for (int i = 0; i < 150; ++i) {
      std::string changed = bytes;
      for (int k = 0; k < 3; ++k)
        changed[random.below(changed.size())] = static_cast<char>(random.below(256));
      writeTextFile(path("damaged.npz"), changed);
      outcome(path("damaged.npz"));
    }
  }

  /// A size that the compressed bytes cannot hold is refused before memory is taken.
  void announcedSizesAreChecked() {
    std::string bytes = readTextFile(kSaved / "pca_float32.npz");
    const std::size_t entry = bytes.rfind("PK\x01\x02");  // n_components_ or another small array
    const std::string name =
        bytes.substr(entry + 46, static_cast<unsigned char>(bytes[entry + 28]));
    for (const std::string& size :
         {std::string("\xff\xff\xff\x03"), std::string("\x00\x00\x00\x7f", 4)}) {
      bytes.replace(entry + 24, 4, size);
      writeTextFile(path("bomb.npz"), bytes);
      const QString sentence =
          outcome(path("bomb.npz"), name.substr(0, name.size() - std::string(".npy").size()));
      QVERIFY2(sentence.contains("announces"), qPrintable(sentence));
    }
  }
};

QTEST_APPLESS_MAIN(TestNpz)
#include "tst_npz.moc"
