#pragma once

#include <chrono>
#include <memory>

#include "model/ranks/batch_share.h"
#include "model/ranks/rank_store.h"

namespace uninet {

/// Ranks that are connected each with each, and compute batches together: c10d's ProcessGroupGloo,
/// over TCP. Everything here throws RankLost when a rank is lost or does not answer within the
/// timeout.
class RankGroup : public BatchShare {
 public:
  /// Where this build has no Gloo, ranks cannot be connected.
  static bool available();

  /// All ranks call it at about the same time; they find each other in `store`. `oneMachine`: all
  /// are on it; otherwise over the interface that GLOO_SOCKET_IFNAME names, or that of this
  /// machine's name. Throws Error where there is no Gloo, too.
  RankGroup(const RankStore& store, int rank, int size, bool oneMachine,
            std::chrono::milliseconds timeout);
  ~RankGroup() override;

  int rank() const override { return rank_; }
  int size() const override { return size_; }
  void addUp(at::Tensor& values) const override;
  /// Everybody's `values` become those of rank 0: contiguous, any type.
  void fromRankZero(at::Tensor& values) const;
  /// Of rank 0, whatever its shape; float.
  at::Tensor anyFromRankZero(const at::Tensor& values) const;

 private:
  struct State;
  int rank_, size_;
  std::unique_ptr<State> state_;
};

}  // namespace uninet
