#include <algorithm>
#include <set>

#include "model/checkpoint/readers.h"
#include "model/checkpoint/state_dict.h"
#include "model/checkpoint/zip_archive.h"

namespace uninet {

namespace {

/// TorchScript archives hold code and constants; not all of them have a data.pkl.
bool isTorchScript(const ZipEntries& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
    // Behind the folder that is named after the file, which may be called "code".
    const std::string_view name = entry.first.substr(entry.first.find('/') + 1);
    return name.starts_with("code/") || name == "constants.pkl";
  });
}

}  // namespace

CheckpointFile readZipCheckpoint(std::string_view bytes, const std::filesystem::path& file,
                                 const ChooseWeights& choose, ReadWork& work) {
  const Refuse refuse(file, ".pth");
  const ZipEntries entries = zipEntries(bytes, refuse);
  if (isTorchScript(entries))
    refuse("it is a TorchScript archive; save the state_dict() with torch.save() instead");
  std::map<std::string_view, std::string_view> contents;
  std::string folder;  // "archive/" or the name of the file when it was saved
  const std::string_view* pickled = nullptr;
  for (const auto& [name, entry] : entries) {
    ++work.steps;
    work.bytes += name.size() + entry.stored.size();
    const auto content = contents.emplace(name, storedContent(name, entry, refuse)).first;
    if (name != "data.pkl" && !name.ends_with("/data.pkl")) continue;
    if (pickled != nullptr) refuse("it has more than one data.pkl");
    folder = name.substr(0, name.size() - 8);
    pickled = &content->second;
  }
  if (pickled == nullptr) {
    std::string names;
    for (const auto& [name, entry] : entries)
      if (names.size() < 200) names += concat(names.empty() ? "" : ", ", name.substr(0, 64));
    refuse("it is a zip archive without data.pkl, thus none of torch.save(); it holds ", names);
  }
  const auto order = contents.find(folder + "byteorder");
  if (order != contents.end() && order->second != "little")
    refuse("it was written with byte order ", order->second, ", expected little");

  const auto find = [&](std::string_view key, std::uint64_t size) -> std::string_view {
    const auto storage = contents.find(concat(folder, "data/", key));
    if (storage == contents.end()) refuse("its storage ", key, " is missing");
    if (storage->second.size() != size)
      refuse("its storage ", key, " has ", storage->second.size(), " bytes, expected ", size);
    return storage->second;
  };
  CheckpointFile beside;
  if (const auto record = contents.find(folder + kBesideRecord); record != contents.end())
    beside = readSafetensors(record->second, file, largestWeights, work);
  const StateDictSource source{find, choose, bytes.size(), beside.metadata};
  CheckpointFile checkpoint =
      stateDictOf(pickle::readPickle(*pickled, refuse, work), source, refuse, work);
  checkpoint.format = "zip";
  std::set<std::string> names;
  for (const auto& [name, tensor] : checkpoint.tensors) names.insert(name);
  for (auto& tensor : beside.tensors) {
    if (!names.insert(tensor.first).second)
      refuse("it holds \"", tensor.first, "\" in its state dict and beside it");
    checkpoint.tensors.push_back(std::move(tensor));
  }
  return checkpoint;
}

}  // namespace uninet
