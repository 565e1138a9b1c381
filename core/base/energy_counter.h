#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace uninet {

/// Energy of the processor as it counts it itself (RAPL, through Linux's powercap): all its
/// packages, whatever runs on them. Counters wrap around after some minutes of full load, so
/// joules() has to be called more often than that.
class EnergyCounter {
 public:
  explicit EnergyCounter(const std::filesystem::path& folder = "/sys/class/powercap");

  bool readable() const { return reason_.empty(); }
  /// Why nothing can be read, one sentence; empty: it can.
  const std::string& reason() const { return reason_; }
  /// Since this object was made; NaN if it cannot be read, now or from some time on.
  double joules();

 private:
  struct Package {
    std::filesystem::path file;
    std::uint64_t last = 0, range = 0;  ///< microjoules; what follows `range` is 0
  };
  std::vector<Package> packages_;
  double microjoules_ = 0;
  std::string reason_;
};

}  // namespace uninet
