#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "attacks/registry/registry.h"
#include "ui/forms/option_form.h"

using namespace uninet;

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
    OptionForm form;
    form.setOptions(*options);
    QCOMPARE(form.json().toStdString(), toJson(*options).dump());
    for (const OptionRow& row : optionTable(*options)) {
      const QString name = QString::fromStdString(row.key);
      auto* widget = form.findChild<QWidget*>(name);
      QVERIFY2(widget != nullptr, row.key.c_str());
      QVERIFY2(!widget->toolTip().isEmpty(), row.key.c_str());
      QVERIFY2(!widget->accessibleName().isEmpty(), row.key.c_str());
      QSignalSpy edited(&form, &OptionForm::edited);
      nlohmann::json expected;
      if (auto* box = qobject_cast<QDoubleSpinBox*>(widget)) {
        QCOMPARE(box->minimum(), row.range.min);
        QCOMPARE(box->maximum(), row.range.max);
        box->setValue(box->value() + 1);
        expected = box->value();
      } else if (auto* check = qobject_cast<QCheckBox*>(widget)) {
        check->toggle();
        expected = check->isChecked();
      } else if (auto* combo = qobject_cast<QComboBox*>(widget)) {
        const ClassTable& table = *cityscapesClasses();
        const std::size_t classes =
            row.classKind == ClassKind::semantic ? table.semantic.size() : table.instance.size();
        QCOMPARE(static_cast<std::size_t>(combo->count()),
                 row.type == "class" ? classes : row.choices.size());
        combo->setCurrentIndex((combo->currentIndex() + 1) % combo->count());
        expected = combo->currentData().toString().toStdString();
      } else if (auto* line = qobject_cast<QLineEdit*>(widget)) {
        line->setText("seg");
        Q_EMIT line->editingFinished();
        expected = "seg";
      }
      QCOMPARE(edited.count(), 1);
      const auto found = nlohmann::json::parse(form.json().toStdString())[row.key];
      QVERIFY2(found == expected, row.key.c_str());
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
};

QTEST_MAIN(TestOptionForm)
#include "tst_option_form.moc"
