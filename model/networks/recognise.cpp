#include "model/networks/recognise.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "model/checkpoint/dtype.h"
#include "model/network/network_file.h"
#include "model/networks/registry.h"

namespace uninet {
namespace {

constexpr double kWidest = 8;
constexpr std::int64_t kMostChannels = 1'000'000;

/// Tensors of the weights, also those that are not read.
std::vector<TensorInfo> infosOf(const CheckpointFile& file) {
  std::vector<TensorInfo> infos = file.unread;
  for (const auto& [key, tensor] : file.tensors) infos.push_back({key, tensor.dtype, tensor.shape});
  return infos;
}

KeyedTensors keyed(const std::vector<TensorInfo>& infos) {
  KeyedTensors tensors;
  for (const TensorInfo& info : infos) tensors[info.key] = &info;
  return tensors;
}

std::string listText(const char* what, const std::vector<std::string>& keys) {
  if (keys.empty()) return {};
  std::string text = concat(what, " (", keys.size(), "): ");
  for (std::size_t i = 0; i < keys.size(); ++i) text += (i > 0 ? ", " : "") + keys[i];
  return text + ". ";
}

/// The tasks of uninet.tasks.
TaskSet tasksOf(const std::string& text, const std::string& where) {
  TaskSet found;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view key = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(key.size() + 1, rest.size()));
    const Task* known = nullptr;
    for (const auto list : {tasks(), auxiliaryTasks()})
      for (const TaskInfo& info : list)
        if (key == info.key) known = &info.task;
    if (known == nullptr)
      throw Error(concat(where, "uninet.tasks: expected task names, found \"", text, "\""));
    found.add(*known);
  }
  if ((found.has(Task::instSeg) || found.has(Task::instDepth)) && !found.has(Task::detect))
    throw Error(
        concat(where, "uninet.tasks: inst_seg and inst_depth need detect, found \"", text, "\""));
  return found;
}

/// Values of uninet.* that were written on purpose win over what the shapes say.
void applyMetadata(NetworkSpec& spec, const Metadata& metadata, const std::string& where) {
  const auto said = [&](const char* key) {
    const auto found = metadata.find(key);
    return found == metadata.end() ? std::string() : found->second;
  };
  if (const std::string text = said("uninet.width"); !text.empty()) {
    const auto width = parseNumber<double>(text);
    if (!width || !(*width > 0 && *width <= kWidest))
      throw Error(concat(where, "uninet.width: expected a number up to ", kWidest, ", found \"",
                         text, "\""));
    spec.width = *width;
  }
  if (const std::string text = said("uninet.encoder"); !text.empty()) {
    if (text != encoderName(Encoder::released) && text != encoderName(Encoder::paper))
      throw Error(
          concat(where, "uninet.encoder: expected released or paper, found \"", text, "\""));
    spec.encoder = encoderByName(text);
  }
  if (const std::string text = said("uninet.neck"); !text.empty()) {
    if (text != neckName(Neck::none) && text != neckName(Neck::fpn))
      throw Error(concat(where, "uninet.neck: expected none or fpn, found \"", text, "\""));
    spec.neck = neckByName(text);
  }
  if (const std::string text = said("uninet.tasks"); !text.empty())
    spec.tasks = tasksOf(text, where);
  if (const std::string text = said("uninet.size"); !text.empty())
    spec.size = parseSize(text, where + "uninet.size");
}

/// Type of what stands at a key of the network and is no tensor that is read; "" if nothing does.
std::string unreadType(const CheckpointFile& file, const std::string& key) {
  for (const TensorInfo& info : file.unread)
    if (info.key == key) return info.dtype;
  std::string path = file.weightsKey.empty() ? "" : file.weightsKey + ".";
  path += file.removedPrefix + key;
  for (const OpaqueValue& value : file.opaque)
    if (value.where == path) return value.type;
  return {};
}

}  // namespace

bool isAuxiliaryEntry(std::string_view key) {
  return key == "mask_code.components" || key == "mask_code.explained_variance" ||
         key == "mask_code.mean";
}

bool saysSize(const CheckpointFile& checkpoint) {
  return checkpoint.metadata.count("uninet.size") != 0;
}

std::optional<NetworkSpec> recogniseNetwork(const KeyedTensors& tensors, const Metadata& metadata,
                                            const std::filesystem::path& file) {
  const OutChannels channels = [&](const std::string& key) -> int {
    const auto found = tensors.find(key);
    if (found == tensors.end() || found->second->shape.empty()) return 0;
    const std::int64_t count = found->second->shape[0];
    return count > kMostChannels ? 0 : static_cast<int>(count);
  };
  const std::string where = file.empty() ? "" : file.string() + ": ";
  const auto named = metadata.find("uninet.network");
  const auto known = networks();
  if (named != metadata.end() &&
      std::none_of(known.begin(), known.end(),
                   [&](const NetworkInfo* info) { return named->second == info->key; }))
    throw Error(
        concat(where, "uninet.network: \"", named->second, "\" is no network that is known here"));
  for (const NetworkInfo* info : known) {
    const bool said = named != metadata.end();
    if (said && named->second != info->key) continue;
    Recognised found;
    found.spec.network = info->key;
    found.spec.tasks = {};
    if (!info->recognise(channels, found) && !said) continue;
    NetworkSpec& spec = found.spec;
    if (const auto text = metadata.find("uninet.classes"); text != metadata.end())
      spec.classes = unpackClasses(text->second, where + "uninet.classes");
    else if (spec.classes = classesOfSize(found.semantic, found.instance); !spec.classes)
      throw Error(
          concat(where, "its heads have ", found.semantic, " semantic and ", found.instance,
                 " instance classes; known are those of Cityscapes (19 and 8) and NYUv2 (40 "
                 "and 40)"));
    spec.size = spec.classes->networkSize;
    applyMetadata(spec, metadata, where);
    if (spec.tasks.empty() || !(spec.width > 0 && spec.width <= kWidest)) continue;
    try {
      checkSpec(spec);
    } catch (const Error& error) {
      throw Error(where + error.what());
    }
    return spec;
  }
  return std::nullopt;
}

std::optional<NetworkSpec> recogniseNetwork(const CheckpointFile& checkpoint,
                                            const std::filesystem::path& file) {
  const std::vector<TensorInfo> infos = infosOf(checkpoint);
  return recogniseNetwork(keyed(infos), checkpoint.metadata, file);
}

KeyReport compareKeys(const KeyedTensors& tensors, const std::vector<KeyShape>& expected) {
  KeyReport report;
  std::set<std::string_view> known;
  for (const KeyShape& key : expected) {
    known.insert(key.key);
    const auto entry = tensors.find(key.key);
    if (entry == tensors.end())
      report.missing.push_back(key.key);
    else if (!isReadable(entry->second->dtype))
      report.unread.push_back(concat(key.key, ": ", entry->second->dtype));
    else if (entry->second->shape != key.shape)
      report.misshaped.push_back(concat(key.key, ": expected ", shapeText(key.shape), ", found ",
                                        shapeText(entry->second->shape)));
    else if (!key.integer && !entry->second->dtype.starts_with("float") &&
             entry->second->dtype != "bfloat16")
      report.unread.push_back(
          concat(key.key, ": ", entry->second->dtype, " where floating point is expected"));
    else
      ++report.matching;
  }
  for (const auto& [key, tensor] : tensors)
    if (known.count(key) == 0 && !isAuxiliaryEntry(key) && isReadable(tensor->dtype))
      report.unexpected.emplace_back(key);
  return report;
}

KeyReport compareKeys(const CheckpointFile& file, const std::vector<KeyShape>& expected) {
  const std::vector<TensorInfo> infos = infosOf(file);
  KeyReport report = compareKeys(keyed(infos), expected);
  std::erase_if(report.missing, [&](const std::string& key) {
    const std::string type = unreadType(file, key);
    if (!type.empty()) report.unread.push_back(concat(key, ": ", type));
    return !type.empty();
  });
  return report;
}

std::string KeyReport::text() const {
  std::string text = listText("Missing", missing) + listText("Unexpected", unexpected) +
                     listText("Wrong shape", misshaped) +
                     listText("Of a type that is not read", unread);
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace uninet
