#include <QtTest>

#include <array>
#include <cmath>
#include <set>

#include "core/outputs/object_matches.h"

using namespace uninet;

namespace {

Detection detection(float x, float y, float size, int classId, float score) {
  Detection d;
  d.box = {x, y, x + size, y + size};
  d.classId = classId;
  d.score = score;
  return d;
}

Prediction prediction(std::vector<Detection> detections) {
  Prediction p;
  p.image = cv::Mat::zeros(100, 200, CV_8UC3);
  p.detections = std::move(detections);
  return p;
}

Instance instance(int x, int y, int size, int classId) {
  Instance i;
  i.box = {1.f * x, 1.f * y, 1.f * x + size, 1.f * y + size};
  i.classId = classId;
  i.mask = cv::Mat::ones(size, size, CV_8U);
  i.depthMetres = 12;
  return i;
}

}  // namespace

class TestObjectMatches : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void withoutAttack() {
    const Prediction clean =
        prediction({detection(0, 0, 20, 1, .9f), detection(50, 0, 20, 3, .3f)});
    const auto matches = matchObjects(clean, nullptr, nullptr, 0.4);
    QCOMPARE(matches.size(), std::size_t{1});
    QCOMPARE(matches[0].number, 0);
    QCOMPARE(matches[0].change, ObjectChange::same);
    QCOMPARE(matches[0].attacked, -1);
  }

  void saysWhatBecameOfEach() {
    const Prediction clean = prediction({detection(0, 0, 20, 1, .9f),      // stays
                                         detection(50, 0, 20, 3, .8f),     // becomes a 1
                                         detection(100, 0, 20, 2, .7f),    // moves by 5: IoU 0.6
                                         detection(150, 0, 20, 2, .6f)});  // goes
    const Prediction attacked =
        prediction({detection(50, 0, 20, 1, .9f), detection(0, 1, 20, 1, .8f),
                    detection(105, 0, 20, 2, .7f), detection(0, 60, 20, 4, .6f)});  // comes
    Sample truth;
    truth.instances = {instance(0, 0, 20, 1), instance(0, 60, 20, 4), instance(60, 60, 20, 5)};
    Instance crowd = instance(150, 60, 20, 5);
    crowd.crowd = true;
    truth.instances.push_back(crowd);
    const auto matches = matchObjects(clean, &attacked, &truth, 0.4);
    QCOMPARE(matches.size(), std::size_t{6});
    const std::vector<std::array<int, 4>> expected{{0, 0, 1, 0},   {1, 1, 0, -1}, {2, 2, 2, -1},
                                                   {3, 3, -1, -1}, {7, -1, 3, 1}, {10, -1, -1, 2}};
    const std::vector<ObjectChange> changes{ObjectChange::same,  ObjectChange::renamed,
                                            ObjectChange::moved, ObjectChange::lost,
                                            ObjectChange::fresh, ObjectChange::unseen};
    for (std::size_t i = 0; i < matches.size(); ++i) {
      const std::array<int, 4> found{matches[i].number, matches[i].clean, matches[i].attacked,
                                     matches[i].truth};
      QCOMPARE(found, expected[i]);
      QCOMPARE(matches[i].change, changes[i]);
    }
    QCOMPARE(attackedNumbers(matches, clean, attacked), (std::vector<int>{1, 0, 2, 7}));
  }

  void theSameClassComesFirst() {
    // The car lies more exactly on the person's place, but the person is still there.
    const Prediction clean = prediction({detection(0, 0, 20, 1, .9f)});
    const Prediction attacked =
        prediction({detection(0, 0, 20, 3, .9f), detection(2, 0, 20, 1, .5f)});
    const auto matches = matchObjects(clean, &attacked, nullptr, 0.4);
    QCOMPARE(matches[0].attacked, 1);
    QCOMPARE(matches[0].change, ObjectChange::same);
    QCOMPARE(matches[1].change, ObjectChange::fresh);
  }

  void equalOverlapsGoByScore() {
    const Prediction clean = prediction({detection(10, 0, 20, 1, .9f)});
    const Prediction attacked =
        prediction({detection(12, 0, 20, 1, .5f), detection(8, 0, 20, 1, .7f)});
    QCOMPARE(matchObjects(clean, &attacked, nullptr, 0.4)[0].attacked, 1);
  }

  void objectsKeepTheirNumbers() {
    const Prediction clean =
        prediction({detection(10, 10, 30, 1, .9f), detection(60, 20, 40, 3, .5f)});
    Prediction attacked = clean;
    std::swap(attacked.detections[0], attacked.detections[1]);
    attacked.detections.push_back(detection(0, 0, 8, 2, .45f));
    attacked.detections[0].box.x0 += 3;
    const auto numbers = [&](const Prediction& other, double threshold) {
      return attackedNumbers(matchObjects(clean, &other, nullptr, threshold), clean, other);
    };
    QCOMPARE(numbers(attacked, 0.4), (std::vector<int>{1, 0, 4}));
    QCOMPARE(numbers(clean, 0.4), (std::vector<int>{0, 1}));
    // One that is not drawn takes no number of the clean image, and no other loses its own.
    QCOMPARE(numbers(attacked, 0.6), (std::vector<int>{2, 0, 4}));
  }

  /// Brute force over all assignments is small enough here: no same-class pair that overlaps is
  /// left unmatched on both sides.
  void leavesNoPairBehind() {
    cv::RNG random(7);
    for (int round = 0; round < 200; ++round) {
      const auto draw = [&] {
        std::vector<Detection> list;
        for (int i = random.uniform(0, 9); i > 0; --i)
          list.push_back(detection(random.uniform(0, 40), random.uniform(0, 40),
                                   random.uniform(10, 30), random.uniform(1, 4),
                                   random.uniform(0.f, 1.f)));
        return prediction(list);
      };
      const Prediction clean = draw(), attacked = draw();
      const auto matches = matchObjects(clean, &attacked, nullptr, 0.4);
      std::set<int> seen;
      for (const ObjectMatch& a : matches) {
        QVERIFY(seen.insert(a.number).second);
        for (const ObjectMatch& b : matches)
          if (a.change == ObjectChange::lost && b.change == ObjectChange::fresh)
            QVERIFY(iou(clean.detections[static_cast<std::size_t>(a.clean)].box,
                        attacked.detections[static_cast<std::size_t>(b.attacked)].box) < 0.5f);
      }
    }
  }

  void numbersOfAnObject() {
    Prediction clean = prediction({detection(10, 10, 20, 1, .9f)});
    clean.detections[0].depthMetres = 11;
    clean.detections[0].mask = cv::Mat::ones(28, 28, CV_32F);
    clean.depthMetres = cv::Mat(100, 200, CV_32F, cv::Scalar(30));
    clean.depthMetres(cv::Rect(10, 10, 20, 20)).setTo(8);
    Sample truth;
    truth.instances = {instance(15, 10, 20, 1)};
    truth.depthMetres = cv::Mat(100, 200, CV_32F, cv::Scalar(-1));
    truth.depthMetres(cv::Rect(20, 12, 1, 1)).setTo(9);
    truth.depthMetres(cv::Rect(21, 12, 1, 1)).setTo(10);
    const auto rows = objectRows(matchObjects(clean, nullptr, &truth, 0.4), clean, nullptr, &truth);
    QCOMPARE(rows.size(), std::size_t{1});
    QCOMPARE(rows[0].clean.className, std::string("person"));
    QCOMPARE(rows[0].clean.aspect, 1.0);
    QCOMPARE(rows[0].clean.depthMetres, 8.0);
    QCOMPARE(rows[0].clean.instDepthMetres, 11.0);
    // 15 of 20 columns in common: 300 / (400 + 400 − 300).
    QCOMPARE(rows[0].clean.maskIou, 300.0 / 500.0);
    QCOMPARE(rows[0].truth.depthMetres, 9.5);
    QCOMPARE(rows[0].truth.instDepthMetres, 12.0);
    QVERIFY(rows[0].attacked.className.empty());
    QVERIFY(std::isnan(rows[0].attacked.score));
  }
};

QTEST_GUILESS_MAIN(TestObjectMatches)
#include "tst_object_matches.moc"
