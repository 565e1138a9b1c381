#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "attacks/engine/attack.h"

namespace uninet {

struct GradientAttack;

/// One entry of the registry. An outsider adds a .h/.cpp pair and one line in attacks().
struct AttackInfo {
  const char* key;    ///< pgd, fgsm, hide-segmentation …
  const char* title;  ///< marked for translation
  const char* help;   ///< marked for translation
  std::unique_ptr<Options> (*makeOptions)();
  /// Throws Error (no target for the objective, bad option). Stopping is not an error: the result
  /// is marked as cancelled.
  AttackResult (*run)(const AttackInput&, const Options&, const Progress&,
                      const IterationCallback&);
  /// What it works towards, known before it starts; nullptr: it has no such target.
  AttackTarget (*target)(const Prediction& clean, const Options&) = nullptr;
  /// run() up to its iteration, so that a sweep can compute several images together; nullptr: it is
  /// run on one after the other.
  GradientAttack (*prepare)(const AttackInput&, const Options&) = nullptr;
};
/// Those of the program, then those of plugins. Entries stay where they are as long as the program
/// runs. Any thread.
std::span<const AttackInfo> attacks();
/// How many of them are the program's.
std::size_t builtInAttacks();
/// nullptr: there is none of this key.
const AttackInfo* findAttack(const std::string& key);
/// Throws Error that lists the keys.
const AttackInfo& attackByKey(const std::string& key);
/// Those that `values` names, by key, the others default; throws Error as fromJson().
std::unique_ptr<Options> optionsOf(const AttackInfo& attack, const nlohmann::json& values);

/// A named set of options of an attack ("Figure 3a · ε 1 · semantic").
struct AttackPreset {
  const char* name;  ///< marked for translation
  const char* attack;
  const char* options;    ///< JSON
  const char* help = "";  ///< what the name does not say; marked for translation
};
std::span<const AttackPreset> attackPresets();

/// Adds those of a plugin behind the others; what they point to has to stay. Throws Error if one
/// cannot be used (a key that is taken or no kebab-case, options that cannot be described, a preset
/// that its attack refuses), and adds none then. One thread at a time.
void addAttacks(std::span<const AttackInfo> attacks, std::span<const AttackPreset> presets);

}  // namespace uninet
