#pragma once

#include <cstdint>
#include <string>

namespace uninet {

/// A device that is none: it computes with the processor and its operations, so that its numbers
/// are the processor's, but keeps what a graphics card keeps. Its memory cannot be read or written
/// by way of data_ptr() (the process dies), and an operation on its tensors together with others,
/// but for 0-dim ones of the CPU, throws c10::Error. What is between them is at::Tensor::to().
/// Known to LibTorch as "privateuseone:0" from the start of a program that calls this.
std::string pretendDevice();

/// How often the processor had to wait for the device so far: copies to the CPU, item(), and
/// operations whose result on the CPU, size or value, depends on values (equal, nonzero, …).
std::int64_t readsOfPretendDevice();

}  // namespace uninet
