#include "model/plan/layout.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace uninet::plan {
namespace {

constexpr std::size_t kLine = 64;
/// From here on memory is asked of the system itself: it comes zeroed, on large pages, when it is
/// first written, by the thread that writes it, and goes back at once.
constexpr std::size_t kMapped = std::size_t{4} << 20;

}  // namespace

void FreeFloats::operator()(float* p) const {
  if (mapped > 0)
    munmap(p, mapped);
  else
    std::free(p);
}

Floats makeFloats(std::size_t count) {
  const std::size_t bytes = std::max(kLine, (count * sizeof(float) + kLine - 1) / kLine * kLine);
  if (bytes >= kMapped) {
    void* p = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) throw std::bad_alloc();
    madvise(p, bytes, MADV_HUGEPAGE);  // where there are none, small ones do
    return Floats(static_cast<float*>(p), FreeFloats{bytes});
  }
  auto* p = static_cast<float*>(std::aligned_alloc(kLine, bytes));
  if (p == nullptr) throw std::bad_alloc();
  std::fill_n(p, bytes / sizeof(float), 0.f);
  return Floats(p);
}

}  // namespace uninet::plan
