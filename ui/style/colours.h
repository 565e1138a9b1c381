#pragma once

#include <QColor>
#include <string_view>
#include <vector>

#include "core/data/tasks.h"

class QPalette;

namespace uninet {

/// Which of the two looks. Exported figures are always light.
enum class Scheme { light, dark };

/// The scheme that a widget's palette is of.
Scheme schemeOf(const QPalette& palette);

/// The colours of the interface by their role; palette, style and icons are made from these alone.
struct Tokens {
  QColor window;      ///< panels, bars, tables; what the contrasts are measured against
  QColor canvas;      ///< behind the pictures
  QColor field;       ///< combo boxes, spin boxes, chips
  QColor fieldHover;  ///< the same below the cursor
  QColor line;        ///< separators and frames
  QColor text;
  QColor muted;     ///< second-rank text: labels, units, what is declared
  QColor disabled;  ///< text of what cannot be used now
  QColor accent;    ///< primary buttons, focus rings, slider handles
  QColor accentHover;
  QColor accentPressed;
  QColor accentInk;                      ///< text on accent
  QColor soft;                           ///< chosen segments, selected rows, chosen tab
  QColor softInk;                        ///< text on soft
  QColor error, warning, success, info;  ///< as text and icons on window; never alone
  QColor errorBack, warningBack, successBack, infoBack;  ///< behind such messages
  QColor chip, chipInk;  ///< captions over pictures; chip is translucent
};
const Tokens& tokens(Scheme scheme);
/// Tokens::accent of the scheme that a widget's palette is of: marks that stand out.
QColor accentOf(const QPalette& palette);

/// WCAG contrast of two opaque colours, 1 to 21.
double contrast(const QColor& a, const QColor& b);
/// Black or white, whichever is read better on `fill`.
QColor readableInk(const QColor& fill);
/// `mark` in the nearest lightness that has a contrast of 4.5 with the windows of the scheme.
QColor asText(const QColor& mark, Scheme scheme);

/// Qualitative, safe for colour-blind readers, in the order of Okabe and Ito (orange, sky blue,
/// bluish green, yellow, blue, vermillion, reddish purple), repeated after the seventh; where the
/// published colour has no contrast of 3 with the window it is a darker one. For categories that
/// have no colour of their own.
QColor seriesColour(int index, Scheme scheme);
/// The one colour of an objective (objectives(): "multi-task", "cls", "id", …) or an attack that
/// has none ("hide-depth", "dag-detection", "noise-sign", …); "clean" and "" are cleanColour(). Any
/// other key gets a colour of seriesColour(), the same each time.
QColor objectiveColour(std::string_view key, Scheme scheme);
/// The key of that colour for a run: its objective if the attack has such an option, the attack
/// otherwise.
std::string_view colourKey(std::string_view attack, std::string_view objective);
/// Keys that have a colour of their own, for tests and legends.
std::vector<std::string_view> colouredObjectives();

/// Of marks and bars of a task; single-task objectives share it.
QColor taskColour(Task task, Scheme scheme);
/// What was not attacked: grey.
QColor cleanColour(Scheme scheme);
/// Behind the tasks of Figure 3: semantic on green, geometric on red; opaque.
QColor taskBackground(bool semantic, Scheme scheme);

/// A badge over a picture; the same in both schemes.
struct BadgeColours {
  QColor fill, ink;  ///< contrast 4.5 at least
};
/// `ratio` of the task's metric, attacked to clean: 1 kept (green) to 0 lost (red), held outside;
/// not a number: grey.
BadgeColours badgeColours(double ratio);

}  // namespace uninet
