#include "model/network/differentiable.h"

#include <ATen/core/grad_mode.h>
#include <ATen/core/ivalue.h>
#include <torch/csrc/autograd/custom_function.h>

namespace uninet {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

struct HeldBackward : torch::CustomClassHolder {
  explicit HeldBackward(Backward function) : function(std::move(function)) {}
  Backward function;
};

struct Outside : torch::autograd::Function<Outside> {
  static variable_list forward(AutogradContext* context, const at::Tensor&,
                               const variable_list& outputs, const Backward& backward) {
    context->set_materialize_grads(false);
    context->saved_data["backward"] =
        c10::IValue::make_capsule(c10::make_intrusive<HeldBackward>(backward));
    return outputs;
  }
  static variable_list backward(AutogradContext* context, variable_list gradients) {
    const at::NoGradGuard noGrad;
    const auto held = context->saved_data["backward"].toCapsule();
    return {static_cast<HeldBackward&>(*held).function(gradients), {}, {}};
  }
};

}  // namespace

std::vector<at::Tensor> differentiable(const at::Tensor& input,
                                       const std::vector<at::Tensor>& outputs, Backward backward) {
  return Outside::apply(input, outputs, backward);
}

}  // namespace uninet
