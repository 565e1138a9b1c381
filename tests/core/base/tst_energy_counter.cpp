#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#include "core/base/energy_counter.h"
#include "core/base/files.h"

using namespace uninet;

/// A folder in the layout of Linux's /sys/class/powercap.
class TestEnergyCounter : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  std::filesystem::path root_;

  void zone(const char* zone, const char* name, const char* energy, const char* range) {
    makeFolder(root_ / zone);
    writeTextFile(root_ / zone / "name", std::string(name) + "\n");
    if (energy[0] != '\0') set(zone, energy);
    writeTextFile(root_ / zone / "max_energy_range_uj", std::string(range) + "\n");
  }
  void set(const char* zone, const char* energy) {
    writeTextFile(root_ / zone / "energy_uj", std::string(energy) + "\n");
  }

 private Q_SLOTS:
  void init() {
    static int number = 0;
    root_ = folder_.filePath(QString::number(number++)).toStdString();
    makeFolder(root_);
  }

  // Two packages; cores and the platform are in or beside them and not counted again.
  void addsPackages() {
    zone("intel-rapl:0", "package-0", "1000000", "262143328850");
    zone("intel-rapl:0:0", "core", "500000", "262143328850");
    zone("intel-rapl:1", "package-1", "7", "262143328850");
    zone("intel-rapl:2", "psys", "123", "262143328850");
    makeFolder(root_ / "intel-rapl");
    EnergyCounter counter(root_);
    QVERIFY2(counter.readable(), counter.reason().c_str());
    QCOMPARE(counter.joules(), 0.0);
    set("intel-rapl:0", "3500000");
    set("intel-rapl:0:0", "2500000");
    set("intel-rapl:1", "1000007");
    set("intel-rapl:2", "9000000");
    QCOMPARE(counter.joules(), 3.5);
    QCOMPARE(counter.joules(), 3.5);
  }

  void wrapsAround() {
    zone("intel-rapl:0", "package-0", "9000000", "10000000");
    EnergyCounter counter(root_);
    set("intel-rapl:0", "500000");
    QCOMPARE(counter.joules(), 1.5);
    set("intel-rapl:0", "1500000");
    QCOMPARE(counter.joules(), 2.5);
  }

  void saysWhyNot() {
    const EnergyCounter none(root_ / "nowhere");
    QVERIFY(!none.readable());
    QVERIFY2(none.reason().find("there is no " + (root_ / "nowhere").string()) != std::string::npos,
             none.reason().c_str());
    const EnergyCounter empty(root_);
    QVERIFY2(empty.reason().find("no package in") != std::string::npos, empty.reason().c_str());
    // Root may read everything: a file that is not there stands for one that cannot be read.
    zone("intel-rapl:0", "package-0", "", "1");
    EnergyCounter locked(root_);
    QVERIFY2(locked.reason().find("energy_uj cannot be read") != std::string::npos,
             locked.reason().c_str());
    QVERIFY(std::isnan(locked.joules()));
  }

  void saysWhenItEnds() {
    zone("intel-rapl:0", "package-0", "1", "100");
    EnergyCounter counter(root_);
    std::filesystem::remove(root_ / "intel-rapl:0" / "energy_uj");
    QVERIFY(std::isnan(counter.joules()));
    QVERIFY2(counter.reason().find("can no longer be read") != std::string::npos,
             counter.reason().c_str());
  }
};

QTEST_APPLESS_MAIN(TestEnergyCounter)
#include "tst_energy_counter.moc"
