#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <array>

#include "attacks/methods/noise.h"
#include "attacks/registry/load_plugin.h"
#include "attacks/registry/option_pages.h"
#include "attacks/registry/registry.h"
#include "core/base/error.h"

using namespace uninet;

namespace {

template <class Struct>
std::unique_ptr<Options> make() {
  return std::make_unique<Struct>();
}

struct BadOption : OptionsOf<BadOption> {
  bool value = false;
  void describe(OptionVisitor& visitor) override {
    visitor.flag({"Bad Option", "Bad", "Bad."}, value);
  }
};

constexpr AttackPreset kNoPreset{"", "", "{}"};

}  // namespace

class TestPlugins : public QObject {
  Q_OBJECT

  static AttackInfo attack(const char* key) {
    return {key, "Title", "Help.", make<NoiseOptions>, runUniformNoise};
  }

 private Q_SLOTS:
  void refusesWhatIsNoPlugin_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("says");
    const QString folder = QStringLiteral(UNINET_PLUGINS "/");
    QTest::newRow("not there") << "/nowhere/plugin.so"
                               << "/nowhere/plugin.so";
    QTest::newRow("folder") << "/usr"
                            << "/usr";
    QTest::newRow("bare name") << "libc.so.6"
                               << "libc.so.6";
    QTest::newRow("text") << UNINET_FIXTURES "/plugins/strange_plugin.cpp"
                          << "cannot be loaded as a plugin";
    QTest::newRow("no function") << folder + "plugin_no_function.so"
                                 << "has no function uninet_attack_plugin";
    QTest::newRow("no version") << folder + "plugin_no_version.so"
                                << "says nothing of its version";
    QTest::newRow("other version") << folder + "plugin_other_version.so"
                                   << "made for version 0.0.1 (LibTorch 0.4.1, OpenCV 1.0.0), this";
    QTest::newRow("other layout") << folder + "plugin_other_layout.so"
                                  << "made with other headers";
    QTest::newRow("other torch") << folder + "plugin_other_torch.so"
                                 << "made with another LibTorch: it needs libtorch_of_another";
    QTest::newRow("bad key") << folder + "plugin_bad_key.so"
                             << "plugin_bad_key.so: the key of an attack: expected small letters";
  }

  void refusesWhatIsNoPlugin() {
    const QFETCH(QString, file);
    const QFETCH(QString, says);
    const std::size_t before = attacks().size();
    try {
      loadAttackPlugin(file.toStdString());
      QFAIL("it was loaded");
    } catch (const Error& error) {
      const QString text = error.what();
      QVERIFY2(text.contains(says) && !text.contains('\n'), error.what());
    }
    QCOMPARE(attacks().size(), before);
  }

  void loadsOnce() {
    const std::string file = UNINET_PLUGINS "/plugin_good.so";
    const std::size_t before = attacks().size();
    QCOMPARE(before, builtInAttacks());
    QCOMPARE(loadAttackPlugin(file), std::vector<std::string>{"still"});
    QCOMPARE(attacks().size(), before + 1);
    QCOMPARE(QString(attackByKey("still").title), QString("Still"));
    QCOMPARE(QString(attackPresets().back().attack), QString("still"));
    // Under another name as well.
    QTemporaryDir folder;
    const QString link = folder.filePath("link.so");
    QVERIFY(QFile::link(QString::fromStdString(file), link));
    QCOMPARE(loadAttackPlugin(link.toStdString()), std::vector<std::string>{"still"});
    QCOMPARE(attacks().size(), before + 1);
  }

  void refusesAttacksThatCannotBeUsed_data() {
    QTest::addColumn<AttackInfo>("attack");
    QTest::addColumn<AttackPreset>("preset");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const AttackInfo& added, const AttackPreset& preset,
                        const char* says) { QTest::newRow(name) << added << preset << says; };
    row("taken", attack("pgd"), kNoPreset, "attack pgd: there is one of this key already");
    row("capital", attack("My-attack"), kNoPreset, "found \"My-attack\"");
    row("no key", attack(nullptr), kNoPreset, "found \"\"");
    row("no run", {"mine", "Title", "Help.", make<NoiseOptions>, nullptr}, kNoPreset,
        "attack mine: title, help, options and run");
    row("bad option", {"mine", "Title", "Help.", make<BadOption>, runUniformNoise}, kNoPreset,
        "found \"Bad Option\"");
    row("preset of nothing", attack("mine"), {"P", "yours", "{}"}, "\"yours\" is not one of");
    row("preset out of range", attack("mine"), {"P", "mine", R"({"epsilon": -3})"}, "epsilon");
    row("preset no JSON", attack("mine"), {"P", "mine", "{"},
        "preset \"P\": its options are no JSON");
    row("preset taken", attack("mine"), {"Hide the people", "mine", "{}"}, "already");
  }

  void refusesAttacksThatCannotBeUsed() {
    const QFETCH(AttackInfo, attack);
    const QFETCH(AttackPreset, preset);
    const QFETCH(QString, says);
    const std::size_t before = attacks().size(), presets = attackPresets().size();
    const std::span<const AttackPreset> given(&preset, *preset.name == '\0' ? 0 : 1);
    try {
      addAttacks({&attack, 1}, given);
      QFAIL("it was added");
    } catch (const std::exception& error) {
      QVERIFY2(QString(error.what()).contains(says), error.what());
    }
    QCOMPARE(attacks().size(), before);
    QCOMPARE(attackPresets().size(), presets);
  }

  void entriesStayWhereTheyAre() {
    const AttackInfo* first = &attackByKey("pgd");
    const std::span<const AttackInfo> before = attacks();
    const std::array<AttackInfo, 2> two{attack("one-more"), attack("two-more")};
    const std::array<AttackPreset, 1> preset{{{"Mine", "two-more", R"({"epsilon": 7})"}}};
    addAttacks(two, preset);
    QCOMPARE(first, &attackByKey("pgd"));
    QCOMPARE(attacks().data(), before.data());
    QCOMPARE(attacks().size(), before.size() + 2);
    QCOMPARE(QString(attackByKey("two-more").title), QString("Title"));
    QCOMPARE(QString(attackPresets().back().name), QString("Mine"));
    // Help follows.
    QVERIFY(optionTableMarkdown(attackByKey("one-more")).find("--epsilon") != std::string::npos);
    // No attack of a list that holds one twice.
    const std::array<AttackInfo, 2> twice{attack("three-more"), attack("three-more")};
    QVERIFY_THROWS_EXCEPTION(Error, addAttacks(twice, {}));
    QVERIFY_THROWS_EXCEPTION(Error, attackByKey("three-more"));
    // There is an end to it.
    const std::vector<AttackPreset> many(600, AttackPreset{"X", "one-more", "{}"});
    QVERIFY_THROWS_EXCEPTION(Error, addAttacks({}, many));
  }
};

QTEST_APPLESS_MAIN(TestPlugins)
#include "tst_plugins.moc"
