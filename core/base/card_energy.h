#pragma once

#include <memory>
#include <string>

namespace uninet {

/// Energy of an NVIDIA card as it counts it itself: NVML, which comes with the driver and is loaded
/// when it is asked for. Whatever runs on the card counts.
class CardEnergy {
 public:
  /// `pciBusId` as CUDA tells it: "0000:65:00.0".
  explicit CardEnergy(const std::string& pciBusId,
                      const std::string& library = "libnvidia-ml.so.1");
  ~CardEnergy();

  /// Why nothing can be read, one sentence; empty: it can.
  const std::string& reason() const { return reason_; }
  /// Since this object was made; NaN if it cannot be read, now or from some time on.
  double joules();

 private:
  struct Nvml;
  std::unique_ptr<Nvml> nvml_;
  std::string reason_;
};

}  // namespace uninet
