#pragma once

#include <cstddef>
#include <exception>

namespace uninet {

/// Gives memory that was freed back to the system, where the C library can (glibc). Takes
/// milliseconds, and what is needed next has to be cleared by the kernel again: for when a work is
/// over, not for in between. Any thread.
void giveBackMemory();

/// Most memory that this process held since it began or forgetPeakMemory(), in bytes; 0 where the
/// system does not say (it is Linux that does).
std::size_t peakMemory();
void forgetPeakMemory();

/// Whether memory ran out: std::bad_alloc, or what LibTorch, CUDA and OpenCV throw instead.
bool isOutOfMemory(const std::exception& error);

}  // namespace uninet
