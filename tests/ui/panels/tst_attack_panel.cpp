#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QToolTip>
#include <QTranslator>
#include <QUndoStack>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "ui/forms/form_label.h"
#include "ui/forms/wrapped_button.h"
#include "ui/forms/wrapped_combo.h"
#include "ui/panels/attack_panel.h"
#include "ui/panels/retained_bars.h"
#include "ui/style/colours.h"

using namespace uninet;

namespace {

/// Every text half as long again, as in a language with long words.
class Longer : public QTranslator {
 public:
  QString translate(const char*, const char* source, const char*, int) const override {
    const QString text = QString::fromUtf8(source);
    QString more;
    while (more.size() * 2 < text.size()) more += QStringLiteral(" weiter");
    return text + more;
  }
  bool isEmpty() const override { return false; }
};

int presetNamed(const std::string& name) {
  for (std::size_t i = 0; i < attackPresets().size(); ++i)
    if (name == attackPresets()[i].name) return static_cast<int>(i);
  return -1;
}

Experiment experimentOf() {
  Experiment experiment;
  experiment.seconds = 1.84;
  AttackResult& found = experiment.result;
  found.iterationsDone = found.iterationsPlanned = 5;
  found.image = cv::Mat::zeros(4, 8, CV_8UC3);
  found.norms = {4, 15.2, 32};
  for (const double objective : {0.12, 1.0}) {
    AttackIteration iteration;
    iteration.objective = objective;
    iteration.losses["seg"] = objective;
    found.iterations.push_back(iteration);
  }
  experiment.diagnostics.saturated = 0.13;
  experiment.diagnostics.smallestGradient = 0.01;
  for (const TaskInfo& task : tasks()) {
    experiment.clean.tasks.add(task.task);
    experiment.diagnostics.survivesPng[task.key] = true;
    experiment.cleanMetrics.values[task.metricKey] = 0.5;
    experiment.attackedMetrics.values[task.metricKey] = task.higherIsBetter ? 0.25 : 1;
  }
  return experiment;
}

const Remedy kApgd{"rule", "apgd", "--rule apgd halves steps that overshoot"};

/// Of a PGD run whose objective did not move, with these options that are not the default.
Experiment experimentWith(const std::vector<Remedy>& remedies,
                          const nlohmann::json& options = nlohmann::json::object()) {
  Experiment experiment = experimentOf();
  experiment.attack = "pgd";
  experiment.optionsJson = toJson(*optionsOf(attackByKey("pgd"), options)).dump();
  for (const Remedy& remedy : remedies)
    experiment.diagnostics.warnings.push_back("the objective did not move: 1 to 1; " +
                                              remedy.reason);
  experiment.diagnostics.warnings.push_back("the output of depth is another after a PNG");
  experiment.diagnostics.remedies = remedies;
  return experiment;
}

struct Shown {
  Shown() {
    panel.setReady(true, {});
    panel.resize(AttackPanel::kWidth, 800);
    panel.show();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = panel.findChild<Widget*>(QString::fromUtf8(name));
    if (widget == nullptr) qFatal("no %s", name);
    return widget;
  }
  QString presetText() { return find<WrappedCombo>("preset")->shownText(); }
  void click(const char* name) { QTest::mouseClick(find<QToolButton>(name), Qt::LeftButton); }

  QUndoStack undo;
  AttackPanel panel{undo};
};

/// Every text that does not fit where it stands.
QStringList clipped(AttackPanel& panel) {
  QStringList found;
  auto* scroll = panel.findChild<QScrollArea*>();
  QWidget* content = scroll->widget();
  if (content->width() > scroll->viewport()->width())
    found << QStringLiteral("the column is %1 wide").arg(content->width());
  for (auto* widget : content->findChildren<QWidget*>()) {
    if (!widget->isVisible()) continue;
    const auto say = [&](const QString& text) {
      found << QStringLiteral("%1 %2: %3")
                   .arg(widget->metaObject()->className(), widget->objectName(), text);
    };
    if (widget->mapTo(content, QPoint(widget->width(), 0)).x() > content->width())
      say("beyond the edge");
    if (auto* label = qobject_cast<QLabel*>(widget)) {
      if (label->wordWrap() && !label->text().isEmpty() &&
          label->heightForWidth(label->width()) > label->height())
        say("lines of " + label->text());
      if (label->textFormat() != Qt::RichText &&
          widestWord(label->text(), label->fontMetrics()) > label->contentsRect().width())
        say("words of " + label->text());
    } else if (auto* combo = qobject_cast<WrappedCombo*>(widget)) {
      if (combo->heightForWidth(combo->width()) > combo->height() ||
          combo->minimumSizeHint().width() > combo->width())
        say(combo->shownText());
    } else if (auto* wrapped = qobject_cast<WrappedButton*>(widget)) {
      if (wrapped->heightForWidth(wrapped->width()) > wrapped->height()) say(wrapped->text());
    } else if (auto* button = qobject_cast<QAbstractButton*>(widget)) {
      if (!button->text().isEmpty() && button->objectName() != QLatin1String("epsilon-reset") &&
          button->fontMetrics().horizontalAdvance(button->text()) > button->width())
        say(button->text());
      if (qobject_cast<QPushButton*>(widget) != nullptr &&
          button->width() < button->sizeHint().width())
        say("too narrow for " + button->text());
    }
  }
  return found;
}

}  // namespace

class TestAttackPanel : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void aPresetStaysNamedUntilAnOptionDiffers() {
    Shown shown;
    QCOMPARE(shown.presetText(), QString("Choose…"));
    auto* presets = shown.find<QComboBox>("preset");
    presets->setFocus();
    QTest::keyClick(presets, Qt::Key_Down);  // a closed box takes the next entry
    QCOMPARE(shown.presetText(), QString("Figure 3a · multi-task"));
    QCOMPARE(shown.panel.preset(), QString("Figure 3a · multi-task"));
    const QString before = shown.panel.form().json();

    auto* slider = shown.find<QSlider>("epsilon-slider");
    slider->setFocus();
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(shown.presetText(), QString("Figure 3a · multi-task, changed"));
    QCOMPARE(shown.panel.preset(), QString());
    QVERIFY(shown.panel.changedOptions() == (nlohmann::json{{"epsilon", 2.0}}));
    QCOMPARE(shown.panel.attack().preset, std::string("Figure 3a · multi-task"));

    QCOMPARE(shown.undo.count(), 2);  // one command a change
    shown.undo.undo();
    QCOMPARE(shown.presetText(), QString("Figure 3a · multi-task"));
    QCOMPARE(shown.panel.form().json(), before);
    QCOMPARE(shown.find<QDoubleSpinBox>("epsilon")->value(), 1.);
    shown.undo.redo();
    QCOMPARE(shown.presetText(), QString("Figure 3a · multi-task, changed"));
    QCOMPARE(shown.find<QDoubleSpinBox>("epsilon")->value(), 2.);
    // Back by hand is as good.
    QTest::keyClick(slider, Qt::Key_PageDown);
    QCOMPARE(shown.presetText(), QString("Figure 3a · multi-task"));
    shown.undo.setIndex(0);
    QCOMPARE(shown.presetText(), QString("Choose…"));
  }

  void anotherMethodForgetsThePresetAndKeepsTheRegion() {
    Shown shown;
    shown.panel.choosePreset(presetNamed("Hide the people"));
    QCOMPARE(shown.panel.attackKey(), QString("hide-segmentation"));
    QVERIFY(shown.find<QLabel>("preset-help")->text().contains("Figure 4b"));
    shown.panel.setRegion("box:1,2,30,40");
    auto* methods = shown.find<QComboBox>("attack");
    methods->setFocus();
    QTest::keyClick(methods, Qt::Key_Home);
    QCOMPARE(shown.panel.attackKey(), QString("pgd"));
    QCOMPARE(shown.presetText(), QString("Choose…"));
    QVERIFY(!shown.find<QLabel>("preset-help")->isVisible());
    QCOMPARE(shown.panel.region(), QString("box:1,2,30,40"));
    QVERIFY(shown.panel.changedOptions().empty());
    shown.undo.undo();
    QCOMPARE(shown.panel.preset(), QString("Hide the people"));
    shown.undo.undo();
    QCOMPARE(shown.panel.region(), QString());
  }

  void regionIsUndoable() {
    Shown shown;
    QSignalSpy changed(&shown.panel, &AttackPanel::regionChanged);
    auto* edit = shown.find<QLineEdit>("region");
    auto* clear = shown.find<QToolButton>("region-clear");
    QVERIFY(!clear->isVisible());
    edit->setFocus();
    QTest::keyClicks(edit, "box:1,2,3,4");
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(shown.undo.count(), 1);
    QVERIFY(clear->isVisible());
    shown.panel.setRegion("box:1,2,3,4");
    QCOMPARE(shown.undo.count(), 1);  // nothing new
    QTest::mouseClick(clear, Qt::LeftButton);
    QCOMPARE(shown.panel.region(), QString());
    shown.undo.undo();
    QCOMPARE(edit->text(), QString("box:1,2,3,4"));
    QCOMPARE(changed.count(), 3);
    QSignalSpy box(&shown.panel, &AttackPanel::regionBoxRequested);
    QSignalSpy polygon(&shown.panel, &AttackPanel::regionPolygonRequested);
    shown.click("region-box");
    shown.click("region-polygon");
    QCOMPARE(box.count(), 1);
    QCOMPARE(polygon.count(), 1);
  }

  void precisionFoldsAwayAndIsUndoable() {
    Shown shown;
    auto* precision = shown.find<QComboBox>("precision");
    auto* summary = shown.find<QLabel>("advanced-summary");
    auto* reset = shown.find<QToolButton>("precision-reset");
    QVERIFY(!precision->isVisible());
    QCOMPARE(shown.panel.precision(), QString("float32"));
    shown.panel.form().setAdvancedShown(true);
    QVERIFY(precision->isVisible() && !reset->isVisible());
    precision->setFocus();
    QTest::keyClick(precision, Qt::Key_Down);
    QCOMPARE(shown.panel.precision(), QString("float64"));
    QVERIFY(precision->toolTip().contains("slower"));
    // It is no option of the method.
    shown.panel.choose("fgsm", "{}");
    QCOMPARE(shown.panel.precision(), QString("float64"));
    QVERIFY(shown.panel.changedOptions().empty());
    shown.panel.form().setAdvancedShown(false);
    QCOMPARE(summary->text(), QString("Precision: float64"));
    shown.panel.form().setAdvancedShown(true);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(precision->currentText(), QString("float32"));
    QCOMPARE(shown.undo.count(), 3);
    shown.undo.setIndex(1);
    QCOMPARE(precision->currentText(), QString("float64"));
    shown.undo.undo();
    QCOMPARE(precision->currentText(), QString("float32"));
  }

  void bfloat16IsOfferedWhereItIsNative() {
    Shown shown;
    shown.panel.form().setAdvancedShown(true);
    auto* precision = shown.find<QComboBox>("precision");
    const int at = precision->findText("bfloat16");
    for (const bool native : {false, true, false}) {
      shown.panel.setPrecisions(native, /*tf32=*/false);
      const QModelIndex item = precision->model()->index(at, 0);
      QCOMPARE(item.flags().testFlag(Qt::ItemIsEnabled), native);
      QCOMPARE(item.data(Qt::ToolTipRole).toString().contains("AVX-512 BF16"), !native);
      shown.panel.setAttack({});
      QTest::keyClick(precision, Qt::Key_End);
      QCOMPARE(shown.panel.precision(), QString(native ? "bfloat16" : "float64"));
    }
    const int ofCards = precision->findText("tf32");
    for (const bool card : {true, false}) {
      shown.panel.setPrecisions(card, card);
      QCOMPARE(precision->model()->index(ofCards, 0).flags().testFlag(Qt::ItemIsEnabled), card);
    }
    // From a session of another machine: it is shown, and running it says why it cannot be.
    Session::Attack other;
    other.precision = "bfloat16";
    shown.panel.setAttack(other);
    QCOMPARE(precision->currentText(), QString("bfloat16"));
    QVERIFY(precision->toolTip().contains("AVX-512 BF16"));
  }

  void whatIsBeingTypedCountsForARun() {
    Shown shown;
    shown.find<QLineEdit>("region")->setText("box:5,5,9,9");
    QSignalSpy run(&shown.panel, &AttackPanel::runRequested);
    QTest::mouseClick(shown.find<QPushButton>("run"), Qt::LeftButton);
    QCOMPARE(run.count(), 1);
    QCOMPARE(shown.panel.attack().region, std::string("box:5,5,9,9"));
  }

  void resetAllIsOneChange() {
    Shown shown;
    auto* reset = shown.find<QToolButton>("reset-all");
    QVERIFY(!reset->isEnabled());
    shown.panel.choose("pgd", R"({"epsilon": 3, "momentum": 1})");
    QVERIFY(reset->isEnabled());
    const int before = shown.undo.count();
    QTest::mouseClick(reset, Qt::LeftButton);
    QVERIFY(shown.panel.changedOptions().empty());
    QVERIFY(!reset->isEnabled());
    QCOMPARE(shown.undo.count(), before + 1);
    shown.undo.undo();
    QCOMPARE(shown.find<QDoubleSpinBox>("epsilon")->value(), 3.);
  }

  void aSessionRoundTrips() {
    Shown shown;
    shown.panel.choosePreset(presetNamed("Hide the people"));
    shown.panel.setRegion("instance:2");
    shown.panel.form().setAdvancedShown(true);
    QTest::keyClick(shown.find<QComboBox>("precision"), Qt::Key_Down);
    const Session::Attack kept = shown.panel.attack();
    QCOMPARE(kept.precision, std::string("float64"));
    QVERIFY(kept.options ==
            (nlohmann::json{{"epsilon", 4.0}, {"iterations", 60}, {"alpha", 0.25}}));
    Shown other;
    QSignalSpy changed(&other.panel, &AttackPanel::changed);
    other.panel.setAttack(kept);
    QVERIFY(other.panel.attack() == kept);
    QCOMPARE(other.panel.preset(), QString("Hide the people"));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(other.undo.count(), 0);
    Session::Attack wrong = kept;
    wrong.options["epsilon"] = -3;
    QVERIFY_EXCEPTION_THROWN(other.panel.setAttack(wrong), Error);
    QVERIFY(other.panel.attack() == kept);
    wrong = kept;
    wrong.precision = "float16";
    QVERIFY_EXCEPTION_THROWN(other.panel.setAttack(wrong), Error);
    QVERIFY(other.panel.attack() == kept);
    wrong = kept;
    wrong.preset = "of another version";
    other.panel.setAttack(wrong);
    QCOMPARE(other.presetText(), QString("Choose…"));
  }

  void tellsWhatHappened() {
    Shown shown;
    auto* facts = shown.find<QLabel>("attack-result");
    QVERIFY(facts->text().contains("F5"));
    QVERIFY(!shown.find<RetainedBars>("retained")->isVisible());
    Experiment experiment = experimentOf();
    shown.panel.showResult(experiment);
    for (const char* part : {"Objective", "0.12 → <b>1</b> in 1.8 s", "l∞ 4 · l2 15", "all pixels",
                             "13 %", "fine, no zeros", "Survives PNG"})
      QVERIFY2(facts->text().contains(part), qPrintable(facts->text()));
    QVERIFY(shown.find<RetainedBars>("retained")->isVisible());

    experiment.result.cancelled = true;
    experiment.result.iterationsDone = 3;
    experiment.result.norms.l0 = 1234;
    experiment.diagnostics.smallestGradient = 0;
    experiment.diagnostics.survivesPng["depth"] = false;
    experiment.diagnostics.warnings = {"the gradient is <zero>"};
    experiment.result.notes = {"id left out"};
    shown.panel.showResult(experiment);
    for (const char* part : {"<b>at 3 of 5</b>", "1,234 pixels", "all but Depth",
                             "⚠ the gradient is &lt;zero&gt;.", "id left out."})
      QVERIFY2(facts->text().contains(part), qPrintable(facts->text()));
    shown.panel.clearResult();
    QVERIFY(!facts->text().contains("Objective"));
  }

  void aRemedyIsOneClickAway() {
    Shown shown;
    const nlohmann::json options{{"epsilon", 3}, {"iterations", 7}};
    Session::Attack choice;
    choice.region = "box:1,2,30,40";
    choice.precision = "float64";
    shown.panel.showResult(experimentWith({kApgd}, options), choice);
    // What is in the form now is another thing.
    shown.panel.choose("fgsm", R"({"epsilon": 1})");
    const Session::Attack before = shown.panel.attack();
    auto* button = shown.find<QPushButton>("remedy-rule");
    QTRY_VERIFY(button->isVisible() && button->isEnabled());
    QCOMPARE(button->text(),
             QString("Run again with Step rule: halved where they stop helping (APGD)"));
    QCOMPARE(button->toolTip(),
             QString("Step rule: halved where they stop helping (APGD) in place of steps of one "
                     "size. All else is as in this run, which is kept."));
    // It stands between the warning that names it and the others.
    auto *facts = shown.find<QLabel>("attack-result"), *others = shown.find<QLabel>("attack-notes");
    QVERIFY(facts->text().contains("did not move") && !facts->text().contains("after a PNG"));
    QVERIFY(others->isVisible() && others->text().contains("after a PNG"));
    QTRY_VERIFY(facts->geometry().bottom() < button->geometry().top() &&
                button->geometry().bottom() < others->geometry().top());

    const int commands = shown.undo.count();
    QSignalSpy run(&shown.panel, &AttackPanel::runRequested);
    button->setFocus(Qt::TabFocusReason);
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(run.count(), 1);
    QCOMPARE(shown.panel.attackKey(), QString("pgd"));
    QVERIFY(shown.panel.changedOptions() ==
            (nlohmann::json{{"epsilon", 3.0}, {"iterations", 7}, {"rule", "apgd"}}));
    QCOMPARE(shown.panel.region(), QString("box:1,2,30,40"));
    QCOMPARE(shown.panel.precision(), QString("float64"));
    QCOMPARE(shown.undo.count(), commands + 1);
    shown.undo.undo();
    QVERIFY(shown.panel.attack() == before);
    shown.panel.clearResult();
    QVERIFY(!button->isVisible() && !others->isVisible());
  }

  void aRemedyWaitsUntilItCanBeRun() {
    Shown shown;
    shown.panel.showResult(experimentWith({kApgd}));
    auto* button = shown.find<QPushButton>("remedy-rule");
    const QString help = button->toolTip();
    shown.panel.setRunning(true);
    QVERIFY(!button->isEnabled());
    QVERIFY2(button->toolTip().contains("An attack runs"), qPrintable(button->toolTip()));
    shown.panel.setRunning(false);
    shown.panel.setReady(false, "Open a network first");
    QVERIFY(!button->isEnabled());
    QCOMPARE(button->toolTip(), QString("Open a network first"));
    // So does one that is shown meanwhile.
    shown.panel.showResult(experimentWith({kApgd}));
    for (auto* each : shown.panel.findChildren<QPushButton*>("remedy-rule"))
      QVERIFY(!each->isEnabled());
    shown.panel.setReady(true, {});
    QTRY_COMPARE(shown.panel.findChildren<QPushButton*>("remedy-rule").size(), 1);
    button = shown.find<QPushButton>("remedy-rule");
    QVERIFY(button->isEnabled());
    QCOMPARE(button->toolTip(), help);
  }

  void remediesAreNamedAsInTheForm_data() {
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* option, const char* value,
                        const QString& text) {
      QTest::newRow(name) << QString(option) << QString(value) << text;
    };
    row("number", "epsilon", "4", "Run again with Strength \u03b5: 4 px");
    row("flag", "random-start", "true", "Run again with Random start: on");
    row("choice", "objective", "seg", "Run again with Objective: Segmentation");
    row("no such option", "gate", "none", {});
    row("no such value", "rule", "newton", {});
    row("changes nothing", "rule", "fixed", {});
  }
  void remediesAreNamedAsInTheForm() {
    const QFETCH(QString, option);
    const QFETCH(QString, value);
    const QFETCH(QString, text);
    Shown shown;
    const Remedy remedy{option.toStdString(), value.toStdString(), "do that"};
    shown.panel.showResult(experimentWith({remedy}));
    const auto* button = shown.panel.findChild<QPushButton*>("remedy-" + option);
    QCOMPARE(button == nullptr ? QString() : button->text(), text);
    QVERIFY(shown.find<QLabel>("attack-result")->text().contains("do that."));
    // Nor is there one of an attack that is not there.
    Experiment other = experimentWith({remedy});
    other.attack = "of-a-plugin";
    Shown without;
    without.panel.showResult(other);
    QVERIFY(without.panel.findChild<QPushButton*>("remedy-" + option) == nullptr);
  }

  void barsSayWhyThereIsNoNumber() {
    Experiment experiment = experimentOf();
    experiment.clean.tasks.remove(Task::instDepth);
    experiment.cleanMetrics.values.erase("ap_mask");
    experiment.cleanMetrics.values["miou"] = 0;
    RetainedBars bars;
    bars.setBars(metricRatios(experiment.cleanMetrics, experiment.attackedMetrics),
                 experiment.clean.tasks);
    bars.resize(260, bars.sizeHint().height());
    bars.show();
    QCOMPARE(bars.rowText(0), QString("Detection: AP box 0.5 → 0.25, ratio 0.50"));
    QVERIFY(bars.rowText(1).contains("clean value of 0"));
    QVERIFY(bars.rowText(2).contains("no ground truth"));
    QVERIFY(bars.rowText(4).contains("no such output"));
    QHelpEvent help(QEvent::ToolTip, bars.rowRect(2).center(),
                    bars.mapToGlobal(bars.rowRect(2).center()));
    QCoreApplication::sendEvent(&bars, &help);
    QCOMPARE(QToolTip::text(), bars.rowText(2));
    QVERIFY(bars.accessibleDescription().contains("ratio 0.50"));
    // The bar of 0.5 ends halfway: right of it the groove.
    const QImage picture = bars.grab().toImage();
    const QColor full = accentOf(bars.palette());
    int filled = 0;
    const int y = bars.rowRect(0).center().y();
    for (int x = 0; x < picture.width(); ++x)
      if (picture.pixelColor(x, y) == full) ++filled;
    QVERIFY(filled > 15 && filled < bars.width() / 3);
  }

  void aBarIsChosen() {
    Shown shown;
    shown.panel.showResult(experimentOf());
    auto* bars = shown.find<RetainedBars>("retained");
    QSignalSpy clicked(&shown.panel, &AttackPanel::taskClicked);
    for (const std::size_t row : {std::size_t{3}, std::size_t{0}}) {
      QTest::mouseClick(bars, Qt::LeftButton, {}, bars->rowRect(row).center());
      QCOMPARE(clicked.takeFirst()[0].value<Task>(), tasks()[row].task);
    }
    QTest::mouseClick(bars, Qt::RightButton, {}, bars->rowRect(0).center());
    QCOMPARE(clicked.size(), 0);
    bars->setFocus(Qt::TabFocusReason);
    QTest::keyClick(bars, Qt::Key_Down);
    QTest::keyClick(bars, Qt::Key_Return);
    QCOMPARE(clicked.takeFirst()[0].value<Task>(), tasks()[1].task);
    QTest::keyClick(bars, Qt::Key_Up);
    QTest::keyClick(bars, Qt::Key_Up);
    QTest::keyClick(bars, Qt::Key_Enter);
    QCOMPARE(clicked.takeFirst()[0].value<Task>(), tasks()[0].task);
  }

  void showsProgress() {
    Shown shown;
    auto* bar = shown.panel.findChild<QProgressBar*>();
    shown.panel.setRunning(true);
    QVERIFY(!shown.find<QPushButton>("run")->isEnabled());
    QVERIFY(shown.find<QPushButton>("stop")->isEnabled());
    shown.panel.setProgress("PGD", 3, 10, 7);
    QVERIFY(bar->isVisible());
    QVERIFY(shown.find<QLabel>("progress")->text().contains("3 of 10, 0:07 left"));
    shown.panel.setRunning(false);
    QVERIFY(!bar->isVisible() && !shown.find<QLabel>("progress")->isVisible());
    shown.panel.setReady(false, "why not");
    QCOMPARE(shown.find<QPushButton>("run")->toolTip(), QString("why not"));
  }

  // Nothing is cut at the width of the panel, whatever the language.
  void nothingIsCut_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("attack");
    for (const char* language : {"en", "de", "zh_CN", "longer"})
      for (const AttackInfo& info : attacks())
        QTest::addRow("%s %s", language, info.key) << QString(language) << QString(info.key);
  }
  void nothingIsCut() {
    const QFETCH(QString, language);
    const QFETCH(QString, attack);
    QTranslator translator;
    Longer longer;
    if (language == "longer") {
      QCoreApplication::installTranslator(&longer);
    } else if (language != "en") {
      QVERIFY(translator.load(":/i18n/uninet_" + language));
      QCoreApplication::installTranslator(&translator);
    }
    {
      Shown shown;
      shown.panel.choose(attack, R"({"epsilon": 4})");
      if (attack == "pgd")
        shown.panel.choose(attack, R"({"objective": "custom", "random-start": true,
                                       "combination": "geometric", "keep": "best"})");
      else
        for (std::size_t i = attackPresets().size(); i-- > 0;)
          if (attack == attackPresets()[i].attack) shown.panel.choosePreset(static_cast<int>(i));
      shown.panel.form().setAdvancedShown(true);
      Experiment experiment =
          experimentWith({kApgd, {"random-start", "true", "--random-start true begins elsewhere"}});
      experiment.result.cancelled = true;
      experiment.diagnostics.survivesPng["inst_seg"] = false;
      experiment.diagnostics.warnings.push_back("the gradient vanishes: no entry is above 1e-13");
      shown.panel.showResult(experiment);
      shown.panel.setProgress(attack, 3, 10, 7);
      shown.panel.setRunning(true);
      QCOMPARE(shown.panel.width(), 300);
      const bool fits = QTest::qWaitFor([&] { return clipped(shown.panel).isEmpty(); }, 1000);
      QVERIFY2(fits, qPrintable(clipped(shown.panel).join("; ").left(400)));
    }
    QCoreApplication::removeTranslator(&translator);
    QCoreApplication::removeTranslator(&longer);
  }

  void everyControlHasANameForEverybody() {
    Shown shown;
    shown.panel.form().setAdvancedShown(true);
    shown.panel.showResult(experimentWith({kApgd}));
    for (auto* widget : shown.panel.findChildren<QWidget*>()) {
      if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() != nullptr) continue;
      const auto* button = qobject_cast<QPushButton*>(widget);
      QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
               qPrintable(widget->metaObject()->className() + (" " + widget->objectName())));
      QVERIFY2(!widget->objectName().isEmpty(), widget->metaObject()->className());
    }
  }
};

QTEST_MAIN(TestAttackPanel)
#include "tst_attack_panel.moc"
