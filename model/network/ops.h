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

/// How fresh weights of a convolution are drawn.
enum class Init {
  uniform,  ///< PyTorch's default: weight and bias within ± 1 / √fan-in
  xavier,   ///< uniform within ± √(6 / (fan-in + fan-out)); bias 0
  fanOut,   ///< normal with deviation √(2 / fan-out); bias 0
  small,    ///< normal with deviation 0.01; bias ConvSpec::biasStart
};

struct ConvSpec {
  std::int64_t out = 0;
  int kernel = 1;
  int stride = 1;
  int padding = 0;
  bool bias = false;
  Init init = Init::uniform;
  double biasStart = 0;
  int dilation = 1;
};

enum class Resize { bilinear, nearest };  ///< half-pixel centres without antialias; floor

/// The operation set on which every network is written once. Weights are addressed by their
/// checkpoint key. Interpreters: TorchOps (run and train), CountOps (keys, first values, parameters
/// and MACs), and the recorder of plans.
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
  /// Element by element; a gate of [N, C, 1, 1] counts for all places.
  virtual Value multiply(const Value& x, const Value& gate) = 0;
  /// x times the 0-dim parameter `key`.
  virtual Value scale(const Value& x, const std::string& key) = 0;
  /// Each channel times its value of the parameter `key` [C], which starts as `start`.
  virtual Value scaleChannels(const Value& x, const std::string& key, double start) = 0;
  /// Weight `key.weight` [out, in] and bias `key.bias` [out] on x [N, in, 1, 1].
  virtual Value linear(const Value& x, const std::string& key, std::int64_t out) = 0;
  /// Softmax within each group of `size` consecutive channels.
  virtual Value softmaxInGroups(const Value& x, std::int64_t size) = 0;
  /// Drops values with probability `rate` while training, as PyTorch does; else x.
  virtual Value dropout(const Value& x, double rate) = 0;
  virtual Value concat(const std::vector<Value>& parts) = 0;
  /// No padding; with `ceil` windows are cut off at the border (architecture §3). `functional` as
  /// of relu().
  virtual Value maxPool(const Value& x, int kernel, int stride, bool ceil,
                        bool functional = false) = 0;
  /// [N, C, 1, 1]. `functional` as of relu().
  virtual Value globalMean(const Value& x, bool functional = false) = 0;
  virtual Value resize(const Value& x, std::int64_t height, std::int64_t width, Resize mode) = 0;
  /// Names a feature map (E2, P3, D2, box_cls.0 …); interpreters may keep or replace it.
  virtual Value tap(const std::string& name, const Value& x) = 0;
  /// The order in which the module `prefix` ("" is the network) registers its children, where the
  /// order of execution differs from it: state dicts follow it.
  virtual void children(const std::string& prefix, std::vector<std::string> names) {
    (void)prefix, (void)names;
  }
  /// Whether branches whose value never matters (DLA's outer `project`) are to be walked as well:
  /// true for counting and for listing keys.
  virtual bool walksDeadBranches() const { return false; }
};

}  // namespace uninet
