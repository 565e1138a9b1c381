#include "model/plan/kernels.h"

#include <cstdlib>
#include <string>

namespace uninet::plan {

const Kernels* kernels() {
  static const Kernels* const kChosen = []() -> const Kernels* {
    const char* most = std::getenv("ATEN_CPU_CAPABILITY");
    const std::string allowed = most != nullptr ? most : "avx512";
    if (allowed == "default") return nullptr;
    const bool avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    if (avx512 && allowed != "avx2") return kernelsAvx512();
    const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    return avx2 ? kernelsAvx2() : nullptr;
  }();
  return kChosen;
}

}  // namespace uninet::plan
