#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "core/results/result_store.h"
#include "ui/document/split_results.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const std::vector<StoredRun> kRuns{
    {0, "", "{}", "clean"},
    {1, "pgd", R"({"epsilon": 1.0, "objective": "multi-task"})", "Multi-task"},
    {2, "pgd", R"({"epsilon": 1.0, "objective": "semantic"})", "Semantic"}};

StoredResult result(std::int64_t run, std::int64_t image, const std::string& skipped = {}) {
  StoredResult one;
  one.run = run;
  one.image = image;
  one.skipped = skipped;
  if (!skipped.empty()) return one;
  ImageMeasures measures(*cityscapesClasses());
  measures.hasSegment = true;
  measures.confusion[0] = 100;
  measures.confusion[1] = 10 + 10 * run;
  one.measures[""] = measures;
  return one;
}

ResultStore storeOf(const fs::path& file, const std::string& planned, int images) {
  ResultStore store = ResultStore::create(file, {{"number of images", planned}, {"plan", "p"}}, {},
                                          *cityscapesClasses(), kRuns);
  for (int i = 0; i < images; ++i)
    store.addImage(i, "image " + std::to_string(i), "f" + std::to_string(i));
  return store;
}

}  // namespace

class TestSplitResults : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) { return folder_.filePath(name).toStdString(); }

 private Q_SLOTS:
  void saysOfHowManyImagesItIs() {
    const fs::path file = path("part.sqlite");
    ResultStore store = storeOf(file, "5", 2);
    SplitResults split(1, 0);
    QSignalSpy said(&split, &SplitResults::said);
    for (int run = 0; run < 2; ++run) store.put(result(run, 0));
    // The second attack has no image yet: bars would have gaps.
    split.show(file);
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("part.sqlite"));
    QVERIFY(split.figures().empty());
    QVERIFY(split.images().isEmpty());

    store.put(result(2, 0));
    split.show(file);
    QTRY_COMPARE(said.size(), 2);
    QCOMPARE(said[1][0].toString(), QString());
    QVERIFY(!split.figures().empty());
    QCOMPARE(split.images(), QString("1 of 5 images"));

    store.put(result(0, 1));
    store.put(result(1, 1));
    split.show(file);
    QTRY_COMPARE(said.size(), 3);
    QCOMPARE(split.images(), QString("1 to 2 of 5 images"));
    QCOMPARE(split.skipped(), QString());
  }

  void saysWhatItsBarsLeaveOut() {
    const fs::path file = path("skipped.sqlite");
    ResultStore store = storeOf(file, "2", 2);
    for (int image = 0; image < 2; ++image) {
      store.put(result(0, image));
      store.put(result(1, image));
      store.put(result(2, image, "no target"));
    }
    SplitResults split(1, 0);
    QSignalSpy said(&split, &SplitResults::said);
    split.show(file);
    QTRY_COMPARE(said.size(), 1);
    QCOMPARE(split.images(), QString("2 of 2 images"));
    QCOMPARE(split.skipped(), QString("Could not be measured: Semantic on 2 image(s)."));
  }

  void whatWasAskedForLastStays() {
    const fs::path first = path("first.sqlite"), second = path("second.sqlite");
    for (const auto& [file, images] : {std::pair{first, 3}, {second, 1}}) {
      ResultStore store = storeOf(file, "3", images);
      for (int image = 0; image < images; ++image)
        for (int run = 0; run < 3; ++run) store.put(result(run, image));
    }
    SplitResults split(1, 0);
    QSignalSpy changed(&split, &SplitResults::figuresChanged);
    split.show(first);
    split.show(second);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(split.images(), QString("1 of 3 images"));
    QCOMPARE(split.manifest("3a").find("image 2"), std::string::npos);
  }

  void aBrokenFileIsSaid() {
    SplitResults split(1, 0);
    QSignalSpy said(&split, &SplitResults::said);
    split.show(path("none.sqlite"));
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains("none.sqlite"));
    QVERIFY(said[0][1].toBool());
    QVERIFY(!split.running());
  }
};

QTEST_GUILESS_MAIN(TestSplitResults)
#include "tst_split_results.moc"
