#include "ui/style/colours.h"

#include <QPalette>
#include <algorithm>
#include <array>
#include <cmath>

namespace uninet {
namespace {

struct Pair {
  QRgb light, dark;
  QColor in(Scheme scheme) const { return QColor(scheme == Scheme::dark ? dark : light); }
};

// Okabe and Ito's colours where they stand out; else one of the same hue. Light yellow becomes a
// dark olive: between orange and vermillion, readers without red or green would lose it.
constexpr Pair kOrange{0xffc58800, 0xffe69f00}, kSky{0xff3a9bce, 0xff56b4e9},
    kGreen{0xff009e73, 0xff009e73}, kYellow{0xff4f4b00, 0xfff0e442}, kBlue{0xff0072b2, 0xff0072b2},
    kVermillion{0xffc85200, 0xffd55e00}, kPurple{0xffa5477d, 0xffcc79a7};
constexpr std::array kSeries{kOrange, kSky, kGreen, kYellow, kBlue, kVermillion, kPurple};

struct Keyed {
  std::string_view key;
  Pair colour;
};

// The palette has seven colours: those of one figure of the paper each differ. An attack without
// objective has the colour of what it aims at.
constexpr std::array kObjectives{
    Keyed{"multi-task", kBlue},
    Keyed{"semantic", {0xff117733, 0xff6cc47c}},
    Keyed{"geometric", {0xff882255, 0xffd8608f}},
    Keyed{"cls", kPurple},
    Keyed{"reg", kYellow},
    Keyed{"cent", {0xff332288, 0xff7a68e8}},
    Keyed{"seg", kGreen},
    Keyed{"is", kSky},
    Keyed{"depth", kOrange},
    Keyed{"id", kVermillion},
    Keyed{"custom", {0xff3d4450, 0xffe3e7ee}},
    Keyed{"hide-segmentation", kGreen},
    Keyed{"hide-depth", kOrange},
    Keyed{"dag-detection", kPurple},
    Keyed{"dag-segmentation", {0xff44756e, 0xff7fd1c4}},
    Keyed{"dag-untargeted", {0xff6a3d9a, 0xffc3a0f0}},
    Keyed{"noise-uniform", {0xff8c6d31, 0xffd9b36c}},
    Keyed{"noise-sign", {0xff7a4a2a, 0xffc08a64}},
};

constexpr Pair kClean{0xff858b96, 0xff8a919e};

double linear(float channel) {
  return channel <= 0.04045F ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

QColor mix(const QColor& a, const QColor& b, double share) {
  const auto channel = [share](int x, int y) {
    return static_cast<int>(std::lround(x + share * (y - x)));
  };
  return {channel(a.red(), b.red()), channel(a.green(), b.green()), channel(a.blue(), b.blue())};
}

Tokens lightTokens() {
  return {.window = 0xffffffff,
          .canvas = 0xffeef0f3,
          .field = 0xfff5f6f8,
          .fieldHover = 0xffebeef2,
          .line = 0xffdde1e7,
          .text = 0xff171b21,
          .muted = 0xff5c6573,
          .disabled = 0xff9aa1ad,
          .accent = 0xff1f6feb,
          .accentHover = 0xff1a62d4,
          .accentPressed = 0xff1654b8,
          .accentInk = 0xffffffff,
          .soft = 0xffdbe9ff,
          .softInk = 0xff12305e,
          .error = 0xffc22b2b,
          .warning = 0xff955f00,
          .success = 0xff1a7f4b,
          .info = 0xff1f6feb,
          .errorBack = 0xfffdeaea,
          .warningBack = 0xfffff4dc,
          .successBack = 0xffe4f5ea,
          .infoBack = 0xffe8f1ff,
          .chip = QColor(20, 22, 26, 200),
          .chipInk = 0xffffffff};
}

Tokens darkTokens() {
  return {.window = 0xff1d2128,
          .canvas = 0xff15181d,
          .field = 0xff262b34,
          .fieldHover = 0xff2e343f,
          .line = 0xff333a45,
          .text = 0xffe8ebf0,
          .muted = 0xff9ba4b3,
          .disabled = 0xff636c7a,
          .accent = 0xff5aa0ff,
          .accentHover = 0xff74b0ff,
          .accentPressed = 0xff4a8ce6,
          .accentInk = 0xff08172c,
          .soft = 0xff24364f,
          .softInk = 0xffdbe9ff,
          .error = 0xffff7b72,
          .warning = 0xffe8b04a,
          .success = 0xff5cc98a,
          .info = 0xff79b1ff,
          .errorBack = 0xff3a1f22,
          .warningBack = 0xff382c17,
          .successBack = 0xff17331f,
          .infoBack = 0xff1c2f49,
          .chip = QColor(14, 16, 20, 200),
          .chipInk = 0xffffffff};
}

}  // namespace

Scheme schemeOf(const QPalette& palette) {
  return palette.color(QPalette::Window).lightness() < 128 ? Scheme::dark : Scheme::light;
}

const Tokens& tokens(Scheme scheme) {
  static const Tokens light = lightTokens(), dark = darkTokens();
  return scheme == Scheme::dark ? dark : light;
}

QColor accentOf(const QPalette& palette) { return tokens(schemeOf(palette)).accent; }

double contrast(const QColor& a, const QColor& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

QColor readableInk(const QColor& fill) {
  const QColor black(Qt::black), white(Qt::white);
  return contrast(fill, white) >= contrast(fill, black) ? white : black;
}

QColor asText(const QColor& mark, Scheme scheme) {
  const QColor end = scheme == Scheme::dark ? Qt::white : Qt::black;
  // The canvas and fields lie a little to the other side of the window.
  const Tokens& all = tokens(scheme);
  for (int percent = 0; percent < 100; ++percent) {
    const QColor colour = mix(mark, end, percent / 100.0);
    if (std::min({contrast(colour, all.window), contrast(colour, all.canvas),
                  contrast(colour, all.field)}) >= 4.5)
      return colour;
  }
  return end;
}

QColor seriesColour(int index, Scheme scheme) {
  const int count = static_cast<int>(kSeries.size());
  return kSeries[static_cast<std::size_t>((index % count + count) % count)].in(scheme);
}

QColor objectiveColour(std::string_view key, Scheme scheme) {
  if (key.empty() || key == "clean") return cleanColour(scheme);
  for (const Keyed& entry : kObjectives)
    if (entry.key == key) return entry.colour.in(scheme);
  unsigned sum = 0;
  for (const char letter : key) sum = sum * 31 + static_cast<unsigned char>(letter);
  return seriesColour(static_cast<int>(sum % kSeries.size()), scheme);
}

std::string_view colourKey(std::string_view attack, std::string_view objective) {
  return objective.empty() ? attack : objective;
}

std::vector<std::string_view> colouredObjectives() {
  std::vector<std::string_view> keys;
  for (const Keyed& entry : kObjectives) keys.push_back(entry.key);
  return keys;
}

QColor taskColour(Task task, Scheme scheme) {
  switch (task) {
    case Task::detect:
      return kBlue.in(scheme);
    case Task::segment:
      return kGreen.in(scheme);
    case Task::instSeg:
      return kSky.in(scheme);
    case Task::depth:
      return kOrange.in(scheme);
    case Task::instDepth:
    case Task::semCont:
    case Task::surNor:
      break;
  }
  return kVermillion.in(scheme);
}

QColor cleanColour(Scheme scheme) { return kClean.in(scheme); }

QColor taskBackground(bool semantic, Scheme scheme) {
  constexpr Pair kSemantic{0xffe6f4ea, 0xff14301f}, kGeometric{0xfffdebea, 0xff351a1a};
  return (semantic ? kSemantic : kGeometric).in(scheme);
}

BadgeColours badgeColours(double ratio) {
  // Lightness stays, so that white is read on each; hue says how much is left.
  static const std::array kScale{QColor(0xb91c1c), QColor(0xc2410c), QColor(0x8f6200),
                                 QColor(0x55700f), QColor(0x15734a)};
  if (std::isnan(ratio)) return {QColor(0x4f545c), Qt::white};
  const double at = std::clamp(ratio, 0.0, 1.0) * (kScale.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(at), kScale.size() - 2);
  return {mix(kScale[below], kScale[below + 1], at - static_cast<double>(below)), Qt::white};
}

}  // namespace uninet
