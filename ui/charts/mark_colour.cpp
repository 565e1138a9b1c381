#include "ui/charts/mark_colour.h"

#include "ui/style/colours.h"

namespace uninet {
namespace {

Scheme schemeFor(bool dark) { return dark ? Scheme::dark : Scheme::light; }

}  // namespace

QColor markColour(std::string_view key, std::size_t index, bool dark) {
  return key.empty() ? seriesColour(static_cast<int>(index), schemeFor(dark))
                     : objectiveColour(key, schemeFor(dark));
}

QColor shadeColour(bool semantic, bool dark) {
  return taskBackground(semantic, schemeFor(dark));
}

}  // namespace uninet
