#include "ui/window/runs_part.h"

#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QSettings>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/error.h"
#include "ui/document/document.h"
#include "ui/panels/ratio_chart.h"
#include "ui/panels/run_comparison.h"
#include "ui/panels/runs_model.h"
#include "ui/panels/runs_panel.h"
#include "ui/style/colours.h"
#include "ui/window/export_dialog.h"

namespace uninet {
namespace {

constexpr int kMebibyte = 1 << 20, kLeastBudget = 64, kMostBudget = 1 << 20;
const auto kBudget = QStringLiteral("runs/budget-mib");

}  // namespace

RunsPart::RunsPart(Document& document, RunsPanel& panel, QWidget* window)
    : QObject(window), document_(document), panel_(panel), window_(window) {
  RunArchive& runs = document.runs();
  if (const int kept = QSettings().value(kBudget).toInt(); kept >= kLeastBudget)
    runs.setBudget(quint64{kMebibyte} * static_cast<quint64>(kept));
  connect(&runs, &RunArchive::changed, this, &RunsPart::refresh);
  connect(&runs, &RunArchive::thumbnailCame, &panel, &RunsPanel::thumbnailCame);
  connect(&document, &Document::shownRunChanged, this,
          [this] { panel_.setShown(document_.shownRun()); });
  connect(&panel, &RunsPanel::showRequested, &document, &Document::showRun);
  connect(&panel, &RunsPanel::runAgainRequested, &document, &Document::runAgain);
  connect(&panel, &RunsPanel::renamed, &runs, &RunArchive::rename);
  connect(&panel, &RunsPanel::noted, &runs, &RunArchive::setNote);
  connect(&panel, &RunsPanel::pinned, &runs, &RunArchive::setPinned);
  connect(&panel, &RunsPanel::removeRequested, &document, &Document::removeRuns);
  connect(&panel, &RunsPanel::copyCommandRequested, this, &RunsPart::copyCommand);
  connect(&panel, &RunsPanel::exportRequested, this, &RunsPart::exportRuns);
  connect(&panel, &RunsPanel::budgetRequested, this, &RunsPart::askBudget);
  connect(&panel, &RunsPanel::wipeRequested, this, [this](qint64 first, qint64 second) {
    document_.compareRuns(first, second);
    Q_EMIT wiped();
  });
  refresh();
  panel_.setShown(document_.shownRun());
}

void RunsPart::refresh() {
  RunArchive& runs = document_.runs();
  panel_.setRuns(runs.runs(), [&runs](std::int64_t id) { return runs.thumbnail(id); });
  panel_.setDiskUse(runs.bytes(), runs.budget());
}

void RunsPart::copyCommand(qint64 id) {
  const KeptRun* run = document_.runs().run(id);
  if (run == nullptr) return;
  try {
    QApplication::clipboard()->setText(
        QString::fromStdString(attackCommand(*run, document_.session())));
    Q_EMIT document_.said(Subject::runs, tr("The command line is in the clipboard."), false);
  } catch (const Error& error) {
    Q_EMIT document_.said(Subject::runs, QString::fromUtf8(error.what()), true);
  }
}

void RunsPart::exportRuns(const std::vector<std::int64_t>& ids) {
  std::vector<NamedBars> bars;
  std::vector<RunComparison::Item> items;
  std::vector<QString> names;
  nlohmann::json attacks = nlohmann::json::array();
  for (const std::int64_t id : ids) {
    const KeptRun* run = document_.runs().run(id);
    if (run == nullptr) continue;
    const auto options = nlohmann::json::parse(run->options, nullptr, false);
    const std::string objective = options.is_object() ? options.value("objective", "") : "";
    names.push_back(panel_.nameOf(id));
    bars.push_back({names.back().toStdString(), std::string(colourKey(run->attack, objective)),
                    ratiosOf(*run), id});
    items.push_back({run, nullptr, nullptr});
    auto manifest = nlohmann::json::parse(run->manifest, nullptr, false);
    manifest["run"] = id;
    attacks.push_back(std::move(manifest));
  }
  if (bars.empty()) return;
  const nlohmann::json manifest{
      {"figure", "comparison"}, {"session", document_.session().id}, {"attacks", attacks}};
  for (std::size_t i = 0; i < items.size(); ++i) items[i].ratios = &bars[i].bars;
  const std::string csv = ofSeveralNetworks(items) ? comparedCsv(items, names) : std::string();
  auto* dialog = new ExportDialog(comparisonFigure(bars), manifest.dump(), csv, window_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &ExportDialog::written, this, [this](const QString& stem, const QString& ends) {
    Q_EMIT document_.said(Subject::chart, tr("Written: %1 with %2").arg(stem, ends), false);
  });
  dialog->open();
}

void RunsPart::askBudget() {
  const auto now = static_cast<int>(document_.runs().budget() / kMebibyte);
  bool taken = false;
  const int chosen = QInputDialog::getInt(
      window_, tr("Space for runs"),
      tr("MiB of disk for the runs of a session. Beyond it the oldest go that are not pinned."),
      now, kLeastBudget, kMostBudget, 256, &taken);
  if (!taken) return;
  QSettings().setValue(kBudget, chosen);
  document_.runs().setBudget(quint64{kMebibyte} * static_cast<quint64>(chosen));
}

}  // namespace uninet
