#pragma once

#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <string>

#include "model/ranks/rank_store.h"

namespace uninet {

/// What a RankStore is, for those who hand it to c10d.
struct RankStore::State {
  State(const std::string& host, const c10d::TCPStoreOptions& options);
  c10::intrusive_ptr<c10d::TCPStore> store;
};

}  // namespace uninet
