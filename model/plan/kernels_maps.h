// Part of kernels_body.h, which says what may stand here.
#pragma once

#include "model/plan/kernels_vector.h"

namespace uninet::plan {
namespace {

void fromPlanes(const float* planes, std::ptrdiff_t stride, int channels, std::ptrdiff_t first,
                std::ptrdiff_t last, const BlockOut& out) {
  for (std::ptrdiff_t p = first; p < last; ++p) {
    Vec v{};
    if (planes != nullptr)
      for (int c = 0; c < channels; ++c) v[c] = planes[c * stride + p];
    finish(out, p, v);
  }
}

void toPlanes(const BlockIn& in, std::ptrdiff_t first, std::ptrdiff_t last, std::ptrdiff_t stride,
              float* planes) {
  constexpr std::ptrdiff_t kPixels = 64;  // of one block in the first cache
  for (std::ptrdiff_t from = first; from < last; from += kPixels) {
    const std::ptrdiff_t to = from + kPixels < last ? from + kPixels : last;
    for (int c = 0; c < in.channels; ++c)
      for (std::ptrdiff_t p = from; p < to; ++p) planes[c * stride + p] = in.src[p * kLanes + c];
  }
}

void copy(const BlockIn& in, const BlockOut& out, std::ptrdiff_t first, std::ptrdiff_t last) {
  for (std::ptrdiff_t p = first; p < last; ++p)
    finish(out, p, in.src != nullptr ? load(in.src + p * kLanes) : Vec{});
}

void maxPool(const float* in, int height, int width, int kernel, int stride, int outHeight,
             int outWidth, const BlockOut& out, std::uint8_t* which) {
  for (int oy = 0; oy < outHeight; ++oy)
    for (int ox = 0; ox < outWidth; ++ox) {
      const int y0 = oy * stride, x0 = ox * stride;
      Vec best = load(in + (static_cast<std::ptrdiff_t>(y0) * width + x0) * kLanes);
      Ints winner{};
      for (int y = 0; y < kernel && y0 + y < height; ++y)
        for (int x = 0; x < kernel && x0 + x < width; ++x) {
          const Vec v = load(in + (static_cast<std::ptrdiff_t>(y0 + y) * width + x0 + x) * kLanes);
          const Ints better = (v > best) | (v != v);
          best = better ? v : best;
          winner = better ? Ints{} + (y * kernel + x) : winner;
        }
      const std::ptrdiff_t p = static_cast<std::ptrdiff_t>(oy) * outWidth + ox;
      if (which != nullptr)
        *reinterpret_cast<Bytes*>(which + p * kLanes) = __builtin_convertvector(winner, Bytes);
      finish(out, p, best);
    }
}

void maxPoolBackward(const float* gradient, int outHeight, int outWidth, int kernel, int stride,
                     const std::uint8_t* which, int height, int width, const BlockOut& out) {
  for (int y = 0; y < height; ++y) {
    const int firstY = y < kernel ? 0 : (y - kernel) / stride + 1;
    const int lastY = y / stride < outHeight - 1 ? y / stride : outHeight - 1;
    for (int x = 0; x < width; ++x) {
      const int firstX = x < kernel ? 0 : (x - kernel) / stride + 1;
      const int lastX = x / stride < outWidth - 1 ? x / stride : outWidth - 1;
      Vec sum{};
      for (int oy = firstY; oy <= lastY; ++oy)
        for (int ox = firstX; ox <= lastX; ++ox) {
          const std::ptrdiff_t p = (static_cast<std::ptrdiff_t>(oy) * outWidth + ox) * kLanes;
          const Ints winner =
              __builtin_convertvector(*reinterpret_cast<const Bytes*>(which + p), Ints);
          const Ints mine = winner == (y - oy * stride) * kernel + (x - ox * stride);
          sum += mine ? load(gradient + p) : Vec{};
        }
      finish(out, static_cast<std::ptrdiff_t>(y) * width + x, sum);
    }
  }
}

void resize(const float* in, const Axis& y, const Axis& x, const BlockOut& out, int first, int last,
            float* row) {
  const std::ptrdiff_t inWidth = static_cast<std::ptrdiff_t>(x.in) * kLanes;
  for (int o = first; o < last; ++o) {
    const float* low = in + y.low[o] * inWidth;
    const float* high = in + y.high[o] * inWidth;
    const float share = y.weight[o];
    for (std::ptrdiff_t i = 0; i < inWidth; i += kLanes)
      store(row + i, (1 - share) * load(low + i) + share * load(high + i));
    for (int i = 0; i < x.out; ++i) {
      const float w = x.weight[i];
      const Vec a = load(row + static_cast<std::ptrdiff_t>(x.low[i]) * kLanes);
      const Vec b = load(row + static_cast<std::ptrdiff_t>(x.high[i]) * kLanes);
      finish(out, static_cast<std::ptrdiff_t>(o) * x.out + i, (1 - w) * a + w * b);
    }
  }
}

void resizeBackward(const float* gradient, const Axis& y, const Axis& x, const BlockOut& out,
                    int first, int last, float* row) {
  const std::ptrdiff_t outWidth = static_cast<std::ptrdiff_t>(x.out) * kLanes;
  for (int i = first; i < last; ++i) {
    for (std::ptrdiff_t at = 0; at < outWidth; at += kLanes) {
      Vec sum{};
      for (int k = y.start[i]; k < y.start[i + 1]; ++k)
        sum += y.share[k] * load(gradient + y.from[k] * outWidth + at);
      store(row + at, sum);
    }
    for (int j = 0; j < x.in; ++j) {
      Vec sum{};
      for (int k = x.start[j]; k < x.start[j + 1]; ++k)
        sum += x.share[k] * load(row + static_cast<std::ptrdiff_t>(x.from[k]) * kLanes);
      finish(out, static_cast<std::ptrdiff_t>(i) * x.in + j, sum);
    }
  }
}

void sums(const float* a, const float* b, std::ptrdiff_t n, double* sumA, double* sumAB) {
  Doubles first{}, second{};
  for (std::ptrdiff_t p = 0; p < n; ++p) {
    const Doubles v = __builtin_convertvector(load(a + p * kLanes), Doubles);
    first += v;
    if (b != nullptr) second += v * __builtin_convertvector(load(b + p * kLanes), Doubles);
  }
  for (int i = 0; i < kLanes; ++i) {
    sumA[i] = first[i];
    if (b != nullptr) sumAB[i] = second[i];
  }
}

void affine(const float* in, const float* scale, const float* shift, const float* in2,
            const float* scale2, std::ptrdiff_t n, const BlockOut& out) {
  const Vec none{};
  const Vec s = scale != nullptr ? load(scale) : none, c = shift != nullptr ? load(shift) : none;
  const Vec s2 = scale2 != nullptr ? load(scale2) : none;
  for (std::ptrdiff_t p = 0; p < n; ++p) {
    Vec v = c;
    if (in != nullptr) v += s * load(in + p * kLanes);
    if (in2 != nullptr) v += s2 * load(in2 + p * kLanes);
    finish(out, p, v);
  }
}

/// e^x by powers of two and a polynomial, to 2 units in the last place (Cephes, expf).
inline Vec exponential(Vec x) {
  x = x > 88 ? Vec{} + 88 : x;
  x = x < -87 ? Vec{} - 87 : x;
  const Vec scaled = x * 1.44269504088896341f;
  const Ints n = __builtin_convertvector(scaled + (scaled < 0 ? Vec{} - 0.5f : Vec{} + 0.5f), Ints);
  const Vec k = __builtin_convertvector(n, Vec);
  const Vec r = x - k * 0.693359375f - k * -2.12194440e-4f;
  Vec p = r * 1.9875691500E-4f + 1.3981999507E-3f;
  p = p * r + 8.3334519073E-3f;
  p = p * r + 4.1665795894E-2f;
  p = p * r + 1.6666665459E-1f;
  p = p * r + 5.0000001201E-1f;
  p = p * r * r + r + 1;
  const Ints power = (n + 127) << 23;
  return p * reinterpret_cast<Vec>(power);
}

void sigmoid(const float* in, std::ptrdiff_t n, const BlockOut& out) {
  for (std::ptrdiff_t p = 0; p < n; ++p) {
    const Vec x = load(in + p * kLanes);
    const Vec y = 1 / (1 + exponential(-x));
    finish(out, p, x != x ? x : y);
  }
}

void sigmoidBackward(const float* gradient, const float* y, std::ptrdiff_t n, const BlockOut& out) {
  for (std::ptrdiff_t p = 0; p < n; ++p) {
    const Vec v = load(y + p * kLanes);
    finish(out, p, load(gradient + p * kLanes) * v * (1 - v));
  }
}

double crossEntropy(const CrossEntropyRows& c, int first, int last, float* row, float* back,
                    float* gradient, int firstRow) {
  const std::ptrdiff_t pixel = static_cast<std::ptrdiff_t>(c.blocks) * kLanes;
  const std::ptrdiff_t width = c.x.in * pixel;
  alignas(64) float values[kMostClassBlocks * kLanes];
  double sum = 0;
  for (int o = first; o < last; ++o) {
    const float* low = c.logits + c.y.low[o] * width;
    const float* high = c.logits + c.y.high[o] * width;
    const float share = c.y.weight[o];
    for (std::ptrdiff_t i = 0; i < width; i += kLanes) {
      store(row + i, (1 - share) * load(low + i) + share * load(high + i));
      if (gradient != nullptr) store(back + i, Vec{});
    }
    for (int x = 0; x < c.x.out; ++x) {
      const int label = c.labels[static_cast<std::ptrdiff_t>(o) * c.x.out + x];
      if (label < 0) continue;
      const float* a = row + c.x.low[x] * pixel;
      const float* b = row + c.x.high[x] * pixel;
      const float w = c.x.weight[x];
      Vec most = (1 - w) * load(a) + w * load(b);
      store(values, most);
      for (int block = 1; block < c.blocks; ++block) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(block) * kLanes;
        const Vec v = (1 - w) * load(a + at) + w * load(b + at);
        store(values + at, v);
        most = v > most ? v : most;
      }
      float greatest = most[0];
      for (int i = 1; i < kLanes; ++i) greatest = most[i] > greatest ? most[i] : greatest;
      const float own = values[label];
      Vec total{};
      for (int block = 0; block < c.blocks; ++block) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(block) * kLanes;
        const Vec e = exponential(load(values + at) - greatest);
        store(values + at, e);
        total += e;
      }
      float all = 0;
      for (int i = 0; i < kLanes; ++i) all += total[i];
      const float weight = c.weights[label];
      sum += static_cast<double>(weight) * (__builtin_logf(all) + greatest - own);
      if (gradient == nullptr) continue;
      values[label] -= all;
      const float factor = weight / all;
      float* toA = back + c.x.low[x] * pixel;
      float* toB = back + c.x.high[x] * pixel;
      for (int block = 0; block < c.blocks; ++block) {
        const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(block) * kLanes;
        const Vec g = factor * load(values + at);
        store(toA + at, load(toA + at) + (1 - w) * g);
        store(toB + at, load(toB + at) + w * g);
      }
    }
    if (gradient == nullptr) continue;
    float* toLow = gradient + (c.y.low[o] - firstRow) * width;
    float* toHigh = gradient + (c.y.high[o] - firstRow) * width;
    for (std::ptrdiff_t i = 0; i < width; i += kLanes) {
      const Vec g = load(back + i);
      store(toLow + i, load(toLow + i) + (1 - share) * g);
      store(toHigh + i, load(toHigh + i) + share * g);
    }
  }
  return sum;
}

}  // namespace
}  // namespace uninet::plan
