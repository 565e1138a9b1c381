#include <ATen/ATen.h>

#include <QtTest>
#include <algorithm>
#include <atomic>
#include <filesystem>

#include "attacks/registry/registry.h"
#include "core/base/pictures.h"
#include "model/network/network.h"
#include "support/attack_case.h"

using namespace uninet;

/// What every attack of the registry has to keep.
class TestAttacks : public QObject {
  Q_OBJECT

  void eachAttack() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  const AttackInfo& current() {
    const QFETCH(QString, key);
    return attackByKey(key.toStdString());
  }
  AttackResult run(const nlohmann::json& values, const AttackInput& input,
                   const Progress& progress = {}, const IterationCallback& callback = {}) {
    const AttackInfo& info = current();
    const auto options = optionsOf(info, values);
    if (info.target != nullptr) setOption(*options, "category", category_);
    // A small network needs no more; the defaults are those of the paper's long runs.
    if (std::string(info.key) == "dag-segmentation") setOption(*options, "first", category_);
    if (std::string(info.key) == "dag-untargeted") setOption(*options, "head", "segmentation");
    if (std::string(info.key).starts_with("dag") && !values.contains("iterations"))
      setOption(*options, "iterations", "6");
    return info.run(input, *options, progress, callback);
  }
  static bool offers(const AttackInfo& info, const std::string& key, const std::string& value) {
    for (const OptionRow& row : optionTable(*info.makeOptions()))
      if (row.key == key)
        return std::find(row.choices.begin(), row.choices.end(), value) != row.choices.end();
    return false;
  }
  static bool drawsAtRandom(const std::string& key) {
    return key == "pgd" || key == "dag-untargeted" || key.starts_with("noise");
  }

  Engine engine_;
  Sample sample_;
  std::string category_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    const AttackCase made;
    engine_ = made.engine;
    sample_ = made.sample;
    category_ = made.category;
    QVERIFY(!category_.empty());
  }

  void optionsRoundTrip_data() { eachAttack(); }

  void optionsRoundTrip() {
    const auto options = current().makeOptions();
    const auto copy = current().makeOptions();
    fromJson(*copy, toJson(*options));
    QCOMPARE(toJson(*copy), toJson(*options));
    QVERIFY(!optionTable(*options).empty());
  }

  void presetsAreValid() {
    for (const AttackPreset& preset : attackPresets())
      optionsOf(attackByKey(preset.attack), nlohmann::json::parse(preset.options));
  }

  void zeroEpsilonReturnsTheCleanImage_data() { eachAttack(); }

  void zeroEpsilonReturnsTheCleanImage() {
    const cv::Mat before = sample_.image.clone();
    const AttackResult result = run({{"epsilon", 0}}, {engine_, sample_, {}});
    QVERIFY(same(result.image, before));
    QVERIFY(same(sample_.image, before));
    QCOMPARE(result.norms.l0, std::int64_t{0});
  }

  void staysInBallRangeAndRegion_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("norm");
    QTest::addColumn<double>("epsilon");
    for (const AttackInfo& info : attacks())
      for (const auto& [norm, epsilon] :
           {std::pair{"linf", 0.5}, {"linf", 1.5}, {"linf", 4.0}, {"l2", 30.0}, {"l2", 700.0}})
        QTest::addRow("%s %s %g", info.key, norm, epsilon)
            << QString(info.key) << QString(norm) << epsilon;
    for (const AttackInfo& info : attacks())
      for (const double epsilon : {0.5, 60.0, 5000.0})
        if (offers(info, "norm", "l1"))
          QTest::addRow("%s l1 %g", info.key, epsilon)
              << QString(info.key) << QString("l1") << epsilon;
  }

  void staysInBallRangeAndRegion() {
    const QFETCH(QString, norm);
    const QFETCH(double, epsilon);
    cv::Mat region = cv::Mat::zeros(kSize, CV_8U);
    region(cv::Rect(20, 10, 60, 50)).setTo(1);
    const cv::Mat before = sample_.image.clone();
    int calls = 0;
    const auto inside = [&](const cv::Mat& image) {
      const Norms norms = measureNorms(sample_.image, image);
      cv::Mat outside;
      cv::absdiff(sample_.image, image, outside);
      outside.setTo(0, region);
      const double size = norm == "l1"   ? cv::norm(sample_.image, image, cv::NORM_L1)
                          : norm == "l2" ? norms.l2
                                         : norms.linf;
      return size <= epsilon && cv::countNonZero(outside.reshape(1)) == 0;
    };
    nlohmann::json values{{"norm", norm.toStdString()}, {"epsilon", epsilon}};
    // Steps of 1 come to nothing there.
    if (norm == "l1") values.update({{"iterations", 10}, {"alpha", epsilon / 5}});
    const AttackResult result =
        run(values, {engine_, sample_, region}, {}, [&](const AttackIteration& iteration) {
          ++calls;
          QVERIFY(inside(iteration.image));
        });
    QVERIFY(calls >= 2);
    QVERIFY(inside(result.image));
    QVERIFY(same(sample_.image, before));
    QTemporaryDir folder;
    const std::filesystem::path file =
        std::filesystem::path(folder.path().toStdString()) / "attacked.png";
    writePng(file, result.image);
    QVERIFY(same(readImage(file), result.image));
    const Norms measured = measureNorms(sample_.image, result.image);
    QCOMPARE(measured.l2, result.norms.l2);
    const bool lost = std::any_of(result.notes.begin(), result.notes.end(), [](const auto& note) {
      return note.find("rounding left nothing") != std::string::npos;
    });
    QCOMPARE(result.norms.l0 == 0, lost);
  }

  void sameSeedSameBytes_data() { eachAttack(); }

  void sameSeedSameBytes() {
    nlohmann::json values{{"epsilon", 3}, {"seed", 7}};
    if (std::string(current().key) == "pgd") values["random-start"] = true;
    const AttackResult a = run(values, {engine_, sample_, {}});
    const AttackResult b = run(values, {engine_, sample_, {}});
    QVERIFY(same(a.image, b.image));
    values["seed"] = 8;
    QCOMPARE(same(a.image, run(values, {engine_, sample_, {}}).image),
             !drawsAtRandom(current().key));
  }

  void weightsAndFlagsStay_data() { eachAttack(); }

  void weightsAndFlagsStay() {
    Network& network = engine_.network();
    std::vector<at::Tensor> before;
    for (WeightEntry& entry : network.weights.entries()) {
      before.push_back(entry.tensor.clone());
      if (!entry.buffer) entry.tensor.set_requires_grad(true);
    }
    run({{"epsilon", 2}}, {engine_, sample_, {}});
    for (std::size_t i = 0; i < before.size(); ++i) {
      WeightEntry& entry = network.weights.entries()[i];
      QVERIFY(at::equal(entry.tensor, before[i]));
      QVERIFY(!entry.tensor.grad().defined());
      QCOMPARE(entry.tensor.requires_grad(), !entry.buffer);
      entry.tensor.set_requires_grad(false);
    }
  }

  void stopsWithinOneIteration_data() { eachAttack(); }

  void stopsWithinOneIteration() {
    std::atomic<bool> stop{false};
    int after = 0;
    const AttackResult result = run({{"epsilon", 8}}, {engine_, sample_, {}}, Progress({}, &stop),
                                    [&](const AttackIteration& iteration) {
                                      if (stop) ++after;
                                      if (iteration.iteration == 0 || iteration.iteration == 2)
                                        stop = true;
                                    });
    QVERIFY(after <= 1);
    QVERIFY(result.cancelled);
    QVERIFY(result.iterationsDone < result.iterationsPlanned);
    QVERIFY(!result.image.empty());
  }
};

QTEST_APPLESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
