#include "model/ranks/rank_meeting.h"

#include <unistd.h>

#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;

/// So long ranks wait for rank 0, which may first have much to take over.
constexpr std::chrono::seconds kMeeting{600};
constexpr std::chrono::milliseconds kPause{100}, kConnect{5000};

// Names in the store.
constexpr const char* kToken = "token";
constexpr const char* kAlike = "alike";
std::string placeKey(int rank) { return concat("place ", rank); }
std::string refusedKey(int rank) { return concat("refused ", rank); }

fs::path meetingPath(const fs::path& folder) { return folder / ".uninet-ranks.json"; }

std::string textOf(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string newToken() {
  std::random_device random;
  return concat(std::hex, random(), random());
}

/// The store of rank 0, as soon as there is one.
RankStore meet(const fs::path& folder, const RankPlace& place, const Progress& progress) {
  const fs::path path = meetingPath(folder);
  std::string found = "no rank 0 has come";
  for (const auto begin = Clock::now(); Clock::now() - begin < kMeeting;) {
    if (progress.stopRequested()) throw Cancelled();
    if (isFile(path)) {
      try {
        const Json json = parseJson(readTextFile(path), path.string());
        if (json.at("job") != place.job) {
          found = "it is that of another job, which uses this --out";
        } else {
          const std::string address = json.at("address");
          RankStore store = RankStore::connect(
              address == hostName() && place.address.empty() ? "localhost" : address,
              json.at("port"), kConnect);
          if (store.get(kToken) == json.at("token").get<std::string>()) return store;
          found = "another program answers there";
        }
      } catch (const Error& e) {
        found = e.what();  // it may be an earlier start's
      } catch (const Json::exception& e) {
        found = e.what();
      }
    }
    std::this_thread::sleep_for(kPause);
  }
  throw Error(concat(rankName(place.rank), " waited for rank 0 in vain: ", path.string(), ": ",
                     found, "; all ranks need the same --out on a shared disk"));
}

void requireAlike(const Json& zero, const RankPlace& place, const RankMeeting::Alike& mine) {
  const std::string me = rankName(place.rank);
  const auto there = zero.at("alike").get<RankMeeting::Alike>();
  if (zero.at("size") != place.size)
    throw Error(concat(me, " is one of ", place.size, ", but rank 0 of ",
                       zero.at("size").get<int>(), ": two jobs must not have one --out"));
  RankMeeting::Alike all = mine;
  all.insert(there.begin(), there.end());
  for (const auto& [key, unused] : all) {
    const auto of = [&key = key](const RankMeeting::Alike& texts) {
      const auto found = texts.find(key);
      return found == texts.end() ? std::string("none") : found->second;
    };
    if (of(mine) != of(there))
      throw Error(concat(me, " is refused: its ", key, " is ", of(mine), ", that of ",
                         zero.at("host").get<std::string>(), " is ", of(there)));
  }
}

}  // namespace

std::string hostName() {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  return name[0] == '\0' ? "localhost" : name;
}

std::string rankName(int rank) {
  return concat("rank ", rank, " (", hostName(), ", process ", getpid(), ")");
}

RankMeeting::RankMeeting(const fs::path& folder, const RankPlace& place, RankStore store,
                         const Alike& alike)
    : file_(meetingPath(folder)) {
  const std::string token = newToken();
  store.set(kToken, token);
  store.set(kAlike,
            textOf({{"alike", alike}, {"size", place.size}, {"host", rankName(place.rank)}}));
  writeTextFile(file_, textOf({{"token", token},
                               {"job", place.job},
                               {"address", place.address.empty() ? hostName() : place.address},
                               {"host", hostName()},
                               {"port", store.port()}}));
}

RankMeeting::~RankMeeting() {
  std::error_code ignored;
  fs::remove(file_, ignored);
}

RankStore RankMeeting::join(const fs::path& folder, const RankPlace& place, const Alike& alike,
                            const Progress& progress) {
  RankStore store = meet(folder, place, progress);
  try {
    requireAlike(parseJson(store.get(kAlike).value_or("{}"), "what rank 0 says"), place, alike);
  } catch (const Error& e) {
    refuse(store, place.rank, e.what());
    throw;
  }
  const std::string me = rankName(place.rank);
  if (const std::string there = store.exchange(placeKey(place.rank), "", me); there != me)
    throw Error(concat(me, ": ", there, " is there already: two jobs must not have one --out"));
  return store;
}

std::string RankMeeting::token(RankStore& store) { return store.get(kToken).value_or(""); }

std::optional<std::string> RankMeeting::placeOf(RankStore& store, int rank) {
  return store.get(placeKey(rank));
}

std::optional<std::string> RankMeeting::refusalOf(RankStore& store, int rank) {
  return store.get(refusedKey(rank));
}

void RankMeeting::refuse(RankStore& store, int rank, const std::string& why) {
  store.set(refusedKey(rank), why);
}

}  // namespace uninet
