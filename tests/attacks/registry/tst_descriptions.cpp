#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "attacks/registry/registry.h"

using namespace uninet;

/// What the descriptions of all attacks promise to forms, flags and documentation.
class TestDescriptions : public QObject {
  Q_OBJECT

  void eachAttack() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  static std::unique_ptr<Options> current() {
    const QFETCH(QString, key);
    return attackByKey(key.toStdString()).makeOptions();
  }
  static const OptionRow* find(const std::vector<OptionRow>& rows, const std::string& key) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&key](const OptionRow& row) { return row.key == key; });
    return found == rows.end() ? nullptr : &*found;
  }
  static std::string shown(const Options& options, const std::string& key) {
    const auto rows = optionTable(options);
    return find(rows, key)->shown();
  }

 private Q_SLOTS:
  void conditionsNameWhatThereIs_data() { eachAttack(); }
  void conditionsNameWhatThereIs() {
    const auto rows = optionTable(*current());
    for (const OptionRow& row : rows) {
      if (!row.measuredBy.empty()) QVERIFY2(find(rows, row.measuredBy), row.key.c_str());
      if (row.onlyWhere.empty()) continue;
      const OptionRow* deciding = find(rows, row.onlyWhere);
      QVERIFY2(deciding != nullptr, row.key.c_str());
      if (deciding->type == "flag")
        QVERIFY(row.onlyValue == "true" || row.onlyValue == "false");
      else
        QVERIFY2(std::count(deciding->choices.begin(), deciding->choices.end(), row.onlyValue) == 1,
                 row.key.c_str());
    }
  }

  void specialValuesAreTakenByNameAndByNumber_data() { eachAttack(); }
  void specialValuesAreTakenByNameAndByNumber() {
    const auto options = current();
    for (const OptionRow& row : optionTable(*options))
      for (const SpecialValue& special : row.specials) {
        fromJson(*options, {{row.key, special.name}});
        QCOMPARE(toJson(*options)[row.key].get<double>(), special.value);
        setOption(*options, row.key, row.value);
        setOption(*options, row.key, special.name);
        QCOMPARE(toJson(*options)[row.key].get<double>(), special.value);
        fromJson(*options, {{row.key, special.value}});
        // Each place in the label is filled.
        QVERIFY2(specialText(special).find('%') == std::string::npos, special.label);
      }
  }

  void marksAreWithinLimitsAndAscend_data() { eachAttack(); }
  void marksAreWithinLimitsAndAscend() {
    for (const OptionRow& row : optionTable(*current())) {
      QVERIFY(std::is_sorted(row.marks.begin(), row.marks.end()));
      for (const double mark : row.marks) QVERIFY(mark >= row.range.min && mark <= row.range.max);
    }
  }

  void essentialsComeWithEveryAttack_data() { eachAttack(); }
  void essentialsComeWithEveryAttack() {
    const auto rows = optionTable(*current());
    QVERIFY(!find(rows, "epsilon")->advanced);
    QVERIFY(find(rows, "seed")->advanced);
    QVERIFY(find(rows, "norm")->advanced);
    const auto essential = std::count_if(rows.begin(), rows.end(), [](const OptionRow& row) {
      return !row.advanced && row.applies;
    });
    QVERIFY(essential <= 4);
  }

  void autoStepsFollowEpsilon() {
    const auto options = attackByKey("pgd").makeOptions();
    QCOMPARE(shown(*options, "iterations"), std::string("auto (2 of size 1)"));
    for (const auto& [epsilon, text] : {std::pair{"4", "auto (5 of size 1)"},
                                        {"16", "auto (20 of size 1)"},
                                        {"32", "auto (36 of size 1)"},
                                        {"0.25", "auto (1 of size 0.25)"}}) {
      setOption(*options, "epsilon", epsilon);
      QCOMPARE(shown(*options, "iterations"), std::string(text));
    }
  }

  void marksAreThoseOfTheNorm() {
    const auto options = attackByKey("pgd").makeOptions();
    const auto marks = [&options] {
      const auto rows = optionTable(*options);
      return find(rows, "epsilon")->marks;
    };
    QCOMPARE(marks(), (std::vector<double>{0.25, 1, 2, 4, 8, 16}));
    setOption(*options, "norm", "l2");
    QVERIFY(marks().empty());
  }

  void theConvergedHidingComesFirst() {
    const auto presets = attackPresets();
    const auto first = std::find_if(presets.begin(), presets.end(), [](const AttackPreset& preset) {
      return std::string(preset.attack).starts_with("hide-");
    });
    QCOMPARE(std::string(first->name), std::string("Hide the people"));
    QVERIFY(std::string(first->help).find("Figure 4b") != std::string::npos);
    const auto options = attackByKey(first->attack).makeOptions();
    fromJson(*options, nlohmann::json::parse(first->options));
    const auto values = toJson(*options);
    QCOMPARE(values["category"].get<std::string>(), std::string("person"));
    QCOMPARE(values["epsilon"].get<double>(), 4.);
    QCOMPARE(values["iterations"].get<int>(), 60);
    QCOMPARE(values["alpha"].get<double>(), 0.25);
  }
};

QTEST_APPLESS_MAIN(TestDescriptions)
#include "tst_descriptions.moc"
