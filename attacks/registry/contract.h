#pragma once

#include <functional>
#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "attacks/registry/registry.h"
#include "attacks/registry/small_case.h"

namespace uninet {

/// Something that every attack keeps (attacks §9).
struct ContractRule {
  const char* key;    ///< kebab-case
  const char* title;  ///< "epsilon 0 gives the clean image, bit for bit"
  /// Empty: kept. Otherwise a sentence that says what was expected and found. What the attack
  /// throws comes through. `values` are set before those of the rule; see contractOptions().
  std::string (*broken)(const AttackInfo&, const AttackCase&, const nlohmann::json& values);
};
std::span<const ContractRule> contractRules();

/// Options for a check on the small case: its category where a class is asked for, few iterations,
/// then `values` as far as the attack has such options.
std::unique_ptr<Options> contractOptions(const AttackInfo& attack, const AttackCase& on,
                                         const nlohmann::json& values);

}  // namespace uninet
