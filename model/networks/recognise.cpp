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
    const auto known = tasks();
    const auto task = std::find_if(known.begin(), known.end(),
                                   [&](const TaskInfo& info) { return key == info.key; });
    if (task == known.end())
      throw Error(concat(where, "uninet.tasks: expected task names, found \"", text, "\""));
    found.add(task->task);
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
  if (const std::string text = said("uninet.network"); !text.empty()) {
    const auto known = networks();
    if (std::none_of(known.begin(), known.end(),
                     [&](const NetworkInfo& info) { return text == info.key; }))
      throw Error(concat(where, "uninet.network: \"", text, "\" is no network that is known here"));
    spec.network = text;
  }
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
  NetworkSpec spec;
  const auto channels = [&](const char* key) -> int {
    const auto found = tensors.find(key);
    if (found == tensors.end() || found->second->shape.empty()) return 0;
    const std::int64_t count = found->second->shape[0];
    return count > kMostChannels ? 0 : static_cast<int>(count);
  };
  spec.width = channels("base_net.backbone.base_layer.0.weight") / 16.;
  spec.tasks = TaskSet();
  std::size_t semantic = 0, instance = 0;  // classes of the heads; 0: no such head
  if (const int n = channels("head.seg_head.final_conv.weight"); n > 0) {
    spec.tasks.add(Task::segment);
    semantic = static_cast<std::size_t>(n);
  }
  if (channels("head.depth_head.depth.weight") > 0) spec.tasks.add(Task::depth);
  if (const int n = channels("head.det_head.head.cls_logits.weight"); n > 0) {
    spec.tasks.add(Task::detect);
    instance = static_cast<std::size_t>(n);
  }
  if (const int n = channels("head.det_head.head.inst_seg_logits.weight"); n > 0) {
    spec.tasks.add(Task::instSeg);
    spec.maskCode = n;
  }
  if (channels("head.det_head.head.inst_depth_logits.weight") > 0) spec.tasks.add(Task::instDepth);
  spec.encoder = channels("encoder_decoder.uninet_encoder.stem.stem_1/conv.weight") > 0
                     ? Encoder::released
                     : Encoder::paper;
  const std::string where = file.empty() ? "" : file.string() + ": ";
  if (const auto text = metadata.find("uninet.classes"); text != metadata.end())
    spec.classes = unpackClasses(text->second, where + "uninet.classes");
  else if (spec.classes = classesOfSize(semantic, instance); !spec.classes)
    throw Error(concat(where, "its heads have ", semantic, " semantic and ", instance,
                       " instance classes; known are those of Cityscapes (19 and 8) and NYUv2 (40 "
                       "and 40)"));
  spec.size = spec.classes->networkSize;
  applyMetadata(spec, metadata, where);
  if (spec.tasks.empty() || !(spec.width > 0 && spec.width <= kWidest)) return std::nullopt;
  return spec;
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
