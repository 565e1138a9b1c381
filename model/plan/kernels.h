#pragma once

#include <cstddef>
#include <cstdint>

namespace uninet::plan {

/// A feature map is cut into blocks of `lanes` channels: block b is an image of its own, pixel p of
/// it at block + p · lanes. What lies beyond the last channel is 0. Convolutions take and give any
/// list of blocks, so that a concatenation is a list and never a copy.

/// Where one block of a result goes and what is done on the way:
/// dst = clip(value + bias + add0 + add1), where clip is one of nothing, ReLU and the derivative of
/// an earlier ReLU. All of the size of dst, which may be add0 (accumulation).
struct BlockOut {
  float* dst = nullptr;
  const float* bias = nullptr;  ///< `lanes` values
  const float* add0 = nullptr;
  const float* add1 = nullptr;
  bool relu = false;
  std::uint8_t* maskOut = nullptr;       ///< one bit a value: 1 where the ReLU let it pass
  const std::uint8_t* maskIn = nullptr;  ///< values whose bit is 0 become 0
};

/// One block that is read.
struct BlockIn {
  const float* src = nullptr;
  int channels = 0;  ///< that are not padding, 1 … lanes
};

/// One element of a kernel: output pixel (i, j) of a phase reads source (i·step + dy, j·step + dx).
struct Tap {
  int dy = 0, dx = 0;
  int index = 0;  ///< which of the packed weights
};

/// Convolution without transforms, and its gradient by the data: each a set of phases. A phase
/// computes the output pixels (yFirst + i·yStep, xFirst + j·xStep), 0 ≤ i < rows, 0 ≤ j < columns,
/// as the sum over taps. Weights: for each group of two blocks of outputs (the last may be one),
/// for each block of the source, for each tap of `tapCount`: [channel][output].
struct Phase {
  int yFirst = 0, xFirst = 0;
  int rows = 0, columns = 0;
  const Tap* taps = nullptr;
  int tapCount = 0;
};

constexpr int kMostTaps = 64;  ///< of one phase

struct Direct {
  const BlockIn* in = nullptr;
  int inBlocks = 0, inHeight = 0, inWidth = 0;
  const BlockOut* out = nullptr;
  int outBlocks = 0, outWidth = 0;
  int sourceStep = 1;  ///< `step` of Tap
  int outStep = 1;     ///< yStep and xStep of Phase
  const float* weights = nullptr;
  int weightTaps = 0;  ///< taps for which weights are packed
};

/// Winograd interpolates at 0, ±kWinogradA, ±kWinogradB and ∞. Sums of 256 channels come out 2.2
/// times as exact as with the usual 0, ±1, ±2 (measured), for as many operations; what is made of
/// the two is exact in float32.
constexpr double kWinogradA = 0.625, kWinogradB = 1.5;

/// 3 × 3, stride 1, padding 1, by F(4 × 4, 3 × 3): Lavin and Gray, Fast Algorithms for
/// Convolutional Neural Networks, 2015. Tiles of 4 × 4 outputs, numbered row by row.
struct Winograd {
  const BlockIn* in = nullptr;
  int inBlocks = 0, height = 0, width = 0;
  const BlockOut* out = nullptr;
  int outBlocks = 0;
  const float* kernels = nullptr;  ///< 3 × 3, packed as for Direct
  bool turned = false;             ///< each by half a turn: the gradient by the data
};

/// Tables of a bilinear resize of one axis: output o is
/// (1 − weight[o]) · in[low[o]] + weight[o] · in[high[o]].
struct Axis {
  const int* low = nullptr;
  const int* high = nullptr;
  const float* weight = nullptr;
  int in = 0, out = 0;
  /// The transpose: input i gets Σ share[k] · out[from[k]], start[i] ≤ k < start[i + 1].
  const int* start = nullptr;
  const int* from = nullptr;
  const float* share = nullptr;
};

/// Cross entropy of resized logits: `logits` [y.in][x.in][blocks · lanes], classes side by side.
struct CrossEntropyRows {
  const float* logits = nullptr;
  int blocks = 0;  ///< at most kMostClassBlocks
  Axis y, x;
  const std::int16_t* labels = nullptr;  ///< y.out × x.out; −1 ignored
  const float* weights = nullptr;        ///< by label
};
constexpr int kMostClassBlocks = 32;

/// The functions of one instruction set. None allocates, throws or starts a thread; ranges are what
/// a caller hands to threads, and results never depend on how they are cut.
struct Kernels {
  const char* name;  ///< "AVX2"
  int lanes;         ///< floats of a vector, channels of a block

  /// Outputs of rows [first, last) of the phase, of the groups [firstGroup, lastGroup).
  void (*direct)(const Direct&, const Phase&, int firstRow, int lastRow, int firstGroup,
                 int lastGroup);
  /// The same for 1 … 4 outputs in one block, whose weights lie as [tap][block][output][channel].
  void (*narrow)(const Direct&, const Phase&, int firstRow, int lastRow, int outputs);
  /// The same for a 1 × 1 convolution without stride: pixels [first, last). `near` has place for
  /// these pixels of all blocks of the source.
  void (*pointwise)(const Direct&, std::ptrdiff_t first, std::ptrdiff_t last, float* near);

  /// Tiles [first, first + count) of block `block` of the source into V, of all blocks
  /// [36][inBlocks][capacity][lanes].
  void (*winogradIn)(const Winograd&, int first, int count, int block, int capacity, float* v);
  /// The kernels from block `block` of the source to the two blocks of outputs of group `group`
  /// into U: for each of the 36 products, for each group, [source channel][output].
  void (*winogradKernels)(const Winograd&, int group, int block, float* u);
  /// Product `position` of 36: M[position] = V[position] · U[position]; M as V, with outBlocks.
  void (*winogradProduct)(const Winograd&, int position, int count, int capacity, const float* u,
                          const float* v, float* m);
  void (*winogradOut)(const Winograd&, int first, int count, int block, int capacity,
                      const float* m);

  /// Pixels [first, last) of `channels` planes that lie `stride` apart (null: 0) into a block.
  void (*fromPlanes)(const float* planes, std::ptrdiff_t stride, int channels, std::ptrdiff_t first,
                     std::ptrdiff_t last, const BlockOut&);
  /// The reverse, without BlockOut's sums.
  void (*toPlanes)(const BlockIn&, std::ptrdiff_t first, std::ptrdiff_t last, std::ptrdiff_t stride,
                   float* planes);
  /// out = in (+ …).
  void (*copy)(const BlockIn&, const BlockOut&, std::ptrdiff_t first, std::ptrdiff_t last);
  /// Largest of kernel × kernel; `which` gets, per value, the number of the winner in its window.
  void (*maxPool)(const float* in, int height, int width, int kernel, int stride, int outHeight,
                  int outWidth, const BlockOut& out, std::uint8_t* which);
  /// Rows of the source; each takes from the windows that chose it.
  void (*maxPoolBackward)(const float* gradient, int outHeight, int outWidth, int kernel,
                          int stride, const std::uint8_t* which, int height, int width,
                          const BlockOut& out);
  /// Output rows [first, last). `row` has place for the input width of one row.
  void (*resize)(const float* in, const Axis& y, const Axis& x, const BlockOut& out, int first,
                 int last, float* row);
  /// Input rows [first, last). `row` has place for one row of the output.
  void (*resizeBackward)(const float* gradient, const Axis& y, const Axis& x, const BlockOut& out,
                         int first, int last, float* row);
  /// Sums over the n pixels of a block, in double: of a, and of a · b where b is given.
  void (*sums)(const float* a, const float* b, std::ptrdiff_t n, double* sumA, double* sumAB);
  /// out = in · scale + shift per channel; with `in2`, + in2 · scale2 as well.
  void (*affine)(const float* in, const float* scale, const float* shift, const float* in2,
                 const float* scale2, std::ptrdiff_t n, const BlockOut& out);
  /// 1 / (1 + e^−x), and gradient · y · (1 − y).
  void (*sigmoid)(const float* in, std::ptrdiff_t n, const BlockOut& out);
  void (*sigmoidBackward)(const float* gradient, const float* y, std::ptrdiff_t n,
                          const BlockOut& out);
  /// Σ weight · −log softmax at the labels of rows [first, last). `row` and `back` have place for
  /// x.in pixels. Adds the gradient by the logits from row `firstRow` on to `gradient`, unless
  /// null.
  double (*crossEntropy)(const CrossEntropyRows&, int first, int last, float* row, float* back,
                         float* gradient, int firstRow);
};

/// What this processor can do best, no more than ATEN_CPU_CAPABILITY allows, so that the whole
/// program computes as an older one would; none without AVX2.
const Kernels* kernels();
/// For tests: each set that this processor can run, and the one of 16 lanes made for AVX2.
const Kernels* kernelsAvx2();
const Kernels* kernelsAvx512();
const Kernels* kernelsWideOnAvx2();

}  // namespace uninet::plan
