#include "ui/panels/attack_outcome.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/document/text.h"
#include "ui/forms/wrapped_button.h"
#include "ui/panels/retained_bars.h"
#include "ui/style/icons.h"

namespace uninet {
namespace {

constexpr int kGap = 8;  ///< pixels between rows and headings

QString objectiveText(const Experiment& experiment) {
  const AttackResult& found = experiment.result;
  const QString seconds = shownNumber(experiment.seconds, 'f', 1);
  if (found.iterations.size() < 2 || found.iterations[0].losses.empty())
    return AttackOutcome::tr("%1 s").arg(seconds);
  return AttackOutcome::tr("%1 \u2192 <b>%2</b> in %3 s")
      .arg(shownNumber(found.iterations.front().objective, 'g', 3),
           shownNumber(found.iterations.back().objective, 'g', 3), seconds);
}

QString measuredText(const AttackResult& found) {
  const bool all = found.norms.l0 == static_cast<std::int64_t>(found.image.total());
  const QString pixels =
      found.norms.l0 == 0 ? AttackOutcome::tr("no pixel")
      : all               ? AttackOutcome::tr("all pixels")
                          : AttackOutcome::tr("%1 pixels").arg(shownNumber(qint64{found.norms.l0}));
  return AttackOutcome::tr("l\u221e %1 \u00b7 l2 %2 \u00b7 %3")
      .arg(shownNumber(found.norms.linf), shownNumber(found.norms.l2, 'f', 0), pixels);
}

QString gradientText(const Diagnostics& diagnostics) {
  if (diagnostics.smallestGradient == 0) return AttackOutcome::tr("zero");
  if (diagnostics.smallestGradient < kVanishingGradient)
    return AttackOutcome::tr("vanishing, at most %1")
        .arg(shownNumber(diagnostics.smallestGradient, 'g', 2));
  if (diagnostics.zeroShare == 0) return AttackOutcome::tr("fine, no zeros");
  const double percent = 100 * diagnostics.zeroShare;
  return percent < 0.1 ? AttackOutcome::tr("fine, less than %1 % zeros").arg(shownNumber(0.1))
                       : AttackOutcome::tr("fine, %1 % zeros").arg(shownNumber(percent, 'f', 1));
}

QString survivorsText(const Diagnostics& diagnostics) {
  QStringList lost;
  for (const TaskInfo& task : tasks())
    if (const auto kept = diagnostics.survivesPng.find(task.key);
        kept != diagnostics.survivesPng.end() && !kept->second)
      lost << labelText(task.title);
  const auto count = static_cast<qsizetype>(diagnostics.survivesPng.size());
  if (count == 0) return QStringLiteral("\u2013");
  if (lost.isEmpty()) return AttackOutcome::tr("all %Ln task(s)", nullptr, static_cast<int>(count));
  return lost.size() == count ? AttackOutcome::tr("none")
                              : AttackOutcome::tr("all but %1").arg(listText(lost));
}

/// The palette's muted ink without its transparency, which rich text does not know.
QColor mutedInk(const QPalette& palette) {
  const QColor ink = palette.color(QPalette::PlaceholderText);
  const QColor paper = palette.color(QPalette::Window);
  const auto mixed = [alpha = ink.alphaF()](int a, int b) {
    return static_cast<int>(std::lround(a * alpha + b * (1 - alpha)));
  };
  return {mixed(ink.red(), paper.red()), mixed(ink.green(), paper.green()),
          mixed(ink.blue(), paper.blue())};
}

QString sentence(const std::string& text) {
  return QString::fromStdString(text).toHtmlEscaped() + QLatin1Char('.');
}

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont bold = label->font();
  bold.setWeight(QFont::DemiBold);
  label->setFont(bold);
  label->setWordWrap(true);
  return label;
}

}  // namespace

AttackOutcome::AttackOutcome(QWidget* parent)
    : QWidget(parent),
      facts_(makeFacts("attack-result")),
      remedyRows_(new QVBoxLayout),
      others_(makeFacts("attack-notes")),
      retained_(heading(tr("Retained performance"), this)),
      bars_(new RetainedBars(this)) {
  bars_->setObjectName(QStringLiteral("retained"));
  bars_->setAccessibleName(tr("Retained performance"));
  connect(bars_, &RetainedBars::clicked, this, &AttackOutcome::taskClicked);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(kGap);
  column->addWidget(heading(tr("What happened"), this));
  column->addWidget(facts_);
  remedyRows_->setSpacing(kGap / 2);
  column->addLayout(remedyRows_);
  column->addWidget(others_);
  column->addSpacing(kGap);
  column->addWidget(retained_);
  column->addWidget(bars_);
  clear();
}

QLabel* AttackOutcome::makeFacts(const char* name) {
  auto* label = new QLabel(this);
  label->setObjectName(QString::fromUtf8(name));
  label->setAccessibleName(tr("What happened"));
  label->setWordWrap(true);
  label->setTextFormat(Qt::RichText);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  return label;
}

std::vector<AttackOutcome::Line> AttackOutcome::linesOf(
    const Experiment& experiment, const std::vector<OfferedRemedy>& remedies) {
  const AttackResult& found = experiment.result;
  const Diagnostics& diagnostics = experiment.diagnostics;
  std::vector<Line> lines;
  if (!experiment.attackedOn.empty())
    lines.push_back(
        {tr("Transfer"), tr("attacked on %1, measured on <b>%2</b>")
                             .arg(networkName(experiment.attackedOn).toHtmlEscaped(),
                                  networkName(experiment.engineTitle).toHtmlEscaped())});
  if (found.cancelled)
    lines.push_back({tr("Stopped"), tr("<b>at %1 of %2</b>, the best image so far is kept")
                                        .arg(shownNumber(qint64{found.iterationsDone}),
                                             shownNumber(qint64{found.iterationsPlanned}))});
  else
    lines.push_back({tr("Steps"), shownNumber(qint64{found.iterationsDone})});
  const bool aims = found.iterations.size() > 1 && !found.iterations[0].losses.empty();
  lines.push_back({aims ? tr("Objective") : tr("Time"), objectiveText(experiment)});
  lines.push_back({tr("Measured"), measuredText(found)});
  if (diagnostics.saturated >= 0)
    lines.push_back(
        {tr("At the bound"),
         tr("%1 % of the values").arg(shownNumber(100 * diagnostics.saturated, 'f', 0))});
  if (diagnostics.smallestGradient >= 0)
    lines.push_back({tr("Gradient"), gradientText(diagnostics)});
  lines.push_back({tr("Survives PNG"), survivorsText(diagnostics)});
  for (const std::string& warning : diagnostics.warnings)
    lines.push_back({{},
                     QStringLiteral("<b>\u26a0 %1</b>").arg(sentence(warning)),
                     std::any_of(remedies.begin(), remedies.end(), [&](const OfferedRemedy& each) {
                       return warning.ends_with(each.remedy.reason);
                     })});
  for (const std::string& note : experiment.sample.notes) lines.push_back({{}, sentence(note)});
  for (const std::string& note : found.notes) lines.push_back({{}, sentence(note)});
  return lines;
}

void AttackOutcome::setExperiment(const Experiment& experiment) {
  const std::vector<OfferedRemedy> remedies = offeredRemedies(experiment);
  lines_ = linesOf(experiment, remedies);
  setRemedies(remedies);
  bars_->setBars(metricRatios(experiment.cleanMetrics, experiment.attackedMetrics),
                 experiment.clean.tasks);
  refresh();
}

void AttackOutcome::clear() {
  lines_.clear();
  setRemedies({});
  bars_->setBars({}, {});
  refresh();
}

void AttackOutcome::setRemedies(const std::vector<OfferedRemedy>& remedies) {
  for (QPushButton* button : remedies_) {
    button->hide();
    button->deleteLater();  // it may be the one that was pressed
  }
  remedies_.clear();
  for (const OfferedRemedy& each : remedies) {
    auto* button = new WrappedButton(each.text, this);
    button->setObjectName(QStringLiteral("remedy-") + QString::fromStdString(each.remedy.option));
    button->setIcon(icon("run"));
    button->setAccessibleDescription(each.help);
    connect(button, &QPushButton::clicked, this,
            [this, options = each.options] { Q_EMIT remedyChosen(options); });
    remedyRows_->addWidget(button);
    remedies_.push_back(button);
  }
  setReady(ready_, notReady_);
}

void AttackOutcome::setReady(bool ready, const QString& why) {
  ready_ = ready;
  notReady_ = why;
  for (QPushButton* button : remedies_) {
    button->setEnabled(ready);
    button->setToolTip(ready ? button->accessibleDescription() : why);
  }
}

void AttackOutcome::refresh() {
  const QString muted = mutedInk(palette()).name();
  retained_->setVisible(!lines_.empty());
  bars_->setVisible(!lines_.empty());
  others_->hide();
  if (lines_.empty()) {
    facts_->setText(QStringLiteral("<span style='color:%1'>%2</span>")
                        .arg(muted, tr("Run an attack (F5) to see what it does.")));
    return;
  }
  // The remedies stand below the last warning that names one.
  const auto last = std::find_if(lines_.rbegin(), lines_.rend(), [](const Line& line) {
                      return line.mends;
                    }).base();
  QString rows, sentences, others;
  for (auto line = lines_.begin(); line != lines_.end(); ++line)
    if (line->name.isEmpty())
      (remedies_.empty() || line < last ? sentences : others) +=
          QStringLiteral("<p style='margin-top:%1px; margin-bottom:0'>%2</p>")
              .arg(kGap / 2)
              .arg(line->text);
    else
      rows += QStringLiteral("<tr><td style='color:%1; padding-right:%2px'>%3</td><td>%4</td></tr>")
                  .arg(muted)
                  .arg(kGap)
                  .arg(line->name, line->text);
  facts_->setText(
      QStringLiteral("<table cellspacing='0' cellpadding='2' style='margin-left:-2px'>%1</table>%2")
          .arg(rows, sentences));
  others_->setText(others);
  others_->setVisible(!others.isEmpty());
}

void AttackOutcome::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) refresh();
  QWidget::changeEvent(event);
}

}  // namespace uninet
