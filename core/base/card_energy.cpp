#include "core/base/card_energy.h"

#include <dlfcn.h>

#include <limits>

#include "core/base/error.h"

namespace uninet {

/// The functions of NVML that are used, by its documentation: all return 0 for success.
struct CardEnergy::Nvml {
  using Card = void*;
  int (*init)() = nullptr;
  int (*shutdown)() = nullptr;
  int (*byBusId)(const char*, Card*) = nullptr;
  int (*energy)(Card, unsigned long long*) = nullptr;
  const char* (*errorText)(int) = nullptr;

  void* library = nullptr;
  bool started = false;
  Card card = nullptr;
  unsigned long long first = 0;  ///< millijoules

  ~Nvml() {
    if (started) shutdown();
    if (library != nullptr) dlclose(library);
  }

  template <class Function>
  bool find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
  }
};

CardEnergy::CardEnergy(const std::string& pciBusId, const std::string& library) {
  auto nvml = std::make_unique<Nvml>();
  nvml->library = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (nvml->library == nullptr) {
    reason_ = concat("the card's energy is not known: ", library, " cannot be loaded");
    return;
  }
  if (!nvml->find(nvml->init, "nvmlInit_v2") || !nvml->find(nvml->shutdown, "nvmlShutdown") ||
      !nvml->find(nvml->byBusId, "nvmlDeviceGetHandleByPciBusId_v2") ||
      !nvml->find(nvml->energy, "nvmlDeviceGetTotalEnergyConsumption") ||
      !nvml->find(nvml->errorText, "nvmlErrorString")) {
    reason_ = concat("the card's energy is not known: ", library, " is too old");
    return;
  }
  const auto failed = [&](int code) {
    if (code != 0) reason_ = concat("the card's energy is not known: ", nvml->errorText(code));
    return code != 0;
  };
  if (failed(nvml->init())) return;
  nvml->started = true;
  if (failed(nvml->byBusId(pciBusId.c_str(), &nvml->card)) ||
      failed(nvml->energy(nvml->card, &nvml->first)))
    return;
  nvml_ = std::move(nvml);
}

CardEnergy::~CardEnergy() = default;

double CardEnergy::joules() {
  if (!nvml_) return std::numeric_limits<double>::quiet_NaN();
  unsigned long long now = 0;
  if (const int code = nvml_->energy(nvml_->card, &now); code != 0) {
    reason_ = concat("the card's energy can no longer be read: ", nvml_->errorText(code));
    nvml_.reset();
    return std::numeric_limits<double>::quiet_NaN();
  }
  return static_cast<double>(now - nvml_->first) / 1e3;
}

}  // namespace uninet
