#include <ATen/ATen.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/core/grad_mode.h>
#include <dlfcn.h>
#include <malloc.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/parallel.h"
#include "model/engine/cuda_forward.h"
#include "model/engine/device.h"
#include "model/engine/engine.h"
#include "model/engine/pass_cost.h"
#include "model/engine/planned_forward.h"
#include "model/plan/kernels.h"

namespace uninet {
namespace {

/// Rises with every change after which the same network gives other numbers.
constexpr const char* kNumerics = "5";

/// OpenBLAS, if that is the BLAS: by itself it takes as many threads as the process may use cores,
/// and how a product is divided among them shows in its last bits. A process that a launcher has
/// bound to a core would find others than one without, both with the same --threads.
void setBlasThreads(int threads) {
  using Set = void (*)(int);
  if (const auto set = reinterpret_cast<Set>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads")))
    set(threads);
}

/// The word behind `mark` in what LibTorch tells of itself, which it does in this text alone;
/// empty: it is not told.
std::string torchTells(const std::string& mark) {
  const std::string config = at::show_config();
  const std::size_t at = config.find(mark);
  if (at == std::string::npos) return {};
  const std::size_t begin = at + mark.size();
  return config.substr(begin, config.find_first_of(" \n", begin) - begin);
}

/// Of LibTorch's operations: "AVX512".
std::string torchInstructions() {
  std::string instructions = torchTells("CPU capability usage: ");
  if (instructions.empty()) instructions = "unknown";
  if (const char* most = std::getenv("DNNL_MAX_CPU_ISA"))
    instructions += concat(", oneDNN at most ", most);
  return instructions;
}

/// Those that code paths here are chosen by.
std::string processorFeatures() {
  std::string features;
#if defined(__x86_64__)
  const auto add = [&features](const char* name, int there) {
    if (there > 0) features += concat(features.empty() ? "" : ", ", name);
  };
  add("SSE4.1", __builtin_cpu_supports("sse4.1"));
  add("AVX", __builtin_cpu_supports("avx"));
  add("AVX2", __builtin_cpu_supports("avx2"));
  add("FMA", __builtin_cpu_supports("fma"));
  add("AVX-512 F", __builtin_cpu_supports("avx512f"));
  add("AVX-512 BW", __builtin_cpu_supports("avx512bw"));
  add("AVX-512 DQ", __builtin_cpu_supports("avx512dq"));
  add("AVX-512 VL", __builtin_cpu_supports("avx512vl"));
  add("AVX-512 VNNI", __builtin_cpu_supports("avx512vnni"));
  add("AVX-512 BF16", __builtin_cpu_supports("avx512bf16"));
#endif
  return features.empty() ? "none of those asked for" : features;
}

}  // namespace

void configureCompute(int threads, std::uint64_t seed) {
  // Feature maps are taken and given back thousands of times; keeping their pages spares the
  // kernel clearing them anew each time (measured: 10 % of a training step).
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 2147483647);
  mallopt(M_TOP_PAD, 64 << 20);
  at::set_num_threads(threads > 0 ? threads : defaultThreads());
  setBlasThreads(at::get_num_threads());
  at::globalContext().setDeterministicAlgorithms(true, /*warn_only=*/true);
  // On a card float32 would be less in convolutions.
  at::globalContext().setAllowTF32CuDNN(false);
  at::manual_seed(seed);
}

std::map<std::string, std::string> Engine::arithmetic() const {
  std::string instructions = torchInstructions();
  const bool planned = planned_ && planned_->supports(*network_);
  if (planned) instructions = concat(plan::kernels()->name, ", losses ", instructions);
  const bool onCpu = device_ == "cpu";
  if (!onCpu) instructions = instructionsOf(device_);
  const bool graphs = recorded_ && recorded_->supports(*network_);
  std::map<std::string, std::string> facts{
      {"numerics", kNumerics},
      {"precision", arithmetic_ == Arithmetic::float64    ? "float64"
                    : arithmetic_ == Arithmetic::bfloat16 ? "bfloat16"
                    : arithmetic_ == Arithmetic::tf32     ? "tf32"
                                                          : "float32"},
      {"code path", planned  ? "plan"
                    : graphs ? "CUDA graph"
                             : "ATen"},
      {"instruction set", instructions},
      {"threads", std::to_string(at::get_num_threads())}};
  if (!onCpu) facts["card"] = uninet::device(device_).gpu;
  return facts;
}

bool canComputeInBfloat16() {
  // oneDNN is asked by doing it: what it refuses depends on processor, version and environment.
  static const bool possible = [] {
    try {
      const at::AutoGradMode mode(true);
      const auto tensor = [](at::IntArrayRef shape) {
        return at::ones(shape, at::kBFloat16)
            .contiguous(at::MemoryFormat::ChannelsLast)
            .requires_grad_(true);
      };
      const at::Tensor x = tensor({1, 16, 8, 8}), w = tensor({16, 16, 3, 3});
      torch::autograd::grad({at::conv2d(x, w, {}, 1, 1).sum()}, {x, w});
      return true;
    } catch (const std::exception& e) {
      logInfo(concat("no bfloat16 here: ", sentenceOf(e)));
      return false;
    }
  }();
  return possible;
}

bool hasNativeBfloat16() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") > 0 && canComputeInBfloat16();
#else
  return false;
#endif
}

std::vector<std::pair<std::string, std::string>> computeFacts() {
  std::string oneDnn = torchTells("MKL-DNN v");
  if (oneDnn.empty()) oneDnn = "not told by LibTorch";
  const plan::Kernels* plan = plan::kernels();
  const std::string torch = concat("LibTorch, ", torchInstructions());
  return {{"LibTorch", TORCH_VERSION},
          {"oneDNN", oneDnn},
          {"Processor", processorName()},
          {"Features", processorFeatures()},
          {"Arithmetic",
           plan == nullptr ? torch : concat("compiled plan, ", plan->name, "; losses: ", torch)},
          {"Threads", std::to_string(at::get_num_threads())}};
}

}  // namespace uninet
