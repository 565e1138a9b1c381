#include <QApplication>
#include <QTemporaryDir>
#include <QtTest>
#include <set>

#include "core/base/files.h"
#include "core/data/objectives.h"
#include "ui/charts/figure_export.h"
#include "ui/charts/figure_legend.h"
#include "ui/charts/figure_plot.h"
#include "ui/charts/mark_colour.h"
#include "ui/window/application.h"

using namespace uninet;

namespace {

Estimate estimate(double value) { return {value, value - 0.1, value + 0.1}; }

/// One panel of each kind.
Figure everyPanel() {
  Figure figure{"all", "All, with a comma", 174, 120, 3, {}};
  figure.panels = {
      BarPanel{"bars",
               "ratio",
               {"Detection", "Depth"},
               {Shade::semantic, Shade::geometric},
               {"a", "b"},
               {{estimate(0.5), estimate(0.75)}, {Estimate(), estimate(1)}},
               1.0},
      LinePanel{"lines",
                "\u03b5",
                "ratio",
                {0.5, 1, 2},
                {"Detection"},
                {{estimate(1), estimate(0.5), estimate(0.25)}}},
      HeatPanel{"heat", {"r"}, {"c", "d"}, {{0.25, Estimate::kNone}}, 0, 1, false},
      ArrowPanel{"arrows", "w", "h", {"person"}, {{10, 20, 30, 15, 0}}},
      PicturePanel{{"row"}, {"column"}, {{cv::Mat(8, 16, CV_8UC3, cv::Scalar(200, 10, 10))}}},
      ScatterPanel{"points",
                   "MACs",
                   "delta",
                   "parameters",
                   {"here", "there"},
                   {{"net", 35, -1, 20, 0}, {"net", 430, 12, 99, 1}}}};
  return figure;
}

FigureStyle plainStyle(int pixels = 13) {
  FigureStyle style;
  style.font.setFamily("DejaVu Sans");
  style.font.setPixelSize(pixels);
  style.point = pixels / 8.0;
  return style;
}

/// Bars of so many series and groups, all of them named at length.
Figure manyBars(int series, int groups, int panels) {
  Figure figure{"many", "Many", 174, 70, std::min(panels, 2), {}};
  for (int p = 0; p < panels; ++p) {
    BarPanel panel;
    panel.title = "panel";
    panel.yLabel = "ratio";
    for (int g = 0; g < groups; ++g) panel.groups.push_back("Segmentation " + std::to_string(g));
    for (int s = 0; s < series; ++s) {
      panel.series.push_back("Person hidden from segmentation, number " + std::to_string(s));
      panel.values.emplace_back(static_cast<std::size_t>(groups), estimate(0.5));
    }
    figure.panels.emplace_back(panel);
  }
  return figure;
}

void write(const std::string& file, const QByteArray& bytes) {
  writeTextFile(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

}  // namespace

class TestFigures : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sameFigureSameBytes() {
    QTemporaryDir folder;
    const std::string a = folder.filePath("a").toStdString(),
                      b = folder.filePath("b").toStdString();
    writeFigure(everyPanel(), a, R"x({"seed":1})x");
    writeFigure(everyPanel(), b, R"x({"seed":1})x");
    for (const char* end : {".pdf", ".svg", ".png", ".csv"})
      QVERIFY2(readTextFile(a + end) == readTextFile(b + end), end);
    // Qt stamps a PDF with the time: none may be left.
    QVERIFY(readTextFile(a + ".pdf").find("/CreationDate (D:00000000000000") != std::string::npos);
  }

  void sizesAndManifest() {
    QTemporaryDir folder;
    const std::string stem = folder.filePath("figure").toStdString();
    const std::string manifest = "{\"seed\":12345}";
    writeFigure(everyPanel(), stem, manifest);
    const std::string pdf = readTextFile(stem + ".pdf"), svg = readTextFile(stem + ".svg");
    QVERIFY(pdf.find("manifest.json") != std::string::npos);
    QVERIFY(pdf.find("/MediaBox [0 0 493") != std::string::npos);  // 174 mm in points
    QVERIFY(svg.find("12345") != std::string::npos);
    const std::size_t width = svg.find("width=\"");
    QVERIFY(std::abs(std::stod(svg.substr(width + 7)) - 174) < 0.05);
    QVERIFY(svg.find("mm\"", width) != std::string::npos);
    QVERIFY(svg.find("<text") != std::string::npos);
    const QImage image(QString::fromStdString(stem + ".png"));
    QCOMPARE(image.width(), 2055);  // 174 mm at 300 dots an inch
    QCOMPARE(image.text("manifest"), QString::fromStdString(manifest));
  }

  // Panels of several networks say which one they show, and a value is as high in all of them.
  void networksShareAnAxis() {
    Figure figure{"x", "X", 174, 80, 2, {}};
    for (const double other : {0.25, 2.0})
      figure.panels.emplace_back(LinePanel{
          "lines", "\u03b5", "ratio", {0.5, 1}, {"Depth"}, {{estimate(0.5), estimate(other)}}});
    figure.networks = {"UniNet", "MTI-Net++"};
    const auto heights = [&figure] {
      QCustomPlot plot;
      const FigureMap map = drawFigure(plot, figure, plainStyle(), {800, 400});
      std::vector<double> found;
      for (const FigureMark& mark : map.marks)
        if (mark.group == "0.5")
          found.push_back(map.panels[mark.panel].bottom() - mark.area.center().y());
      return found;
    };
    const std::vector<double> own = heights();
    QCOMPARE(own.size(), std::size_t{2});
    QVERIFY(std::abs(own[0] - own[1]) > 20);
    ValueEnds ends;
    for (Panel& panel : figure.panels)
      for (const Estimate& e : std::get<LinePanel>(panel).values[0]) ends.widen(e, false);
    for (Panel& panel : figure.panels) std::get<LinePanel>(panel).ends = ends;
    const std::vector<double> shared = heights();
    QVERIFY(std::abs(shared[0] - shared[1]) < 1);
    QTemporaryDir folder;
    const std::string stem = folder.filePath("figure").toStdString();
    writeFigure(figure, stem, "{}");
    const std::string svg = readTextFile(stem + ".svg");
    QVERIFY(svg.find("lines, MTI-Net++") != std::string::npos);
    QVERIFY(readTextFile(stem + ".csv").starts_with("network,panel,x,"));
  }

  void onlyTheFormatsThatAreAskedFor() {
    QTemporaryDir folder;
    const std::string stem = folder.filePath("figure").toStdString();
    FigureExport how;
    how.pdf = how.svg = how.csv = false;
    how.dpi = 100;
    writeFigure(everyPanel(), stem, "{}", {}, how);
    QCOMPARE(QImage(QString::fromStdString(stem + ".png")).width(), 685);
    for (const char* end : {".pdf", ".svg", ".csv"})
      QVERIFY2(!std::filesystem::exists(stem + end), end);
  }

  void largerFontIsLarger() {
    FigureExport large;
    large.fontPoints = 12;
    const auto heightOf = [](const FigureExport& how) {
      const QImage image = figureImage(manyBars(2, 2, 1), how, 100);
      int dark = 0;
      for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) dark += qGray(image.pixel(x, y)) < 60 ? 1 : 0;
      return dark;
    };
    QVERIFY(heightOf(large) > 1.3 * heightOf({}));
  }

  void manifestComesBack_data() {
    QTest::addColumn<QByteArray>("manifest");
    QTest::newRow("small") << QByteArray("{\"seed\":12345}");
    QTest::newRow("not ASCII") << QByteArray("{\"title\":\"\xce\xb5 1 \xc2\xb7 <a> & b\"}");
    QTest::newRow("larger than a buffer")
        << QByteArray("{\"runs\":\"" + QByteArray(300000, 'x') + "\"}");
  }

  void manifestComesBack() {
    QFETCH(QByteArray, manifest);
    QTemporaryDir folder;
    const std::string stem = folder.filePath("figure").toStdString();
    writeFigure(everyPanel(), stem, manifest.toStdString());
    for (const char* end : {".pdf", ".svg", ".png"}) {
      const auto read = readManifest(stem + end);
      QVERIFY2(read.has_value(), end);
      QVERIFY2(*read == manifest.toStdString(), end);
    }
    QVERIFY(!readManifest(stem + ".csv"));
    // What a file is, not what it is called.
    std::filesystem::rename(stem + ".pdf", stem + ".dat");
    QVERIFY(readManifest(stem + ".dat").has_value());
  }

  void filesOfOthersHaveNone() {
    QTemporaryDir folder;
    const std::string file = folder.filePath("other").toStdString();
    QVERIFY(!readManifest(file));
    QVERIFY(!readManifest(folder.path().toStdString()));
    const QByteArray zlib = qCompress(QByteArray(1 << 20, ' ')).mid(4);
    const QByteArrayList others{
        "",
        "%PDF-1.4\n",
        "%PDF-1.4\n/F (manifest.json)",
        "%PDF-1.4\n/F (manifest.json)\n/EF <</F ",
        "%PDF-1.4\n/F (manifest.json)\n/EF <</F 99999999999999999999 0 R>>",
        "%PDF-1.4\n7 0 obj\nstream\n\n/F (manifest.json)\n/EF <</F 7 0 R>>",
        "%PDF-1.4\n7 0 obj\n<<>>\nstream\n[1]\nendstream\nendobj\n/F (manifest.json)\n/EF <</F 7 0 "
        "R>>",
        "%PDF-1.4\n7 0 obj\n<</Filter /FlateDecode>>\nstream\nnone\nendstream\nendobj\n"
        "/F (manifest.json)\n/EF <</F 7 0 R>>",
        "%PDF-1.4\n7 0 obj\n<</Filter /FlateDecode>>\nstream\n" + zlib +
            "\nendstream\nendobj\n/F (manifest.json)\n/EF <</F 7 0 R>>",
        "<svg",
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><desc>A drawing</desc></svg>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><svg><desc>&b;</desc></svg>",
        "\x89PNG\r\n\x1a\n",
        "\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtmanifest"};
    for (const QByteArray& bytes : others) {
      write(file, bytes);
      QVERIFY2(!readManifest(file), bytes.left(80).constData());
    }
    QImage(3, 2, QImage::Format_RGB32).save(QString::fromStdString(file), "PNG");
    QVERIFY(!readManifest(file));
    // A file of ours that was cut off, at any place, is read or not, and nothing else happens.
    writeFigure(everyPanel(), file, "{\"seed\":1}");
    for (const char* end : {".pdf", ".svg", ".png"}) {
      const std::string whole = readTextFile(file + end);
      for (std::size_t part = 1; part < 24; ++part) {
        writeTextFile(file, whole.substr(0, whole.size() * part / 24));
        const auto read = readManifest(file);
        QVERIFY(!read || *read == "{\"seed\":1}");
      }
    }
  }

  void numbersAreWritten() {
    const std::string csv = figureCsv(everyPanel());
    QVERIFY(csv.find("bars,Detection,a,0.5,0.4,0.6,,,,0\n") != std::string::npos);
    QVERIFY(csv.find("bars,Detection,b,,,,,,,0\n") != std::string::npos);
    QVERIFY(csv.find("lines,2,Detection,0.25,0.15,0.35,,,,0\n") != std::string::npos);
    QVERIFY(csv.find("heat,r,c,0.25\n") != std::string::npos);
    QVERIFY(csv.find("arrows,person,10,20,30,15\n") != std::string::npos);
    // Other names, the same numbers.
    QVERIFY(figureCsv(withShortNames(everyPanel())).find("bars,OD,a,0.5,0.4,0.6,,,,0\n") !=
            std::string::npos);
  }

  void anUnwritableFolderIsNamed() {
    QVERIFY_EXCEPTION_THROWN(writeFigure(everyPanel(), "/proc/none/figure", "{}"), std::exception);
  }

  void oneLegendWithoutOverlap_data() {
    QTest::addColumn<int>("series");
    QTest::addColumn<int>("width");
    for (const int series : {2, 3, 5, 8, 12})
      for (const int width : {230, 500, 1280})
        QTest::addRow("%d series, %d pixels", series, width) << series << width;
  }

  void oneLegendWithoutOverlap() {
    QFETCH(int, series);
    QFETCH(int, width);
    QCustomPlot plot;
    const FigureMap map = drawFigure(plot, manyBars(series, 3, 4), plainStyle(), QSize(width, 900));
    // Once, however many panels there are.
    QCOMPARE(map.legend.size(), static_cast<std::size_t>(series));
    const QRectF all(-0.5, -0.5, width + 1, 901);
    for (std::size_t i = 0; i < map.legend.size(); ++i) {
      QVERIFY(all.contains(map.legend[i].area));
      for (std::size_t j = 0; j < i; ++j)
        QVERIFY(!map.legend[i].area.intersects(map.legend[j].area));
      for (const QRectF& panel : map.panels) QVERIFY(!map.legend[i].area.intersects(panel));
    }
    QCOMPARE(map.panels.size(), std::size_t{4});
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < i; ++j) QVERIFY(!map.panels[i].intersects(map.panels[j]));
  }

  void smallestHeightLeavesRoomToEachPanel() {
    const FigureStyle style = plainStyle();
    for (const int panels : {1, 2, 4})
      for (const int width : {400, 1280}) {
        const Figure figure = manyBars(3, 5, panels);
        const int height = smallestHeight(figure, style, width);
        QCustomPlot plot;
        const FigureMap map = drawFigure(plot, figure, style, QSize(width, height));
        for (const QRectF& panel : map.panels) QVERIFY(panel.height() > 2 * 13);
      }
    // What a drawer of 260 pixels leaves below its tabs and the bar of the chart.
    QVERIFY(smallestHeight(manyBars(3, 5, 1), style, 1280) < 190);
  }

  void marksLieOnWhatTheyMean() {
    QCustomPlot plot;
    const FigureMap map = drawFigure(plot, everyPanel(), plainStyle(), QSize(1000, 600));
    QCOMPARE(map.marks.size(), std::size_t{4 + 3 + 2 + 1 + 1 + 2});
    for (const FigureMark& mark : map.marks) {
      const QRectF panel = map.panels[mark.panel].adjusted(-1, -1, 1, 1);
      QVERIFY(panel.contains(mark.area.center()));
      const FigureMark* hit = map.at(mark.area.center(), 5);
      QVERIFY(hit == &mark);
    }
    QVERIFY(map.at(QPointF(-50, -50), 5) == nullptr);
    // A group with its undefined value says so.
    QVERIFY(map.marks[2].text.contains("not defined"));
    QVERIFY(map.marks[0].text.contains("0.5 (95 %: 0.4 to 0.6)"));
  }

  void colourOfAnObjectiveIsItsOwn() {
    for (const bool dark : {false, true}) {
      std::set<QRgb> used{markColour("clean", 0, dark).rgb()};
      for (const ObjectiveInfo& info : objectives()) {
        const QColor colour = markColour(info.key, 0, dark);
        QVERIFY2(used.insert(colour.rgb()).second, info.key);
        // Wherever it stands.
        QCOMPARE(markColour(info.key, 5, dark), colour);
      }
    }
    // In a legend with others before it, and in the bars themselves.
    Figure figure = manyBars(3, 1, 1);
    auto& panel = std::get<BarPanel>(figure.panels[0]);
    panel.colours = {"clean", "seg", "depth"};
    const FigureStyle style = plainStyle();
    const auto entries = legendOf(figure, style);
    QCOMPARE(entries[0].colour, markColour("clean", 0, false));
    QCOMPARE(entries[2].colour, markColour("depth", 0, false));
    QCustomPlot plot;
    const FigureMap map = drawFigure(plot, figure, style, QSize(600, 300));
    const QImage image = plot.toPixmap(600, 300).toImage();
    for (std::size_t s = 0; s < 3; ++s) {
      const QRectF& bar = map.marks[s].area;
      const QColor pixel = image.pixelColor(static_cast<int>(bar.left() + 0.25 * bar.width()),
                                            static_cast<int>(bar.bottom() - 5));
      QCOMPARE(pixel.rgb(), markColour(panel.colours[s], s, false).rgb());
    }
  }

  void sameObjectiveTwiceIsToldApart() {
    const FigureStyle style = plainStyle();
    const std::vector<std::string> colours{"depth", "seg", "depth", "depth"};
    QCOMPARE(barFill(colours, 0, style).color(), markColour("depth", 0, false));
    std::set<QRgb> fills;
    for (const std::size_t s : {0u, 2u, 3u}) fills.insert(barFill(colours, s, style).color().rgb());
    QCOMPARE(fills.size(), std::size_t{3});
  }

  void axisUsesItsRange() {
    // Similarities close to 1: the axis begins near them.
    Figure figure = manyBars(1, 2, 1);
    auto& panel = std::get<BarPanel>(figure.panels[0]);
    panel.values = {{Estimate{0.95}, Estimate{0.99}}};
    panel.fromZero = false;
    QCustomPlot plot;
    drawFigure(plot, figure, plainStyle(), QSize(600, 300));
    QVERIFY(plot.axisRect()->axis(QCPAxis::atLeft)->range().lower > 0.9);
    QVERIFY(plot.axisRect()->axis(QCPAxis::atLeft)->range().upper >= 0.99);
    panel.fromZero = true;
    drawFigure(plot, figure, plainStyle(), QSize(600, 300));
    QCOMPARE(plot.axisRect()->axis(QCPAxis::atLeft)->range().lower, 0.0);
    // Losses over decades.
    panel.values = {{Estimate{0.02}, Estimate{40}}};
    QVERIFY(spansDecades(figure.panels[0]));
    drawFigure(plot, withLogarithmicAxes(figure, true), plainStyle(), QSize(600, 300));
    const QCPAxis* y = plot.axisRect()->axis(QCPAxis::atLeft);
    QCOMPARE(y->scaleType(), QCPAxis::stLogarithmic);
    QVERIFY(y->range().lower > 0 && y->range().lower <= 0.02 && y->range().upper >= 40);
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  prepareApplication(application);
  TestFigures test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_figures.moc"
