#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/device_flag.h"
#include "app/plugins.h"
#include "attacks/registry/contract.h"
#include "core/base/error.h"

namespace uninet {
namespace {

/// The last attacks of the registry are those of plugins.
std::vector<const AttackInfo*> chosen(const std::vector<std::string>& keys, std::size_t builtIn) {
  std::vector<const AttackInfo*> found;
  for (const std::string& key : keys) found.push_back(&attackByKey(key));
  if (!keys.empty()) return found;
  const auto all = attacks();
  for (const AttackInfo& info : all.subspan(builtIn < all.size() ? builtIn : 0))
    found.push_back(&info);
  return found;
}

/// What an attack throws breaks the rule as well.
std::string brokenBy(const ContractRule& rule, const AttackInfo& attack, const AttackCase& on) {
  try {
    return rule.broken(attack, on, nlohmann::json::object());
  } catch (const std::exception& error) {
    return concat("it failed: ", sentenceOf(error));
  }
}

void check(const std::vector<std::string>& keys) {
  AttackCase on;
  on.engine = on.engine.onDevice(chosenDevice());
  int broken = 0, all = 0;
  for (const AttackInfo* attack : chosen(keys, builtInAttacks())) {
    std::printf("%s: %s\n", attack->key, attack->title);
    for (const ContractRule& rule : contractRules()) {
      const std::string failure = brokenBy(rule, *attack, on);
      ++all;
      if (failure.empty()) {
        std::printf("  ok      %s\n", rule.title);
        continue;
      }
      ++broken;
      std::printf("  BROKEN  %s: %s\n", rule.title, failure.c_str());
    }
  }
  if (broken > 0) throw Error(concat(broken, " of ", all, " rules are broken, see above"));
}

}  // namespace

void addCheckAttackCommand(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "check-attack",
      "Whether attacks keep the rules that all keep: ball, region, seed, stopping, weights");
  const auto keys = std::make_shared<std::vector<std::string>>();
  command->add_option("attack", *keys,
                      "Keys of attacks; default: those of the plugins, without a plugin all");
  addPluginFlag(*command);
  command->callback([keys] { check(*keys); });
}

}  // namespace uninet
