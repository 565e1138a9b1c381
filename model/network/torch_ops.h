#pragma once

#include <map>

#include "model/network/network.h"
#include "model/network/ops.h"

namespace uninet {

/// Interpreter on ATen: runs and trains. Feature maps are channels-last; a bilinear resize is done
/// when its values are first asked for. In bfloat16 the
/// convolutions, and what lies between them, are computed in bfloat16 with float32 weights,
/// statistics and sums kept; outputs named by tap() for the heads are converted back by the caller.
class TorchOps : public Ops {
 public:
  /// `share`: of whose batch statistics are taken in training.
  TorchOps(const Weights& weights, bool training, Precision precision, const TapFunction& tap,
           const BatchShare& share = wholeBatch());

  static at::Tensor tensor(const Value& value);
  /// What is to be resized to the value, bilinear; undefined if there is nothing left to do.
  static at::Tensor beforeResize(const Value& value);
  Value wrap(at::Tensor tensor) const;

  Value conv(const Value& x, const std::string& key, const ConvSpec& spec) override;
  Value batchNorm(const Value& x, const std::string& key) override;
  Value groupNorm(const Value& x, const std::string& key, int groups) override;
  Value relu(const Value& x, bool functional) override;
  Value sigmoid(const Value& x) override;
  Value hardGate(const Value& x, const Value& s) override;
  Value add(const Value& a, const Value& b) override;
  Value multiply(const Value& x, const Value& gate) override;
  Value scale(const Value& x, const std::string& key) override;
  Value scaleChannels(const Value& x, const std::string& key, double start) override;
  Value linear(const Value& x, const std::string& key, std::int64_t out) override;
  Value softmaxInGroups(const Value& x, std::int64_t size) override;
  Value dropout(const Value& x, double rate) override;
  Value concat(const std::vector<Value>& parts) override;
  Value maxPool(const Value& x, int kernel, int stride, bool ceil, bool functional) override;
  Value globalMean(const Value& x, bool functional) override;
  Value resize(const Value& x, std::int64_t height, std::int64_t width, Resize mode) override;
  Value tap(const std::string& name, const Value& x) override;

 private:
  /// Weight in the precision of the pass; cast once per pass.
  at::Tensor weight(const std::string& key);

  const Weights& weights_;
  bool training_;
  at::ScalarType type_;
  const TapFunction& tap_;
  const BatchShare& share_;
  std::map<std::string, at::Tensor> cast_;
};

/// The outputs that this interpreter made, in at least float32; segment and depth with
/// `beforeResize` as RawOutputs has them before their last resize, where that is bilinear.
RawOutputs rawOutputs(const NetworkOutputs& values, bool beforeResize = false);

}  // namespace uninet
