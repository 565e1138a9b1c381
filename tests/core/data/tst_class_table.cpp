#include <QtTest>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/data/class_table.h"
#include "core/data/sample.h"

using namespace uninet;
using Json = nlohmann::json;

class TestClassTable : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void cityscapesHasItsClasses() {
    const ClassTable& table = *cityscapesClasses();
    QCOMPARE(table.semantic.size(), std::size_t{19});
    QCOMPARE(table.instance.size(), std::size_t{8});
    QCOMPARE(int(table.trainIdOfLabel(26)), 13);
    QCOMPARE(int(table.trainIdOfLabel(0)), int(kIgnoreLabel));
    QCOMPARE(int(table.trainIdOfLabel(255)), int(kIgnoreLabel));
    QCOMPARE(table.instanceOfLabel(24), 1);
    QCOMPARE(table.instanceOfLabel(7), 0);
    QCOMPARE(table.instance[7].trainId, 18);
    QCOMPARE(table.depthScale(), 80.0);
  }

  void nyuv2HasItsClasses() {
    const ClassTable& table = *nyuv2Classes();
    QCOMPARE(table.semantic.size(), std::size_t{40});
    QCOMPARE(table.instance.size(), std::size_t{40});
    QCOMPARE(table.semanticName(0), std::string("wall"));
    QCOMPARE(table.semanticName(23), std::string("refridgerator"));
    QCOMPARE(table.semanticName(39), std::string("otherprop"));
    QCOMPARE(int(table.trainIdOfLabel(1)), 0);
    QCOMPARE(int(table.trainIdOfLabel(40)), 39);
    QCOMPARE(int(table.trainIdOfLabel(0)), int(kIgnoreLabel));
    // Entries 1, 2, 3 and 15 of the palette of PASCAL VOC.
    QVERIFY(table.semantic[0].colour == cv::Vec3b(128, 0, 0));
    QVERIFY(table.semantic[1].colour == cv::Vec3b(0, 128, 0));
    QVERIFY(table.semantic[2].colour == cv::Vec3b(128, 128, 0));
    QVERIFY(table.semantic[14].colour == cv::Vec3b(192, 128, 128));
    QCOMPARE(table.depthScale(), 1.0);
  }

  void unknownNamesAreRefusedWithThoseThatThereAre() {
    try {
      cityscapesClasses()->instanceByName("road");
      QFAIL("road has no instances");
    } catch (const Error& error) {
      QVERIFY(QString(error.what()).contains("\"road\""));
      QVERIFY(QString(error.what()).contains("person, rider, car"));
    }
    QVERIFY_EXCEPTION_THROWN(cityscapesClasses()->semanticByName("sofa"), Error);
    QCOMPARE(cityscapesClasses()->instanceName(9), std::string("?"));
    QCOMPARE(cityscapesClasses()->semanticName(kIgnoreLabel), std::string("?"));
  }

  void tablesAreFoundBySize() {
    QCOMPARE(classesOfSize(19, 8), cityscapesClasses());
    QCOMPARE(classesOfSize(0, 8), cityscapesClasses());
    QCOMPARE(classesOfSize(40, 0), nyuv2Classes());
    QVERIFY(!classesOfSize(19, 40));
    QVERIFY(!classesOfSize(30, 0));
  }

  void tablesComeBackFromText() {
    for (const Classes& table : builtInClasses())
      QCOMPARE(unpackClasses(packClasses(*table), "x"), table);
    ClassTable own = *nyuv2Classes();
    own.key = "own";
    own.farthestMetres = 12.5;
    const Classes back = unpackClasses(packClasses(own), "x");
    QVERIFY(*back == own);
    QVERIFY(!sameClasses(back, nyuv2Classes()));
    QVERIFY(!sameClasses(nullptr, nullptr));
  }

  void damagedTablesAreRefused_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("value");
    QTest::newRow("no list") << "/semantic"
                             << "3";
    QTest::newRow("colour") << "/semantic/0/colour"
                            << "[1, 2]";
    QTest::newRow("train id") << "/instance/0/train_id"
                              << "19";
    QTest::newRow("negative train id") << "/instance/0/train_id"
                                       << "-1";
    QTest::newRow("range") << "/farthest_metres"
                           << "0";
    QTest::newRow("label id") << "/semantic/3/label_id"
                              << "300";
    QTest::newRow("channel") << "/semantic/3/colour/1"
                             << "256";
    QTest::newRow("one name twice") << "/semantic/3/name"
                                    << "\"road\"";
    QTest::newRow("network size") << "/network_size/0"
                                  << "500";
    QTest::newRow("no size") << "/network_size/0"
                             << "0";
    QTest::newRow("size") << "/network_size/1"
                          << "16416";
    QTest::newRow("no whole number") << "/semantic/3/label_id"
                                     << "1e300";
    QTest::newRow("activation") << "/depth_activation"
                                << "\"tanh\"";
  }
  void damagedTablesAreRefused() {
    const QFETCH(QString, path);
    const QFETCH(QString, value);
    Json json = Json::parse(packClasses(*cityscapesClasses()));
    json[Json::json_pointer(path.toStdString())] = Json::parse(value.toStdString());
    try {
      unpackClasses(json.dump(), "some file");
      QFAIL("it was taken");
    } catch (const Error& error) {
      QVERIFY2(QString(error.what()).startsWith("some file: the table of classes"), error.what());
    }
  }

  void deepTablesAreRefused() {
    const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
    QVERIFY_EXCEPTION_THROWN(unpackClasses("{\"key\":" + deep + "}", "some file"), Error);
  }

  void truthOfOtherClassesIsLeftOut() {
    Sample sample;
    sample.image = cv::Mat::zeros(4, 4, CV_8UC3);
    QVERIFY(withTruthOf(sample, nyuv2Classes()).notes.empty());
    sample.trainIds = cv::Mat::zeros(4, 4, CV_8U);
    QVERIFY(!withTruthOf(sample, cityscapesClasses()).trainIds.empty());
    const Sample without = withTruthOf(sample, nyuv2Classes());
    QVERIFY(without.trainIds.empty());
    QCOMPARE(without.classes, nyuv2Classes());
    QCOMPARE(without.notes.size(), std::size_t{1});
    QVERIFY(without.notes[0].find("NYUv2") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestClassTable)
#include "tst_class_table.moc"
