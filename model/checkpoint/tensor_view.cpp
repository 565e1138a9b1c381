#include "model/checkpoint/tensor_view.h"

#include <cstring>
#include <limits>

#include "model/checkpoint/dtype.h"

namespace uninet {
namespace {

using pickle::Kind;
using pickle::Pickle;
using pickle::Ref;
using pickle::Value;

constexpr std::size_t kMostDimensions = 64;  // as Torch has it

std::uint64_t natural(const Pickle& pickle, Ref ref, const char* what, const Refuse& refuse) {
  const Value& value = pickle.at(ref);
  if (value.kind != Kind::integer || value.integer < 0)
    refuse("a tensor has ", what, " that is no natural number");
  return static_cast<std::uint64_t>(value.integer);
}

const std::vector<Ref>& sizes(const Pickle& pickle, Ref ref, const char* what,
                              const Refuse& refuse) {
  const Value& list = pickle.at(ref);
  if (list.kind != Kind::list || list.items.size() > kMostDimensions)
    refuse("a tensor has ", what, " that is no list of at most ", kMostDimensions, " numbers");
  return list.items;
}

/// Index of the last element, with the first at 0; a file of that many elements cannot exist when
/// it exceeds `limit`.
bool lastElement(const TensorView& view, std::uint64_t limit, std::uint64_t& last) {
  last = 0;
  for (std::size_t i = 0; i < view.shape.size(); ++i) {
    const auto steps = static_cast<std::uint64_t>(view.shape[i]) - 1;
    if (steps > 0 && view.strides[i] > (limit - last) / steps) return false;
    last += steps * view.strides[i];
  }
  return true;
}

bool isContiguous(const TensorView& view) {
  std::uint64_t expected = 1;
  for (std::size_t i = view.shape.size(); i-- > 0;) {
    if (view.shape[i] != 1 && view.strides[i] != expected) return false;
    expected *= static_cast<std::uint64_t>(view.shape[i]);
  }
  return true;
}

}  // namespace

std::uint64_t TensorView::size() const { return numel * dtypeSize(dtype); }

TensorView viewOf(const Pickle& pickle, const Value& tensor, const FindStorage& find,
                  const Refuse& refuse) {
  const Value& storage = pickle.at(tensor.items[0]);
  TensorView view;
  view.dtype = pickle::storageDtype(pickle.typeOf(storage));
  const std::size_t width = dtypeSize(view.dtype);
  const auto most = std::numeric_limits<std::int64_t>::max() / static_cast<std::int64_t>(width);
  if (storage.integer > most)
    refuse("storage ", storage.text, " has ", storage.integer, " elements");
  std::uint64_t begin = 0, length = static_cast<std::uint64_t>(storage.integer);
  view.bytes = find(storage.text, length * width);
  if (!storage.items.empty()) {
    begin = natural(pickle, storage.items[0], "an offset of its storage", refuse);
    const std::uint64_t part = natural(pickle, storage.items[1], "a part of a storage", refuse);
    if (begin > length || part > length - begin)
      refuse("a part of storage ", storage.text, " exceeds its ", length, " elements");
    length = part;
  }
  const std::uint64_t offset = natural(pickle, tensor.items[1], "an offset", refuse);
  for (const Ref side : sizes(pickle, tensor.items[2], "a shape", refuse))
    view.shape.push_back(static_cast<std::int64_t>(natural(pickle, side, "a side", refuse)));
  for (const Ref stride : sizes(pickle, tensor.items[3], "strides", refuse))
    view.strides.push_back(natural(pickle, stride, "a stride", refuse));
  if (view.strides.size() != view.shape.size())
    refuse("a tensor has ", view.shape.size(), " sides and ", view.strides.size(), " strides");
  if (!checkedNumel(view.shape, static_cast<std::uint64_t>(most), view.numel))
    refuse("a tensor on storage ", storage.text, " has a shape of more elements than exist");
  std::uint64_t last = 0;
  if (view.numel == 0) {
    view.bytes = {};
  } else if (offset >= length || !lastElement(view, length - 1 - offset, last)) {
    refuse("a tensor on storage ", storage.text, " reaches past its ", length, " elements");
  } else {
    view.bytes = view.bytes.substr((begin + offset) * width, (last + 1) * width);
  }
  return view;
}

RawTensor contiguous(const TensorView& view) {
  RawTensor tensor{view.dtype, view.shape, {}};
  if (isContiguous(view)) {
    tensor.bytes.assign(view.bytes.begin(), view.bytes.end());
    return tensor;
  }
  const std::size_t width = dtypeSize(view.dtype);
  tensor.bytes.resize(view.size());
  std::vector<std::int64_t> index(view.shape.size());
  std::uint64_t from = 0;
  for (std::uint64_t to = 0; to < view.numel; ++to) {
    std::memcpy(tensor.bytes.data() + to * width, view.bytes.data() + from * width, width);
    for (std::size_t d = index.size(); d-- > 0;) {
      from += view.strides[d];
      if (++index[d] < view.shape[d]) break;
      from -= view.strides[d] * static_cast<std::uint64_t>(view.shape[d]);
      index[d] = 0;
    }
  }
  return tensor;
}

}  // namespace uninet
