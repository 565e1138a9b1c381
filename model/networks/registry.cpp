#include "model/networks/registry.h"

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>

#include <array>

#include "core/base/error.h"
#include "model/networks/blocks.h"

namespace uninet {
namespace {

/// In the order in which they are shown.
constexpr std::array kNetworks{&kUniNet, &kSingleTask, &kMtlBaseline, &kCrossStitch,
                               &kMtan,   &kPadNet,     &kMtiNet};

at::Tensor firstValues(const KeyShape& entry, const at::Generator& generator) {
  at::Tensor value = at::zeros(entry.shape, entry.integer ? at::kLong : at::kFloat);
  switch (entry.first.kind) {
    case FirstValues::Kind::constant:
      return value.fill_(entry.first.value);
    case FirstValues::Kind::uniform:
      return value.uniform_(-entry.first.value, entry.first.value, generator);
    case FirstValues::Kind::normal:
      break;
  }
  return value.normal_(0, entry.first.value, generator);
}

std::string joined(const char* NetworkInfo::*name) {
  std::string all;
  for (const NetworkInfo* info : kNetworks)
    all += (all.empty() ? "" : ", ") + std::string(info->*name);
  return all;
}

CountOps counted(const NetworkSpec& spec, cv::Size size) {
  CountOps ops;
  Value image;
  image.shape = {1, 3, size.height, size.width};
  networkByKey(spec.network).forward(ops, spec, spec.tasks, image);
  return ops;
}

}  // namespace

std::span<const NetworkInfo* const> networks() { return kNetworks; }

const NetworkInfo& networkByKey(const std::string& key) {
  for (const NetworkInfo* info : kNetworks)
    if (key == info->key) return *info;
  throw Error(concat("network: \"", key, "\" is not one of ", networkKeysText()));
}

std::string networkKeysText() { return joined(&NetworkInfo::key); }
std::string networkTitles() { return joined(&NetworkInfo::title); }

void checkSpec(const NetworkSpec& spec) {
  const NetworkInfo& info = networkByKey(spec.network);
  const auto refuse = [&](const std::string& expected) {
    throw Error(concat("tasks of ", info.title, ": expected ", expected, ", found \"",
                       spec.tasks.text(), "\""));
  };
  if (!info.possible.contains(spec.tasks)) refuse("some of " + info.possible.text());
  if (!spec.tasks.contains(info.needed)) refuse("at least " + info.needed.text());
  if (info.oneTask && denseTasks(spec.tasks).size() != 1)
    refuse("one of " + info.possible.text() + ", as it is a network for each task");
  if (spec.tasks.empty()) refuse("at least one of " + info.possible.text());
  if (info.hasNeck && spec.neck == Neck::none && spec.tasks.instances())
    throw Error(concat("neck of ", info.title, ": tasks of objects need fpn, found none"));
  if (!info.hasNeck && spec.neck != Neck::none)
    throw Error(
        concat("neck: ", info.title, " leaves no choice of it, found ", neckName(spec.neck)));
}

std::string specText(const NetworkSpec& spec) {
  const NetworkInfo& info = networkByKey(spec.network);
  std::string text = concat(info.title, ", tasks ", spec.tasks.text());
  if (info.hasEncoder) text += concat(", ", encoderName(spec.encoder), " encoder");
  if (info.hasNeck) text += concat(", neck ", neckName(spec.neck));
  return text + concat(", width ", spec.width);
}

NetworkCost networkCost(const NetworkSpec& spec) { return counted(spec, spec.size).cost(); }

std::vector<KeyShape> networkKeys(const NetworkSpec& spec) {
  return counted(spec, {512, 256}).keys();
}

Network makeNetwork(const NetworkSpec& spec, std::uint64_t seed) {
  checkSpec(spec);
  Network network;
  network.spec = spec;
  network.function = networkByKey(spec.network).forward;
  const at::Generator generator = at::detail::createCPUGenerator(seed);
  for (const KeyShape& entry : networkKeys(spec)) {
    at::Tensor value = firstValues(entry, generator);
    if (value.dim() == 4) value = value.contiguous(at::MemoryFormat::ChannelsLast);
    network.weights.add(entry.key, value, entry.buffer);
  }
  return network;
}

}  // namespace uninet
