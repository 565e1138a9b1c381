// Batch norm of shares of a batch against LibTorch's of the whole batch.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "model/network/shared_batch_norm.h"
#include "support/thread_ranks.h"

using namespace uninet;

namespace {

struct Norm {
  at::Tensor y, ofX, ofWeight, ofBias, mean, variance;
};

struct Case {
  at::Tensor x, weight, bias, mean, variance, above;
};

/// `share` null: LibTorch's.
Norm normOf(const Case& given, std::int64_t first, std::int64_t count, const BatchShare* share) {
  const auto part = [&](const at::Tensor& map) {
    return map.narrow(0, first, count).clone().contiguous(at::MemoryFormat::ChannelsLast);
  };
  const at::Tensor x = part(given.x).requires_grad_(true);
  const at::Tensor weight = given.weight.clone().requires_grad_(true);
  const at::Tensor bias = given.bias.clone().requires_grad_(true);
  Norm norm;
  norm.mean = given.mean.clone();
  norm.variance = given.variance.clone();
  norm.y = share == nullptr
               ? at::batch_norm(x, weight, bias, norm.mean, norm.variance, true, 0.1, 1e-5, false)
               : sharedBatchNorm(x, weight, bias, norm.mean, norm.variance, 0.1, 1e-5, *share);
  const auto gradients = torch::autograd::grad({norm.y}, {x, weight, bias}, {part(given.above)});
  norm.ofX = gradients[0];
  norm.ofWeight = share == nullptr ? gradients[1] : share->sum(gradients[1]);
  norm.ofBias = share == nullptr ? gradients[2] : share->sum(gradients[2]);
  return norm;
}

}  // namespace

class TestSharedBatchNorm : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!RankGroup::available()) QSKIP("this build has no Gloo");
    at::set_num_threads(1);
  }

  void isThatOfTheWholeBatch_data() {
    QTest::addColumn<int>("ranks");
    QTest::addColumn<int>("side");
    QTest::addColumn<int>("type");
    QTest::addColumn<double>("tolerance");
    const auto row = [](const char* name, int ranks, int side, at::ScalarType type,
                        double tolerance) {
      QTest::newRow(name) << ranks << side << static_cast<int>(type) << tolerance;
    };
    row("double", 2, 6, at::kDouble, 1e-11);
    row("one place an image", 3, 1, at::kDouble, 1e-11);
    row("float", 3, 6, at::kFloat, 1e-5);
    row("bfloat16", 2, 6, at::kBFloat16, 2e-2);
  }
  void isThatOfTheWholeBatch() {
    const QFETCH(int, ranks);
    const QFETCH(int, side);
    const QFETCH(int, type);
    const QFETCH(double, tolerance);
    const auto maps = static_cast<at::ScalarType>(type);
    const at::ScalarType sums = maps == at::kDouble ? at::kDouble : at::kFloat;
    at::manual_seed(3);
    const std::int64_t each = 2, channels = 5;
    Case given;
    // Means far from 0, and another in each image.
    given.x = (at::randn({ranks * each, channels, side, side}, at::kDouble) +
               at::arange(ranks * each, at::kDouble).view({-1, 1, 1, 1}) + 3)
                  .to(maps);
    given.above = at::randn(given.x.sizes(), at::kDouble).to(maps);
    given.weight = (at::rand({channels}, at::kDouble) + 0.5).to(sums);
    given.bias = at::randn({channels}, at::kDouble).to(sums);
    given.mean = at::randn({channels}, at::kDouble).to(sums);
    given.variance = (at::rand({channels}, at::kDouble) + 1).to(sums);
    const Norm whole = normOf(given, 0, ranks * each, nullptr);
    std::vector<Norm> shares(static_cast<std::size_t>(ranks));
    QCOMPARE(onRanks(ranks,
                     [&](const RankGroup& group) {
                       shares[static_cast<std::size_t>(group.rank())] =
                           normOf(given, group.rank() * each, each, &group);
                     }),
             std::string());
    std::vector<at::Tensor> y, ofX;
    for (const Norm& share : shares) {
      y.push_back(share.y);
      ofX.push_back(share.ofX);
      QVERIFY(at::equal(share.mean, shares[0].mean));
      QVERIFY(at::equal(share.variance, shares[0].variance));
    }
    const auto close = [&](const at::Tensor& found, const at::Tensor& right) {
      return at::allclose(found.to(at::kDouble), right.to(at::kDouble), tolerance, tolerance);
    };
    QCOMPARE(shares[0].y.scalar_type(), maps);
    QVERIFY(close(at::cat(y), whole.y));
    QVERIFY(close(at::cat(ofX), whole.ofX));
    const double wider = maps == at::kBFloat16 ? 10 : 1;
    QVERIFY(close(shares[0].ofWeight / wider, whole.ofWeight / wider));
    QVERIFY(close(shares[0].ofBias / wider, whole.ofBias / wider));
    QVERIFY(close(shares[0].mean, whole.mean));
    QVERIFY(close(shares[0].variance, whole.variance));
  }
};

QTEST_APPLESS_MAIN(TestSharedBatchNorm)
#include "tst_shared_batch_norm.moc"
