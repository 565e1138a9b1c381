#include "model/network/shared_batch_norm.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>
#include <torch/csrc/autograd/custom_function.h>

namespace uninet {
namespace {

/// [C] for every place of [n, C, H, W].
at::Tensor everywhere(const at::Tensor& channels) { return channels.view({1, -1, 1, 1}); }

/// Normalises by mean and variance that are over all ranks, and are functions of x.
struct SharedNorm : torch::autograd::Function<SharedNorm> {
  static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x,
                            const at::Tensor& weight, const at::Tensor& bias,
                            const at::Tensor& mean, const at::Tensor& variance, double count,
                            double epsilon, const BatchShare* share) {
    context->save_for_backward({x, weight, mean, variance});
    context->saved_data["count"] = count;
    context->saved_data["epsilon"] = epsilon;
    context->saved_data["share"] = reinterpret_cast<std::int64_t>(share);
    return std::get<0>(
        at::native_batch_norm(x, weight, bias, mean, variance, /*training=*/false, 0, epsilon));
  }

  static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context,
                                                 torch::autograd::variable_list above) {
    const auto saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &weight = saved[1], &mean = saved[2], &variance = saved[3];
    const double count = context->saved_data["count"].toDouble();
    const double epsilon = context->saved_data["epsilon"].toDouble();
    const auto& share = *reinterpret_cast<const BatchShare*>(context->saved_data["share"].toInt());
    // With mean and variance held constant, and the gradients of weight and bias, Σ dy·x̂ and Σ dy.
    const auto [direct, ofWeight, ofBias] = at::native_batch_norm_backward(
        above[0], x, weight, mean, variance, {}, {}, /*train=*/false, epsilon, {true, true, true});
    // What goes back through the statistics: w / σ · (x̂ · mean(dy·x̂) + mean(dy)).
    const at::Tensor sums = share.sum(at::stack({ofWeight, ofBias}).to(at::kDouble)) / count;
    const at::Tensor inverse = at::rsqrt(variance.to(at::kDouble) + epsilon);
    const at::Tensor slope = weight * inverse * inverse * sums[0];
    const at::Tensor offset = weight * inverse * sums[1] - slope * mean;
    const at::ScalarType type = weight.scalar_type();
    const at::Tensor gradient =
        direct.to(type) - x.to(type) * everywhere(slope.to(type)) - everywhere(offset.to(type));
    return {gradient.to(x.scalar_type()),
            ofWeight,
            ofBias,
            at::Tensor(),
            at::Tensor(),
            at::Tensor(),
            at::Tensor(),
            at::Tensor()};
  }
};

}  // namespace

at::Tensor sharedBatchNorm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias,
                           at::Tensor runningMean, at::Tensor runningVariance, double momentum,
                           double epsilon, const BatchShare& share) {
  at::Tensor mean, variance;
  double count = 0;
  {
    const at::NoGradGuard noGrad;
    // Running statistics of the right type make LibTorch keep those of bfloat16 maps in float32.
    const auto [localMean, localVariance] = at::batch_norm_update_stats(
        x.detach(), at::zeros_like(runningMean), at::zeros_like(runningVariance), 0);
    const auto local = static_cast<double>(x.numel() / x.size(1));
    const at::Tensor m = localMean.to(at::kDouble);
    const at::Tensor sums = share.sum(at::cat(
        {m * local, (localVariance.to(at::kDouble) + m * m) * local, at::full({1}, local)}));
    const std::int64_t channels = x.size(1);
    count = sums[2 * channels].item<double>();
    const at::Tensor all = sums.narrow(0, 0, channels) / count;
    const at::Tensor spread = (sums.narrow(0, channels, channels) / count - all * all).clamp_min(0);
    const at::ScalarType type = runningMean.scalar_type();
    mean = all.to(type);
    variance = spread.to(type);
    runningMean.mul_(1 - momentum).add_(mean, momentum);
    runningVariance.mul_(1 - momentum).add_((spread * (count / (count - 1))).to(type), momentum);
  }
  return SharedNorm::apply(x, weight, bias, mean, variance, count, epsilon, &share);
}

}  // namespace uninet
