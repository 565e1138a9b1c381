#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include <atomic>
#include <limits>
#include <new>
#include <vector>

#include "attacks/registry/registry.h"
#include "attacks/sweep/attack_images.h"
#include "core/base/error.h"
#include "core/data/class_table.h"
#include "model/network/network.h"
#include "support/attack_case.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

/// Images of the same labels and objects.
std::vector<Sample> differentSamples(const Sample& first, int count) {
  std::vector<Sample> samples{first};
  for (int i = 1; i < count; ++i) {
    Sample sample = first;
    cv::flip(first.image, sample.image, i % 2);
    sample.image += cv::Scalar(7 * i, 3 * i, 11 * i);
    samples.push_back(std::move(sample));
  }
  return samples;
}

}  // namespace

/// Several images through the network at once. Gradients in float64, in which rounding changes no
/// pixel: to the bytes of each image by itself.
class TestTogether : public QObject {
  Q_OBJECT

  static constexpr int kImages = 5;
  AttackCase case_;
  Engine precise_;
  std::vector<Sample> samples_;

  std::vector<AttackInput> inputs() const {
    std::vector<AttackInput> inputs;
    for (const Sample& sample : samples_) inputs.push_back({precise_, sample});
    return inputs;
  }

  std::vector<AttackOutcome> together(const std::vector<AttackInput>& inputs,
                                      const AttackInfo& attack, const Options& options,
                                      std::size_t most, const Progress& progress = {}) const {
    std::vector<const AttackInput*> pointers;
    for (const AttackInput& input : inputs) pointers.push_back(&input);
    ImageBatch batch(precise_, most);
    return attackImages(attack, options, pointers, batch, progress,
                        [](std::size_t, const AttackIteration&) {});
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    precise_ = case_.engine.withArithmetic(Arithmetic::float64);
    samples_ = differentSamples(case_.sample, kImages);
  }

  void imagesOfABatchAreThoseOfEachAlone() {
    std::vector<at::Tensor> images;
    for (const Sample& sample : samples_) images.push_back(precise_.pixels(sample.image));
    const at::Tensor batch = at::cat(images).requires_grad_(true);
    const TaskSet all = precise_.spec().tasks;
    const auto parts = imagesOf(precise_.outputs(batch, all));
    QCOMPARE(parts.size(), std::size_t{kImages});
    const auto whole = [](const RawOutputs& outputs) {
      at::Tensor sum = outputs.segment.square().sum() + outputs.depth.sum();
      for (const auto* levels :
           {&outputs.cls, &outputs.reg, &outputs.centerness, &outputs.instDepth, &outputs.instSeg})
        for (const at::Tensor& level : *levels) sum = sum + level.square().sum();
      return sum;
    };
    at::Tensor sum = whole(parts[0]);
    for (std::size_t i = 1; i < parts.size(); ++i) sum = sum + whole(parts[i]);
    const at::Tensor gradient = torch::autograd::grad({sum}, {batch})[0];
    for (int i = 0; i < kImages; ++i) {
      const at::Tensor own = images[static_cast<std::size_t>(i)].detach().requires_grad_(true);
      const RawOutputs outputs = precise_.outputs(own, all);
      const auto& part = parts[static_cast<std::size_t>(i)];
      QCOMPARE(part.segment.size(0), std::int64_t{1});
      QVERIFY(at::allclose(part.segment, outputs.segment, 1e-9, 1e-9));
      QVERIFY(at::allclose(part.cls[2], outputs.cls[2], 1e-9, 1e-9));
      const at::Tensor alone = torch::autograd::grad({whole(outputs)}, {own})[0];
      QVERIFY(alone.abs().max().item<double>() > 0);
      QVERIFY(at::allclose(gradient.narrow(0, i, 1), alone, 1e-6, 1e-9));
    }
  }

  void attacksAreThoseOfEachAlone_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("options");
    const auto add = [](const char* name, const char* key, const char* options) {
      QTest::newRow(name) << QString(key) << QString(options);
    };
    add("fgsm", "fgsm", R"({"epsilon": 2})");
    add("pgd", "pgd", R"({"epsilon": 4})");
    add("geometric", "pgd", R"({"epsilon": 4, "objective": "geometric"})");
    add("l2", "pgd", R"({"epsilon": 300, "alpha": 100, "norm": "l2"})");
    add("momentum", "pgd", R"({"epsilon": 4, "momentum": 1, "nesterov": true})");
    add("restarts", "pgd", R"({"epsilon": 4, "random-start": true, "restarts": 2})");
    add("diversity", "pgd", R"({"epsilon": 4, "diversity": 0.5})");
    add("early stop", "pgd", R"({"epsilon": 8, "alpha": 6, "iterations": 6, "early-stop": 1})");
    add("apgd", "pgd", R"({"epsilon": 4, "rule": "apgd"})");
    add("hide", "hide-segmentation", R"({"epsilon": 4})");
    add("hide from depth", "hide-depth", R"({"epsilon": 4})");
    // These end on their own, each when it has reached its targets.
    add("dag", "dag-segmentation", R"({"gamma": 8, "iterations": 6})");
    add("dag, detection", "dag-detection", R"({"threshold": 0})");
    add("noise", "noise-sign", R"({"epsilon": 4})");
  }

  void attacksAreThoseOfEachAlone() {
    const QFETCH(QString, key);
    const QFETCH(QString, options);
    const AttackInfo& attack = attackByKey(key.toStdString());
    Json values = Json::parse(options.toStdString());
    if (!values.contains("iterations")) values["iterations"] = 3;
    const auto chosen = contractOptions(attack, case_, values);
    const std::vector<AttackInput> all = inputs();
    const auto before = precise_.passes();
    const std::vector<AttackOutcome> found = together(all, attack, *chosen, 3);
    const auto middle = precise_.passes();
    bool changed = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
      QCOMPARE(found[i].problem, std::string());
      const AttackResult alone = attack.run(all[i], *chosen, {}, {});
      const AttackResult& result = found[i].result;
      QVERIFY(same(result.image, alone.image));
      QCOMPARE(result.notes, alone.notes);
      QCOMPARE(result.iterationsDone, alone.iterationsDone);
      QCOMPARE(result.iterations.size(), alone.iterations.size());
      for (std::size_t k = 0; k < alone.iterations.size(); ++k) {
        const AttackIteration &p = result.iterations[k], &q = alone.iterations[k];
        // The last one is of a prediction, which is float32.
        const double near = q.gradientMax < 0 ? 1e-4 : 1e-6;
        QVERIFY2(std::abs(p.objective - q.objective) <= near * std::abs(q.objective),
                 concat(p.objective, " and ", q.objective, " at ", k).c_str());
        QCOMPARE(p.losses.size(), q.losses.size());
        QVERIFY(std::abs(p.gradientMax - q.gradientMax) <= 1e-6 * std::abs(q.gradientMax));
      }
      changed = changed || !same(result.image, samples_[i].image);
    }
    QVERIFY(changed);
    // Five images are a pass of three and one of two, or, when less go on, passes of one.
    const int alone = precise_.passes().gradients - middle.gradients;
    const int shared = middle.gradients - before.gradients;
    if (key == "pgd" && !values.contains("diversity") && !values.contains("early-stop"))
      QCOMPARE(5 * shared, 2 * alone);
    else
      QVERIFY(shared <= alone);
  }

  void passesAreOfOneSizeOrOfOne_data() {
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("images");
    QTest::addColumn<QString>("passes");
    QTest::newRow("one at a time") << 1 << 3 << "0+1/1 1+1/1 2+1/1 ";
    QTest::newRow("as many") << 4 << 4 << "0+4/4 ";
    QTest::newRow("filled up") << 4 << 7 << "0+4/4 4+3/4 ";
    QTest::newRow("few are left") << 4 << 6 << "0+4/4 4+1/1 5+1/1 ";
    QTest::newRow("none") << 4 << 0 << "";
  }

  void passesAreOfOneSizeOrOfOne() {
    const QFETCH(int, most);
    const QFETCH(int, images);
    const QFETCH(QString, passes);
    std::vector<at::Tensor> pixels;
    for (int i = 0; i < images; ++i) pixels.push_back(at::full({1, 3, 2, 2}, i));
    ImageBatch batch(precise_, static_cast<std::size_t>(most));
    QString found;
    batch.each(pixels, [&](const at::Tensor& all, std::size_t first, std::size_t count) {
      found += QString("%1+%2/%3 ").arg(first).arg(count).arg(all.size(0));
      for (std::size_t i = 0; i < count; ++i)
        QCOMPARE(all[static_cast<std::int64_t>(i)].max().item<int>(), static_cast<int>(first + i));
    });
    QCOMPARE(found, passes);
  }

  void withoutMemoryForThemThereAreFewer() {
    std::vector<at::Tensor> pixels(8, at::zeros({1, 3, 2, 2}));
    ImageBatch batch(precise_, 8);
    std::vector<int> seen(8);
    int refused = 0;
    const auto room = [&](std::int64_t most) {
      return [&, most](const at::Tensor& all, std::size_t first, std::size_t count) {
        if (all.size(0) > most) {
          ++refused;
          throw std::bad_alloc();
        }
        for (std::size_t i = 0; i < count; ++i) ++seen[first + i];
      };
    };
    batch.each(pixels, room(3));
    QCOMPARE(seen, std::vector<int>(8, 1));
    QCOMPARE(batch.most(), std::size_t{2});
    QCOMPARE(refused, 2);
    batch.each(pixels, room(3));
    QCOMPARE(refused, 2);
    QVERIFY_EXCEPTION_THROWN(batch.each(pixels, room(0)), std::bad_alloc);
  }

  void memoryRunsOutWhileAttacking() {
    std::vector<GradientAttack> attacks;
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = contractOptions(pgd, case_, {{"epsilon", 2}});
    const std::vector<AttackInput> all = inputs();
    int passes = 0;
    for (const AttackInput& input : all) {
      attacks.push_back(pgd.prepare(input, *options));
      attacks.back().function.of = [&passes, of = attacks.back().function.of](const RawOutputs& o) {
        if (++passes == 3) throw std::runtime_error("CUDA out of memory. Tried to allocate 1 GiB");
        return of(o);
      };
    }
    ImageBatch batch(precise_, 4);
    const auto found = runTogether(precise_, attacks, batch, {});
    QCOMPARE(batch.most(), std::size_t{2});
    for (std::size_t i = 0; i < all.size(); ++i)
      QVERIFY(same(found[i].result.image, pgd.run(all[i], *options, {}, {}).image));
  }

  void aProblemIsOfOneImage() {
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = contractOptions(pgd, case_, {{"epsilon", 2}, {"objective", "id"}});
    std::vector<AttackInput> all = inputs();
    all[1].sample.instances.clear();
    const std::vector<AttackOutcome> found = together(all, pgd, *options, 3);
    QVERIFY(QString::fromStdString(found[1].problem).contains("no object"));
    for (const std::size_t i : {0, 2, 3, 4})
      QVERIFY(same(found[i].result.image, pgd.run(all[i], *options, {}, {}).image));

    // One whose numbers break on the way.
    std::vector<GradientAttack> attacks;
    for (const std::size_t i : {0, 2, 3}) attacks.push_back(pgd.prepare(all[i], *options));
    attacks[1].function.of = [of = attacks[1].function.of](const RawOutputs& outputs) {
      ObjectiveValue value = of(outputs);
      value.value = value.value * std::numeric_limits<double>::quiet_NaN();
      return value;
    };
    ImageBatch batch(precise_, 3);
    const auto outcomes = runTogether(precise_, attacks, batch, {});
    QVERIFY(QString::fromStdString(outcomes[1].problem).contains("not a finite number"));
    QVERIFY(same(outcomes[0].result.image, found[0].result.image));
    QVERIFY(same(outcomes[2].result.image, found[3].result.image));
  }

  void nothingToHideIsNotIterated() {
    const AttackInfo& hide = attackByKey("hide-segmentation");
    const auto options = contractOptions(hide, case_, {{"epsilon", 2}});
    std::vector<AttackInput> all = inputs();
    all[2].clean = precise_.predict(all[2].sample.image);
    // What the network sees in it is nowhere.
    const cv::Mat ids = all[2].clean.trainIds;
    const auto category = static_cast<double>(all[2].clean.classes->semanticByName(case_.category));
    all[2].clean.trainIds.setTo(category > 0 ? 0 : 1, ids == category);
    const std::vector<AttackOutcome> found = together(all, hide, *options, 5);
    QVERIFY(same(found[2].result.image, all[2].sample.image));
    QVERIFY(QString::fromStdString(found[2].result.notes[0]).contains("nothing to hide"));
    QVERIFY(!same(found[0].result.image, all[0].sample.image));
  }

  void stopsTogether() {
    const AttackInfo& pgd = attackByKey("pgd");
    const auto options = contractOptions(pgd, case_, {{"epsilon", 8}});
    std::atomic<bool> stop{false};
    std::vector<const AttackInput*> pointers;
    const std::vector<AttackInput> all = inputs();
    for (const AttackInput& input : all) pointers.push_back(&input);
    ImageBatch batch(precise_, 3);
    int after = 0;
    const auto found = attackImages(pgd, *options, pointers, batch, Progress({}, &stop),
                                    [&](std::size_t i, const AttackIteration& iteration) {
                                      if (stop && i != 0) ++after;
                                      if (i == 0 && iteration.iteration == 1) stop = true;
                                    });
    for (const AttackOutcome& outcome : found) {
      QVERIFY(outcome.result.cancelled);
      QVERIFY(outcome.result.iterationsDone <= 1);
      QVERIFY(!outcome.result.image.empty());
    }
    QVERIFY(after <= kImages);
  }

  void thePlanOfTheProcessorTakesOne() {
    const Engine planned = smallEngine(kSmallSize, false);
    if (planned.arithmetic().at("code path") != "plan") QSKIP("this processor has no plan");
    QCOMPARE(ImageBatch(planned, 1).most(), std::size_t{1});
    QCOMPARE(ImageBatch(planned, 0).most(), std::size_t{1});
    QVERIFY(!ImageBatch(planned, 0).open());
    QVERIFY_EXCEPTION_THROWN(ImageBatch(planned, 2), Error);
  }
};

QTEST_GUILESS_MAIN(TestTogether)
#include "tst_together.moc"
