#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace uninet {

/// What computes.
struct Device {
  std::string gpu;  ///< name of the GPU; empty: the processor
  int threads = 1;  ///< of the processor
};

/// After configureCompute(), of an Engine::device(). Any thread.
Device device(const std::string& key = "cpu");

/// `text`, "cpu", "cuda" or "cuda:N", as Engine::device() has it. Throws Error if a network cannot
/// be computed there, and says why: another word, a build without CUDA, no card or not so many.
std::string checkedDevice(const std::string& text);

/// A graphics card that networks can be computed on, or another device that has registered with
/// LibTorch as PrivateUse1.
struct Card {
  std::string device;  ///< as Engine::device(): "cuda:0"
  std::string name;    ///< the maker's
};
/// All of them; in a build without CUDA none. The first call may take a second. Any thread.
std::vector<Card> cards();

/// Waits until the device has done everything that it was asked for; the CPU always has.
void finishWork(const std::string& device);
/// Greatest memory of tensors on a card since forgetPeakMemoryOf(), bytes; 0 on the CPU.
std::size_t peakMemoryOf(const std::string& device);
void forgetPeakMemoryOf(const std::string& device);
/// Of a card, what neither this program nor another one has taken, bytes; what LibTorch keeps for
/// later is taken. 0 on the CPU.
std::size_t freeMemoryOf(const std::string& device);
/// What LibTorch only keeps for later goes back to a card.
void giveBackMemoryOf(const std::string& device);
/// Of a card, as CUDA tells it: "0000:65:00.0"; empty: there is none.
std::string pciBusId(const std::string& device);

/// What the numbers of this build on this machine come from, name → value in the order in which it
/// is told: LibTorch, oneDNN, the processor, its features that matter here, arithmetic, threads.
/// After configureCompute().
std::vector<std::pair<std::string, std::string>> computeFacts();

/// Instructions that a network is computed with on this device, other than the CPU: "sm_90".
std::string instructionsOf(const std::string& device);

}  // namespace uninet
