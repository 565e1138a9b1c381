#include "model/network/read_together.h"

#include <ATen/ATen.h>

#include <algorithm>

namespace uninet {

std::vector<double> readTogether(const std::vector<at::Tensor>& values) {
  if (values.empty()) return {};
  const auto away = std::find_if(values.begin(), values.end(),
                                 [](const at::Tensor& value) { return !value.is_cpu(); });
  const at::Device device = away == values.end() ? at::Device(at::kCPU) : away->device();
  std::vector<at::Tensor> alike;
  for (const at::Tensor& value : values)
    alike.push_back(value.detach().reshape({}).to(device, at::kDouble));
  const at::Tensor all = at::stack(alike).cpu();
  const double* found = all.data_ptr<double>();
  return {found, found + all.numel()};
}

}  // namespace uninet
