#include "attacks/sweep/ranked_work.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::milliseconds kPause{100};
/// Looking at every open pair takes one question each.
constexpr std::chrono::seconds kSearchPause{2};
/// Values of a pair; while it is computed it holds the number of the rank.
constexpr const char* kStored = "stored";  ///< and by which rank
constexpr const char* kLeft = "left out";  ///< the same

// Names in the store.
constexpr const char* kNextImage = "next image";
constexpr const char* kOpenPairs = "open pairs";
constexpr const char* kComplete = "complete";
constexpr const char* kUnits = "units";
constexpr const char* kLeftOut = "left out";
std::string pairKey(std::int64_t run, std::int64_t image) { return concat("p ", run, " ", image); }
std::string claimsKey(std::int64_t image) { return concat("claims ", image); }
std::string resolvedKey(std::int64_t image) { return concat("resolved ", image); }
std::string foundKey(std::int64_t image) { return concat("found ", image); }
std::string leftKey(std::int64_t place) { return concat("left ", place); }
std::string heartKey(int rank) { return concat("heart ", rank); }
std::string goneKey(int rank) { return concat("gone ", rank); }

std::string textOf(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::int64_t> openOf(const RankedWork::Job& job) {
  std::vector<std::int64_t> open(static_cast<std::size_t>(job.images), job.runs);
  for (const auto& [run, image] : job.finished) --open.at(static_cast<std::size_t>(image));
  return open;
}

}  // namespace

RankedWork::RankedWork(RankStore store, Job job, const Progress& progress)
    : store_(std::move(store)),
      job_(std::move(job)),
      progress_(progress),
      me_(std::to_string(job_.rank)),
      open_(openOf(job_)) {
  store_.add(heartKey(job_.rank), 1);
  heart_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, job_.lease / 6, [this] { return stop_; })) {
      lock.unlock();
      try {
        store_.add(heartKey(job_.rank), 1);
      } catch (const Error&) {
        return;  // the thread that computes finds out by itself
      }
      lock.lock();
    }
  });
}

RankedWork::~RankedWork() {
  stop();
  heart_.join();
  if (complete_) return;
  try {
    store_.set(goneKey(job_.rank), "ended");
  } catch (const Error&) {
    return;  // nobody is left to be told
  }
}

void RankedWork::publish(RankStore& store, const Job& job) {
  store.add(kOpenPairs, job.images * job.runs - static_cast<std::int64_t>(job.finished.size()));
}

std::int64_t RankedWork::openPairs(std::int64_t image) const {
  return open_[static_cast<std::size_t>(image)];
}

void RankedWork::stop() {
  const std::lock_guard lock(mutex_);
  stop_ = true;
  changed_.notify_all();
}

/// False: it was stopped.
bool RankedWork::wait() {
  std::unique_lock lock(mutex_);
  return !changed_.wait_for(lock, kPause, [this] { return stop_; }) && !progress_.stopRequested();
}

bool RankedWork::allDone() { return store_.count(kOpenPairs) == 0 || store_.count(kComplete) > 0; }

std::int64_t RankedWork::done() { return store_.count(kUnits); }

/// By the counter of all ranks.
std::optional<std::int64_t> RankedWork::drawn() {
  if (drawn_) return std::nullopt;
  const std::int64_t image = store_.add(kNextImage, 1) - 1;
  drawn_ = image >= job_.images;
  return drawn_ ? std::nullopt : std::optional(image);
}

std::optional<std::int64_t> RankedWork::handedOut(std::int64_t image) {
  const std::lock_guard lock(mutex_);
  if (stop_) return std::nullopt;
  ++handedOut_;
  return image;
}

std::optional<std::int64_t> RankedWork::nextImage() {
  std::optional<std::int64_t> image = drawn();
  while (!image) {
    {
      // Which pairs are free is known when what is in hand has been computed.
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || handedOut_ == ended_; });
      if (stop_) return std::nullopt;
    }
    if (allDone()) return std::nullopt;
    image = imageToHelp();
    if (!image) image = imageOfTheGone();
    if (!image && !wait()) return std::nullopt;
  }
  return handedOut(*image);
}

std::optional<std::int64_t> RankedWork::anotherImage() {
  const std::optional<std::int64_t> image = drawn();
  return image ? handedOut(*image) : std::nullopt;
}

/// One with pairs that nobody has claimed. Each rank begins to look elsewhere, so that they do not
/// all help the same.
std::optional<std::int64_t> RankedWork::imageToHelp() {
  for (std::int64_t i = 0; i < job_.images; ++i) {
    const std::int64_t image = (i + job_.images * job_.rank / job_.size) % job_.images;
    if (openPairs(image) == 0 || barren_.contains(image) || claimed_.contains(image)) continue;
    if (store_.count(claimsKey(image)) < openPairs(image)) return image;
    claimed_.insert(image);
  }
  return std::nullopt;
}

/// One with a pair whose rank is gone, or died before it could claim what it had drawn.
std::optional<std::int64_t> RankedWork::imageOfTheGone() {
  const Clock::time_point now = Clock::now();
  if (now - searched_ < std::min<Clock::duration>(kSearchPause, job_.lease / 2))
    return std::nullopt;
  searched_ = now;
  bool any = false;
  for (int rank = 0; rank < job_.size; ++rank) any = (rank != job_.rank && isGone(rank)) || any;
  if (!any) return std::nullopt;
  bool open = false;
  for (std::int64_t image = 0; image < job_.images; ++image) {
    if (openPairs(image) == 0 || resolved_.contains(image)) continue;
    if (store_.count(resolvedKey(image)) == openPairs(image)) {
      resolved_.insert(image);
      continue;
    }
    for (std::int64_t run = 0; run < job_.runs; ++run) {
      if (job_.finished.contains({run, image})) continue;
      const auto holder = store_.get(pairKey(run, image));
      if (!holder || (*holder != me_ && isFree(*holder))) return image;
      open = open || !(holder->starts_with(kStored) || holder->starts_with(kLeft));
    }
  }
  // A rank can die after it has stored its last pair and before it has counted it.
  if (!open) store_.add(kComplete, 1);
  return std::nullopt;
}

/// Whether a claimed pair may be taken over.
bool RankedWork::isFree(const std::string& holder) {
  const auto rank = parseNumber<int>(holder);
  return rank && isGone(*rank);
}

bool RankedWork::isGone(int rank) {
  const std::int64_t count = store_.count(heartKey(rank));
  const bool said = store_.get(goneKey(rank)).has_value();
  const std::lock_guard lock(mutex_);
  Heart& heart = hearts_[rank];
  if (heart.count != count) heart = {count, Clock::now()};
  return said || Clock::now() - heart.seen > job_.lease;
}

void RankedWork::began(std::int64_t image, const std::string& name, const std::string& fingerprint,
                       const std::vector<std::string>& notes) {
  const std::string mine =
      textOf({{"name", name}, {"fingerprint", fingerprint}, {"notes", notes}, {"rank", me_}});
  const Json found = parseJson(store_.exchange(foundKey(image), "", mine), foundKey(image));
  if (found.at("fingerprint") != fingerprint)
    throw Error(concat("rank ", me_, ": image ", name, " is another one here than on rank ",
                       found.at("rank").get<std::string>(),
                       "; all ranks have to see the same data"));
}

bool RankedWork::take(std::int64_t run, std::int64_t image) {
  // What it took before may still be on its way into the file.
  if (taken_.contains({run, image})) return false;
  const std::string key = pairKey(run, image);
  const std::string holder = store_.exchange(key, "", me_);
  bool mine = holder == me_;
  if (mine)
    store_.add(claimsKey(image), 1);
  else if (isFree(holder))
    mine = store_.exchange(key, holder, me_) == me_;
  if (mine) {
    taken_.emplace(run, image);
    took_.insert(image);
  }
  return mine;
}

void RankedWork::ended(std::int64_t image) {
  const std::lock_guard lock(mutex_);
  ++ended_;
  if (took_.erase(image) == 0) barren_.insert(image);
  changed_.notify_all();
}

void RankedWork::resolved(std::int64_t image, std::int64_t units) {
  store_.add(kUnits, units);
  store_.add(resolvedKey(image), 1);
  store_.add(kOpenPairs, -1);
}

void RankedWork::stored(std::int64_t run, std::int64_t image, std::int64_t units) {
  // Another rank may have taken it over meanwhile, and may even be done with it: that one's counts.
  const std::string mine = concat(kStored, " ", me_);
  if (store_.exchange(pairKey(run, image), me_, mine) == mine) resolved(image, units);
}

void RankedWork::leaveOut(std::int64_t image, const std::string& name, const std::string& why,
                          const std::vector<std::int64_t>& runs, std::int64_t units) {
  bool any = runs.empty();
  const std::string mine = concat(kLeft, " ", me_);
  for (const std::int64_t run : runs) {
    if (!take(run, image)) continue;
    any = true;
    if (store_.exchange(pairKey(run, image), me_, mine) == mine) resolved(image, units);
  }
  if (any) store_.set(leftKey(store_.add(kLeftOut, 1)), textOf({image, name, why}));
}

NoteCounter RankedWork::notes() {
  NoteCounter counter;
  for (std::int64_t image = 0; image < job_.images; ++image)
    if (const auto found = store_.get(foundKey(image))) {
      const Json json = parseJson(*found, foundKey(image));
      counter.add(json.at("name"), json.at("notes").get<std::vector<std::string>>());
    }
  return counter;
}

std::vector<LeftOutImage> RankedWork::leftOut() {
  std::map<std::int64_t, LeftOutImage> images;
  for (std::int64_t place = store_.count(kLeftOut); place > 0; --place)
    if (const auto entry = store_.get(leftKey(place))) {
      const Json json = parseJson(*entry, leftKey(place));
      images[json.at(0)] = {json.at(0), json.at(1), json.at(2)};
    }
  std::vector<LeftOutImage> found;
  for (auto& [image, entry] : images) found.push_back(std::move(entry));
  return found;
}

}  // namespace uninet
