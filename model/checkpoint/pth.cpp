#include <map>

#include "core/error.h"
#include "model/checkpoint/dtype.h"
#include "model/checkpoint/readers.h"
#include "model/checkpoint/torch_pickle.h"
#include "model/checkpoint/zip_archive.h"

namespace uninet {
namespace {

/// Runs `read`; what goes wrong is told with the name of the file.
template <class Read>
CheckpointFile named(const std::filesystem::path& file, const char* format, Read read) {
  try {
    CheckpointFile checkpoint = read();
    checkpoint.format = format;
    return checkpoint;
  } catch (const Error& error) {
    throw Error(concat(file.string(), " is no usable checkpoint: ", error.what()));
  }
}

/// The long integer at the start of every legacy file, little-endian.
constexpr std::string_view kLegacyMagic{"\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10};

/// Element width of every storage that the pickle names.
std::map<std::string, std::size_t> storageWidths(const Pickle& pickle) {
  std::map<std::string, std::size_t> widths;
  for (const PickleNode& node : pickle.nodes)
    if (node.kind == PickleNode::Kind::persistent) {
      const StorageReference reference = storageReference(pickle, node);
      widths[reference.key] = dtypeSize(reference.dtype);
    }
  return widths;
}

}  // namespace

CheckpointFile readZipCheckpoint(std::string_view bytes, const std::filesystem::path& file) {
  return named(file, "zip", [&] {
    std::map<std::string, std::string_view> records;
    std::string root;
    for (auto& [name, content] : readStoredZip(bytes)) {
      if (name.ends_with("/data.pkl")) root = name.substr(0, name.size() - 8);
      records[name] = content;
    }
    if (root.empty()) throw Error("it is a zip archive without data.pkl");
    const Pickle pickle = readPickle(records.at(root + "data.pkl"));
    const StorageBytes storage = [&](const std::string& key) {
      const auto found = records.find(root + "data/" + key);
      if (found == records.end()) throw Error(concat("its storage ", key, " is missing"));
      return found->second;
    };
    return checkpointFromPickle(pickle, storage, bytes.size());
  });
}

CheckpointFile readLegacyCheckpoint(std::string_view bytes, const std::filesystem::path& file) {
  return named(file, "legacy", [&] {
    std::size_t position = 0;
    const auto next = [&] {
      Pickle pickle = readPickle(bytes.substr(position));
      position += pickle.size;
      return pickle;
    };
    if (next().top().text != kLegacyMagic) throw Error("it does not start as a .pth file does");
    next();  // protocol version
    next();  // sizes of the types of the machine that wrote it
    const Pickle pickle = next();
    const Pickle keys = next();

    const std::map<std::string, std::size_t> widths = storageWidths(pickle);
    std::map<std::string, std::string_view> records;
    for (const std::uint32_t item : keys.top().items) {
      const std::string& key = keys.at(item).text;
      const auto width = widths.find(key);
      if (width == widths.end()) throw Error(concat("its storage ", key, " is not described"));
      if (bytes.size() - position < 8) throw Error("it is cut off");
      std::uint64_t count = 0;
      bytes.copy(reinterpret_cast<char*>(&count), 8, position);
      position += 8;
      if (count > (bytes.size() - position) / width->second)
        throw Error(concat("its storage ", key, " announces ", count, " elements, the file holds ",
                           (bytes.size() - position) / width->second));
      records[key] = bytes.substr(position, count * width->second);
      position += count * width->second;
    }
    const StorageBytes storage = [&](const std::string& key) {
      const auto found = records.find(key);
      if (found == records.end()) throw Error(concat("its storage ", key, " is missing"));
      return found->second;
    };
    return checkpointFromPickle(pickle, storage, bytes.size());
  });
}

}  // namespace uninet
