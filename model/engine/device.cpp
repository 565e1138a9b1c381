#include "model/engine/device.h"

#include <ATen/Parallel.h>
#include <c10/core/Device.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#ifdef UNINET_CUDA
#include <ATen/cuda/CUDAContext.h>
#include <c10/cuda/CUDACachingAllocator.h>
#include <c10/cuda/CUDAFunctions.h>
#include <c10/cuda/CUDAGuard.h>
#include <cuda_runtime_api.h>
#endif

#include <optional>

#include "core/base/error.h"
#include "model/engine/engine.h"

namespace uninet {
namespace {

/// nullopt: LibTorch knows no device of this name.
std::optional<c10::Device> parsed(const std::string& text) {
  try {
    return c10::Device(text);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

int countOf(c10::DeviceType type) {
  return c10::impl::hasDeviceGuardImpl(type) ? c10::impl::getDeviceGuardImpl(type)->deviceCount()
                                             : 0;
}

/// Why LibTorch finds no card; empty: it does not say.
std::string whyNoCard() {
#ifdef UNINET_CUDA
  try {
    c10::cuda::device_count_ensure_non_zero();
  } catch (const std::exception& error) {
    const std::string text = error.what();
    return concat(" (LibTorch says: ", text.substr(0, text.find('\n')), ")");
  }
#endif
  return {};
}

std::string nameOf(const c10::Device& device) {
#ifdef UNINET_CUDA
  if (device.is_cuda()) return at::cuda::getDeviceProperties(device.index())->name;
#endif
  return device.str();
}

}  // namespace

std::string checkedDevice(const std::string& text) {
  if (text == "cpu") return text;
  const auto found = parsed(text);
  const bool card = found && found->is_cuda();
  if (!found || found->is_cpu() || !(card || c10::impl::hasDeviceGuardImpl(found->type())))
    throw Error(concat("device: expected cpu, cuda or cuda:N, found \"", text, "\""));
  if (!c10::impl::hasDeviceGuardImpl(found->type()))
    throw Error(concat("device ", text,
                       ": this build of the program has no CUDA and computes on the CPU only"));
  const int count = countOf(found->type());
  if (count == 0)
    throw Error(concat("device ", text, ": no graphics card was found that CUDA can use here",
                       whyNoCard()));
  const int number = found->has_index() ? found->index() : 0;
  const auto nameOfNumber = [&](int n) {
    return c10::Device(found->type(), static_cast<c10::DeviceIndex>(n)).str();
  };
  if (number >= count)
    throw Error(concat("device ", text, ": there is no such card, ",
                       count == 1 ? concat("the only one is ", nameOfNumber(0))
                                  : concat(count, " are there, ", nameOfNumber(0), " to ",
                                           nameOfNumber(count - 1))));
  return nameOfNumber(number);
}

std::vector<Card> cards() {
  std::vector<Card> found;
  for (const c10::DeviceType type : {c10::DeviceType::CUDA, c10::DeviceType::PrivateUse1})
    for (int i = 0; i < countOf(type); ++i) {
      const c10::Device card(type, static_cast<c10::DeviceIndex>(i));
      found.push_back({card.str(), nameOf(card)});
    }
  return found;
}

Device device(const std::string& key) {
  return {key == "cpu" ? std::string() : nameOf(c10::Device(key)), at::get_num_threads()};
}

std::string deviceText(const std::string& key) {
  const Device found = device(key);
  if (!found.gpu.empty()) return found.gpu;
  return concat("CPU, ", found.threads, found.threads == 1 ? " thread" : " threads");
}

std::string instructionsOf(const std::string& device) {
#ifdef UNINET_CUDA
  if (const c10::Device card(device); card.is_cuda()) {
    const auto* properties = at::cuda::getDeviceProperties(card.index());
    return concat("sm_", properties->major, properties->minor);
  }
#endif
  return concat("those of ", device);
}

#ifdef UNINET_CUDA

namespace {

/// nullopt: it is no card.
std::optional<c10::DeviceIndex> cardNumber(const std::string& device) {
  const c10::Device found(device);
  return found.is_cuda() ? std::optional(found.index()) : std::nullopt;
}

}  // namespace

void finishWork(const std::string& device) {
  const auto card = cardNumber(device);
  if (!card) return;
  const c10::cuda::CUDAGuard guard(*card);
  c10::cuda::device_synchronize();
}

std::size_t peakMemoryOf(const std::string& device) {
  const auto card = cardNumber(device);
  if (!card) return 0;
  constexpr std::size_t kAll = 0;  // of pools of small and of large blocks
  return static_cast<std::size_t>(
      c10::cuda::CUDACachingAllocator::getDeviceStats(*card).allocated_bytes[kAll].peak);
}

void forgetPeakMemoryOf(const std::string& device) {
  if (const auto card = cardNumber(device)) c10::cuda::CUDACachingAllocator::resetPeakStats(*card);
}

std::size_t freeMemoryOf(const std::string& device) {
  const auto card = cardNumber(device);
  if (!card) return 0;
  const c10::cuda::CUDAGuard guard(*card);
  std::size_t left = 0, all = 0;
  return cudaMemGetInfo(&left, &all) == cudaSuccess ? left : 0;
}

void giveBackMemoryOf(const std::string& device) {
  if (!cardNumber(device)) return;
  finishWork(device);
  c10::cuda::CUDACachingAllocator::emptyCache();
}

std::string pciBusId(const std::string& device) {
  const auto card = cardNumber(device);
  char text[64] = {};
  if (!card || cudaDeviceGetPCIBusId(text, sizeof text, *card) != cudaSuccess) return {};
  return text;
}

#else

void finishWork(const std::string&) {}
std::size_t peakMemoryOf(const std::string&) { return 0; }
void forgetPeakMemoryOf(const std::string&) {}
std::size_t freeMemoryOf(const std::string&) { return 0; }
void giveBackMemoryOf(const std::string&) {}
std::string pciBusId(const std::string&) { return {}; }

#endif

}  // namespace uninet
