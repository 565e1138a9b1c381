#pragma once

#include <QIcon>
#include <span>

namespace uninet {

/// What an icon stands on or says; `text` on windows and fields.
enum class Ink { text, muted, onAccent, accent, error, warning, success, info, white };

/// A drawing of resources/icons by its name without ending ("run", "region-box"), sharp at every
/// scale, in the colour that the application's palette gives to it when it is painted, so that a
/// change of theme needs no new icon. Disabled icons are drawn in the colour of disabled text,
/// selected ones in that of selected text. An unknown name is a programming error: an empty icon
/// and a warning.
QIcon icon(const char* name, Ink ink = Ink::text);

/// Names of all drawings.
std::span<const char* const> iconNames();

/// The program's own icon, for windows and the desktop.
QIcon applicationIcon();

}  // namespace uninet
