#include "ui/window/fuzzy_match.h"

#include <algorithm>
#include <limits>

namespace uninet {
namespace {

constexpr double kLetter = 1, kNeighbour = 3, kWordStart = 4, kTextStart = 2, kGap = 0.1;
constexpr double kLength = 0.01;
constexpr double kNever = -std::numeric_limits<double>::infinity();

/// Without case and accent: "Ü" is found by "u".
QChar plain(QChar letter) {
  const QString parts = letter.decomposition();
  return (parts.isEmpty() ? letter : parts[0]).toLower();
}

}  // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text) {
  QString letters;
  for (const QChar letter : pattern)
    if (!letter.isSpace()) letters += plain(letter);
  const auto rows = static_cast<std::size_t>(letters.size());
  const auto columns = static_cast<std::size_t>(text.size());
  FuzzyMatch match;
  match.score = -kLength * static_cast<double>(columns);
  if (rows == 0) return match;
  if (rows > columns) return std::nullopt;

  // best[r][c]: letters 0 … r, the last of them at c; from[r][c]: where the one before it stands.
  std::vector<std::vector<double>> best(rows, std::vector<double>(columns, kNever));
  std::vector<std::vector<int>> from(rows, std::vector<int>(columns, -1));
  for (std::size_t r = 0; r < rows; ++r) {
    double before = kNever;  // the best of the row above left of c − 1, less its gap up to c
    int beforeAt = -1;
    for (std::size_t c = r; c < columns; ++c) {
      before -= kGap;
      if (r > 0 && c > 1 && best[r - 1][c - 2] - kGap > before) {
        before = best[r - 1][c - 2] - kGap;
        beforeAt = static_cast<int>(c) - 2;
      }
      if (plain(text[static_cast<qsizetype>(c)]) != letters[static_cast<qsizetype>(r)]) continue;
      const bool start = c == 0 || !text[static_cast<qsizetype>(c) - 1].isLetterOrNumber();
      const double own = kLetter + (start ? kWordStart : 0) + (c == 0 ? kTextStart : 0);
      if (r == 0) {
        best[0][c] = own;
        continue;
      }
      const double neighbour = c > 0 ? best[r - 1][c - 1] + kNeighbour : kNever;
      best[r][c] = own + std::max(neighbour, before);
      from[r][c] = neighbour >= before ? static_cast<int>(c) - 1 : beforeAt;
    }
  }
  const auto last = std::max_element(best.back().begin(), best.back().end());
  if (*last == kNever) return std::nullopt;
  match.score += *last;
  match.positions.resize(rows);
  int at = static_cast<int>(last - best.back().begin());
  for (std::size_t r = rows; r-- > 0;) {
    match.positions[r] = at;
    at = from[r][static_cast<std::size_t>(at)];
  }
  return match;
}

}  // namespace uninet
