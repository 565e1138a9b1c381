#include "model/networks/recognise.h"

#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

std::string shapeText(const std::vector<std::int64_t>& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += concat(i > 0 ? ", " : "", shape[i]);
  return text + "]";
}

std::string listText(const char* what, const std::vector<std::string>& keys) {
  if (keys.empty()) return {};
  std::string text = concat(what, " (", keys.size(), "): ");
  for (std::size_t i = 0; i < keys.size(); ++i) text += (i > 0 ? ", " : "") + keys[i];
  return text + ". ";
}

}  // namespace

bool isAuxiliaryEntry(const std::string& key) {
  return key == "mask_code.components" || key == "mask_code.explained_variance" ||
         key == "mask_code.mean";
}

std::optional<NetworkSpec> recogniseNetwork(const CheckpointFile& file) {
  NetworkSpec spec;
  const auto channels = [&](const char* key) -> int {
    const RawTensor* tensor = file.find(key);
    return tensor == nullptr || tensor->shape.empty() ? 0 : static_cast<int>(tensor->shape[0]);
  };
  spec.width = channels("base_net.backbone.base_layer.0.weight") / 16.;
  spec.tasks = TaskSet();
  std::size_t semantic = 0, instance = 0;  // classes of the heads; 0: no such head
  if (const int n = channels("head.seg_head.final_conv.weight"); n > 0) {
    spec.tasks.add(Task::segment);
    semantic = n;
  }
  if (channels("head.depth_head.depth.weight") > 0) spec.tasks.add(Task::depth);
  if (const int n = channels("head.det_head.head.cls_logits.weight"); n > 0) {
    spec.tasks.add(Task::detect);
    instance = n;
  }
  if (const int n = channels("head.det_head.head.inst_seg_logits.weight"); n > 0) {
    spec.tasks.add(Task::instSeg);
    spec.maskCode = n;
  }
  if (channels("head.det_head.head.inst_depth_logits.weight") > 0) spec.tasks.add(Task::instDepth);
  spec.encoder = channels("encoder_decoder.uninet_encoder.stem.stem_1/conv.weight") > 0
                     ? Encoder::released
                     : Encoder::paper;

  const auto said = [&](const char* key) {
    const auto found = file.metadata.find(key);
    return found == file.metadata.end() ? std::string() : found->second;
  };
  if (const std::string text = said("uninet.width"); !text.empty())
    spec.width = parseNumber<double>(text).value_or(0);  // refused below
  if (const std::string text = said("uninet.encoder"); !text.empty())
    spec.encoder = encoderByName(text);
  if (const std::string text = said("uninet.tasks"); !text.empty())
    spec.tasks = TaskSet::parse(text);
  if (const std::string text = said("uninet.classes"); !text.empty())
    spec.classes = unpackClasses(text, "uninet.classes");
  else if (spec.classes = classesOfSize(semantic, instance); !spec.classes)
    throw Error(concat("its heads have ", semantic, " semantic and ", instance,
                       " instance classes; known are those of Cityscapes (19 and 8) and NYUv2 (40 "
                       "and 40)"));
  spec.size = spec.classes->networkSize;
  if (const std::string text = said("uninet.size"); !text.empty())
    spec.size = parseSize(text, "uninet.size");
  if (spec.tasks.empty() || !(spec.width > 0 && spec.width <= 8)) return std::nullopt;
  return spec;
}

KeyReport compareKeys(const CheckpointFile& file, const std::vector<KeyShape>& expected) {
  std::map<std::string, const RawTensor*> found;
  for (const auto& [key, tensor] : file.tensors) found[key] = &tensor;
  KeyReport report;
  std::set<std::string> known;
  for (const KeyShape& key : expected) {
    known.insert(key.key);
    const auto entry = found.find(key.key);
    if (entry == found.end())
      report.missing.push_back(key.key);
    else if (entry->second->shape != key.shape)
      report.misshaped.push_back(concat(key.key, ": expected ", shapeText(key.shape), ", found ",
                                        shapeText(entry->second->shape)));
  }
  for (const auto& [key, tensor] : file.tensors)
    if (known.count(key) == 0 && !isAuxiliaryEntry(key)) report.unexpected.push_back(key);
  return report;
}

std::string KeyReport::text() const {
  std::string text = listText("Missing", missing) + listText("Unexpected", unexpected) +
                     listText("Wrong shape", misshaped);
  if (!text.empty()) text.pop_back();
  return text;
}

}  // namespace uninet
