#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "support/thread_ranks.h"

using namespace uninet;

class TestRankGroup : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!RankGroup::available()) QSKIP("this build has no Gloo");
    at::set_num_threads(1);
  }

  void sumsAreOverAllRanks_data() {
    QTest::addColumn<int>("size");
    for (const int size : {2, 3}) QTest::addRow("%d", size) << size;
  }
  void sumsAreOverAllRanks() {
    const QFETCH(int, size);
    std::vector<at::Tensor> sums(static_cast<std::size_t>(size)), copies(sums), parts(sums);
    std::vector<std::int64_t> before(static_cast<std::size_t>(size));
    std::vector<double> numbers(before.size());
    const auto own = [](int rank) { return at::arange(7, at::kFloat) * 0.1 + rank; };
    QCOMPARE(
        onRanks(
            size,
            [&](const RankGroup& group) {
              const auto r = static_cast<std::size_t>(group.rank());
              sums[r] = group.sum(own(group.rank()));
              numbers[r] = group.sum(0.5 + group.rank());
              before[r] = group.sumBefore(10 + group.rank());
              copies[r] = at::full({3}, group.rank() + 5, at::kLong);
              group.fromRankZero(copies[r]);
              parts[r] = group.anyFromRankZero(group.rank() == 0 ? at::ones({2, 3}) : at::Tensor());
            }),
        std::string());
    std::int64_t counted = 0;
    for (int rank = 0; rank < size; ++rank) {
      const auto r = static_cast<std::size_t>(rank);
      at::Tensor expected = at::zeros({7});
      for (int other = 0; other < size; ++other) expected += own(other);
      QVERIFY(at::allclose(sums[r], expected));
      QVERIFY(at::equal(sums[r], sums[0]));
      QCOMPARE(numbers[r], size * 0.5 + size * (size - 1) / 2.);
      QCOMPARE(before[r], counted);
      counted += 10 + rank;
      QVERIFY(at::equal(copies[r], at::full({3}, 5, at::kLong)));
      QVERIFY(at::equal(parts[r], at::ones({2, 3})));
    }
  }

  // A loss that is no sum of the ranks' own, sqrt(Σ a x²) / Σ w: its gradients, of each rank by its
  // own x, are those of one process with all of it. A rank without any weight has none.
  void gradientsAreThoseOfTheWhole() {
    const at::Tensor all = at::arange(1, 7, at::kDouble);
    const auto loss = [](const BatchShare& share, const at::Tensor& x, double weight) {
      const at::Tensor mean = share.lossMean(x.mean(), weight, x);
      return at::sqrt(share.lossSum(at::square(x).sum())) * mean;
    };
    const at::Tensor whole = all.clone().requires_grad_(true);
    // The mean counts the first half only, as the second rank's weight is 0.
    const at::Tensor expected = torch::autograd::grad(
        {at::sqrt(at::square(whole).sum()) * whole.narrow(0, 0, 3).mean()}, {whole})[0];
    std::vector<at::Tensor> gradients(2);
    QCOMPARE(onRanks(2,
                     [&](const RankGroup& group) {
                       const at::Tensor x =
                           all.narrow(0, 3 * group.rank(), 3).clone().requires_grad_(true);
                       gradients[static_cast<std::size_t>(group.rank())] = torch::autograd::grad(
                           {loss(group, x, group.rank() == 0 ? 2 : 0)}, {x})[0];
                     }),
             std::string());
    QVERIFY(at::allclose(at::cat(gradients), expected, 1e-12, 1e-14));
  }

  void lostRankIsSaid() {
    const std::string said = onRanks(
        2,
        [](const RankGroup& group) {
          if (group.rank() == 0) group.sum(1.);
        },
        std::chrono::seconds(20));
    QCOMPARE(said, std::string("a rank was lost, or did not answer in time"));
  }
};

QTEST_APPLESS_MAIN(TestRankGroup)
#include "tst_rank_group.moc"
