#include "ui/forms/wrapped_combo.h"

#include <QAbstractItemView>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QTextLayout>
#include <QWheelEvent>

#include "ui/forms/form_label.h"

namespace uninet {
namespace {

constexpr int kTextMargin = 3;     ///< beside the text, inside the edit field
constexpr int kLineMargin = 4;     ///< above and below the text
constexpr int kNarrow = 60;        ///< width that a box can do with
constexpr int kLongEnough = 4096;  ///< width and height that no text needs

}  // namespace

WrappedCombo::WrappedCombo(QWidget* parent) : QComboBox(parent) {
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed, QSizePolicy::ComboBox);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  setFocusPolicy(Qt::StrongFocus);
  connect(this, &QComboBox::currentIndexChanged, this, &QWidget::updateGeometry);
}

void WrappedCombo::setShownText(const QString& text, const QString& remark) {
  text_ = text;
  remark_ = remark;
  updateGeometry();
  update();
}

QString WrappedCombo::shownText() const {
  return (text_.isEmpty() ? currentText() : text_) + remark_;
}

QRect WrappedCombo::textRect(const QSize& size) const {
  QStyleOptionComboBox option;
  initStyleOption(&option);
  option.rect = QRect({}, size);
  return style()
      ->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this)
      .adjusted(kTextMargin, 0, -kTextMargin, 0);
}

int WrappedCombo::heightForWidth(int width) const {
  const int line = QComboBox::sizeHint().height();
  const QRect rect = textRect({width, line});
  const int text =
      fontMetrics()
          .boundingRect(QRect(0, 0, rect.width(), kLongEnough), Qt::TextWordWrap, shownText())
          .height();
  return std::max(line, text + 2 * kLineMargin + 2);
}

int WrappedCombo::narrowest() const {
  return widestWord(shownText(), fontMetrics()) + kLongEnough -
         textRect({kLongEnough, QComboBox::sizeHint().height()}).width();
}

QSize WrappedCombo::sizeHint() const {
  const int width = std::max(kNarrow, narrowest());
  return {width, heightForWidth(width)};
}

QSize WrappedCombo::minimumSizeHint() const {
  return {std::max(kNarrow, narrowest()), QComboBox::minimumSizeHint().height()};
}

void WrappedCombo::showPopup() {
  // The list is as wide as its longest entry.
  view()->setMinimumWidth(view()->sizeHintForColumn(0) +
                          style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 * kTextMargin);
  QComboBox::showPopup();
}

void WrappedCombo::paintEvent(QPaintEvent* /*event*/) {
  QStylePainter painter(this);
  QStyleOptionComboBox option;
  initStyleOption(&option);
  option.currentText.clear();
  painter.drawComplexControl(QStyle::CC_ComboBox, option);

  QTextLayout layout(shownText(), font());
  QTextOption wrap;
  wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  layout.setTextOption(wrap);
  const QRect rect = textRect(size());
  qreal height = 0;
  layout.beginLayout();
  for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
    line.setLineWidth(rect.width());
    line.setPosition({0, height});
    height += line.height();
  }
  layout.endLayout();

  const auto group = isEnabled() ? QPalette::Normal : QPalette::Disabled;
  const QColor ink = palette().color(group, QPalette::ButtonText);
  QTextCharFormat muted;
  QColor pale = ink;
  pale.setAlphaF(0.65F);
  muted.setForeground(pale);
  const auto start = static_cast<int>(shownText().size() - remark_.size());
  painter.setPen(ink);
  layout.draw(&painter, QPointF(rect.left(), rect.top() + (rect.height() - height) / 2),
              {{start, static_cast<int>(remark_.size()), muted}});
}

void WrappedCombo::wheelEvent(QWheelEvent* event) {
  if (hasFocus())
    QComboBox::wheelEvent(event);
  else
    event->ignore();
}

}  // namespace uninet
