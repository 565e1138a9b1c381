#include <QtTest>

#include "attacks/registry/registry.h"
#include "support/attack_case.h"

using namespace uninet;

/// What every attack of the registry has to keep.
class TestAttacks : public QObject {
  Q_OBJECT

  void eachAttack() {
    QTest::addColumn<QString>("key");
    for (const AttackInfo& info : attacks()) QTest::newRow(info.key) << QString(info.key);
  }
  const AttackInfo& current() {
    const QFETCH(QString, key);
    return attackByKey(key.toStdString());
  }
  /// Beside what contractOptions() chooses.
  nlohmann::json values() {
    if (std::string(current().key) == "dag-untargeted") return {{"head", "segmentation"}};
    return nlohmann::json::object();
  }
  static bool drawsAtRandom(const std::string& key) {
    return key == "pgd" || key == "dag-untargeted" || key.starts_with("noise");
  }

  std::unique_ptr<AttackCase> case_;

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    case_ = std::make_unique<AttackCase>();
    QVERIFY(!case_->category.empty());
  }

  void presetsAreValid() {
    for (const AttackPreset& preset : attackPresets())
      optionsOf(attackByKey(preset.attack), nlohmann::json::parse(preset.options));
  }

  void keepsTheContract_data() { addContractRows(); }

  void keepsTheContract() {
    const QFETCH(int, rule);
    const std::string broken =
        contractRules()[static_cast<std::size_t>(rule)].broken(current(), *case_, values());
    QVERIFY2(broken.empty(), broken.c_str());
  }

  void anotherSeedAnotherImage_data() { eachAttack(); }

  void anotherSeedAnotherImage() {
    const auto image = [this](int seed) {
      nlohmann::json given = values();
      given.update({{"epsilon", 3}, {"seed", seed}, {"random-start", true}});
      const auto options = contractOptions(current(), *case_, given);
      return current().run({case_->engine, case_->sample, {}}, *options, {}, {}).image;
    };
    QCOMPARE(same(image(7), image(8)), !drawsAtRandom(current().key));
  }
};

QTEST_APPLESS_MAIN(TestAttacks)
#include "tst_attacks.moc"
