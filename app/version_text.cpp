#include "app/version_text.h"

#ifdef UNINET_GUI
#include <QtGlobal>
#endif
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/libraries.h"
#include "core/base/sha256.h"
#include "model/engine/device.h"

namespace uninet {

std::string versionText(bool verbose) {
  std::string text = "uninet " UNINET_VERSION;
  if (!verbose) return text;
  const auto add = [&text](const std::vector<std::pair<std::string, std::string>>& facts) {
    for (const auto& [name, value] : facts) text += concat("\n", name, ": ", value);
  };
  add(computeFacts());
#ifdef UNINET_GUI
  add({{"Qt", qVersion()}});
#else
  add({{"Qt", "none, this build has no window"}});
#endif
  add(libraryVersions());
  return text;
}

std::string buildText() {
  return concat("uninet " UNINET_VERSION ", SHA-256 ", sha256OfFile("/proc/self/exe"));
}

}  // namespace uninet
