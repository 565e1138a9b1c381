#include "attacks/registry/registry.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <nlohmann/json.hpp>
#include <string_view>

#include "attacks/engine/gradient_attack.h"
#include "attacks/methods/dag.h"
#include "attacks/methods/hiding.h"
#include "attacks/methods/noise.h"
#include "attacks/methods/pgd.h"
#include "core/base/error.h"

namespace uninet {
namespace {

template <class Struct>
std::unique_ptr<Options> make() {
  return std::make_unique<Struct>();
}

template <GradientAttack (*prepare)(const AttackInput&, const Options&)>
AttackResult runPrepared(const AttackInput& input, const Options& options, const Progress& progress,
                         const IterationCallback& callback) {
  return runGradientAttack(input.engine, prepare(input, options), progress, callback);
}

/// An attack that is nothing but the iteration of runGradientAttack().
template <GradientAttack (*prepare)(const AttackInput&, const Options&)>
AttackInfo iterated(const char* key, const char* title, const char* help,
                    std::unique_ptr<Options> (*makeOptions)(),
                    AttackTarget (*target)(const Prediction&, const Options&) = nullptr) {
  return {key, title, help, makeOptions, runPrepared<prepare>, target, prepare};
}

const std::array<AttackInfo, 9> kAttacks{{
    iterated<preparePgd>("pgd", "PGD", "Projected gradient ascent on a loss (paper \u00a74.1).",
                         make<PgdOptions>),
    iterated<prepareFgsm>("fgsm", "FGSM",
                          "One step of length epsilon along the sign of the gradient.",
                          make<FgsmOptions>),
    iterated<prepareHideFromSegmentation>(
        "hide-segmentation", "Hide from segmentation",
        "Fills a category in the predicted label map and descends to that map (paper \u00a74.3).",
        make<SegmentationHidingOptions>, segmentationTarget),
    iterated<prepareHideFromDepth>(
        "hide-depth", "Hide from depth",
        "Fills a category in the predicted depth map and descends to that map (paper \u00a74.3).",
        make<HidingOptions>, depthTarget),
    iterated<prepareDagDetection>(
        "dag-detection", "DAG swap, detection",
        "Dense adversary that swaps two classes at all locations of the detection head (paper "
        "\u00a74.2).",
        make<DagDetectionOptions>),
    iterated<prepareDagSegmentation>(
        "dag-segmentation", "DAG swap, segmentation",
        "Dense adversary that swaps two classes at all pixels of the segmentation head.",
        make<DagSegmentationOptions>),
    iterated<prepareDagUntargeted>(
        "dag-untargeted", "DAG, untargeted",
        "The original dense adversary: each class is driven to another one drawn at random.",
        make<DagUntargetedOptions>),
    {"noise-uniform", "Uniform noise", "Control without gradient: uniform in the ball.",
     make<NoiseOptions>, runUniformNoise},
    {"noise-sign", "Random signs", "Control without gradient: random signs at the ball's surface.",
     make<NoiseOptions>, runSignNoise},
}};

constexpr const char* kConverged3a =
    "Figure 3a with 100 steps of APGD: what it leaves was not for want of steps.";
constexpr const char* kConverged3b =
    "Figure 3b with 100 steps of APGD: what it leaves was not for want of steps.";

constexpr std::array<AttackPreset, 33> kPresets{{
    {"Figure 3a \u00b7 multi-task", "pgd", R"({"objective": "multi-task", "epsilon": 1})"},
    {"Figure 3a \u00b7 semantic", "pgd", R"({"objective": "semantic", "epsilon": 1})"},
    {"Figure 3a \u00b7 geometric", "pgd", R"({"objective": "geometric", "epsilon": 1})"},
    {"Figure 3b \u00b7 classification", "pgd", R"({"objective": "cls", "epsilon": 1})"},
    {"Figure 3b \u00b7 box regression", "pgd", R"({"objective": "reg", "epsilon": 1})"},
    {"Figure 3b \u00b7 centreness", "pgd", R"({"objective": "cent", "epsilon": 1})"},
    {"Figure 3b \u00b7 segmentation", "pgd", R"({"objective": "seg", "epsilon": 1})"},
    {"Figure 3b \u00b7 instance masks", "pgd", R"({"objective": "is", "epsilon": 1})"},
    {"Figure 3b \u00b7 depth", "pgd", R"({"objective": "depth", "epsilon": 1})"},
    {"Figure 3b \u00b7 instance depth", "pgd", R"({"objective": "id", "epsilon": 1})"},
    {"Figure 3a \u00b7 multi-task \u00b7 converged", "pgd",
     R"({"objective": "multi-task", "epsilon": 1, "rule": "apgd"})", kConverged3a},
    {"Figure 3a \u00b7 semantic \u00b7 converged", "pgd",
     R"({"objective": "semantic", "epsilon": 1, "rule": "apgd"})", kConverged3a},
    {"Figure 3a \u00b7 geometric \u00b7 converged", "pgd",
     R"({"objective": "geometric", "epsilon": 1, "rule": "apgd"})", kConverged3a},
    {"Figure 3b \u00b7 classification \u00b7 converged", "pgd",
     R"({"objective": "cls", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 box regression \u00b7 converged", "pgd",
     R"({"objective": "reg", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 centreness \u00b7 converged", "pgd",
     R"({"objective": "cent", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 segmentation \u00b7 converged", "pgd",
     R"({"objective": "seg", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 instance masks \u00b7 converged", "pgd",
     R"({"objective": "is", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 depth \u00b7 converged", "pgd",
     R"({"objective": "depth", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Figure 3b \u00b7 instance depth \u00b7 converged", "pgd",
     R"({"objective": "id", "epsilon": 1, "rule": "apgd"})", kConverged3b},
    {"Hide the people", "hide-segmentation",
     R"({"category": "person", "epsilon": 4, "iterations": 60, "alpha": 0.25})",
     "Figure 4b converged: strength 4, 60 steps of \u00bc."},
    {"Figure 4b \u00b7 hide people from segmentation", "hide-segmentation",
     R"({"category": "person", "epsilon": 2})"},
    {"Figure 4c \u00b7 hide people from depth", "hide-depth",
     R"({"category": "person", "epsilon": 2})"},
    {"Figure 4b \u00b7 converged", "hide-segmentation",
     R"({"category": "person", "epsilon": 2, "rule": "apgd"})",
     "Figure 4b with 100 steps of APGD: what it leaves was not for want of steps."},
    {"Figure 4c \u00b7 converged", "hide-depth",
     R"({"category": "person", "epsilon": 2, "rule": "apgd"})",
     "Figure 4c with 100 steps of APGD: steps of 1 overshoot its target."},
    {"Figure 4c \u00b7 converged, the hidden alone", "hide-depth",
     R"({"category": "person", "epsilon": 2, "rule": "apgd", "omega": 1})",
     "Only the category's pixels have to reach the depth behind them."},
    {"Figure 6 \u00b7 swap person and car", "dag-detection",
     R"({"first": "person", "second": "car"})"},
    {"DAG, untargeted, detection", "dag-untargeted", R"({"head": "detection", "iterations": 150})"},
    {"DAG, untargeted, segmentation", "dag-untargeted",
     R"({"head": "segmentation", "iterations": 200})"},
    {"Segmentation, epsilon 4", "pgd", R"({"objective": "seg", "epsilon": 4})"},
    {"SegPGD", "pgd",
     R"({"objective": "segpgd", "epsilon": 7.65, "alpha": 2.55, "iterations": 20,
         "random-start": true})",
     "Segmentation as in Gu et al. 2022: 20 steps of 0.01 of the range within 0.03 of it."},
    {"CosPGD", "pgd",
     R"({"objective": "cospgd", "epsilon": 7.65, "alpha": 2.55, "iterations": 20,
         "random-start": true})",
     "Segmentation as in Agnihotri et al. 2024: 20 steps of 0.01 of the range within 0.03 of it."},
    {"MI-FGSM", "pgd",
     R"({"objective": "multi-task", "epsilon": 16, "alpha": 1.6, "iterations": 10,
         "momentum": 1})",
     "As in Dong et al. 2018: 10 steps of a tenth of epsilon, decay 1; made to pass on to other "
     "networks."},
}};

/// Grows behind what is there, so that references to entries stay and other threads may read.
template <class Entry>
class Shelf {
 public:
  explicit Shelf(std::span<const Entry> first) { add(first); }

  std::span<const Entry> all() const { return {entries_.data(), count_.load()}; }
  void require(std::size_t more) const {
    if (more > entries_.size() - count_)
      throw Error(concat("there is room for ", entries_.size(), " attacks and as many presets"));
  }
  void add(std::span<const Entry> more) {
    std::copy(more.begin(), more.end(), entries_.begin() + static_cast<std::ptrdiff_t>(count_));
    count_ += more.size();
  }

 private:
  std::array<Entry, 512> entries_{};
  std::atomic<std::size_t> count_{0};
};

Shelf<AttackInfo>& shelf() {
  static Shelf<AttackInfo> shelf(kAttacks);
  return shelf;
}
Shelf<AttackPreset>& presetShelf() {
  static Shelf<AttackPreset> shelf(kPresets);
  return shelf;
}

const AttackInfo* find(std::span<const AttackInfo> attacks, const std::string& key) {
  const auto found = std::find_if(attacks.begin(), attacks.end(),
                                  [&](const AttackInfo& info) { return key == info.key; });
  return found == attacks.end() ? nullptr : &*found;
}

bool isKebabCase(std::string_view key) {
  return !key.empty() && key.front() != '-' && key.back() != '-' &&
         key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == key.npos;
}

void requireUsable(const AttackInfo& info) {
  if (info.key == nullptr || !isKebabCase(info.key))
    throw Error(concat("the key of an attack: expected small letters, digits and hyphens, found \"",
                       info.key == nullptr ? "" : info.key, "\""));
  if (info.title == nullptr || info.help == nullptr || info.makeOptions == nullptr ||
      info.run == nullptr)
    throw Error(concat("attack ", info.key, ": title, help, options and run are all needed"));
  for (const OptionRow& row : optionTable(*info.makeOptions()))
    if (!isKebabCase(row.key))
      throw Error(concat("attack ", info.key, ": the key of an option: expected small letters, ",
                         "digits and hyphens, found \"", row.key, "\""));
}

}  // namespace

std::span<const AttackInfo> attacks() { return shelf().all(); }

std::size_t builtInAttacks() { return kAttacks.size(); }

const AttackInfo* findAttack(const std::string& key) { return find(attacks(), key); }

const AttackInfo& attackByKey(const std::string& key) {
  if (const AttackInfo* found = findAttack(key)) return *found;
  std::string keys;
  for (const AttackInfo& info : attacks())
    keys += (keys.empty() ? "" : ", ") + std::string(info.key);
  throw Error(
      concat("attack: \"", key, "\" is not one of ", keys, "; that of a plugin needs the plugin"));
}

std::unique_ptr<Options> optionsOf(const AttackInfo& attack, const nlohmann::json& values) {
  auto options = attack.makeOptions();
  fromJson(*options, values);
  return options;
}

std::span<const AttackPreset> attackPresets() { return presetShelf().all(); }

void addAttacks(std::span<const AttackInfo> added, std::span<const AttackPreset> presets) {
  for (std::size_t i = 0; i < added.size(); ++i) {
    requireUsable(added[i]);
    if (findAttack(added[i].key) != nullptr || find(added.first(i), added[i].key) != nullptr)
      throw Error(concat("attack ", added[i].key, ": there is one of this key already"));
  }
  for (std::size_t i = 0; i < presets.size(); ++i) {
    const AttackPreset& preset = presets[i];
    if (preset.name == nullptr || preset.attack == nullptr || preset.options == nullptr ||
        preset.help == nullptr)
      throw Error("a preset: name, attack, options and help are all needed");
    const auto all = attackPresets();
    const auto before = presets.first(i);
    const auto alike = [&](const AttackPreset& other) {
      return std::string_view(other.name) == preset.name;
    };
    if (std::any_of(all.begin(), all.end(), alike) ||
        std::any_of(before.begin(), before.end(), alike))
      throw Error(concat("preset \"", preset.name, "\": there is one of this name already"));
    const AttackInfo* info = find(added, preset.attack);
    if (info == nullptr) info = &attackByKey(preset.attack);
    const std::string what = concat("preset \"", preset.name, '"');
    const nlohmann::json options = nlohmann::json::parse(preset.options, nullptr, false);
    if (options.is_discarded()) throw Error(what + ": its options are no JSON");
    fromJson(*info->makeOptions(), options);
  }
  shelf().require(added.size());
  presetShelf().require(presets.size());
  shelf().add(added);
  presetShelf().add(presets);
}

}  // namespace uninet
