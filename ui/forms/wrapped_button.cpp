#include "ui/forms/wrapped_button.h"

#include <QStyleOptionButton>
#include <QTextLayout>

namespace uninet {
namespace {

constexpr int kNarrow = 120;  ///< width that a button can do with; its column gives it more
constexpr int kIconGap = 6;
constexpr int kLineMargin = 3;  ///< above and below several lines, beyond that of one

}  // namespace

WrappedButton::WrappedButton(const QString& text, QWidget* parent) : QPushButton(text, parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed, QSizePolicy::PushButton);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

QSize WrappedButton::around(const QSize& contents) const {
  QStyleOptionButton option;
  QPushButton::initStyleOption(&option);
  return style()->sizeFromContents(QStyle::CT_PushButton, &option, contents, this);
}

QString WrappedButton::broken(int width) const {
  constexpr int kWide = 1024;
  const int icons = icon().isNull() ? 0 : iconSize().width() + kIconGap;
  const int room = width - icons - (around({kWide, 0}).width() - kWide);
  QTextLayout layout(text(), font());
  QTextOption wrap;
  wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(wrap);
  QStringList lines;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(std::max(1, room));
    lines << text().mid(line.textStart(), line.textLength()).trimmed();
  }
  layout.endLayout();
  return lines.join(QLatin1Char('\n'));
}

int WrappedButton::heightForWidth(int width) const {
  const QString lines = broken(width);
  const int more = lines.contains(QLatin1Char('\n')) ? 2 * kLineMargin : 0;
  return around(fontMetrics().size(0, lines)).height() + more;
}

QSize WrappedButton::sizeHint() const { return {kNarrow, heightForWidth(kNarrow)}; }

void WrappedButton::initStyleOption(QStyleOptionButton* option) const {
  QPushButton::initStyleOption(option);
  option->text = broken(width());
}

}  // namespace uninet
