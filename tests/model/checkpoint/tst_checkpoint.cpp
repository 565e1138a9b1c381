#include <QDir>
#include <QFile>
#include <QtTest>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "model/checkpoint/checkpoint.h"
#include "model/network/network_file.h"
#include "model/networks/backbone_mapping.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

const fs::path kFixtures = fs::path(UNINET_FIXTURES) / "checkpoints";

/// Peak resident memory of this process since resetPeakMemory(), kilobytes.
long peakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
  return 0;
}

void resetPeakMemory() { std::ofstream("/proc/self/clear_refs") << 5; }

/// Processor time of this process: unlike the clock it does not depend on what else is running.
double seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

RawTensor floats(const std::vector<std::int64_t>& shape, const std::vector<float>& values) {
  RawTensor tensor{"float32", shape, {}};
  tensor.bytes.resize(values.size() * 4);
  std::memcpy(tensor.bytes.data(), values.data(), tensor.bytes.size());
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
QString outcome(const fs::path& file) {
  try {
    readCheckpoint(file);
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
      const double start = seconds();
      const QString sentence = outcome(file);
      QVERIFY2(!sentence.isEmpty(), "was read although it is bad");
      QVERIFY2(sentence.contains(name), qPrintable(sentence));
      QVERIFY2(!sentence.contains('\n') && sentence.size() < 400, qPrintable(sentence));
      QVERIFY2(seconds() - start < 0.1, qPrintable(QString("%1 s").arg(seconds() - start)));
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
    QCOMPARE(training.container, std::string("model"));
    QVERIFY(training.metadata.contains("epoch"));
    const auto opaque =
        std::find_if(training.opaque.begin(), training.opaque.end(),
                     [](const OpaqueValue& value) { return value.where == "args"; });
    QVERIFY(opaque != training.opaque.end());
    QCOMPARE(opaque->type, std::string("argparse.Namespace"));

    const CheckpointFile ddp = readCheckpoint(kFixtures / "ddp.pth");
    QVERIFY(ddp.strippedModulePrefix);
  }

  void executesNothing() {
    const QDir here;
    const CheckpointFile evil = readCheckpoint(kFixtures / "evil.pth");
    QCOMPARE(evil.opaque.size(), std::size_t{1});
    QCOMPARE(evil.opaque[0].type, std::string("posix.system"));
    QVERIFY(!QFile::exists("PWNED") && !QFile::exists("/tmp/PWNED"));
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
    if (name.endsWith("pth"))
      writePth(file, tensors);
    else
      writeSafetensors(file, tensors, {{"made by", "test \"quoted\""}});
    const CheckpointFile back = readCheckpoint(file);
    QCOMPARE(back.tensors.size(), tensors.size());
    for (const auto& [key, tensor] : tensors) {
      const RawTensor* found = back.find(key);
      QVERIFY(found != nullptr);
      QCOMPARE(found->shape, tensor.shape);
      QVERIFY(found->bytes == tensor.bytes);
    }
    if (!name.endsWith("pth"))
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
