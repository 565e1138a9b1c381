#pragma once

#include <map>
#include <set>

#include "model/network/network_keys.h"
#include "model/network/ops.h"

namespace uninet {

/// Cost of one layer that has weights.
struct LayerCost {
  std::string key;
  std::int64_t parameters = 0;
  std::int64_t macs = 0;  ///< convolutions only
  std::array<std::int64_t, 4> output{};
};

/// Parameters and multiply-accumulates of a network for one image (state_dict.md, MACs).
struct NetworkCost {
  std::int64_t parameters = 0;
  std::int64_t convMacs = 0;     ///< Σ k²·Cin·Cout·Hout·Wout
  std::int64_t ptflopsMacs = 0;  ///< + biases, 2·numel per batch norm, numel per ReLU, pool inputs
  std::vector<LayerCost> layers;
};

/// Interpreter that keeps shapes only: counts operations and lists keys.
class CountOps : public Ops {
 public:
  Value conv(const Value& x, const std::string& key, const ConvSpec& spec) override;
  Value batchNorm(const Value& x, const std::string& key) override;
  Value groupNorm(const Value& x, const std::string& key, int groups) override;
  Value relu(const Value& x, bool functional) override;
  Value sigmoid(const Value& x) override { return x; }
  Value hardGate(const Value& x, const Value&) override { return x; }
  Value add(const Value& a, const Value&) override { return a; }
  Value multiply(const Value& x, const Value&) override { return x; }
  Value scale(const Value& x, const std::string& key) override;
  Value scaleChannels(const Value& x, const std::string& key, double start) override;
  Value linear(const Value& x, const std::string& key, std::int64_t out) override;
  Value softmaxInGroups(const Value& x, std::int64_t) override { return x; }
  Value dropout(const Value& x, double) override { return x; }
  Value concat(const std::vector<Value>& parts) override;
  Value maxPool(const Value& x, int kernel, int stride, bool ceil, bool functional) override;
  Value globalMean(const Value& x, bool functional) override;
  Value resize(const Value& x, std::int64_t height, std::int64_t width, Resize) override;
  Value tap(const std::string&, const Value& x) override { return x; }
  void children(const std::string& prefix, std::vector<std::string> names) override;
  bool walksDeadBranches() const override { return true; }

  const NetworkCost& cost() const { return cost_; }
  /// In state_dict order: children() where it was said, else as they were first executed.
  std::vector<KeyShape> keys() const;

 private:
  /// Parameters, if `buffer` is not set.
  void declare(const std::string& key, std::vector<std::int64_t> shape, FirstValues first,
               bool buffer = false, bool integer = false);
  LayerCost& layer(const std::string& key, const Value& output);

  NetworkCost cost_;
  std::vector<KeyShape> keys_;
  std::set<std::string> seen_;
  std::map<std::string, std::vector<std::string>> children_;  ///< by the prefix of the module
};

}  // namespace uninet
