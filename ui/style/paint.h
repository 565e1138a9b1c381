#pragma once

#include <QRectF>
#include <QStyleOption>

class QPainter;
class QWidget;

namespace uninet::paint {

// What WorkbenchStyle draws controls with. Each leaves the painter as it found it.

/// Room for the chevron of a button with a menu.
inline constexpr int kMenuChevron = 16;
/// A chevron instead of the split button: the whole button opens the menu.
bool opensMenu(const QStyleOptionToolButton& option);

/// Rounded rectangle with an outline of one device-independent pixel inside `rect`; invalid
/// colours: none.
void field(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline,
           double radius);
/// The ring of what has the keyboard, inside `rect`.
void focusRing(QPainter& painter, const QRectF& rect, double radius, const QColor& colour);
void chevron(QPainter& painter, const QRectF& rect, Qt::ArrowType direction, const QColor& colour);

void pushButton(QPainter& painter, const QStyleOptionButton& option, const QWidget* widget);
/// Frame and ground of combo box, spin box and line edit.
void entry(QPainter& painter, const QStyleOption& option);
void comboBox(QPainter& painter, const QStyleOptionComboBox& option, const QRect& arrow);
void spinBox(QPainter& painter, const QStyleOptionSpinBox& option, const QRect& up,
             const QRect& down);
void slider(QPainter& painter, const QStyleOptionSlider& option, const QRect& groove,
            const QRect& handle);
void scrollBar(QPainter& painter, const QStyleOptionSlider& option, const QRect& handle);
void checkBox(QPainter& painter, const QStyleOption& option);
void radioButton(QPainter& painter, const QStyleOption& option);
/// Ground of a tab: chosen ones are filled.
void tab(QPainter& painter, const QStyleOptionTab& option);
void headerSection(QPainter& painter, const QStyleOptionHeader& option);
void progress(QPainter& painter, const QStyleOptionProgressBar& option);
void busy(QPainter& painter, const QStyleOptionProgressBar& option, int phase);
void itemBackground(QPainter& painter, const QStyleOptionViewItem& option);

}  // namespace uninet::paint
