#include <QtTest>

#include "core/results/figure_names.h"
#include "core/results/figures.h"

using namespace uninet;

namespace {

StoredRun run(const char* attack, const char* options, const char* title) {
  return {1, attack, options, title};
}

}  // namespace

class TestFigureNames : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void resultsAreNamedByWhatHappened() {
    const auto titleOf = [](const char* attack, const char* options, const char* title) {
      return resultTitle(run(attack, options, title));
    };
    QCOMPARE(titleOf("dag-detection", R"({"first": "person", "second": "car", "epsilon": -1})",
                     "DAG swap, detection \u00b7 person \u2194 car"),
             std::string("Person and car swapped"));
    QCOMPARE(titleOf("hide-depth", R"({"category": "person", "epsilon": 2})",
                     "Hide from depth \u00b7 person \u00b7 \u03b5 2"),
             std::string("Person hidden from depth, \u03b5 2"));
    QCOMPARE(titleOf("pgd", R"({"objective": "is", "epsilon": 0.5})",
                     "Instance masks \u00b7 \u03b5 0.5"),
             std::string("Instance masks, \u03b5 0.5"));
    // What a plan called it.
    QCOMPARE(titleOf("pgd", R"({"objective": "is", "epsilon": 1})", "Ours"), std::string("Ours"));
  }

  void namesTellRunsApart() {
    const StoredRun a = run("pgd", R"({"objective": "depth", "epsilon": 1, "seed": 0})",
                            "Depth \u00b7 \u03b5 1"),
                    b = run("pgd", R"({"objective": "depth", "epsilon": 1, "seed": 5})",
                            "Depth \u00b7 \u03b5 1 \u00b7 seed 5"),
                    c = run("pgd", R"({"objective": "seg", "epsilon": 1, "seed": 0})",
                            "Segmentation \u00b7 \u03b5 1");
    QCOMPARE(
        resultTitles({a, b, c}),
        (std::vector<std::string>{"Depth \u00b7 \u03b5 1", "Depth \u00b7 \u03b5 1 \u00b7 seed 5",
                                  "Segmentation, \u03b5 1"}));
  }

  void coloursGoByObjective() {
    QCOMPARE(colourKeyOf(run("pgd", R"({"objective": "depth"})", "")), std::string("depth"));
    QCOMPARE(colourKeyOf(run("hide-depth", R"({"category": "car"})", "")),
             std::string("hide-depth"));
  }

  void levelsAndLossesHaveNames() {
    QCOMPARE(levelName("E2"), std::string("E2"));
    QCOMPARE(levelName("box_reg"), std::string("Box regression"));
    QCOMPARE(lossName("cls"), std::string("Classification"));
    QCOMPARE(lossName("none"), std::string("none"));
  }

  void shortNamesAreThoseOfThePaper() {
    HeatPanel panel;
    panel.rows = {"Box regression", "Segmentation", "E2"};
    for (const TaskInfo& task : tasks()) panel.columns.emplace_back(taskName(task.task));
    panel.values.resize(3, std::vector<double>(5, 0));
    const Figure shortened = withShortNames({"x", "X", 84, 60, 1, {panel}});
    const auto& made = std::get<HeatPanel>(shortened.panels[0]);
    QCOMPARE(made.rows, (std::vector<std::string>{"reg", "SS", "E2"}));
    QCOMPARE(made.columns, (std::vector<std::string>{"OD", "SS", "IS", "D", "ID"}));
  }

  void widthDecidesOverColumns() {
    Figure figure{"x", "X", 174, 100, 2, {}};
    figure.panels.resize(4, BarPanel());
    QCOMPARE(ofWidth(figure, 174).columns, 2);
    QCOMPARE(ofWidth(figure, 174).heightMm, 100.0);
    QCOMPARE(ofWidth(figure, 84).columns, 1);
    QCOMPARE(ofWidth(figure, 84).heightMm, 200.0);
    QCOMPARE(ofWidth(figure, 300).columns, 2);
  }

  void decadesNeedPositiveValues() {
    BarPanel panel;
    panel.values = {{{0.01}, {10}}};
    QVERIFY(spansDecades(panel));
    panel.values = {{{0.5}, {10}}};
    QVERIFY(!spansDecades(panel));
    panel.values = {{{0}, {0.01}, {10}}};
    QVERIFY(!spansDecades(panel));
    panel.values = {{{Estimate::kNone}}};
    QVERIFY(!spansDecades(panel));
    QVERIFY(!spansDecades(HeatPanel()));
  }

  void shapeOfAnImageLeadsToItsObjects() {
    ShapeRecord record;
    const ClassTable& table = *cityscapesClasses();
    const int person = table.instanceByName("person"), car = table.instanceByName("car");
    record.objects = {{car, {car, 1, 40, 20}, {person, 1, 20, 40}},
                      {person, {person, 1, 10, 40}, {0, 0, 0, 0}},
                      {person, {person, 1, 10, 40}, {car, 1, 20, 40}}};
    const auto figure = shapeFigureOf(record, "person", "car", "image 3", table);
    QVERIFY(figure);
    QCOMPARE(figure->panels.size(), std::size_t{4});
    const auto& bars = std::get<BarPanel>(figure->panels[0]);
    QCOMPARE(bars.series, (std::vector<std::string>{"Clean", "Person and car swapped"}));
    QCOMPARE(bars.colours, (std::vector<std::string>{"clean", "dag-detection"}));
    QCOMPARE(bars.values[0][0].value, 0.25);
    QCOMPARE(bars.values[1][0].value, 0.5);
    const auto& people = std::get<ArrowPanel>(figure->panels[2]);
    QCOMPARE(people.arrows.size(), std::size_t{1});
    QCOMPARE(people.arrows[0].item, std::int64_t{2});
    QCOMPARE(std::get<ArrowPanel>(figure->panels[3]).arrows[0].item, std::int64_t{0});
  }
};

QTEST_APPLESS_MAIN(TestFigureNames)
#include "tst_figure_names.moc"
