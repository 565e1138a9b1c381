// What the canvas shows of a document.
#include "ui/document/document.h"

namespace uninet {

void Document::setDraw(const DrawOptions& draw) {
  draw_ = draw;
  render();
}

void Document::setHiddenClasses(const std::set<std::string>& hidden) {
  if (hidden == hidden_) return;
  hidden_ = hidden;
  render();
}

void Document::setGradientShown(bool shown) {
  if (shown == gradientShown_) return;
  gradientShown_ = shown;
  render();
}

/// The last one that was taken up to the step that is shown.
SceneGradient Document::lastGradient() const {
  for (int i = run_.shownStep; i >= 0; --i)
    if (cv::Mat gradient = run_.steps.gradient(i); !gradient.empty())
      return {gradient, steps()[static_cast<std::size_t>(i)].iteration.gradientMax, {}};
  return {{},
          0,
          run_.stored != 0 && !attacking()
              ? tr("No gradient: the attack took none, or the run was shown from what is kept; "
                   "run it again to see one")
              : tr("No gradient was taken")};
}

void Document::clearScene() {
  scene_ = {};
  Q_EMIT sceneChanged();
}

void Document::render() {
  if (!frame_.clean) return;
  const int number = ++renderNumber_;
  const std::shared_ptr<const AttackTarget> target =
      run_.shownStep < 0 ? nullptr : steps()[static_cast<std::size_t>(run_.shownStep)].target;
  renderPool_.clear();
  renderPool_.start([this, number, clean = compared(), attacked = attacked(), target,
                     sample = frame_.sample, draw = draw_, hidden = hidden_,
                     gradient = gradientShown_ ? std::optional(lastGradient()) : std::nullopt] {
    auto scene =
        std::make_shared<Scene>(renderScene(*clean, attacked.get(), sample, target.get(), draw,
                                            hidden, gradient ? &*gradient : nullptr));
    scene->objects = objectRows(scene->matches, *clean, attacked.get(), &sample);
    QMetaObject::invokeMethod(
        this,
        [this, number, scene] {
          if (number != renderNumber_) return;
          scene_ = std::move(*scene);
          Q_EMIT sceneChanged();
        },
        Qt::QueuedConnection);
  });
}

}  // namespace uninet
