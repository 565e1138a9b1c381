#include "model/engine/image_batch.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/memory.h"
#include "model/engine/device.h"
#include "model/network/network.h"

namespace uninet {

ImageBatch::ImageBatch(const Engine& engine, std::size_t most)
    : engine_(engine), open_(most == 0), most_(std::clamp(most, std::size_t{1}, kAtMost)) {
  if (most_ > 1 && engine.arithmetic().at("code path") == "plan")
    throw Error(concat("the compiled plan of the processor computes one image at a time, found ",
                       most_, " to be computed together; that is for cards"));
  if (open_) freeBefore_ = freeMemoryOf(engine.device());
  open_ = open_ && freeBefore_ > 0;
}

void ImageBatch::choose() {
  open_ = false;
  // LibTorch keeps what it took at most until it is asked to give back.
  const std::size_t least = freeMemoryOf(engine_.device());
  giveBackMemoryOf(engine_.device());
  const std::size_t left = freeMemoryOf(engine_.device());
  const std::size_t taken = freeBefore_ > least ? freeBefore_ - least : 0;
  if (taken == 0) return;
  // A tenth is for others.
  most_ = std::clamp(left / 10 * 9 / taken, std::size_t{1}, kChosenAtMost);
  logInfo(concat(most_, " images are computed together on ", engine_.device(), ": one took ",
                 taken >> 20, " MiB, ", left >> 20, " MiB are free"));
}

void ImageBatch::each(const std::vector<at::Tensor>& images, const Pass& pass) {
  bool again = false;  // the memory was given back already
  for (std::size_t first = 0; first < images.size();) {
    const std::size_t left = images.size() - first;
    const bool together = most_ > 1 && 2 * left > most_;
    const std::size_t count = together ? std::min(left, most_) : 1;
    std::vector<at::Tensor> parts(images.begin() + static_cast<std::ptrdiff_t>(first),
                                  images.begin() + static_cast<std::ptrdiff_t>(first + count));
    if (together) parts.resize(most_, parts.back());
    try {
      pass(parts.size() == 1 ? parts.front() : at::cat(parts), first, count);
      first += count;
      greatest_ = std::max(greatest_, count);
      again = false;
    } catch (const std::exception& problem) {
      if (!isOutOfMemory(problem) || (!together && again)) throw;
      again = !together;
      engine_.giveBackMemory();
      if (!together) continue;
      most_ = (most_ + 1) / 2;
      logWarning(
          concat("memory does not suffice for so many images together: ", most_, " from now on"));
    }
  }
}

std::vector<Engine::Evaluated> evaluateTogether(const Engine& engine,
                                                const std::vector<const Sample*>& resized,
                                                ImageBatch& batch) {
  const at::NoGradGuard noGrad;
  if (batch.most() == 1) {
    std::vector<Engine::Evaluated> found;
    for (const Sample* sample : resized) found.push_back(engine.evaluate(*sample));
    return found;
  }
  std::vector<at::Tensor> images;
  for (const Sample* sample : resized) images.push_back(engine.pixels(sample->image));
  std::vector<Engine::Evaluated> found(resized.size());
  batch.each(images, [&](const at::Tensor& pixels, std::size_t first, std::size_t count) {
    const std::vector<RawOutputs> outputs = imagesOf(engine.outputs(pixels, engine.spec().tasks));
    for (std::size_t i = 0; i < count; ++i)
      found[first + i] = engine.evaluate(*resized[first + i], outputs[i]);
  });
  return found;
}

}  // namespace uninet
