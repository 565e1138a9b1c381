#include "core/data/dataset.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/data/cityscapes.h"
#include "core/data/folder_dataset.h"
#include "core/data/nyuv2.h"

namespace uninet {

std::size_t Dataset::indexOf(const std::string& wanted) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (name(i) == wanted) return i;
  throw Error(concat(title(), " has no image named \"", wanted, "\"; the first of its ", size(),
                     " is \"", name(0), "\""));
}

std::unique_ptr<Dataset> openDataset(const std::filesystem::path& path,
                                     const DataOptions& options) {
  requireThere(path);
  if (const auto tree = findCityscapes(path)) return openCityscapes(*tree, options);
  if (const auto tree = findNyuv2(path)) return openNyuv2(*tree, options);
  std::unique_ptr<Dataset> pictures = openPictures(path);
  if (options.splitGiven)
    throw Error(concat("split: ", path.string(),
                       " has no splits, expected a Cityscapes or NYUv2 tree; found \"",
                       options.split, "\"; leave it out for plain pictures"));
  return pictures;
}

std::unique_ptr<Dataset> openDataset(const std::filesystem::path& path, const std::string& split) {
  return openDataset(path, DataOptions{split});
}

bool hasSplits(const std::filesystem::path& path) {
  return findCityscapes(path) || findNyuv2(path);
}

}  // namespace uninet
