#include <QApplication>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/files.h"
#include "ui/charts/figure_export.h"
#include "ui/charts/figure_view.h"
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
               {"OD", "D"},
               {Shade::semantic, Shade::geometric},
               {"a", "b"},
               {{estimate(0.5), estimate(0.75)}, {Estimate(), estimate(1)}},
               1.0},
      LinePanel{"lines",
                "\u03b5",
                "ratio",
                {0.5, 1, 2},
                {"OD"},
                {{estimate(1), estimate(0.5), estimate(0.25)}}},
      HeatPanel{"heat", {"r"}, {"c", "d"}, {{0.25, Estimate::kNone}}, 0, 1, false},
      ArrowPanel{"arrows", "w", "h", {"person"}, {{10, 20, 30, 15, 0}}},
      PicturePanel{{"row"}, {"column"}, {{cv::Mat(8, 16, CV_8UC3, cv::Scalar(200, 10, 10))}}}};
  return figure;
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

  void numbersAreWritten() {
    const std::string csv = figureCsv(everyPanel());
    QVERIFY(csv.find("bars,OD,a,0.5,0.4,0.6\n") != std::string::npos);
    QVERIFY(csv.find("bars,OD,b,,,\n") != std::string::npos);
    QVERIFY(csv.find("lines,2,OD,0.25,0.15,0.35\n") != std::string::npos);
    QVERIFY(csv.find("heat,r,c,0.25\n") != std::string::npos);
    QVERIFY(csv.find("arrows,person,10,20,30,15\n") != std::string::npos);
  }

  void anUnwritableFolderIsNamed() {
    QVERIFY_EXCEPTION_THROWN(writeFigure(everyPanel(), "/proc/none/figure", "{}"), std::exception);
  }

  void viewKeepsItsChoice() {
    FigureView view("nothing yet");
    QVERIFY(view.current() == nullptr);
    Figure first = everyPanel(), second = everyPanel();
    second.id = "second";
    view.setFigures({first, second});
    QCOMPARE(view.current()->id, std::string("all"));
    view.choose("second");
    view.setFigures({first, second});
    QCOMPARE(view.current()->id, std::string("second"));
    view.setFigures({first});
    QCOMPARE(view.current()->id, std::string("all"));
    view.resize(600, 300);
    QVERIFY(!view.grab().isNull());
    view.setFigures({});
    QVERIFY(view.current() == nullptr);
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  prepareApplication(application);
  TestFigures test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_figures.moc"
