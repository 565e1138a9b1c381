#pragma once

#include <QProxyStyle>

#include "ui/style/metrics.h"

class QStyleOptionButton;
class QStyleOptionToolButton;

namespace uninet {

/// The look of every control, on top of Fusion: flat fields with round corners, one accent, thin
/// scroll bars, focus rings. Colours come from the tokens of the scheme that a palette is of, sizes
/// from metrics.h.
class WorkbenchStyle : public QProxyStyle {
  Q_OBJECT

 public:
  explicit WorkbenchStyle(metrics::Density density);

  using QProxyStyle::polish;
  void polish(QWidget* widget) override;

  void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
  void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                   const QWidget* widget) const override;
  void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                          QPainter* painter, const QWidget* widget) const override;

  int pixelMetric(PixelMetric metric, const QStyleOption* option,
                  const QWidget* widget) const override;
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* data) const override;
  QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& contents,
                         const QWidget* widget) const override;
  QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                       SubControl subControl, const QWidget* widget) const override;
  QRect subElementRect(SubElement element, const QStyleOption* option,
                       const QWidget* widget) const override;

 private:
  void drawButtonLabel(const QStyleOptionButton& option, QPainter& painter,
                       const QWidget* widget) const;
  void drawToolButton(const QStyleOptionToolButton& option, QPainter& painter,
                      const QWidget* widget) const;

  metrics::Heights heights_;
};

}  // namespace uninet
