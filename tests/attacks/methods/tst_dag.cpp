#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <QtTest>
#include <array>
#include <cmath>

#include "attacks/methods/dag.h"
#include "core/base/error.h"
#include "model/losses/losses.h"
#include "model/network/network.h"
#include "support/attack_case.h"

using namespace uninet;

class TestDag : public QObject {
  Q_OBJECT

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
      for (int v = 0; v < kSmallSize.height; ++v)
        for (int u = 0; u < kSmallSize.width; ++u) {
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

  void dagEndsWhenNoTargetIsLeft() {
    const AttackInfo& dag = attackByKey("dag-segmentation");
    Sample sample = sample_;
    sample.trainIds = cv::Mat(kSmallSize, CV_8U, cv::Scalar(kIgnoreLabel));
    const AttackResult result =
        dag.run({engine_, sample, {}}, *optionsOf(dag, nlohmann::json::object()), {}, {});
    QCOMPARE(result.iterationsDone, 0);
    QVERIFY(same(result.image, sample.image));
    QVERIFY(result.notes.at(0).find("no target") == 0);
    QVERIFY_EXCEPTION_THROWN(
        dag.run({engine_, sample_, {}}, *optionsOf(dag, {{"first", "car"}}), {}, {}), Error);
  }
};

QTEST_APPLESS_MAIN(TestDag)
#include "tst_dag.moc"
