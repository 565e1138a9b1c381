#include "attacks/sweep/sweep_plan.h"
#include "fuzz.h"

using namespace uninet;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::mayRefuse([&] {
    const SweepPlan plan = planFromJson(fuzz::bytesOf(data, size), "input");
    storedRuns(plan);
    planHash(plan);
  });
  return 0;
}
