#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSlider>
#include <QToolButton>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "ui/forms/mark_slider.h"
#include "ui/forms/option_form.h"

using namespace uninet;

namespace {

/// A form on the screen with everything unfolded.
struct Shown {
  ~Shown() { window.takeWidget(); }
  explicit Shown(const char* attack = "pgd") {
    form.setOptions(*attackByKey(attack).makeOptions());
    form.setAdvancedShown(true);
    window.setWidgetResizable(true);
    window.resize(300, 800);
    window.setWidget(&form);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
  }
  template <class Widget>
  Widget* find(const char* name) {
    auto* widget = form.findChild<Widget*>(QString::fromUtf8(name));
    if (widget == nullptr) qFatal("no %s", name);
    return widget;
  }
  nlohmann::json value(const std::string& key) const {
    return nlohmann::json::parse(form.json().toStdString())[key];
  }
  void type(QWidget* edit, const QString& text) {
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(edit, text);
    QTest::keyClick(edit, Qt::Key_Return);
  }

  OptionForm form;
  QScrollArea window;
};

}  // namespace

class TestOptionForm : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // Each option of each attack has one widget, and what a person sets there comes out as JSON.
  void everyOptionHasAWidget_data() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  void everyOptionHasAWidget() {
    const QFETCH(QString, key);
    const auto options = attackByKey(key.toStdString()).makeOptions();
    Shown shown(qPrintable(key));
    OptionForm& form = shown.form;
    QCOMPARE(form.json().toStdString(), toJson(*options).dump());
    for (const OptionRow& row : optionTable(*options)) {
      if (!row.onlyWhere.empty()) {
        nlohmann::json deciding{{row.onlyWhere, row.onlyValue}};
        if (row.onlyValue == "true") deciding[row.onlyWhere] = true;
        form.setJson(QString::fromStdString(deciding.dump()));
      }
      auto* widget = shown.find<QWidget>(row.key.c_str());
      QVERIFY2(!widget->toolTip().isEmpty(), row.key.c_str());
      QVERIFY2(!widget->accessibleName().isEmpty(), row.key.c_str());
      QSignalSpy edited(&form, &OptionForm::edited);
      nlohmann::json expected;
      if (auto* check = form.findChild<QCheckBox*>(QString::fromStdString(row.key) + "-special");
          check != nullptr && check->isChecked()) {
        QTest::keyClick(check, Qt::Key_Space);
        QCOMPARE(edited.count(), 1);
        edited.clear();
      }
      QVERIFY2(widget->isVisible(), row.key.c_str());
      if (auto* box = qobject_cast<QDoubleSpinBox*>(widget)) {
        QCOMPARE(box->minimum(), row.range.min);
        QCOMPARE(box->maximum(), row.range.max);
        const double before = box->value();
        const bool down = before + row.range.step > row.range.max;
        QTest::keyClick(box, down ? Qt::Key_Down : Qt::Key_Up);
        QVERIFY(box->value() != before);
        expected = box->value();
      } else if (auto* check = qobject_cast<QCheckBox*>(widget)) {
        QTest::keyClick(check, Qt::Key_Space);
        expected = check->isChecked();
      } else if (auto* combo = qobject_cast<QComboBox*>(widget)) {
        const ClassTable& table = *cityscapesClasses();
        const std::size_t classes =
            row.classKind == ClassKind::semantic ? table.semantic.size() : table.instance.size();
        QCOMPARE(static_cast<std::size_t>(combo->count()),
                 row.type == "class" ? classes : row.choices.size());
        QTest::keyClick(combo, combo->currentIndex() == 0 ? Qt::Key_Down : Qt::Key_Up);
        expected = combo->currentData().toString().toStdString();
      } else {
        shown.type(shown.find<QLineEdit>(row.key.c_str()), "seg");
        expected = "seg";
      }
      QCOMPARE(edited.count(), 1);
      QVERIFY2(shown.value(row.key) == expected, row.key.c_str());
    }
  }

  // Classes of another table are offered as soon as its network is open; what was chosen stays.
  void offersTheClassesOfTheNetwork() {
    OptionForm form;
    form.setOptions(*attackByKey("hide-depth").makeOptions());
    QSignalSpy edited(&form, &OptionForm::edited);
    form.setClasses(nyuv2Classes());
    auto* combo = form.findChild<QComboBox*>("category");
    QCOMPARE(combo->count(), 40);
    QCOMPARE(combo->currentData().toString(), QString("person"));
    combo->setCurrentIndex(combo->findData("sofa"));
    QCOMPARE(edited.count(), 1);
    form.setClasses(cityscapesClasses());
    QCOMPARE(combo->count(), 20);  // what was chosen stands behind those that there are
    QCOMPARE(combo->currentData().toString(), QString("sofa"));
  }

  void advancedOptionsFold() {
    Shown shown;
    auto* disclosure = shown.find<QToolButton>("advanced");
    auto* summary = shown.find<QLabel>("advanced-summary");
    QVERIFY(shown.find<QWidget>("momentum")->isVisible());
    QCOMPARE(summary->text(), QString());
    QTest::mouseClick(disclosure, Qt::LeftButton);
    QVERIFY(!shown.find<QWidget>("momentum")->isVisible());
    QVERIFY(shown.find<QWidget>("epsilon")->isVisible());
    // A few names, all of them in the tip.
    QVERIFY(summary->text().startsWith("Norm") &&
            summary->text().endsWith(QStringLiteral("\u2026")));
    QVERIFY(summary->toolTip().contains("Momentum") && summary->toolTip().contains("Keep"));
    // What is not as usual is said although it is folded away.
    shown.form.setJson(R"({"momentum": 0.5})");
    QVERIFY2(summary->text().contains("Momentum: 0.5"), qPrintable(summary->text()));
    QVERIFY(!summary->text().contains("Keep"));
    QTest::keyClick(disclosure, Qt::Key_Space);
    QVERIFY(shown.find<QWidget>("momentum")->isVisible());
  }

  // The losses that a network has: offered while a person types, and listed in the tool tip.
  void textsAreCompletedBetweenCommas() {
    Shown shown;
    shown.form.setJson(R"({"objective": "custom"})");
    auto* losses = shown.find<QLineEdit>("losses");
    QVERIFY(losses->completer() == nullptr);
    QVERIFY(!losses->toolTip().contains("scale_3.segment"));
    shown.form.setWords("losses", {"seg", "depth", "scale_3.segment", "scale_3.depth"});
    QVERIFY(losses->toolTip().endsWith("Here: seg, depth, scale_3.segment, scale_3.depth"));
    losses->setFocus();
    QTest::keyClick(losses, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(losses, "depth,SCALE_3.d");
    QCompleter* completer = losses->completer();
    QVERIFY(completer != nullptr);
    QCOMPARE(completer->completionCount(), 1);
    QTRY_VERIFY(completer->popup()->isVisible());
    QTest::keyClick(completer->popup(), Qt::Key_Down);
    QTest::keyClick(completer->popup(), Qt::Key_Return);
    QCOMPARE(losses->text(), QString("depth,scale_3.depth"));
    QTest::keyClick(losses, Qt::Key_Return);
    QCOMPARE(shown.value("losses"), nlohmann::json("depth,scale_3.depth"));
    // They stay when other options are shown, and go with the network.
    shown.form.setOptions(*attackByKey("fgsm").makeOptions());
    QVERIFY(shown.find<QLineEdit>("losses")->completer() != nullptr);
    shown.form.setWords("losses", {});
    QVERIFY(shown.find<QLineEdit>("losses")->completer() == nullptr);
  }

  void dependentRowsComeAndGo() {
    Shown shown;
    auto* losses = shown.find<QLineEdit>("losses");
    QVERIFY(!losses->isVisible());
    QVERIFY(!shown.find<QWidget>("combination")->isVisible());
    auto* objective = shown.find<QComboBox>("objective");
    objective->setFocus();
    QTest::keyClick(objective, Qt::Key_End);
    QCOMPARE(shown.value("objective"), nlohmann::json("custom"));
    QVERIFY(losses->isVisible());
    QVERIFY(shown.find<QWidget>("combination")->isVisible());
    QTest::keyClick(objective, Qt::Key_Up);
    QVERIFY(!losses->isVisible());
    QVERIFY(!shown.find<QWidget>("restarts")->isVisible());
    QTest::keyClick(shown.find<QCheckBox>("random-start"), Qt::Key_Space);
    QVERIFY(shown.find<QWidget>("restarts")->isVisible());
    QVERIFY(shown.find<QWidget>("seed")->isVisible());
  }

  void sliderKeysGoFromStopToStop() {
    Shown shown;
    auto* slider = shown.find<QSlider>("epsilon-slider");
    auto* box = shown.find<QDoubleSpinBox>("epsilon");
    slider->setFocus();
    QCOMPARE(box->value(), 1.);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(box->value(), 2.);
    QTest::keyClick(slider, Qt::Key_Right);
    QCOMPARE(box->value(), 2.5);
    QTest::keyClick(slider, Qt::Key_PageUp);
    QCOMPARE(shown.value("epsilon"), nlohmann::json(4.));
    QTest::keyClick(slider, Qt::Key_PageDown);
    QCOMPARE(box->value(), 2.);
    QTest::keyClick(slider, Qt::Key_Left);
    QCOMPARE(box->value(), 1.75);
    QTest::keyClick(slider, Qt::Key_End);
    QCOMPARE(box->value(), 16.);
    QTest::keyClick(slider, Qt::Key_Home);
    QCOMPARE(box->value(), 0.25);
    QTest::keyClick(slider, Qt::Key_Left);
    QCOMPARE(box->value(), 0.25);
    // The exact field may hold what the slider does not reach.
    shown.type(box, "32.3");
    QCOMPARE(shown.value("epsilon"), nlohmann::json(32.3));
    QCOMPARE(slider->value(), slider->maximum());
    QCOMPARE(box->text(), QString("32.3"));
  }

  void aDragIsOneChange() {
    Shown shown;
    auto* slider = shown.find<QSlider>("epsilon-slider");
    QSignalSpy edited(&shown.form, &OptionForm::edited);
    QStyleOptionSlider option;
    option.initFrom(slider);
    const int y = slider->height() / 2;
    const auto at = [&](int position) {
      const int handle = slider->style()->pixelMetric(QStyle::PM_SliderLength, nullptr, slider);
      return QPoint(handle / 2 + QStyle::sliderPositionFromValue(0, slider->maximum(), position,
                                                                 slider->width() - handle),
                    y);
    };
    QTest::mousePress(slider, Qt::LeftButton, {}, at(slider->value()));
    for (const int position : {20, 24, 30, 37}) QTest::mouseMove(slider, at(position));
    QVERIFY(slider->isSliderDown());
    // What depends on it follows on the way.
    auto* steps = shown.find<QLabel>("iterations-special-text");
    QVERIFY2(steps->text() != "auto (2 of size 1)", qPrintable(steps->text()));
    QCOMPARE(edited.count(), 0);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, at(37));
    QCOMPARE(edited.count(), 1);
    QVERIFY(edited[0][0].toString().contains("\"epsilon\":1.0"));
    QVERIFY2(edited[0][1].toString().contains("\"epsilon\":4.0"),
             qPrintable(edited[0][1].toString()));
    QCOMPARE(slider->value(), 36);  // the nearest stop
    QCOMPARE(steps->text(), QString("auto (5 of size 1)"));
  }

  void autoFollowsEpsilonUntilItIsLeft() {
    Shown shown;
    auto* check = shown.find<QCheckBox>("iterations-special");
    auto* steps = shown.find<QDoubleSpinBox>("iterations");
    auto* text = shown.find<QLabel>("iterations-special-text");
    QVERIFY(check->isChecked() && !steps->isVisible());
    QCOMPARE(text->text(), QString("auto (2 of size 1)"));
    shown.type(shown.find<QDoubleSpinBox>("epsilon"), "8");
    QCOMPARE(text->text(), QString("auto (10 of size 1)"));
    QTest::mouseClick(text, Qt::LeftButton);
    QVERIFY(steps->isVisible());
    QCOMPARE(steps->value(), 10.);  // where auto was
    QCOMPARE(shown.value("iterations"), nlohmann::json(10));
    shown.type(steps, "7");
    QTest::keyClick(check, Qt::Key_Space);
    QCOMPARE(shown.value("iterations"), nlohmann::json(-1));
    QTest::keyClick(check, Qt::Key_Space);
    QCOMPARE(shown.value("iterations"), nlohmann::json(7));  // what was typed is there again
  }

  void specialValueAtTheLimitIsNamedInTheField() {
    Shown shown;
    auto* box = shown.find<QDoubleSpinBox>("early-stop");
    QCOMPARE(box->text(), QString("never"));
    shown.type(box, "3");
    QCOMPARE(shown.value("early-stop"), nlohmann::json(3));
    QCOMPARE(box->text(), QString("3"));
  }

  void unlimitedHasNoSlider() {
    Shown shown("dag-detection");
    auto* check = shown.find<QCheckBox>("epsilon-special");
    auto* slider = shown.find<QSlider>("epsilon-slider");
    QVERIFY(check->isChecked() && !slider->isVisible());
    QTest::keyClick(check, Qt::Key_Space);
    QVERIFY(slider->isVisible());
    QCOMPARE(shown.value("epsilon"), nlohmann::json(16.));
    // The marks are those of the l∞ ball.
    shown.form.setJson(R"({"norm": "l2"})");
    QVERIFY(!slider->isVisible());
    QVERIFY(shown.find<QWidget>("epsilon")->isVisible());
  }

  void resetsOneOption() {
    Shown shown;
    auto* reset = shown.find<QToolButton>("momentum-reset");
    QVERIFY(!reset->isVisible());
    shown.type(shown.find<QDoubleSpinBox>("momentum"), "0.9");
    shown.type(shown.find<QDoubleSpinBox>("alpha"), "2");
    QCOMPARE(shown.form.changedJson(), QString(R"({"alpha":2.0,"momentum":0.9})"));
    QVERIFY(reset->isVisible());
    QSignalSpy edited(&shown.form, &OptionForm::edited);
    QTest::mouseClick(reset, Qt::LeftButton);
    QCOMPARE(edited.count(), 1);
    QVERIFY(!reset->isVisible());
    QCOMPARE(shown.form.changedJson(), QString(R"({"alpha":2.0})"));
    auto* alpha = shown.find<QDoubleSpinBox>("alpha");
    alpha->setFocus();
    QTest::keyClick(alpha, Qt::Key_Backspace, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(shown.form.changedJson(), QString("{}"));
    QCOMPARE(alpha->value(), 1.);
    shown.form.setJson(R"({"alpha": 3, "seed": 5})");
    shown.form.resetAll();
    QCOMPARE(shown.form.changedJson(), QString("{}"));
  }

  void toolTipsSayEverything() {
    Shown shown;
    const QString epsilon = shown.find<QWidget>("epsilon")->toolTip();
    for (const char* part : {"Largest perturbation", "Limits: 0 to 10,000,000", "2 px = 2/255",
                             "Default: 1 px", "Paper: 0.25 to 32"})
      QVERIFY2(epsilon.contains(part), qPrintable(epsilon));
    const QString steps = shown.find<QWidget>("iterations")->toolTip();
    QVERIFY2(steps.contains("auto (2 of size 1)"), qPrintable(steps));
  }

  void tabGoesDownTheRows() {
    Shown shown;
    shown.find<QWidget>("objective")->setFocus();
    QStringList names;
    for (int i = 0; i < 7; ++i) {
      QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
      names << QApplication::focusWidget()->objectName();
    }
    QCOMPARE(names, (QStringList{"epsilon-slider", "epsilon", "iterations-special", "advanced",
                                 "norm", "rule", "alpha"}));
  }
};

QTEST_MAIN(TestOptionForm)
#include "tst_option_form.moc"
