#include "core/results/attacked_trees.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/json.h"
#include "core/base/output_names.h"
#include "core/base/pictures.h"
#include "core/base/sha256.h"
#include "core/data/cityscapes.h"
#include "core/data/cityscapes_writer.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kNote = "attack.json";
constexpr const char* kClean = "clean";

/// "03-pgd-depth-1": number, attack, and the options that tell it from others.
std::string folderName(const StoredRun& run) {
  std::string name = run.id < 10 ? concat("0", run.id) : concat(run.id);
  std::string words = run.attack;
  for (const char* option : {"objective", "category", "epsilon"})
    if (const std::string value = optionOf(run, option); !value.empty()) words += "-" + value;
  name += '-';
  for (const char c : words)
    name += (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '.' ? c : '-';
  return name;
}

/// Makes `link` point to `target`, which may be relative to its folder.
void linkTo(const fs::path& link, const fs::path& target) {
  std::error_code failed;
  if (fs::is_symlink(link, failed)) {
    if (fs::read_symlink(link, failed) == target) return;
    fs::remove(link, failed);
  }
  makeFolder(link.parent_path());
  fs::create_symlink(target, link, failed);
  if (failed)
    throw Error(concat(link.string(), " cannot be made a link to ", target.string(), ": ",
                       failed.message()));
}

std::string hashOf(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  Sha256 hash;
  hash.add(text.data(), text.size());
  return hash.finish();
}

/// One call of writeAttackedTrees().
class Trees {
 public:
  Trees(const ResultStore& store, const Dataset& data, std::string split, fs::path root,
        const Progress& progress)
      : store_(store),
        data_(data),
        split_(std::move(split)),
        root_(std::move(root)),
        progress_(progress),
        images_(store.images()),
        fingerprints_(store.fingerprints()),
        identity_(hashOf(Json(store.about()))) {}

  std::vector<fs::path> write() {
    for (const auto& [image, name] : images_)
      if (static_cast<std::size_t>(image) >= data_.size() ||
          data_.name(static_cast<std::size_t>(image)) != name)
        throw Error(concat(data_.title(), ": image ", image, " of the results is ", name,
                           ", which it is not here; give the data that was attacked"));
    std::vector<std::pair<const StoredRun*, std::vector<std::int64_t>>> runs;
    for (const StoredRun& run : store_.runs())
      if (auto images = store_.imagesWithPicture(run.id, kAttackedImage); !images.empty()) {
        total_ += static_cast<std::int64_t>(images.size());
        runs.emplace_back(&run, std::move(images));
      }
    std::vector<fs::path> folders;
    for (const auto& [run, images] : runs) {
      folders.push_back(root_ / folderName(*run));
      one(*run, images, folders.back());
    }
    progress_.step(total_, total_, "written");
    return folders;
  }

 private:
  /// Frames of `data` as a tree has them; written first where they are in none.
  TreeFrame treeFrame(std::int64_t image) {
    const auto index = static_cast<std::size_t>(image);
    if (auto found = cityscapesFiles(data_, index)) {
      for (TreeFile& file : found->truth) file.file = plainPath(file.file);
      return *found;
    }
    RawFrame frame = data_.load(index);
    if (fingerprint(frame) != fingerprints_.at(image))
      throw Error(concat(data_.title(), ": ", frame.name,
                         " is another image than that of the results; give the data that was "
                         "attacked"));
    frame.name = flatName(index);
    const std::string city = data_.group(index).empty() ? "all" : data_.group(index);
    const auto place = [&](const char* kind, const char* end) {
      return fs::path(kind) / split_ / city / (frame.name + end);
    };
    TreeFrame made{{{}, place("leftImg8bit", "_leftImg8bit.png")}, {}};
    made.picture.file = root_ / kClean / made.picture.place;
    // The picture is the last thing that is written of a frame.
    if (!isFile(made.picture.file)) {
      writeCityscapesFrame(frame, root_ / kClean, split_, city);
    } else if (const cv::Mat there = readImage(made.picture.file);
               there.size() != frame.image.size() ||
               cv::norm(there, frame.image, cv::NORM_INF) != 0) {
      throw Error(concat(made.picture.file.string(),
                         " is there already and shows other data; give --save-images a folder of "
                         "its own for each data set"));
    }
    for (const fs::path& one :
         {place("gtFine", "_gtFine_labelIds.png"), place("gtFine", "_gtFine_instanceIds.png"),
          place("disparity", "_disparity.png"), place("camera", "_camera.json")})
      if (isFile(root_ / kClean / one)) made.truth.push_back({root_ / kClean / one, one});
    return made;
  }

  /// Without folders in it, another one for each image.
  const std::string& flatName(std::size_t index) {
    if (flatNames_.empty()) {
      OutputNames names;
      for (std::size_t i = 0; i < data_.size(); ++i) {
        std::string name = data_.name(i);
        std::replace(name.begin(), name.end(), '/', '_');
        flatNames_.push_back(names.add(name));
      }
    }
    return flatNames_[index];
  }

  /// Name of the image → SHA-256 of its file, of an earlier call for the same results.
  std::map<std::string, std::string> writtenBefore(const fs::path& folder) const {
    if (!isFile(folder / kNote)) return {};
    std::map<std::string, std::string> found;
    try {
      const Json note = parseJson(readTextFile(folder / kNote), (folder / kNote).string());
      if (note.at("results") != identity_)
        throw Error(concat(folder.string(), " holds images of other results; give another folder"));
      for (const Json& image : note.at("images")) found[image.at("name")] = image.at("sha256");
    } catch (const Json::exception& error) {
      throw Error(concat((folder / kNote).string(),
                         " cannot be read, remove it to write its images ",
                         "anew: ", error.what()));
    }
    return found;
  }

  void one(const StoredRun& run, const std::vector<std::int64_t>& images, const fs::path& folder) {
    const auto before = writtenBefore(folder);
    Json list = Json::array();
    for (const std::int64_t image : images) {
      const std::string& name = images_.at(image);
      progress_.step(done_++, total_, concat(folder.filename().string(), ", ", name));
      const auto found = frames_.find(image);
      const TreeFrame& frame =
          (found == frames_.end() ? frames_.emplace(image, treeFrame(image)).first : found)->second;
      const fs::path picture = folder / frame.picture.place;
      const auto known = before.find(name);
      if (known == before.end() || !isFile(picture)) {
        makeFolder(picture.parent_path());
        writePng(picture, store_.picture(run.id, image, kAttackedImage));
      }
      for (const TreeFile& file : frame.truth) {
        const fs::path link = folder / file.place;
        // Within one folder, so that it can be moved as a whole.
        const bool ours = frame.picture.file == root_ / kClean / frame.picture.place;
        linkTo(link, ours ? file.file.lexically_relative(link.parent_path()) : file.file);
      }
      list.push_back({{"name", name},
                      {"file", frame.picture.place.generic_string()},
                      {"sha256", known == before.end() ? sha256OfFile(picture) : known->second},
                      {"clean_fingerprint", fingerprints_.at(image)}});
    }
    Json skipped = Json::object();
    for (const auto& [image, why] : store_.skipped(run.id)) skipped[images_.at(image)] = why;
    const Json note{{"attack", run.attack},   {"options", Json::parse(run.options)},
                    {"changed", run.changed}, {"title", run.title},
                    {"split", split_},        {"about", store_.about()},
                    {"results", identity_},   {"images", list},
                    {"skipped", skipped}};
    makeFolder(folder);
    writeTextFile(folder / kNote, note.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  const ResultStore& store_;
  const Dataset& data_;
  const std::string split_;
  const fs::path root_;
  const Progress& progress_;
  const std::map<std::int64_t, std::string> images_, fingerprints_;
  const std::string identity_;
  std::map<std::int64_t, TreeFrame> frames_;
  std::vector<std::string> flatNames_;
  std::int64_t done_ = 0, total_ = 0;
};

}  // namespace

void requireTreeData(const Dataset& data) {
  if (!sameClasses(data.classes(), cityscapesClasses()))
    throw Error(concat(data.title(), " is labelled with the classes of ", data.classes()->title,
                       "; attacked images are written as Cityscapes trees only"));
}

std::vector<fs::path> writeAttackedTrees(const ResultStore& store, const Dataset& data,
                                         const std::string& split, const fs::path& root,
                                         const Progress& progress) {
  requireTreeData(data);
  return Trees(store, data, split, plainPath(root), progress).write();
}

std::optional<StoredRun> attackOfTree(const fs::path& tree) {
  const fs::path file = tree / kNote;
  if (!isFile(file)) return std::nullopt;
  try {
    const Json note = parseJson(readTextFile(file), file.string());
    StoredRun run;
    run.attack = note.at("attack").get<std::string>();
    if (!note.at("options").is_object()) throw Error("expected an object at \"options\"");
    run.options = note.at("options").dump();
    run.title = note.at("title").get<std::string>();
    run.changed = note.at("changed").get<std::map<std::string, std::string>>();
    return run;
  } catch (const std::exception& error) {
    throw Error(concat(file.string(), " cannot be read: ", error.what()));
  }
}

}  // namespace uninet
