#pragma once

#include <QLabel>

namespace uninet {

// Columns of a form, in pixels: a gutter with the buttons that reset one option, labels, fields.
inline constexpr int kGutter = 18;
inline constexpr int kResetButton = 15;
inline constexpr int kLabelColumn = 76;  ///< at least
inline constexpr int kLabelGap = 6;      ///< right of a label
inline constexpr int kColumnGap = 4;     ///< between parts of a field
/// Between its rows.
inline constexpr int kRowGap = 8;

/// Width of the widest part of a text that is not broken between lines, in pixels. A soft hyphen
/// (U+00AD) is a place to break.
int widestWord(const QString& text, const QFontMetrics& metrics);

/// Label of a row: muted, wraps, of a width that its form gives to all.
class FormLabel : public QLabel {
  Q_OBJECT
 public:
  explicit FormLabel(const QString& text, QWidget* parent = nullptr);

  /// The least width in which no word is cut, with the gap to the field.
  int widest() const { return widestWord(text(), fontMetrics()) + 2 + kLabelGap; }
};

/// The font for what stands beneath a field.
QFont noteFont(const QFont& font);

}  // namespace uninet
