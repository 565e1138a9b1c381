// Pasting as a kernel, against pasteRegion() and cv::resize().
#include <QtTest>
#include <cmath>
#include <cstring>
#include <opencv2/imgproc.hpp>

#include "core/base/random.h"
#include "core/outputs/paste.h"
#include "model/cuda/paste_masks_body.h"
#include "support/cuda_grid.h"

using namespace uninet;

namespace {

constexpr int kGrid = cuda::kMaskGrid;

/// Probabilities; `steps` > 0: only so many values, so that sums come to 0.5 exactly.
cv::Mat maskOf(Random& random, int steps) {
  cv::Mat mask(kGrid, kGrid, CV_32F);
  for (int i = 0; i < kGrid * kGrid; ++i) {
    const double value = random.uniform();
    mask.ptr<float>()[i] =
        static_cast<float>(steps > 0 ? std::round(value * steps) / steps : value);
  }
  return mask;
}

Detection detection(Random& random, float x, float y, float width, float height, int steps = 0) {
  Detection made;
  made.box = {x, y, x + width, y + height};
  made.mask = maskOf(random, steps);
  return made;
}

}  // namespace

class TestCudaPasteMasks : public QObject {
  Q_OBJECT

  static void check(bool card, const std::vector<Detection>& detections, cv::Size size,
                    double scaleX, double scaleY) {
    std::vector<cuda::PastedBox> boxes;
    std::vector<float> grids;
    std::int64_t total = 0, most = 0;
    for (const Detection& d : detections) {
      boxes.push_back(cuda::pastedBox(d.box.x0, d.box.y0, d.box.x1, d.box.y1, scaleX, scaleY,
                                      size.width, size.height));
      boxes.back().offset = total;
      total += boxes.back().pixels();
      most = std::max(most, boxes.back().pixels());
      grids.insert(grids.end(), d.mask.ptr<float>(), d.mask.ptr<float>() + kGrid * kGrid);
    }
    cuda::Values<cuda::PastedBox> places(card, boxes);
    cuda::Values<float> masks(card, grids);
    cuda::Values<std::uint8_t> pixels(
        card, std::vector<std::uint8_t>(static_cast<std::size_t>(total), 9));
    cuda::Values<unsigned> areas(card, std::vector<unsigned>(boxes.size(), 9));
    const cuda::PasteTask task{masks.data(), places.data(), static_cast<int>(boxes.size()),
                               pixels.data(), areas.data()};
    CUDA_RUN(card, pasteMasks, task, most);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      const RegionMask expected = pasteRegion(detections[i], size, scaleX, scaleY);
      const cuda::PastedBox& box = boxes[i];
      QCOMPARE(cv::Rect(box.left, box.top, box.visibleWidth, box.visibleHeight), expected.rect);
      QCOMPARE(std::int64_t{areas.read()[i]}, expected.area);
      for (int y = 0; y < expected.rect.height; ++y)
        QVERIFY(std::memcmp(pixels.read().data() + box.offset +
                                static_cast<std::int64_t>(y) * box.visibleWidth,
                            expected.pixels.ptr(y),
                            static_cast<std::size_t>(box.visibleWidth)) == 0);
    }
  }

 private Q_SLOTS:
  void resizesAsOpenCv() {
    Random random(1);
    const cv::Mat mask = maskOf(random, 0);
    for (const cv::Size size : {cv::Size(1, 1),
                                {1, 40},
                                {40, 1},
                                {2, 3},
                                {7, 7},
                                {14, 14},
                                {14, 28},
                                {28, 14},
                                {13, 14},
                                {28, 28},
                                {27, 29},
                                {56, 56},
                                {61, 97},
                                {300, 211}}) {
      cv::Mat expected;
      cv::resize(mask, expected, size, 0, 0, cv::INTER_LINEAR);
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
          const float found = cuda::resizedGrid(mask.ptr<float>(), size.width, size.height, x, y);
          if (found != expected.at<float>(y, x))
            QFAIL(qPrintable(QString("%1x%2 at (%3, %4): expected %5, found %6")
                                 .arg(size.width)
                                 .arg(size.height)
                                 .arg(x)
                                 .arg(y)
                                 .arg(double{expected.at<float>(y, x)}, 0, 'g', 9)
                                 .arg(double{found}, 0, 'g', 9)));
        }
    }
  }

  void isThatOfOutputs_data() { cuda::addMachines(); }
  void isThatOfOutputs() {
    const QFETCH(bool, card);
    if (card && !cuda::hasCard()) QSKIP("no card");
    Random random(2);
    // Empty, beyond each border, half and whole size of the grid, ties at 0.5, the whole image.
    std::vector<Detection> detections{detection(random, 5, 6, 0, 0),
                                      detection(random, 5, 6, 0.3f, 9),
                                      detection(random, 5, 6, 1, 1),
                                      detection(random, -1, 6, 20, 20),
                                      detection(random, 5, -0.5f, 20, 20),
                                      detection(random, 190, 90, 30, 30),
                                      detection(random, 250, 20, 30, 30),
                                      detection(random, 20, 130, 30, 30),
                                      detection(random, 3, 4, 14, 14, 4),
                                      detection(random, 3, 4, 28, 28, 2),
                                      detection(random, 3.9f, 4.2f, 56, 56, 2),
                                      detection(random, 0, 0, 200, 100)};
    while (detections.size() < 100)
      detections.push_back(detection(
          random, static_cast<float>(random.uniform(-10, 190)),
          static_cast<float>(random.uniform(-5, 95)), static_cast<float>(random.uniform(0, 90)),
          static_cast<float>(random.uniform(0, 60)), static_cast<int>(random.below(5))));
    check(card, detections, {200, 100}, 1, 1);
    check(card, detections, {400, 200}, 2, 2);
    check(card, detections, {257, 77}, 257. / 200, 0.77);
    check(card, {}, {10, 10}, 1, 1);
  }
};

QTEST_APPLESS_MAIN(TestCudaPasteMasks)
#include "tst_cuda_paste_masks.moc"
