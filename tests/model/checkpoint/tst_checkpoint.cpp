#include <QDir>
#include <QFile>
#include <QtTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "model/checkpoint/checkpoint.h"
#include "model/checkpoint/zip_writer.h"
#include "model/network/network_file.h"
#include "model/networks/backbone_mapping.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"
#include "support/legacy_pth.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(UNINET_FIXTURES) / "checkpoints";
const fs::path kSaved = fs::path(UNINET_FIXTURES) / "saved";

/// Peak resident memory of this process since resetPeakMemory(), kilobytes.
long peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
  return 0;
}

void resetPeakMemory() { std::ofstream("/proc/self/clear_refs") << 5; }

RawTensor floats(const std::vector<std::int64_t>& shape, const std::vector<float>& values) {
  RawTensor tensor{"float32", shape, {}};
  tensor.bytes.resize(values.size() * 4);
  if (!values.empty()) std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
  return tensor;
}

NetworkSpec smallSpec() {
  NetworkSpec spec;
  spec.tasks = TaskSet::parse("detect,segment");
  spec.width = 0.125;
  spec.size = {128, 128};
  return spec;
}

/// What reading gives: nothing, or the sentence of the Error. Anything else ends the test.
QString outcome(const fs::path& file, ReadWork* work = nullptr) {
  try {
    readCheckpoint(file, largestWeights, work);
    return {};
  } catch (const Error& error) {
    return QString::fromStdString(error.what());
  }
}

}  // namespace

class TestCheckpoint : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void fixtures_data() {
    QTest::addColumn<QString>("name");
    const auto expected = nlohmann::json::parse(readTextFile(kFixtures / "expected.json"));
    QCOMPARE(expected.size(), std::size_t{33});
    for (const auto& [name, entry] : expected.items())
      QTest::newRow(name.c_str()) << QString::fromStdString(name);
  }
  void fixtures() {
    const QFETCH(QString, name);
    const auto all = nlohmann::json::parse(readTextFile(kFixtures / "expected.json"));
    const auto& expected = all[name.toStdString()];
    const fs::path file = kFixtures / name.toStdString();
    if (!expected.contains("tensors")) {
      resetPeakMemory();
      const long before = peakMemory();
      ReadWork work;
      const QString sentence = outcome(file, &work);
      QVERIFY2(!sentence.isEmpty(), "was read although it is bad");
      QVERIFY2(sentence.contains(name), qPrintable(sentence));
      QVERIFY2(!sentence.contains('\n') && sentence.size() < 400, qPrintable(sentence));
      const std::uint64_t size = fs::file_size(file);
      QVERIFY2(work.steps <= 8 * size + 1000, qPrintable(QString::number(work.steps)));
      QVERIFY2(work.bytes <= 8 * size + 1000, qPrintable(QString::number(work.bytes)));
      QVERIFY(peakMemory() - before < 64 * 1024);
      return;
    }
    const CheckpointFile checkpoint = readCheckpoint(file);
    QCOMPARE(checkpoint.tensors.size(), expected["tensors"].size());
    for (const auto& [key, entry] : expected["tensors"].items()) {
      const RawTensor* tensor = checkpoint.find(key);
      QVERIFY2(tensor != nullptr, key.c_str());
      QCOMPARE(tensor->dtype, entry["dtype"].get<std::string>());
      QCOMPARE(nlohmann::json(tensor->shape), entry["shape"]);
      if (tensor->numel() > 0) QCOMPARE(tensor->value(0), entry["first"].get<double>());
      const double sum = entry["sum"].get<double>();
      QVERIFY2(std::abs(tensor->sum() - sum) <= 1e-9 * std::max(1.0, std::abs(sum)), key.c_str());
    }
  }

  void tellsWhatStandsBeside() {
    const CheckpointFile training = readCheckpoint(kFixtures / "training_legacy.pth");
    QCOMPARE(training.format, std::string("legacy"));
    QCOMPARE(training.weightsKey, std::string("model"));
    QCOMPARE(training.candidates.size(), std::size_t{1});  // the optimiser's moments are none
    QVERIFY(training.metadata.contains("epoch"));
    const auto opaque =
        std::find_if(training.opaque.begin(), training.opaque.end(),
                     [](const OpaqueValue& value) { return value.where == "args"; });
    QVERIFY(opaque != training.opaque.end());
    QCOMPARE(opaque->type, std::string("argparse.Namespace"));

    const CheckpointFile ddp = readCheckpoint(kFixtures / "ddp.pth");
    QCOMPARE(ddp.removedPrefix, std::string("module."));
  }

  void executesNothing() {
    const QDir here;
    const CheckpointFile evil = readCheckpoint(kFixtures / "evil.pth");
    QCOMPARE(evil.opaque.size(), std::size_t{1});
    QCOMPARE(evil.opaque[0].type, std::string("posix.system"));
    QVERIFY(!QFile::exists("PWNED") && !QFile::exists("/tmp/PWNED"));
  }

  /// What torch.save() wrote of objects that stand for nothing here (fixtures/saved/make.py).
  void listsWhatItDoesNotRead_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << "around.pth";
    QTest::newRow("legacy") << "around_legacy.pth";
  }
  void listsWhatItDoesNotRead() {
    const QFETCH(QString, name);
    const CheckpointFile file = readCheckpoint(kSaved / name.toStdString());
    QCOMPARE(file.weightsKey, std::string("my.weights"));
    QCOMPARE(file.tensors.size(), std::size_t{2});
    QCOMPARE(file.find("b")->value(1), 4.0);
    QCOMPARE(file.metadata.at("epoch"), std::string("3"));
    std::map<std::string, std::string> types;
    for (const OpaqueValue& value : file.opaque) types[value.where] = value.type;
    for (const auto& [where, type] : {std::pair{"optimizer_object", "torch.optim.adamw.AdamW"},
                                      {"scheduler_object", "torch.optim.lr_scheduler.StepLR"},
                                      {"array", "numpy.ndarray"},
                                      {"dtype", "torch.float32"},
                                      {"numpy_dtype", "numpy.dtype"},
                                      {"sparse", "torch._utils._rebuild_sparse_tensor"}}) {
      QCOMPARE(types[where], std::string(type));
      QVERIFY2(!file.metadata.contains(where), where);
    }
    if (name == "around.pth") QCOMPARE(types["unsigned"], std::string("torch.uint16"));
    // The upper level holds a complex and a quantised tensor, which nobody asked for.
    QCOMPARE(file.candidates.size(), std::size_t{2});
    QCOMPARE(file.candidates[0].name(), std::string("."));
    QCOMPARE(file.candidates[0].tensors[0].dtype, std::string("complex64"));
    QCOMPARE(file.candidates[0].tensors[1].dtype, std::string("quint8"));
  }

  void namesTensorsOfOtherTypes() {
    const CheckpointFile file = readCheckpoint(kSaved / "complex.pth");
    QCOMPARE(file.tensors.size(), std::size_t{1});
    QCOMPARE(file.unread.size(), std::size_t{1});
    QCOMPARE(file.unread[0].key, std::string("c"));
    QCOMPARE(file.unread[0].dtype, std::string("complex64"));
    const KeyReport report = compareKeys(file, {{"a", {2}, {}}, {"c", {1}, {}}});
    QVERIFY(!report.fits());
    QVERIFY(report.text().find("c: complex64") != std::string::npos);
  }

  void callsATorchScriptArchiveByItsName_data() {
    QTest::addColumn<QStringList>("entries");
    QTest::newRow("constants") << QStringList{"m/data.pkl", "m/constants.pkl"};
    QTest::newRow("code alone") << QStringList{"m/code/__torch__.py"};
    QTest::newRow("two pickles") << QStringList{"m/data.pkl", "m/extra/data.pkl",
                                                "m/code/__torch__.py"};
  }
  void callsATorchScriptArchiveByItsName() {
    const QFETCH(QStringList, entries);
    std::ofstream out(path("script.pt"), std::ios::binary);
    ZipWriter zip(out);
    for (const QString& entry : entries) zip.add(entry.toStdString(), "content");
    zip.finish();
    out.close();
    QVERIFY(outcome(path("script.pt")).contains("is a TorchScript archive"));
    QVERIFY(outcome(kSaved / "script.pt").contains("is a TorchScript archive"));
  }

  void aRefusalSaysWhatTheFileHolds() {
    const std::string entries = binunicode("epoch") + binint(3) + binunicode("args") +
                                global("argparse", "Namespace") + ")\x81" + binunicode("losses") +
                                "(" + pickledTensor(tuple({4}), tuple({1})) + "l";
    writeTextFile(path("none.pth"), legacyPth(entries));
    const QString sentence = outcome(path("none.pth"));
    QVERIFY2(sentence.contains("epoch (int), args (argparse.Namespace), losses (list of 1)"),
             qPrintable(sentence));
  }

  void safetensors_data() {
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<QString>("refused");  // empty: read
    const QString w = R"("w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]})";
    QTest::newRow("plain") << "{" + w + "}" << 24 << "";
    QTest::newRow("no metadata") << R"({"__metadata__":null,)" + w + "}" << 24 << "";
    for (const auto& [type, size] : {std::pair{"F8_E4M3", 1},
                                     {"F8_E5M2", 1},
                                     {"U16", 2},
                                     {"U32", 4},
                                     {"U64", 8},
                                     {"C64", 8}}) {
      const QString q = R"(,"q":{"dtype":"%1","shape":[4],"data_offsets":[24,%2]}})";
      QTest::newRow(type) << "{" + w + q.arg(type).arg(24 + 4 * size) << 24 + 4 * size << "";
      QTest::addRow("%s of another size", type)
          << "{" + w + q.arg(type).arg(25 + 4 * size) << 25 + 4 * size << "shape of \"q\"";
    }
    QTest::newRow("of the future")
        << "{" + w + R"(,"q":{"dtype":"F99","shape":[4],"data_offsets":[24,30]}})" << 30 << "";
    QTest::newRow("bytes beyond") << "{" + w + "}" << 32 << "8 bytes beyond the last tensor";
    QTest::newRow("hole") << "{" + w + R"(,"v":{"dtype":"F32","shape":[1],"data_offsets":[28,32]}})"
                          << 32 << "4 bytes at 24 belong to no tensor";
    QTest::newRow("hole at the start")
        << R"({"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})" << 8 << "4 bytes at 0";
    QTest::newRow("overlap") << "{" + w +
                                    R"(,"v":{"dtype":"F32","shape":[1],"data_offsets":[20,24]}})"
                             << 24 << "overlap";
  }
  void safetensors() {
    const QFETCH(QString, header);
    const QFETCH(int, bytes);
    const QFETCH(QString, refused);
    const std::uint64_t length = static_cast<std::uint64_t>(header.size());
    writeTextFile(path("made.safetensors"), std::string(reinterpret_cast<const char*>(&length), 8) +
                                                header.toStdString() +
                                                std::string(static_cast<std::size_t>(bytes), '\0'));
    const QString sentence = outcome(path("made.safetensors"));
    QVERIFY2(refused.isEmpty() ? sentence.isEmpty() : sentence.contains(refused),
             qPrintable(sentence));
    if (!refused.isEmpty()) return;
    const CheckpointFile file = readCheckpoint(path("made.safetensors"));
    QCOMPARE(file.tensors.size(), std::size_t{1});
    QCOMPARE(file.unread.size(), header.contains("\"q\"") ? std::size_t{1} : std::size_t{0});
    if (!file.unread.empty()) QCOMPARE(file.unread[0].shape, std::vector<std::int64_t>{4});
  }

  // Every beginning of a good file, and good files with bytes changed, are read or refused.
  void damagedFiles_data() {
    QTest::addColumn<QString>("name");
    for (const char* name :
         {"state_dict.pth", "training_legacy.pth", "views.pth", "model.safetensors", "ddp.pth"})
      QTest::newRow(name) << name;
  }
  void damagedFiles() {
    const QFETCH(QString, name);
    const std::string bytes = readTextFile(kFixtures / name.toStdString());
    const fs::path file = path("damaged");
    int refused = 0;
    for (std::size_t length = 1; length < bytes.size(); length += 1 + length / 40) {
      std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<long>(length));
      if (!outcome(file).isEmpty()) ++refused;
    }
    QVERIFY(refused > 20);
    Random random(5);
    for (int i = 0; i < 400; ++i) {
      std::string changed = bytes;
      for (int k = 0; k < 3; ++k)
        changed[random.below(changed.size())] = static_cast<char>(random.below(256));
      std::ofstream(file, std::ios::binary)
          .write(changed.data(), static_cast<long>(changed.size()));
      outcome(file);
    }
  }

  void writesWhatItReads_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("zip") << "a.pth";
    QTest::newRow("safetensors") << "a.safetensors";
  }
  void writesWhatItReads() {
    const QFETCH(QString, name);
    const fs::path file = path(name.toUtf8());
    const std::vector<std::pair<std::string, RawTensor>> tensors{
        {"b/weight", floats({2, 3}, {1, 2, 3, 4, 5, -6.5f})},
        {"empty", floats({0, 4}, {})},
        {"\u043a.scale", floats({}, {2.5f})}};
    const Metadata metadata{{"made by", "test \"quoted\""}};
    if (name.endsWith("pth"))
      writePth(file, {tensors.begin(), tensors.end() - 1}, metadata, {tensors.back()});
    else
      writeSafetensors(file, tensors, metadata);
    const CheckpointFile back = readCheckpoint(file);
    QCOMPARE(back.tensors.size(), tensors.size());
    for (const auto& [key, tensor] : tensors) {
      const RawTensor* found = back.find(key);
      QVERIFY(found != nullptr);
      QCOMPARE(found->shape, tensor.shape);
      QVERIFY(found->bytes == tensor.bytes);
    }
    QCOMPARE(back.metadata.at("made by"), std::string("test \"quoted\""));
  }

  void halfPrecisionRoundsToEven() {
    const RawTensor half =
        toFloat16(floats({6}, {1.f, 65504.f, 1.00048828125f, 1.00146484375f, 1e-8f, -0.333333f}));
    QCOMPARE(half.dtype, std::string("float16"));
    const std::vector<double> expected{1, 65504, 1.0, 1.001953125, 0, -0.333251953125};
    for (std::size_t i = 0; i < expected.size(); ++i)
      QCOMPARE(half.value(static_cast<std::int64_t>(i)), expected[i]);
  }

  void networkSurvivesARoundTrip() {
    const Network network = makeNetwork(smallSpec(), 4);
    const fs::path file = path("network.safetensors");
    saveNetwork(network, file, false);
    const Network back = loadNetwork(file);
    QVERIFY(back.spec == network.spec);
    for (std::size_t i = 0; i < network.weights.entries().size(); ++i)
      QVERIFY(network.weights.entries()[i].tensor.equal(back.weights.entries()[i].tensor));
    // The same through .pth, where the spec is recognised from keys and shapes.
    writePth(path("network.pth"), rawWeights(network, false));
    const auto spec = recogniseNetwork(readCheckpoint(path("network.pth")));
    QVERIFY(spec.has_value());
    QCOMPARE(spec->tasks.text(), network.spec.tasks.text());
    QCOMPARE(spec->width, network.spec.width);
  }

  void reportsEveryKeyThatDoesNotFit() {
    const Network network = makeNetwork(smallSpec(), 4);
    const fs::path file = path("damaged.safetensors");
    saveNetwork(network, file, false);
    CheckpointFile checkpoint = readCheckpoint(file);
    const std::string missing = checkpoint.tensors[0].first;
    const std::string misshaped = checkpoint.tensors[1].first;
    checkpoint.tensors[0].first = "surplus.weight";
    checkpoint.tensors[1].second = floats({1}, {0});
    try {
      networkFromCheckpoint(checkpoint, "some.pth");
      QFAIL("was loaded");
    } catch (const Error& error) {
      const QString text = error.what();
      QVERIFY2(text.contains("some.pth"), qPrintable(text));
      for (const std::string& name : {missing, misshaped, std::string("surplus.weight")})
        QVERIFY2(text.contains(QString::fromStdString(name)), qPrintable(text));
    }
  }

  void startsFromABackbone() {
    Network source = makeNetwork(smallSpec(), 1), target = makeNetwork(smallSpec(), 2);
    CheckpointFile weights;
    constexpr std::string_view kPrefix = "base_net.backbone.";
    for (const auto& [key, tensor] : rawWeights(source, false))
      if (key.rfind(kPrefix, 0) == 0 && key.find("level3.project") == std::string::npos)
        weights.tensors.emplace_back(key.substr(kPrefix.size()), tensor);
    weights.tensors.emplace_back("fc.weight", floats({1}, {0}));
    const std::string sentence = loadBackbone(target, weights, "dla34.pth");
    QVERIFY(sentence.find("loaded") == 0);
    const std::string first = "base_net.backbone.base_layer.0.weight";
    QVERIFY(target.weights.at(first).equal(source.weights.at(first)));

    Network untouched = makeNetwork(smallSpec(), 2);
    const Network reference = makeNetwork(smallSpec(), 2);
    weights.tensors.erase(weights.tensors.begin());
    QVERIFY_EXCEPTION_THROWN(loadBackbone(untouched, weights, "dla34.pth"), Error);
    for (std::size_t i = 0; i < reference.weights.entries().size(); ++i)
      QVERIFY(untouched.weights.entries()[i].tensor.equal(reference.weights.entries()[i].tensor));
  }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
