#include "model/networks/uninet.h"

#include <cmath>
#include <numeric>
#include <string>

namespace uninet {
namespace {

using std::int64_t;
using std::string;

/// Walks the parts of the network in the order of execution.
class Builder {
 public:
  Builder(Ops& ops, const NetworkSpec& spec) : ops_(ops), spec_(spec) {}

  int64_t channels(int64_t paper) const {
    return std::max<int64_t>(1, std::llround(static_cast<double>(paper) * spec_.width));
  }

  /// conv → batch norm, without bias and activation.
  Value convBn(const Value& x, const string& conv, const string& norm, int64_t out, int kernel,
               int stride) {
    return ops_.batchNorm(ops_.conv(x, conv, {out, kernel, stride, kernel / 2, false}), norm);
  }
  Value convBnRelu(const Value& x, const string& conv, const string& norm, int64_t out, int kernel,
                   int stride) {
    return ops_.relu(convBn(x, conv, norm, out, kernel, stride));
  }

  // --- DLA-34 (architecture §2) ---

  Value basicBlock(const Value& x, const string& key, int64_t out, int stride,
                   const Value& residual) {
    Value y = convBnRelu(x, key + ".conv1", key + ".bn1", out, 3, stride);
    y = convBn(y, key + ".conv2", key + ".bn2", out, 3, 1);
    return ops_.relu(ops_.add(y, residual));
  }

  Value project(const Value& x, const string& key, int64_t out) {
    return convBn(x, key + ".project.0", key + ".project.1", out, 1, 1);
  }

  /// Depth-1 tree. `children` are concatenated behind the two blocks in the root.
  Value tree(const Value& x, const string& key, int64_t out, int stride, bool levelRoot,
             std::vector<Value> children) {
    const Value bottom = stride == 2 ? ops_.maxPool(x, 2, 2, false) : x;
    const Value residual = x.channels() != out ? project(bottom, key, out) : bottom;
    if (levelRoot) children.push_back(bottom);
    const Value x1 = basicBlock(x, key + ".tree1", out, stride, residual);
    const Value x2 = basicBlock(x1, key + ".tree2", out, 1, x1);
    children.insert(children.begin(), {x2, x1});
    return convBnRelu(ops_.concat(children), key + ".root.conv", key + ".root.bn", out, 1, 1);
  }

  Value deepTree(const Value& x, const string& key, int64_t out) {
    const Value bottom = ops_.maxPool(x, 2, 2, false);
    // The inner tree ignores the residual that it is handed, so this projection matters only for
    // the list of keys and the count of operations.
    if (ops_.walksDeadBranches()) project(bottom, key, out);
    const Value x1 = tree(x, key + ".tree1", out, 2, false, {});
    return tree(x1, key + ".tree2", out, 1, false, {bottom, x1});
  }

  std::vector<Value> backbone(const Value& image) {
    const string base = "base_net.backbone.";
    Value x = convBnRelu(image, base + "base_layer.0", base + "base_layer.1", channels(16), 7, 1);
    x = convBnRelu(x, base + "level0.0", base + "level0.1", channels(16), 3, 1);
    x = convBnRelu(x, base + "level1.0", base + "level1.1", channels(32), 3, 2);
    const Value e2 = ops_.tap("E2", tree(x, base + "level2", channels(64), 2, false, {}));
    const Value e3 = ops_.tap("E3", deepTree(e2, base + "level3", channels(128)));
    const Value e4 = ops_.tap("E4", deepTree(e3, base + "level4", channels(256)));
    const Value e5 = ops_.tap("E5", tree(e4, base + "level5", channels(512), 2, true, {}));
    return {e2, e3, e4, e5};
  }

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

  // --- FPN (architecture §4) ---

  std::vector<Value> fpn(const std::vector<Value>& encoder) {
    const string key = "encoder_decoder.neck.";
    std::vector<Value> maps;
    for (int i = 0; i < 3; ++i)
      maps.push_back(ops_.conv(encoder[i + 1], key + "lateral_convs." + std::to_string(i),
                               {channels(256), 1, 1, 0, true}));
    for (int i = 1; i >= 0; --i)
      maps[i] = ops_.add(
          maps[i], ops_.resize(maps[i + 1], maps[i].height(), maps[i].width(), Resize::nearest));
    for (int i = 0; i < 3; ++i)
      maps[i] = ops_.tap("P" + std::to_string(i + 3),
                         ops_.conv(maps[i], key + "fpn_convs." + std::to_string(i),
                                   {channels(256), 3, 1, 1, true}));
    return maps;
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

  // --- heads (architecture §§6–8; paper Figure 2) ---

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
                                   {classes(spec_.classes->semantic), 1, 1, 0, true});
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

  Value tower(Value x, const string& key) {
    const int64_t width = channels(256);
    const int groups = static_cast<int>(std::gcd<int64_t>(32, width));
    for (int i = 0; i < 4; ++i) {
      x = ops_.conv(x, key + "." + std::to_string(3 * i), {width, 3, 1, 1, true});
      x = ops_.relu(ops_.groupNorm(x, key + "." + std::to_string(3 * i + 1), groups));
    }
    return x;
  }

  void instanceHead(const std::vector<Value>& maps, TaskSet wanted, NetworkOutputs& out) {
    const string key = "head.det_head.head.";
    const bool detect = wanted.has(Task::detect);
    for (int l = 0; l < 3; ++l) {
      const string level = std::to_string(l);
      const auto predict = [&](const Value& x, const char* name, int64_t width) {
        return ops_.conv(x, key + name, {width, 3, 1, 1, true});
      };
      Value cls;
      if (detect) cls = tower(maps[l], key + "cls_tower");
      const Value box = tower(maps[l], key + "bbox_tower");
      Value reg;
      if (detect) {
        out.cls.push_back(ops_.tap("box_cls." + level,
                                   predict(cls, "cls_logits", classes(spec_.classes->instance))));
        reg = predict(box, "bbox_pred", 4);
        out.centerness.push_back(ops_.tap("centerness." + level, predict(box, "centerness", 1)));
      }
      if (wanted.has(Task::instDepth))
        out.instDepth.push_back(
            ops_.tap("inst_depth." + level, ops_.relu(predict(box, "inst_depth_logits", 1), true)));
      if (wanted.has(Task::instSeg))
        out.instSeg.push_back(
            ops_.tap("inst_seg." + level, predict(box, "inst_seg_logits", spec_.maskCode)));
      if (detect)
        out.reg.push_back(
            ops_.tap("box_reg." + level,
                     ops_.relu(ops_.scale(reg, key + "scales." + level + ".scale"), true)));
    }
  }

 private:
  template <class List>
  static int64_t classes(const List& list) {
    return static_cast<int64_t>(list.size());
  }

  Ops& ops_;
  const NetworkSpec& spec_;
};

}  // namespace

NetworkOutputs uninetForward(Ops& ops, const NetworkSpec& spec, TaskSet wanted,
                             const Value& image) {
  for (const TaskInfo& info : tasks())
    if (!spec.tasks.has(info.task)) wanted.remove(info.task);
  const bool instances =
      wanted.has(Task::detect) || wanted.has(Task::instSeg) || wanted.has(Task::instDepth);

  Builder build(ops, spec);
  NetworkOutputs out;
  std::vector<Value> features = build.backbone(image);
  std::vector<Value> deep, pyramid, decoded;
  if (wanted.dense()) deep = build.extraEncoder(features[3]);
  if (instances) pyramid = build.fpn(features);
  if (wanted.dense()) {
    features.insert(features.end(), deep.begin(), deep.end());
    decoded = build.decoder(features);
  }
  if (wanted.has(Task::segment)) out.segment = build.segmentHead(decoded, image);
  if (instances) build.instanceHead(pyramid, wanted, out);
  if (wanted.has(Task::depth)) out.depth = build.depthHead(decoded, image);
  return out;
}

}  // namespace uninet
