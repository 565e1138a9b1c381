#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <QtTest>

#include "model/network/bilinear.h"

using namespace uninet;

class TestBilinear : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // ATen's own forward and backward are the reference.
  void equalsAten_data() {
    QTest::addColumn<QList<qint64>>("sizes");
    QTest::newRow("x4") << QList<qint64>{6, 9, 24, 36};
    QTest::newRow("odd") << QList<qint64>{4, 7, 9, 16};
    QTest::newRow("down") << QList<qint64>{20, 12, 5, 6};
    QTest::newRow("one row") << QList<qint64>{1, 2, 3, 8};
  }
  void equalsAten() {
    QFETCH(QList<qint64>, sizes);
    const at::Tensor base = at::randn({2, 3, sizes[0], sizes[1]});
    const at::Tensor a = base.clone().requires_grad_(true), b = base.clone().requires_grad_(true);
    const std::array<std::int64_t, 2> out{sizes[2], sizes[3]};
    const at::Tensor expected = at::upsample_bilinear2d(a, out, false);
    const at::Tensor found = resizeBilinear(b, sizes[2], sizes[3]);
    QVERIFY(at::equal(expected, found));
    const at::Tensor g = at::randn(expected.sizes());
    QVERIFY(at::allclose(torch::autograd::grad({found}, {b}, {g})[0],
                         torch::autograd::grad({expected}, {a}, {g})[0], 1e-5, 1e-5));
  }
};

QTEST_APPLESS_MAIN(TestBilinear)
#include "tst_bilinear.moc"
