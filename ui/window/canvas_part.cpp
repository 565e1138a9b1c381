#include "ui/window/canvas_part.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QUndoCommand>
#include <cmath>
#include <limits>

#include "attacks/engine/region.h"
#include "core/results/figure_names.h"
#include "ui/document/document.h"
#include "ui/document/text.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/objects_panel.h"
#include "ui/panels/timeline.h"
#include "ui/style/colours.h"
#include "ui/style/icons.h"
#include "ui/views/canvas.h"

namespace uninet {
namespace {

/// Below it a task has failed.
constexpr double kHalf = 0.5;

class ViewCommand : public QUndoCommand {
 public:
  using Apply = std::function<void(const Session::View&)>;
  ViewCommand(const QString& text, Apply apply, Session::View before, Session::View after)
      : QUndoCommand(text),
        apply_(std::move(apply)),
        before_(std::move(before)),
        after_(std::move(after)) {}
  void undo() override { apply_(before_); }
  void redo() override { apply_(after_); }

 private:
  Apply apply_;
  Session::View before_, after_;
};

/// The region of a box, of whole pixels around it.
QString regionOf(const Box& box) {
  return QStringLiteral("box:%1,%2,%3,%4")
      .arg(static_cast<int>(std::floor(box.x0)))
      .arg(static_cast<int>(std::floor(box.y0)))
      .arg(static_cast<int>(std::ceil(box.x1)))
      .arg(static_cast<int>(std::ceil(box.y1)));
}

}  // namespace

CanvasPart::CanvasPart(Document& document, Canvas& canvas, Timeline& timeline,
                       ObjectsPanel& objects, AttackPanel& attack, QObject* parent)
    : QObject(parent),
      document_(document),
      canvas_(canvas),
      timeline_(timeline),
      objects_(objects),
      attack_(attack),
      gradient_(new QAction(tr("&Gradient as the change of the image"), this)),
      levelAction_(new QAction(this)) {
  gradient_->setObjectName(QStringLiteral("input-gradient"));
  gradient_->setCheckable(true);
  gradient_->setToolTip(
      tr("The last gradient of the objective in the row of changes, in place of the perturbation"));
  connect(gradient_, &QAction::triggered, this, [this](bool on) {
    changeView(tr("show the gradient"), [this, on] {
      document_.setGradientShown(on);
      if (on) setLevel({});
    });
  });
  levelAction_->setObjectName(QStringLiteral("feature-change"));
  levelAction_->setCheckable(true);
  levelAction_->setToolTip(
      tr("How far each place of this feature map moves, in place of the perturbation; a click on a "
         "level of the Levels tab chooses another"));
  connect(levelAction_, &QAction::triggered, this, [this](bool on) {
    changeView(tr("show a feature map"), [this, on] { setLevel(on ? level_ : std::string()); });
  });
  static constexpr std::array<const char*, 4> kRowNames{"row-clean", "row-attacked", "row-change",
                                                        "row-truth"};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row row = static_cast<Row>(i);
    rows_[i] = new QAction(rowTitle(row), this);
    rows_[i]->setObjectName(QString::fromUtf8(kRowNames[i]));
    rows_[i]->setCheckable(true);
    rows_[i]->setToolTip(tr("Show or hide this row in all panels"));
    connect(rows_[i], &QAction::triggered, this, [this, row](bool on) {
      changeView(on ? tr("show a row") : tr("hide a row"), [&] { canvas_.setRowOn(row, on); });
    });
  }
  const std::array<std::pair<const char*, QString>, 3> layouts{
      {{"layout-grid", tr("Grid")}, {"layout-focus", tr("Focus")}, {"layout-wipe", tr("Wipe")}}};
  const std::array<QString, 3> tips{
      tr("All panels"), tr("One large panel, the others as a strip (double click on a panel)"),
      tr("Clean and attacked in every panel, with one divider to drag")};
  auto* group = new QActionGroup(this);
  for (std::size_t i = 0; i < layouts_.size(); ++i) {
    layouts_[i] = new QAction(layouts[i].second, this);
    layouts_[i]->setObjectName(QString::fromUtf8(layouts[i].first));
    layouts_[i]->setCheckable(true);
    layouts_[i]->setToolTip(tips[i]);
    group->addAction(layouts_[i]);
    connect(layouts_[i], &QAction::triggered, this, [this, i] { setLayout(static_cast<int>(i)); });
  }

  connect(&document, &Document::sceneChanged, this, &CanvasPart::updateScene);
  connect(&document, &Document::secondChanged, this, &CanvasPart::updateCaptions);
  connect(&document, &Document::stepsChanged, this, &CanvasPart::updateTimeline);
  connect(&document, &Document::experimentChanged, this, &CanvasPart::updateTimeline);
  connect(&document, &Document::attackingChanged, this, &CanvasPart::updateTimeline);
  connect(&document, &Document::engineChanged, this, &CanvasPart::updateEmptyTexts);
  connect(&document, &Document::frameChanged, this, &CanvasPart::updateEmptyTexts);
  connect(&timeline, &Timeline::stepRequested, &document, &Document::showStep);
  connect(&canvas, &Canvas::layoutChanged, this, &CanvasPart::keepView);
  connect(&canvas.camera(), &ViewCamera::viewChanged, this, &CanvasPart::keepView);
  connect(&canvas, &Canvas::hiddenClassesRequested, this,
          [this](const std::set<std::string>& hidden) {
            document_.setHiddenClasses(hidden);
            canvas_.setHiddenClasses(hidden);
            keepView();
          });
  connect(&canvas, &Canvas::hovered, &objects, &ObjectsPanel::setHovered);
  connect(&canvas, &Canvas::selected, &objects, &ObjectsPanel::setSelected);
  connect(&canvas, &Canvas::objectMenuRequested, this, &CanvasPart::showMenu);
  connect(&canvas, &Canvas::regionDrawn, &attack, &AttackPanel::setRegion);
  connect(&objects, &ObjectsPanel::hovered, &canvas, &Canvas::setHovered);
  connect(&objects, &ObjectsPanel::selected, &canvas, &Canvas::setSelected);
  connect(&objects, &ObjectsPanel::zoomRequested, this, &CanvasPart::zoomToObject);
  connect(&objects, &ObjectsPanel::attackRequested, this, &CanvasPart::attackObject);
  connect(&attack, &AttackPanel::regionBoxRequested, &canvas,
          [&canvas] { canvas.setDrawMode(DrawMode::box); });
  connect(&attack, &AttackPanel::regionPolygonRequested, &canvas,
          [&canvas] { canvas.setDrawMode(DrawMode::polygon); });
  connect(&attack, &AttackPanel::regionChanged, &canvas,
          [&canvas](const QString& region) { canvas.setRegion(region); });
  readView();
  updateScene();
  updateTimeline();
  updateEmptyTexts();
  canvas_.setRegion(attack_.region());
}

void CanvasPart::setLayout(int layout) {
  changeView(tr("change the layout"),
             [&] { canvas_.setLayout(static_cast<CanvasLayout>(layout)); });
}

/// Empty: none.
void CanvasPart::setLevel(const std::string& level) {
  document_.setLevelShown(level);
  if (!level.empty()) {
    level_ = level;
    document_.setGradientShown(false);
    gradient_->setChecked(false);
  }
  levelAction_->setChecked(!level.empty());
  levelAction_->setText(
      tr("&Feature map %1 as the change of the image").arg(labelText(levelName(level_).c_str())));
}

void CanvasPart::showLevel(const std::string& level) {
  changeView(tr("show a feature map"), [&] {
    setLevel(level);
    canvas_.setRowOn(Row::change, true);
    canvas_.setFocusPanel(0);
    canvas_.setLayout(CanvasLayout::focus);
  });
}

void CanvasPart::showTask(Task task) {
  changeView(tr("change the layout"), [&] {
    canvas_.setFocusPanel(static_cast<std::size_t>(&taskInfo(task) - tasks().data()) + 1);
    canvas_.setLayout(CanvasLayout::focus);
  });
}

void CanvasPart::changeView(const QString& what, const std::function<void()>& change) {
  const Session::View before = document_.session().view;
  change();
  keepView();
  const Session::View after = document_.session().view;
  if (after == before) return;
  document_.undoStack().push(new ViewCommand(
      what,
      [this](const Session::View& view) {
        Session::View next = document_.session().view;
        next.layout = view.layout;
        next.rows = view.rows;
        next.inputChange = view.inputChange;
        next.level = view.level;
        next.focus = view.focus;
        document_.setView(next);
        readView();
      },
      before, after));
}

void CanvasPart::readView() {
  const Session::View& view = document_.session().view;
  reading_ = true;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    canvas_.setRowOn(static_cast<Row>(i), view.rows[i]);
    rows_[i]->setChecked(view.rows[i]);
  }
  const bool gradient = view.inputChange == Session::View::InputChange::gradient;
  gradient_->setChecked(gradient);
  document_.setGradientShown(gradient);
  setLevel(view.level);
  canvas_.setFocusPanel(
      static_cast<std::size_t>(std::clamp(view.focus, 0, static_cast<int>(kPanels) - 1)));
  canvas_.setLayout(static_cast<CanvasLayout>(view.layout));
  canvas_.setWipe(view.wipe);
  canvas_.camera().setView(view.zoom, {view.centreX, view.centreY});
  const std::set<std::string> hidden(view.hiddenClasses.begin(), view.hiddenClasses.end());
  canvas_.setHiddenClasses(hidden);
  document_.setHiddenClasses(hidden);
  DrawOptions draw = document_.draw();
  draw.scoreThreshold = view.scoreThreshold;
  draw.opacity = view.opacity;
  document_.setDraw(draw);
  layouts_[static_cast<std::size_t>(view.layout)]->setChecked(true);
  reading_ = false;
}

void CanvasPart::keepView() {
  if (reading_) return;
  Session::View view = document_.session().view;
  view.layout = static_cast<Session::View::Layout>(canvas_.layoutKind());
  view.focus = static_cast<int>(canvas_.focusPanel());
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    view.rows[i] = canvas_.rowOn(static_cast<Row>(i));
    rows_[i]->setChecked(view.rows[i]);
  }
  view.inputChange = gradient_->isChecked() ? Session::View::InputChange::gradient
                                            : Session::View::InputChange::perturbation;
  view.level = document_.levelShown();
  view.wipe = canvas_.wipe();
  view.zoom = canvas_.camera().zoom();
  view.centreX = canvas_.camera().centre().x();
  view.centreY = canvas_.camera().centre().y();
  view.hiddenClasses.assign(document_.hiddenClasses().begin(), document_.hiddenClasses().end());
  layouts_[static_cast<std::size_t>(view.layout)]->setChecked(true);
  document_.setView(view);
}

void CanvasPart::updateScene() {
  updateCaptions();
  canvas_.setScene(document_.scene());
  updateBadges();
  updateObjects();
}

/// Beside a second network the captions say which of the two is seen.
void CanvasPart::updateCaptions() {
  Canvas::Captions captions;
  if (document_.second().engine()) {
    const auto letter = [this](const std::string& identity) {
      return identity == document_.engine().identity()            ? QStringLiteral("A")
             : identity == document_.second().engine().identity() ? QStringLiteral("B")
                                                                  : QStringLiteral("?");
    };
    const auto letters = [&](const std::string& attackedOn, const std::string& measuredOn) {
      return attackedOn.empty()
                 ? letter(measuredOn)
                 : letter(attackedOn) + QStringLiteral(" \u2192 ") + letter(measuredOn);
    };
    const std::string& measured = document_.shownEngine().identity();
    const Experiment* experiment = document_.experiment();
    const KeptRun* left = document_.runs().run(document_.reference());
    const QString right =
        letters(experiment == nullptr ? std::string() : experiment->attackedOnIdentity, measured);
    const QString attacked = rowTitle(Row::attacked) + QLatin1Char(' ');
    captions.clean = left == nullptr ? rowTitle(Row::clean) + QLatin1Char(' ') + letter(measured)
                                     : attacked + letters(left->attackedOnHash, left->networkHash);
    captions.attacked = attacked + right;
    if (left != nullptr)
      captions.wiped =
          letters(left->attackedOnHash, left->networkHash) + QStringLiteral(" | ") + right;
  }
  canvas_.setCaptions(captions);
}

void CanvasPart::updateBadges() {
  std::array<Badge, kPanels> badges;
  const int shown = document_.shownStep();
  const std::vector<Document::Step>& steps = document_.steps();
  const bool truth = document_.dataset() && document_.dataset()->hasGroundTruth();
  if (shown >= 0 && steps[static_cast<std::size_t>(shown)].iteration.iteration >= 0)
    for (const RatioBar& bar : steps[static_cast<std::size_t>(shown)].ratios) {
      const TaskInfo& info = taskInfo(bar.task);
      Badge& badge = badges[static_cast<std::size_t>(&info - tasks().data()) + 1];
      badge.shown = document_.shownEngine().spec().tasks.has(bar.task);
      badge.ratio = bar.ratio;
      badge.tip = std::isfinite(bar.ratio)
                      ? tr("%1: %2 \u2192 %3 on this image")
                            .arg(labelText(info.metricTitle), shownNumber(bar.clean, 'g', 4),
                                 shownNumber(bar.attacked, 'g', 4))
                  : truth
                      ? tr("%1 is not defined on this image: nothing of it in the ground truth, or "
                           "nothing found before the attack")
                            .arg(labelText(info.metricTitle))
                      : tr("These images have no ground truth to measure with");
    }
  canvas_.setBadges(badges);
}

void CanvasPart::updateTimeline() {
  TimelineData data;
  const std::vector<Document::Step>& steps = document_.steps();
  const auto note = [&data](int iteration, double objective) {
    if (iteration < 0) return;
    const auto at = static_cast<std::size_t>(iteration);
    if (data.objective.size() <= at)
      data.objective.resize(at + 1, std::numeric_limits<double>::quiet_NaN());
    data.objective[at] = objective;
  };
  for (const Document::Step& step : steps) {
    data.iterations.push_back(step.iteration.iteration);
    data.planned = std::max(data.planned, step.iteration.total);
  }
  for (const auto& [iteration, objective] : document_.objectives()) note(iteration, objective);
  if (const Experiment* experiment = document_.experiment()) {
    for (const AttackIteration& iteration : experiment->result.iterations)
      note(iteration.iteration, iteration.objective);
    data.planned = experiment->result.iterationsPlanned;
    data.stopped = experiment->result.cancelled;
  }
  data.shown = document_.shownStep();
  data.running = document_.attacking();
  for (const auto& [task, iteration] : document_.firstFailures())
    data.marks.push_back({task, iteration, taskColour(task, schemeOf(timeline_.palette()))});
  timeline_.setData(std::move(data));
}

void CanvasPart::updateObjects() {
  const Scene& scene = document_.scene();
  objects_.setRows(scene.objects, scene.there[static_cast<std::size_t>(Row::attacked)]);
  objects_.setAttackable(document_.engine() && !document_.attacking());
}

const ObjectRow* CanvasPart::object(int number) const {
  for (const ObjectRow& row : document_.scene().objects)
    if (row.match.number == number) return &row;
  return nullptr;
}

Box CanvasPart::boxOf(const ObjectRow& row) {
  return !row.clean.className.empty()      ? row.clean.box
         : !row.attacked.className.empty() ? row.attacked.box
                                           : row.truth.box;
}

void CanvasPart::updateEmptyTexts() {
  const Document::Frame& frame = document_.frame();
  canvas_.setEmptyText(frame.failed                       ? tr("This image cannot be shown")
                       : frame.index >= 0 && !frame.clean ? tr("Predicting\u2026")
                       : !document_.engine()              ? tr("Open a network to see this output")
                                                          : tr("Open images, or drop them here"));
  const bool lacks = document_.engine() && document_.engine().lacksMaskComponents();
  for (std::size_t i = 0; i < tasks().size(); ++i)
    if (tasks()[i].task == Task::instSeg)
      canvas_.setEmptyText(i + 1, lacks ? tr("No mask components: drop pca_meinst.npz here or run "
                                             "\"uninet mask-components\"")
                                        : QString());
}

void CanvasPart::attackObject(int number) {
  const ObjectRow* row = object(number);
  if (row == nullptr) return;
  const cv::Size size = document_.frame().sample.image.size();
  Box box = boxOf(*row);
  box = {std::max(box.x0, 0.f), std::max(box.y0, 0.f),
         std::min(box.x1, static_cast<float>(size.width)),
         std::min(box.y1, static_cast<float>(size.height))};
  attack_.setRegion(row->match.truth >= 0 ? QStringLiteral("instance:%1").arg(row->match.truth)
                                          : regionOf(box));
  Q_EMIT attackRequested();
}

void CanvasPart::zoomToObject(int number) {
  const ObjectRow* row = object(number);
  if (row == nullptr) return;
  canvas_.zoomTo(boxOf(*row));
  canvas_.setSelected(number);
}

void CanvasPart::zoomToInstance(int instance) {
  for (const ObjectRow& row : document_.scene().objects)
    if (row.match.truth == instance) return zoomToObject(row.match.number);
}

void CanvasPart::showMenu(int number, const QPoint& at) {
  auto* menu = new QMenu(&canvas_);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->setObjectName(QStringLiteral("object-menu"));
  QAction* attack = menu->addAction(icon("run"), tr("&Attack only this object"), this,
                                    [this, number] { attackObject(number); });
  attack->setEnabled(document_.engine() && !document_.attacking());
  menu->addAction(icon("search"), tr("&Zoom to it"), this,
                  [this, number] { zoomToObject(number); });
  menu->addAction(tr("&Select it"), this, [this, number] {
    canvas_.setSelected(number);
    objects_.setSelected(number);
  });
  menu->popup(at);
}

}  // namespace uninet
