// Put before every source by "test.sh --tidy". clang 14 instantiates the constexpr members of
// std::vector at once, and so with LibTorch's IValue before that is complete; g++ waits. Here the
// members of a vector are not constexpr, everything else is as it was. Nothing is linked from it.
#pragma once
#include <memory>
#include <string>
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_bits  // declared constexpr by <string>
#include <vector>
#undef __fill_a1
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR constexpr
