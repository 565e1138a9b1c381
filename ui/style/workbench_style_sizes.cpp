#include <QComboBox>
#include <QStyleOption>
#include <algorithm>

#include "ui/style/colours.h"
#include "ui/style/fonts.h"
#include "ui/style/paint.h"
#include "ui/style/roles.h"
#include "ui/style/workbench_style.h"

// Sizes and places of the style; what it draws is in workbench_style.cpp.

namespace uninet {
namespace {

constexpr int kSpinArrows = 20;
constexpr int kThinBar = 6;

const Tokens& tokensOf(const QStyleOption& option) { return tokens(schemeOf(option.palette)); }

}  // namespace

int WorkbenchStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                                const QWidget* widget) const {
  switch (metric) {
    case PM_ScrollBarExtent:
      return metrics::kScrollBar;
    case PM_ScrollBarSliderMin:
      return 28;
    case PM_LayoutHorizontalSpacing:
      return metrics::kGap;
    case PM_LayoutVerticalSpacing:
      return heights_.gap;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
      return metrics::kGap;
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
      return metrics::kIcon;
    case PM_DefaultFrameWidth:
    case PM_MenuPanelWidth:
      return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
      return metrics::kHalf;
    case PM_TabBarTabHSpace:
      return 28;
    case PM_TabBarTabVSpace:
      return 16;
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
      return 0;
    case PM_ToolBarItemMargin:
      return metrics::kHalf;
    case PM_ToolBarItemSpacing:
      return metrics::kHalf;
    case PM_ToolTipLabelFrameWidth:
      return 6;
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
      return 18;
    case PM_SplitterWidth:
      return 5;
    case PM_MenuButtonIndicator:
      return paint::kMenuChevron;
    case PM_HeaderMargin:
    case PM_FocusFrameHMargin:
      return 6;
    default:
      return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int WorkbenchStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                              QStyleHintReturn* data) const {
  switch (hint) {
    case SH_ToolTipLabel_Opacity:
      return 255;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_ItemView_ShowDecorationSelected:
      return hint == SH_ItemView_ShowDecorationSelected ? 1 : 0;
    case SH_Table_GridLineColor:
      return static_cast<int>(
          (option == nullptr ? tokens(Scheme::light) : tokensOf(*option)).line.rgba());
    case SH_FormLayoutLabelAlignment:
      return Qt::AlignLeft | Qt::AlignVCenter;
    default:
      return QProxyStyle::styleHint(hint, option, widget, data);
  }
}

QSize WorkbenchStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                       const QSize& contents, const QWidget* widget) const {
  QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
  const auto least = [&size](int height) { size.setHeight(std::max(size.height(), height)); };
  const int text = option == nullptr ? 0 : option->fontMetrics.height();
  // Room for the text first: a desktop with large text has taller fields.
  const int field = std::max(heights_.field, text + 8);
  switch (type) {
    case CT_PushButton: {
      size.setHeight(std::max(field, contents.height() + 6));
      const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
      if (button != nullptr && !button->text.isEmpty())
        size.setWidth(std::max(contents.width() + 26, 64));
      const QString hint = primaryHint(widget);
      if (!hint.isEmpty()) size.rwidth() += QFontMetrics(smallFont()).horizontalAdvance(hint) + 8;
      break;
    }
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox:
      size.setHeight(field);
      break;
    case CT_ToolButton:
      if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
        size = QSize(contents.width() + 12, std::max(field, contents.height() + 6));
        if (button->toolButtonStyle == Qt::ToolButtonIconOnly)
          size.setWidth(std::max(contents.width() + 8, field));
        if (roleOf(widget) == Role::segment) size.rwidth() += 8;
        if (roleOf(widget) == Role::chip) size.rwidth() += 8;
        if (paint::opensMenu(*button)) size.rwidth() += paint::kMenuChevron;
      }
      break;
    case CT_ItemViewItem:
      least(heights_.row);
      break;
    case CT_HeaderSection:
      least(heights_.header);
      break;
    case CT_MenuItem:
      if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        if (item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty())
          size.setHeight(9);
        else
          least(heights_.field - 2);
        size.rwidth() += 8;
      }
      break;
    case CT_MenuBarItem:
      size = QSize(contents.width() + 16, std::max(contents.height() + 8, heights_.field));
      break;
    case CT_ProgressBar:
      if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option))
        size.setHeight(bar->textVisible ? std::max(text + 4, 20) : kThinBar);
      break;
    default:
      break;
  }
  return size;
}

QRect WorkbenchStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                     SubControl part, const QWidget* widget) const {
  if (control == CC_ScrollBar) {
    const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
    if (bar == nullptr) return {};
    const bool flat = bar->orientation == Qt::Horizontal;
    const QRect all = bar->rect;
    const int length = flat ? all.width() : all.height();
    const double range = double(bar->maximum) - bar->minimum;
    const int least = pixelMetric(PM_ScrollBarSliderMin, option, widget);
    int handle = length;
    if (range > 0)
      handle = std::clamp(int(length * bar->pageStep / (range + bar->pageStep)),
                          std::min(least, length), length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - handle, bar->upsideDown);
    const auto along = [&](int from, int count) {
      const QRect rect = flat ? QRect(all.left() + from, all.top(), count, all.height())
                              : QRect(all.left(), all.top() + from, all.width(), count);
      return visualRect(bar->direction, all, rect);
    };
    switch (part) {
      case SC_ScrollBarGroove:
        return all;
      case SC_ScrollBarSlider:
        return along(start, handle);
      case SC_ScrollBarSubPage:
        return along(0, start);
      case SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
      default:
        return {};  // no arrows
    }
  }
  if (control == CC_SpinBox) {
    const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
    if (spin != nullptr) {
      const QRect all = spin->rect;
      const bool arrows = spin->buttonSymbols != QAbstractSpinBox::NoButtons;
      const int half = all.height() / 2;
      QRect rect;
      if (part == SC_SpinBoxFrame) rect = all;
      if (part == SC_SpinBoxEditField) rect = all.adjusted(4, 1, arrows ? -kSpinArrows : -4, -1);
      if (part == SC_SpinBoxUp && arrows)
        rect = QRect(all.right() - kSpinArrows + 1, all.top() + 2, kSpinArrows - 3, half - 2);
      if (part == SC_SpinBoxDown && arrows)
        rect = QRect(all.right() - kSpinArrows + 1, all.top() + half, kSpinArrows - 3,
                     all.height() - half - 2);
      return visualRect(spin->direction, all, rect);
    }
  }
  if (control == CC_ComboBox) {
    const QRect all = option->rect;
    QRect rect = all;
    if (part == SC_ComboBoxArrow) rect = QRect(all.right() - 23, all.top(), 20, all.height());
    if (part == SC_ComboBoxEditField) rect = all.adjusted(8, 2, -26, -2);
    if (part == SC_ComboBoxListBoxPopup) return all;
    return visualRect(option->direction, all, rect);
  }
  return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect WorkbenchStyle::subElementRect(SubElement element, const QStyleOption* option,
                                     const QWidget* widget) const {
  // The whole bar is bar and the text lies on it; without text it is thin whatever room it has.
  if (element == SE_ProgressBarGroove || element == SE_ProgressBarContents ||
      element == SE_ProgressBarLabel) {
    const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
    QRect rect = option->rect;
    if (bar != nullptr && !bar->textVisible && (bar->state & State_Horizontal) != 0 &&
        rect.height() > kThinBar)
      rect = QRect(rect.left(), rect.center().y() - kThinBar / 2 + 1, rect.width(), kThinBar);
    return rect;
  }
  if (element == SE_LineEditContents) {
    const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
    if (frame != nullptr && frame->lineWidth > 0) return option->rect.adjusted(6, 1, -6, -1);
  }
  return QProxyStyle::subElementRect(element, option, widget);
}

}  // namespace uninet
