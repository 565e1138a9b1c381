#include "core/data/cityscapes_tree.h"

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/folders.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kImages = "leftImg8bit";

/// Folders named `kind` in a folder and in those directly in it.
std::vector<fs::path> placesBelow(const fs::path& folder, const std::string& kind) {
  std::vector<fs::path> places;
  if (isFolder(folder / kind)) places.push_back(folder / kind);
  for (const fs::path& entry : entriesOf(folder))
    if (entry.filename() != kind && isFolder(entry / kind)) places.push_back(entry / kind);
  return places;
}

/// Beside the unpacked leftImg8bit_trainvaltest lies gtFine_trainvaltest.
std::vector<fs::path> placesBeside(const fs::path& root, const std::string& kind) {
  std::vector<fs::path> places;
  if (!root.filename().string().starts_with(kImages)) return places;
  std::error_code unreadable;
  fs::path place = fs::canonical(root, unreadable);
  if (unreadable) place = root;
  for (const fs::path& entry : entriesOf(place.parent_path()))
    if (entry != place && entry.filename().string().starts_with(kind) && isFolder(entry / kind))
      places.push_back(entry / kind);
  std::sort(places.begin(), places.end());
  return places;
}

}  // namespace

std::vector<std::string> CityscapesTree::splits() const {
  std::set<std::string> names;
  for (const fs::path& place : placesBelow(root, kImages))
    for (const fs::path& entry : entriesOf(place))
      if (isFolder(entry)) names.insert(entry.filename().string());
  return {names.begin(), names.end()};
}

fs::path CityscapesTree::folder(const std::string& kind, const std::string& wanted) const {
  std::vector<fs::path> places = placesBelow(root, kind);
  if (kind != kImages)
    for (const fs::path& place : placesBeside(root, kind)) places.push_back(place);
  std::vector<fs::path> found;
  for (const fs::path& place : places)
    if (isFolder(place / wanted)) found.push_back(place / wanted);
  if (found.empty()) return root / kind / wanted;
  if (found.size() > 1 && kind == kImages && found[0].parent_path() != root / kind)
    throw Error(concat(root.string(), " holds several trees with split \"", wanted, "\", ",
                       found[0].parent_path().string(), " and ", found[1].parent_path().string(),
                       "; point at one of them"));
  if (found.size() > 1 && kind != kImages) {
    const fs::path tree = folder(kImages, wanted).parent_path().parent_path();
    const auto same = std::find(found.begin(), found.end(), tree / kind / wanted);
    if (same != found.end()) return *same;
  }
  return found.front();
}

std::optional<CityscapesTree> findCityscapes(const fs::path& given) {
  const fs::path path = plainPath(given);
  if (!isFolder(path)) return std::nullopt;
  // A folder of that name without a split in it is none.
  if (const CityscapesTree tree{path, {}, {}}; !tree.splits().empty()) return tree;
  const fs::path above = path.parent_path(), top = above.parent_path();
  if (const CityscapesTree tree{above, {}, {}};
      path.filename() == kImages && !tree.splits().empty())
    return tree;
  if (above.filename() == kImages) return CityscapesTree{top, path.filename().string(), {}};
  if (top.filename() == kImages)
    return CityscapesTree{top.parent_path(), above.filename().string(), path.filename().string()};
  return std::nullopt;
}

}  // namespace uninet
