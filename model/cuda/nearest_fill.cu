#include "model/cuda/nearest_fill.h"

#include "model/cuda/launch.cuh"
#include "model/cuda/nearest_fill_body.h"

namespace uninet::cuda {

void nearestOutside(const std::uint8_t* mask, int height, int width, int* rows, int* sources,
                    Stream stream) {
  nearestOutsideOn(Grid("nearestOutside", stream), mask, height, width, rows, sources);
}

void filled(const float* map, const int* sources, int height, int width, float* out,
            Stream stream) {
  filledOn(Grid("filled", stream), map, sources, height, width, out);
}

void filled(const std::uint8_t* map, const int* sources, int height, int width, std::uint8_t* out,
            Stream stream) {
  filledOn(Grid("filled", stream), map, sources, height, width, out);
}

}  // namespace uninet::cuda
