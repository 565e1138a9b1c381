#include "ui/panels/attack_panel.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <QToolButton>
#include <QUndoCommand>
#include <QUndoStack>
#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "model/engine/precision.h"
#include "ui/document/text.h"
#include "ui/forms/form_label.h"
#include "ui/forms/wrapped_combo.h"
#include "ui/panels/attack_outcome.h"
#include "ui/style/icons.h"
#include "ui/style/roles.h"

namespace uninet {
namespace {

constexpr int kMargin = 12;     ///< pixels around the column
constexpr int kLeft = kGutter;  ///< where labels begin
constexpr int kToolWidth = 24;
constexpr int kBlockGap = 12;
constexpr int kBarHeight = 6;

QString jsonText(const Options& options) { return QString::fromStdString(toJson(options).dump()); }

/// Every value of an attack: those that `json` names, otherwise the default.
QString allValues(const std::string& attack, const std::string& json) {
  return jsonText(*optionsOf(attackByKey(attack), nlohmann::json::parse(json)));
}

class ChangeCommand : public QUndoCommand {
 public:
  ChangeCommand(const QString& what, std::function<void()> undo, std::function<void()> redo)
      : QUndoCommand(what), undo_(std::move(undo)), redo_(std::move(redo)) {}
  void undo() override { undo_(); }
  void redo() override { redo_(); }

 private:
  std::function<void()> undo_, redo_;
};

QToolButton* toolButton(const char* name, const QString& text, const QString& says,
                        QWidget* parent) {
  auto* button = new QToolButton(parent);
  button->setObjectName(QString::fromUtf8(name));
  button->setText(text);
  button->setToolTip(says);
  button->setAccessibleName(says);
  button->setAutoRaise(true);
  button->setFocusPolicy(Qt::StrongFocus);
  return button;
}

QFrame* rule(QWidget* parent) {
  auto* line = new QFrame(parent);
  line->setFrameShape(QFrame::HLine);
  line->setFrameShadow(QFrame::Plain);
  line->setForegroundRole(QPalette::Mid);
  return line;
}

}  // namespace

AttackPanel::AttackPanel(QUndoStack& undo, QWidget* parent)
    : QWidget(parent), undo_(undo), form_(new OptionForm) {
  setFixedWidth(kWidth);
  auto* content = new QWidget;
  auto* column = new QVBoxLayout(content);
  column->setContentsMargins(0, kMargin, kMargin, kMargin);
  column->setSpacing(kRowGap);
  column->addWidget(makeHeading());
  column->addWidget(makeChoices());
  form_->addRow(tr("Region"), makeRegion());
  form_->addRow(tr("Precision"), makePrecision(), true);
  column->addWidget(form_);
  column->addWidget(makeButtons());
  column->addSpacing(kBlockGap - kRowGap);
  column->addWidget(rule(content));
  outcome_ = new AttackOutcome(content);
  outcome_->setContentsMargins(kLeft, 0, 0, 0);
  column->addWidget(outcome_);
  connect(outcome_, &AttackOutcome::taskClicked, this, &AttackPanel::taskClicked);
  connect(outcome_, &AttackOutcome::remedyChosen, this, &AttackPanel::runAgain);
  column->addStretch(1);

  auto* scroll = new QScrollArea(this);
  scroll->setWidget(content);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setFocusPolicy(Qt::NoFocus);
  auto* whole = new QVBoxLayout(this);
  whole->setContentsMargins(0, 0, 0, 0);
  whole->addWidget(scroll);

  connectAll();
  const AttackInfo& first = attacks()[0];
  apply({QString::fromUtf8(first.key), jsonText(*first.makeOptions()), -1, {}});
  updateButtons();
}

QWidget* AttackPanel::makeHeading() {
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(kLeft, 0, 0, 0);
  auto* title = new QLabel(tr("Attack"), row);
  QFont bold = title->font();
  bold.setWeight(QFont::DemiBold);
  title->setFont(bold);
  resetAll_ = toolButton("reset-all", tr("Reset all"),
                         tr("All options of this method back to their defaults"), row);
  line->addWidget(title, 1);
  line->addWidget(resetAll_);
  return row;
}

QWidget* AttackPanel::makeChoices() {
  auto* rows = new QWidget;
  auto* grid = new QGridLayout(rows);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(0);
  grid->setVerticalSpacing(kRowGap);
  grid->setColumnMinimumWidth(0, kGutter);
  grid->setColumnStretch(2, 1);
  int at = 0;
  const auto add = [&](const QString& text, WrappedCombo* box, const char* name) {
    auto* label = new FormLabel(text, rows);
    label->setBuddy(box);
    box->setObjectName(QString::fromUtf8(name));
    box->setAccessibleName(text);
    grid->addWidget(label, at, 1);
    grid->addWidget(box, at, 2);
    ++at;
    labels_.push_back(label);
  };
  attacks_ = new WrappedCombo(rows);
  add(tr("Method"), attacks_, "attack");
  presets_ = new WrappedCombo(rows);
  presets_->addItem(tr("Choose\u2026"), -1);
  add(tr("Preset"), presets_, "preset");
  offerAdded();
  presetHelp_ = new QLabel(rows);
  presetHelp_->setObjectName(QStringLiteral("preset-help"));
  presetHelp_->setFont(noteFont(font()));
  presetHelp_->setForegroundRole(QPalette::PlaceholderText);
  presetHelp_->setWordWrap(true);
  grid->addWidget(presetHelp_, at, 2);
  return rows;
}

void AttackPanel::offerAdded() {
  const QSignalBlocker blockAttacks(attacks_), blockPresets(presets_);
  for (const AttackInfo& info : attacks().subspan(static_cast<std::size_t>(attacks_->count()))) {
    attacks_->addItem(labelText(info.title), QString::fromUtf8(info.key));
    attacks_->setItemData(attacks_->count() - 1, labelText(info.help), Qt::ToolTipRole);
  }
  // The first one is none.
  for (auto i = static_cast<std::size_t>(presets_->count() - 1); i < attackPresets().size(); ++i) {
    const AttackPreset& preset = attackPresets()[i];
    presets_->addItem(labelText(preset.name), static_cast<int>(i));
    if (*preset.help != '\0')
      presets_->setItemData(presets_->count() - 1, labelText(preset.help), Qt::ToolTipRole);
  }
}

QWidget* AttackPanel::makeRegion() {
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(2);
  region_ = new QLineEdit(row);
  region_->setObjectName(QStringLiteral("region"));
  region_->setAccessibleName(tr("Region"));
  region_->setPlaceholderText(tr("whole image"));
  region_->setMinimumWidth(60);
  box_ = toolButton("region-box", QStringLiteral("\u25ad"), tr("Draw a box on a picture"), row);
  polygon_ = toolButton("region-polygon", QStringLiteral("\u2b20"),
                        tr("Draw a polygon on a picture"), row);
  clearRegion_ =
      toolButton("region-clear", QStringLiteral("\u2715"), tr("Back to the whole image"), row);
  for (QToolButton* button : {box_, polygon_, clearRegion_}) button->setFixedWidth(kToolWidth);
  line->addWidget(region_, 1);
  line->addWidget(box_);
  line->addWidget(polygon_);
  line->addWidget(clearRegion_);
  return row;
}

QWidget* AttackPanel::makePrecision() {
  auto* row = new QWidget;
  auto* line = new QHBoxLayout(row);
  line->setContentsMargins(0, 0, 0, 0);
  line->setSpacing(2);
  precision_ = new WrappedCombo(row);
  precision_->setObjectName(QStringLiteral("precision"));
  precision_->setAccessibleName(tr("Precision"));
  for (const char* name : precisions()) precision_->addItem(QString::fromUtf8(name));
  resetPrecision_ =
      toolButton("precision-reset", QStringLiteral("\u21ba"), tr("Back to float32"), row);
  resetPrecision_->setFixedWidth(kToolWidth);
  line->addWidget(precision_, 1);
  line->addWidget(resetPrecision_);
  setPrecisions(false, false);
  return row;
}

void AttackPanel::setPrecisions(bool bfloat16, bool tf32) {
  const auto tip = [this](const char* name, const QString& text) {
    precision_->setItemData(precision_->findText(QLatin1String(name)), text, Qt::ToolTipRole);
  };
  tip("float32", tr("Of the compiled plan, where this processor has one: the fastest"));
  tip("float64", tr("The reference: LibTorch's operations, several times slower"));
  tip("bfloat16", bfloat16 ? tr("Rounds to three digits")
                           : tr("Not on this processor: it has no bfloat16 of its own (AVX-512 "
                                "BF16), and would be slower than in float32"));
  tip("tf32", tf32 ? tr("Convolutions round what they read to three digits")
                   : tr("Only on a graphics card: TensorFloat-32"));
  const auto offer = [this](const char* name, bool offered) {
    const int at = precision_->findText(QLatin1String(name));
    qobject_cast<QStandardItemModel*>(precision_->model())->item(at)->setEnabled(offered);
  };
  offer("bfloat16", bfloat16);
  offer("tf32", tf32);
  updatePrecision();
}

QWidget* AttackPanel::makeButtons() {
  auto* rows = new QWidget;
  auto* column = new QVBoxLayout(rows);
  column->setContentsMargins(kLeft, 0, 0, 0);
  column->setSpacing(4);
  auto* buttons = new QHBoxLayout;
  buttons->setSpacing(kRowGap);
  run_ = new QPushButton(icon("run", Ink::onAccent), tr("Run"), rows);
  makePrimary(*run_);
  run_->setObjectName(QStringLiteral("run"));
  run_->setDefault(true);
  stop_ = new QPushButton(icon("stop"), tr("Stop"), rows);
  stop_->setObjectName(QStringLiteral("stop"));
  stop_->setToolTip(tr("Stop and keep the best image so far (Esc)"));
  buttons->addWidget(run_, 2);
  buttons->addWidget(stop_, 1);
  column->addLayout(buttons);
  bar_ = new QProgressBar(rows);
  bar_->setTextVisible(false);
  bar_->setFixedHeight(kBarHeight);
  bar_->setAccessibleName(tr("Progress"));
  bar_->hide();
  progress_ = new QLabel(rows);
  progress_->setObjectName(QStringLiteral("progress"));
  progress_->setFont(noteFont(font()));
  progress_->setForegroundRole(QPalette::PlaceholderText);
  progress_->setWordWrap(true);
  progress_->hide();
  column->addWidget(bar_);
  column->addWidget(progress_);
  return rows;
}

void AttackPanel::connectAll() {
  connect(run_, &QPushButton::clicked, this, [this] {
    commitRegion();
    Q_EMIT runRequested();
  });
  connect(stop_, &QPushButton::clicked, this, &AttackPanel::stopRequested);
  connect(presets_, &QComboBox::activated, this, [this](int index) {
    if (const int preset = presets_->itemData(index).toInt(); preset >= 0) {
      choosePreset(preset);
      return;
    }
    State after = state_;
    after.preset = -1;
    change(tr("preset"), after);
  });
  connect(attacks_, &QComboBox::activated, this, [this] {
    const QString key = attacks_->currentData().toString();
    if (key == state_.attack) return;
    change(tr("method"),
           {key, allValues(key.toStdString(), "{}"), -1, state_.region, state_.precision});
  });
  connect(form_, &OptionForm::edited, this, [this](const QString&, const QString& after) {
    State changed = state_;
    changed.json = after;
    change(tr("attack options"), changed);
  });
  connect(resetAll_, &QToolButton::clicked, this, [this] {
    attacks_->setFocus();  // the button is about to be disabled
    form_->resetAll();
  });
  connect(region_, &QLineEdit::editingFinished, this, &AttackPanel::commitRegion);
  connect(clearRegion_, &QToolButton::clicked, this, [this] {
    region_->setFocus();
    setRegion({});
  });
  const auto setPrecision = [this](const QString& precision) {
    State after = state_;
    after.precision = precision;
    change(tr("precision"), after);
  };
  connect(precision_, &QComboBox::textActivated, this, setPrecision);
  connect(resetPrecision_, &QToolButton::clicked, this, [this, setPrecision] {
    precision_->setFocus();  // the button is about to vanish
    setPrecision(State().precision);
  });
  connect(box_, &QToolButton::clicked, this, &AttackPanel::regionBoxRequested);
  connect(polygon_, &QToolButton::clicked, this, &AttackPanel::regionPolygonRequested);
}

QString AttackPanel::attackKey() const { return state_.attack; }

QString AttackPanel::region() const { return region_->text().trimmed(); }

QString AttackPanel::preset() const {
  if (state_.preset < 0 || presetChanged()) return {};
  return QString::fromUtf8(attackPresets()[static_cast<std::size_t>(state_.preset)].name);
}

nlohmann::json AttackPanel::changedOptions() const {
  return nlohmann::json::parse(form_->changedJson().toStdString());
}

Session::Attack AttackPanel::attack() const {
  Session::Attack found;
  found.key = state_.attack.toStdString();
  if (state_.preset >= 0)
    found.preset = attackPresets()[static_cast<std::size_t>(state_.preset)].name;
  found.options = changedOptions();
  found.region = region().toStdString();
  found.precision = state_.precision.toStdString();
  return found;
}

void AttackPanel::choose(const QString& attackKey, const QString& json) {
  change(tr("attack options"), {attackKey, allValues(attackKey.toStdString(), json.toStdString()),
                                -1, state_.region, state_.precision});
}

void AttackPanel::choosePreset(int index) {
  const AttackPreset& preset = attackPresets()[static_cast<std::size_t>(index)];
  change(tr("preset"), {QString::fromUtf8(preset.attack), allValues(preset.attack, preset.options),
                        index, state_.region, state_.precision});
}

void AttackPanel::setRegion(const QString& text) {
  State after = state_;
  after.region = text.trimmed();
  if (region() != after.region) region_->setText(after.region);
  change(tr("region"), after);
}

void AttackPanel::setAttack(const Session::Attack& attack) {
  if (precision_->findText(QString::fromStdString(attack.precision)) < 0)
    throw Error(concat("precision: ", attack.precision, " is not known"));
  apply(stateOf(attack));
}

AttackPanel::State AttackPanel::stateOf(const Session::Attack& attack) {
  const auto presets = attackPresets();
  const auto found =
      std::find_if(presets.begin(), presets.end(), [&attack](const AttackPreset& preset) {
        return attack.preset == preset.name && attack.key == preset.attack;
      });
  return {QString::fromStdString(attack.key), allValues(attack.key, attack.options.dump()),
          found == presets.end() ? -1 : static_cast<int>(found - presets.begin()),
          QString::fromStdString(attack.region), QString::fromStdString(attack.precision)};
}

/// The run that is shown, with these options, as if a person had set them and pressed Run.
void AttackPanel::runAgain(const nlohmann::json& options) {
  Session::Attack attack = shown_;
  attack.options = options;
  change(tr("attack options"), stateOf(attack));
  Q_EMIT runRequested();
}

void AttackPanel::commitRegion() {
  if (region() != state_.region) setRegion(region());
}

void AttackPanel::change(const QString& what, const State& after) {
  if (after == state_) return;
  const State before = state_;
  undo_.push(new ChangeCommand(
      what, [this, before] { apply(before); }, [this, after] { apply(after); }));
}

void AttackPanel::apply(const State& state) {
  const AttackInfo& info = attackByKey(state.attack.toStdString());
  const bool otherRegion = state.region != state_.region;
  if (state.attack != state_.attack) form_->setOptions(*info.makeOptions());
  if (form_->json() != state.json) form_->setJson(state.json);
  if (otherRegion && region() != state.region) region_->setText(state.region);
  if (!region_->hasFocus()) region_->setCursorPosition(0);  // its kind is what is seen
  state_ = state;
  const QSignalBlocker blocker(attacks_);
  attacks_->setCurrentIndex(attacks_->findData(state.attack));
  attacks_->updateGeometry();
  attacks_->setToolTip(labelText(info.help));
  region_->setToolTip((state.region.isEmpty() ? QString() : state.region + QLatin1Char('\n')) +
                      tr("The part of the image that may change, in pixels of the network input:\n"
                         "box:x0,y0,x1,y1\npolygon:x,y,x,y,x,y\ninstance:N (object N of the ground "
                         "truth)\nmask:FILE"));
  clearRegion_->setVisible(!state.region.isEmpty());
  resetAll_->setEnabled(!changedOptions().empty());
  updatePreset();
  updatePrecision();
  updateLabels();
  if (otherRegion) Q_EMIT regionChanged(state.region);
  Q_EMIT changed();
}

bool AttackPanel::presetChanged() const {
  const AttackPreset& preset = attackPresets()[static_cast<std::size_t>(state_.preset)];
  return state_.attack != QString::fromUtf8(preset.attack) ||
         state_.json != allValues(preset.attack, preset.options);
}

void AttackPanel::updatePreset() {
  const QSignalBlocker blocker(presets_);
  presets_->setCurrentIndex(presets_->findData(state_.preset));
  const bool changed = state_.preset >= 0 && presetChanged();
  presets_->setShownText(presets_->currentText(), changed ? tr(", changed") : QString());
  const QString help = presets_->currentData(Qt::ToolTipRole).toString();
  presets_->setToolTip(help.isEmpty() ? tr("Settings of the paper by name") : help);
  presets_->setAccessibleDescription(presets_->shownText());
  presetHelp_->setText(help);
  presetHelp_->setVisible(!help.isEmpty());
}

void AttackPanel::updatePrecision() {
  const bool usual = state_.precision == State().precision;
  precision_->setCurrentText(state_.precision);
  precision_->setToolTip(tr("What gradients are computed in; weights and losses as well with "
                            "float64. Metrics are always those of float32.") +
                         QLatin1Char('\n') + precision_->currentData(Qt::ToolTipRole).toString());
  resetPrecision_->setVisible(!usual);
  form_->setChanged(precision_->parentWidget(), usual ? QString() : state_.precision);
}

void AttackPanel::updateLabels() {
  int widest = form_->widestLabel();
  for (const FormLabel* label : labels_) widest = std::max(widest, label->widest());
  for (FormLabel* label : labels_) label->setFixedWidth(widest);
  form_->setLabelWidth(widest);
}

void AttackPanel::setReady(bool ready, const QString& why) {
  ready_ = ready;
  notReady_ = why;
  updateButtons();
}

void AttackPanel::setRunning(bool running) {
  running_ = running;
  if (!running) {
    bar_->hide();
    progress_->hide();
  }
  updateButtons();
}

void AttackPanel::updateButtons() {
  const bool ready = ready_ && !running_;
  const QString why =
      running_ ? tr("An attack runs on this image: stop it, or wait for its end.") : notReady_;
  run_->setEnabled(ready);
  run_->setToolTip(ready ? tr("Attack the image that is shown (F5)") : why);
  stop_->setEnabled(running_);
  outcome_->setReady(ready, why);
}

void AttackPanel::setProgress(const QString& title, qint64 done, qint64 total, double eta) {
  bar_->setRange(0, static_cast<int>(total));
  bar_->setValue(static_cast<int>(done));
  bar_->setToolTip(title);
  bar_->show();
  progress_->setText(progressText(title, done, total, eta));
  progress_->setVisible(total > 0);
}

void AttackPanel::clearResult() { outcome_->clear(); }

void AttackPanel::showResult(const Experiment& experiment, const Session::Attack& choice) {
  shown_ = choice;
  outcome_->setExperiment(experiment);
}

void AttackPanel::setClasses(const Classes& classes) { form_->setClasses(classes); }

void AttackPanel::setLosses(const std::vector<std::string>& keys) {
  QStringList words;
  for (const std::string& key : keys) words << QString::fromStdString(key);
  form_->setWords("losses", words);
}

}  // namespace uninet
