#pragma once

#include <torch/version.h>

#include <cstddef>
#include <opencv2/core/version.hpp>
#include <span>

#include "attacks/registry/registry.h"

// What a plugin with attacks includes: a shared library that is compiled against the installed
// headers and loaded with --plugin FILE or from the window. resources/examples/attack_plugin is
// one.

namespace uninet {

/// The program and the libraries whose classes cross the border. UNINET_VERSION comes with the
/// CMake target UniNet::Attack.
inline constexpr const char* kPluginVersion =
    UNINET_VERSION " (LibTorch " TORCH_VERSION ", OpenCV " CV_VERSION ")";

/// Sizes of what crosses the border: other headers of the same version, or another compiler.
inline constexpr std::size_t kPluginLayout =
    ((((sizeof(AttackInfo) * 1009 + sizeof(AttackPreset)) * 1009 + sizeof(AttackInput)) * 1009 +
      sizeof(AttackResult)) *
         1009 +
     sizeof(AttackIteration)) *
        1009 +
    sizeof(OptionInfo);

/// What uninet_attack_plugin() of a plugin returns.
struct AttackPlugin {
  const char* version;  ///< kPluginVersion of its headers; stays the first member
  std::size_t layout;   ///< kPluginLayout of its headers; stays the second
  std::span<const AttackInfo> attacks;
  std::span<const AttackPreset> presets;
};

}  // namespace uninet

/// Once in a plugin, outside of any namespace: arrays of AttackInfo and of AttackPreset (which may
/// be `std::span<const uninet::AttackPreset>()`), both with static storage.
#define UNINET_ATTACK_PLUGIN(attacks, presets)                                              \
  extern "C" __attribute__((visibility("default"))) const uninet::AttackPlugin*             \
  uninet_attack_plugin() {                                                                  \
    static const uninet::AttackPlugin plugin{uninet::kPluginVersion, uninet::kPluginLayout, \
                                             attacks, presets};                             \
    return &plugin;                                                                         \
  }
