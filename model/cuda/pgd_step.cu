#include "model/cuda/pgd_step.h"

#include "model/cuda/launch.cuh"
#include "model/cuda/pgd_step_body.h"

namespace uninet::cuda {

void stepLinf(const PgdStep& step, GradientSums* sums, Stream stream) {
  stepLinfOn(Grid("stepLinf", stream), step, sums);
}

void stepL2(const PgdStep& step, GradientSums* sums, Stream stream) {
  stepL2On(Grid("stepL2", stream), step, sums);
}

void updateVelocity(const VelocityStep& step, GradientSums* sums, Stream stream) {
  updateVelocityOn(Grid("updateVelocity", stream), step, sums);
}

}  // namespace uninet::cuda
