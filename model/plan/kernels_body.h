// The code of kernels.h for one vector length. Included once by each file that is compiled for an
// instruction set, which sets UNINET_LANES and UNINET_KERNELS (the name of its accessor) before.
// Nothing here has external linkage and nothing of the standard library is used: a function that
// the linker shares between files must not hold instructions that this processor lacks.

#include <immintrin.h>

#include "model/plan/kernels.h"

namespace uninet::plan {
namespace {

constexpr int kLanes = UNINET_LANES;
using Vec = float __attribute__((vector_size(kLanes * 4)));
using Ints = std::int32_t __attribute__((vector_size(kLanes * 4)));
using Bytes = std::uint8_t __attribute__((vector_size(kLanes)));
using Doubles = double __attribute__((vector_size(kLanes * 8)));

// Pixels that one pass of the product computes, for two blocks of outputs and for one: as many sums
// as the registers hold beside weights and the value.
#ifdef __AVX512F__
constexpr int kRowsOfTwo = 12, kRowsOfOne = 24;
#else
constexpr int kRowsOfTwo = 6, kRowsOfOne = 12;
#endif

inline Vec load(const float* p) { return *reinterpret_cast<const Vec*>(p); }
inline void store(float* p, Vec v) { *reinterpret_cast<Vec*>(p) = v; }

/// Bits of the values above 0, to bytes of `mask`.
inline void storeMask(std::uint8_t* mask, Vec v) {
#if UNINET_LANES == 8
  *mask = static_cast<std::uint8_t>(
      _mm256_movemask_ps(_mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_GT_OQ)));
#elif defined(__AVX512F__)
  *reinterpret_cast<std::uint16_t*>(mask) = _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_GT_OQ);
#else
  unsigned bits = 0;
  for (int i = 0; i < kLanes; ++i) bits |= v[i] > 0 ? 1u << i : 0u;
  mask[0] = static_cast<std::uint8_t>(bits);
  mask[1] = static_cast<std::uint8_t>(bits >> 8);
#endif
}

inline Vec applyMask(const std::uint8_t* mask, Vec v) {
#if UNINET_LANES == 8
  const Ints bits{1, 2, 4, 8, 16, 32, 64, 128};
  const Ints set = ((Ints{} + static_cast<std::int32_t>(*mask)) & bits) != 0;
  return reinterpret_cast<Vec>(reinterpret_cast<Ints>(v) & set);
#elif defined(__AVX512F__)
  return _mm512_maskz_mov_ps(*reinterpret_cast<const std::uint16_t*>(mask), v);
#else
  const unsigned bits = mask[0] | static_cast<unsigned>(mask[1]) << 8;
  for (int i = 0; i < kLanes; ++i)
    if ((bits >> i & 1u) == 0) v[i] = 0;
  return v;
#endif
}

/// Not a number stays not a number, as in ATen.
inline Vec clip(Vec v) { return v < 0 ? Vec{} : v; }

inline void finish(const BlockOut& out, std::ptrdiff_t pixel, Vec v) {
  const std::ptrdiff_t at = pixel * kLanes;
  if (out.bias != nullptr) v += load(out.bias);
  if (out.add0 != nullptr) v += load(out.add0 + at);
  if (out.add1 != nullptr) v += load(out.add1 + at);
  if (out.relu) {
    if (out.maskOut != nullptr) storeMask(out.maskOut + at / 8, v);
    v = clip(v);
  }
  if (out.maskIn != nullptr) v = applyMask(out.maskIn + at / 8, v);
  store(out.dst + at, v);
}

/// sums[r][g] += Σ_c source[r · stride + c] · weights[c][g]: the product under everything else.
template <int Rows, int Groups>
inline void accumulate(Vec (&sums)[Rows][Groups], const float* source, std::ptrdiff_t stride,
                       const float* weights, int channels) {
  for (int c = 0; c < channels; ++c) {
    Vec w[Groups];
#pragma GCC unroll 2
    for (int g = 0; g < Groups; ++g) w[g] = load(weights + (c * Groups + g) * kLanes);
#pragma GCC unroll 24
    for (int r = 0; r < Rows; ++r) {
      const float value = source[r * stride + c];
#pragma GCC unroll 2
      for (int g = 0; g < Groups; ++g) sums[r][g] += value * w[g];
    }
  }
}

/// Calls pass.template operator()<Rows>(first pixel) until `count` pixels from `first` are done.
template <int Most, class Pass>
inline void inPasses(std::ptrdiff_t first, std::ptrdiff_t last, const Pass& pass) {
  constexpr int kSome = Most >= 6 ? Most / 3 : 1;
  for (; first + Most <= last; first += Most) pass.template operator()<Most>(first);
  for (; first + kSome <= last; first += kSome) pass.template operator()<kSome>(first);
  for (; first < last; ++first) pass.template operator()<1>(first);
}

/// Floats of packed weights before group `group`.
inline std::ptrdiff_t groupStart(int group, int inBlocks, int taps) {
  return static_cast<std::ptrdiff_t>(group) * inBlocks * taps * kLanes * 2 * kLanes;
}

// --- convolutions without transforms ---

constexpr int kMostTaps = 64;

/// The taps that count in one row of outputs, with dy the row of the source; and the columns whose
/// taps all lie inside, from ≤ j < to.
struct RowTaps {
  Tap taps[kMostTaps];
  int count = 0;
  int from = 0, to = 0;
};

RowTaps rowTaps(const Direct& d, const Phase& phase, int row) {
  RowTaps r;
  int left = 0, right = 0;  // how far taps reach beyond j · step
  for (int t = 0; t < phase.tapCount; ++t) {
    const int y = row * d.sourceStep + phase.taps[t].dy;
    if (y < 0 || y >= d.inHeight) continue;
    r.taps[r.count] = phase.taps[t];
    r.taps[r.count++].dy = y;
    left = -phase.taps[t].dx > left ? -phase.taps[t].dx : left;
    right = phase.taps[t].dx > right ? phase.taps[t].dx : right;
  }
  // from · step ≥ left, (to − 1) · step + right < width.
  r.from = (left + d.sourceStep - 1) / d.sourceStep;
  r.to = d.inWidth - right > 0 ? (d.inWidth - right - 1) / d.sourceStep + 1 : 0;
  r.to = r.to < phase.columns ? r.to : phase.columns;
  r.from = r.from < phase.columns ? r.from : phase.columns;
  if (r.to < r.from) r.to = r.from;
  return r;
}

inline std::ptrdiff_t pixelOf(const Direct& d, const Phase& phase, int row, int column) {
  return static_cast<std::ptrdiff_t>(phase.yFirst + row * d.outStep) * d.outWidth + phase.xFirst +
         static_cast<std::ptrdiff_t>(column) * d.outStep;
}

template <int Groups>
void directRow(const Direct& d, const Phase& phase, int row, int group) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const RowTaps r = rowTaps(d, phase, row);
  const Tap* taps = r.taps;
  const int count = r.count;
  const float* weights = d.weights + groupStart(group, d.inBlocks, d.weightTaps);
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(d.sourceStep) * kLanes;
  const auto put = [&](int j, const Vec* sums) {
    for (int g = 0; g < Groups; ++g)
      finish(d.out[2 * group + g], pixelOf(d, phase, row, j), sums[g]);
  };
  const auto weightsOf = [&](int block, int tap) {
    return weights +
           (static_cast<std::ptrdiff_t>(block) * d.weightTaps + tap) * kLanes * Groups * kLanes;
  };
  const auto edge = [&](int j) {
    Vec sums[1][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      for (int t = 0; t < count; ++t) {
        const int x = j * d.sourceStep + taps[t].dx;
        if (x < 0 || x >= d.inWidth) continue;
        const float* source =
            d.in[b].src + (static_cast<std::ptrdiff_t>(taps[t].dy) * d.inWidth + x) * kLanes;
        accumulate<1, Groups>(sums, source, 0, weightsOf(b, taps[t].index), d.in[b].channels);
      }
    put(j, sums[0]);
  };
  for (int j = 0; j < r.from; ++j) edge(j);
  inPasses<kMost>(r.from, r.to, [&]<int Rows>(std::ptrdiff_t j) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      for (int t = 0; t < count; ++t) {
        const float* source = d.in[b].src +
                              static_cast<std::ptrdiff_t>(taps[t].dy) * d.inWidth * kLanes +
                              j * step + static_cast<std::ptrdiff_t>(taps[t].dx) * kLanes;
        accumulate<Rows, Groups>(sums, source, step, weightsOf(b, taps[t].index), d.in[b].channels);
      }
    for (int i = 0; i < Rows; ++i) put(static_cast<int>(j) + i, sums[i]);
  });
  for (int j = r.to; j < phase.columns; ++j) edge(j);
}

void direct(const Direct& d, const Phase& phase, int firstRow, int lastRow, int firstGroup,
            int lastGroup) {
  for (int group = firstGroup; group < lastGroup; ++group)
    for (int row = firstRow; row < lastRow; ++row)
      if (2 * group + 1 < d.outBlocks)
        directRow<2>(d, phase, row, group);
      else
        directRow<1>(d, phase, row, group);
}

/// Few outputs: the channels of the source lie in the lanes, and each sum over them is taken once
/// at the end. Weights: for each tap, each block of the source, each output: [channel].
template <int Outputs>
void narrowRow(const Direct& d, const Phase& phase, int row) {
  constexpr int kMost = 12 / Outputs;
  const RowTaps r = rowTaps(d, phase, row);
  const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(d.sourceStep) * kLanes;
  const auto put = [&](int j, const Vec* sums) {
    Vec v{};
    for (int k = 0; k < Outputs; ++k) {
      float total = 0;
      for (int c = 0; c < kLanes; ++c) total += sums[k][c];
      v[k] = total;
    }
    finish(d.out[0], pixelOf(d, phase, row, j), v);
  };
  const auto add = [&]<int Rows>(Vec(&sums)[Rows][Outputs], const Tap& tap, std::ptrdiff_t x) {
    const float* w =
        d.weights + static_cast<std::ptrdiff_t>(tap.index) * d.inBlocks * Outputs * kLanes;
    for (int b = 0; b < d.inBlocks; ++b, w += Outputs * kLanes) {
      const float* source =
          d.in[b].src + (static_cast<std::ptrdiff_t>(tap.dy) * d.inWidth + x) * kLanes;
#pragma GCC unroll 12
      for (int i = 0; i < Rows; ++i) {
        const Vec value = load(source + i * step);
#pragma GCC unroll 4
        for (int k = 0; k < Outputs; ++k) sums[i][k] += value * load(w + k * kLanes);
      }
    }
  };
  const auto edge = [&](int j) {
    Vec sums[1][Outputs] = {};
    for (int t = 0; t < r.count; ++t) {
      const int x = j * d.sourceStep + r.taps[t].dx;
      if (x >= 0 && x < d.inWidth) add(sums, r.taps[t], x);
    }
    put(j, sums[0]);
  };
  for (int j = 0; j < r.from; ++j) edge(j);
  inPasses<kMost>(r.from, r.to, [&]<int Rows>(std::ptrdiff_t j) {
    Vec sums[Rows][Outputs] = {};
    for (int t = 0; t < r.count; ++t) add(sums, r.taps[t], j * d.sourceStep + r.taps[t].dx);
    for (int i = 0; i < Rows; ++i) put(static_cast<int>(j) + i, sums[i]);
  });
  for (int j = r.to; j < phase.columns; ++j) edge(j);
}

void narrow(const Direct& d, const Phase& phase, int firstRow, int lastRow, int outputs) {
  for (int row = firstRow; row < lastRow; ++row) switch (outputs) {
      case 1:
        narrowRow<1>(d, phase, row);
        break;
      case 2:
        narrowRow<2>(d, phase, row);
        break;
      case 3:
        narrowRow<3>(d, phase, row);
        break;
      default:
        narrowRow<4>(d, phase, row);
    }
}

template <int Groups>
void pointwiseGroup(const Direct& d, std::ptrdiff_t first, std::ptrdiff_t last, int group,
                    const float* near) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const float* weights = d.weights + groupStart(group, d.inBlocks, 1);
  const std::ptrdiff_t block = (last - first) * kLanes;
  inPasses<kMost>(first, last, [&]<int Rows>(std::ptrdiff_t pixel) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < d.inBlocks; ++b)
      accumulate<Rows, Groups>(sums, near + b * block + (pixel - first) * kLanes, kLanes,
                               weights + static_cast<std::ptrdiff_t>(b) * kLanes * Groups * kLanes,
                               d.in[b].channels);
    for (int r = 0; r < Rows; ++r)
      for (int g = 0; g < Groups; ++g) finish(d.out[2 * group + g], pixel + r, sums[r][g]);
  });
}

void pointwise(const Direct& d, std::ptrdiff_t first, std::ptrdiff_t last, float* near) {
  // All blocks of these pixels side by side: read once in long runs instead of as many streams as
  // there are blocks.
  const std::ptrdiff_t block = (last - first) * kLanes;
  for (int b = 0; b < d.inBlocks; ++b)
    for (std::ptrdiff_t i = 0; i < block; i += kLanes)
      store(near + b * block + i, load(d.in[b].src + first * kLanes + i));
  for (int group = 0; 2 * group < d.outBlocks; ++group)
    if (2 * group + 1 < d.outBlocks)
      pointwiseGroup<2>(d, first, last, group, near);
    else
      pointwiseGroup<1>(d, first, last, group, near);
}

// --- Winograd ---

/// Bᵀ · d, for six vectors.
inline void inputTransform(const Vec (&d)[6], Vec (&t)[6]) {
  t[0] = 4 * d[0] - 5 * d[2] + d[4];
  t[1] = d[3] + d[4] - 4 * (d[1] + d[2]);
  t[2] = d[4] - d[3] + 4 * (d[1] - d[2]);
  const Vec a = d[4] - d[2], b = 2 * (d[3] - d[1]);
  t[3] = a + b;
  t[4] = a - b;
  t[5] = 4 * d[1] - 5 * d[3] + d[5];
}

/// Aᵀ · m.
inline void outputTransform(const Vec (&m)[6], Vec (&o)[4]) {
  const Vec a = m[1] + m[2], b = m[1] - m[2], c = m[3] + m[4], e = m[3] - m[4];
  o[0] = m[0] + a + c;
  o[1] = b + 2 * e;
  o[2] = a + 4 * c;
  o[3] = b + 8 * e + m[5];
}

void winogradIn(const Winograd& w, int first, int count, int block, int capacity, float* v) {
  const int across = (w.width + 3) / 4;
  const float* source = w.in[block].src;
  const std::ptrdiff_t next = static_cast<std::ptrdiff_t>(w.inBlocks) * capacity * kLanes;
  for (int i = 0; i < count; ++i) {
    const int y0 = (first + i) / across * 4 - 1, x0 = (first + i) % across * 4 - 1;
    const bool inside = y0 >= 0 && x0 >= 0 && y0 + 6 <= w.height && x0 + 6 <= w.width;
    Vec columns[6][6];
    for (int x = 0; x < 6; ++x) {
      Vec d[6];
      for (int y = 0; y < 6; ++y) {
        const bool there =
            inside || (y0 + y >= 0 && y0 + y < w.height && x0 + x >= 0 && x0 + x < w.width);
        d[y] =
            there ? load(source + (static_cast<std::ptrdiff_t>(y0 + y) * w.width + x0 + x) * kLanes)
                  : Vec{};
      }
      Vec t[6];
      inputTransform(d, t);
      for (int y = 0; y < 6; ++y) columns[y][x] = t[y];
    }
    float* to = v + (static_cast<std::ptrdiff_t>(block) * capacity + i) * kLanes;
    for (int y = 0; y < 6; ++y) {
      Vec t[6];
      inputTransform(columns[y], t);
      for (int x = 0; x < 6; ++x, to += next) store(to, t[x]);
    }
  }
}

template <int Groups>
void productGroup(const Winograd& w, const float* weights, int group, int count, int capacity,
                  const float* v, float* m) {
  constexpr int kMost = Groups == 2 ? kRowsOfTwo : kRowsOfOne;
  const std::ptrdiff_t block = static_cast<std::ptrdiff_t>(capacity) * kLanes;
  inPasses<kMost>(0, count, [&]<int Rows>(std::ptrdiff_t tile) {
    Vec sums[Rows][Groups] = {};
    for (int b = 0; b < w.inBlocks; ++b)
      accumulate<Rows, Groups>(sums, v + b * block + tile * kLanes, kLanes,
                               weights + static_cast<std::ptrdiff_t>(b) * kLanes * Groups * kLanes,
                               w.in[b].channels);
    for (int r = 0; r < Rows; ++r)
      for (int g = 0; g < Groups; ++g)
        store(m + (2 * group + g) * block + (tile + r) * kLanes, sums[r][g]);
  });
}

void winogradProduct(const Winograd& w, int position, int count, int capacity, const float* v,
                     float* m) {
  const std::ptrdiff_t block = static_cast<std::ptrdiff_t>(capacity) * kLanes;
  v += position * w.inBlocks * block;
  m += position * w.outBlocks * block;
  const float* weights = w.weights + static_cast<std::ptrdiff_t>(position) * w.inBlocks * kLanes *
                                         w.outBlocks * kLanes;
  for (int group = 0; 2 * group < w.outBlocks; ++group) {
    const float* part = weights + groupStart(group, w.inBlocks, 1);
    if (2 * group + 1 < w.outBlocks)
      productGroup<2>(w, part, group, count, capacity, v, m);
    else
      productGroup<1>(w, part, group, count, capacity, v, m);
  }
}

void winogradOut(const Winograd& w, int first, int count, int block, int capacity, const float* m) {
  const int across = (w.width + 3) / 4;
  const std::ptrdiff_t next = static_cast<std::ptrdiff_t>(w.outBlocks) * capacity * kLanes;
  const BlockOut out = w.out[block];
  for (int i = 0; i < count; ++i) {
    const float* from = m + (static_cast<std::ptrdiff_t>(block) * capacity + i) * kLanes;
    Vec rows[6][4];
    for (int y = 0; y < 6; ++y) {
      Vec line[6];
      for (int x = 0; x < 6; ++x, from += next) line[x] = load(from);
      outputTransform(line, rows[y]);
    }
    const int y0 = (first + i) / across * 4, x0 = (first + i) % across * 4;
    for (int x = 0; x < 4 && x0 + x < w.width; ++x) {
      const Vec column[6] = {rows[0][x], rows[1][x], rows[2][x],
                             rows[3][x], rows[4][x], rows[5][x]};
      Vec o[4];
      outputTransform(column, o);
      for (int y = 0; y < 4 && y0 + y < w.height; ++y)
        finish(out, static_cast<std::ptrdiff_t>(y0 + y) * w.width + x0 + x, o[y]);
    }
  }
}

// --- the rest ---

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

const Kernels kTable{
    UNINET_KERNELS_NAME, kLanes,      direct,         narrow,   pointwise, winogradIn,
    winogradProduct,     winogradOut, fromPlanes,     toPlanes, copy,      maxPool,
    maxPoolBackward,     resize,      resizeBackward, sums,     affine,    sigmoid,
    sigmoidBackward,     crossEntropy};

}  // namespace

const Kernels* UNINET_KERNELS() { return &kTable; }

}  // namespace uninet::plan
