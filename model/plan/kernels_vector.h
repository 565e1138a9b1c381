// Part of kernels_body.h, which says what may stand here.
#pragma once

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

}  // namespace
}  // namespace uninet::plan
