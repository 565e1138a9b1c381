#include "attacks/registry/contract.h"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/base/pictures.h"
#include "model/network/network.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

constexpr int kEnoughIterations = 6;  ///< of the small network

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

bool has(const AttackInfo& attack, const std::string& key) {
  const auto rows = optionTable(*attack.makeOptions());
  return std::any_of(rows.begin(), rows.end(),
                     [&](const OptionRow& row) { return row.key == key; });
}

bool offers(const AttackInfo& attack, const std::string& key, const std::string& value) {
  const auto rows = optionTable(*attack.makeOptions());
  return std::any_of(rows.begin(), rows.end(), [&](const OptionRow& row) {
    return row.key == key &&
           std::find(row.choices.begin(), row.choices.end(), value) != row.choices.end();
  });
}

Json with(Json values, const Json& more) {
  values.update(more);
  return values;
}

AttackResult run(const AttackInfo& attack, const AttackCase& on, const Json& values,
                 const cv::Mat& region = {}, const Progress& progress = {},
                 const IterationCallback& callback = {}) {
  return attack.run({on.engine, on.sample, region}, *contractOptions(attack, on, values), progress,
                    callback);
}

std::string optionsTravel(const AttackInfo& attack, const AttackCase&, const Json&) {
  const auto options = attack.makeOptions(), copy = attack.makeOptions();
  const Json values = toJson(*options);
  if (values.empty()) return "it has no options";
  fromJson(*copy, values);
  if (toJson(*copy) != values)
    return concat("expected ", values.dump(), ", found ", toJson(*copy).dump());
  if (toJson(*options->clone()) != values) return "a copy has other values";
  if (!has(attack, "epsilon")) return "it has no option epsilon";
  setOption(*copy, "epsilon", "2");
  return toJson(*copy).at("epsilon") == 2 ? "" : "an epsilon that is set is not kept";
}

std::string zeroEpsilonIsClean(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  const AttackResult result = run(attack, on, with(values, {{"epsilon", 0}}));
  if (!same(result.image, on.sample.image)) return "the image differs from the clean one";
  if (result.norms.l0 != 0) return concat("the norm l0 is ", result.norms.l0);
  return {};
}

std::string inputStays(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  const cv::Mat before = on.sample.image.clone();
  run(attack, on, with(values, {{"epsilon", 4}}));
  return same(on.sample.image, before) ? "" : "the image that was given is another afterwards";
}

/// In ball and region at every iteration, and after a PNG.
std::string staysInside(const AttackInfo& attack, const AttackCase& on, const Json& values,
                        const std::string& norm, double epsilon) {
  cv::Mat region = cv::Mat::zeros(on.sample.image.size(), CV_8U);
  region(cv::Rect(20, 10, 60, 50)).setTo(1);
  const std::string at = concat("norm ", norm, ", epsilon ", epsilon, ": ");
  std::string broken;
  int calls = 0;
  const auto look = [&](const cv::Mat& image, const std::string& which) {
    if (!broken.empty()) return;
    if (image.size() != on.sample.image.size() || image.type() != CV_8UC3) {
      broken = concat(at, which, " is no 8-bit RGB image of the size of the input");
      return;
    }
    const Norms norms = measureNorms(on.sample.image, image);
    const double length = norm == "l1"   ? cv::norm(on.sample.image, image, cv::NORM_L1)
                          : norm == "l2" ? norms.l2
                                         : norms.linf;
    if (length > epsilon) {
      broken = concat(at, which, " is ", length, " from the clean image");
      return;
    }
    cv::Mat outside;
    cv::absdiff(on.sample.image, image, outside);
    outside.setTo(0, region);
    if (cv::countNonZero(outside.reshape(1)) != 0)
      broken = concat(at, which, " differs from the clean one outside the region");
  };
  Json chosen{{"norm", norm}, {"epsilon", epsilon}};
  // Steps of 1 come to nothing there.
  if (norm == "l1") chosen.update({{"iterations", 10}, {"alpha", epsilon / 5}});
  const AttackResult result =
      run(attack, on, with(values, chosen), region, {}, [&](const AttackIteration& iteration) {
        ++calls;
        look(iteration.image, concat("the image of iteration ", iteration.iteration));
      });
  look(result.image, "the result");
  if (!broken.empty()) return broken;
  if (calls < 2)
    return concat(at, "expected a call before and after each iteration, found ", calls);
  if (!same(decodePng(encodePng(result.image)), result.image))
    return at + "the result is another after a PNG";
  const Norms norms = measureNorms(on.sample.image, result.image);
  if (norms.l2 != result.norms.l2 || norms.linf != result.norms.linf)
    return concat(at, "the result says l2 ", result.norms.l2, ", measured are ", norms.l2);
  const bool lost =
      std::any_of(result.notes.begin(), result.notes.end(), [](const std::string& note) {
        return note.find("rounding left nothing") != std::string::npos;
      });
  if (lost != (norms.l0 == 0))
    return at + (lost ? "it says that rounding left nothing, which is not so"
                      : "nothing was changed, and no note says so (noteLostToRounding)");
  return {};
}

std::string ballAndRegion(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  std::vector<std::pair<std::string, double>> balls{{"linf", 0.5}, {"linf", 1.5}, {"linf", 4}};
  if (offers(attack, "norm", "l2")) balls.insert(balls.end(), {{"l2", 30}, {"l2", 700}});
  if (offers(attack, "norm", "l1"))
    balls.insert(balls.end(), {{"l1", 0.5}, {"l1", 60}, {"l1", 5000}});
  for (const auto& [norm, epsilon] : balls)
    if (std::string broken = staysInside(attack, on, values, norm, epsilon); !broken.empty())
      return broken;
  return {};
}

std::string sameSeedSameBytes(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  const Json seeded = with({{"epsilon", 3}, {"seed", 7}}, values);
  const AttackResult a = run(attack, on, seeded), b = run(attack, on, seeded);
  return same(a.image, b.image) ? "" : "two runs with the same options differ";
}

/// All weights take part in gradients while it lives; none does afterwards.
class Differentiable {
 public:
  explicit Differentiable(Network& network) : network_(network) { set(true); }
  ~Differentiable() { set(false); }
  Differentiable(const Differentiable&) = delete;
  Differentiable& operator=(const Differentiable&) = delete;

 private:
  void set(bool on) {
    for (WeightEntry& entry : network_.weights.entries())
      if (!entry.buffer) {
        entry.tensor.set_requires_grad(on);
        if (!on) entry.tensor.mutable_grad() = at::Tensor();
      }
  }
  Network& network_;
};

std::string weightsStay(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  Network& network = on.engine.network();
  std::vector<at::Tensor> before;
  for (const WeightEntry& entry : network.weights.entries())
    before.push_back(entry.tensor.detach().clone());
  const Differentiable all(network);
  run(attack, on, with(values, {{"epsilon", 2}}));
  for (std::size_t i = 0; i < before.size(); ++i) {
    const WeightEntry& entry = network.weights.entries()[i];
    if (!at::equal(entry.tensor, before[i])) return concat(entry.key, " is another afterwards");
    if (entry.tensor.grad().defined())
      return concat(entry.key, " has a gradient afterwards (FrozenWeights)");
    if (entry.tensor.requires_grad() == entry.buffer)
      return concat(entry.key, " takes part in gradients no more (FrozenWeights)");
  }
  return {};
}

std::string stopsSoon(const AttackInfo& attack, const AttackCase& on, const Json& values) {
  std::atomic<bool> stop{false};
  int after = 0;
  const AttackResult result = run(attack, on, with(values, {{"epsilon", 8}}), {},
                                  Progress({}, &stop), [&](const AttackIteration& iteration) {
                                    if (stop) ++after;
                                    if (iteration.iteration == 0 || iteration.iteration == 2)
                                      stop = true;
                                  });
  if (after > 1) return concat("it went on for ", after, " iterations");
  if (!result.cancelled) return "the result does not say that it was stopped";
  if (result.iterationsDone >= result.iterationsPlanned)
    return concat("it says that ", result.iterationsDone, " of ", result.iterationsPlanned,
                  " iterations were done");
  if (result.image.empty()) return "there is no image";
  return {};
}

constexpr std::array<ContractRule, 7> kRules{{
    {"options", "options go through JSON, and epsilon is among them", optionsTravel},
    {"zero", "epsilon 0 gives the clean image, bit for bit", zeroEpsilonIsClean},
    {"input", "the image that is given stays as it is", inputStays},
    {"ball", "every image lies in ball, range and region, also after a PNG", ballAndRegion},
    {"seed", "the same options give the same bytes", sameSeedSameBytes},
    {"weights", "weights and their flags stay as they are", weightsStay},
    {"stop", "it stops within one iteration and says so", stopsSoon},
}};

}  // namespace

std::span<const ContractRule> contractRules() { return kRules; }

std::unique_ptr<Options> contractOptions(const AttackInfo& attack, const AttackCase& on,
                                         const Json& values) {
  auto options = attack.makeOptions();
  bool category = false;
  for (const OptionRow& row : optionTable(*options)) {
    // The first names what the network sees; a second one would be another class.
    if (row.type == "class" && row.classKind == ClassKind::semantic && !category) {
      setOption(*options, row.key, on.category);
      category = true;
    }
    if (row.key == "iterations" && parseNumber<double>(row.value).value_or(0) > kEnoughIterations)
      setOption(*options, row.key, std::to_string(kEnoughIterations));
  }
  for (const auto& [key, value] : values.items())
    if (has(attack, key)) fromJson(*options, {{key, value}});
  return options;
}

}  // namespace uninet
