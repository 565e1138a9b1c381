#include "support/pretend_device.h"

#include <ATen/ATen.h>
#include <ATen/EmptyTensor.h>
#include <ATen/NativeFunctions.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/Allocator.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/library.h>
#include <torch/version.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>
#include <vector>

namespace uninet {
namespace {

constexpr at::DeviceType kType = at::DeviceType::PrivateUse1;

std::atomic<std::int64_t> g_reads{0};

/// Addresses of the device are those of ordinary memory with this bit, where no memory is.
constexpr std::uintptr_t kFar = std::uintptr_t{1} << 54;

void* nearOf(void* far) {
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(far) & ~kFar);
}

void freeFar(void* far) { std::free(nearOf(far)); }

class FarMemory : public c10::Allocator {
 public:
#if TORCH_VERSION_MAJOR >= 2
  void copy_data(void* to, const void* from, std::size_t bytes) const override {
    std::memcpy(nearOf(to), nearOf(const_cast<void*>(from)), bytes);
  }
  c10::DataPtr allocate(std::size_t bytes) override {
#else
  c10::DataPtr allocate(std::size_t bytes) const override {
#endif
    void* near = bytes == 0 ? nullptr : std::aligned_alloc(64, (bytes + 63) / 64 * 64);
    if (near == nullptr) return {nullptr, at::Device(kType, 0)};
    void* far = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(near) | kFar);
    return {far, far, &freeFar, at::Device(kType, 0)};
  }
  c10::DeleterFnPtr raw_deleter() const override { return &freeFar; }
};

FarMemory g_memory;

struct Guard final : c10::impl::DeviceGuardImplInterface {
  Guard() = default;
  explicit Guard(at::DeviceType) {}
  at::DeviceType type() const override { return kType; }
  at::Device exchangeDevice(at::Device) const override { return {kType, 0}; }
  at::Device getDevice() const override { return {kType, 0}; }
  void setDevice(at::Device) const override {}
  void uncheckedSetDevice(at::Device) const noexcept override {}
  c10::Stream getStream(at::Device device) const noexcept override {
    return c10::Stream(c10::Stream::DEFAULT, device);
  }
  c10::Stream exchangeStream(c10::Stream stream) const noexcept override { return stream; }
  at::DeviceIndex deviceCount() const noexcept override { return 1; }
  void record(void**, const c10::Stream&, const at::DeviceIndex,
              const c10::EventFlag) const override {}
  void block(void*, const c10::Stream&) const override {}
  bool queryEvent(void*) const override { return true; }
};

at::Tensor emptyFar(at::IntArrayRef sizes, at::IntArrayRef strides, at::ScalarType type) {
  return at::detail::empty_strided_generic(
      sizes, strides, &g_memory, c10::DispatchKeySet(c10::DispatchKey::PrivateUse1), type);
}

/// The memory of a tensor of the device as one of the CPU.
at::Tensor nearTensor(const at::Tensor& far) {
  if (!far.defined() || far.is_cpu()) return far;
  if (far.numel() == 0) return at::empty_strided(far.sizes(), far.strides(), far.scalar_type());
  return at::from_blob(nearOf(far.data_ptr()), far.sizes(), far.strides(), far.scalar_type());
}

at::Tensor farCopy(const at::Tensor& near) {
  if (!near.defined()) return near;
  const at::Tensor far = emptyFar(near.sizes(), near.strides(), near.scalar_type());
  nearTensor(far).copy_(near);
  return far;
}

/// Arguments of one operation as the CPU takes them, and what they were.
class Arguments {
 public:
  explicit Arguments(const std::string& operation) : operation_(operation) {}

  /// `result`: it is only written to, and may be made greater meanwhile.
  at::Tensor in(const at::Tensor& tensor, bool result = false) {
    if (!tensor.defined()) return tensor;
    if (tensor.is_cpu() && tensor.dim() > 0)
      TORCH_CHECK(false, operation_, ": expected all tensors on ", pretendDevice(),
                  ", found one on the CPU");
    far_.push_back(tensor);
    near_.push_back(result
                        ? at::empty_strided(tensor.sizes(), tensor.strides(), tensor.scalar_type())
                        : nearTensor(tensor));
    return near_.back();
  }
  /// A result: an argument that was written to, or a new tensor.
  at::Tensor out(const at::Tensor& tensor) {
    for (std::size_t i = 0; i < near_.size(); ++i)
      if (near_[i].is_same(tensor)) {
        if (far_[i].sizes() != tensor.sizes()) far_[i].resize_(tensor.sizes());
        if (far_[i].numel() > 0 && nearOf(far_[i].data_ptr()) != tensor.data_ptr())
          nearTensor(far_[i]).copy_(tensor);
        return far_[i];
      }
    return farCopy(tensor);
  }

 private:
  std::string operation_;
  std::vector<at::Tensor> far_, near_;
};

/// Any operation that is not registered below, by the CPU's.
void byCpu(const c10::OperatorHandle& operation, torch::jit::Stack* stack) {
  const std::string name = operation.schema().name();
  static const std::set<std::string> kWaiting{"aten::nonzero", "aten::masked_select",
                                              "aten::bincount"};
  if (kWaiting.count(name) != 0) ++g_reads;
  Arguments arguments(name);
  const std::size_t inputs = operation.schema().arguments().size();
  for (std::size_t i = 0; i < inputs; ++i) {
    at::IValue& value = torch::jit::peek(*stack, i, inputs);
    if (value.isTensor()) {
      value = arguments.in(value.toTensor(), operation.schema().arguments()[i].is_out());
    } else if (value.isTensorList()) {
      std::vector<at::Tensor> list;
      for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(arguments.in(tensor));
      value = list;
    } else if (value.isOptionalTensorList()) {
      c10::List<c10::optional<at::Tensor>> list;
      for (const c10::optional<at::Tensor>& tensor : value.toOptionalTensorVector())
        list.push_back(tensor ? c10::optional<at::Tensor>(arguments.in(*tensor)) : tensor);
      value = list;
    } else if (value.isDevice()) {
      value = at::Device(at::kCPU);
    }
  }
  operation.redispatchBoxed(c10::DispatchKeySet(c10::DispatchKey::CPU), stack);
  const std::size_t results = operation.schema().returns().size();
  for (std::size_t i = 0; i < results; ++i) {
    at::IValue& value = torch::jit::peek(*stack, i, results);
    if (value.isTensor()) {
      value = arguments.out(value.toTensor());
    } else if (value.isTensorList()) {
      std::vector<at::Tensor> list;
      for (const at::Tensor& tensor : value.toTensorVector()) list.push_back(arguments.out(tensor));
      value = list;
    } else {
      ++g_reads;
    }
  }
}

at::Tensor empty(at::IntArrayRef sizes, c10::optional<at::ScalarType> type,
                 c10::optional<at::Layout>, c10::optional<at::Device>, c10::optional<bool>,
                 c10::optional<at::MemoryFormat> format) {
  return at::detail::empty_generic(sizes, &g_memory,
                                   c10::DispatchKeySet(c10::DispatchKey::PrivateUse1),
                                   type.value_or(at::kFloat), format);
}

at::Tensor emptyStrided(at::IntArrayRef sizes, at::IntArrayRef strides,
                        c10::optional<at::ScalarType> type, c10::optional<at::Layout>,
                        c10::optional<at::Device>, c10::optional<bool>) {
  return emptyFar(sizes, strides, type.value_or(at::kFloat));
}

at::Tensor copyFrom(const at::Tensor& from, const at::Tensor& to, bool) {
  if (to.is_cpu()) ++g_reads;
  nearTensor(to).copy_(nearTensor(from));
  return to;
}

at::Scalar read(const at::Tensor& tensor) {
  ++g_reads;
  return nearTensor(tensor).item();
}

const at::Tensor& resize(const at::Tensor& self, at::IntArrayRef sizes,
                         c10::optional<at::MemoryFormat> format) {
  const at::Tensor other = empty(sizes, self.scalar_type(), {}, {}, {}, format);
  self.unsafeGetTensorImpl()->set_storage_keep_dtype(other.storage());
  self.unsafeGetTensorImpl()->set_sizes_and_strides(other.sizes(), other.strides());
  return self;
}

// LibTorch leaves the convolutions of such devices to whoever makes one.
at::Tensor convolution(const at::Tensor& x, const at::Tensor& weight,
                       const c10::optional<at::Tensor>& bias, at::IntArrayRef stride,
                       at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
                       at::IntArrayRef outputPadding, std::int64_t groups) {
  Arguments arguments("convolution");
  const at::Tensor near = arguments.in(x), w = arguments.in(weight),
                   b = bias ? arguments.in(*bias) : at::Tensor();
  return farCopy(
      at::convolution(near, w, b, stride, padding, dilation, transposed, outputPadding, groups));
}

std::tuple<at::Tensor, at::Tensor, at::Tensor> convolutionBackward(
    const at::Tensor& gradient, const at::Tensor& x, const at::Tensor& weight,
    at::IntArrayRef stride, at::IntArrayRef padding, at::IntArrayRef dilation, bool transposed,
    at::IntArrayRef outputPadding, std::int64_t groups, std::array<bool, 3> wanted) {
  Arguments arguments("convolution_backward");
  const at::Tensor g = arguments.in(gradient), near = arguments.in(x), w = arguments.in(weight);
  const std::vector<std::int64_t> biasSizes{weight.size(0)};
  const auto [dx, dw, db] =
      at::convolution_backward(g, near, w, at::IntArrayRef(biasSizes), stride, padding, dilation,
                               transposed, outputPadding, groups, wanted);
  return {farCopy(dx), farCopy(dw), farCopy(db)};
}

}  // namespace

C10_REGISTER_GUARD_IMPL(PrivateUse1, Guard)

TORCH_LIBRARY_IMPL(_, PrivateUse1, m) {
  m.fallback(torch::CppFunction::makeFromBoxedFunction<&byCpu>());
}

TORCH_LIBRARY_IMPL(aten, PrivateUse1, m) {
  m.impl("empty.memory_format", &empty);
  m.impl("empty_strided", &emptyStrided);
  m.impl("_copy_from", &copyFrom);
  m.impl("_local_scalar_dense", &read);
  m.impl("resize_", &resize);
  m.impl("as_strided", &at::native::as_strided_tensorimpl);
  m.impl("view", &at::native::view);
  m.impl("_reshape_alias", &at::native::_reshape_alias);
  m.impl("unfold", &at::native::unfold);
  m.impl("convolution_overrideable", &convolution);
  m.impl("convolution_backward_overrideable", &convolutionBackward);
  // Where LibTorch has another way for devices that it does not know.
  m.impl("native_group_norm", torch::CppFunction::makeFromBoxedFunction<&byCpu>());
}

std::string pretendDevice() { return "privateuseone:0"; }

std::int64_t readsOfPretendDevice() { return g_reads; }

}  // namespace uninet
