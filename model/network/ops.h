#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace uninet {

/// A feature map inside an interpreter of Ops: NCHW shape and whatever the interpreter keeps.
struct Value {
  std::array<std::int64_t, 4> shape{};
  std::shared_ptr<void> data;

  std::int64_t channels() const { return shape[1]; }
  std::int64_t height() const { return shape[2]; }
  std::int64_t width() const { return shape[3]; }
};

struct ConvSpec {
  std::int64_t out = 0;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  bool bias = false;
};

enum class Resize { bilinear, nearest };  ///< half-pixel centres without antialias; floor

/// The operation set on which every network is written once. Weights are addressed by their
/// checkpoint key. Interpreters: TorchOps (run and train), CountOps (parameters and MACs).
class Ops {
 public:
  virtual ~Ops() = default;

  /// Weight `key.weight` [out, in, k, k], bias `key.bias` [out].
  virtual Value conv(const Value& x, const std::string& key, const ConvSpec& spec) = 0;
  /// `key.{weight,bias,running_mean,running_var,num_batches_tracked}`; eps 1e-5, momentum 0.1.
  virtual Value batchNorm(const Value& x, const std::string& key) = 0;
  /// `key.{weight,bias}`; eps 1e-5.
  virtual Value groupNorm(const Value& x, const std::string& key, int groups) = 0;
  /// `functional`: not a module in the released network, hence not in its MAC count.
  virtual Value relu(const Value& x, bool functional = false) = 0;
  virtual Value sigmoid(const Value& x) = 0;
  /// x · relu6(s + 3) / 6 with s [N, C, 1, 1].
  virtual Value hardGate(const Value& x, const Value& s) = 0;
  virtual Value add(const Value& a, const Value& b) = 0;
  /// x times the 0-dim parameter `key`.
  virtual Value scale(const Value& x, const std::string& key) = 0;
  virtual Value concat(const std::vector<Value>& parts) = 0;
  /// No padding; with `ceil` windows are cut off at the border (architecture §3).
  virtual Value maxPool(const Value& x, int kernel, int stride, bool ceil) = 0;
  virtual Value globalMean(const Value& x) = 0;  ///< [N, C, 1, 1]
  virtual Value resize(const Value& x, std::int64_t height, std::int64_t width, Resize mode) = 0;
  /// Names a feature map (E2, P3, D2, box_cls.0 …); interpreters may keep or replace it.
  virtual Value tap(const std::string& name, const Value& x) = 0;
  /// Whether branches whose value never matters (DLA's outer `project`) are to be walked as well:
  /// true for counting and for listing keys.
  virtual bool walksDeadBranches() const { return false; }
};

}  // namespace uninet
