#include <QtTest>
#include <array>
#include <cmath>
#include <map>
#include <thread>

#include "core/data/class_table.h"
#include "core/data/dataset.h"
#include "core/data/sample.h"
#include "core/streetscape/scene.h"
#include "core/streetscape/streetscape.h"

using namespace uninet;

namespace {

std::uint64_t hashOf(const cv::Mat& map, std::uint64_t hash) {
  for (int y = 0; y < map.rows; ++y)
    for (std::size_t i = 0; i < static_cast<std::size_t>(map.cols) * map.elemSize(); ++i)
      hash = (hash ^ map.ptr<uchar>(y)[i]) * 1099511628211ull;
  return hash;
}

std::uint64_t hashOf(const RawFrame& frame) {
  std::uint64_t hash = 14695981039346656037ull;
  for (const cv::Mat& map : {frame.image, frame.labelIds, frame.instanceIds, frame.disparity})
    hash = hashOf(map, hash);
  return hash;
}

}  // namespace

class TestStreetscape : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void defaultScenesAreOnePlace() {
    const auto found = openDefaultStreetscape("val", {256, 128});
    QCOMPARE(found->size(), kStreetscapeScenes);
    QCOMPARE(hashOf(found->load(2)), hashOf(openStreetscape("val", 200, 1, {256, 128})->load(2)));
  }

  void sameBytesWhateverThreadsAndOrder() {
    const auto data = openStreetscape("train", 8, 5, {256, 128});
    std::array<std::uint64_t, 8> alone{}, together{};
    for (std::size_t i = 0; i < 8; ++i) alone[7 - i] = hashOf(data->load(7 - i));
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (std::size_t i = t; i < 8; i += 4) together[i] = hashOf(data->load(i));
      });
    for (std::thread& thread : threads) thread.join();
    QCOMPARE(together, alone);
    QCOMPARE(hashOf(openStreetscape("train", 100, 5, {256, 128})->load(3)), alone[3]);
  }

  void splitsAndSeedsDiffer() {
    std::map<std::uint64_t, QString> seen;
    for (const char* split : {"train", "val", "test"})
      for (const std::uint64_t seed : {1u, 2u})
        for (std::size_t i = 0; i < 2; ++i)
          seen[hashOf(openStreetscape(split, 2, seed, {256, 128})->load(i))] = split;
    QCOMPARE(seen.size(), std::size_t{12});
  }

  // The ground is a plane whose place follows from the camera file: the depth of a road pixel is
  // where its ray meets it. Compared as disparity: half a pixel at most.
  void depthReprojects() {
    const auto data = openStreetscape("val", 3, 1, {512, 256});
    std::int64_t compared = 0;
    for (std::size_t i = 0; i < data->size(); ++i) {
      const RawFrame frame = data->load(i);
      const Camera& c = frame.camera;
      const streetscape::View view(c);
      for (int y = 0; y < frame.labelIds.rows; ++y)
        for (int x = 0; x < frame.labelIds.cols; ++x) {
          if (frame.labelIds.at<uchar>(y, x) != 7) continue;
          const int raw = frame.disparity.at<std::uint16_t>(y, x);
          if (raw == 0) continue;
          const double slope = view.ray(x + 0.5, y + 0.5).y;
          if (slope >= 0) continue;
          const double metres = c.z / -slope;  // the ray has length 1 along the optical axis
          const double disparity = c.fx * c.baseline / metres;
          QVERIFY2(std::abs((raw - 1) / 256.0 - disparity) <= 0.5,
                   qPrintable(QString("%1,%2: %3 px, expected %4")
                                  .arg(x)
                                  .arg(y)
                                  .arg((raw - 1) / 256.0)
                                  .arg(disparity)));
          ++compared;
        }
    }
    QVERIFY(compared > 50000);
  }

  void labelsAgreeWithInstances() {
    const auto data = openStreetscape("val", 6, 1, {512, 256});
    for (std::size_t i = 0; i < data->size(); ++i) {
      const RawFrame frame = data->load(i);
      for (int y = 0; y < frame.labelIds.rows; ++y)
        for (int x = 0; x < frame.labelIds.cols; ++x) {
          const int label = frame.labelIds.at<uchar>(y, x);
          const int id = frame.instanceIds.at<std::uint16_t>(y, x);
          QCOMPARE(id >= 1000 ? id / 1000 : id, label);
          if (id >= 1000) QVERIFY(cityscapesClasses()->instanceOfLabel(label) != 0);
        }
    }
  }

  void anyFiftyScenesShowAllClasses_data() {
    QTest::addColumn<QString>("split");
    QTest::addColumn<int>("seed");
    QTest::newRow("val, 1") << "val" << 1;
    QTest::newRow("train, 1") << "train" << 1;
    QTest::newRow("train, 77") << "train" << 77;
  }
  void anyFiftyScenesShowAllClasses() {
    const QFETCH(QString, split);
    const QFETCH(int, seed);
    const auto data =
        openStreetscape(split.toStdString(), 50, static_cast<std::uint64_t>(seed), {512, 256});
    std::array<std::int64_t, 19> pixels{};
    std::array<std::int64_t, 9> objects{};
    for (std::size_t i = 0; i < data->size(); ++i) {
      const Sample sample = makeSample(data->load(i));
      for (auto it = sample.trainIds.begin<uchar>(); it != sample.trainIds.end<uchar>(); ++it)
        if (*it < 19) ++pixels[*it];
      for (const Instance& instance : sample.instances)
        if (!instance.crowd) ++objects[static_cast<std::size_t>(instance.classId)];
    }
    QString line;
    for (std::size_t id = 0; id < 19; ++id) {
      QVERIFY2(pixels[id] > 0, cityscapesClasses()->semantic[id].name.c_str());
      line += QString("%1 %2 %  ")
                  .arg(cityscapesClasses()->semantic[id].name.c_str())
                  .arg(100.0 * static_cast<double>(pixels[id]) / (50.0 * 512 * 256), 0, 'f', 2);
    }
    for (std::size_t c = 1; c <= 8; ++c)
      QVERIFY2(objects[c] > 0, cityscapesClasses()->instance[c - 1].name.c_str());
    qInfo("%s", qPrintable(line));
  }
};

QTEST_APPLESS_MAIN(TestStreetscape)
#include "tst_streetscape.moc"
