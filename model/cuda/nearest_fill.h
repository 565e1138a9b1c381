#pragma once

#include <cstdint>

#include "model/cuda/stream.h"

/// nearestOutside() and filled() (attacks/methods/nearest_fill.h) on the card, with equal results.
/// In two exact passes in integers instead of jump flooding, which misses some nearest pixels and
/// knows no order of ties: the nearest row of every column, of two the upper one; then from each
/// pixel of the mask outwards over the columns until a column alone is farther than the best. What
/// is nearest by (distance, row, column) is so in its column as well. All pointers are the card's.
/// Errors: failure.h.
namespace uninet::cuda {

/// `mask` [height, width], not 0: to be filled; `rows` place for as many. `sources` [height, width,
/// 2] of (column, row); (−1, −1) if the mask covers the whole image.
void nearestOutside(const std::uint8_t* mask, int height, int width, int* rows, int* sources,
                    Stream stream);

/// `out` [height, width] is `map` with each pixel taken from where `sources` points, which has to
/// be inside.
void filled(const float* map, const int* sources, int height, int width, float* out, Stream stream);
void filled(const std::uint8_t* map, const int* sources, int height, int width, std::uint8_t* out,
            Stream stream);

}  // namespace uninet::cuda
