#include "ui/window/draw_button.h"

#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <QWidgetAction>
#include <cmath>

#include "ui/document/document.h"
#include "ui/document/text.h"
#include "ui/style/icons.h"
#include "ui/style/metrics.h"

namespace uninet {
namespace {

constexpr int kSliderWidth = 160;

}  // namespace

DrawButton::DrawButton(Document& document, QWidget* parent)
    : QToolButton(parent), document_(document) {
  setObjectName(QStringLiteral("draw-options"));
  setIcon(uninet::icon("eye"));
  setText(tr("Drawing"));
  setToolTip(tr("Which objects are drawn, and how opaque masks are"));
  setPopupMode(QToolButton::InstantPopup);
  setToolButtonStyle(Qt::ToolButtonIconOnly);
  auto* box = new QWidget;
  auto* grid = new QGridLayout(box);
  grid->setContentsMargins(metrics::kMargin, metrics::kGap, metrics::kMargin, metrics::kGap);
  const auto row = [&](int at, const QString& label, const QString& tip, const char* name) {
    auto* slider = new QSlider(Qt::Horizontal);
    auto* number = new QLabel;
    slider->setObjectName(QString::fromUtf8(name));
    slider->setRange(0, 100);
    slider->setFixedWidth(kSliderWidth);
    slider->setToolTip(tip);
    slider->setAccessibleName(label);
    number->setMinimumWidth(
        fontMetrics().horizontalAdvance(shownNumber(0.0, 'f', 2) + QLatin1Char(' ')));
    connect(slider, &QSlider::valueChanged, this, [this, number](int value) {
      number->setText(shownNumber(value / 100.0, 'f', 2));
      set();
    });
    grid->addWidget(new QLabel(label), at, 0);
    grid->addWidget(slider, at, 1);
    grid->addWidget(number, at, 2);
    return slider;
  };
  score_ = row(0, tr("Score"),
               tr("Objects below this score are not drawn; metrics use all of them"), "draw-score");
  opacity_ = row(1, tr("Opacity"), tr("Of the masks over the image"), "draw-opacity");
  auto* menu = new QMenu(this);
  auto* action = new QWidgetAction(menu);
  action->setDefaultWidget(box);
  menu->addAction(action);
  setMenu(menu);
  connect(&document, &Document::sessionOpened, this, &DrawButton::read);
  read();
}

void DrawButton::read() {
  const Session::View& view = document_.session().view;
  reading_ = true;
  score_->setValue(static_cast<int>(std::lround(100 * view.scoreThreshold)));
  opacity_->setValue(static_cast<int>(std::lround(100 * view.opacity)));
  reading_ = false;
}

void DrawButton::set() {
  if (reading_) return;
  DrawOptions draw = document_.draw();
  draw.scoreThreshold = score_->value() / 100.0;
  draw.opacity = opacity_->value() / 100.0;
  document_.setDraw(draw);
  Session::View view = document_.session().view;
  view.scoreThreshold = draw.scoreThreshold;
  view.opacity = draw.opacity;
  document_.setView(view);
}

}  // namespace uninet
