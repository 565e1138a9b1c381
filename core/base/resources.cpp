#include "core/base/resources.h"

#include <system_error>

#include "core/base/error.h"

namespace uninet {

std::filesystem::path resourceFile(const std::string& name) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  const fs::path folders[] = {program / "resources", program.parent_path() / "share/uninet",
                              UNINET_SOURCE_RESOURCES};
  std::string places;
  for (const fs::path& folder : folders) {
    if (fs::exists(folder / name, ignored)) return folder / name;
    places += (places.empty() ? "" : ", ") + folder.string();
  }
  throw Error(concat("the file '", name, "' that comes with the program is in none of ", places));
}

}  // namespace uninet
