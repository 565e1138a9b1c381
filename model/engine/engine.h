#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/sample.h"
#include "core/metrics/metrics.h"
#include "core/outputs/prediction.h"
#include "model/network/network_spec.h"
#include "model/networks/open_options.h"

namespace at {
class Tensor;
}

namespace uninet {

class CudaForward;
class Network;
class PlannedForward;
struct RawOutputs;

/// Who computes the network: `plan` is compiled for this processor (model/plan), where there is one
/// for it, and LibTorch's operations elsewhere; `aten` is LibTorch always, the numeric reference.
/// Both are float32. The other two are LibTorch as well and take gradients in another precision,
/// weights and losses included where it is float64; predictions stay float32.
/// On a card, `plan` is LibTorch's operations as CUDA graphs (CudaForward), also in bfloat16 and
/// tf32, which is for cards only: float32 with convolutions in TensorFloat-32.
enum class Arithmetic { plan, aten, float64, bfloat16, tf32 };

/// Whether segment and depth are wanted at the size of the image, or may come before their last
/// resize because only losses are taken of them.
enum class Dense { full, beforeResize };

/// A loaded network behind a header without Torch: what the window and the command line hold.
/// Cheap to copy. Everything that computes belongs to one thread at a time.
class Engine {
 public:
  Engine() = default;
  explicit Engine(std::shared_ptr<Network> network, std::string title = {});

  /// Reads a checkpoint; throws Error with every missing, unexpected and misshaped key, and
  /// nothing is loaded then.
  static Engine open(const std::filesystem::path& file, const OpenOptions& options = {});
  /// The same network with the mask components of an .npz; throws Error if they do not fit.
  Engine withMaskComponents(const std::filesystem::path& npz) const;

  /// The same network with its weights on `device`: "cpu", "cuda" (its first card), "cuda:1".
  /// Throws Error if there is no such device here, and says why.
  Engine onDevice(const std::string& device) const;

  explicit operator bool() const { return network_ != nullptr; }
  const NetworkSpec& spec() const;
  /// Name of the file it came from.
  const std::string& title() const { return title_; }
  /// SHA-256 of the file; empty for a network that was not read from one.
  const std::string& hash() const { return hash_; }
  /// What the results of this network depend on: hash(), and with it the weights that were chosen
  /// by name and the file of the mask components, where there are such.
  const std::string& identity() const { return identity_; }
  /// Key under which the weights stand in the file: "model_state_dict"; "" at its top.
  const std::string& weightsKey() const { return weightsKey_; }
  /// What a person should know of how it was opened, a sentence each.
  const std::vector<std::string>& notes() const { return notes_; }
  /// Whether the network has an instance-mask head whose codes cannot be decoded.
  bool lacksMaskComponents() const;
  /// Where weights and outputs are and passes are computed: "cpu", "cuda:0".
  const std::string& device() const { return device_; }
  const std::map<std::string, std::string>& metadata() const;

  /// `image` RGB CV_8UC3, brought to the network size (core/data/letterbox.h) if it has another.
  Prediction predict(const cv::Mat& image) const;

  struct Evaluated {
    Prediction prediction;
    std::optional<InstanceDepthSums> instanceDepth;
    std::optional<ClassLossSums> classLosses;
    /// By LossInfo::key, those of the sample's ground truth.
    std::map<std::string, double> losses;
  };
  /// Prediction, sums and losses for a sample at network size, in one forward pass.
  Evaluated evaluate(const Sample& resized) const;
  /// The same from outputs that are there already.
  Evaluated evaluate(const Sample& resized, const RawOutputs& outputs) const;

  /// `image` RGB CV_8UC3 → [1, 3, H, W] pixel values on the engine's device.
  at::Tensor pixels(const cv::Mat& image) const;
  /// The network as a function of `pixels` [N, 3, H, W], 0..255, at network size and on its device:
  /// the heads of `wanted`. More than one image only where code path is not "plan" (ImageBatch).
  /// Under gradient mode differentiable by the pixels, until the next call; otherwise a prediction
  /// of all tasks, which is kept for the case that the same pixels come again.
  RawOutputs outputs(const at::Tensor& pixels, TaskSet wanted, Dense dense = Dense::full) const;
  /// Passes through the network by outputs() of this engine and its copies.
  struct Passes {
    int predictions = 0, gradients = 0;
  };
  Passes passes() const;
  /// The same network on the same device computed by `arithmetic`. Throws Error for bfloat16 on a
  /// processor that does not have it natively, and for tf32 on any processor.
  Engine withArithmetic(Arithmetic arithmetic) const;
  /// Whoever takes a gradient of outputs() while other threads may compute holds a ConvolutionsIn
  /// until then: there is one switch for all cards.
  bool gradientsInTf32() const;
  /// Gives back memory of a card that is only kept: its recorded passes and the last prediction.
  void giveBackMemory() const;
  /// What numbers depend on beside network, images and options, as name → value for the identity of
  /// results: numerics (a version of ours), precision, code path, instruction set, threads where
  /// sums depend on them, and the name of the card where one computes.
  std::map<std::string, std::string> arithmetic() const;

  Network& network() const { return *network_; }
  /// With weights of its own: for another thread.
  Engine separateCopy() const;

 private:
  std::shared_ptr<Network> network_;
  std::string device_ = "cpu";
  struct Pass;
  RawOutputs compute(const at::Tensor& pixels, TaskSet wanted, Dense dense) const;
  RawOutputs computeAs(Arithmetic arithmetic, const at::Tensor& pixels, TaskSet wanted) const;

  std::shared_ptr<PlannedForward> planned_;  ///< null: ATen
  std::shared_ptr<CudaForward> recorded_;    ///< on a card; null: ATen, operation by operation
  Arithmetic arithmetic_ = Arithmetic::plan;
  std::shared_ptr<Network> precise_;  ///< with float64: the network in it
  std::shared_ptr<Pass> last_;        ///< the last prediction
  std::string title_, hash_, identity_, weightsKey_;
  std::vector<std::string> notes_;
};

/// A network with fresh weights from `seed`: what tests and an untrained preview use.
Engine makeUntrainedEngine(const NetworkSpec& spec, std::uint64_t seed);

/// First thing in main(): threads, determinism, seed. `threads` 0 = what OMP_NUM_THREADS asks
/// for, else all cores.
void configureCompute(int threads = 0, std::uint64_t seed = 0);
/// Whether this processor computes bfloat16 with instructions of its own (AVX-512 BF16), and
/// LibTorch with them.
bool hasNativeBfloat16();
/// Whether LibTorch can compute convolutions in bfloat16 here, however slowly, tried once.
bool canComputeInBfloat16();
/// Of an Engine::device(): "CPU, 2 threads" or the name of the card.
std::string deviceText(const std::string& key);

}  // namespace uninet
