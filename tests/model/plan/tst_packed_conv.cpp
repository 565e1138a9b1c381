#include <QtTest>

#include <cmath>
#include <random>

#include "model/plan/packed_conv.h"

using namespace uninet;
using namespace uninet::plan;

namespace {

/// Kernel sets that this processor can run; the one of 16 lanes made for AVX2 stands for AVX-512
/// where there is none.
std::vector<const Kernels*> sets() {
  std::vector<const Kernels*> list;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return list;
  list = {kernelsAvx2(), kernelsWideOnAvx2()};
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq"))
    list.push_back(kernelsAvx512());
  return list;
}

/// Parts of `channels` one behind the other, each cut into blocks by itself.
Map mapOf(const std::vector<int>& parts, int height, int width, int lanes) {
  Map map;
  map.height = height;
  map.width = width;
  for (const int channels : parts)
    for (int c = 0; c < channels; c += lanes)
      map.slots.push_back({0, static_cast<int>(map.slots.size()), std::min(lanes, channels - c)});
  return map;
}

/// A map's values by channel of the network and in blocks.
struct Values {
  Values(const Map& map, int lanes) : map(map), lanes(lanes) {
    blocks = makeFloats(map.slots.size() * static_cast<std::size_t>(map.pixels() * lanes));
  }
  float& at(int channel, int y, int x) {
    std::ptrdiff_t block = 0;
    while (channel >= map.slots[static_cast<std::size_t>(block)].channels)
      channel -= map.slots[static_cast<std::size_t>(block++)].channels;
    return blocks[static_cast<std::size_t>((block * map.pixels() + y * map.width + x) * lanes +
                                           channel)];
  }
  float* block(std::size_t b) const {
    return blocks.get() + b * static_cast<std::size_t>(map.pixels() * lanes);
  }
  void fill(std::mt19937& random) {
    std::normal_distribution<float> normal;
    for (int c = 0; c < map.channels(); ++c)
      for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) at(c, y, x) = normal(random);
  }
  Map map;
  int lanes;
  Floats blocks;
};

int outSize(int in, const ConvSpec& spec) {
  return (in + 2 * spec.padding - spec.kernel) / spec.stride + 1;
}

}  // namespace

class TestPackedConv : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Against the definition in double precision, forward and for the gradient by the data.
  void definition_data() {
    QTest::addColumn<QList<int>>("parts");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("kernel");
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("height");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("method");
    const auto row = [](const char* name, QList<int> parts, int out, int kernel, int stride,
                        int height, int width, Method method) {
      QTest::newRow(name) << parts << out << kernel << stride << height << width
                          << static_cast<int>(method);
    };
    row("winograd", {32}, 32, 3, 1, 16, 24, Method::winograd);
    row("winograd, odd sizes", {32}, 48, 3, 1, 13, 27, Method::winograd);
    row("winograd, smaller than a tile", {16}, 16, 3, 1, 3, 2, Method::winograd);
    row("winograd, remainders", {5, 20}, 19, 3, 1, 9, 10, Method::winograd);
    row("winograd, many tiles", {8}, 8, 3, 1, 64, 101, Method::winograd);
    row("pointwise", {16}, 32, 1, 1, 7, 31, Method::pointwise);
    row("pointwise, remainders", {3, 20, 9}, 21, 1, 1, 5, 5, Method::pointwise);
    row("pointwise, one pixel", {24}, 40, 1, 1, 1, 1, Method::pointwise);
    row("3 x 3", {4}, 19, 3, 1, 11, 30, Method::direct);
    row("3 x 3, narrow", {20, 3}, 8, 3, 1, 9, 1, Method::direct);
    row("3 x 3, stride 2", {12}, 24, 3, 2, 16, 30, Method::direct);
    row("3 x 3, stride 2, odd", {12}, 40, 3, 2, 9, 15, Method::direct);
    row("7 x 7 of an image", {3}, 16, 7, 1, 20, 33, Method::direct);
    row("7 x 7, smaller than the kernel", {3}, 4, 7, 1, 4, 5, Method::direct);
    row("gradient of an image", {3}, 16, 7, 1, 20, 33, Method::narrow);
    row("one output", {20, 8}, 1, 3, 1, 9, 30, Method::narrow);
    row("four outputs", {12}, 4, 1, 1, 7, 7, Method::narrow);
    row("two inputs, stride 2", {2}, 24, 3, 2, 9, 15, Method::narrow);
    row("1 x 1, stride 2", {8}, 8, 1, 2, 8, 9, Method::direct);
  }
  void definition() {
    QFETCH(QList<int>, parts);
    QFETCH(int, out);
    QFETCH(int, kernel);
    QFETCH(int, stride);
    QFETCH(int, height);
    QFETCH(int, width);
    QFETCH(int, method);
    if (sets().empty()) QSKIP("this processor has no AVX2");
    for (const Kernels* kernels : sets()) {
      std::mt19937 random(7);
      std::normal_distribution<float> normal;
      const int lanes = kernels->lanes;
      Layer layer;
      layer.conv = {out, kernel, stride, kernel / 2, false};
      layer.in = mapOf({parts.begin(), parts.end()}, height, width, lanes);
      layer.out = mapOf({out}, outSize(height, layer.conv), outSize(width, layer.conv), lanes);
      const int in = layer.in.channels(), taps = kernel * kernel;
      layer.weights.resize(static_cast<std::size_t>(out * in * taps));
      for (float& weight : layer.weights) weight = normal(random);
      for (const auto direction :
           {PackedConv::Direction::forward, PackedConv::Direction::backward}) {
        const bool forward = direction == PackedConv::Direction::forward;
        Values from(forward ? layer.in : layer.out, lanes);
        Values to(forward ? layer.out : layer.in, lanes);
        from.fill(random);
        PackedWeights packed;
        if (method == static_cast<int>(Method::narrow) &&
            (to.map.slots.size() > 1 || to.map.channels() > 4))
          continue;
        const PackedConv conv(layer, direction, *kernels, static_cast<Method>(method), packed);
        std::vector<BlockIn> sources;
        for (std::size_t b = 0; b < from.map.slots.size(); ++b)
          sources.push_back({from.block(b), from.map.slots[b].channels});
        std::vector<BlockOut> results(to.map.slots.size());
        for (std::size_t b = 0; b < results.size(); ++b) results[b].dst = to.block(b);
        Scratch scratch;
        conv.run(sources, results, scratch);

        std::vector<double> right(
            static_cast<std::size_t>(to.map.channels() * to.map.height * to.map.width), 0.);
        const auto cell = [&](int c, int y, int x) -> double& {
          return right[static_cast<std::size_t>((c * to.map.height + y) * to.map.width + x)];
        };
        double size = 0, worst = 0;
        for (int k = 0; k < out; ++k)
          for (int c = 0; c < in; ++c)
            for (int y = 0; y < layer.out.height; ++y)
              for (int x = 0; x < layer.out.width; ++x)
                for (int t = 0; t < taps; ++t) {
                  const int sy = y * stride + t / kernel - kernel / 2;
                  const int sx = x * stride + t % kernel - kernel / 2;
                  if (sy < 0 || sx < 0 || sy >= height || sx >= width) continue;
                  const double w = layer.weights[static_cast<std::size_t>((k * in + c) * taps + t)];
                  if (forward)
                    cell(k, y, x) += w * from.at(c, sy, sx);
                  else
                    cell(c, sy, sx) += w * from.at(k, y, x);
                }
        for (int c = 0; c < to.map.channels(); ++c)
          for (int y = 0; y < to.map.height; ++y)
            for (int x = 0; x < to.map.width; ++x) {
              size = std::max(size, std::abs(cell(c, y, x)));
              worst = std::max(worst, std::abs(cell(c, y, x) - to.at(c, y, x)));
            }
        // F(4 × 4, 3 × 3) loses about a digit to its transforms.
        const double allowed = method == static_cast<int>(Method::winograd) ? 2e-5 : 2e-6;
        QVERIFY2(worst <= allowed * size,
                 qPrintable(QString("%1, %2: %3 of %4")
                                .arg(kernels->name, forward ? "forward" : "backward")
                                .arg(worst)
                                .arg(size)));
        for (std::size_t b = 0; b < to.map.slots.size(); ++b)
          for (std::ptrdiff_t p = 0; p < to.map.pixels(); ++p)
            for (int c = to.map.slots[b].channels; c < lanes; ++c)
              QCOMPARE(to.block(b)[p * lanes + c], 0.f);
      }
    }
  }
};

QTEST_GUILESS_MAIN(TestPackedConv)
#include "tst_packed_conv.moc"
