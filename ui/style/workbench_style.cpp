#include "ui/style/workbench_style.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QFrame>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QTabBar>
#include <QTableView>
#include <QTime>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "ui/style/colours.h"
#include "ui/style/fonts.h"
#include "ui/style/paint.h"
#include "ui/style/roles.h"

namespace uninet {
namespace {

/// Tabs without a page below them: the bar says so.
bool isClosed(const QWidget* widget) {
  return widget != nullptr && widget->property("open").isValid() &&
         !widget->property("open").toBool();
}

using metrics::kRadius;

const Tokens& tokensOf(const QStyleOption& option) { return tokens(schemeOf(option.palette)); }

bool ringed(const QStyleOption& option) {
  return (option.state & QStyle::State_HasFocus) != 0 &&
         (option.state & QStyle::State_KeyboardFocusChange) != 0;
}

/// Where a segment stands among its neighbours.
std::pair<bool, bool> endsOf(const QWidget* widget) {
  bool first = true, last = true;
  for (const QObject* sibling : widget->parentWidget()->children()) {
    const auto* other = qobject_cast<const QToolButton*>(sibling);
    if (other == nullptr || other == widget || other->isHidden()) continue;
    if (other->x() < widget->x()) first = false;
    if (other->x() > widget->x()) last = false;
  }
  return {first, last};
}

}  // namespace

WorkbenchStyle::WorkbenchStyle(metrics::Density density)
    : QProxyStyle(QStringLiteral("Fusion")), heights_(metrics::heights(density)) {}

void WorkbenchStyle::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  if (qobject_cast<QTabBar*>(widget) != nullptr || qobject_cast<QToolButton*>(widget) != nullptr)
    widget->setAttribute(Qt::WA_Hover);
  // Titles stand above what they name; who chose another alignment keeps it.
  auto* header = qobject_cast<QHeaderView*>(widget);
  if (header != nullptr && header->defaultAlignment() == Qt::AlignCenter &&
      header->orientation() == Qt::Horizontal)
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void WorkbenchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                   QPainter* painter, const QWidget* widget) const {
  const Tokens& all = tokensOf(*option);
  const QRectF rect = option->rect;
  switch (element) {
    case PE_PanelButtonCommand:
      if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
        paint::pushButton(*painter, *button, widget);
        return;
      }
      break;
    case PE_PanelLineEdit: {
      const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
      // Without a frame it lies within a combo box or a spin box, which has drawn the field.
      if (frame == nullptr || frame->lineWidth > 0) paint::entry(*painter, *option);
      return;
    }
    case PE_FrameLineEdit:
    case PE_FrameGroupBox:
    case PE_FrameStatusBarItem:
    case PE_FrameTabBarBase:
    case PE_PanelMenuBar:
    case PE_FrameDockWidget:
    case PE_FrameButtonBevel:
      return;
    case PE_FrameTabWidget:
      painter->fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), all.line);
      return;
    case PE_Frame:
      paint::field(
          *painter, rect, {}, all.line,
          qobject_cast<const QAbstractScrollArea*>(widget) ? metrics::kSmallRadius : kRadius);
      return;
    case PE_FrameMenu:
    case PE_PanelTipLabel:
      painter->fillRect(rect, element == PE_PanelTipLabel ? all.window : QColor(Qt::transparent));
      paint::field(*painter, rect, {}, all.line, 1);
      return;
    case PE_FrameFocusRect:
      if (ringed(*option)) paint::focusRing(*painter, rect, metrics::kSmallRadius, all.accent);
      return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
      paint::checkBox(*painter, *option);
      return;
    case PE_IndicatorRadioButton:
      paint::radioButton(*painter, *option);
      return;
    case PE_IndicatorArrowUp:
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowLeft:
    case PE_IndicatorArrowRight: {
      constexpr std::pair<PrimitiveElement, Qt::ArrowType> kArrows[] = {
          {PE_IndicatorArrowUp, Qt::UpArrow},
          {PE_IndicatorArrowDown, Qt::DownArrow},
          {PE_IndicatorArrowLeft, Qt::LeftArrow},
          {PE_IndicatorArrowRight, Qt::RightArrow}};
      for (const auto& [arrow, direction] : kArrows)
        if (arrow == element)
          paint::chevron(*painter, rect, direction,
                         option->state & State_Enabled ? all.muted : all.disabled);
      return;
    }
    case PE_IndicatorHeaderArrow:
      if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
        if (header->sortIndicator == QStyleOptionHeader::None) return;
        const bool up = header->sortIndicator == QStyleOptionHeader::SortUp;
        paint::chevron(*painter, rect, up ? Qt::UpArrow : Qt::DownArrow, all.accent);
      }
      return;
    case PE_IndicatorBranch:
      if (option->state & State_Children)
        paint::chevron(*painter, rect, option->state & State_Open ? Qt::DownArrow : Qt::RightArrow,
                       all.muted);
      return;
    case PE_PanelItemViewRow: {
      // A hairline below each row of a table, where it has no grid of its own.
      const auto* table = qobject_cast<const QTableView*>(widget);
      if (table != nullptr && !table->showGrid())
        painter->fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), all.line);
      return;
    }
    case PE_PanelItemViewItem:
      if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option))
        paint::itemBackground(*painter, *item);
      return;
    case PE_PanelStatusBar:
      painter->fillRect(rect, all.window);
      painter->fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), all.line);
      return;
    case PE_IndicatorToolBarSeparator: {
      const bool upright = (option->state & State_Horizontal) != 0;
      const QPointF centre = rect.center();
      painter->fillRect(upright ? QRectF(centre.x(), rect.top() + 6, 1, rect.height() - 12)
                                : QRectF(rect.left() + 6, centre.y(), rect.width() - 12, 1),
                        all.line);
      return;
    }
    default:
      break;
  }
  QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void WorkbenchStyle::drawControl(ControlElement element, const QStyleOption* option,
                                 QPainter* painter, const QWidget* widget) const {
  const Tokens& all = tokensOf(*option);
  const QRectF rect = option->rect;
  switch (element) {
    case CE_PushButtonLabel:
      if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option)) {
        if (button->features & QStyleOptionButton::HasMenu) break;
        drawButtonLabel(*button, *painter, widget);
        return;
      }
      break;
    case CE_TabBarTabShape:
      if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option)) {
        QStyleOptionTab shown = *tab;
        if (isClosed(widget)) shown.state &= ~State_Selected;
        paint::tab(*painter, shown);
        return;
      }
      break;
    case CE_TabBarTabLabel:
      if (const auto* given = qstyleoption_cast<const QStyleOptionTab*>(option)) {
        QStyleOptionTab tab = *given;
        const bool chosen = (tab.state & State_Selected) != 0 && !isClosed(widget);
        if (tab.state & State_Enabled)
          tab.palette.setColor(QPalette::WindowText, chosen ? all.softInk : all.muted);
        // The ring is drawn with the shape.
        tab.state &= ~State_HasFocus;
        QProxyStyle::drawControl(element, &tab, painter, widget);
        return;
      }
      break;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: {
      const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      if (header != nullptr)
        paint::headerSection(*painter, *header);
      else
        painter->fillRect(rect, all.window);
      return;
    }
    case CE_HeaderLabel:
      if (const auto* given = qstyleoption_cast<const QStyleOptionHeader*>(option)) {
        QStyleOptionHeader header = *given;
        header.palette.setColor(QPalette::ButtonText, all.muted);
        header.state &= ~State_On;  // no bold heading above a selection
        QProxyStyle::drawControl(element, &header, painter, widget);
        return;
      }
      break;
    case CE_ProgressBar:
      // Fusion asks itself for the parts, not this style.
      if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
        constexpr std::pair<ControlElement, SubElement> kParts[] = {
            {CE_ProgressBarGroove, SE_ProgressBarGroove},
            {CE_ProgressBarContents, SE_ProgressBarContents},
            {CE_ProgressBarLabel, SE_ProgressBarLabel}};
        QStyleOptionProgressBar part = *bar;
        for (const auto& [control, place] : kParts) {
          if (control == CE_ProgressBarLabel && !bar->textVisible) break;
          part.rect = subElementRect(place, bar, widget);
          drawControl(control, &part, painter, widget);
        }
        return;
      }
      break;
    case CE_ProgressBarGroove: {
      const double radius = std::min(double(metrics::kSmallRadius), rect.height() / 2);
      paint::field(*painter, rect, all.line, {}, radius);
      return;
    }
    case CE_ProgressBarContents:
      if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
        if (bar->maximum > bar->minimum)
          paint::progress(*painter, *bar);
        else
          paint::busy(*painter, *bar, QTime::currentTime().msecsSinceStartOfDay() / 20);
        return;
      }
      break;
    case CE_ProgressBarLabel:
      if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option)) {
        painter->save();
        painter->setPen(all.text);
        painter->drawText(
            rect, Qt::AlignCenter | Qt::TextSingleLine,
            bar->fontMetrics.elidedText(bar->text, Qt::ElideRight, bar->rect.width() - 8));
        painter->restore();
        return;
      }
      break;
    case CE_MenuBarEmptyArea:
      painter->fillRect(rect, all.window);
      return;
    case CE_MenuBarItem:
      if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        painter->fillRect(rect, all.window);
        if (item->state & State_Selected)
          paint::field(*painter, rect.adjusted(1, 2, -1, -2),
                       item->state & State_Sunken ? all.soft : all.fieldHover, {}, kRadius);
        const bool mnemonic = proxy()->styleHint(SH_UnderlineShortcut, item, widget, nullptr) != 0;
        proxy()->drawItemText(painter, item->rect,
                              Qt::AlignCenter | Qt::TextDontClip | Qt::TextSingleLine |
                                  (mnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                              item->palette, (item->state & State_Enabled) != 0, item->text,
                              QPalette::WindowText);
        return;
      }
      break;
    case CE_MenuItem:
      if (const auto* given = qstyleoption_cast<const QStyleOptionMenuItem*>(option)) {
        QStyleOptionMenuItem item = *given;
        if (item.menuItemType != QStyleOptionMenuItem::Separator &&
            (item.state & State_Selected) != 0 && (item.state & State_Enabled) != 0)
          paint::field(*painter, rect.adjusted(1, 0, -1, 0), all.soft, {}, metrics::kSmallRadius);
        // Fusion draws its own bar behind a selected one.
        item.state &= ~State_Selected;
        if (item.menuItemType == QStyleOptionMenuItem::Separator && item.text.isEmpty()) {
          painter->fillRect(QRectF(rect.left() + 6, rect.center().y(), rect.width() - 12, 1),
                            all.line);
          return;
        }
        QProxyStyle::drawControl(element, &item, painter, widget);
        return;
      }
      break;
    case CE_ToolBar:
      painter->fillRect(rect, all.window);
      painter->fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), all.line);
      return;
    case CE_Splitter: {
      const bool upright = (option->state & State_Horizontal) != 0;
      const QColor colour = option->state & State_MouseOver ? all.accent : all.line;
      const QPointF centre = rect.center();
      painter->fillRect(upright ? QRectF(std::floor(centre.x()), rect.top(), 1, rect.height())
                                : QRectF(rect.left(), std::floor(centre.y()), rect.width(), 1),
                        colour);
      return;
    }
    default:
      break;
  }
  QProxyStyle::drawControl(element, option, painter, widget);
}

void WorkbenchStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                        QPainter* painter, const QWidget* widget) const {
  const auto part = [&](SubControl which) {
    return proxy()->subControlRect(control, option, which, widget);
  };
  switch (control) {
    case CC_ComboBox:
      if (const auto* combo = qstyleoption_cast<const QStyleOptionComboBox*>(option)) {
        paint::comboBox(*painter, *combo, part(SC_ComboBoxArrow));
        return;
      }
      break;
    case CC_SpinBox:
      if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option)) {
        paint::spinBox(*painter, *spin, part(SC_SpinBoxUp), part(SC_SpinBoxDown));
        return;
      }
      break;
    case CC_Slider:
      if (const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
        if (slider->subControls & SC_SliderTickmarks) {
          QStyleOptionSlider ticks = *slider;
          ticks.subControls = SC_SliderTickmarks;
          QProxyStyle::drawComplexControl(control, &ticks, painter, widget);
        }
        paint::slider(*painter, *slider, part(SC_SliderGroove), part(SC_SliderHandle));
        return;
      }
      break;
    case CC_ScrollBar:
      if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option)) {
        paint::scrollBar(*painter, *bar, part(SC_ScrollBarSlider));
        return;
      }
      break;
    case CC_ToolButton:
      if (const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option)) {
        drawToolButton(*button, *painter, widget);
        return;
      }
      break;
    case CC_GroupBox:
      if (const auto* group = qstyleoption_cast<const QStyleOptionGroupBox*>(option)) {
        QStyleOptionGroupBox plain = *group;
        plain.subControls &= ~SC_GroupBoxFrame;
        painter->save();
        QFont font = painter->font();
        font.setWeight(QFont::DemiBold);
        painter->setFont(font);
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
        painter->restore();
        return;
      }
      break;
    default:
      break;
  }
  QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void WorkbenchStyle::drawButtonLabel(const QStyleOptionButton& option, QPainter& painter,
                                     const QWidget* widget) const {
  constexpr int kIconGap = 6;
  const bool active = (option.state & State_Enabled) != 0;
  QPalette palette = option.palette;
  if (roleOf(widget) == Role::primary && active)
    palette.setColor(QPalette::ButtonText, tokensOf(option).accentInk);
  const QString hint = primaryHint(widget);
  const int icon = option.icon.isNull() ? 0 : option.iconSize.width();
  const int gap = icon > 0 && !option.text.isEmpty() ? kIconGap : 0;
  const int text = option.fontMetrics.size(Qt::TextShowMnemonic, option.text).width();
  const int small = hint.isEmpty() ? 0 : QFontMetrics(smallFont()).horizontalAdvance(hint) + 8;
  const QRect all = option.rect;
  int x = all.left() + std::max(0, (all.width() - icon - gap - text - small) / 2);
  const auto part = [&](int width) {
    return visualRect(option.direction, all, QRect(x, all.top(), width, all.height()));
  };
  if (icon > 0) {
    const QIcon::Mode mode = active ? QIcon::Normal : QIcon::Disabled;
    option.icon.paint(&painter, part(icon), Qt::AlignCenter, mode,
                      option.state & State_On ? QIcon::On : QIcon::Off);
    x += icon + gap;
  }
  const bool mnemonic = proxy()->styleHint(SH_UnderlineShortcut, &option, widget, nullptr) != 0;
  proxy()->drawItemText(
      &painter, part(text),
      Qt::AlignCenter | Qt::TextDontClip | (mnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
      palette, active, option.text, QPalette::ButtonText);
  if (small == 0) return;
  x += text + 8;
  painter.save();
  painter.setFont(smallFont());
  proxy()->drawItemText(&painter, part(small - 8), Qt::AlignCenter | Qt::TextDontClip, palette,
                        active, hint, QPalette::ButtonText);
  painter.restore();
}

void WorkbenchStyle::drawToolButton(const QStyleOptionToolButton& option, QPainter& painter,
                                    const QWidget* widget) const {
  const Tokens& all = tokensOf(option);
  const Role role = roleOf(widget);
  const bool active = (option.state & State_Enabled) != 0;
  const bool hover = active && (option.state & State_MouseOver) != 0;
  const bool on = (option.state & State_On) != 0, down = (option.state & State_Sunken) != 0;
  QStyleOptionToolButton label = option;
  label.state &= ~State_Raised;
  QRectF rect = option.rect;
  if (role == Role::segment && widget != nullptr && widget->parentWidget() != nullptr) {
    const auto [first, last] = endsOf(widget);
    painter.save();
    painter.setClipRect(rect);
    // Drawn beyond the sides that have a neighbour, whose line then is the border of both.
    rect.adjust(first ? 0 : -2.0 * kRadius, 0, last ? 0 : 2.0 * kRadius, 0);
    paint::field(painter, rect,
                 on || down ? all.soft
                 : hover    ? all.fieldHover
                            : all.window,
                 all.line, kRadius);
    if (!last)
      painter.fillRect(
          QRectF(option.rect.right(), option.rect.top() + 1, 1, option.rect.height() - 2),
          all.line);
    painter.restore();
    if (active) label.palette.setColor(QPalette::ButtonText, on ? all.softInk : all.muted);
  } else if (role == Role::chip) {
    paint::field(painter, rect, hover || down ? all.fieldHover : all.field, all.line, kRadius);
  } else if (on || down) {
    paint::field(painter, rect, all.soft, {}, kRadius);
    if (active) label.palette.setColor(QPalette::ButtonText, all.softInk);
  } else if (hover) {
    paint::field(painter, rect, all.fieldHover, {}, kRadius);
  } else if ((option.state & State_AutoRaise) == 0) {
    paint::field(painter, rect, all.window, all.line, kRadius);
  }
  if (ringed(option)) paint::focusRing(painter, option.rect, kRadius, all.accent);

  if (option.features & QStyleOptionToolButton::MenuButtonPopup) {
    const QRect menu = proxy()->subControlRect(CC_ToolButton, &option, SC_ToolButtonMenu, widget);
    paint::chevron(painter, menu, Qt::DownArrow, active ? all.muted : all.disabled);
    label.rect = proxy()->subControlRect(CC_ToolButton, &option, SC_ToolButton, widget);
  } else if (paint::opensMenu(option)) {
    const bool iconOnly = option.toolButtonStyle == Qt::ToolButtonIconOnly;
    if (!iconOnly || option.rect.width() > option.iconSize.width() + paint::kMenuChevron) {
      const QRectF arrow(option.rect.right() - paint::kMenuChevron - 3, option.rect.top(),
                         paint::kMenuChevron, option.rect.height());
      paint::chevron(painter, arrow, Qt::DownArrow, active ? all.muted : all.disabled);
      label.rect.adjust(0, 0, -paint::kMenuChevron, 0);
    }
  }
  if (role == Role::chip) label.rect.adjust(4, 0, -2, 0);
  proxy()->drawControl(CE_ToolButtonLabel, &label, &painter, widget);
}

}  // namespace uninet
