#include <malloc.h>
#include <unistd.h>

#include <QtTest>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <vector>

#include "core/base/memory.h"

using namespace uninet;

namespace {

/// proc(5): size and resident set, in pages.
std::int64_t residentBytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0, resident = 0;
  file >> size >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

}  // namespace

class TestMemory : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatWasFreedGoesBack() {
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__)
    QSKIP("the memory of this build is not glibc's");
#else
    // As configureCompute() sets it: freed memory stays with the program.
    mallopt(M_MMAP_THRESHOLD, 1 << 30);
    mallopt(M_TRIM_THRESHOLD, 2147483647);
    constexpr std::size_t kBlock = 1 << 20;
    constexpr std::int64_t kAll = 128 * static_cast<std::int64_t>(kBlock);
    const std::int64_t before = residentBytes();
    std::vector<void*> blocks;
    for (int i = 0; i < 128; ++i) {
      blocks.push_back(std::malloc(kBlock));
      std::memset(blocks.back(), i, kBlock);
    }
    void* last = std::malloc(64);  // the heap cannot just end earlier
    for (void* block : blocks) std::free(block);
    QVERIFY(residentBytes() - before > kAll * 9 / 10);
    giveBackMemory();
    QVERIFY(residentBytes() - before < kAll / 10);
    std::free(last);
#endif
  }
};

QTEST_APPLESS_MAIN(TestMemory)
#include "tst_memory.moc"
