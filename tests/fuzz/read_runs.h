#pragma once

#include "core/session/run_store.h"
#include "fuzz.h"

namespace uninet::fuzz {

/// Everything that a file of runs is asked for, and then room is made in it.
inline void readAll(RunStore& store) {
  std::vector<std::string> damaged;
  store.dataVersion();
  store.bytes();
  for (const KeptRun& run : store.runs(&damaged)) {
    mayRefuse([&] { store.run(run.id); });
    mayRefuse([&] { store.thumbnail(run.id); });
    mayRefuse([&] { store.cleanImage(run.id); });
    mayRefuse([&] { store.attackedImage(run.id); });
  }
  store.purge();
  store.makeRoom(0);
}

}  // namespace uninet::fuzz
