#include <QtTest>

#include "core/base/error.h"
#include "core/data/label_kind.h"
#include "core/data/class_table.h"

using namespace uninet;

class TestLabelKind : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void judgesByTheValues_data() {
    QTest::addColumn<QList<int>>("counts");  // value, pixels, value, pixels, …
    QTest::addColumn<bool>("trainIds");
    QTest::addColumn<QString>("note");
    const auto row = [](const char* name, const QList<int>& counts, bool trainIds,
                        const char* note) { QTest::newRow(name) << counts << trainIds << note; };
    row("label ids", {7, 50, 11, 20, 23, 10, 26, 5, 3, 5}, false, "");
    row("label ids, void 255", {7, 50, 11, 20, 23, 10, 255, 20}, false, "");
    row("label ids below 19, void 255", {7, 50, 8, 10, 11, 20, 255, 20}, false, "");
    row("label ids below 19", {1, 5, 3, 5, 7, 50, 8, 10, 11, 20, 17, 3}, false, "");
    row("train ids", {0, 40, 1, 10, 2, 20, 8, 15, 10, 8, 13, 5, 255, 10}, true, "as train ids");
    row("train ids without 255", {0, 40, 1, 10, 2, 20, 8, 15, 10, 8, 13, 5}, true, "as train ids");
    row("train ids, void 19", {0, 40, 2, 20, 8, 15, 10, 8, 13, 5, 19, 10}, true, "as train ids");
    row("test split", {0, 90, 1, 5, 2, 1, 3, 4}, false, "do not decide");
    row("void only", {255, 100}, false, "do not decide");
    row("between", {7, 60, 0, 40}, false, "do not decide");
    row("nothing", {}, false, "do not decide");
  }
  void judgesByTheValues() {
    const QFETCH(QList<int>, counts);
    const QFETCH(bool, trainIds);
    const QFETCH(QString, note);
    LabelCounts found{};
    for (int i = 0; i < counts.size(); i += 2)
      found[static_cast<std::size_t>(counts[i])] = counts[i + 1];
    const LabelVerdict verdict = judgeLabels(found);
    QCOMPARE(verdict.kind == LabelKind::trainIds, trainIds);
    QVERIFY2(
        note.isEmpty() ? verdict.note.empty() : QString::fromStdString(verdict.note).contains(note),
        verdict.note.c_str());
  }

  void trainIdsBecomeLabelIds() {
    cv::Mat trainIds(1, 256, CV_8U);
    for (int value = 0; value < 256; ++value)
      trainIds.at<std::uint8_t>(value) = static_cast<std::uint8_t>(value);
    const cv::Mat labels = labelsFromTrainIds(trainIds);
    for (int value = 0; value < 256; ++value) {
      const int label = labels.at<std::uint8_t>(value);
      if (value < 19)
        QCOMPARE(cityscapesClasses()->trainIdOfLabel(label), static_cast<std::uint8_t>(value));
      else
        QCOMPARE(label, 0);
    }
  }

  void choices() {
    QVERIFY(parseLabelChoice("auto") == LabelChoice::automatic);
    QVERIFY(parseLabelChoice("train-ids") == LabelChoice::trainIds);
    QVERIFY_EXCEPTION_THROWN(parseLabelChoice("ids"), Error);
  }
};

QTEST_APPLESS_MAIN(TestLabelKind)
#include "tst_label_kind.moc"
