#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "core/data/objectives.h"
#include "core/data/sample.h"
#include "core/metrics/metrics.h"
#include "model/network/network.h"
#include "model/ranks/batch_share.h"

namespace uninet {

/// Ground truth of a batch at network size. What an image lacks is marked, never guessed. Made on
/// the CPU, where also locations are assigned; losses take it to the device of the outputs.
struct Targets {
  struct Objects {
    at::Tensor boxes;      ///< [n, 4] x0 y0 x1 y1, network pixels
    at::Tensor labels;     ///< [n] int64, from 1
    at::Tensor depths;     ///< [n] metres; NaN: unknown (left out of that loss)
    at::Tensor maskCodes;  ///< [n, 60]; undefined: unknown
  };
  std::vector<Objects> objects;  ///< per image; an image without boxes takes no part (losses §1)
  at::Tensor segment;            ///< [N, H, W] int64, −1 ignored; undefined: none
  /// [N, 1, H, W] in the units of the depth output: the share of the range of depths, or metres
  /// where it ends in a ReLU (architecture §7); ≤ 0 invalid.
  at::Tensor depth;
  std::vector<Pinhole> pinholes;  ///< per image: surface normals follow from depth with it
  /// Of data sets that have them; undefined: no image of the batch has. [N, 1, H, W] 0 or 1, −1 in
  /// an image without.
  at::Tensor edges;
  /// [N, 3, H, W] unit vectors, 0 where unknown, NaN in an image without; as `edges`.
  at::Tensor normals;
};

/// Targets of resized samples, which may be a share of a batch. Mask codes are encoded with noise
/// drawn from `seed` for the whole batch, if `code` is not empty. Crowd objects are left out.
Targets makeTargets(const std::vector<const Sample*>& samples, const MaskCode& code,
                    std::uint64_t seed, const BatchShare& share = wholeBatch());

/// The maps of `targets` on another device; objects stay on the CPU.
Targets onDevice(Targets targets, const at::Device& device);

/// FCOS assignment (losses §1) on the CPU, flattened level-major, then image, then row-major
/// location.
struct Assignment {
  at::Tensor labels;  ///< [L] int64, 0 background
  at::Tensor ltrb;    ///< [L, 4] in strides, valid where labels > 0
  at::Tensor image;   ///< [L] int64, index into Targets::objects
  at::Tensor object;  ///< [L] int64 index of the box within its image, −1 background
  std::vector<std::int64_t> positivesPerLevel;
};
/// `levels`: height, width per level of strides 8, 16, 32. Images without boxes are not in it.
Assignment assignLocations(const Targets& targets,
                           const std::vector<std::array<std::int64_t, 2>>& levels);

/// The losses that have a target; undefined tensors where there is none (no box in the batch, no
/// valid pixel, head absent). Unweighted, 0-dim float32. No positives although boxes exist: cls as
/// in losses §2 with a denominator of at least 1, the others absent. Never NaN, never exactly 0
/// where the geometric mean would turn it into NaN. Of a share of a batch they are those of the
/// batch, and their gradients go to what the share's images have in them (BatchShare::lossSum()).
using LossValues = std::array<at::Tensor, 7>;

/// The losses as a function of the outputs, for one set of targets: assignment of locations, class
/// weights and counts are made once.
class LossFunction {
 public:
  /// `share` is used as long as this.
  explicit LossFunction(Targets targets, const BatchShare& share = wholeBatch());
  ~LossFunction();
  /// `outputs` may hold segment and depth before their last resize (RawOutputs): then no map of the
  /// logits at full size is made.
  LossValues operator()(const RawOutputs& outputs) const;
  const Targets& targets() const { return targets_; }
  /// The same as onDevice() has them, until it is asked for those on another device.
  const Targets& targetsOn(const at::Device& device) const;

 private:
  struct Prepared;
  Targets targets_;
  const BatchShare& share_;
  std::unique_ptr<Prepared> prepared_;
};
/// For one use of the targets.
LossValues computeLosses(const RawOutputs& outputs, const Targets& targets,
                         const BatchShare& share = wholeBatch());

/// (Π λ_i L_i)^(1/n) over the defined losses; n = exponent, or the number of losses present if 0.
/// `more` have λ = 1.
at::Tensor geometricMean(const LossValues& values, double exponent = 6,
                         const std::vector<at::Tensor>& more = {});
/// Σ λ_i L_i.
at::Tensor weightedSum(const LossValues& values, const std::vector<at::Tensor>& more = {});

/// Sums of the classification and the regression loss by class, of image 0 of the batch, whose
/// outputs are on the CPU. nullopt: no positive location, or no such head.
std::optional<ClassLossSums> classLossSums(const RawOutputs& outputs, const Targets& targets);

/// Instance-depth sums of metrics §5 at the assigned locations, for image 0 of the batch, whose
/// outputs are on the CPU. nullopt: no positive location with known depth, or no such head.
std::optional<InstanceDepthSums> instanceDepthSums(const RawOutputs& outputs,
                                                   const Targets& targets);

}  // namespace uninet
