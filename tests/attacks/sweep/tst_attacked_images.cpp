// Attacked splits written as trees, and measured again as if somebody else had made them.
#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "attacks/sweep/compare.h"
#include "attacks/sweep/sweep.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/pictures.h"
#include "core/base/sha256.h"
#include "core/data/cityscapes_writer.h"
#include "core/results/attacked_trees.h"
#include "core/results/figures.h"
#include "core/streetscape/streetscape.h"
#include "support/small_engine.h"
#include "support/toy_data.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

const cv::Size kSize{256, 128}, kFrameSize{512, 256};
constexpr std::size_t kImages = 3;

SweepPlan plan() {
  SweepPlan plan = planFromJson(R"({"name": "small", "arithmetic-check": 0, "attacks": [
    {"attack": "pgd", "options": {"objective": "seg", "epsilon": 2}},
    {"attack": "noise-sign"}]})",
                                "plan");
  plan.keepImages = true;
  return plan;
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

/// Everything that is measured of a run, as bytes.
std::map<std::int64_t, std::string> bytesOf(const ResultStore& store, std::int64_t run) {
  std::map<std::int64_t, std::string> bytes;
  for (const auto& [image, measures] : store.measures(run)) bytes[image] = packMeasures(measures);
  return bytes;
}

}  // namespace

class TestAttackedImages : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  Engine engine_;
  std::unique_ptr<Dataset> clean_;
  fs::path root_, tree_;  ///< of all runs, and of the first one

  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void initTestCase() {
    configureCompute(1);
    engine_ = smallEngine(kSize, true);
    writeCityscapes(*openStreetscape("val", kImages, 1, kFrameSize), path("data"), "val", "town", 1,
                    {});
    clean_ = openDataset(path("data"), "val");
    runSweep(engine_, *clean_, plan(), 0, path("sweep.sqlite"), {});
    root_ = path("images");
    const auto folders =
        writeAttackedTrees(ResultStore::open(path("sweep.sqlite")), *clean_, "val", root_, {});
    QCOMPARE(folders.size(), std::size_t{2});
    tree_ = folders[0];
    QCOMPARE(tree_.filename().string(), std::string("01-pgd-seg-2"));
  }

  void treesHoldWhatWasEvaluated() {
    const ResultStore store = ResultStore::open(path("sweep.sqlite"));
    const auto note = nlohmann::json::parse(readTextFile(tree_ / "attack.json"));
    QCOMPARE(note["attack"].get<std::string>(), std::string("pgd"));
    QCOMPARE(note["options"]["epsilon"].get<double>(), 2.0);
    QCOMPARE(note["about"]["checkpoint"].get<std::string>(), engine_.identity());
    QCOMPARE(note["images"].size(), kImages);
    const auto attacked = openDataset(tree_, "val");
    QCOMPARE(attacked->size(), kImages);
    for (std::size_t i = 0; i < kImages; ++i) {
      const auto image = static_cast<std::int64_t>(i);
      const std::string name = clean_->name(i);
      const fs::path file = tree_ / note["images"][i]["file"].get<std::string>();
      QCOMPARE(file.filename().string(), name + "_leftImg8bit.png");
      QCOMPARE(note["images"][i]["sha256"].get<std::string>(), sha256OfFile(file));
      const cv::Mat kept = store.picture(1, image, kAttackedImage);
      QVERIFY(same(readImage(file), kept));
      const RawFrame before = clean_->load(i), frame = attacked->load(i);
      QVERIFY(!same(kept, resizeSample(makeSample(before), kSize).image));
      // Ground truth is linked, not copied, and what the network sees is the image of the attack.
      const fs::path link = tree_ / "gtFine/val/town" / (name + "_gtFine_labelIds.png");
      QVERIFY(fs::is_symlink(link));
      QVERIFY(fs::equivalent(link, path("data") / "gtFine/val/town" / link.filename()));
      QVERIFY(same(frame.labelIds, before.labelIds));
      QVERIFY(same(frame.disparity, before.disparity));
      QCOMPARE(frame.image.size(), kFrameSize);
      QVERIFY(same(resizeSample(makeSample(frame), kSize).image, kept));
    }
  }

  // The sweep's own numbers, to the last bit; of the run that attack.json names.
  void comparedLikeTheSweep() {
    const auto attacked = openDataset(tree_, "val");
    const auto run = attackOfTree(tree_);
    QVERIFY(run.has_value());
    const CompareSummary found =
        runCompare(engine_, *clean_, *attacked, *run, 0, path("compare.sqlite"), {});
    QCOMPARE(found.images, kImages);
    QCOMPARE(found.measured, kImages);
    // A second call has nothing to do.
    QCOMPARE(runCompare(engine_, *clean_, *attacked, *run, 0, path("compare.sqlite"), {}).measured,
             std::size_t{0});
    const ResultStore swept = ResultStore::open(path("sweep.sqlite"));
    const ResultStore compared = ResultStore::open(path("compare.sqlite"));
    for (const std::int64_t id : {0, 1}) {
      QCOMPARE(bytesOf(compared, id).size(), kImages);
      QVERIFY(bytesOf(compared, id) == bytesOf(swept, id));
    }
    QCOMPARE(compared.facts(1).at(0).norms.linf, swept.facts(1).at(0).norms.linf);
    const SweepReport report = reportOf(compared, {50, 0}, {});
    QVERIFY(report.find("pgd", {{"objective", "seg"}, {"epsilon", "2"}}) != nullptr);
    QVERIFY(!tablesOf(report).empty());
  }

  // Of somebody who says nothing, in the size of the clean images: all black.
  void comparedFromOutside() {
    fs::create_directories(path("black"));
    for (std::size_t i = 0; i + 1 < kImages; ++i)
      writePng(path("black") / (clean_->name(i) + ".png"), cv::Mat::zeros(kFrameSize, CV_8UC3));
    const auto black = openDataset(path("black"), "val");
    QVERIFY(!attackOfTree(path("black")).has_value());
    const CompareSummary found = runCompare(
        engine_, *clean_, *black, {1, kOutsideAttack, "{}", "black"}, 0, path("black.sqlite"), {});
    QCOMPARE(found.images, kImages - 1);
    QCOMPARE(found.leftOut.size(), std::size_t{1});
    QCOMPARE(found.leftOut[0].first, clean_->name(kImages - 1));
    const ResultStore store = ResultStore::open(path("black.sqlite"));
    Sample sample = resizeSample(makeSample(clean_->load(0)), kSize);
    sample.image = cv::Mat::zeros(kSize, CV_8UC3);
    const Engine::Evaluated expected = engine_.evaluate(sample);
    QCOMPARE(bytesOf(store, 1).at(0),
             packMeasures(measureImage(makeSample(clean_->load(0)), sample, expected.prediction,
                                       expected.instanceDepth, expected.classLosses)));
    const SweepReport report = reportOf(store, {50, 0}, {});
    QCOMPARE(report.runs.size(), std::size_t{1});
    for (const Figure& figure : figuresOf(report, store)) QVERIFY(!figureCsv(figure).empty());
    tablesOf(report);
    reportCsv(report);
  }

  void badComparisonsAreNamed() {
    fs::create_directories(path("small"));
    writePng(path("small") / (clean_->name(0) + ".png"), cv::Mat::zeros(100, 200, CV_8UC3));
    const auto small = openDataset(path("small"), "val");
    const StoredRun run{1, kOutsideAttack, "{}", "x"};
    const QString text =
        messageOf([&] { runCompare(engine_, *clean_, *small, run, 0, path("small.sqlite"), {}); });
    QVERIFY2(text.contains("have no image that can be compared"), qPrintable(text));
    QVERIFY2(text.contains("found 100x200"), qPrintable(text));
    writeTextFile(path("small") / "attack.json", "{\"attack\": 3}");
    QVERIFY(messageOf([&] { attackOfTree(path("small")); }).contains("attack.json cannot be read"));
    const QString toys = messageOf([&] { requireTreeData(ToyData(2, kSize)); });
    QVERIFY2(toys.contains("Toys is labelled with the classes of Toys"), qPrintable(toys));
  }

  // Results without images get them from the same sweep, and no other number.
  void imagesAreAddedLater() {
    SweepPlan without = plan();
    without.keepImages = false;
    const fs::path file = path("later.sqlite");
    runSweep(engine_, *clean_, without, 0, file, {});
    const std::string before = reportJson(reportOf(ResultStore::open(file), {50, 0}, {}));
    QVERIFY(ResultStore::open(file).imagesWithPicture(1, kAttackedImage).empty());
    QCOMPARE(runSweep(engine_, *clean_, plan(), 0, file, {}).pairs, 2 * kImages);
    {  // who reads the file holds up who writes it
      const ResultStore after = ResultStore::open(file),
                        first = ResultStore::open(path("sweep.sqlite"));
      for (const std::int64_t run : {1, 2}) {
        QCOMPARE(after.imagesWithPicture(run, kAttackedImage).size(), kImages);
        QVERIFY(same(after.picture(run, 2, kAttackedImage), first.picture(run, 2, kAttackedImage)));
        QVERIFY(bytesOf(after, run) == bytesOf(first, run));
      }
    }
    QCOMPARE(reportJson(reportOf(ResultStore::open(file), {50, 0}, {})), before);
    QCOMPARE(runSweep(engine_, *clean_, plan(), 0, file, {}).pairs, std::size_t{0});
  }

  void writtenOnce() {
    const ResultStore store = ResultStore::open(path("sweep.sqlite"));
    const fs::path picture =
        tree_ / "leftImg8bit/val/town" / (clean_->name(0) + "_leftImg8bit.png");
    const auto time = fs::last_write_time(picture);
    const std::string note = readTextFile(tree_ / "attack.json");
    fs::remove(tree_ / "leftImg8bit/val/town" / (clean_->name(1) + "_leftImg8bit.png"));
    writeAttackedTrees(store, *clean_, "val", root_, {});
    QCOMPARE(fs::last_write_time(picture), time);
    QCOMPARE(readTextFile(tree_ / "attack.json"), note);
    QCOMPARE(openDataset(tree_, "val")->size(), kImages);
    // Into the images of another sweep nothing is mixed.
    SweepPlan other = plan();
    other.runs.pop_back();
    runSweep(engine_, *clean_, other, 0, path("other.sqlite"), {});
    const QString text = messageOf([&] {
      writeAttackedTrees(ResultStore::open(path("other.sqlite")), *clean_, "val", root_, {});
    });
    QVERIFY2(text.contains("holds images of other results"), qPrintable(text));
    const QString images = messageOf([&] {
      writeAttackedTrees(store, *openStreetscape("val", kImages, 2, kSize), "val", path("x"), {});
    });
    QVERIFY2(images.contains("give the data that was attacked"), qPrintable(images));
  }

  // Data that lies in no tree is written as one, once, and linked within the folder.
  void renderedDataGetsATree() {
    const auto data = openStreetscape("val", kImages, 1, kSize);
    runSweep(engine_, *data, plan(), 2, path("rendered.sqlite"), {});
    writeAttackedTrees(ResultStore::open(path("rendered.sqlite")), *data, "val", path("before"),
                       {});
    fs::rename(path("before"), path("moved"));
    const auto clean = openDataset(path("moved") / "clean", "val");
    const auto attacked = openDataset(path("moved") / "02-noise-sign-1", "val");
    QCOMPARE(clean->size(), std::size_t{2});
    QCOMPARE(attacked->size(), std::size_t{2});
    for (std::size_t i = 0; i < 2; ++i) {
      QVERIFY(same(clean->image(i), data->image(i)));
      const RawFrame frame = attacked->load(i), before = data->load(i);
      QVERIFY(same(frame.labelIds, before.labelIds));
      QVERIFY(same(frame.instanceIds, before.instanceIds));
      QVERIFY(!same(frame.image, before.image));
    }
  }
};

QTEST_GUILESS_MAIN(TestAttackedImages)
#include "tst_attacked_images.moc"
