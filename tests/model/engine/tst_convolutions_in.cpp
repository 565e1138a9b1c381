#include <ATen/Context.h>

#include <QtTest>

#include <atomic>
#include <thread>
#include <vector>

#include "model/engine/convolutions_in.h"
#include "model/engine/engine.h"

using namespace uninet;

namespace {

bool allowed() { return at::globalContext().allowTF32CuDNN(); }

}  // namespace

/// The one switch of LibTorch for convolutions on cards, shared by threads.
class TestConvolutionsIn : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { at::globalContext().setAllowTF32CuDNN(false); }

  void turnsAndTurnsBackInside() {
    const ConvolutionsIn outer(true);
    QVERIFY(allowed());
    {
      const ConvolutionsIn inner(false);
      QVERIFY(!allowed());
      const ConvolutionsIn nothing(std::nullopt);
      QVERIFY(!allowed());
    }
    QVERIFY(allowed());
  }

  void theProcessorHasNone() {
    NetworkSpec spec;
    spec.width = 0.125;
    spec.size = {160, 128};
    const Engine engine = makeUntrainedEngine(spec, 1);
    const ConvolutionsIn held(true);
    const ConvolutionsIn nothing(engine);
    QVERIFY(allowed());
  }

  void thoseOfOneKindDoNotWait() {
    const ConvolutionsIn held(true);
    std::thread other([] { const ConvolutionsIn same(true); });
    other.join();
    QVERIFY(allowed());
  }

  // Each thread sees its own choice for as long as it holds it, whatever the others want.
  void thoseOfTheOtherKindWait() {
    std::atomic<int> broken{0}, passes{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, tf32 = t % 2 == 0] {
        for (int i = 0; i < 500; ++i) {
          const ConvolutionsIn held(tf32);
          for (int look = 0; look < 20; ++look) {
            if (allowed() != tf32) ++broken;
            std::this_thread::yield();
          }
          ++passes;
        }
      });
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(broken.load(), 0);
    QCOMPARE(passes.load(), 2000);
  }
};

QTEST_APPLESS_MAIN(TestConvolutionsIn)
#include "tst_convolutions_in.moc"
