#include "ui/window/charts_part.h"

#include <nlohmann/json.hpp>

#include "core/results/figure_names.h"
#include "ui/charts/figure_export.h"
#include "ui/document/document.h"
#include "ui/document/text.h"
#include "ui/window/export_dialog.h"

namespace uninet {
namespace {

/// Figures name tasks in their rows, columns or groups.
std::optional<Task> taskNamed(const QString& name) {
  for (const TaskInfo& task : tasks())
    if (name == QString::fromUtf8(taskName(task.task))) return task.task;
  return {};
}

}  // namespace

ChartsPart::ChartsPart(Document& document, QWidget* window)
    : QObject(window),
      document_(document),
      window_(window),
      ratios_(new RatioChart),
      shapes_(new FigureView(tr(
          "Swap two classes with \"DAG swap, detection\", on this image or on the split (Analyse "
          "menu): how the shapes of the boxes follow stands here."))),
      interaction_(new FigureView(tr(
          "Analyse \u25b8 Evaluate split, \"Interaction\", fills this tab: who depends on whom."))),
      levels_(new FigureView(
          tr("Analyse \u25b8 Evaluate split, \"Levels\", fills this tab: where the network "
             "breaks."))) {
  connect(&document, &Document::experimentChanged, this, [this] { updateAttack(true); });
  // A run has its id only when it is kept.
  connect(&document, &Document::shownRunChanged, this, [this] { updateAttack(false); });
  connect(&document, &Document::sessionOpened, ratios_, &RatioChart::forgetSession);
  connect(&document.split(), &SplitResults::figuresChanged, this, &ChartsPart::updateFigures);
  for (FigureView* view : {static_cast<FigureView*>(ratios_), shapes_, interaction_, levels_}) {
    connect(view, &FigureView::exportRequested, this, [this, view] { exportFigure(*view); });
    connect(view, &FigureView::clicked, this, &ChartsPart::follow);
  }
  ratios_->setObjectName(QStringLiteral("metric-ratios"));
  shapes_->setObjectName(QStringLiteral("shape-bias"));
  interaction_->setObjectName(QStringLiteral("interaction"));
  levels_->setObjectName(QStringLiteral("levels"));
  updateAttack(false);
}

void ChartsPart::follow(const QString& figure, const QString& series, const QString& group,
                        qint64 item) {
  // The column of a matrix, the group of a bar; curves are one a task.
  std::optional<Task> task = taskNamed(group);
  if (!task) task = taskNamed(series);
  if (figure == QLatin1String("image")) {
    if (task) Q_EMIT taskClicked(*task);
  } else if (figure == QLatin1String("session")) {
    if (item > 0) document_.showRun(item);
  } else if (figure == QLatin1String("image-shape")) {
    // Shapes are of the objects of the ground truth, without groups.
    const Experiment* experiment = document_.experiment();
    if (experiment == nullptr || item < 0) return;
    const std::vector<Instance>& instances = experiment->sample.instances;
    for (std::size_t i = 0; i < instances.size(); ++i)
      if (!instances[i].crowd && item-- == 0) Q_EMIT instanceClicked(static_cast<int>(i));
  } else if (figure == QLatin1String("levels") || figure == QLatin1String("patching")) {
    // A group of bars, a row of a matrix. Heads have the names of tasks.
    const QString& name = figure == QLatin1String("levels") ? group : series;
    if (item > 0) Q_EMIT levelClicked(item, levelOfName(name.toStdString()));
  } else if (item > 0) {
    Q_EMIT splitRunClicked(item, task);
  }
}

void ChartsPart::updateAttack(bool news) {
  if (const Experiment* experiment = document_.experiment()) {
    QString title = labelText(attackByKey(experiment->attack).title);
    title += QStringLiteral(" \u00b7 ") + QString::fromStdString(experiment->frame);
    QString network;
    if (document_.second().engine() || !experiment->attackedOn.empty()) {
      network = networkName(experiment->engineTitle);
      if (!experiment->attackedOn.empty())
        network = networkName(experiment->attackedOn) + QStringLiteral(" \u2192 ") + network;
      title += QStringLiteral(" \u00b7 ") + network;
    }
    ratios_->setBars(metricRatios(experiment->cleanMetrics, experiment->attackedMetrics), title,
                     experimentManifest(*experiment), document_.shownRun(), network);
    if (news) Q_EMIT changed(ratios_);
  } else {
    ratios_->clear();
  }
  updateFigures();
}

void ChartsPart::updateFigures() {
  std::vector<Figure> ratios, shapes, interaction, levels;
  const SplitResults& split = document_.split();
  std::map<std::string, QString> notes;
  if (const Experiment* experiment = document_.experiment())
    if (auto figure = shapeFigureOf(*experiment)) {
      shapes.push_back(std::move(*figure));
      Q_EMIT changed(shapes_);
    }
  for (const Figure& figure : split.figures()) {
    Figure named = figure;
    named.title =
        tr("%1 \u00b7 split, %2").arg(composedText(figure.title), split.images()).toStdString();
    notes[figure.id] = split.skipped();
    if (figure.id == "5" || figure.id == "6" || figure.id == "shape")
      shapes.push_back(std::move(named));
    else if (figure.id == "interaction" || figure.id == "gradients")
      interaction.push_back(std::move(named));
    else if (figure.id == "levels" || figure.id == "patching")
      levels.push_back(std::move(named));
    else
      ratios.push_back(std::move(named));
  }
  if (!split.figures().empty())
    for (const auto& [figures, view] : {std::pair{&ratios, static_cast<FigureView*>(ratios_)},
                                        {&interaction, interaction_},
                                        {&levels, levels_}})
      if (!figures->empty()) Q_EMIT changed(view);
  ratios_->setSplit(std::move(ratios), notes);
  shapes_->setFigures(std::move(shapes), notes);
  interaction_->setFigures(std::move(interaction), notes);
  levels_->setFigures(std::move(levels), notes);
}

std::string ChartsPart::manifest(const std::string& figure) const {
  std::string text;
  if (figure == "image" || figure == "session")
    text = ratios_->manifest(figure);
  else if (figure == "image-shape" && document_.experiment() != nullptr)
    text = experimentManifest(*document_.experiment());
  else
    return document_.split().manifest(figure);
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return text;
  json["session"] = document_.session().id;
  if (document_.shownRun() != 0 && figure != "session") json["run"] = document_.shownRun();
  return json.dump();
}

std::string ChartsPart::csv(const std::string& figure) const {
  return figure == "image" ? ratios_->csv() : std::string();
}

void ChartsPart::exportFigure(const FigureView& view) {
  const Figure* figure = view.current();
  if (figure == nullptr) return;
  auto* dialog = new ExportDialog(view.shown(), manifest(figure->id), csv(figure->id), window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ExportDialog::written, this, [this](const QString& stem, const QString& ends) {
    Q_EMIT document_.said(Subject::chart, tr("Written: %1 with %2").arg(stem, ends), false);
  });
  dialog->open();
}

void ChartsPart::write(const FigureView& view, const std::filesystem::path& stem) {
  if (const Figure* figure = view.current())
    writeFigure(*figure, stem, manifest(figure->id), csv(figure->id));
}

}  // namespace uninet
