#include "app/device_flag.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

#include "app/sources.h"
#include "core/base/error.h"
#include "model/engine/device.h"

namespace uninet {
namespace {

constexpr std::array<const char*, 10> kOnDevices{"attack",   "bench",   "check-attack", "compare",
                                                 "evaluate", "predict", "profile",      "sweep",
                                                 "table1",   "table2"};

std::string g_asked, g_chosen = "cpu";

}  // namespace

void addDeviceFlag(CLI::App& app) {
  app.add_option("--device", g_asked,
                 "What computes networks: cpu (default), cuda (the first card) or cuda:N")
      ->check(notEmpty());
}

void chooseDevice(const std::string& command) {
  if (g_asked.empty()) return;
  g_chosen = checkedDevice(g_asked);
  const bool anywhere = command.empty() || std::find(kOnDevices.begin(), kOnDevices.end(),
                                                     command) != kOnDevices.end();
  if (!anywhere && g_chosen != "cpu")
    throw Error(concat("device ", g_asked, ": '", command,
                       "' computes on the CPU only; leave --device out"));
}

const std::string& chosenDevice() { return g_chosen; }

bool deviceGiven() { return !g_asked.empty(); }

}  // namespace uninet
