#include "core/base/launcher.h"

#include <array>
#include <cstdlib>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

struct Launcher {
  const char* name;
  const char* rank;
  const char* size;
  /// Without it the other two mean nothing; nullptr: they are enough.
  const char* needs;
  /// What tells one start from another.
  std::array<const char*, 4> job;
};

/// From the innermost.
constexpr std::array<Launcher, 4> kLaunchers{{
    {"torchrun",
     "RANK",
     "WORLD_SIZE",
     nullptr,
     {"TORCHELASTIC_RUN_ID", "TORCHELASTIC_RESTART_COUNT", "MASTER_ADDR", "MASTER_PORT"}},
    {"mpirun",
     "OMPI_COMM_WORLD_RANK",
     "OMPI_COMM_WORLD_SIZE",
     nullptr,
     {"PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid", nullptr, nullptr}},
    {"mpiexec", "PMI_RANK", "PMI_SIZE", nullptr, {"PMI_JOBID", nullptr, nullptr, nullptr}},
    {"srun",
     "SLURM_PROCID",
     "SLURM_STEP_NUM_TASKS",
     "SLURM_STEP_ID",
     {"SLURM_JOB_ID", "SLURM_STEP_ID", nullptr, nullptr}},
}};

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

int number(const char* name, int least, int most) {
  const std::string text = variable(name);
  const auto value = parseNumber<int>(text);
  if (!value || *value < least || *value > most)
    throw Error(concat(name, ": expected a whole number from ", least, " to ", most, ", found \"",
                       text, "\""));
  return *value;
}

}  // namespace

std::optional<RankPlace> rankFromEnvironment() {
  for (const Launcher& launcher : kLaunchers) {
    if (variable(launcher.rank).empty() || variable(launcher.size).empty()) continue;
    if (launcher.needs != nullptr && variable(launcher.needs).empty()) continue;
    RankPlace place;
    place.launcher = launcher.name;
    place.size = number(launcher.size, 1, kMostRanks);
    place.rank = number(launcher.rank, 0, place.size - 1);
    for (const char* name : launcher.job)
      if (name != nullptr && !variable(name).empty())
        place.job += concat(place.job.empty() ? "" : " ", variable(name));
    if (&launcher == &kLaunchers.front()) {
      place.address = variable("MASTER_ADDR");
      // A torchrun that has a store of its own listens there itself.
      if (!variable("MASTER_PORT").empty() && variable("TORCHELASTIC_USE_AGENT_STORE") != "True")
        place.port = number("MASTER_PORT", 1, 65535);
    }
    return place;
  }
  return std::nullopt;
}

}  // namespace uninet
