#include "model/ranks/rank_group.h"

#include <ATen/ATen.h>
#ifdef UNINET_GLOO
#ifndef USE_C10D_GLOO
#define USE_C10D_GLOO  // without it the header is empty
#endif
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#endif

#include <cstdlib>

#include "core/base/error.h"
#include "core/base/log.h"
#include "model/ranks/rank_store_state.h"

namespace uninet {

#ifdef UNINET_GLOO

namespace {

constexpr int kMostDimensions = 8;

/// Turns what LibTorch throws into a sentence.
template <class Work>
void together(Work work) {
  try {
    work();
  } catch (const std::exception& e) {
    logInfo(concat("ranks: ", e.what()));
    throw RankLost("a rank was lost, or did not answer in time");
  }
}

}  // namespace

struct RankGroup::State {
  c10::intrusive_ptr<c10d::ProcessGroupGloo> group;
};

bool RankGroup::available() { return true; }

RankGroup::RankGroup(const RankStore& store, int rank, int size, bool oneMachine,
                     std::chrono::milliseconds timeout)
    : rank_(rank), size_(size), state_(std::make_unique<State>()) {
  together([&] {
    using Gloo = c10d::ProcessGroupGloo;
    const auto options = Gloo::Options::create(timeout);
    const char* interface = std::getenv("GLOO_SOCKET_IFNAME");
    options->devices = {interface != nullptr ? Gloo::createDeviceForInterface(interface)
                        : oneMachine         ? Gloo::createDeviceForHostname("localhost")
                                             : Gloo::createDefaultDevice()};
    options->threads = 1;
    state_->group = c10::make_intrusive<Gloo>(
        c10::make_intrusive<c10d::PrefixStore>("gloo", store.state_->store), rank, size, options);
  });
}

RankGroup::~RankGroup() = default;

void RankGroup::addUp(at::Tensor& values) const {
  std::vector<at::Tensor> all{values};
  together([&] { state_->group->allreduce(all)->wait(); });
}

void RankGroup::fromRankZero(at::Tensor& values) const {
  std::vector<at::Tensor> all{values};
  together([&] { state_->group->broadcast(all)->wait(); });
}

at::Tensor RankGroup::anyFromRankZero(const at::Tensor& values) const {
  at::Tensor shape = at::full({kMostDimensions}, -1, at::kLong);
  if (rank_ == 0)
    for (std::int64_t i = 0; i < values.dim(); ++i) shape[i] = values.size(i);
  fromRankZero(shape);
  std::vector<std::int64_t> sizes;
  for (std::int64_t i = 0; i < kMostDimensions; ++i)
    if (const auto side = shape[i].item<std::int64_t>(); side >= 0) sizes.push_back(side);
  at::Tensor given = rank_ == 0 ? values.to(at::kFloat).contiguous() : at::zeros(sizes);
  fromRankZero(given);
  return given;
}

#else

struct RankGroup::State {};

bool RankGroup::available() { return false; }

RankGroup::RankGroup(const RankStore&, int rank, int size, bool, std::chrono::milliseconds)
    : rank_(rank), size_(size) {
  throw Error("this build cannot connect ranks: it was made without the headers of Gloo");
}

RankGroup::~RankGroup() = default;
void RankGroup::addUp(at::Tensor&) const {}
void RankGroup::fromRankZero(at::Tensor&) const {}
at::Tensor RankGroup::anyFromRankZero(const at::Tensor& values) const { return values; }

#endif

}  // namespace uninet
