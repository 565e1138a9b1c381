// What the canvas shows of a document.
#include "ui/document/document.h"

#include <QCoreApplication>

#include "attacks/measures/levels.h"
#include "core/results/figure_names.h"
#include "ui/document/text.h"

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

void Document::setLevelShown(const std::string& level) {
  if (level == level_) return;
  level_ = level;
  render();
}

/// The last one that was taken up to the step that is shown.
SceneChange Document::lastGradient() const {
  for (int i = run_.shownStep; i >= 0; --i)
    if (cv::Mat gradient = run_.steps.gradient(i); !gradient.empty()) {
      const double greatest = steps()[static_cast<std::size_t>(i)].iteration.gradientMax;
      return {gradient,
              QCoreApplication::translate("uninet::Scene", "gradient, at most %1")
                  .arg(shownNumber(greatest, 'g', 2)),
              {}};
    }
  return {{},
          {},
          run_.stored != 0 && !attacking()
              ? tr("No gradient: the attack took none, or the run was shown from what is kept; "
                   "run it again to see one")
              : tr("No gradient was taken")};
}

/// Of the two predictions that are shown; what is not computed yet is asked for.
SceneChange Document::changeOfLevel() {
  const std::shared_ptr<const Prediction> before = compared(), after = attacked();
  if (levelChange_.of(before, after, level_)) return levelChange_.change;
  if (!engine_ || !after) return {};
  const QString name = labelText(levelName(level_).c_str());
  levelChange_ = {
      before, after, level_, {{}, {}, tr("How far %1 moves is being computed\u2026").arg(name)}};
  jobs_.replace(
      JobKind::features, tr("Feature map %1").arg(name),
      [this, before, after, level = level_, name,
       engine = shownEngine()](const Progress& progress) -> JobRunner::Finish {
        progress.step(0, 1);
        const cv::Mat moved = levelChange(engine, before->image, after->image, level);
        SceneChange change;
        if (moved.empty()) {
          change.why = tr("This network has no feature map %1").arg(name);
        } else {
          double greatest = 0;
          cv::minMaxLoc(moved, nullptr, &greatest);
          moved.convertTo(change.magnitude, CV_8U, greatest > 0 ? 255 / greatest : 0);
          change.note = tr("%1: %2 at most %3")
                            .arg(name, QStringLiteral("\u2016\u0394f\u2016 / \u2016f\u2016"),
                                 shownNumber(greatest, 'g', 2));
        }
        progress.step(1, 1);
        return [this, before, after, level, change] {
          if (!levelChange_.of(before, after, level)) return;
          levelChange_.change = change;
          render();
        };
      },
      [this, before, after, level = level_](JobOutcome outcome, const QString& sentence) {
        if (outcome != JobOutcome::done && levelChange_.of(before, after, level)) levelChange_ = {};
        if (outcome == JobOutcome::failed) Q_EMIT said(Subject::image, sentence, true);
      });
  return levelChange_.change;
}

std::optional<SceneChange> Document::shownChange() {
  if (!level_.empty()) return changeOfLevel();
  if (gradientShown_) return lastGradient();
  return {};
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
                     change = shownChange()] {
    auto scene = std::make_shared<Scene>(renderScene(*clean, attacked.get(), sample, target.get(),
                                                     draw, hidden, change ? &*change : nullptr));
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
