#include <QtTest>
#include <cmath>

#include "core/base/card_energy.h"

using namespace uninet;

class TestCardEnergy : public QObject {
  Q_OBJECT
  const std::string library_ = UNINET_STAND_IN_NVML "/nvml_now.so";

 private Q_SLOTS:
  void countsFromItsBeginning() {
    qputenv("STAND_IN_MILLIJOULES", "8123456789012");
    CardEnergy energy("0000:65:00.0", library_);
    QCOMPARE(energy.reason(), std::string());
    QCOMPARE(energy.joules(), 0.0);
    qputenv("STAND_IN_MILLIJOULES", "8123456791512");
    QCOMPARE(energy.joules(), 2.5);
  }

  void saysWhyNot() {
    qputenv("STAND_IN_MILLIJOULES", "1");
    const std::string unknown = "the card's energy is not known: ";
    CardEnergy other("0000:66:00.0", library_);
    QCOMPARE(other.reason(), unknown + "Not Found");
    QVERIFY(std::isnan(other.joules()));
    CardEnergy missing("0000:65:00.0", "/nowhere/libnvidia-ml.so.1");
    QCOMPARE(missing.reason(), unknown + "/nowhere/libnvidia-ml.so.1 cannot be loaded");
    QVERIFY(std::isnan(missing.joules()));
    const std::string old = UNINET_STAND_IN_NVML "/nvml_old.so";
    QCOMPARE(CardEnergy("0000:65:00.0", old).reason(), unknown + old + " is too old");
  }

  void mayEnd() {
    qputenv("STAND_IN_MILLIJOULES", "1000");
    CardEnergy energy("0000:65:00.0", library_);
    qunsetenv("STAND_IN_MILLIJOULES");
    QVERIFY(std::isnan(energy.joules()));
    QCOMPARE(energy.reason(),
             std::string("the card's energy can no longer be read: Not Supported"));
    QVERIFY(std::isnan(energy.joules()));
    qputenv("STAND_IN_MILLIJOULES", "1000");
    QVERIFY2(std::isnan(energy.joules()), "what was lost meanwhile would be missing");
  }
};

QTEST_APPLESS_MAIN(TestCardEnergy)
#include "tst_card_energy.moc"
