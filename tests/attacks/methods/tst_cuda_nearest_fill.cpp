// The nearest fill as kernels, against that of hiding.
#include <QtTest>
#include <algorithm>

#include "attacks/methods/nearest_fill.h"
#include "core/base/random.h"
#include "model/cuda/nearest_fill_body.h"
#include "support/cuda_grid.h"

using namespace uninet;

namespace {

std::vector<int> sourcesByKernels(bool card, const cv::Mat& mask) {
  cuda::Values<std::uint8_t> given(card, std::vector<std::uint8_t>(mask.datastart, mask.dataend));
  cuda::Values<int> rows(card, mask.total()), sources(card, 2 * mask.total());
  CUDA_RUN(card, nearestOutside, given.data(), mask.rows, mask.cols, rows.data(), sources.data());
  return sources.read();
}

template <class T>
std::vector<T> filledByKernels(bool card, const cv::Mat& map, const std::vector<int>& from) {
  cuda::Values<T> given(card, std::vector<T>(map.ptr<T>(), map.ptr<T>() + map.total())),
      out(card, map.total());
  cuda::Values<int> sources(card, from);
  CUDA_RUN(card, filled, static_cast<const T*>(given.data()),
           static_cast<const int*>(sources.data()), map.rows, map.cols, out.data());
  return out.read();
}

template <class T>
bool same(const std::vector<T>& found, const cv::Mat& expected) {
  return std::equal(found.begin(), found.end(), expected.ptr<T>(),
                    expected.ptr<T>() + expected.total());
}

}  // namespace

class TestCudaNearestFill : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void isThatOfHiding_data() {
    QTest::addColumn<bool>("card");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<double>("masked");
    for (const bool card : cuda::machines())
      for (const auto& [height, width] :
           {std::pair(1, 2), {1, 50}, {50, 1}, {23, 31}, {64, 64}, {130, 257}})
        for (const double masked : {0., 0.5, 0.95, 0.999, 1.})
          QTest::addRow("%s, %dx%d, %g", cuda::nameOf(card), height, width, masked)
              << card << height << width << masked;
  }
  // Of masks at random almost every pixel has ties.
  void isThatOfHiding() {
    const QFETCH(bool, card);
    const QFETCH(int, height);
    const QFETCH(int, width);
    const QFETCH(double, masked);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Random random(static_cast<std::uint64_t>(height * 1000 + width));
    for (int i = 0; i < 5; ++i) {
      cv::Mat mask(height, width, CV_8U), depth(height, width, CV_32F);
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x) {
          mask.at<std::uint8_t>(y, x) = random.chance(masked) ? 255 : 0;
          depth.at<float>(y, x) = static_cast<float>(random.uniform(0, 80));
        }
      mask.at<std::uint8_t>(static_cast<int>(random.below(static_cast<std::uint64_t>(height))),
                            static_cast<int>(random.below(static_cast<std::uint64_t>(width)))) = 0;
      const cv::Mat expected = nearestOutside(mask);
      const std::vector<int> found = sourcesByKernels(card, mask);
      QVERIFY(same(found, expected.reshape(1)));
      QVERIFY(same(filledByKernels<float>(card, depth, found), filled(depth, expected)));
      QVERIFY(same(filledByKernels<std::uint8_t>(card, mask, found), filled(mask, expected)));
    }
  }

  void nothingToFillFrom_data() { cuda::addMachines(); }
  void nothingToFillFrom() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    QCOMPARE(sourcesByKernels(card, cv::Mat::ones(3, 4, CV_8U)), std::vector<int>(24, -1));
  }
};

QTEST_APPLESS_MAIN(TestCudaNearestFill)
#include "tst_cuda_nearest_fill.moc"
