#include "ui/panels/attack_panel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStyle>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>
#include <functional>
#include <nlohmann/json.hpp>

#include "ui/document/text.h"

namespace uninet {
namespace {

QString jsonText(const Options& options) { return QString::fromStdString(toJson(options).dump()); }

class ChangeCommand : public QUndoCommand {
 public:
  using Apply = std::function<void(const QString& attack, const QString& json)>;
  ChangeCommand(Apply apply, std::pair<QString, QString> before, std::pair<QString, QString> after)
      : QUndoCommand(AttackPanel::tr("attack options")),
        apply_(std::move(apply)),
        before_(std::move(before)),
        after_(std::move(after)) {}
  void undo() override { apply_(before_.first, before_.second); }
  void redo() override { apply_(after_.first, after_.second); }

 private:
  Apply apply_;
  std::pair<QString, QString> before_, after_;
};

}  // namespace

AttackPanel::AttackPanel(QUndoStack& undo, QWidget* parent)
    : QWidget(parent),
      undo_(undo),
      presets_(new QComboBox(this)),
      attacks_(new QComboBox(this)),
      help_(new QLabel(this)),
      form_(new OptionForm),
      run_(new QPushButton(tr("Run"), this)),
      stop_(new QPushButton(tr("Stop"), this)),
      bar_(new QProgressBar(this)),
      region_(new QLineEdit(this)),
      result_(new QLabel(this)) {
  presets_->setAccessibleName(tr("Preset"));
  presets_->addItem(tr("Choose\u2026"));
  for (const AttackPreset& preset : attackPresets()) presets_->addItem(labelText(preset.name));
  presets_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  attacks_->setAccessibleName(tr("Attack"));
  attacks_->setObjectName(QStringLiteral("attack"));
  for (const AttackInfo& info : attacks())
    attacks_->addItem(labelText(info.title), QString::fromUtf8(info.key));
  help_->setWordWrap(true);
  region_->setObjectName(QStringLiteral("region"));
  region_->setAccessibleName(tr("Region"));
  region_->setPlaceholderText(tr("whole image"));
  region_->setClearButtonEnabled(true);
  region_->setToolTip(
      tr("The part of the image that may change, in pixels of the network input:\n"
         "box:x0,y0,x1,y1\npolygon:x,y,x,y,x,y\ninstance:N (object N of the ground "
         "truth)\nmask:FILE"));
  run_->setDefault(true);
  run_->setObjectName(QStringLiteral("run"));
  run_->setToolTip(tr("Attack the image that is shown (F5)"));
  stop_->setObjectName(QStringLiteral("stop"));
  stop_->setToolTip(tr("Stop and keep the best image so far (Esc)"));
  bar_->setTextVisible(true);
  bar_->setAccessibleName(tr("Progress"));
  bar_->hide();
  result_->setObjectName(QStringLiteral("attack-result"));
  result_->setWordWrap(true);
  result_->setTextFormat(Qt::RichText);
  result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  result_->setAlignment(Qt::AlignTop);
  result_->setAccessibleName(tr("Result of the attack"));

  auto* column = new QVBoxLayout(this);
  auto* head = new QFormLayout;
  head->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  head->addRow(tr("Preset"), presets_);
  head->addRow(tr("Attack"), attacks_);
  head->addRow(tr("Region"), region_);
  column->addLayout(head);
  column->addWidget(help_);
  auto* scroll = new QScrollArea(this);
  scroll->setWidget(form_);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setMinimumHeight(120);
  scroll->setMinimumWidth(form_->minimumSizeHint().width() +
                          scroll->style()->pixelMetric(QStyle::PM_ScrollBarExtent));
  column->addWidget(scroll, 1);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(run_, 1);
  buttons->addWidget(stop_);
  column->addLayout(buttons);
  column->addWidget(bar_);
  column->addWidget(result_);

  connect(run_, &QPushButton::clicked, this, &AttackPanel::runRequested);
  connect(stop_, &QPushButton::clicked, this, &AttackPanel::stopRequested);
  connect(presets_, &QComboBox::activated, this, [this](int index) {
    if (index > 0) choosePreset(index - 1);
  });
  connect(attacks_, &QComboBox::activated, this, [this] {
    const QString key = attacks_->currentData().toString();
    const QString defaults = jsonText(*attackByKey(key.toStdString()).makeOptions());
    pushChange(current_, form_->json(), key, defaults);
  });
  connect(form_, &OptionForm::edited, this, [this](const QString& before, const QString& after) {
    pushChange(current_, before, current_, after);
  });
  apply(QString::fromUtf8(attacks()[0].key), QStringLiteral("{}"));
  updateButtons();
}

QString AttackPanel::attackKey() const { return current_; }

QString AttackPanel::region() const { return region_->text(); }

void AttackPanel::choose(const QString& attackKey, const QString& json) {
  const auto options = attackByKey(attackKey.toStdString()).makeOptions();
  fromJson(*options, nlohmann::json::parse(json.toStdString()));
  pushChange(current_, form_->json(), attackKey, jsonText(*options));
}

void AttackPanel::choosePreset(int index) {
  const AttackPreset& preset = attackPresets()[static_cast<std::size_t>(index)];
  choose(QString::fromUtf8(preset.attack), QString::fromUtf8(preset.options));
}

void AttackPanel::pushChange(const QString& attackBefore, const QString& before,
                             const QString& attackAfter, const QString& after) {
  undo_.push(
      new ChangeCommand([this](const QString& key, const QString& json) { apply(key, json); },
                        {attackBefore, before}, {attackAfter, after}));
}

void AttackPanel::apply(const QString& attackKey, const QString& json) {
  const AttackInfo& info = attackByKey(attackKey.toStdString());
  if (attackKey != current_) {
    current_ = attackKey;
    form_->setOptions(*info.makeOptions());
    help_->setText(labelText(info.help));
    const QSignalBlocker blocker(attacks_);
    attacks_->setCurrentIndex(attacks_->findData(attackKey));
  }
  form_->setJson(json);
  const QSignalBlocker blocker(presets_);
  presets_->setCurrentIndex(0);
}

void AttackPanel::setReady(bool ready, const QString& why) {
  ready_ = ready;
  run_->setToolTip(ready ? tr("Attack the image that is shown (F5)") : why);
  updateButtons();
}

void AttackPanel::setRunning(bool running) {
  running_ = running;
  if (!running) bar_->hide();
  updateButtons();
}

void AttackPanel::updateButtons() {
  run_->setEnabled(ready_ && !running_);
  stop_->setEnabled(running_);
}

void AttackPanel::setProgress(const QString& title, qint64 done, qint64 total, double eta) {
  bar_->show();
  bar_->setRange(0, static_cast<int>(total));
  bar_->setValue(static_cast<int>(done));
  bar_->setFormat(progressText(title, done, total, eta));
}

void AttackPanel::clearResult() { result_->clear(); }

void AttackPanel::showResult(const Experiment& experiment) {
  const AttackResult& found = experiment.result;
  QStringList lines;
  if (found.cancelled)
    lines << tr("<b>Stopped at %1 of %2</b> iterations; the best image so far is shown.")
                 .arg(shownNumber(qint64{found.iterationsDone}),
                      shownNumber(qint64{found.iterationsPlanned}));
  else
    lines << tr("%Ln iteration(s) in %1 s.", nullptr, found.iterationsDone)
                 .arg(shownNumber(experiment.seconds, 'f', 1));
  lines << tr("Measured: l\u221e %1, l2 %2, %3 pixels changed.")
               .arg(shownNumber(found.norms.linf), shownNumber(found.norms.l2, 'f', 1),
                    shownNumber(qint64{found.norms.l0}));
  if (found.iterations.size() > 1 && !found.iterations[0].losses.empty())
    lines << tr("Objective %1 \u2192 %2.")
                 .arg(shownNumber(found.iterations.front().objective, 'g', 5),
                      shownNumber(found.iterations.back().objective, 'g', 5));
  const Diagnostics& diagnostics = experiment.diagnostics;
  if (diagnostics.saturated >= 0)
    lines << tr("%1 % of the values stand at the bound.")
                 .arg(shownNumber(100 * diagnostics.saturated, 'f', 1));
  if (diagnostics.smallestGradient >= 0)
    lines << tr("Greatest gradient entry at the flattest iterate: %1; zeros: %2 %.")
                 .arg(shownNumber(diagnostics.smallestGradient, 'g', 3),
                      shownNumber(100 * diagnostics.zeroShare, 'f', 1));
  QStringList survivors;
  for (const TaskInfo& task : tasks())
    if (const auto kept = diagnostics.survivesPng.find(task.key);
        kept != diagnostics.survivesPng.end())
      survivors << QStringLiteral("%1 %2").arg(
          QString::fromUtf8(task.shortName),
          kept->second ? QStringLiteral("\u2713") : QStringLiteral("\u2717"));
  lines << tr("Survives PNG: %1.").arg(survivors.join(QStringLiteral("  ")));
  for (const std::string& warning : diagnostics.warnings)
    lines
        << QStringLiteral("<b>\u26a0 %1.</b>").arg(QString::fromStdString(warning).toHtmlEscaped());
  for (const std::string& note : experiment.original.notes)
    lines << QString::fromStdString(note).toHtmlEscaped() + QLatin1Char('.');
  for (const std::string& note : found.notes)
    lines << QString::fromStdString(note).toHtmlEscaped() + QLatin1Char('.');
  result_->setText(lines.join(QStringLiteral("<br>")));
}

void AttackPanel::setClasses(const Classes& classes) { form_->setClasses(classes); }

}  // namespace uninet
