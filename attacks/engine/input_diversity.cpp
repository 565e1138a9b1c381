#include "attacks/engine/input_diversity.h"

#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <utility>

#include "model/network/bilinear.h"
#include "model/network/network.h"

namespace uninet {
namespace {

constexpr double kSmallest = 0.9;

/// Source of each of `count` pixels of `from`, by their centres.
at::Tensor nearestPlaces(std::int64_t from, std::int64_t count) {
  at::Tensor places = at::empty({count}, at::kLong);
  for (std::int64_t i = 0; i < count; ++i)
    places.data_ptr<std::int64_t>()[i] = (2 * i + 1) * from / (2 * count);
  return places;
}

/// The pixel values that the network sees as 0, [1, 3, 1, 1], on the CPU.
at::Tensor neutralPixel() {
  const at::Tensor black = normalise(at::zeros({1, 3, 1, 1}));
  const at::Tensor white = normalise(at::full({1, 3, 1, 1}, 255.f));
  return 255 * black / (black - white);
}

/// FNV-1a of the pixels.
std::uint64_t keyOf(const cv::Mat& image) {
  std::uint64_t key = 0xcbf29ce484222325ull;
  const std::size_t bytes = static_cast<std::size_t>(image.cols) * image.elemSize();
  for (int y = 0; y < image.rows; ++y)
    for (std::size_t i = 0; i < bytes; ++i) key = (key ^ image.ptr(y)[i]) * 0x100000001b3ull;
  return key;
}

}  // namespace

ShrunkImage ShrunkImage::draw(Random& random, std::int64_t frameHeight, std::int64_t frameWidth) {
  ShrunkImage drawn;
  const double scale = random.uniform(kSmallest, 1);
  drawn.frameHeight = frameHeight;
  drawn.frameWidth = frameWidth;
  drawn.height = static_cast<std::int64_t>(scale * static_cast<double>(frameHeight));
  drawn.width = static_cast<std::int64_t>(scale * static_cast<double>(frameWidth));
  const auto place = [&random](std::int64_t room) {
    return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(room) + 1));
  };
  drawn.top = place(frameHeight - drawn.height);
  drawn.left = place(frameWidth - drawn.width);
  return drawn;
}

at::Tensor ShrunkImage::of(const at::Tensor& pixels, const at::Tensor& pad) const {
  const std::array<std::int64_t, 4> around{left, frameWidth - width - left, top,
                                           frameHeight - height - top};
  const at::Tensor outside =
      at::constant_pad_nd(at::zeros({1, 1, height, width}, pixels.options()), around, 1);
  return at::constant_pad_nd(resizeBilinear(pixels, height, width), around, 0) +
         outside * pad.to(pixels.options());
}

Targets ShrunkImage::of(const Targets& targets) const {
  Targets moved = targets;
  const auto map = [this](const at::Tensor& known, double nothing = -1) {
    if (!known.defined()) return known;
    at::Tensor result = at::full_like(known, nothing);
    const std::int64_t rows = known.dim() - 2, columns = known.dim() - 1;
    result.narrow(rows, top, height)
        .narrow(columns, left, width)
        .copy_(known.index_select(rows, nearestPlaces(frameHeight, height))
                   .index_select(columns, nearestPlaces(frameWidth, width)));
    return result;
  };
  moved.segment = map(targets.segment);
  moved.depth = map(targets.depth);
  moved.edges = map(targets.edges);
  moved.normals = map(targets.normals, 0);
  const cv::Size frame(static_cast<int>(frameWidth), static_cast<int>(frameHeight));
  const cv::Size shrunk(static_cast<int>(width), static_cast<int>(height));
  for (Pinhole& pinhole : moved.pinholes)
    pinhole =
        pinhole.resized(frame, shrunk).moved(static_cast<double>(left), static_cast<double>(top));
  const double scaleY = static_cast<double>(height) / static_cast<double>(frameHeight);
  const double scaleX = static_cast<double>(width) / static_cast<double>(frameWidth);
  const at::Tensor scales = at::tensor({scaleX, scaleY, scaleX, scaleY}, at::kFloat);
  const at::Tensor corner = at::tensor({left, top, left, top}, at::kLong).to(at::kFloat);
  for (Targets::Objects& objects : moved.objects)
    if (objects.boxes.defined()) objects.boxes = objects.boxes * scales + corner;
  return moved;
}

std::function<ImageFunction(std::uint64_t draw)> diverseInputs(const AttackInput& input,
                                                               const Objective& objective,
                                                               double probability) {
  return [engine = input.engine, objective, probability,
          pad = neutralPixel().to(at::Device(input.engine.device())),
          image = keyOf(input.sample.image)](std::uint64_t draw) -> ImageFunction {
    Random random(Random::mix(draw, image));
    if (!random.chance(probability)) return {};
    const cv::Size size = engine.spec().size;
    const ShrunkImage shrunk = ShrunkImage::draw(random, size.height, size.width);
    const auto moved = objective.ofTargets(engine, shrunk.of(objective.targets()));
    if (!moved) return {};
    return [shrunk, pad, function = onImage(engine, moved->function())](const at::Tensor& pixels) {
      return function(shrunk.of(pixels, pad));
    };
  };
}

}  // namespace uninet
