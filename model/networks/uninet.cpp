#include <algorithm>
#include <string>

#include "model/networks/blocks.h"
#include "model/networks/network_info.h"

namespace uninet {
namespace {

using std::int64_t;
using std::string;

/// Walks the parts of the network in the order of execution.
class Builder : public Blocks {
 public:
  Builder(Ops& ops, const NetworkSpec& spec) : Blocks(ops, spec), ops_(ops), spec_(spec) {}

  // --- extra encoder (architecture §3) ---

  Value osa(const Value& x, const string& stage, const string& name, int64_t mid, int64_t out) {
    const string key = stage + "." + name;
    std::vector<Value> parts{x};
    for (int i = 0; i < 3; ++i) {
      const string layer =
          key + ".layers." + std::to_string(i) + "." + name + "_" + std::to_string(i);
      parts.push_back(convBnRelu(parts.back(), layer + "/conv", layer + "/norm", mid, 3, 1));
    }
    const string concat = key + ".concat." + name + "_concat";
    const Value z = convBnRelu(ops_.concat(parts), concat + "/conv", concat + "/norm", out, 1, 1);
    return ops_.hardGate(z, ops_.conv(ops_.globalMean(z), key + ".ese.fc", {out, 1, 1, 0, true}));
  }

  std::vector<Value> extraEncoder(const Value& e5) {
    const string key = "encoder_decoder.uninet_encoder.";
    const bool released = spec_.encoder == Encoder::released;
    const int64_t out = channels(released ? 1024 : 512);
    Value x = e5;
    if (released) {
      const string stem = key + "stem.stem_";
      x = convBnRelu(x, stem + "1/conv", stem + "1/norm", channels(64), 3, 2);
      x = convBnRelu(x, stem + "2/conv", stem + "2/norm", channels(64), 3, 1);
      x = convBnRelu(x, stem + "3/conv", stem + "3/norm", channels(128), 3, 2);
    } else {
      x = ops_.maxPool(x, 3, 2, true);
    }
    const Value e6 = ops_.tap("E6", osa(x, key + "stage2", "OSA2_1", channels(64), out));
    const Value e7 = ops_.tap(
        "E7", osa(ops_.maxPool(e6, 3, 2, true), key + "stage3", "OSA3_1", channels(80), out));
    return {e6, e7};
  }

  // --- decoder (architecture §5) ---

  Value decoderBlock(const Value& previous, const Value& skip, int index) {
    const string key = "encoder_decoder.decoder.blocks." + std::to_string(index);
    const int64_t planes = channels(64), out = channels(256);
    const Value up = ops_.resize(previous, skip.height(), skip.width(), Resize::bilinear);
    const Value residual =
        index == 0 ? ops_.conv(up, key + ".input_projection", {out, 1, 1, 0, false}) : up;
    Value y = convBnRelu(ops_.concat({up, skip}), key + ".conv1", key + ".bn1", planes, 1, 1);
    y = convBnRelu(y, key + ".conv2", key + ".bn2", planes, 3, 1);
    y = convBn(y, key + ".conv3", key + ".bn3", out, 1, 1);
    return ops_.relu(ops_.add(y, residual));
  }

  std::vector<Value> decoder(const std::vector<Value>& features) {
    std::vector<Value> maps;
    Value x = features[5];
    for (int i = 0; i < 5; ++i) {
      x = ops_.tap("D" + std::to_string(6 - i), decoderBlock(x, features[4 - i], i));
      maps.push_back(x);
    }
    return maps;
  }

  // --- dense heads (architecture §§6–7; paper Figure 2) ---

  Value fuse(const std::vector<Value>& maps, const string& key, const Value& image, bool bias) {
    std::vector<Value> parts;
    for (int i = 0; i < 5; ++i)
      parts.push_back(ops_.resize(
          ops_.conv(maps[i], key + ".convs." + std::to_string(i), {channels(64), 1, 1, 0, bias}),
          image.height() / 4, image.width() / 4, Resize::bilinear));
    return ops_.concat(parts);
  }

  Value segmentHead(const std::vector<Value>& maps, const Value& image) {
    const string key = "head.seg_head";
    const Value logits = ops_.conv(fuse(maps, key, image, true), key + ".final_conv",
                                   {outputChannels(Task::segment), 1, 1, 0, true});
    return ops_.tap("segment",
                    ops_.resize(logits, image.height(), image.width(), Resize::bilinear));
  }

  Value depthHead(const std::vector<Value>& maps, const Value& image) {
    const string key = "head.depth_head";
    const Value raw = ops_.conv(fuse(maps, key, image, false), key + ".depth", {1, 3, 1, 1, true});
    const bool sigmoid = spec_.classes->depthActivation == DepthActivation::sigmoid;
    const Value p = sigmoid ? ops_.sigmoid(raw) : ops_.relu(raw, true);
    return ops_.tap("depth", ops_.resize(p, image.height(), image.width(), Resize::bilinear));
  }

 private:
  Ops& ops_;
  const NetworkSpec& spec_;
};

/// UniNet (paper §3.1, Figures 1 and 2; architecture §§2–8).
NetworkOutputs forward(Ops& ops, const NetworkSpec& spec, TaskSet wanted, const Value& image) {
  wanted = spec.tasks.common(wanted);
  Builder build(ops, spec);
  NetworkOutputs out;
  std::vector<Value> features = build.backbone(image, "base_net.backbone");
  std::vector<Value> deep, pyramid, decoded;
  if (wanted.dense()) deep = build.extraEncoder(features[3]);
  if (wanted.instances())
    pyramid = build.fpn({features[1], features[2], features[3]}, "encoder_decoder.neck");
  if (wanted.dense()) {
    features.insert(features.end(), deep.begin(), deep.end());
    decoded = build.decoder(features);
  }
  if (wanted.has(Task::segment)) out.segment = build.segmentHead(decoded, image);
  if (wanted.instances()) build.instanceHead(pyramid, "head.det_head.head", wanted, out);
  if (wanted.has(Task::depth)) out.depth = build.depthHead(decoded, image);
  return out;
}

bool recognise(const OutChannels& channels, Recognised& found) {
  found.spec.width = backboneWidth(channels, "base_net.backbone");
  if (const int n = channels("head.seg_head.final_conv.weight"); n > 0) {
    found.spec.tasks.add(Task::segment);
    found.semantic = static_cast<std::size_t>(n);
  }
  if (channels("head.depth_head.depth.weight") > 0) found.spec.tasks.add(Task::depth);
  recogniseInstances(channels, "head.det_head.head", found);
  found.spec.encoder = channels("encoder_decoder.uninet_encoder.stem.stem_1/conv.weight") > 0
                           ? Encoder::released
                           : Encoder::paper;
  return !found.spec.tasks.empty();
}

}  // namespace

constinit const NetworkInfo kUniNet{.key = "uninet",
                                    .title = "UniNet",
                                    .forward = forward,
                                    .recognise = recognise,
                                    .possible = TaskSet::all(),
                                    .needed = {},
                                    .usual = TaskSet::all(),
                                    .hasEncoder = true};

}  // namespace uninet
