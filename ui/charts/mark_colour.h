#pragma once

#include <string_view>

#include <QColor>

namespace uninet {

/// The colour of a series wherever it is drawn: of an objective ("multi-task", "cls", …) or an
/// attack that has none ("hide-depth", …); "clean" is grey. Without a key the `index`-th of Okabe
/// and Ito's. `dark`: on a dark ground.
QColor markColour(std::string_view key, std::size_t index, bool dark);
/// Behind semantic (green) and geometric (red) tasks.
QColor shadeColour(bool semantic, bool dark);

}  // namespace uninet
