#pragma once

#include <optional>

namespace uninet {

class Engine;

/// While it lives, a card computes the float32 convolutions of the whole process in TensorFloat-32
/// or not: LibTorch has one switch for it. Waits for other threads that have it the other way;
/// those that have it the same way do not wait for each other. On the processor it is nothing.
class ConvolutionsIn {
 public:
  /// For a gradient of this engine: from its pass forward until the gradient is taken.
  explicit ConvolutionsIn(const Engine& engine);
  /// nullopt: nothing. Within one of this thread that has it the other way, that one is let go
  /// until this one ends.
  explicit ConvolutionsIn(std::optional<bool> tf32);
  ~ConvolutionsIn();
  ConvolutionsIn(const ConvolutionsIn&) = delete;
  ConvolutionsIn& operator=(const ConvolutionsIn&) = delete;

 private:
  const std::optional<bool> tf32_;
  std::optional<bool> outer_;  ///< of the one around it
};

}  // namespace uninet
