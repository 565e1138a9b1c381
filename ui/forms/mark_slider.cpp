#include "ui/forms/mark_slider.h"

#include <QEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <QStyle>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/forms/form_label.h"

namespace uninet {
namespace {

constexpr int kBetween = 12;  ///< slider positions from one mark to the next
constexpr int kParts = 4;     ///< of the way from one mark to the next, at most

QString markText(double value) {
  if (value == 0.25) return QStringLiteral("\u00bc");
  if (value == 0.5) return QStringLiteral("\u00bd");
  return shownNumber(value);
}

}  // namespace

MarkSlider::MarkSlider(QWidget* parent)
    : QWidget(parent), slider_(new QSlider(Qt::Horizontal, this)) {
  slider_->installEventFilter(this);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(slider_, &QSlider::actionTriggered, this, &MarkSlider::act);
  connect(slider_, &QSlider::valueChanged, this, [this](int position) {
    const double value = stops_[nearest(position)].value;
    if (slider_->isSliderDown())
      Q_EMIT moved(value);
    else
      Q_EMIT chosen(value);
  });
  connect(slider_, &QSlider::sliderReleased, this, [this] {
    const Stop& stop = stops_[nearest(slider_->sliderPosition())];
    const QSignalBlocker blocker(slider_);
    slider_->setValue(stop.position);
    Q_EMIT chosen(stop.value);
  });
}

void MarkSlider::setMarks(const std::vector<double>& marks, double step) {
  if (marks == marks_ && step == step_) return;
  marks_ = marks;
  step_ = step;
  stops_.clear();
  for (std::size_t i = 0; i + 1 < marks.size(); ++i) {
    std::vector<double> values;
    for (int part = 0; part < kParts; ++part) {
      const double exact = marks[i] + (marks[i + 1] - marks[i]) * part / kParts;
      const double value = part == 0 ? exact : std::round(exact / step) * step;
      if ((values.empty() || value > values.back()) && value < marks[i + 1])
        values.push_back(value);
    }
    for (std::size_t k = 0; k < values.size(); ++k)
      stops_.push_back({static_cast<int>(kBetween * i + kBetween * k / values.size()), values[k]});
  }
  stops_.push_back({static_cast<int>(kBetween * (marks.size() - 1)), marks.back()});
  const QSignalBlocker blocker(slider_);
  slider_->setRange(0, stops_.back().position);
  slider_->setPageStep(kBetween);
  update();
}

void MarkSlider::setValue(double value) {
  const auto found =
      std::min_element(stops_.begin(), stops_.end(), [value](const Stop& a, const Stop& b) {
        return std::abs(a.value - value) < std::abs(b.value - value);
      });
  const QSignalBlocker blocker(slider_);
  if (!slider_->isSliderDown()) slider_->setValue(found->position);
}

std::size_t MarkSlider::nearest(int position) const {
  const auto found =
      std::min_element(stops_.begin(), stops_.end(), [position](const Stop& a, const Stop& b) {
        return std::abs(a.position - position) < std::abs(b.position - position);
      });
  return static_cast<std::size_t>(found - stops_.begin());
}

void MarkSlider::act(int action) {
  const std::size_t at = nearest(slider_->value());
  const int position = stops_[at].position;
  int target = slider_->sliderPosition();
  if (action == QSlider::SliderSingleStepAdd)
    target = stops_[std::min(at + 1, stops_.size() - 1)].position;
  else if (action == QSlider::SliderSingleStepSub)
    target = stops_[at > 0 ? at - 1 : 0].position;
  else if (action == QSlider::SliderPageStepAdd)
    target = (position / kBetween + 1) * kBetween;
  else if (action == QSlider::SliderPageStepSub)
    target = (position + kBetween - 1) / kBetween * kBetween - kBetween;
  slider_->setSliderPosition(std::clamp(target, 0, stops_.back().position));
}

QSize MarkSlider::sizeHint() const {
  return {100, slider_->sizeHint().height() + QFontMetrics(noteFont(font())).height()};
}

void MarkSlider::layOut() { slider_->setGeometry(0, 0, width(), slider_->sizeHint().height()); }

void MarkSlider::resizeEvent(QResizeEvent* /*event*/) { layOut(); }

bool MarkSlider::eventFilter(QObject* watched, QEvent* event) {
  // The wheel scrolls the form.
  if (event->type() == QEvent::Wheel) {
    event->ignore();
    return true;
  }
  if (event->type() == QEvent::StyleChange) layOut();
  return QWidget::eventFilter(watched, event);
}

void MarkSlider::paintEvent(QPaintEvent* /*event*/) {
  if (stops_.empty()) return;
  QPainter painter(this);
  painter.setFont(noteFont(font()));
  painter.setPen(palette().color(isEnabled() ? QPalette::Normal : QPalette::Disabled,
                                 QPalette::PlaceholderText));
  const int handle = slider_->style()->pixelMetric(QStyle::PM_SliderLength, nullptr, slider_);
  const QFontMetrics metrics = painter.fontMetrics();
  for (std::size_t i = 0; i < marks_.size(); ++i) {
    const int x = handle / 2 + QStyle::sliderPositionFromValue(0, stops_.back().position,
                                                               kBetween * static_cast<int>(i),
                                                               width() - handle);
    const QString text = markText(marks_[i]);
    const int wide = metrics.horizontalAdvance(text);
    const int left = std::clamp(x - wide / 2, 0, std::max(0, width() - wide));
    painter.drawText(left, slider_->height() + metrics.ascent(), text);
  }
}

}  // namespace uninet
