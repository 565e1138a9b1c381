#include "model/checkpoint/readers.h"
#include "model/checkpoint/state_dict.h"
#include "model/checkpoint/zip_archive.h"

namespace uninet {

CheckpointFile readZipCheckpoint(std::string_view bytes, const std::filesystem::path& file) {
  const Refuse refuse(file, ".pth");
  const auto entries = zipEntries(bytes, refuse);
  std::string folder;  // "archive/" or the name of the file when it was saved
  const std::string_view* content = nullptr;
  for (const auto& [name, data] : entries)
    if (name == "data.pkl" || name.ends_with("/data.pkl")) {
      if (content != nullptr) refuse("it has more than one data.pkl");
      folder = name.substr(0, name.size() - 8);
      content = &data;
    }
  if (content == nullptr) refuse("it is a zip archive without data.pkl, thus none of torch.save()");
  if (entries.count(folder + "constants.pkl") != 0)
    refuse("it is a TorchScript archive; save the state_dict() with torch.save() instead");
  const auto order = entries.find(folder + "byteorder");
  if (order != entries.end() && order->second != "little")
    refuse("it was written with byte order ", order->second, ", expected little");

  const auto find = [&](std::string_view key, std::uint64_t size) -> std::string_view {
    const auto storage = entries.find(concat(folder, "data/", key));
    if (storage == entries.end()) refuse("its storage ", key, " is missing");
    if (storage->second.size() != size)
      refuse("its storage ", key, " has ", storage->second.size(), " bytes, expected ", size);
    return storage->second;
  };
  CheckpointFile checkpoint =
      stateDictOf(pickle::readPickle(*content, refuse), find, bytes.size(), refuse);
  checkpoint.format = "zip";
  return checkpoint;
}

}  // namespace uninet
