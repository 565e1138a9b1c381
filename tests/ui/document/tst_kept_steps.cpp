#include <QtTest>
#include <algorithm>

#include "ui/document/kept_steps.h"

using namespace uninet;

namespace {

const cv::Size kSize{64, 32};

cv::Mat noise(int type, int seed) {
  cv::Mat mat(kSize, type);
  cv::RNG(static_cast<std::uint64_t>(seed) + 1).fill(mat, cv::RNG::UNIFORM, 0, 200);
  return mat;
}

/// Of iteration `seed`: a picture of noise, so that all steps take the same room.
Prediction prediction(int seed) {
  Prediction p;
  p.image = noise(CV_8UC3, seed);
  p.trainIds = noise(CV_8U, seed);
  return p;
}

KeptSteps::Step step(int iteration, const Prediction& clean) {
  AttackIteration state;
  state.iteration = iteration;
  state.objective = 2.0 * iteration;
  state.losses = {{"seg", 1.0}};
  return KeptSteps::pack(state, prediction(iteration), clean);
}

std::vector<int> numbersOf(const KeptSteps& kept) {
  std::vector<int> numbers;
  for (const KeptSteps::Step& step : kept.steps()) numbers.push_back(step.iteration.iteration);
  return numbers;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace

class TestKeptSteps : public QObject {
  Q_OBJECT

  std::shared_ptr<const Prediction> clean_ = std::make_shared<const Prediction>(prediction(1000));
  std::size_t one_ = step(1, *clean_).bytes();
  /// Room for so many steps.
  KeptSteps roomFor(std::size_t steps) const { return KeptSteps(clean_, steps * one_ + one_ / 2); }

 private Q_SLOTS:
  void whatIsKeptIsTheSameByteByByte() {
    KeptSteps kept = roomFor(5);
    for (int i = 0; i <= 40; ++i) kept.add(step(i, *clean_));
    QVERIFY(kept.steps().size() >= 4);
    for (std::size_t i = 0; i < kept.steps().size(); ++i) {
      const auto found = kept.prediction(static_cast<int>(i));
      const Prediction expected = prediction(kept.steps()[i].iteration.iteration);
      QVERIFY(same(found->image, expected.image));
      QVERIFY(same(found->trainIds, expected.trainIds));
      QVERIFY(kept.steps()[i].iteration.image.empty());
    }
  }

  void theBudgetIsNeverExceeded_data() {
    QTest::addColumn<int>("steps");
    for (const int steps : {3, 4, 7, 16, 33}) QTest::addRow("%d", steps) << steps;
  }
  void theBudgetIsNeverExceeded() {
    const QFETCH(int, steps);
    const auto room = static_cast<std::size_t>(steps);
    KeptSteps kept = roomFor(room);
    for (int i = 0; i <= 200; ++i) {
      kept.add(step(i, *clean_));
      std::size_t sum = 0;
      for (const KeptSteps::Step& one : kept.steps()) sum += one.bytes();
      QCOMPARE(kept.bytes(), sum);
      QVERIFY(sum <= room * one_ + one_ / 2);
      const std::vector<int> numbers = numbersOf(kept);
      QCOMPARE(numbers.front(), 0);
      QCOMPARE(numbers.back(), i);
      // As many as there is room for: nothing is given away.
      QCOMPARE(numbers.size(), std::min(room, static_cast<std::size_t>(i) + 1));
    }
  }

  /// Between what is kept, but for the last, the gaps are one power of two or the next, the wider
  /// ones first.
  void thinningIsEvenAndBeginsWithTheOldest() {
    KeptSteps kept = roomFor(12);
    for (int i = 0; i <= 300; ++i) {
      kept.add(step(i, *clean_));
      const std::vector<int> numbers = numbersOf(kept);
      std::vector<int> gaps;
      for (std::size_t k = 1; k + 1 < numbers.size(); ++k)
        gaps.push_back(numbers[k] - numbers[k - 1]);
      if (gaps.empty()) continue;
      QVERIFY(std::is_sorted(gaps.rbegin(), gaps.rend()));
      QVERIFY(gaps.front() <= 2 * gaps.back());
      QVERIFY(numbers.back() - numbers[numbers.size() - 2] <= gaps.front());
    }
  }

  void theOldestGoFirst() {
    KeptSteps kept = roomFor(6);
    for (int i = 0; i <= 6; ++i) kept.add(step(i, *clean_));
    QCOMPARE(numbersOf(kept), (std::vector<int>{0, 2, 3, 4, 5, 6}));
    kept.add(step(7, *clean_));
    QCOMPARE(numbersOf(kept), (std::vector<int>{0, 2, 4, 5, 6, 7}));
  }

  void aTargetStaysAndCounts() {
    KeptSteps kept = roomFor(5);
    KeptSteps::Step target = step(-1, *clean_);
    const std::size_t without = target.bytes();
    AttackTarget aimed;
    aimed.mask = noise(CV_8U, 1);
    target.target = std::make_shared<const AttackTarget>(aimed);
    QCOMPARE(target.bytes(), without + static_cast<std::size_t>(kSize.area()));
    kept.add(std::move(target));
    for (int i = 0; i <= 50; ++i) kept.add(step(i, *clean_));
    QCOMPARE(kept.steps()[0].iteration.iteration, -1);
    QVERIFY(kept.steps()[0].target != nullptr);
    QCOMPARE(kept.steps()[1].iteration.iteration, 0);
  }

  void aGradientStaysWithItsStepAndCounts() {
    KeptSteps kept = roomFor(40);
    std::size_t without = 0;
    for (int i = 0; i <= 3; ++i) {
      AttackIteration state;
      state.iteration = i;
      without += KeptSteps::pack(state, prediction(i), *clean_).bytes();
      if (i > 0) state.gradient = noise(CV_8U, i);
      kept.add(KeptSteps::pack(state, prediction(i), *clean_));
    }
    QVERIFY(kept.gradient(0).empty());
    for (int i = 1; i <= 3; ++i) {
      QVERIFY(same(kept.gradient(i), noise(CV_8U, i)));
      QVERIFY(kept.steps()[static_cast<std::size_t>(i)].iteration.gradient.empty());
    }
    // Noise does not compress.
    QVERIFY(kept.bytes() >= without + 3 * static_cast<std::size_t>(kSize.area() * 9 / 10));
  }

  void aSmallerBudgetThinsWhatIsThere() {
    KeptSteps kept = roomFor(100);
    for (int i = 0; i <= 64; ++i) kept.add(step(i, *clean_));
    QCOMPARE(kept.steps().size(), std::size_t{65});
    kept.setBudget(5 * one_);
    QCOMPARE(numbersOf(kept), (std::vector<int>{0, 16, 32, 48, 64}));
    kept.setBudget(0);
    QCOMPARE(numbersOf(kept), (std::vector<int>{0, 64}));
  }

  void everyObjectiveIsKnown() {
    KeptSteps kept = roomFor(3);
    for (int i = 0; i <= 20; ++i) kept.add(step(i, *clean_));
    AttackIteration result;  // it has none
    result.iteration = 20;
    kept.add(KeptSteps::pack(result, prediction(20), *clean_));
    QCOMPARE(kept.objectives().size(), std::size_t{21});
    for (int i = 0; i <= 20; ++i)
      QVERIFY((kept.objectives()[static_cast<std::size_t>(i)] == std::pair(i, 2.0 * i)));
  }
};

QTEST_APPLESS_MAIN(TestKeptSteps)
#include "tst_kept_steps.moc"
