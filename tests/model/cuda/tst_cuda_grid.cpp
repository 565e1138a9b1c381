// How kernels of model/cuda go over values, and what is said when one fails.
#include <QtTest>
#include <algorithm>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "model/cuda/failure.h"
#include "support/cuda_grid.h"

using namespace uninet;

namespace {

struct Mark {
  std::vector<int>* visits;
  void operator()(const cuda::Stride& stride) const {
    for (auto i = stride.first; i < stride.end; i += stride.step)
      ++(*visits)[static_cast<std::size_t>(i)];
  }
};

struct Total {
  std::int64_t value;
  void merge(const Total& other) { value += other.value; }
};

struct AddIndex {
  void operator()(const cuda::Stride& stride, Total& total) const {
    for (auto i = stride.first; i < stride.end; i += stride.step) total.value += i;
  }
};

}  // namespace

class TestCudaGrid : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyValueOnce_data() {
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 255, 256, 257, 1024 * 256, 1024 * 256 + 1, 600'000})
      QTest::addRow("%d", count) << count;
  }
  void everyValueOnce() {
    const QFETCH(int, count);
    std::vector<int> visits(static_cast<std::size_t>(count));
    cuda::LoopGrid().each(Mark{&visits}, count);
    QVERIFY(std::all_of(visits.begin(), visits.end(), [](int n) { return n == 1; }));
    std::vector<Total> partials(cuda::kMostBlocks);
    Total total{};
    cuda::LoopGrid().sumEach(AddIndex(), count, partials.data(), &total);
    QCOMPARE(total.value, std::int64_t{count} * (count - 1) / 2);
  }

  void failures() {
    try {
      cuda::fail("stepLinf", "invalid argument", false);
    } catch (const Error& error) {
      QCOMPARE(std::string(error.what()), "the CUDA kernel stepLinf failed: invalid argument");
    }
    try {
      cuda::fail("stepLinf", "out of memory", true);
    } catch (const std::exception& error) {
      QVERIFY(isOutOfMemory(error));
      QVERIFY(sentenceOf(error).find("not enough memory") != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(TestCudaGrid)
#include "tst_cuda_grid.moc"
