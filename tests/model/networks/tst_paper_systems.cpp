// The systems of the paper's tables against what it prints of their costs.
#include <QtTest>
#include <set>

#include "core/results/published.h"
#include "model/networks/paper_systems.h"
#include "model/networks/registry.h"

using namespace uninet;

class TestPaperSystems : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  // To the last digit that the paper prints; one of its 20 numbers of MACs is cut, not rounded.
  void costsOfTable1_data() {
    QTest::addColumn<QString>("classes");
    QTest::newRow("cityscapes") << "cityscapes";
    QTest::newRow("nyuv2") << "nyuv2";
  }
  void costsOfTable1() {
    QFETCH(QString, classes);
    const Classes table = classesByKey(classes.toStdString());
    std::set<std::string> different;
    for (const PaperSystem& system : table1Systems()) {
      const NetworkSpec spec = system.spec(table, table->networkSize);
      checkSpec(spec);
      QVERIFY(system.matches(spec));
      const NetworkCost cost = networkCost(spec);
      const PublishedRow row = publishedTable1(system.key, table->key);
      QVERIFY2(!row.at("parameters_m").differsFrom(static_cast<double>(cost.parameters) / 1e6),
               system.key);
      if (row.at("macs_g").differsFrom(static_cast<double>(cost.ptflopsMacs) / 1e9))
        different.insert(system.key);
    }
    QCOMPARE(different,
             classes == "nyuv2" ? std::set<std::string>{"mti-net"} : std::set<std::string>());
  }

  void everyCheckpointIsOneOfThem() {
    for (const auto& systems : {table1Systems(), table2Systems()})
      for (const PaperSystem& system : systems) {
        NetworkSpec spec = system.spec(cityscapesClasses(), {256, 128});
        checkSpec(spec);
        spec.width = 0.5;
        spec.encoder = Encoder::released;
        std::string matching;
        for (const PaperSystem& other : systems)
          if (other.matches(spec)) matching += other.key;
        QCOMPARE(matching, std::string(system.key));
      }
  }

  void everyCombinationOfTable2IsPublished() {
    QCOMPARE(table2Systems().size(), std::size_t{7});
    for (const PaperSystem& system : table2Systems())
      QVERIFY2(!publishedTable2(system.key).empty(), system.key);
  }
};

QTEST_APPLESS_MAIN(TestPaperSystems)
#include "tst_paper_systems.moc"
