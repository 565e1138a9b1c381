#include <QtTest>

#include <ATen/ATen.h>

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/resources.h"
#include "core/streetscape/streetscape.h"
#include "model/engine/engine.h"
#include "model/network/mask_file.h"
#include "model/network/network_file.h"
#include "model/networks/choose_weights.h"
#include "model/networks/open_network.h"
#include "model/networks/recognise.h"
#include "model/networks/registry.h"

using namespace uninet;
namespace fs = std::filesystem;

namespace {

const fs::path kSaved = fs::path(UNINET_FIXTURES) / "saved";

NetworkSpec smallSpec(const char* tasks = "detect,segment") {
  NetworkSpec spec;
  spec.tasks = TaskSet::parse(tasks);
  spec.width = 0.125;
  spec.size = {256, 128};
  return spec;
}

/// A candidate with the keys of a network behind a prefix.
WeightsCandidate candidate(const char* key, const std::string& prefix, std::size_t leaveOut = 0) {
  WeightsCandidate made{key, {}};
  for (const KeyShape& shape : networkKeys(smallSpec()))
    made.tensors.push_back({prefix + shape.key, shape.integer ? "int64" : "float32", shape.shape});
  made.tensors.resize(made.tensors.size() - leaveOut);
  return made;
}

NamedTensors prefixed(const Network& network, const std::string& prefix) {
  NamedTensors tensors;
  for (auto& [key, tensor] : rawWeights(network, false))
    tensors.emplace_back(prefix + key, std::move(tensor));
  return tensors;
}

MaskCode someCode(std::int64_t length) {
  MaskCode code;
  code.components = at::arange(length * 784, at::kFloat).view({length, 784}) / 1e5;
  code.explainedVariance = at::arange(length, at::kFloat) + 1;
  code.mean = at::arange(784, at::kFloat) / 784;
  return code;
}

template <class Work>
QString errorOf(Work work) {
  try {
    work();
    return {};
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
}

QString joined(const std::vector<std::string>& notes) {
  QStringList list;
  for (const std::string& note : notes) list << QString::fromStdString(note);
  return list.join(" | ");
}

}  // namespace

class TestOpenNetwork : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void takesTheWeightsThatFit_data() {
    QTest::addColumn<std::vector<WeightsCandidate>>("candidates");
    QTest::addColumn<QString>("named");
    QTest::addColumn<int>("taken");
    QTest::addColumn<QString>("prefix");
    const auto row = [](const char* name, const std::vector<WeightsCandidate>& candidates,
                        int taken, const char* prefix, const char* named = "") {
      QTest::newRow(name) << candidates << named << taken << prefix;
    };
    // A tensor beside, and one dict with many that belong to something else.
    const WeightsCandidate loss{"", {{"loss", "float32", {}}}};
    WeightsCandidate many{"teacher", {}};
    for (int i = 0; i < 2000; ++i) many.tensors.push_back({concat("t.", i), "float32", {1}});
    row("under any key", {loss, many, candidate("model_state_dict", "")}, 2, "");
    row("the first of equal ones", {candidate("ema", ""), candidate("state_dict", "")}, 0, "");
    row("by name", {candidate("ema", ""), candidate("state_dict", "")}, 1, "", "state_dict");
    row("the top level by name", {candidate("", ""), candidate("ema", "")}, 0, "", ".");
    row("the whole one", {candidate("part", "", 40), candidate("run.model", "")}, 1, "");
    row("no network", {loss, many}, 1, "");
    for (const char* prefix : {"module.", "_orig_mod.", "model.", "net.", "network.", "student.",
                               "model._orig_mod.module.", "a.b.c."})
      row(prefix, {candidate("state_dict", prefix)}, 0, prefix);
    WeightsCandidate beside = candidate("state_dict", "model.");
    beside.tensors.insert(beside.tensors.begin(), {"criterion.weight", "float32", {19}});
    row("another key beside the prefix", {beside}, 0, "model.");
  }
  void takesTheWeightsThatFit() {
    const QFETCH(std::vector<WeightsCandidate>, candidates);
    const QFETCH(QString, named);
    const QFETCH(int, taken);
    const QFETCH(QString, prefix);
    const WeightsChoice choice = bestWeights("a.pth", named.toStdString())(candidates, {});
    QCOMPARE(static_cast<int>(choice.candidate), taken);
    QCOMPARE(choice.prefix, prefix.toStdString());
  }

  void anUnknownNameListsTheCandidates() {
    const QString sentence = errorOf([] {
      bestWeights("a.pth", "none")({candidate("state_dict", ""), candidate("ema", "")}, {});
    });
    QVERIFY2(sentence.contains("a.pth") && sentence.contains("\"none\"") &&
                 sentence.contains("state_dict, ema"),
             qPrintable(sentence));
  }

  void removesPrefixes_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("prefix");
    for (const char* name : {"a.pth", "a.safetensors"})
      for (const char* prefix : {"", "module.", "_orig_mod.module.", "network."})
        QTest::addRow("%s %s", name, prefix) << name << prefix;
  }
  void removesPrefixes() {
    const QFETCH(QString, name);
    const QFETCH(QString, prefix);
    const Network network = makeNetwork(smallSpec(), 3);
    const fs::path file = path(name.toStdString());
    const NamedTensors tensors = prefixed(network, prefix.toStdString());
    if (name.endsWith("pth"))
      writePth(file, tensors);
    else
      writeSafetensors(file, tensors, {});
    const OpenedNetwork opened = openNetwork(file);
    for (const WeightEntry& entry : network.weights.entries())
      QVERIFY(opened.network.weights.at(entry.key).equal(entry.tensor));
    QCOMPARE(joined(opened.notes).contains("prefix removed: " + prefix), !prefix.isEmpty());
    QVERIFY(
        joined(opened.notes).contains("network size 512x1024 is the default: the file does not"));
    QVERIFY(opened.network.spec.size == cv::Size(1024, 512));
  }

  void theSizeCanBeGiven() {
    const Network network = makeNetwork(smallSpec(), 3);
    saveNetwork(network, path("sized.safetensors"), false);
    writePth(path("bare.pth"), rawWeights(network, false));
    OpenOptions options;
    QCOMPARE(joined(openNetwork(path("sized.safetensors")).notes), QString());
    options.size = cv::Size(256, 256);
    const OpenedNetwork opened = openNetwork(path("sized.safetensors"), options);
    QVERIFY(opened.network.spec.size == cv::Size(256, 256));
    QCOMPARE(joined(opened.notes),
             QString("size 256x256 instead of the file's 128x256, by --size"));
    QCOMPARE(joined(openNetwork(path("bare.pth"), options).notes),
             QString("size 256x256, by --size: the file does not say"));
    options.size = cv::Size(256, 128);
    QCOMPARE(joined(openNetwork(path("sized.safetensors"), options).notes), QString());
  }

  void metadataThatCannotBeIsNamed_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::newRow("width") << "uninet.width"
                           << "0,125";
    QTest::newRow("nan") << "uninet.width"
                         << "nan";
    QTest::newRow("size") << "uninet.size"
                          << "128";
    QTest::newRow("encoder") << "uninet.encoder"
                             << "mine";
    QTest::newRow("tasks") << "uninet.tasks"
                           << "segment,smell";
    QTest::newRow("task that needs another") << "uninet.tasks"
                                             << "segment,inst_seg";
    QTest::newRow("network") << "uninet.network"
                             << "other";
  }
  void metadataThatCannotBeIsNamed() {
    const QFETCH(QString, key);
    const QFETCH(QString, value);
    writeSafetensors(path("said.safetensors"), rawWeights(makeNetwork(smallSpec(), 3), false),
                     {{key.toStdString(), value.toStdString()}});
    const QString sentence = errorOf([&] { openNetwork(path("said.safetensors")); });
    QVERIFY2(
        sentence.contains("said.safetensors") && sentence.contains(key) && sentence.contains(value),
        qPrintable(sentence));
  }

  void weightsThatAreNotFiniteAreRefused() {
    Network network = makeNetwork(smallSpec(), 3);
    const std::string key = "head.seg_head.convs.0.weight", other = "head.seg_head.final_conv.bias";
    network.weights.at(key)[0][1].fill_(std::numeric_limits<float>::quiet_NaN());
    network.weights.at(key)[2][0].fill_(std::numeric_limits<float>::infinity());
    network.weights.at(other).fill_(-std::numeric_limits<float>::infinity());
    saveNetwork(network, path("nan.safetensors"), false);
    const QString sentence = errorOf([&] { openNetwork(path("nan.safetensors")); });
    const auto numel = network.weights.at(key).numel();
    for (const std::string& part : {std::string("nan.safetensors"), std::string("2 weights"),
                                    concat(key, " (2 of ", numel, ")"), other + " (19 of 19)"})
      QVERIFY2(sentence.contains(QString::fromStdString(part)), qPrintable(sentence));
  }

  void weightsOfOtherTypesAreNamed() {
    NamedTensors tensors = rawWeights(makeNetwork(smallSpec(), 3), false);
    writePth(path("typed.pth"), tensors);
    CheckpointFile file = readCheckpoint(path("typed.pth"));
    file.unread.push_back({file.tensors[0].first, "complex64", file.tensors[0].second.shape});
    file.opaque.push_back({file.tensors[1].first, "torch._utils._rebuild_sparse_tensor"});
    const std::string first = file.tensors[0].first, second = file.tensors[1].first;
    file.tensors.erase(file.tensors.begin(), file.tensors.begin() + 2);
    const QString sentence = errorOf([&] { networkFromCheckpoint(file, "typed.pth"); });
    QVERIFY2(sentence.contains(QString::fromStdString(first + ": complex64")) &&
                 sentence.contains(
                     QString::fromStdString(second + ": torch._utils._rebuild_sparse_tensor")) &&
                 !sentence.contains("Missing"),
             qPrintable(sentence));
  }

  void anUnknownNetworkSaysWhatTheFileHolds() {
    const QString sentence = errorOf([] { openNetwork(kSaved / "around.pth"); });
    QVERIFY2(sentence.contains("a [2], b [2, 1]"), qPrintable(sentence));
  }

  void aMaskCodeOfAnotherLengthIsRefused() {
    Network network = makeNetwork(smallSpec("detect,inst_seg"), 3);
    network.maskCode = someCode(59);
    saveNetwork(network, path("short.safetensors"), false);
    const QString sentence = errorOf([&] { openNetwork(path("short.safetensors")); });
    QVERIFY2(sentence.contains("59") && sentence.contains("60"), qPrintable(sentence));
    network.maskCode = someCode(60);
    network.maskCode.mean[3] = std::numeric_limits<float>::quiet_NaN();
    saveNetwork(network, path("nan_code.safetensors"), false);
    QVERIFY(errorOf([&] {
              openNetwork(path("nan_code.safetensors"));
            }).contains("1 of the 784 numbers of the mean"));
  }

  void maskComponentsComeFromANumpyFile() {
    const auto expected = nlohmann::json::parse(readTextFile(kSaved / "expected.json"));
    const MaskCode code = readMaskComponents(kSaved / "pca_float32.npz", 60);
    QCOMPARE(code.components.sizes().vec(), (std::vector<std::int64_t>{60, 784}));
    QCOMPARE(code.components.to(at::kDouble).sum().item<double>(),
             expected["components_sum_60"].get<double>());
    QCOMPARE(code.explainedVariance.size(0), 60);
    QCOMPARE(static_cast<double>(code.explainedVariance[59].item<float>()),
             expected["variance_59"].get<double>());
    QVERIFY(errorOf([] {
              readMaskComponents(kSaved / "pca_float32.npz", 65);
            }).contains("holds 64 mask components, the instance-mask head needs 65"));
    writeMaskComponents(path("again.npz"), code);
    const MaskCode again = readMaskComponents(path("again.npz"), 60);
    QVERIFY(again.components.equal(code.components) && again.mean.equal(code.mean) &&
            again.explainedVariance.equal(code.explainedVariance));
  }

  void maskComponentsAreFoundBesideTheCheckpoint() {
    const fs::path folder = path("beside");
    makeFolder(folder);
    const fs::path file = folder / "official.pth";
    writePth(file, rawWeights(makeNetwork(smallSpec("detect,inst_seg"), 3), false));
    const OpenedNetwork without = openNetwork(file);
    QVERIFY(without.network.maskCode.empty());
    QVERIFY2(joined(without.notes).contains("mask components are missing") &&
                 joined(without.notes).contains("uninet mask-components"),
             qPrintable(joined(without.notes)));

    fs::copy_file(kSaved / "pca_float32.npz", folder / "mine.npz");
    fs::copy_file(kSaved / "integers.npz", folder / "other.npz");  // no mask components
    const OpenedNetwork with = openNetwork(file);
    QVERIFY(!with.network.maskCode.empty());
    QVERIFY2(joined(with.notes).contains("mine.npz, which lies beside the checkpoint"),
             qPrintable(joined(with.notes)));

    fs::copy_file(kSaved / "pca_float32.npz", folder / "second.npz");
    const OpenedNetwork several = openNetwork(file);
    QVERIFY(several.network.maskCode.empty());
    QVERIFY(joined(several.notes).contains("mine.npz, second.npz"));
    fs::copy_file(kSaved / "pca_float32.npz", folder / "pca_meinst.npz");
    QVERIFY(joined(openNetwork(file).notes).contains("pca_meinst.npz, which lies beside"));

    OpenOptions options;
    options.maskComponents = folder / "second.npz";
    const Engine given = Engine::open(file, options);
    QVERIFY(
        joined(given.notes())
            .contains("mask components from " + QString::fromStdString(options.maskComponents)));
    QVERIFY(!given.lacksMaskComponents() && given.identity() != given.hash());
    options.maskComponents = folder / "other.npz";
    QVERIFY(errorOf([&] { Engine::open(file, options); }).contains("other.npz"));
    writePth(path("dense.pth"), rawWeights(makeNetwork(smallSpec("segment"), 3), false));
    options.maskComponents = folder / "second.npz";
    QVERIFY(errorOf([&] {
              Engine::open(path("dense.pth"), options);
            }).contains("no instance-mask head"));
  }

  void anOpenNetworkTakesMaskComponents() {
    makeFolder(path("alone"));
    const fs::path file = path("alone") / "bare.pth";
    writePth(file, rawWeights(makeNetwork(smallSpec("detect,inst_seg"), 3), false));
    const Engine without = Engine::open(file);
    QVERIFY(without.lacksMaskComponents());
    const Engine with = without.withMaskComponents(kSaved / "pca_float32.npz");
    QVERIFY(!with.lacksMaskComponents() && without.lacksMaskComponents());
    QVERIFY(joined(with.notes()).contains("mask components from") &&
            !joined(with.notes()).contains("missing"));
  }

  /// Through .pth nothing of the network gets lost.
  void theDemoSurvivesPth() {
    const Engine demo = Engine::open(resourceFile(kDemoCheckpoint));
    saveForPython(demo.network(), path("demo.pth"), false);
    const Engine back = Engine::open(path("demo.pth"));
    QVERIFY(back.spec() == demo.spec());
    QVERIFY(back.notes().empty());
    for (const WeightEntry& entry : demo.network().weights.entries())
      QVERIFY(back.network().weights.at(entry.key).equal(entry.tensor));
    const MaskCode &before = demo.network().maskCode, &after = back.network().maskCode;
    QVERIFY(after.components.equal(before.components) && after.mean.equal(before.mean) &&
            after.explainedVariance.equal(before.explainedVariance));
    const Sample sample = resizeSample(
        makeSample(openStreetscape("val", 2, 1, demo.spec().size)->load(1)), demo.spec().size);
    const Engine::Evaluated a = demo.evaluate(sample), b = back.evaluate(sample);
    QVERIFY(a.losses == b.losses);
    QCOMPARE(cv::norm(a.prediction.depthMetres, b.prediction.depthMetres, cv::NORM_INF), 0.0);
    QCOMPARE(a.prediction.detections.size(), b.prediction.detections.size());
    // The state dict itself holds weights alone, as load_state_dict(strict=True) wants it.
    QCOMPARE(readCheckpoint(path("demo.pth")).candidates[0].tensors.size(),
             demo.network().weights.entries().size());
  }
};

QTEST_APPLESS_MAIN(TestOpenNetwork)
#include "tst_open_network.moc"
