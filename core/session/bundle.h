#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/data/dataset.h"

namespace uninet {

/// Packs a session for another machine or a reviewer into one zip:
///   session.json         with paths inside the bundle
///   session.runs.sqlite  its runs, without removed ones
///   data/…               the images of `data` that the session and its runs are on, as PNG: a
///                        Cityscapes or NYUv2 tree with what there is of their ground truth, or a
///                        folder of pictures; nothing for Streetscape, which every program draws
///                        itself
///   region.png           the picture of a region "mask:FILE"
/// Of the checkpoint only name and SHA-256. `data` is what the session's data opens as; nullptr: it
/// is not there. Returns what is not in the bundle, a sentence each. Replaces `zip` in one step.
/// Throws Error naming the file that cannot be read or written; Cancelled.
std::vector<std::string> writeBundle(const std::filesystem::path& session, const Dataset* data,
                                     const std::filesystem::path& zip, const Progress& progress);

/// Unpacks a bundle into `folder`, which must not be there or be empty, and returns the session's
/// file in it. Nothing is written outside of the folder, and nothing stays of a bundle that is
/// refused. Throws Error naming the zip: no bundle, damaged, entries with paths that lead out of it
/// or links, much more in it than its size allows, a session with paths that lead out; Cancelled.
std::filesystem::path openBundle(const std::filesystem::path& zip,
                                 const std::filesystem::path& folder, const Progress& progress);

}  // namespace uninet
