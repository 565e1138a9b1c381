#include <QtTest>
#include <new>
#include <opencv2/core.hpp>

#include "core/base/error.h"
#include "core/base/memory.h"

using namespace uninet;

class TestError : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void knowsThatMemoryRanOut() {
    QVERIFY(isOutOfMemory(std::bad_alloc()));
    QVERIFY(isOutOfMemory(std::bad_array_new_length()));
    // What LibTorch 1.13 says on a CPU, and with CUDA.
    QVERIFY(isOutOfMemory(std::runtime_error(
        "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you "
        "tried to allocate 9 bytes. Error code 12 (Cannot allocate memory)\nframe #0: …")));
    QVERIFY(isOutOfMemory(std::runtime_error("CUDA out of memory. Tried to allocate 2.00 GiB")));
    QVERIFY(isOutOfMemory(
        cv::Exception(cv::Error::StsNoMem, "Failed to allocate 9 bytes", "f", "alloc.cpp", 73)));
    QVERIFY(!isOutOfMemory(Error("out of memory.png does not exist")));
    QVERIFY(!isOutOfMemory(std::runtime_error("something else")));
  }

  void saysWhatToDo() {
    const auto sentence = [](const std::exception& error) {
      return QString::fromStdString(sentenceOf(error));
    };
    QVERIFY(sentence(std::runtime_error("can't allocate memory")).contains("smaller network size"));
    QCOMPARE(sentence(Error("file x is bad")), QString("file x is bad"));
    QCOMPARE(sentence(std::runtime_error("odd\nframe #0")),
             QString("this should not have failed, please report it: odd"));
  }
};

QTEST_APPLESS_MAIN(TestError)
#include "tst_error.moc"
