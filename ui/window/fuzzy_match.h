#pragma once

#include <optional>
#include <vector>

#include <QString>

namespace uninet {

/// How letters that were typed stand in a text.
struct FuzzyMatch {
  double score = 0;            ///< higher is better; comparable for one pattern
  std::vector<int> positions;  ///< of each letter of the pattern in the text, ascending
};

/// The best way to find the letters of `pattern` in `text` in their order, spaces, case and accents
/// aside: neighbours and beginnings of words count most, gaps and long texts take away. An empty
/// pattern is in every text. None: they are not all there.
std::optional<FuzzyMatch> fuzzyMatch(const QString& pattern, const QString& text);

}  // namespace uninet
