#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "model/network/group_norm.h"

using namespace uninet;

class TestGroupNorm : public QObject {
  Q_OBJECT

  static double off(const at::Tensor& found, const at::Tensor& right) {
    return ((found - right).abs().max() / right.abs().max()).item<double>();
  }

 private Q_SLOTS:
  // Against ATen's own in double.
  void likeAten_data() {
    QTest::addColumn<QList<qint64>>("shape");
    QTest::addColumn<int>("groups");
    QTest::addColumn<bool>("channelsLast");
    QTest::newRow("a head") << QList<qint64>{4, 128, 16, 32} << 32 << true;
    QTest::newRow("odd sizes") << QList<qint64>{3, 15, 7, 11} << 5 << true;
    QTest::newRow("a group of all channels") << QList<qint64>{1, 6, 5, 50} << 1 << true;
    QTest::newRow("a group for each channel") << QList<qint64>{2, 8, 9, 3} << 8 << true;
    QTest::newRow("planes") << QList<qint64>{2, 8, 9, 3} << 4 << false;
  }
  void likeAten() {
    QFETCH(QList<qint64>, shape);
    QFETCH(int, groups);
    QFETCH(bool, channelsLast);
    at::manual_seed(1);
    const at::AutoGradMode mode(true);
    const auto format =
        channelsLast ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
    const std::vector<std::int64_t> sizes(shape.begin(), shape.end());
    // Off zero, where sums lose most.
    const at::Tensor x = (3 * at::randn(sizes) + 2).contiguous(format).requires_grad_(true);
    const at::Tensor scale = at::randn({sizes[1]}).requires_grad_(true);
    const at::Tensor shift = at::randn({sizes[1]}).requires_grad_(true);
    const at::Tensor above = at::randn(sizes).contiguous(format);
    std::vector<at::Tensor> exact;
    for (const at::Tensor& tensor : {x, scale, shift})
      exact.push_back(tensor.detach().to(at::kDouble).requires_grad_(true));

    const at::Tensor found = groupNorm(x, groups, scale, shift);
    const at::Tensor right = at::group_norm(exact[0], groups, exact[1], exact[2], 1e-5, false);
    QVERIFY(off(found, right) < 1e-6);
    const auto gradients = torch::autograd::grad({found}, {x, scale, shift}, {above});
    const auto expected = torch::autograd::grad({right}, exact, {above.to(at::kDouble)});
    for (std::size_t i = 0; i < expected.size(); ++i)
      QVERIFY2(off(gradients[i], expected[i]) < 1e-5, std::to_string(i).c_str());
    QCOMPARE(gradients[0].is_contiguous(format), true);
  }

  void theSameForAnyNumberOfThreads() {
    at::manual_seed(2);
    const at::AutoGradMode mode(true);
    const at::Tensor x =
        at::randn({2, 32, 40, 40}).contiguous(at::MemoryFormat::ChannelsLast).requires_grad_(true);
    const at::Tensor scale = at::ones({32}).requires_grad_(true), shift = at::zeros({32});
    const auto gradients = [&](int threads) {
      at::set_num_threads(threads);
      const at::Tensor y = groupNorm(x, 8, scale, shift);
      return torch::autograd::grad({y}, {x, scale}, {y.detach() * y.detach()});
    };
    const auto one = gradients(1), two = gradients(2);
    for (std::size_t i = 0; i < one.size(); ++i) QVERIFY(one[i].equal(two[i]));
  }
};

QTEST_APPLESS_MAIN(TestGroupNorm)
#include "tst_group_norm.moc"
