#pragma once

#include "core/results/result_store.h"
#include "fuzz.h"

namespace uninet::fuzz {

/// Everything that a results file is asked for.
inline void readAll(const ResultStore& store) {
  store.finished();
  store.fingerprints();
  store.images();
  for (const StoredRun& run : store.runs()) {
    swappedPair(run);
    for (const auto& [key, value] : run.changed) optionOf(run, key);
    mayRefuse([&] { store.facts(run.id); });
    store.skipped(run.id);
    for (const char* variant : {"", kOtherArithmetic, "clean E2"})
      mayRefuse([&] { store.measures(run.id, variant); });
    for (const std::int64_t image : store.imagesWithPicture(run.id, "input"))
      mayRefuse([&] { store.picture(run.id, image, "input"); });
  }
}

}  // namespace uninet::fuzz
