#include "attacks/registry/load_plugin.h"

#include <dlfcn.h>
#include <elf.h>
#include <torch/version.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <string_view>

#include "attacks/registry/plugin.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/sha256.h"

namespace uninet {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFunction = "uninet_attack_plugin";

/// What the loader says without the name of the file before it.
std::string reason(const fs::path& file) {
  const char* said = dlerror();
  std::string text = said == nullptr ? "unknown" : said;
  const std::string name = file.string() + ": ";
  if (text.starts_with(name)) text.erase(0, name.size());
  return text;
}

/// Hash of the file, by key of the attack.
std::map<std::string, std::string>& origins() {
  static std::map<std::string, std::string> known;
  return known;
}

/// Closes a library unless it is kept.
struct Library {
  void* handle = nullptr;
  ~Library() {
    if (handle != nullptr) dlclose(handle);
  }
};

/// Names of the libraries that a 64-bit ELF file asks for, without loading it; none if it is no
/// such file.
std::vector<std::string> neededLibraries(const fs::path& file) {
  const std::string bytes = readTextFile(file);
  const auto at = [&](std::uint64_t offset, auto& into) {
    if (offset > bytes.size() || bytes.size() - offset < sizeof into) return false;
    std::memcpy(&into, bytes.data() + offset, sizeof into);
    return true;
  };
  Elf64_Ehdr header;
  if (!at(0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
      header.e_ident[EI_CLASS] != ELFCLASS64)
    return {};
  std::vector<std::string> names;
  for (std::uint64_t i = 0; i < header.e_shnum; ++i) {
    Elf64_Shdr dynamic, strings;
    if (!at(header.e_shoff + i * sizeof dynamic, dynamic)) return {};
    if (dynamic.sh_type != SHT_DYNAMIC) continue;
    if (!at(header.e_shoff + dynamic.sh_link * sizeof strings, strings)) return {};
    Elf64_Dyn entry;
    for (std::uint64_t n = 0; n < dynamic.sh_size / sizeof entry; ++n) {
      if (!at(dynamic.sh_offset + n * sizeof entry, entry) || entry.d_tag == DT_NULL) break;
      const std::uint64_t name = strings.sh_offset + entry.d_un.d_val;
      if (entry.d_tag == DT_NEEDED && name < bytes.size()) names.emplace_back(bytes.c_str() + name);
    }
  }
  return names;
}

/// Two LibTorches in one process end it while the second one is loaded.
void requireOwnTorch(const fs::path& named, const fs::path& file) {
  for (const std::string& name : neededLibraries(file)) {
    if (!name.starts_with("libtorch") && !name.starts_with("libc10")) continue;
    const Library there{dlopen(name.c_str(), RTLD_LAZY | RTLD_NOLOAD)};
    if (there.handle == nullptr)
      throw Error(concat(named.string(), " is a plugin made with another LibTorch: it needs ", name,
                         ", which is not that of this program (", TORCH_VERSION, ")"));
  }
}

}  // namespace

std::vector<std::string> loadAttackPlugin(const fs::path& named) {
  static std::map<fs::path, std::vector<std::string>> loaded;
  requireFile(named);
  // A path with a slash: a bare name would be looked for in the folders of the system.
  const fs::path file = fs::canonical(named);
  if (const auto found = loaded.find(file); found != loaded.end()) return found->second;

  requireOwnTorch(named, file);
  // Functions that another version lacks are looked up after its version is known.
  Library library{dlopen(file.c_str(), RTLD_LAZY | RTLD_LOCAL)};
  if (library.handle == nullptr)
    throw Error(concat(named.string(), " cannot be loaded as a plugin: ", reason(file)));
  using Function = const AttackPlugin* (*)();
  const auto function = reinterpret_cast<Function>(dlsym(library.handle, kFunction));
  if (function == nullptr)
    throw Error(
        concat(named.string(), " is no plugin with attacks: it has no function ", kFunction));
  const AttackPlugin* plugin = function();
  if (plugin == nullptr || plugin->version == nullptr)
    throw Error(
        concat(named.string(), " is no plugin with attacks: it says nothing of its version"));
  if (std::string_view(plugin->version) != kPluginVersion)
    throw Error(concat(named.string(), " is a plugin made for version ", plugin->version,
                       ", this is ", kPluginVersion));
  if (plugin->layout != kPluginLayout)
    throw Error(concat(named.string(), " is a plugin made with other headers of version ",
                       kPluginVersion, "; build it again"));
  const Library complete{dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL)};
  if (complete.handle == nullptr)
    throw Error(
        concat(named.string(), " is a plugin that needs what this program lacks: ", reason(file)));
  std::vector<std::string> keys;
  try {
    addAttacks(plugin->attacks, plugin->presets);
  } catch (const Error& error) {
    throw Error(concat(named.string(), ": ", error.what()));
  }
  const std::string hash = sha256OfFile(file);
  for (const AttackInfo& info : plugin->attacks) {
    keys.emplace_back(info.key);
    origins()[info.key] = hash;
  }
  library.handle = nullptr;
  return loaded[file] = keys;
}

std::string pluginOf(const std::string& attack) {
  const auto found = origins().find(attack);
  return found == origins().end() ? std::string() : found->second;
}

}  // namespace uninet
