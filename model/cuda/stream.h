#pragma once

struct CUstream_st;

namespace uninet::cuda {

/// cudaStream_t, for headers that see nothing of CUDA.
using Stream = CUstream_st*;

}  // namespace uninet::cuda
