// The code of kernels.h for one vector length. Included once by each file that is compiled for an
// instruction set, which sets UNINET_LANES and UNINET_KERNELS (the name of its accessor) before.
// Nothing here has external linkage and nothing of the standard library is used: a function that
// the linker shares between files must not hold instructions that this processor lacks.

#include "model/plan/kernels_conv.h"
#include "model/plan/kernels_maps.h"
#include "model/plan/kernels_winograd.h"

namespace uninet::plan {
namespace {

const Kernels kTable{
    UNINET_KERNELS_NAME, kLanes,      direct,         narrow,   pointwise, winogradIn,
    winogradProduct,     winogradOut, fromPlanes,     toPlanes, copy,      maxPool,
    maxPoolBackward,     resize,      resizeBackward, sums,     affine,    sigmoid,
    sigmoidBackward,     crossEntropy};

}  // namespace

const Kernels* UNINET_KERNELS() { return &kTable; }

}  // namespace uninet::plan
