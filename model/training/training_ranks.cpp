#include "model/training/training_ranks.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <thread>

#include "core/base/sha256.h"
#include "core/data/sample.h"
#include "model/engine/device.h"

namespace uninet {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kPause{50};
/// So long rank 0 waits for ranks that do not come.
constexpr std::chrono::seconds kLatecomers{600};
/// At the end rank 0 waits for the others to have read what it said.
constexpr std::chrono::seconds kFarewell{30}, kFailedFarewell{3};

// Names in the store.
constexpr const char* kGo = "go";
constexpr const char* kFailure = "failure";
constexpr const char* kGone = "left";
constexpr const char* kOneMachine = "one machine";
constexpr const char* kMachines = "machines";
constexpr const char* kStopped = "stopped";
std::string hostKey(int rank) { return concat("machine ", rank); }
std::string validatedKey(std::int64_t images) { return concat("validated ", images); }

RankMeeting::Alike alikeOf(const RankedTraining& ranked, const TrainOptions& options,
                           const Dataset& training) {
  RankMeeting::Alike alike{{"build", ranked.build},
                           {"number of training images", std::to_string(training.size())},
                           {"first training image", fingerprint(training.load(0))}};
  const nlohmann::json values = toJson(options);
  for (const auto& [key, value] : values.items()) alike[concat("option ", key)] = value.dump();
  for (const auto& [name, value] : computeFacts())
    if (name == "LibTorch" || name == "oneDNN" || name == "Arithmetic") alike[name] = value;
  return alike;
}

/// The first 60 bits of the SHA-256 of all weights and running statistics.
std::int64_t hashOf(const Network& network) {
  Sha256 hash;
  for (const WeightEntry& entry : network.weights.entries()) {
    const at::Tensor values = entry.tensor.detach().contiguous();
    hash.add(values.data_ptr(), values.nbytes());
  }
  const std::string digits = hash.finish();
  std::int64_t first = 0;
  std::from_chars(digits.data(), digits.data() + 15, first, 16);
  return first;
}

}  // namespace

TrainingRanks::TrainingRanks(const std::filesystem::path& folder, const RankedTraining& ranked,
                             const TrainOptions& options, const Dataset& training,
                             const Progress& progress)
    : place_(ranked.place), timeout_(ranked.timeout), folder_(folder) {
  if (!RankGroup::available())
    throw Error(
        "this build cannot train with several ranks: it was made without the headers of Gloo; "
        "--no-ranks trains with one");
  if (options.batch % place_.size != 0)
    throw Error(concat("option 'batch': the images of a step are divided among ", place_.size,
                       " ranks; expected a multiple of ", place_.size, ", found ", options.batch));
  const RankMeeting::Alike alike = alikeOf(ranked, options, training);
  if (place_.rank == 0) {
    store_ = RankStore::serve(place_.port);
    meeting_ = std::make_unique<RankMeeting>(folder, place_, *store_, alike);
  } else {
    store_ = RankMeeting::join(folder, place_, alike, progress);
    store_->set(hostKey(place_.rank), hostName());
  }
}

void TrainingRanks::connect(const Progress& progress) {
  const auto begin = Clock::now();
  const auto pause = [&] {
    if (const auto why = failure()) throw Error(*why);
    if (progress.stopRequested()) throw Cancelled();
    std::this_thread::sleep_for(kPause);
  };
  bool oneMachine = true;
  if (place_.rank == 0) {
    for (int rank = 1; rank < place_.size; ++rank) {
      std::optional<std::string> host;
      while (!(host = store_->get(hostKey(rank)))) {
        if (const auto why = RankMeeting::refusalOf(*store_, rank)) throw Error(*why);
        if (Clock::now() - begin > kLatecomers)
          throw Error(concat("rank ", rank, " did not come within ", kLatecomers.count(), " s"));
        pause();
      }
      oneMachine = oneMachine && *host == hostName();
    }
    store_->set(kGo, oneMachine ? kOneMachine : kMachines);
  } else {
    std::optional<std::string> go;
    while (!(go = store_->get(kGo))) pause();
    oneMachine = *go == kOneMachine;
  }
  group_ = std::make_unique<RankGroup>(*store_, place_.rank, place_.size, oneMachine, timeout_);
}

void TrainingRanks::shareStart(Network& network, Optimiser& optimiser, TrainState& state,
                               Precision& precision) const {
  const at::NoGradGuard noGrad;
  at::Tensor counters =
      at::tensor({state.images, optimiser.steps(), static_cast<std::int64_t>(precision),
                  static_cast<std::int64_t>(network.maskCode.empty() ? 0 : 1)},
                 at::kLong);
  group_->fromRankZero(counters);
  const auto counter = [&](int i) { return counters[i].item<std::int64_t>(); };
  state.images = counter(0);
  precision = static_cast<Precision>(counter(2));
  for (WeightEntry& entry : network.weights.entries()) {
    at::Tensor values = entry.tensor.detach().contiguous();
    group_->fromRankZero(values);
    entry.tensor.detach().copy_(values);
  }
  std::vector<at::Tensor> moments = optimiser.state();
  for (at::Tensor& moment : moments) {
    moment = moment.contiguous();
    group_->fromRankZero(moment);
  }
  optimiser.restore(counter(1), moments);
  if (counter(3) == 0) return;
  MaskCode& code = network.maskCode;
  for (at::Tensor* part : {&code.components, &code.explainedVariance, &code.mean})
    *part = group_->anyFromRankZero(*part);
}

void TrainingRanks::requireSameWeights(const Network& network) const {
  at::Tensor hashes = at::zeros({place_.size}, at::kLong);
  hashes[place_.rank] = hashOf(network);
  group_->addUp(hashes);
  for (int rank = 1; rank < place_.size; ++rank)
    if (hashes[rank].item<std::int64_t>() != hashes[0].item<std::int64_t>())
      throw Error(concat("the weights of rank ", rank,
                         " are no longer those of rank 0: the machines do not compute alike"));
}

void TrainingRanks::validated(std::int64_t images, bool stopped) {
  store_->set(validatedKey(images), stopped ? kStopped : "done");
}

void TrainingRanks::awaitValidation(std::int64_t images) {
  std::optional<std::string> found;
  while (!(found = store_->get(validatedKey(images)))) {
    if (const auto why = failure()) throw Error(*why);
    std::this_thread::sleep_for(kPause);
  }
  if (*found == kStopped) throw Cancelled();
}

std::optional<std::string> TrainingRanks::failure() { return store_->get(kFailure); }

void TrainingRanks::leave() noexcept {
  try {
    // Whoever waits for this rank in the middle of a step notices.
    if (failed_) group_.reset();
    if (place_.rank > 0) {
      store_->add(kGone, 1);
      return;
    }
    const auto begin = Clock::now();
    const auto most = failed_ ? kFailedFarewell : kFarewell;
    while (store_->count(kGone) + 1 < place_.size && Clock::now() - begin < most)
      std::this_thread::sleep_for(kPause);
  } catch (const std::exception&) {
    return;  // nobody is left
  }
}

std::string TrainingRanks::explained(const Error& error) noexcept {
  failed_ = true;
  const std::string stands = concat("training ends; what was last saved in ", folder_.string(),
                                    " stands, and the same command goes on from there");
  try {
    if (dynamic_cast<const RankLost*>(&error) == nullptr) {
      // Who fails first says why; the others hand that on.
      const std::string mine = concat(rankName(place_.rank), ": ", error.what());
      if (!failure()) store_->exchange(kFailure, "", mine);
      return error.what();
    }
    // It may have said why before it left.
    for (const auto begin = Clock::now(); Clock::now() - begin < std::chrono::seconds(1);) {
      if (const auto why = failure()) return concat(*why, "; ", stands);
      std::this_thread::sleep_for(kPause);
    }
    return concat("a rank was lost, or did not answer within ",
                  std::chrono::duration<double>(timeout_).count(), " s; ", stands);
  } catch (const std::exception&) {
    return concat("rank 0 is gone; ", stands);
  }
}

void TrainingRanks::stopped() noexcept {
  if (group_) return;
  failed_ = true;
  try {
    store_->exchange(kFailure, "", concat(rankName(place_.rank), " was stopped"));
  } catch (const std::exception&) {
    return;
  }
}

}  // namespace uninet
