#pragma once

#include <string>
#include <vector>

#include "core/data/tasks.h"
#include "core/results/result_store.h"

namespace uninet {

/// How figures write a task: "Segmentation", "Instances".
const char* taskName(Task task);
/// The objective that stands for a task where one is needed: "cls", "seg", …
const char* ownObjective(Task task);
/// "Classification" of "cls"; the key itself if there is no such loss.
std::string lossName(const std::string& key);
/// Of a feature map: heads by name ("Box regression" of "box_reg"), others as they are ("E2").
std::string levelName(const std::string& level);
/// The feature map of a name, "box_reg" of "Box regression".
std::string levelOfName(const std::string& name);

/// "Person" of "person": at the beginning of a sentence.
std::string withCapital(std::string name);
/// Key of a run's colour: its objective, or its attack if it has none.
std::string colourKeyOf(const StoredRun& run);
/// What a run did, for people: "Person and car swapped", "Person hidden from depth, \u03b5 2",
/// "Multi-task, \u03b5 1". A title that a plan gave is kept.
std::string resultTitle(const StoredRun& run);
/// The same for several runs of one figure: where two read alike, the titles of the plan.
std::vector<std::string> resultTitles(const std::vector<StoredRun>& runs);

}  // namespace uninet
