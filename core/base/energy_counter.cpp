#include "core/base/energy_counter.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <optional>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/numbers.h"

namespace uninet {
namespace {

std::string firstLine(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::string line;
  std::getline(stream, line);
  return line;
}

std::optional<std::uint64_t> countIn(const std::filesystem::path& file) {
  return parseNumber<std::uint64_t>(firstLine(file));
}

}  // namespace

EnergyCounter::EnergyCounter(const std::filesystem::path& folder) {
  if (!isFolder(folder)) {
    reason_ =
        concat("this machine does not say what energy it takes: there is no ", folder.string());
    return;
  }
  // "intel-rapl:0" is a package, also of other makers; "intel-rapl:0:0", its cores, is counted in
  // it.
  for (const std::filesystem::path& zone : entriesOf(folder)) {
    const std::string name = zone.filename().string();
    if (std::count(name.begin(), name.end(), ':') != 1 ||
        !firstLine(zone / "name").starts_with("package"))
      continue;
    Package package{zone / "energy_uj"};
    const auto count = countIn(package.file);
    if (!count) {
      reason_ = concat(package.file.string(), " cannot be read, which Linux allows only to root");
      packages_.clear();
      return;
    }
    package.last = *count;
    package.range = countIn(zone / "max_energy_range_uj").value_or(0);
    packages_.push_back(std::move(package));
  }
  if (packages_.empty())
    reason_ = concat("this machine does not say what energy it takes: there is no package in ",
                     folder.string());
}

double EnergyCounter::joules() {
  for (Package& package : packages_) {
    const auto count = countIn(package.file);
    if (!count) {
      reason_ = concat(package.file.string(), " can no longer be read");
      packages_.clear();
      break;
    }
    const std::uint64_t before = package.last;
    package.last = *count;
    microjoules_ +=
        static_cast<double>(*count >= before ? *count - before : *count + (package.range - before));
  }
  return readable() ? microjoules_ / 1e6 : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace uninet
