#pragma once

#include <cstdint>

#include <ATen/core/Tensor.h>

namespace uninet {

/// The ranks that compute one batch together, each of them as many of its images, in the order of
/// the ranks. Sums over the batch are sums over all of them; whoever computes the whole batch is
/// the only rank, and its sums are what it has. All ranks ask for the same sums in the same order,
/// and get the same bits. Used by one thread.
class BatchShare {
 public:
  virtual ~BatchShare() = default;
  virtual int rank() const { return 0; }
  virtual int size() const { return 1; }
  bool whole() const { return size() == 1; }

  /// Of what no gradient goes through: counts, weights, normalisers. `local` has the same shape and
  /// type on all ranks.
  at::Tensor sum(const at::Tensor& local) const;
  double sum(double local) const;
  /// What the ranks before this one have of `local`.
  std::int64_t sumBefore(std::int64_t local) const;
  /// Of a part of a loss. Every rank computes the same loss from the sums, and its gradient by its
  /// own part: it goes through unchanged, and the gradients of the weights are added over the
  /// ranks at the end.
  at::Tensor lossSum(const at::Tensor& local) const;
  /// Mean over the batch from that over this rank's images, of terms that weigh `weight` together;
  /// differentiable like lossSum(). `map` is what `mean` was computed from: where nothing here
  /// weighs, `mean` does not count, but a gradient of 0 goes back to it, as all ranks have to go
  /// back the same way.
  at::Tensor lossMean(const at::Tensor& mean, double weight, const at::Tensor& map) const;

  /// Adds up `values` over all ranks, in place: contiguous, float, double or int64, at least one.
  virtual void addUp(at::Tensor& values) const;
};

/// The only rank.
const BatchShare& wholeBatch();

}  // namespace uninet
