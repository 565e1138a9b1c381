#include "model/ranks/rank_store.h"

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "model/ranks/rank_store_state.h"

namespace uninet {
namespace {

/// A call to a server that lives takes far less.
constexpr std::chrono::seconds kTimeout{120};

using Bytes = std::vector<std::uint8_t>;
Bytes bytes(const std::string& text) { return {text.begin(), text.end()}; }
std::string text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

/// Turns what LibTorch throws into a sentence.
template <class Work>
auto asking(Work work) {
  try {
    return work();
  } catch (const std::exception&) {
    throw RankLost(
        "rank 0 is gone, on which the others depend; start the same command again, and it goes on "
        "with what has been saved");
  }
}

/// Whether anything listens there. LibTorch itself would try again and again until its time is up,
/// and write of it to stderr.
bool listens(const std::string& host, int port, std::chrono::milliseconds timeout) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) return false;
  bool open = false;
  for (const addrinfo* a = found; a != nullptr && !open; a = a->ai_next) {
    const int s = socket(a->ai_family, a->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (s < 0) continue;
    if (::connect(s, a->ai_addr, a->ai_addrlen) == 0) {
      open = true;
    } else if (errno == EINPROGRESS) {
      pollfd waiting{s, POLLOUT, 0};
      int failure = 0;
      socklen_t size = sizeof failure;
      open = poll(&waiting, 1, static_cast<int>(timeout.count())) == 1 &&
             getsockopt(s, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
    }
    close(s);
  }
  freeaddrinfo(found);
  return open;
}

}  // namespace

RankStore::State::State(const std::string& host, const c10d::TCPStoreOptions& options)
    : store(c10::make_intrusive<c10d::TCPStore>(host, options)) {}

RankStore RankStore::serve(int port) {
  c10d::TCPStoreOptions options;
  options.port = static_cast<std::uint16_t>(port);
  options.isServer = true;
  options.waitWorkers = false;
  options.timeout = kTimeout;
  try {
    return RankStore(std::make_shared<State>("localhost", options));
  } catch (const std::exception&) {
    throw Error(port == 0 ? std::string("rank 0 cannot listen on any port of this machine")
                          : concat("rank 0 cannot listen on port ", port,
                                   " of this machine (MASTER_PORT); is it taken?"));
  }
}

RankStore RankStore::connect(const std::string& host, int port, std::chrono::milliseconds timeout) {
  const std::string refusal = concat("nothing answers at ", host, ", port ", port);
  if (!listens(host, port, timeout)) throw Error(refusal);
  c10d::TCPStoreOptions options;
  options.port = static_cast<std::uint16_t>(port);
  options.waitWorkers = false;
  options.timeout = timeout;
  try {
    return RankStore(std::make_shared<State>(host, options));
  } catch (const std::exception&) {
    throw Error(refusal);
  }
}

int RankStore::port() const { return state_->store->getPort(); }

std::int64_t RankStore::add(const std::string& key, std::int64_t count) {
  return asking([&] { return state_->store->add(key, count); });
}

void RankStore::set(const std::string& key, const std::string& value) {
  asking([&] { state_->store->set(key, bytes(value)); });
}

std::optional<std::string> RankStore::get(const std::string& key) {
  return asking([&]() -> std::optional<std::string> {
    if (!state_->store->check({key})) return std::nullopt;
    return text(state_->store->get(key));
  });
}

std::string RankStore::exchange(const std::string& key, const std::string& expected,
                                const std::string& desired) {
  return asking(
      [&] { return text(state_->store->compareSet(key, bytes(expected), bytes(desired))); });
}

}  // namespace uninet
