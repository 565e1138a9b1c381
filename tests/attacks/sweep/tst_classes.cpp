#include <ATen/core/grad_mode.h>

#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "attacks/sweep/experiment.h"
#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/outputs/coco_export.h"
#include "core/outputs/prediction_files.h"
#include "core/results/figures.h"
#include "model/engine/evaluate.h"
#include "model/network/network.h"
#include "model/network/network_file.h"
#include "support/nyuv2_tree.h"
#include "support/toy_data.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

const cv::Size kSize{256, 128};

Engine toyEngine() {
  NetworkSpec spec;
  spec.classes = toyClasses();
  spec.width = 0.125;
  spec.size = kSize;
  const Engine engine = makeUntrainedEngine(spec, 3);
  // Some detections: an untrained classifier starts at a probability of 0.01.
  const at::NoGradGuard noGrad;
  engine.network().weights.at("head.det_head.head.cls_logits.bias").fill_(0);
  engine.network().weights.at("head.det_head.head.bbox_pred.bias").fill_(2);
  return engine;
}

}  // namespace

/// Nothing knows 19 and 8 classes: everything runs with five and two.
class TestClasses : public QObject {
  Q_OBJECT

  Engine engine_ = toyEngine();
  ToyData data_{3, {512, 256}};
  QTemporaryDir folder_;

  std::filesystem::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }

 private Q_SLOTS:
  void samplesHaveTheClassesOfTheTable() {
    const Sample sample = makeSample(data_.load(0));
    double last = 0;
    cv::minMaxLoc(sample.trainIds, nullptr, &last);
    QCOMPARE(last, 4.0);
    QVERIFY(!sample.instances.empty());
    for (const Instance& instance : sample.instances)
      QVERIFY(instance.classId == 1 || instance.classId == 2);
    cv::minMaxLoc(sample.depthMetres, nullptr, &last);
    QVERIFY(last <= 20);
  }

  void aSplitIsMeasured() {
    const Metrics found = evaluateDataset(engine_, data_, 0, Progress()).metrics;
    QCOMPARE(found.classes.size(), std::size_t{5});
    QVERIFY(found.classes.at("cube").contains("ap_box"));
    QVERIFY(!found.classes.at("wall").contains("ap_box"));
    QVERIFY(std::isfinite(found.value("miou")));
    QVERIFY(std::isfinite(found.value("ap_box")));
    QVERIFY(found.value("depth_rmse_m") <= 20);
    QCOMPARE(found.behind.at("miou").images, std::size_t{3});
    QCOMPARE(found.behind.at("miou").count, std::int64_t{3} * kSize.area());
    std::int64_t objects = 0;
    for (std::size_t i = 0; i < data_.size(); ++i)
      objects += static_cast<std::int64_t>(makeSample(data_.load(i)).instances.size());
    QCOMPARE(found.behind.at("ap_box").count, objects);
  }

  void dataOfAnotherTableIsASentence() {
    NetworkSpec spec;
    spec.width = 0.125;
    spec.size = kSize;
    const Engine cityscapes = makeUntrainedEngine(spec, 1);
    try {
      evaluateDataset(cityscapes, data_, 0, Progress());
      QFAIL("it was measured");
    } catch (const Error& error) {
      QVERIFY2(
          QString(error.what()).contains("Toys") && QString(error.what()).contains("Cityscapes"),
          error.what());
    }
    // One image of it can be looked at and attacked, without its truth.
    const AttackInfo& fgsm = attackByKey("fgsm");
    const auto options = fgsm.makeOptions();
    const Experiment experiment =
        runExperiment(cityscapes, data_.load(0), fgsm, *options, Progress());
    QVERIFY(std::isnan(experiment.cleanMetrics.value("miou")));
    QVERIFY(!experiment.original.notes.empty());
  }

  void everyAttackRuns_data() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  void everyAttackRuns() {
    const QFETCH(QString, key);
    const AttackInfo& attack = attackByKey(key.toStdString());
    const auto options = attack.makeOptions();
    Json values = Json::object();
    const Json all = toJson(*options);
    if (all.contains("iterations")) values["iterations"] = 1;
    if (all.contains("category")) {
      // The default of the paper is a class that this table does not have.
      QVERIFY_EXCEPTION_THROWN(runExperiment(engine_, data_.load(0), attack, *options, Progress()),
                               Error);
      const Prediction clean =
          engine_.predict(resizeSample(makeSample(data_.load(0)), kSize).image);
      values["category"] = toyClasses()->semanticName(clean.trainIds.at<uchar>(0, 0));
    }
    if (all.contains("first")) {
      values["first"] = "ball";
      values["second"] = "cube";
    }
    fromJson(*options, values);
    const Experiment experiment =
        runExperiment(engine_, data_.load(0), attack, *options, Progress());
    writeExperiment(experiment, path("attack"));
    QCOMPARE(experiment.attackedMetrics.classes.size(), std::size_t{5});
  }

  void aSweepWithUnknownClassesDoesNotBegin() {
    try {
      runSweep(engine_, data_, presetPlan("table3"), 1, path("none.sqlite"), Progress());
      QFAIL("it ran");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("category") &&
                   QString(error.what()).contains("wall, floor, ball"),
               error.what());
    }
    QVERIFY(!std::filesystem::exists(path("none.sqlite")));
  }

  void aSweepAndItsFiguresRun() {
    const SweepPlan plan = planFromJson(
        R"({"attacks": [
          {"attack": "hide-segmentation", "options": {"category": "ball"}, "pictures": true},
          {"attack": "hide-depth", "options": {"category": "ball"}, "pictures": true},
          {"attack": "dag-detection", "options": {"first": "ball", "second": "cube",
           "iterations": 1}, "pictures": true}]})",
        "plan");
    const auto file = path("results.sqlite");
    runSweep(engine_, data_, plan, 2, file, Progress());
    const ResultStore store = ResultStore::open(file);
    QVERIFY(sameClasses(store.classes(), toyClasses()));
    const SweepReport report = reportOf(store, {10, 0}, Progress());
    QVERIFY(report.runs[2].metrics.contains("cube/ap_box"));
    QCOMPARE(report.runs[2].shapes.size(), std::size_t{2});
    std::vector<std::string> ids;
    for (const Figure& figure : figuresOf(report, store)) ids.push_back(figure.id);
    QVERIFY(std::find(ids.begin(), ids.end(), "5") != ids.end());
    QVERIFY(std::find(ids.begin(), ids.end(), "6") != ids.end());
    QVERIFY(std::find(ids.begin(), ids.end(), "shape") != ids.end());
    QCOMPARE(tablesOf(report)[0].id, std::string("table3-ball"));
  }

  void exportsHaveTheClassesOfTheTable() {
    const Sample sample = makeSample(data_.load(1));
    Prediction prediction = engine_.predict(resizeSample(sample, kSize).image);
    writePrediction(prediction, path("prediction"));
    const cv::Mat labels = readMap(path("prediction") / "segment.png", CV_8U);
    for (auto it = labels.begin<uchar>(); it != labels.end<uchar>(); ++it)
      QVERIFY(toyClasses()->trainIdOfLabel(*it) != kIgnoreLabel);
    const Json instances = Json::parse(readTextFile(path("prediction") / "instances.json"));
    QVERIFY(!instances["instances"].empty());
    for (const Json& one : instances["instances"])
      QVERIFY(one["class"] == "ball" || one["class"] == "cube");
    CocoExport coco;
    coco.add(sample, prediction);
    makeFolder(path("coco"));
    coco.write(path("coco"));
    const Json truth = Json::parse(readTextFile(path("coco") / "ground_truth.json"));
    QCOMPARE(truth["categories"].size(), std::size_t{2});
    QCOMPARE(truth["categories"][0]["name"].get<std::string>(), std::string("cube"));
  }

  void aCheckpointCarriesItsTable() {
    const auto file = path("toys.safetensors");
    saveNetwork(engine_.network(), file, false);
    const Engine back = Engine::open(file);
    QVERIFY(sameClasses(back.spec().classes, toyClasses()));
    const cv::Mat image = resizeSample(makeSample(data_.load(0)), kSize).image;
    QVERIFY(cv::norm(back.predict(image).depthMetres, engine_.predict(image).depthMetres,
                     cv::NORM_INF) == 0);
  }

  // Depth of a network on NYUv2 ends in a ReLU and is in metres; 40 classes are told apart.
  void aNetworkOfNyuv2PredictsRight() {
    NetworkSpec spec;
    spec.classes = nyuv2Classes();
    spec.tasks = TaskSet::parse("segment,depth");
    spec.width = 0.125;
    spec.size = {640, 480};
    const Engine made = makeUntrainedEngine(spec, 5);
    {
      const at::NoGradGuard noGrad;
      Weights& weights = made.network().weights;
      weights.at("head.depth_head.depth.weight").zero_();
      weights.at("head.depth_head.depth.bias").fill_(2.5);
      weights.at("head.seg_head.final_conv.weight").zero_();
      weights.at("head.seg_head.final_conv.bias").zero_();
      weights.at("head.seg_head.final_conv.bias")[38] = 1;
    }
    // As a bare checkpoint, recognised by its 40 classes alone.
    const auto file = path("nyuv2.pth");
    writePth(file, rawWeights(made.network(), false));
    const Engine engine = Engine::open(file);
    QCOMPARE(engine.spec().classes, nyuv2Classes());
    QCOMPARE(engine.spec().size, cv::Size(640, 480));
    const Prediction found = engine.predict(cv::Mat(480, 640, CV_8UC3, cv::Scalar(90, 80, 70)));
    QVERIFY(cv::norm(found.depthMetres, cv::Mat(480, 640, CV_32F, cv::Scalar(2.5)), cv::NORM_INF) <
            1e-6);
    QCOMPARE(cv::countNonZero(found.trainIds == 38), 480 * 640);
    QCOMPARE(found.classes->semanticName(38), std::string("otherfurniture"));
  }

  // Boxes and masks of NYUv2 are measured where objects are annotated; the second network has none.
  void objectsOfNyuv2AreMeasured() {
    const auto root = path("nyuv2");
    nyuv2_tree::makeTree(root, Nyuv2Layout::folders);
    nyuv2_tree::addMore(root, Nyuv2Layout::folders);
    const auto engineOf = [](const char* tasks) {
      NetworkSpec spec;
      spec.classes = nyuv2Classes();
      spec.tasks = TaskSet::parse(tasks);
      spec.width = 0.125;
      spec.size = {64, 64};
      return makeUntrainedEngine(spec, 5);
    };
    const auto data = openDataset(root, "val");
    const Metrics found = evaluateDataset(engineOf("segment,detect"), *data, 0, Progress()).metrics;
    QVERIFY(std::isfinite(found.value("ap_box")));
    QCOMPARE(found.behind.at("ap_box").images, std::size_t{2});
    QCOMPARE(found.behind.at("ap_box").count, std::int64_t{2});  // not the group of books
    QVERIFY(std::isfinite(found.value("miou")));
    const Metrics without =
        evaluateDataset(engineOf("segment,depth"), *data, 0, Progress()).metrics;
    QVERIFY(std::isnan(without.value("ap_box")));
    QVERIFY(std::isfinite(without.value("depth_rmse_m")));
    // Depth of instances is not known of it.
    const Metrics depth =
        evaluateDataset(engineOf("detect,inst_depth"), *data, 0, Progress()).metrics;
    QVERIFY(std::isnan(depth.value("inst_depth_abs_rel")));
    const AttackInfo& fgsm = attackByKey("fgsm");
    const Experiment experiment = runExperiment(engineOf("detect,inst_depth"), data->load(0), fgsm,
                                                *fgsm.makeOptions(), Progress());
    QVERIFY(std::any_of(experiment.result.notes.begin(), experiment.result.notes.end(),
                        [](const auto& note) { return note.starts_with("id left out: "); }));
  }

  void headsOfUnknownClassesAreRefused() {
    NetworkSpec spec;
    auto table = std::make_shared<ClassTable>(*cityscapesClasses());
    table->semantic.resize(7);
    table->instance.clear();
    spec.classes = table;
    spec.tasks = TaskSet::parse("segment");
    spec.width = 0.125;
    const auto file = path("seven.pth");
    writePth(file, rawWeights(makeUntrainedEngine(spec, 1).network(), false));
    try {
      Engine::open(file);
      QFAIL("it was opened");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).contains("7 semantic"), error.what());
    }
  }
};

QTEST_APPLESS_MAIN(TestClasses)
#include "tst_classes.moc"
