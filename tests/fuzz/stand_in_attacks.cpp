#include <array>

#include "attacks/registry/registry.h"
#include "core/base/error.h"

// The list of attacks for plans, without what the attacks compute: options of every kind under the
// keys that titles of runs are made from.

namespace uninet {
namespace {

constexpr std::array<Choice, 2> kObjectives{{{"depth", "Depth"}, {"custom", "Custom"}}};

struct PgdOptions : OptionsOf<PgdOptions> {
  std::string objective = "depth", losses, norm = "linf";
  double epsilon = 2;
  std::int64_t seed = 0;
  bool randomStart = false;

  void describe(OptionVisitor& visitor) override {
    visitor.choice({"objective", "Objective", ""}, objective, kObjectives);
    visitor.text({"losses", "Losses", ""}, losses);
    visitor.number({"epsilon", "Epsilon", ""}, epsilon, {0, 255, 1});
    visitor.integer({"seed", "Seed", ""}, seed, {0, 9007199254740992., 1});
    visitor.flag({"random-start", "Random start", ""}, randomStart);
  }
};

struct SwapOptions : OptionsOf<SwapOptions> {
  std::string first = "person", second = "car", category, head, losses;

  void describe(OptionVisitor& visitor) override {
    visitor.className({"first", "First", ""}, first, ClassKind::instance);
    visitor.className({"second", "Second", ""}, second, ClassKind::instance);
    visitor.text({"category", "Category", ""}, category);
    visitor.text({"head", "Head", ""}, head);
    visitor.text({"losses", "Losses", ""}, losses);
  }
};

template <class Struct>
std::unique_ptr<Options> make() {
  return std::make_unique<Struct>();
}

const std::array<AttackInfo, 2> kAttacks{{
    {"pgd", "PGD", "", make<PgdOptions>, nullptr},
    {"dag-detection", "DAG", "", make<SwapOptions>, nullptr},
}};

}  // namespace

std::span<const AttackInfo> attacks() { return kAttacks; }

const AttackInfo& attackByKey(const std::string& key) {
  for (const AttackInfo& attack : kAttacks)
    if (key == attack.key) return attack;
  throw Error(concat("attack: \"", key, "\" is not known"));
}

}  // namespace uninet
