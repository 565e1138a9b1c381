#include "model/engine/raw_outputs.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include "core/base/error.h"
#include "model/network/network.h"
#include "model/network/network_file.h"

namespace uninet {
namespace {

/// [h · w, 2] centres (x, y) in input pixels (architecture §8).
at::Tensor locationGrid(std::int64_t height, std::int64_t width, std::int64_t stride) {
  const at::Tensor x = at::arange(width) * stride + stride / 2;
  const at::Tensor y = at::arange(height) * stride + stride / 2;
  return at::stack({x.repeat({height}), y.repeat_interleave(width)}, 1).to(at::kFloat);
}

}  // namespace

void writeRawOutputs(const Engine& engine, const cv::Mat& image,
                     const std::filesystem::path& file) {
  const Network& network = engine.network();
  if (image.size() != network.spec.size)
    throw Error(concat("raw outputs: expected an image of ", sizeText(network.spec.size),
                       ", found ", sizeText(image.size())));
  const at::NoGradGuard noGrad;
  const at::Tensor input = normalise(engine.pixels(image));
  std::vector<std::pair<std::string, RawTensor>> tensors{{"input", rawFromTensor(input)}};
  const RawOutputs outputs = network.forward(input, network.spec.tasks, false, Precision::float32,
                                             [&](const std::string& name, const at::Tensor& x) {
                                               tensors.emplace_back(name, rawFromTensor(x));
                                               return x;
                                             });
  for (std::size_t level = 0; level < outputs.cls.size(); ++level)
    tensors.emplace_back(
        concat("locations.", level),
        rawFromTensor(locationGrid(outputs.cls[level].size(2), outputs.cls[level].size(3),
                                   std::int64_t{8} << level)));
  writeSafetensors(file, tensors, {{"checkpoint", engine.title()}, {"sha256", engine.hash()}});
}

}  // namespace uninet
