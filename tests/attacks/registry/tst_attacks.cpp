#include <ATen/ATen.h>

#include <QtTest>
#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/engine/gradient_attack.h"
#include "attacks/measures/diagnostics.h"
#include "attacks/methods/dag.h"
#include "attacks/methods/nearest_fill.h"
#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "core/base/pictures.h"
#include "core/base/random.h"
#include "core/data/class_table.h"
#include "core/data/dataset.h"
#include "model/losses/losses.h"
#include "model/network/network.h"
#include "support/small_engine.h"

using namespace uninet;

namespace {

const cv::Size kSize{160, 128};

/// Five regions of one label each, two objects, depth growing to the top.
Sample smallSample() {
  Sample sample;
  sample.name = "small";
  sample.image.create(kSize, CV_8UC3);
  sample.trainIds.create(kSize, CV_8U);
  sample.depthMetres.create(kSize, CV_32F);
  for (int y = 0; y < kSize.height; ++y)
    for (int x = 0; x < kSize.width; ++x) {
      sample.image.at<cv::Vec3b>(y, x) = {static_cast<uchar>(2 * x), static_cast<uchar>(2 * y),
                                          static_cast<uchar>((x * 7 + y * 13) % 256)};
      sample.trainIds.at<uchar>(y, x) = static_cast<uchar>(y < 6 ? kIgnoreLabel : x / 26);
      sample.depthMetres.at<float>(y, x) = y < 4 ? -1.f : static_cast<float>(100 - y);
    }
  sample.hasInstances = true;
  for (const auto& [id, box] : {std::pair{1, Box{10, 10, 40, 80}}, {3, Box{50, 40, 120, 90}}}) {
    Instance instance;
    instance.classId = id;
    instance.box = box;
    instance.depthMetres = 12;
    instance.mask =
        cv::Mat::ones(static_cast<int>(box.height()), static_cast<int>(box.width()), CV_8U);
    sample.instances.push_back(instance);
  }
  return sample;
}

/// The predicted class whose share of the pixels is nearest to a half.
std::string categoryToHide(const Engine& engine, const Sample& sample) {
  const Prediction prediction = engine.predict(sample.image);
  std::string chosen;
  double best = 1;
  for (std::size_t c = 0; c < cityscapesClasses()->semantic.size(); ++c) {
    const double share = cv::countNonZero(prediction.trainIds == static_cast<double>(c)) /
                         static_cast<double>(prediction.trainIds.total());
    if (share == 0 || std::abs(share - 0.5) >= best) continue;
    best = std::abs(share - 0.5);
    chosen = cityscapesClasses()->semantic[c].name;
  }
  return chosen;
}

std::unique_ptr<Options> optionsOf(const AttackInfo& info, const nlohmann::json& values) {
  auto options = info.makeOptions();
  fromJson(*options, values);
  return options;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

/// Σ w · x: the optimum of the l∞ ball is x + ε · sign w.
ObjectiveValue weighted(const at::Tensor& weights, const at::Tensor& pixels) {
  return {(weights * pixels).sum(), {}};
}

}  // namespace

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
  static bool drawsAtRandom(const std::string& key) {
    return key == "pgd" || key == "dag-untargeted" || key.starts_with("noise");
  }

  Engine engine_;
  Sample sample_;
  std::string category_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, false);
    sample_ = smallSample();
    category_ = categoryToHide(engine_, sample_);
    QVERIFY(!category_.empty());
    // Half of the labels are what the network predicts: a dense adversary works on those.
    const cv::Rect right(kSize.width / 2, 0, kSize.width / 2, kSize.height);
    engine_.predict(sample_.image).trainIds(right).copyTo(sample_.trainIds(right));
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

  void zeroIterationsReturnTheCleanImage() {
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample_, {}}, *optionsOf(pgd, {{"iterations", 0}}), {}, {});
    QVERIFY(same(result.image, sample_.image));
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
      return (norm == "l2" ? norms.l2 : norms.linf) <= epsilon &&
             cv::countNonZero(outside.reshape(1)) == 0;
    };
    const AttackResult result =
        run({{"norm", norm.toStdString()}, {"epsilon", epsilon}}, {engine_, sample_, region}, {},
            [&](const AttackIteration& iteration) {
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

  void flagsComeBackAfterAnError() {
    Network& network = engine_.network();
    at::Tensor& weight = network.weights.entries()[0].tensor;
    weight.set_requires_grad(true);
    Sample empty = sample_;
    empty.instances.clear();
    const AttackInfo& pgd = attackByKey("pgd");
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, empty, {}}, *optionsOf(pgd, {{"objective", "reg"}}), {}, {}), Error);
    QVERIFY(weight.requires_grad());
    weight.set_requires_grad(false);
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

  void stoppedRunKeepsTheBestSoFar() {
    const NormBall ball(pixelsFromImage(sample_.image), Norm::linf, 8);
    std::atomic<bool> stop{false};
    GradientSettings settings;
    settings.iterations = 6;
    const ImageFunction sum = [](const at::Tensor& pixels) {
      return weighted(at::ones({}), pixels);
    };
    const AttackResult result =
        runGradientAttack(sum, ball, settings, Progress({}, &stop),
                          [&](const AttackIteration& it) { stop = it.iteration == 3; });
    QVERIFY(result.cancelled);
    QCOMPARE(result.iterationsDone, 3);
    QCOMPARE(result.norms.linf, 3.0);
  }

  void linearModelReachesTheOptimum_data() {
    QTest::addColumn<bool>("descend");
    QTest::newRow("raise") << false;
    QTest::newRow("lower") << true;
  }
  void linearModelReachesTheOptimum() {
    const QFETCH(bool, descend);
    const at::Tensor clean = at::full({1, 3, 8, 8}, 100.f);
    const at::Tensor weights = at::linspace(-1, 1, clean.numel()).view(clean.sizes());
    const ImageFunction function = [&](const at::Tensor& pixels) {
      return weighted(weights, pixels);
    };
    const double sign = descend ? -1 : 1;
    GradientSettings settings;
    settings.alpha = 4;
    settings.descend = descend;
    const AttackResult linf =
        runGradientAttack(function, NormBall(clean, Norm::linf, 4), settings, {}, {});
    QVERIFY(at::equal(pixelsFromImage(linf.image), clean + sign * 4 * at::sign(weights)));

    settings.alpha = 40;
    settings.iterations = 20;
    const NormBall ball(clean, Norm::l2, 100);
    const AttackResult l2 = runGradientAttack(function, ball, settings, {}, {});
    const double optimum = 100 * weights.norm().item<double>();
    const double reached =
        sign * (l2.iterations.back().objective - l2.iterations.front().objective);
    QVERIFY(reached >= 0.99 * optimum);
    QVERIFY(reached <= 1.0001 * optimum);
  }

  void agreesWithAPlainLoop() {
    // A curved function with a known gradient: Σ w x² / 2 has gradient w · x.
    const at::Tensor clean = pixelsFromImage(sample_.image).slice(2, 0, 8).slice(3, 0, 8);
    const at::Tensor weights = at::linspace(-1, 1, clean.numel()).view(clean.sizes());
    GradientSettings settings;
    settings.alpha = 0.75;
    settings.iterations = 7;
    settings.momentum = 0.9;
    const NormBall ball(clean, Norm::linf, 3);
    const AttackResult result = runGradientAttack(
        [&](const at::Tensor& x) {
          return ObjectiveValue{(weights * x * x).sum() / 2, {}};
        },
        ball, settings, {}, {});

    const at::Tensor flat = clean.contiguous().flatten(), w = weights.contiguous().flatten();
    std::vector<double> x(static_cast<std::size_t>(flat.numel())), v(x.size(), 0);
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] = flat[static_cast<std::int64_t>(i)].item<double>();
    const std::vector<double> start = x;
    for (int k = 0; k <= 7; ++k) {
      double value = 0, size = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double wi = w[static_cast<std::int64_t>(i)].item<double>();
        value += wi * x[i] * x[i] / 2;
        size += std::abs(wi * x[i]);
      }
      const double found = result.iterations[static_cast<std::size_t>(k)].objective;
      QVERIFY(std::abs(found - value) <= 1e-6 * size * 128);
      for (std::size_t i = 0; i < x.size(); ++i) {
        v[i] = 0.9 * v[i] + w[static_cast<std::int64_t>(i)].item<double>() * x[i] / size;
        x[i] += 0.75 * (v[i] > 0 ? 1 : v[i] < 0 ? -1 : 0);
        x[i] = std::clamp(std::clamp(x[i], start[i] - 3, start[i] + 3), 0., 255.);
      }
    }
  }

  void moreIterationsNeverLowerTheBest() {
    const AttackInfo& pgd = attackByKey("pgd");
    double previous = -1e300;
    for (const int iterations : {1, 2, 4, 8}) {
      const AttackResult result = pgd.run(
          {engine_, sample_, {}},
          *optionsOf(
              pgd,
              {{"objective", "seg"}, {"epsilon", 2}, {"iterations", iterations}, {"keep", "best"}}),
          {}, {});
      double best = -1e300;
      for (const AttackIteration& it : result.iterations) best = std::max(best, it.objective);
      QVERIFY(best >= previous);
      previous = best;
    }
  }

  void earlyStopEndsTheRun() {
    GradientSettings settings;
    settings.iterations = 50;
    settings.patience = 3;
    const ImageFunction flat = [](const at::Tensor& pixels) {
      return ObjectiveValue{(pixels * 0).sum() + 5, {}};
    };
    const AttackResult result = runGradientAttack(
        flat, NormBall(at::full({1, 3, 4, 4}, 9.f), Norm::linf, 4), settings, {}, {});
    QCOMPARE(result.iterationsDone, 3);
  }

  void nearestFillEqualsBruteForce_data() {
    QTest::addColumn<int>("holes");
    for (const int holes : {1, 3, 30, 300}) QTest::addRow("%d", holes) << holes;
  }
  void nearestFillEqualsBruteForce() {
    const QFETCH(int, holes);
    Random random(static_cast<std::uint64_t>(holes));
    cv::Mat mask = cv::Mat::ones(23, 31, CV_8U);
    for (int i = 0; i < holes; ++i)
      mask.at<uchar>(static_cast<int>(random.below(23)), static_cast<int>(random.below(31))) = 0;
    const cv::Mat sources = nearestOutside(mask);
    for (int y = 0; y < mask.rows; ++y)
      for (int x = 0; x < mask.cols; ++x) {
        int best = 1 << 30;
        cv::Vec2i expected;
        for (int v = 0; v < mask.rows; ++v)
          for (int u = 0; u < mask.cols; ++u) {
            const int distance = (u - x) * (u - x) + (v - y) * (v - y);
            if (mask.at<uchar>(v, u) != 0 || distance >= best) continue;
            best = distance;
            expected = {u, v};
          }
        QCOMPARE(sources.at<cv::Vec2i>(y, x), expected);
      }
    QVERIFY_EXCEPTION_THROWN(nearestOutside(cv::Mat::ones(3, 3, CV_8U)), Error);
  }

  void hidingTargetHoldsNoPixelOfTheCategory() {
    const AttackInfo& hide = attackByKey("hide-segmentation");
    const Prediction clean = engine_.predict(sample_.image);
    const AttackTarget target = hide.target(clean, *optionsOf(hide, {{"category", category_}}));
    const int label = cityscapesClasses()->semanticByName(category_);
    QCOMPARE(cv::countNonZero(target.trainIds == label), 0);
    QCOMPARE(cv::countNonZero(target.mask), cv::countNonZero(clean.trainIds == label));
    cv::Mat changed = target.trainIds != clean.trainIds;
    QCOMPARE(cv::norm(changed / 255, target.mask, cv::NORM_INF), 0.0);
  }

  void hidingLowersTheDistanceToItsTarget_data() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks())
      if (info.target != nullptr) QTest::newRow(info.key) << QString(info.key);
  }
  void hidingLowersTheDistanceToItsTarget() {
    const AttackResult result = run({{"alpha", 0.01}, {"iterations", 8}}, {engine_, sample_, {}});
    QCOMPARE(result.iterationsDone, 8);
    QVERIFY(result.iterations.back().objective < result.iterations.front().objective);
  }

  void hidingWhatIsNotThereSaysSo() {
    const Prediction clean = engine_.predict(sample_.image);
    std::string absent;
    for (std::size_t c = 0; c < cityscapesClasses()->semantic.size(); ++c)
      if (cv::countNonZero(clean.trainIds == static_cast<double>(c)) == 0)
        absent = cityscapesClasses()->semantic[c].name;
    const AttackInfo& hide = attackByKey("hide-depth");
    const AttackResult result =
        hide.run({engine_, sample_, {}}, *optionsOf(hide, {{"category", absent}}), {}, {});
    QVERIFY(same(result.image, sample_.image));
    QVERIFY(result.notes.at(0).find("nothing to hide") == 0);
  }

  void targetedAttackStandsStillAtItsTarget() {
    // A prediction that the depth map equals already: the hidden category has its neighbour's
    // depth.
    const at::Tensor clean = at::full({1, 3, 4, 4}, 9.f);
    GradientSettings settings;
    settings.iterations = 3;
    settings.descend = true;
    const AttackResult result = runGradientAttack(
        [](const at::Tensor& pixels) {
          const at::Tensor squares = at::square(pixels - 9).mean();
          return ObjectiveValue{squares.item<double>() > 0 ? squares.sqrt() : squares, {}};
        },
        NormBall(clean, Norm::linf, 4), settings, {}, {});
    QCOMPARE(result.norms.l0, std::int64_t{0});
  }

  void swapIsAnInvolution() {
    const WrongClasses wrong = swapOf(8, 0, 2);
    for (int c = 0; c < 8; ++c) {
      const int other = wrong[static_cast<std::size_t>(c)];
      QCOMPARE(other >= 0, c == 0 || c == 2);
      if (other >= 0) QCOMPARE(wrong[static_cast<std::size_t>(other)], c);
    }
    QVERIFY_EXCEPTION_THROWN(swapOf(8, 3, 3), Error);
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      const WrongClasses drawn = randomWrong(19, seed);
      for (int c = 0; c < 19; ++c) {
        QVERIFY(drawn[static_cast<std::size_t>(c)] != c);
        QVERIFY(drawn[static_cast<std::size_t>(c)] >= 0 && drawn[static_cast<std::size_t>(c)] < 19);
      }
    }
  }

  void dagEqualsAPlainLoop() {
    const AttackInfo& dag = attackByKey("dag-segmentation");
    // Road and sidewalk: the labels of the sample; the network predicts something of its own, so
    // the first class is one that it predicts.
    const int first = cityscapesClasses()->semanticByName(category_);
    const int second = first == 0 ? 1 : 0;
    Sample sample = sample_;
    sample.trainIds = engine_.predict(sample.image).trainIds;
    const AttackResult result = dag.run(
        {engine_, sample, {}},
        *optionsOf(
            dag, {{"first", category_},
                  {"second", cityscapesClasses()->semantic[static_cast<std::size_t>(second)].name},
                  {"iterations", 3}}),
        {}, {});
    const Network& network = engine_.network();
    at::Tensor x = pixelsFromImage(sample.image);
    for (int m = 0; m < 3; ++m) {
      const at::AutoGradMode mode(true);
      at::Tensor input = x.detach().requires_grad_(true);
      const at::Tensor logits =
          network.forward(normalise(input), TaskSet().add(Task::segment)).segment[0];
      at::Tensor sum = at::zeros({});
      int active = 0;
      const at::Tensor predicted = logits.argmax(0);
      for (int v = 0; v < kSize.height; ++v)
        for (int u = 0; u < kSize.width; ++u) {
          const int label = sample.trainIds.at<uchar>(v, u);
          if ((label != first && label != second) || predicted[v][u].item<int>() != label) continue;
          sum = sum + logits[label == first ? second : first][v][u] - logits[label][v][u];
          ++active;
        }
      const AttackIteration& iteration = result.iterations[static_cast<std::size_t>(m)];
      QCOMPARE(iteration.losses.at("active targets"), static_cast<double>(active));
      QVERIFY(std::abs(iteration.objective - sum.item<double>()) <=
              1e-5 * std::abs(sum.item<double>()) + 1e-3);
      sum.backward();
      const at::Tensor& r = input.grad();
      x = (x + 0.5 * r / r.abs().max()).clamp(0, 255).detach();
    }
  }

  // Every location by hand: assigned class, else the likelier of the two; active while arg-max.
  void dagTargetsOfTheDetectionHead() {
    const AttackInfo& dag = attackByKey("dag-detection");
    const AttackResult result = dag.run(
        {engine_, sample_}, *optionsOf(dag, {{"threshold", 0.0}, {"iterations", 1}}), {}, {});
    const at::NoGradGuard noGrad;
    const RawOutputs outputs = engine_.network().forward(normalise(pixelsFromImage(sample_.image)),
                                                         TaskSet().add(Task::detect));
    std::vector<std::array<std::int64_t, 2>> levels;
    for (const at::Tensor& level : outputs.cls) levels.push_back({level.size(2), level.size(3)});
    const at::Tensor assigned = assignLocations(makeTargets({&sample_}, {}, 0), levels).labels;
    std::int64_t location = 0;
    int active = 0;
    double sum = 0;
    for (const at::Tensor& level : outputs.cls)
      for (std::int64_t y = 0; y < level.size(2); ++y)
        for (std::int64_t x = 0; x < level.size(3); ++x, ++location) {
          const auto logit = [&](int c) { return level[0][c][y][x].item<double>(); };
          int label = static_cast<int>(assigned[location].item<std::int64_t>()) - 1;
          if (label < 0) label = logit(0) >= logit(2) ? 0 : 2;
          if (label != 0 && label != 2) continue;
          int likeliest = 0;
          for (int c = 1; c < 8; ++c)
            if (logit(c) > logit(likeliest)) likeliest = c;
          if (likeliest != label) continue;
          ++active;
          sum += logit(2 - label) - logit(label);
        }
    QVERIFY(active > 0);
    QCOMPARE(result.iterations[0].losses.at("active targets"), static_cast<double>(active));
    QVERIFY(std::abs(result.iterations[0].objective - sum) <= 1e-4 * std::abs(sum) + 1e-3);
  }

  void diagnosticsSeeWhatWentWrong() {
    const AttackInfo &pgd = attackByKey("pgd"), &hide = attackByKey("hide-depth");
    const auto options = optionsOf(pgd, {{"epsilon", 2}});
    Engine::Evaluated clean, attacked;
    clean.losses = {{"seg", 1.0}};
    attacked.losses = {{"seg", 1.5}};
    attacked.prediction = clean.prediction = engine_.predict(sample_.image);
    AttackResult result;
    result.image = sample_.image + cv::Scalar(2, 2, 0);
    result.norms = measureNorms(sample_.image, result.image);
    result.iterationsDone = 1;
    result.iterations = {{0, 1, 1.0, {{"seg", 1.0}}, {}, 0.5, 0.25},
                         {1, 1, 1.5, {{"seg", 1.5}}, {}}};
    const auto found = [&](const AttackInfo& attack) {
      return diagnose(attack.target != nullptr, *options, sample_.image, result, clean, attacked,
                      attacked.prediction);
    };
    const Diagnostics good = found(pgd);
    QVERIFY(good.warnings.empty());
    QCOMPARE(good.smallestGradient, 0.5);
    QCOMPARE(good.zeroShare, 0.25);
    QVERIFY(good.saturated > 0.6 && good.saturated < 0.67);  // two of three channels, but for 255
    QVERIFY(good.survivesPng.at("segment") && good.survivesPng.at("detect"));
    QCOMPARE(found(hide).warnings.size(), std::size_t{1});  // raised although it is to fall
    result.iterations[0].gradientMax = 0;
    QVERIFY(found(pgd).warnings.at(0).find("exactly zero") != std::string::npos);
    result.iterations[0].gradientMax = 0.5;
    result.iterations[1].objective = 1.00001;
    QVERIFY(found(pgd).warnings.at(0).find("did not move") != std::string::npos);
    result.iterations[1].objective = 0.5;
    attacked.losses["seg"] = 0.5;
    QCOMPARE(found(pgd).warnings.size(), std::size_t{2});
    Prediction other = attacked.prediction;
    other.trainIds = other.trainIds.clone();
    other.trainIds.at<uchar>(0, 0) ^= 1;
    QVERIFY(
        !diagnose(pgd.target != nullptr, *options, sample_.image, result, clean, attacked, other)
             .survivesPng.at("segment"));
  }

  void dagEndsWhenNoTargetIsLeft() {
    const AttackInfo& dag = attackByKey("dag-segmentation");
    Sample sample = sample_;
    sample.trainIds = cv::Mat(kSize, CV_8U, cv::Scalar(kIgnoreLabel));
    const AttackResult result =
        dag.run({engine_, sample, {}}, *optionsOf(dag, nlohmann::json::object()), {}, {});
    QCOMPARE(result.iterationsDone, 0);
    QVERIFY(same(result.image, sample.image));
    QVERIFY(result.notes.at(0).find("no target") == 0);
    QVERIFY_EXCEPTION_THROWN(
        dag.run({engine_, sample_, {}}, *optionsOf(dag, {{"first", "car"}}), {}, {}), Error);
  }

  void iterationRuleOfThePaper() {
    const std::vector<std::pair<double, int>> expected{{0, 0}, {0.25, 1}, {0.5, 1}, {1, 2},  {2, 3},
                                                       {4, 5}, {8, 10},   {16, 20}, {32, 36}};
    for (const auto& [epsilon, iterations] : expected) QCOMPARE(iterationRule(epsilon), iterations);
  }

  void everyObjectiveRises_data() {
    QTest::addColumn<QString>("objective");
    for (const ObjectiveInfo& info : objectives()) QTest::newRow(info.key) << QString(info.key);
    QTest::newRow("custom") << QString("custom");
  }
  void everyObjectiveRises() {
    const QFETCH(QString, objective);
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample_, {}},
                *optionsOf(pgd, {{"objective", objective.toStdString()}, {"epsilon", 4}}), {}, {});
    QCOMPARE(result.iterationsDone, 5);
    QVERIFY(result.iterations.back().objective > result.iterations.front().objective);
    QVERIFY(result.notes.empty());
  }

  void lossesWithoutTargetAreLeftOut() {
    Sample sample = sample_;
    for (Instance& instance : sample.instances) instance.depthMetres = -1;
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, sample, {}}, *optionsOf(pgd, {{"objective", "geometric"}}), {}, {});
    QCOMPARE(result.notes.size(), std::size_t{1});
    QVERIFY(result.notes[0].find("id left out") == 0);
    QVERIFY(!result.iterations[0].losses.contains("id"));
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, sample, {}}, *optionsOf(pgd, {{"objective", "id"}}), {}, {}), Error);
  }

  void predictionStandsInForMissingTruth() {
    Sample bare;
    bare.name = "bare";
    bare.image = sample_.image;
    const AttackInfo& pgd = attackByKey("pgd");
    const AttackResult result =
        pgd.run({engine_, bare, {}}, *optionsOf(pgd, {{"objective", "seg"}}), {}, {});
    QVERIFY(!result.notes.empty());
    QVERIFY(result.notes[0].find("stands in") != std::string::npos);
  }

  void voidPixelsHaveNoInfluence() {
    Sample voids = sample_;
    voids.trainIds = cv::Mat(kSize, CV_8U, cv::Scalar(kIgnoreLabel));
    const AttackInfo& pgd = attackByKey("pgd");
    QVERIFY_EXCEPTION_THROWN(
        pgd.run({engine_, voids, {}}, *optionsOf(pgd, {{"objective", "seg"}}), {}, {}), Error);
  }

  void wrongOptionsAreRefused_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    QTest::newRow("negative epsilon") << "epsilon"
                                      << "-1";
    QTest::newRow("no number") << "epsilon"
                               << "two";
    QTest::newRow("not a number") << "epsilon"
                                  << "nan";
    QTest::newRow("unknown objective") << "objective"
                                       << "everything";
    QTest::newRow("unknown norm") << "norm"
                                  << "l7";
    QTest::newRow("unknown option") << "epsilom"
                                    << "1";
  }
  void wrongOptionsAreRefused() {
    const QFETCH(QString, option);
    const QFETCH(QString, value);
    const auto options = attackByKey("pgd").makeOptions();
    QVERIFY_EXCEPTION_THROWN(setOption(*options, option.toStdString(), value.toStdString()), Error);
  }
};

QTEST_APPLESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
