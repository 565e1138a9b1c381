#include "model/plan/graph.h"

#include <initializer_list>
#include <utility>

namespace uninet::plan {
namespace {

/// Interpreter of Ops that records. A Value holds the number of its node.
class RecordOps : public Ops {
 public:
  Value image(std::int64_t height, std::int64_t width) {
    return append(node(Kind::input, {}, {1, 3, height, width}));
  }
  static int numberOf(const Value& value) { return *static_cast<const int*>(value.data.get()); }
  Graph take() { return std::move(graph_); }

  Value conv(const Value& x, const std::string& key, const ConvSpec& spec) override {
    if (spec.dilation != 1) throw Unsupported("a convolution is dilated");
    const auto size = [&](std::int64_t in) {
      return (in + 2 * spec.padding - spec.kernel) / spec.stride + 1;
    };
    Node n = node(Kind::conv, {x}, {1, spec.out, size(x.height()), size(x.width())});
    n.key = key;
    n.conv = spec;
    return append(std::move(n));
  }
  Value batchNorm(const Value& x, const std::string& key) override {
    return append(keyed(Kind::batchNorm, x, key));
  }
  Value groupNorm(const Value& x, const std::string& key, int groups) override {
    Node n = keyed(Kind::groupNorm, x, key);
    n.groups = groups;
    return append(std::move(n));
  }
  Value relu(const Value& x, bool) override { return append(node(Kind::relu, {x}, x.shape)); }
  Value sigmoid(const Value& x) override { return append(node(Kind::sigmoid, {x}, x.shape)); }
  Value hardGate(const Value& x, const Value& s) override {
    return append(node(Kind::hardGate, {x, s}, x.shape));
  }
  Value add(const Value& a, const Value& b) override {
    return append(node(Kind::add, {a, b}, a.shape));
  }
  Value multiply(const Value&, const Value&) override {
    throw Unsupported("two maps are multiplied");
  }
  Value scaleChannels(const Value&, const std::string&, double) override {
    throw Unsupported("channels have factors of their own");
  }
  Value linear(const Value&, const std::string&, std::int64_t) override {
    throw Unsupported("there is a linear layer");
  }
  Value softmaxInGroups(const Value&, std::int64_t) override {
    throw Unsupported("there is a softmax");
  }
  Value dropout(const Value& x, double) override { return x; }
  Value scale(const Value& x, const std::string& key) override {
    return append(keyed(Kind::scale, x, key));
  }
  Value concat(const std::vector<Value>& parts) override {
    Node n = node(Kind::concat, {}, parts.front().shape);
    n.shape[1] = 0;
    for (const Value& part : parts) {
      n.inputs.push_back(numberOf(part));
      n.shape[1] += part.channels();
    }
    return append(std::move(n));
  }
  Value maxPool(const Value& x, int kernel, int stride, bool ceil, bool) override {
    const auto size = [&](std::int64_t in) {
      const std::int64_t out = (in - kernel + (ceil ? stride - 1 : 0)) / stride + 1;
      return ceil && (out - 1) * stride >= in ? out - 1 : out;
    };
    Node n = node(Kind::maxPool, {x}, {1, x.channels(), size(x.height()), size(x.width())});
    n.kernel = kernel;
    n.stride = stride;
    n.ceil = ceil;
    return append(std::move(n));
  }
  Value globalMean(const Value& x, bool) override {
    return append(node(Kind::globalMean, {x}, {1, x.channels(), 1, 1}));
  }
  Value resize(const Value& x, std::int64_t height, std::int64_t width, Resize mode) override {
    if (x.height() == height && x.width() == width) return x;
    Node n = node(Kind::resize, {x}, {1, x.channels(), height, width});
    n.mode = mode;
    return append(std::move(n));
  }
  Value tap(const std::string&, const Value& x) override { return x; }

 private:
  static Node node(Kind kind, std::initializer_list<Value> inputs,
                   const std::array<std::int64_t, 4>& shape) {
    Node n;
    n.kind = kind;
    n.shape = shape;
    for (const Value& input : inputs) n.inputs.push_back(numberOf(input));
    return n;
  }
  static Node keyed(Kind kind, const Value& x, const std::string& key) {
    Node n = node(kind, {x}, x.shape);
    n.key = key;
    return n;
  }
  Value append(Node node) {
    Value value;
    value.shape = node.shape;
    value.data = std::make_shared<int>(static_cast<int>(graph_.nodes.size()));
    graph_.nodes.push_back(std::move(node));
    return value;
  }

  Graph graph_;
};

}  // namespace

std::vector<const Value*> outputsOf(const NetworkOutputs& outputs) {
  std::vector<const Value*> list;
  const auto take = [&](const Value& value) {
    if (value.data) list.push_back(&value);
  };
  take(outputs.segment);
  take(outputs.depth);
  for (const auto* levels :
       {&outputs.cls, &outputs.reg, &outputs.centerness, &outputs.instDepth, &outputs.instSeg})
    for (const Value& level : *levels) take(level);
  return list;
}

Graph record(ForwardFunction function, const NetworkSpec& spec, TaskSet wanted, bool beforeResize) {
  RecordOps ops;
  const Value image = ops.image(spec.size.height, spec.size.width);
  NetworkOutputs form = function(ops, spec, wanted, image);
  Graph graph = ops.take();
  for (const Value* output : outputsOf(form)) graph.outputs.push_back(RecordOps::numberOf(*output));
  graph.form = std::move(form);
  graph.beforeResize = beforeResize;
  const std::size_t dense = (graph.form.segment.data ? 1u : 0u) + (graph.form.depth.data ? 1u : 0u);
  for (std::size_t i = 0; beforeResize && i < dense; ++i) {
    const Node& last = graph.nodes[static_cast<std::size_t>(graph.outputs[i])];
    if (last.kind != Kind::resize || last.mode != Resize::bilinear) {
      graph.beforeResize = false;
      return record(function, spec, wanted);
    }
    graph.outputs[i] = last.inputs[0];
  }
  return graph;
}

}  // namespace uninet::plan
