#pragma once

#include "model/checkpoint/state_dict.h"

namespace uninet {

/// A tensor of a pickle as a part of its storage: element i lies at offset + Σ index · stride.
struct TensorView {
  const char* dtype = "";
  std::vector<std::int64_t> shape;
  std::vector<std::uint64_t> strides;  ///< in elements
  std::uint64_t numel = 0;
  std::string_view bytes;  ///< of the storage from the tensor's first element on

  std::uint64_t size() const;  ///< bytes of the contiguous tensor
};

/// Every element lies within the storage, or the file is refused.
TensorView viewOf(const pickle::Pickle& pickle, const pickle::Value& tensor,
                  const FindStorage& find, const Refuse& refuse);

RawTensor contiguous(const TensorView& view);

}  // namespace uninet
