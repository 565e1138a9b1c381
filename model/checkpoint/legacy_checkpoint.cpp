#include <cstring>
#include <map>

#include "model/checkpoint/dtype.h"
#include "model/checkpoint/readers.h"
#include "model/checkpoint/state_dict.h"

namespace uninet {
namespace {

using pickle::Kind;
using pickle::Pickle;
using pickle::Ref;
using pickle::Value;

constexpr std::string_view kMagic("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19", 10);
constexpr std::int64_t kProtocol = 1001;

bool isBigEndian(const Pickle& system) {
  const std::vector<Ref>& items = system.at(system.root).items;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2)
    if (system.at(items[i]).text == "little_endian") return system.at(items[i + 1]).integer == 0;
  return false;
}

/// Key → bytes of the storages, which follow one another in the order of `keys`, each after its
/// count of elements. The pickle tells their element types.
std::map<std::string_view, std::string_view> readStorages(const Pickle& content, const Pickle& keys,
                                                          std::string_view bytes,
                                                          const Refuse& refuse) {
  std::map<std::string_view, std::size_t> widths;
  for (const Value& value : content.values)
    if (value.kind == Kind::storage)
      widths[value.text] = dtypeSize(pickle::storageDtype(content.typeOf(value)));
  std::map<std::string_view, std::string_view> storages;
  for (const Ref ref : keys.at(keys.root).items) {
    const std::string_view key = keys.at(ref).text;
    const auto width = widths.find(key);
    if (width == widths.end())
      refuse("its storage \"", key.substr(0, 64), "\" is of a type that is not known here");
    std::uint64_t count = 0;
    if (bytes.size() < sizeof count) refuse("it ends before storage ", key);
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    if (count > bytes.size() / width->second)
      refuse("its storage ", key, " has ", count, " elements, the file ends after ",
             bytes.size() / width->second);
    storages[key] = bytes.substr(0, count * width->second);
    bytes.remove_prefix(count * width->second);
  }
  return storages;
}

}  // namespace

CheckpointFile readLegacyCheckpoint(std::string_view bytes, const std::filesystem::path& file,
                                    const ChooseWeights& choose, ReadWork& work) {
  const Refuse refuse(file, ".pth");
  std::string_view rest = bytes;
  const auto next = [&] {
    Pickle pickle = pickle::readPickle(rest, refuse, work);
    rest.remove_prefix(pickle.length);
    return pickle;
  };
  const Pickle magic = next();
  if (magic.at(magic.root).kind != Kind::bigInteger || magic.at(magic.root).text != kMagic)
    refuse("it is a pickle, but none of torch.save()");
  const Pickle protocol = next();
  if (protocol.at(protocol.root).kind != Kind::integer ||
      protocol.at(protocol.root).integer != kProtocol)
    refuse("its format is not of version ", kProtocol);
  const Pickle system = next();
  if (isBigEndian(system)) refuse("it was written with byte order big, expected little");
  const Pickle content = next();
  const Pickle keys = next();
  if (keys.at(keys.root).kind != Kind::list) refuse("the list of its storages is missing");
  const auto storages = readStorages(content, keys, rest, refuse);
  work.steps += content.values.size() + keys.at(keys.root).items.size();

  const auto find = [&](std::string_view key, std::uint64_t size) -> std::string_view {
    const auto storage = storages.find(key);
    if (storage == storages.end()) refuse("its storage ", key, " is missing");
    if (storage->second.size() != size)
      refuse("its storage ", key, " has ", storage->second.size(), " bytes, expected ", size);
    return storage->second;
  };
  CheckpointFile checkpoint = stateDictOf(content, {find, choose, bytes.size()}, refuse, work);
  checkpoint.format = "legacy";
  return checkpoint;
}

}  // namespace uninet
