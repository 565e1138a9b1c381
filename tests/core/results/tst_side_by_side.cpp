#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/results/side_by_side.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Texts = std::vector<std::string>;

const StoredRun kClean{0, "", "{}", "clean"};

StoredRun pgd(std::int64_t id, const std::string& objective, int seed = 0, double epsilon = 1,
              const std::string& title = {}) {
  const Json options{{"objective", objective}, {"epsilon", epsilon}, {"seed", seed}};
  StoredRun run{id, "pgd", options.dump(), title.empty() ? objective : title};
  if (seed != 0) run.changed["seed"] = std::to_string(seed);
  return run;
}

StoredRun hiding(std::int64_t id, const char* attack) {
  return {id, attack, R"({"category":"person","epsilon":2.0})", attack};
}

/// A results file as a test wants it.
struct Made {
  std::string title, checkpoint;
  std::vector<StoredRun> runs;
  double damage = 0.1;  ///< of each run, times its id
  Classes classes = cityscapesClasses();
  std::int64_t images = 4;
  Texts levels{};                        ///< with drift, of hiding runs
  std::vector<std::int64_t> pictures{};  ///< of these images, of hiding runs and the clean one

  ImageMeasures measures(std::int64_t run, std::int64_t image) const {
    ImageMeasures m(*classes);
    m.hasSegment = m.hasDepth = true;
    const double kept = 0.9 - damage * static_cast<double>(run);
    m.confusion[0] = std::lround(1000 * kept) + image;
    m.confusion[1] = std::lround(1000 * (1 - kept));
    m.depthRmse = 2 - kept;
    m.depthSquares = 4;
    m.depthPixels = 1;
    return m;
  }

  fs::path write(const fs::path& file) const {
    ResultStore store = ResultStore::create(
        file, {{"checkpoint", checkpoint}, {"plan", title}, {"number of images", "4"}},
        {{"checkpoint file", title}, {"data", "Streetscape"}}, *classes, runs);
    for (std::int64_t image = 0; image < images; ++image) {
      store.addImage(image, concat("image ", image), concat("f", image));
      for (const StoredRun& run : runs) {
        StoredResult one;
        one.run = run.id;
        one.image = image;
        one.measures[""] = measures(run.id, image);
        if (run.attack.starts_with("hide"))
          for (const std::string& level : levels) one.facts.levels.push_back({level, 0.25, 0.5});
        const bool pictured = run.id == 0 || run.attack.starts_with("hide");
        if (pictured && std::find(pictures.begin(), pictures.end(), image) != pictures.end())
          for (const char* kind : {"input", "inst_seg", "segment", "depth"})
            one.pictures[kind] = cv::Mat(4, 8, CV_8UC3, cv::Scalar(1, 2, 3));
        store.put(one);
      }
    }
    return file;
  }
};

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

std::string joined(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + "\n";
  return all;
}

Claim claimOf(Verdict verdict) {
  Claim claim{
      "A statement.", "\u00a75", {{"OD: a 0.8 > b 0.6", estimateOf(0.2, {}, false), verdict}},
      verdict,        0.01,      0.03};
  return claim;
}

/// Panels of bars with two groups, so many of them.
Figure barFigure(double width, int columns, int panels) {
  Figure figure{"x", "X", width, 100, columns, {}};
  for (int p = 0; p < panels; ++p) {
    BarPanel bars;
    bars.title = concat("panel ", p);
    bars.groups = {"a", "b"};
    bars.series = {"s"};
    bars.values = {{{0.5, 0.4, 0.6}, {0.25, 0.2, 0.3}}};
    figure.panels.emplace_back(bars);
  }
  return figure;
}

}  // namespace

class TestSideBySide : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / (name + ".sqlite");
  }
  const std::vector<StoredRun> groups_{kClean, pgd(1, "multi-task"), pgd(2, "semantic"),
                                       pgd(3, "geometric")};

  static SideBySide opened(const std::vector<fs::path>& files, const Texts& labels = {}) {
    SideBySide side = openSideBySide(files, labels);
    for (NetworkResults& network : side.networks)
      network.report = reportOf(network.store, {20, 0}, {});
    return side;
  }

 private Q_SLOTS:
  void runsGoByAttackAndOptions() {
    const fs::path a = Made{
        "UniNet",
        "a",
        {kClean, pgd(1, "depth", 0), pgd(2, "seg"), pgd(3, "seg", 0, 4, "strong"), pgd(4, "is", 0),
         pgd(5, "is", 1)}}.write(path("runs-a"));
    const fs::path b = Made{
        "MTI-Net++",
        "b",
        {kClean, pgd(1, "seg", 0, 1, "Ours"), pgd(2, "depth", 7),
         pgd(3, "is", 1)}}.write(path("runs-b"));
    const SideBySide side = openSideBySide({a, b}, {});
    const auto& first = side.networks[0].runs;
    const auto& second = side.networks[1].runs;
    QCOMPARE(first.size(), std::size_t{3});
    QCOMPARE(second.size(), std::size_t{3});
    // Another seed where there is one only; the same one where there are several.
    QCOMPARE(first[0].id, std::int64_t{1});
    QCOMPARE(second[0].id, std::int64_t{2});
    QCOMPARE(second[1].id, std::int64_t{1});
    QCOMPARE(second[1].title, std::string("seg"));
    QCOMPARE(first[2].id, std::int64_t{5});
    QCOMPARE(second[2].id, std::int64_t{3});
    const std::string remarks = joined(side.remarks);
    QVERIFY2(remarks.find("Other seeds (attacks: 1): UniNet 0; MTI-Net++ 7.") != std::string::npos,
             remarks.c_str());
    QVERIFY2(remarks.find("runs of UniNet: strong; is.") != std::string::npos, remarks.c_str());
  }

  void differencesAreSaid() {
    Made made{"UniNet", "a", groups_};
    const fs::path a = made.write(path("differences-a"));
    made.title = "Other";
    made.checkpoint = "b";
    made.images = 3;
    made.classes = nyuv2Classes();
    const fs::path b = made.write(path("differences-b"));
    const std::string remarks = joined(openSideBySide({a, b}, {}).remarks);
    for (const char* text : {"Images measured: UniNet 4; Other 3.",
                             "Classes: UniNet Cityscapes (19 classes, 8 with instances); Other "})
      QVERIFY2(remarks.find(text) != std::string::npos, remarks.c_str());
    QVERIFY2(remarks.find("Data") == std::string::npos, remarks.c_str());
    made.images = 4;
    made.classes = cityscapesClasses();
    made.checkpoint = "a";
    const fs::path same = made.write(path("differences-same"));
    const std::string warned = joined(openSideBySide({a, same}, {}).remarks);
    QVERIFY2(warned.find("are the same checkpoint") != std::string::npos, warned.c_str());
  }

  void networksHaveNames() {
    const fs::path a = Made{"model.pth", "a", groups_}.write(path("names-a"));
    const fs::path b = Made{"model.pth", "b", groups_}.write(path("names-b"));
    const auto names = [](const SideBySide& side) {
      Texts all;
      for (const NetworkResults& network : side.networks) all.push_back(network.name);
      return all;
    };
    QCOMPARE(names(openSideBySide({a, b}, {})), (Texts{"model.pth (1)", "model.pth (2)"}));
    QCOMPARE(names(openSideBySide({a, b}, {"UniNet", "MTI-Net++"})),
             (Texts{"UniNet", "MTI-Net++"}));
    QVERIFY(messageOf([&] { openSideBySide({a, b}, {"x", "x"}); }).contains("\"x\""));
    QVERIFY(messageOf([&] { openSideBySide({a, b}, {"x"}); }).contains("each of the 2"));
  }

  void whatMakesNoSenseIsRefused() {
    const fs::path a = Made{"A", "a", groups_}.write(path("refused-a"));
    const fs::path other = Made{"B", "b", {kClean, pgd(1, "id")}}.write(path("refused-other"));
    const fs::path empty =
        Made{"C", "c", groups_, 0.1, cityscapesClasses(), 0}.write(path("empty"));
    writeTextFile(path("text"), "no database");
    fs::copy_file(a, path("copy"));
    const auto refusal = [](const std::vector<fs::path>& files) {
      return messageOf([&] { openSideBySide(files, {}); });
    };
    const QString twice = refusal({a, path("copy")});
    QVERIFY2(
        twice.contains("refused-a") && twice.contains("copy") && twice.contains("same results"),
        qPrintable(twice));
    const QString none = refusal({a, other});
    QVERIFY2(
        none.contains("refused-a") && none.contains("refused-other") && none.contains("in common"),
        qPrintable(none));
    QVERIFY(refusal({a, empty}).contains("empty.sqlite"));
    QVERIFY(refusal({a, path("text")}).contains("text.sqlite"));
    QVERIFY(refusal({a, path("nowhere")}).contains("nowhere.sqlite"));
    QVERIFY(refusal({a}).contains("2 to 4"));
    QVERIFY(refusal({a, a, a, a, a}).contains("2 to 4"));
  }

  void figuresHoldTheNumbersOfEach() {
    SideBySide side = opened({Made{"A", "a", groups_, 0.1}.write(path("figures-a")),
                              Made{"B", "b", groups_, 0.2}.write(path("figures-b"))});
    const std::vector<Figure> figures = figuresOf(side, {"3a"});
    QCOMPARE(figures.size(), std::size_t{1});
    QCOMPARE(figures[0].networks, (Texts{"A", "B"}));
    QCOMPARE(figures[0].widthMm, 174.0);
    std::vector<const BarPanel*> panels;
    for (std::size_t n = 0; n < 2; ++n) {
      const auto& panel = std::get<BarPanel>(figures[0].panels[n]);
      const auto own = figuresOf(side.networks[n].report, side.networks[n].store);
      const auto& alone = std::get<BarPanel>(own[0].panels[0]);
      QCOMPARE(panel.series, alone.series);
      QCOMPARE(panel.colours, alone.colours);
      for (std::size_t s = 0; s < 3; ++s)
        QCOMPARE(panel.values[s][1].value, alone.values[s][1].value);
      panels.push_back(&panel);
    }
    QVERIFY(panels[0]->values[0][1].value > panels[1]->values[0][1].value);
    QCOMPARE(panels[0]->ends->low, panels[1]->ends->low);
    QCOMPARE(panels[0]->ends->high, panels[1]->ends->high);
    const QStringList csv = QString::fromStdString(figureCsv(figures[0])).split('\n');
    QVERIFY(csv[0].startsWith("network,panel,group,series,value,low,high"));
    QCOMPARE(csv.size(), 1 + 2 * 3 * 5 + 1);
    QVERIFY(csv[1].startsWith("A,,Detection,"));
    QVERIFY(csv[16].startsWith("B,,Detection,"));
    const auto manifest = Json::parse(figureManifest(side, "3a", "test"));
    QCOMPARE(manifest["networks"][1]["network"].get<std::string>(), std::string("B"));
    QCOMPARE(manifest["networks"][1]["runs"].size(), std::size_t{3});
    QVERIFY(manifest["remarks"].is_array());
  }

  // Levels are those of both, pictures of one image that both have kept.
  void figuresShowWhatAllHave() {
    const std::vector<StoredRun> runs{kClean, hiding(1, "hide-segmentation"),
                                      hiding(2, "hide-depth")};
    Made a{"A", "a", runs, 0.1}, b{"B", "b", runs, 0.2};
    a.levels = {"E2", "E3", "P3"};
    b.levels = {"E3", "E2", "D2"};
    a.pictures = {0, 1};
    b.pictures = {1, 2};
    SideBySide side = opened({a.write(path("all-a")), b.write(path("all-b"))});
    const std::vector<Figure> figures = figuresOf(side, {"4", "levels"});
    QCOMPARE(figures.size(), std::size_t{2});
    for (const Panel& panel : figures[0].panels) {
      QCOMPARE(std::get<PicturePanel>(panel).image, std::string("image 1"));
      QVERIFY(std::get<PicturePanel>(panel).title.empty());
    }
    QCOMPARE(figures[1].panels.size(), std::size_t{4});
    for (const Panel& panel : figures[1].panels) {
      QCOMPARE(std::get<BarPanel>(panel).groups, (Texts{"E2", "E3"}));
      QCOMPARE(std::get<BarPanel>(panel).values[1].size(), std::size_t{2});
    }
    const std::string remarks = joined(side.remarks);
    QVERIFY2(
        remarks.find("Left out of figure levels, because not every network has them: P3; D2.") !=
            std::string::npos,
        remarks.c_str());
  }

  void otherImagesAreNamed() {
    const std::vector<StoredRun> runs{kClean, hiding(1, "hide-segmentation"),
                                      hiding(2, "hide-depth")};
    Made a{"A", "a", runs, 0.1}, b{"B", "b", runs, 0.2};
    a.pictures = {0};
    b.pictures = {2};
    SideBySide side = opened({a.write(path("images-a")), b.write(path("images-b"))});
    const std::vector<Figure> figures = figuresOf(side, {"4"});
    QCOMPARE(std::get<PicturePanel>(figures.at(0).panels[0]).title, std::string("image 0"));
    QCOMPARE(std::get<PicturePanel>(figures.at(0).panels[1]).title, std::string("image 2"));
  }

  void figuresOfClassesNeedTheSameOnes() {
    std::vector<StoredRun> runs = groups_;
    runs.push_back(hiding(4, "hide-segmentation"));
    runs.push_back(hiding(5, "hide-depth"));
    Made a{"A", "a", runs, 0.1}, b{"B", "b", runs, 0.1};
    b.classes = nyuv2Classes();
    a.pictures = b.pictures = {0};
    SideBySide side = opened({a.write(path("classes-a")), b.write(path("classes-b"))});
    const std::vector<Figure> figures = figuresOf(side, figureIds());
    QVERIFY(
        std::any_of(figures.begin(), figures.end(), [](const auto& f) { return f.id == "3a"; }));
    QVERIFY(
        std::none_of(figures.begin(), figures.end(), [](const auto& f) { return f.id == "4"; }));
    for (const Table& table : tablesOf(side)) QVERIFY(table.id != "table3");
    const std::string remarks = joined(side.remarks);
    for (const char* text : {"Figure 4 is left out", "Table table3 is left out"})
      QVERIFY2(remarks.find(text) != std::string::npos, remarks.c_str());
  }

  void tablesHaveAColumnForTheNetwork() {
    SideBySide side = opened({Made{"A", "a", groups_, 0.1}.write(path("tables-a")),
                              Made{"B & C", "b", groups_, 0.2}.write(path("tables-b"))});
    const std::vector<Table> tables = tablesOf(side);
    const Table& ratios = tables.back();
    QCOMPARE(ratios.id, std::string("ratios"));
    QCOMPARE(Texts(ratios.header.begin(), ratios.header.begin() + 3),
             (Texts{"Attack", "Network", "Images"}));
    QCOMPARE(ratios.rows.size(), std::size_t{6});
    QCOMPARE(ratios.rows[0][0], ratios.rows[1][0]);
    QCOMPARE(ratios.rows[1][1], std::string("B & C"));
    for (std::size_t n = 0; n < 2; ++n) {
      Texts own = tablesOf(side.networks[n].report).back().rows[0];
      own.insert(own.begin() + 1, side.networks[n].name);
      QCOMPARE(ratios.rows[n], own);
    }
    QVERIFY(tableMarkdown(ratios).find("|---|---|---:|") != std::string::npos);
    QVERIFY(tableLatex(ratios).find("{tabular}{llrrrrrr}") != std::string::npos);
    QVERIFY(tableLatex(ratios).find("& B \\& C &") != std::string::npos);
  }

  void panelsFindTheirPlaces_data() {
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("panels");
    QTest::addColumn<int>("networks");
    QTest::addColumn<QString>("order");
    QTest::addColumn<int>("across");
    QTest::addColumn<double>("height");
    QTest::newRow("narrow ones beside each other") << 84. << 1 << 1 << 2 << "0A 0B" << 2 << 100.;
    QTest::newRow("wide ones below") << 174. << 1 << 1 << 2 << "0A 0B" << 1 << 200.;
    QTest::newRow("networks as columns") << 174. << 2 << 2 << 2 << "0A 0B 1A 1B" << 2 << 200.;
    QTest::newRow("networks as rows") << 174. << 2 << 2 << 3 << "0A 1A 0B 1B 0C 1C" << 2 << 235.;
    QTest::newRow("blocks") << 174. << 2 << 1 << 4 << "0A 0B 0C 0D" << 2 << 200.;
  }

  void panelsFindTheirPlaces() {
    QFETCH(double, width);
    QFETCH(int, columns);
    QFETCH(int, panels);
    QFETCH(int, networks);
    Texts names, remarks;
    for (int n = 0; n < networks; ++n) names.emplace_back(1, static_cast<char>('A' + n));
    const std::vector<Figure> figures(names.size(), barFigure(width, columns, panels));
    const auto figure = joinedFigure(figures, names, remarks);
    QVERIFY(figure.has_value());
    QStringList order;
    for (std::size_t i = 0; i < figure->panels.size(); ++i)
      order << QString::fromStdString(std::get<BarPanel>(figure->panels[i]).title.substr(6) +
                                      figure->networks[i]);
    QTEST(order.join(' '), "order");
    QTEST(figure->columns, "across");
    QTEST(figure->heightMm, "height");
    QCOMPARE(figure->widthMm, 174.0);
    QVERIFY(remarks.empty());
  }

  void nothingInCommonIsNoFigure() {
    Figure other = barFigure(174, 1, 1);
    std::get<BarPanel>(other.panels[0]).groups = {"c", "d"};
    Texts remarks;
    QVERIFY(!joinedFigure({barFigure(174, 1, 1), other}, {"A", "B"}, remarks));
    QCOMPARE(remarks.size(), std::size_t{1});
    QVERIFY(remarks[0].find("a; b; c; d") != std::string::npos);
  }

  void agreement_data() {
    QTest::addColumn<int>("a");
    QTest::addColumn<int>("b");
    QTest::addColumn<QString>("text");
    const auto row = [](Verdict a, Verdict b, const char* text) {
      QTest::addRow("%s, %s", verdictText(a), verdictText(b))
          << static_cast<int>(a) << static_cast<int>(b) << QString::fromUtf8(text);
    };
    row(Verdict::holds, Verdict::holds, "yes");
    row(Verdict::doesNotHold, Verdict::doesNotHold, "yes");
    row(Verdict::holds, Verdict::doesNotHold, "no");
    row(Verdict::holds, Verdict::undecided, "undecided");
    row(Verdict::undecidedArithmetic, Verdict::doesNotHold, "undecided");
    row(Verdict::undecided, Verdict::undecided, "undecided");
    row(Verdict::notMeasured, Verdict::undecided, "\u2013");
    row(Verdict::holds, Verdict::notMeasured, "\u2013");
  }

  void agreement() {
    QFETCH(int, a);
    QFETCH(int, b);
    const auto found = agreementOf({static_cast<Verdict>(a), static_cast<Verdict>(b)});
    QTEST(QString::fromUtf8(agreementText(found)), "text");
  }

  void claimsStandInColumns() {
    const std::vector<NetworkClaims> claims{
        {"A", {claimOf(Verdict::holds), claimOf(Verdict::holds)}, 50, 5, 1000},
        {"B|C", {claimOf(Verdict::doesNotHold), claimOf(Verdict::notMeasured)}, 20, 0, 1000}};
    const std::string page = claimsMarkdown(claims, {"Images measured: A 50; B|C 20."});
    for (const char* text :
         {"one training seed of each", "- Images measured: A 50; B\\|C 20.",
          "| | Statement of the paper | Where | A | B\\|C | same for both |",
          "| 1 | A statement. | \u00a75 | **holds**, p 0.030 | **does not hold**, p 0.030 | no |",
          "| 2 | A statement. | \u00a75 | **holds**, p 0.030 | \u2013 | \u2013 |",
          "- A: 50 images, 1000 bootstrap samples", "corrected for the 2 that were judged",
          "corrected for the 1 that were judged", "OD: a 0.8 > b 0.6: difference 0.200"})
      QVERIFY2(page.find(text) != std::string::npos, (std::string(text) + "\n" + page).c_str());
    const auto json = Json::parse(claimsJson(claims, {"r"}));
    QCOMPARE(json["claims"][0]["same"].get<std::string>(), std::string("no"));
    QVERIFY(json["claims"][1]["same"].is_null());
    QCOMPARE(json["claims"][0]["networks"][1]["network"].get<std::string>(), std::string("B|C"));
    QCOMPARE(json["claims"][0]["networks"][0]["p_holm"].get<double>(), 0.03);
    std::vector<NetworkClaims> three = claims;
    three.push_back(claims[0]);
    QVERIFY(claimsMarkdown(three, {}).find("| same for all |") != std::string::npos);
  }

  // Each network's own: as its page alone would have them.
  void claimsAreJudgedForEachAlone() {
    const SideBySide side = opened({Made{"A", "a", groups_, 0.1}.write(path("claims-a")),
                                    Made{"B", "b", groups_, 0.2}.write(path("claims-b"))});
    const std::vector<NetworkClaims> claims = judgeClaims(side);
    for (std::size_t n = 0; n < 2; ++n)
      QCOMPARE(claimsJson(claims[n].claims), claimsJson(judgeClaims(side.networks[n].report)));
    QCOMPARE(claims[0].images, std::size_t{4});
    QCOMPARE(claims[0].resamples, 20);
  }
};

QTEST_APPLESS_MAIN(TestSideBySide)
#include "tst_side_by_side.moc"
