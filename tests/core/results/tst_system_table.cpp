#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/metrics/metrics.h"
#include "core/results/system_table.h"

using namespace uninet;

namespace {

constexpr std::array kSystems{
    "single-task-segment", "single-task-depth", "mtl-baseline", "pad-net-aux", "pad-net",
    "mti-net-aux",         "mti-net",           "cross-stitch", "mtan",        "uninet"};

/// Mean IoU 50 and 10 % better, RMSE 4 and a quarter worse: Δ −7.5.
SystemTable smallTable() {
  SystemTable table{"table1", "Networks, 100 %", table1Columns(false), {}, {"a note of x_y"}};
  table.systems = {
      {"single-task-segment", "Single task, SS", {{"miou", 50.}}, {}},
      {"single-task-depth", "Single task, D", {{"depth_rmse_m", 4.}}, {}},
      {"mti-net",
       "MTI-Net \u2020",
       {{"miou", 55.}, {"depth_rmse_m", 5.}, {"macs_g", 234.806}, {"parameters_m", 52.857332}},
       publishedTable1("mti-net", "cityscapes")},
      {"mtan", "MTAN", {{"macs_g", 43.5}}, publishedTable1("mtan", "cityscapes")}};
  addDeltas(table);
  return table;
}

}  // namespace

class TestSystemTable : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  // What was typed from the paper: its Δ follow from its own mIoU and RMSE in all rows but the one
  // with a digit lost.
  void deltasOfThePaper_data() {
    QTest::addColumn<QString>("classes");
    QTest::newRow("cityscapes") << "cityscapes";
    QTest::newRow("nyuv2") << "nyuv2";
  }
  void deltasOfThePaper() {
    QFETCH(QString, classes);
    const std::string key = classes.toStdString();
    const char* rmse = key == "nyuv2" ? "depth_rmse_80" : "depth_rmse_m";
    const std::array baselines{publishedTable1("single-task-segment", key).at("miou").value,
                               publishedTable1("single-task-depth", key).at(rmse).value};
    const std::array<bool, 2> higher{true, false};
    for (const char* system : kSystems) {
      PublishedRow row = publishedTable1(system, key);
      QVERIFY2(!row.empty(), system);
      if (std::string(system).starts_with("single-task")) continue;
      const std::array metrics{row.at("miou").value, row.at(rmse).value};
      const double delta = deltaMtl(metrics, baselines, higher);
      const double printed = row.at("delta_mtl").value;
      if (key == "cityscapes" && std::string(system) == "mti-net") {
        QCOMPARE(printed, 3.93);
        QVERIFY(std::abs(delta - 13.93) < 0.006);
      } else {
        QVERIFY2(std::abs(delta - printed) < 0.0075, system);
      }
    }
  }

  // Table 2 repeats SS+D of Table 1, and calls it mask AP there.
  void table2HasItsLabelsRight() {
    QCOMPARE(publishedTable2("ss-d").at("miou").value,
             publishedTable1("uninet", "cityscapes").at("miou").value);
    QCOMPARE(publishedTable2("five-tasks").at("ap_mask").text(), std::string("22.96 \u00b1 0.09"));
    QVERIFY(!publishedTable2("ss").contains("ap_mask"));
    QVERIFY(publishedTable2("unknown").empty());
    QVERIFY(publishedTable1("mtan", "unknown").empty());
  }

  void roundsAsThePaperDoes() {
    const Published macs{137, 0};
    QVERIFY(!macs.differsFrom(136.559));
    QVERIFY(macs.differsFrom(137.978));
    QVERIFY(!macs.differsFrom(std::numeric_limits<double>::quiet_NaN()));
    QVERIFY(!Published().differsFrom(3));
  }

  void deltasAgainstTheSingleTasks() {
    const SystemTable table = smallTable();
    QCOMPARE(table.systems[0].values.at("delta_mtl"), 0.0);
    QCOMPARE(table.systems[2].values.at("delta_mtl"), -7.5);
    QVERIFY(!table.systems[3].values.contains("delta_mtl"));
    SystemTable without = smallTable();
    without.systems.erase(without.systems.begin());
    for (MeasuredSystem& system : without.systems) system.values.erase("delta_mtl");
    addDeltas(without);
    QVERIFY(!without.systems[1].values.contains("delta_mtl"));
  }

  void oursBesideThePapers() {
    const Table shown = shownTable(smallTable());
    const auto column = [&](const char* title) {
      return static_cast<std::size_t>(std::find(shown.header.begin(), shown.header.end(), title) -
                                      shown.header.begin());
    };
    const std::size_t macs = column("MACs (G)"), delta = column("\u0394 MTL (%)");
    QCOMPARE(shown.header[macs + 1], std::string("paper"));
    QCOMPARE(shown.rows[2][macs], std::string("234.8"));
    QCOMPARE(shown.rows[2][macs + 1], std::string("235"));
    QCOMPARE(shown.rows[3][macs], std::string("43.5 \u2260"));
    QCOMPARE(shown.rows[2][delta], std::string("-7.50 \u2260"));
    QCOMPARE(shown.rows[2][delta + 1], std::string("3.93"));
    QCOMPARE(shown.rows[3][delta], std::string("\u2013"));
    // Nobody published memory: no column of the paper's.
    QCOMPARE(shown.header[column("Peak memory (MB)") + 1], std::string("\u0394 MTL (%)"));
    for (const auto& row : shown.rows) QCOMPARE(row.size(), shown.header.size());
  }

  void files() {
    const SystemTable table = smallTable();
    const std::string markdown = systemMarkdown(table), latex = systemLatex(table),
                      csv = systemCsv(table);
    QVERIFY(markdown.find("* a note of x\\_y\n") != std::string::npos);
    QVERIFY(latex.find("MTI-Net $\\dagger$ & 55.00 $\\neq$ & 75.90") != std::string::npos);
    QVERIFY(latex.find("% a note of x_y\n") != std::string::npos);
    QVERIFY2(csv.find("\nmtan,MTAN,,65.7,0,,5.862,0,43.5,42,1,,26,0,") != std::string::npos,
             csv.c_str());
    QCOMPARE(std::count(csv.begin(), csv.end(), '\n'), 5);
  }

  // Of what has no Δ here there is only the paper's point.
  void pointsOfTheFigure() {
    const Figure figure = systemFigure(smallTable());
    const auto& panel = std::get<ScatterPanel>(figure.panels.at(0));
    QCOMPARE(panel.points.size(), std::size_t{3});
    QCOMPARE(panel.points[0].name, std::string("MTI-Net \u2020"));
    QCOMPARE(panel.points[0].series, std::size_t{0});
    QCOMPARE(panel.points[0].y, -7.5);
    QCOMPARE(panel.points[1].size, 53.0);
    QCOMPARE(panel.points[2].name, std::string("MTAN"));
    QVERIFY(figureCsv(figure).find(",the paper,MTAN,42,0.05,26\n") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(TestSystemTable)
#include "tst_system_table.moc"
