#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attacks/registry/registry.h"
#include "attacks/sweep/experiment.h"
#include "core/session/session.h"
#include "ui/document/job_runner.h"
#include "ui/document/kept_steps.h"
#include "ui/document/second_network.h"

namespace uninet {

/// An attack with everything that a person chose.
struct AttackOrder {
  const AttackInfo& info;
  std::shared_ptr<const Options> options;
  std::string region;     ///< as parseRegion() takes it; empty: everywhere
  std::string preset;     ///< the name of the one that the options are; empty: none
  std::string precision;  ///< of gradients, as withPrecision() takes it
};

/// What came of the second network in an attack on both.
struct SecondOutcome {
  bool attacked = false, stopped = false;
  std::string problem;  ///< why it was not, a sentence; empty: nobody asked, or it was
};

/// An attack on one image, as the document shows it.
struct AttackRun {
  int number = 0;          ///< 0: none
  JobId job = 0;           ///< may have ended
  OpenNetwork on;          ///< that measured it
  Session::Attack choice;  ///< with every option
  KeptSteps steps;
  int shownStep = -1;
  std::shared_ptr<const Prediction> shown;  ///< of shownStep; null also on another image
  std::optional<Experiment> experiment;
  std::vector<std::pair<Task, int>> failures;
  std::int64_t stored = 0;   ///< its id in runs(); 0: not yet
  std::int64_t repeats = 0;  ///< the kept run that it does again; 0: none
};

}  // namespace uninet
