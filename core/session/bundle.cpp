#include "core/session/bundle.h"

#include <stdlib.h>

#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"
#include "core/base/sha256.h"
#include "core/base/zip.h"
#include "core/data/cityscapes_tree.h"
#include "core/data/cityscapes_writer.h"
#include "core/data/nyuv2.h"
#include "core/outputs/nyuv2_writer.h"
#include "core/session/run_store.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSession = "session.json";
constexpr const char* kRegion = "region.png";
constexpr const char* kData = "data";
constexpr const char* kSecond = "second";  ///< for a second checkpoint of the name of the first
constexpr std::string_view kMask = "mask:";

/// As in the title of the data ("cityscapes · val"), which the copy then has as well.
std::string rootName(const Dataset& data) {
  const std::string title = data.title();
  std::string name = title.substr(0, title.find(" \u00b7 "));
  std::replace(name.begin(), name.end(), '/', '_');
  return name.empty() || name.starts_with('.') ? "images" : name;
}

/// Writes frames below a folder in the layout that the bundled data have.
class Packer {
 public:
  virtual ~Packer() = default;
  virtual void add(const RawFrame& frame, const std::string& group) = 0;
  /// What the session calls them then.
  virtual Session::Data finish() = 0;
};

class CityscapesPacker : public Packer {
 public:
  CityscapesPacker(fs::path root, CityscapesTree tree, std::string split)
      : root_(std::move(root)), tree_(std::move(tree)), split_(std::move(split)) {
    if (!tree_.split.empty()) split_ = tree_.split;
    if (split_.empty()) split_ = "val";
  }
  void add(const RawFrame& frame, const std::string& city) override {
    writeCityscapesFrame(frame, root_, split_, city);
  }
  Session::Data finish() override {
    const fs::path path =
        tree_.split.empty() ? root_ : root_ / "leftImg8bit" / tree_.split / tree_.city;
    return {Session::Data::Kind::path, {plainPath(path)}, split_};
  }

 private:
  fs::path root_;
  CityscapesTree tree_;
  std::string split_;
};

class Nyuv2Packer : public Packer {
 public:
  Nyuv2Packer(fs::path root, std::string split)
      : root_(std::move(root)), split_(std::move(split)), writer_(root_, split_) {}
  void add(const RawFrame& frame, const std::string&) override { writer_.add(frame); }
  // Depth is written in metres, whatever its unit was.
  Session::Data finish() override {
    writer_.finish();
    return {Session::Data::Kind::path, {plainPath(root_)}, split_};
  }

 private:
  fs::path root_;
  std::string split_;
  Nyuv2Writer writer_;
};

class PicturePacker : public Packer {
 public:
  explicit PicturePacker(fs::path root) : root_(std::move(root)) {}
  void add(const RawFrame& frame, const std::string&) override {
    const fs::path file = root_ / (frame.name + ".png");
    makeFolder(file.parent_path());
    writePng(file, frame.image);
  }
  Session::Data finish() override { return {Session::Data::Kind::path, {plainPath(root_)}, ""}; }

 private:
  fs::path root_;
};

std::unique_ptr<Packer> packerFor(const Session::Data& from, const fs::path& root) {
  if (from.kind == Session::Data::Kind::path) {
    if (const auto tree = findCityscapes(from.paths.front()))
      return std::make_unique<CityscapesPacker>(root, *tree, from.split);
    if (const auto tree = findNyuv2(from.paths.front()))
      return std::make_unique<Nyuv2Packer>(
          root, splitOf(*tree, from.split.empty() ? DataOptions().split : from.split));
  }
  return std::make_unique<PicturePacker>(root);
}

/// Writes the images of these names below `folder`/data and says where they are.
Session::Data packImages(const Session::Data& from, const Dataset& data,
                         const std::set<std::string>& names, const fs::path& folder,
                         std::vector<std::string>& missing, const Progress& progress) {
  const fs::path root = folder / kData / rootName(data);
  makeFolder(root);
  const std::unique_ptr<Packer> packer = packerFor(from, root);
  std::int64_t done = 0;
  std::set<std::string> left = names;
  for (std::size_t i = 0; i < data.size() && !left.empty(); ++i) {
    const std::string name = data.name(i);
    if (left.erase(name) == 0) continue;
    progress.step(done++, static_cast<std::int64_t>(names.size()), name);
    packer->add(data.load(i), data.group(i));
  }
  for (const std::string& name : left)
    missing.push_back(concat("image ", name, " is not in ", data.title(), " any more"));
  return packer->finish();
}

/// With the name and the hash of its checkpoint alone.
Session::Network namedAlone(Session::Network network, const fs::path& folder) {
  if (network.kind != Session::Network::Kind::file) return network;
  if (network.sha256.empty() && isFile(network.file)) network.sha256 = sha256OfFile(network.file);
  network.file = folder / network.file.filename();
  if (!network.maskComponents.empty())
    network.maskComponents = folder / network.maskComponents.filename();
  return network;
}

/// Where images are that are not packed: only what their files are called.
Session::Data namedAlone(Session::Data data, const fs::path& folder) {
  for (fs::path& path : data.paths) path = folder / kData / path.filename();
  return data;
}

bool isBundled(const ZipEntry& entry) {
  const fs::path name = entry.name;
  if (name.begin()->string() != kData)
    return entry.name == kSession || entry.name == kRegion ||
           entry.name == runStoreOf(kSession).string();
  const fs::path ending = name.extension();
  return ending == ".png" || ending == ".json" || ending == ".npy" || ending == ".txt";
}

/// A session of somebody else may not point at files of this machine.
void requireInside(const Session& session, const fs::path& folder, const fs::path& zip) {
  std::vector<fs::path> paths = session.data.paths;
  for (const Session::Network* network : {&session.network, &session.second}) {
    paths.push_back(network->file);
    paths.push_back(network->maskComponents);
  }
  if (session.attack.region.starts_with(kMask))
    paths.emplace_back(session.attack.region.substr(kMask.size()));
  for (const fs::path& path : paths) {
    const fs::path relative = path.lexically_relative(folder);
    if (!path.empty() && (relative.empty() || *relative.begin() == ".."))
      throw Error(concat(zip.string(), " is not unpacked: its session names a file outside of it (",
                         path.string(), ")"));
  }
}

}  // namespace

std::vector<std::string> writeBundle(const fs::path& session, const Dataset* data,
                                     const fs::path& zip, const Progress& progress) {
  std::vector<std::string> missing;
  Session packed = readSession(session);
  const Session::Data dataBefore = packed.data;
  const TemporaryFolder folder(zip);
  const fs::path storeFile = folder.path / runStoreOf(kSession);
  if (isFile(runStoreOf(session))) RunStore::open(runStoreOf(session)).copyTo(storeFile);
  RunStore store = RunStore::open(storeFile);
  store.purge();
  const std::vector<KeptRun> runs = store.runs(&missing);

  const bool drawn = dataBefore.kind == Session::Data::Kind::streetscape ||
                     dataBefore.kind == Session::Data::Kind::none;
  if (!drawn && data != nullptr) {
    std::set<std::string> names;
    if (!packed.image.empty()) names.insert(packed.image);
    for (const KeptRun& run : runs)
      if (run.data == data->title()) names.insert(run.image);
    if (names.empty() && data->size() > 0) names.insert(data->name(0));
    packed.data = packImages(dataBefore, *data, names, folder.path, missing, progress);
  } else if (!drawn) {
    missing.emplace_back("the images, whose data is not open");
    packed.data = namedAlone(dataBefore, folder.path);
  }
  // Two checkpoints of one name cannot lie beside the session both.
  const fs::path second = packed.second.file;
  const bool alike =
      second != packed.network.file && second.filename() == packed.network.file.filename();
  const auto alone = [&](const Session::Network& network) {
    return namedAlone(network,
                      alike && network.file == second ? folder.path / kSecond : folder.path);
  };
  std::set<std::string> others;
  for (KeptRun run : runs) {
    const bool here = !drawn && data != nullptr && run.data == data->title();
    const bool needsFiles = run.dataFrom.kind == Session::Data::Kind::path ||
                            run.dataFrom.kind == Session::Data::Kind::pictures;
    if (!here && needsFiles) others.insert(run.data);
    run.networkFrom = alone(run.networkFrom);
    run.dataFrom = here ? packed.data : namedAlone(run.dataFrom, folder.path);
    store.setOrigin(run);
  }
  for (const std::string& other : others)
    missing.push_back(concat("images of ", other, ", which is not the data of the session"));

  packed.network = alone(packed.network);
  packed.second = alone(packed.second);
  if (packed.attack.region.starts_with(kMask)) {
    writePng(folder.path / kRegion, readImage(packed.attack.region.substr(kMask.size())));
    packed.attack.region = std::string(kMask) + (folder.path / kRegion).string();
  }
  writeSession(packed, folder.path / kSession);

  std::vector<std::pair<std::string, fs::path>> files;
  for (const fs::path& file : filesBelow(folder.path))
    files.emplace_back(file.lexically_relative(folder.path).generic_string(), file);
  progress.step(1, 1, zip.filename().string());
  writeZip(zip, files);
  return missing;
}

fs::path openBundle(const fs::path& zip, const fs::path& folder, const Progress& progress) {
  const fs::path target = plainPath(folder);
  if (isThere(target) && !(isFolder(target) && fs::is_empty(target)))
    throw Error(concat(target.string(), " is there already; give a new or an empty folder"));
  const TemporaryFolder temporary(target);
  const fs::path unpacked = temporary.path / "unpacked";
  std::int64_t done = 0;
  unpackZip(zip, unpacked, [&](const ZipEntry& entry) {
    progress.step(done++, 0, entry.name);
    return isBundled(entry);
  });
  if (!isFile(unpacked / kSession))
    throw Error(concat(zip.string(), " is no bundle of a session: it holds no ", kSession));
  try {
    requireInside(readSession(unpacked / kSession), unpacked, zip);
    RunStore::open(runStoreOf(unpacked / kSession));
  } catch (const Error& e) {
    // Of the place where it lay for a moment nobody wants to read.
    std::string why = e.what();
    if (const std::size_t at = why.find(unpacked.string() + "/"); at != std::string::npos)
      why.replace(at, unpacked.string().size() + 1, zip.string() + ": ");
    throw Error(why);
  }
  std::error_code error;
  fs::rename(unpacked, target, error);
  if (error) throw Error(concat(target.string(), " cannot be written: ", error.message()));
  return target / kSession;
}

}  // namespace uninet
