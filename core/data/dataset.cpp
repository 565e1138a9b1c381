#include "core/data/dataset.h"

#include "core/base/error.h"
#include "core/data/cityscapes.h"
#include "core/data/folder_dataset.h"

namespace uninet {

std::size_t Dataset::indexOf(const std::string& wanted) const {
  for (std::size_t i = 0; i < size(); ++i)
    if (name(i) == wanted) return i;
  throw Error(concat(title(), " has no image named \"", wanted, "\"; the first of its ", size(),
                     " is \"", name(0), "\""));
}

std::unique_ptr<Dataset> openDataset(const std::filesystem::path& path, const std::string& split) {
  if (!std::filesystem::exists(path))
    throw Error(concat(path.string(), " does not exist; check the path"));
  return isCityscapes(path) ? openCityscapes(path, split) : openPictures(path);
}

}  // namespace uninet
