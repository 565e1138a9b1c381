#pragma once

#include <optional>
#include <string>

namespace uninet {

/// This process among those that a launcher started together.
struct RankPlace {
  int rank = 0, size = 1;
  std::string launcher;  ///< for people: "mpirun"
  /// The same in all of them, and another in every other start as far as the launcher tells.
  std::string job;
  /// Where it wants rank 0 to listen; "" and 0: it does not say.
  std::string address;
  int port = 0;
};

inline constexpr int kMostRanks = 100'000;

/// From the variables of torchrun (RANK, WORLD_SIZE), Open MPI's mpirun (OMPI_COMM_WORLD_RANK,
/// _SIZE), that of MPICH and Intel (PMI_RANK, PMI_SIZE) and srun (SLURM_PROCID with
/// SLURM_STEP_NUM_TASKS): the innermost, where one starts another. A batch script itself, which has
/// SLURM_PROCID but is no step of srun, is none. Throws Error naming a variable that holds no
/// number in range; nullopt: no launcher.
std::optional<RankPlace> rankFromEnvironment();

}  // namespace uninet
