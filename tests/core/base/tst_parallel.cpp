#include <QtTest>
#include <atomic>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/base/parallel.h"

using namespace uninet;

class TestParallel : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void everyTaskIsCalledOnce() {
    std::vector<std::atomic<int>> calls(100);
    std::vector<std::function<void()>> tasks;
    for (auto& count : calls) tasks.emplace_back([&count] { ++count; });
    runParallel(tasks);
    for (const auto& count : calls) QCOMPARE(count.load(), 1);
    runParallel({});
  }

  // Whichever thread is faster, it is the same error; and the others are done.
  void theFirstFailureOfTheListIsThrown() {
    std::atomic<int> done{0};
    std::vector<std::function<void()>> tasks;
    for (int i = 0; i < 20; ++i)
      tasks.emplace_back([i, &done] {
        ++done;
        if (i == 7 || i == 8 || i == 19) throw Error("task " + std::to_string(i));
      });
    try {
      runParallel(tasks);
      QFAIL("no error");
    } catch (const Error& error) {
      QCOMPARE(std::string(error.what()), std::string("task 7"));
    }
    QCOMPARE(done.load(), 20);
  }

  void threadsFollowTheEnvironment() {
    const auto asked = [](const char* value) {
      qputenv("OMP_NUM_THREADS", value);
      return defaultThreads();
    };
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    QCOMPARE(asked("3"), 3);
    QCOMPARE(asked("4,2"), 4);
    QCOMPARE(asked("0"), cores);
    QCOMPARE(asked("many"), cores);
    qunsetenv("OMP_NUM_THREADS");
    QCOMPARE(defaultThreads(), cores);
  }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
