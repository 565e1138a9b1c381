#include <QLocale>
#include <QtTest>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "attacks/registry/registry.h"
#include "ui/panels/run_names.h"
#include "ui/panels/run_options.h"

using namespace uninet;
using Json = nlohmann::json;

namespace {

KeptRun runOf(std::int64_t id, const std::string& attack = "pgd", const Json& changed = {}) {
  KeptRun run;
  run.id = id;
  run.attack = attack;
  Json options = toJson(*attackByKey(attack).makeOptions());
  if (changed.is_object()) options.update(changed);
  run.options = options.dump();
  run.image = "0";
  run.data = "Streetscape";
  run.network = "demo";
  run.facts.iterationsPlanned = 5;
  run.facts.seed = options.value("seed", 0);
  return run;
}

QString nameOf(const std::vector<KeptRun>& runs, std::int64_t id) {
  const std::vector<QString> names = runNames(runs);
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].id == id) return names[i];
  return {};
}

ComparedNames compared(const std::vector<KeptRun>& runs) {
  std::vector<RunWords> words;
  for (const KeptRun& run : runs) words.push_back(runWords(run));
  std::vector<const RunWords*> pointers;
  for (const RunWords& word : words) pointers.push_back(&word);
  return comparedNames(pointers);
}

}  // namespace

class TestRunNames : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { QLocale::setDefault(QLocale::c()); }

  void methodAimAndStrengthAreInEveryName() {
    QCOMPARE(runNames({runOf(1, "pgd", {{"epsilon", 4}})})[0],
             QStringLiteral("PGD · multi-task · ε 4"));
    const std::vector<QString> names = runNames(
        {runOf(1, "pgd", {{"epsilon", 4}}), runOf(2, "pgd", {{"epsilon", 1}}),
         runOf(3, "pgd", {{"epsilon", 4}, {"objective", "depth"}}), runOf(4, "hide-segmentation"),
         runOf(5, "dag-detection"), runOf(6, "noise-sign")});
    QCOMPARE(names[0], QStringLiteral("PGD · multi-task · ε 4"));
    QCOMPARE(names[1], QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(names[2], QStringLiteral("PGD · depth · ε 4"));
    QCOMPARE(names[3], QStringLiteral("Hide from segmentation · person · ε 2"));
    QVERIFY2(names[4].startsWith(QStringLiteral("DAG swap, detection · person ↔ car · 5 step")),
             qPrintable(names[4]));
    QCOMPARE(names[5], QStringLiteral("Random signs · ε 1"));
  }

  void aCustomObjectiveIsSpelledOut() {
    const Json custom{{"objective", "custom"}, {"losses", "seg,depth"}};
    QCOMPARE(runNames({runOf(1, "pgd", custom)})[0],
             QStringLiteral("PGD · segmentation + depth · ε 1"));
  }

  void networksAreNamedWhereThereAreSeveral() {
    KeptRun first = runOf(1), second = runOf(2), transfer = runOf(3);
    first.network = "uninet.safetensors";
    second.network = transfer.network = "mti-net.pth";
    transfer.attackedOn = first.network;
    QCOMPARE(networkText(transfer), QStringLiteral("uninet → mti-net"));
    QCOMPARE(nameOf({first}, 1), QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(nameOf({first, second, transfer}, 1),
             QStringLiteral("PGD · multi-task · ε 1 · uninet"));
    QCOMPARE(nameOf({first, second, transfer}, 3),
             QStringLiteral("PGD · multi-task · ε 1 · uninet → mti-net"));
    // Also where something else tells them apart already.
    KeptRun weak = runOf(4, "pgd", {{"epsilon", 0.5}});
    weak.network = second.network;
    QCOMPARE(nameOf({first, weak}, 4), QStringLiteral("PGD · multi-task · ε 0.5 · mti-net"));
    const ComparedNames names = compared({first, second});
    QCOMPARE(names.names,
             (std::vector<QString>{QStringLiteral("uninet"), QStringLiteral("mti-net")}));
    // Two checkpoints of one name.
    second.network = first.network;
    first.networkHash = "0123456789";
    second.networkHash = "abcdefabcd";
    QCOMPARE(nameOf({first, second}, 2), QStringLiteral("PGD · multi-task · ε 1 · abcdef"));
  }

  void precisionsTellRunsApart() {
    KeptRun exact = runOf(2);
    exact.manifest = R"({"arithmetic": {"precision": "float64"}})";
    QCOMPARE(nameOf({runOf(1), exact}, 1), QStringLiteral("PGD · multi-task · ε 1 · float32"));
    QCOMPARE(nameOf({runOf(1), exact}, 2), QStringLiteral("PGD · multi-task · ε 1 · float64"));
  }

  void onlyWhatIsNeededIsAdded() {
    KeptRun seed = runOf(2), region = runOf(3), image = runOf(4, "pgd", {{"epsilon", 2}}),
            other = runOf(5, "pgd", {{"epsilon", 2}});
    seed.facts.seed = 7;
    region.region = "box:1,2,3,4";
    other.image = "3";
    const std::vector<KeptRun> runs{runOf(1), seed, region, image, other};
    const std::vector<QString> names = runNames(runs);
    QCOMPARE(names[0], QStringLiteral("PGD · multi-task · ε 1 · seed 0 · whole image"));
    QCOMPARE(names[1], QStringLiteral("PGD · multi-task · ε 1 · seed 7"));
    QCOMPARE(names[2], QStringLiteral("PGD · multi-task · ε 1 · seed 0 · box 1,2,3,4"));
    QCOMPARE(names[3], QStringLiteral("PGD · multi-task · ε 2 · image 0"));
    QCOMPARE(names[4], QStringLiteral("PGD · multi-task · ε 2 · image 3"));
  }

  void everyOptionCanTellRunsApart() {
    for (const AttackInfo& attack : attacks())
      for (const OptionRow& row : optionTable(*attack.makeOptions())) {
        Json other;
        if (row.type == "number" || row.type == "integer")
          other = row.range.max > 3 ? 3 : row.range.max / 3;
        else if (row.type == "flag")
          other = row.value != "true";
        else if (row.type == "choice")
          other = row.choices.front() == row.value ? row.choices.back() : row.choices.front();
        else
          other = "bus";
        KeptRun first = runOf(1, attack.key), second = runOf(2, attack.key, {{row.key, other}});
        if (row.key == "iterations") second.facts.iterationsPlanned = 3;
        const std::vector<QString> names = runNames({first, second});
        QVERIFY2(!names[0].contains('#') && !names[1].contains('#') && names[0] != names[1],
                 qPrintable(QString(attack.key) + " " + row.key.c_str() + ": " + names[1]));
      }
  }

  void whatIsTheSameIsNumbered() {
    const std::vector<KeptRun> runs{runOf(9), runOf(3), runOf(5)};
    QCOMPARE(nameOf(runs, 3), QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(nameOf(runs, 5), QStringLiteral("PGD · multi-task · ε 1 #2"));
    QCOMPARE(nameOf(runs, 9), QStringLiteral("PGD · multi-task · ε 1 #3"));
  }

  void aPersonsNameWins() {
    KeptRun named = runOf(2), again = runOf(3), clash = runOf(4);
    named.name = again.name = "mine";
    clash.name = "PGD · multi-task · ε 1";
    const std::vector<KeptRun> runs{runOf(1), named, again, clash};
    QCOMPARE(nameOf(runs, 2), QStringLiteral("mine"));
    QCOMPARE(nameOf(runs, 3), QStringLiteral("mine #2"));
    QCOMPARE(nameOf(runs, 4), QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(nameOf(runs, 1), QStringLiteral("PGD · multi-task · ε 1 #2"));
  }

  void namesDifferAndDoNotDependOnTheOrder() {
    std::mt19937 random(5);
    const auto pick = [&random](const std::vector<Json>& of) { return of[random() % of.size()]; };
    for (int round = 0; round < 60; ++round) {
      std::vector<KeptRun> runs;
      const int count = 1 + static_cast<int>(random() % 25);
      for (int i = 0; i < count; ++i) {
        const std::string attack = attacks()[random() % attacks().size()].key;
        Json changed{{"epsilon", pick({-1, 0.25, 1, 4})}, {"norm", pick({"linf", "l2"})}};
        const Json defaults = toJson(*attackByKey(attack).makeOptions());
        if (defaults.contains("objective")) changed["objective"] = pick({"depth", "seg", "custom"});
        if (defaults.contains("restarts")) changed["restarts"] = pick({1, 2});
        KeptRun run = runOf(i + 1, attack, changed);
        run.facts.seed = random() % 2;
        run.facts.iterationsPlanned = static_cast<int>(random() % 3);
        run.image = std::to_string(random() % 2);
        run.region = random() % 3 == 0 ? "instance:1" : "";
        run.stopped = random() % 4 == 0;
        run.name = random() % 6 == 0 ? "mine" : "";
        runs.push_back(run);
      }
      const std::vector<QString> names = runNames(runs);
      QCOMPARE(std::set<QString>(names.begin(), names.end()).size(), runs.size());
      std::vector<KeptRun> shuffled = runs;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      for (std::size_t i = 0; i < runs.size(); ++i)
        QCOMPARE(nameOf(shuffled, runs[i].id), names[i]);
      const std::vector<QString> shorter = compared(runs).names;
      QCOMPARE(std::set<QString>(shorter.begin(), shorter.end()).size(), runs.size());
    }
  }

  void comparedRunsAreNamedByWhatDiffers() {
    const ComparedNames found =
        compared({runOf(1, "pgd", {{"epsilon", 4}}),
                  runOf(2, "pgd", {{"epsilon", 4}, {"objective", "depth"}})});
    QCOMPARE(found.common, QStringLiteral("image 0 · PGD · ε 4"));
    QCOMPARE(found.names, (std::vector<QString>{"multi-task", "depth"}));
    KeptRun elsewhere = runOf(4);
    elsewhere.image = "3";
    const ComparedNames images = compared({runOf(3), elsewhere});
    QCOMPARE(images.common, QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(images.names, (std::vector<QString>{"image 0", "image 3"}));
    const ComparedNames twins = compared({runOf(1), runOf(2)});
    QCOMPARE(twins.names, (std::vector<QString>{"PGD", "PGD #2"}));
    QVERIFY(compared({}).names.empty());
  }

  void manyRunsWithoutADifferenceAreNamedAtOnce() {
    std::vector<KeptRun> runs;
    for (int i = 1; i <= 2000; ++i) runs.push_back(runOf(i));
    QCOMPARE(runNames(runs).back(), QStringLiteral("PGD · multi-task · ε 1 #2000"));
  }

  void numbersAreInTheLocale() {
    QLocale::setDefault(QLocale(QLocale::German));
    QCOMPARE(runNames({runOf(1, "pgd", {{"epsilon", 0.25}})})[0],
             QStringLiteral("PGD · multi-task · ε 0,25"));
    // What goes to a file keeps its point.
    QCOMPARE(findOption(runOptions(runOf(1, "pgd", {{"epsilon", 0.25}})), "epsilon")->value,
             std::string("0.25"));
  }

  void whatCannotBeReadHasANameToo() {
    KeptRun broken = runOf(1), later = runOf(2);
    broken.options = "{\"epsilon\": ";
    later.attack = "of-a-later-version";
    later.options = R"({"epsilon": 2, "strange": [1, 2], "objective": "new-loss"})";
    const std::vector<QString> names = runNames({broken, later});
    QCOMPARE(names[0], QStringLiteral("PGD · multi-task · ε 1"));
    QCOMPARE(names[1], QStringLiteral("of-a-later-version · new-loss"));
    const auto options = runOptions(later);
    QCOMPARE(findOption(options, "strange")->value, std::string("[1,2]"));
    QVERIFY(findOption(options, "none") == nullptr);
    KeptRun odd = runOf(3);
    odd.options = R"({"epsilon": "much", "objective": 7})";
    QCOMPARE(runNames({odd})[0], QStringLiteral("PGD · 7"));
  }

  void regionsAreReadable() {
    QCOMPARE(regionText(""), QStringLiteral("whole image"));
    QCOMPARE(regionText("polygon:1,2,3,4,5,6"), QStringLiteral("polygon of 3 corners"));
    QCOMPARE(regionText("instance:4"), QStringLiteral("object 4"));
    QCOMPARE(regionText("mask:/some/where/people.png"), QStringLiteral("mask people.png"));
    QCOMPARE(regionText("other"), QStringLiteral("other"));
  }
};

QTEST_GUILESS_MAIN(TestRunNames)
#include "tst_run_names.moc"
