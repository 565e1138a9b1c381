#pragma once

#include <cstdint>

namespace uninet {

/// SplitMix64 (Steele et al. 2014): small, fast, the same on every machine. A stream is fixed by
/// its seed; mix() makes independent seeds out of counters.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// In [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// In [0, n).
  std::uint64_t below(std::uint64_t n) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(n));
  }
  bool chance(double p) { return uniform() < p; }

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    return Random(a * 0x2545f4914f6cdd1dull ^ b).next();
  }

 private:
  std::uint64_t state_;
};

}  // namespace uninet
