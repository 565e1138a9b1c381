#pragma once

struct CUstream_st;

namespace uninet::cuda {

/// cudaStream_t, for headers that see nothing of CUDA. Its card has to be the current one.
using Stream = CUstream_st*;

}  // namespace uninet::cuda
