#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>
#include <set>

#include "ui/charts/figure_canvas.h"
#include "ui/charts/figure_view.h"
#include "ui/window/application.h"

using namespace uninet;

namespace {

Figure bars(const std::string& id) {
  BarPanel panel;
  panel.yLabel = "Metric ratio";
  panel.groups = {"Detection", "Depth"};
  panel.series = {"Multi-task", "Geometric"};
  panel.colours = {"multi-task", "geometric"};
  panel.items = {7, 9};
  panel.values = {{{0.5, 0.25, 0.75}, {0.25, 0.125, 0.5}}, {{0.75}, {0.125}}};
  panel.behind = {{{0.5, 0.25}, {4, 16}}, {{0.5, 0.375}, {4, 32}}};
  return {id, "Title of " + id, 84, 60, 1, {panel}};
}

Figure losses() {
  Figure figure = bars("losses");
  std::get<BarPanel>(figure.panels[0]).values = {{{0.02}, {3}}, {{40}, {0.5}}};
  return figure;
}

struct Shown {
  FigureView view{QStringLiteral("nothing yet")};
  explicit Shown(std::vector<Figure> figures, const QSize& size = {700, 230}) {
    view.resize(size);
    view.setFigures(std::move(figures));
    view.show();
    QApplication::processEvents();
  }
  FigureCanvas& canvas() { return view.canvas(); }
  const FigureMark& mark(const std::string& series, const std::string& group) {
    for (const FigureMark& mark : canvas().map().marks)
      if (mark.series == series && mark.group == group) return mark;
    throw std::runtime_error("no mark");
  }
  QPoint legend(const std::string& series) {
    for (const FigureMap::Entry& entry : canvas().map().legend)
      if (entry.series == series) return entry.area.center().toPoint();
    throw std::runtime_error("no legend");
  }
  QString readOut() { return view.findChild<QLabel*>("figure-read-out")->text(); }
};

}  // namespace

class TestFigureView : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void keepsItsChoice() {
    FigureView view("nothing yet");
    QVERIFY(view.current() == nullptr);
    view.setFigures({bars("first"), bars("second")});
    QCOMPARE(view.current()->id, std::string("first"));
    view.choose("second");
    view.setFigures({bars("first"), bars("second")});
    QCOMPARE(view.current()->id, std::string("second"));
    view.setFigures({bars("first")});
    QCOMPARE(view.current()->id, std::string("first"));
    view.setFigures({});
    QVERIFY(view.current() == nullptr);
  }

  void saysWhatWouldFillIt() {
    Shown shown({});
    const auto* empty = shown.view.findChild<QLabel*>("figure-empty");
    QVERIFY(empty->isVisible());
    QCOMPARE(empty->text(), QString("nothing yet"));
    QVERIFY(!shown.view.findChild<QComboBox*>("figure-list")->isVisible());
    shown.view.setFigures({bars("a")}, {{"a", "two images only"}});
    QVERIFY(!empty->isVisible());
    QCOMPARE(shown.view.note(), QString("two images only"));
  }

  void hoverSaysTheValue() {
    Shown shown({bars("a")});
    QTest::mouseMove(&shown.canvas(), shown.mark("Multi-task", "Depth").area.center().toPoint());
    QCOMPARE(shown.canvas().readOut(),
             QString("Depth \u00b7 Multi-task\nMetric ratio: 0.25 (95 %: 0.125 to 0.5)\n"
                     "clean 4 \u2192 attacked 16"));
    QVERIFY(shown.readOut().contains("0.25"));
    QTest::mouseMove(&shown.canvas(), QPoint(1, shown.canvas().height() - 1));
    QVERIFY(shown.readOut().isEmpty());
  }

  void hoverSaysWhatRoundingDoes() {
    Figure figure = bars("a");
    auto& values = std::get<BarPanel>(figure.panels[0]).values;
    for (auto& series : values)
      for (Estimate& e : series) e.check = checkOf(5, 0.25, 0.15, {}, false);
    Shown shown({figure});
    QTest::mouseMove(&shown.canvas(), shown.mark("Multi-task", "Depth").area.center().toPoint());
    QVERIFY2(shown.canvas().readOut().contains("rounding alone moves it by 0.1 (images: 5)"),
             qPrintable(shown.canvas().readOut()));
    QTest::mouseMove(&shown.canvas(), QPoint(1, shown.canvas().height() - 1));
  }

  void numbersAreInTheFormOfTheLocale() {
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    Shown shown({bars("a")});
    QTest::mouseMove(&shown.canvas(), shown.mark("Multi-task", "Depth").area.center().toPoint());
    const QString text = shown.readOut();
    shown.view.copyNumbers();
    QLocale::setDefault(before);
    QVERIFY(text.contains("0,25"));
    QVERIFY(QApplication::clipboard()->text().contains(",0.25,"));
  }

  void clickSaysWhatWasHit() {
    Shown shown({bars("a")});
    QSignalSpy clicked(&shown.view, &FigureView::clicked);
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, {},
                      shown.mark("Geometric", "Detection").area.center().toPoint());
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0], (QVariantList{"a", "Geometric", "Detection", qint64{9}}));
  }

  void keysGoFromValueToValue() {
    Shown shown({bars("a")});
    QSignalSpy clicked(&shown.view, &FigureView::clicked);
    QTest::keyClick(&shown.canvas(), Qt::Key_Return);
    QCOMPARE(clicked.size(), 0);
    QStringList seen;
    for (int i = 0; i < 4; ++i) {
      QTest::keyClick(&shown.canvas(), Qt::Key_Right);
      seen << shown.readOut().section("   ", 0, 0);
    }
    QCOMPARE(seen, (QStringList{"Detection \u00b7 Multi-task", "Detection \u00b7 Geometric",
                                "Depth \u00b7 Multi-task", "Depth \u00b7 Geometric"}));
    QTest::keyClick(&shown.canvas(), Qt::Key_Left);
    QTest::keyClick(&shown.canvas(), Qt::Key_Return);
    QCOMPARE(clicked.size(), 1);
    QCOMPARE(clicked[0], (QVariantList{"a", "Multi-task", "Depth", qint64{7}}));
    QTest::keyClick(&shown.canvas(), Qt::Key_Escape);
    QVERIFY(shown.readOut().isEmpty());
  }

  void legendSwitchesSeries() {
    Shown shown({bars("a"), bars("b")});
    const auto drawn = [&] { return shown.canvas().map().marks.size(); };
    QCOMPARE(drawn(), std::size_t{4});
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, {}, shown.legend("Multi-task"));
    QCOMPARE(drawn(), std::size_t{2});
    QCOMPARE(std::get<BarPanel>(shown.view.shown().panels[0]).series,
             std::vector<std::string>{"Geometric"});
    QCOMPARE(std::get<BarPanel>(shown.view.shown().panels[0]).items, std::vector<std::int64_t>{9});
    // The other figure has its own.
    shown.view.choose("b");
    QCOMPARE(drawn(), std::size_t{4});
    shown.view.choose("a");
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, {}, shown.legend("Multi-task"));
    QCOMPARE(drawn(), std::size_t{4});
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, Qt::AltModifier, shown.legend("Multi-task"));
    QCOMPARE(std::get<BarPanel>(shown.view.shown().panels[0]).series,
             std::vector<std::string>{"Multi-task"});
    QTest::mouseClick(&shown.canvas(), Qt::LeftButton, Qt::AltModifier, shown.legend("Multi-task"));
    QCOMPARE(drawn(), std::size_t{4});
    QTest::keyClick(&shown.canvas(), Qt::Key_2);
    QCOMPARE(std::get<BarPanel>(shown.view.shown().panels[0]).series,
             std::vector<std::string>{"Multi-task"});
    // Not all of them: an empty chart tells nothing.
    QTest::keyClick(&shown.canvas(), Qt::Key_1);
    QCOMPARE(drawn(), std::size_t{4});
  }

  void logarithmicWhereDecadesAreSpanned() {
    Shown shown({bars("a"), losses()});
    auto* log = shown.view.findChild<QToolButton*>("figure-log");
    QVERIFY(!log->isVisible());
    shown.view.choose("losses");
    QVERIFY(log->isVisible());
    QVERIFY(!log->isChecked());
    QTest::mouseClick(log, Qt::LeftButton);
    QVERIFY(std::get<BarPanel>(shown.view.shown().panels[0]).logarithmic);
    QTest::mouseClick(log, Qt::LeftButton);
    QVERIFY(!std::get<BarPanel>(shown.view.shown().panels[0]).logarithmic);
  }

  void aLowFrameScrollsOrPutsPanelsSideBySide() {
    Figure four = bars("four");
    for (int i = 0; i < 3; ++i) four.panels.push_back(four.panels[0]);
    four.columns = 2;
    const auto rowsIn = [&](const QSize& size) {
      Shown shown({four}, size);
      std::set<int> tops;
      for (const QRectF& panel : shown.canvas().map().panels) {
        if (panel.height() < 40) return -1;
        tops.insert(static_cast<int>(panel.top()));
      }
      return static_cast<int>(tops.size());
    };
    QCOMPARE(rowsIn({1600, 230}), 1);
    QCOMPARE(rowsIn({700, 900}), 2);
    QCOMPARE(rowsIn({700, 230}), 2);
    Shown low({four}, {300, 230});
    QVERIFY(low.canvas().height() > 230);
  }

  void copiesPictureAndNumbers() {
    Shown shown({bars("a")});
    shown.view.copyNumbers();
    QVERIFY(QApplication::clipboard()->text().contains("Depth,Multi-task,0.25,0.125,0.5"));
    shown.view.copyPicture();
    const auto image = QApplication::clipboard()->image();
    QCOMPARE(image.width(), 992);  // 84 mm at 300 dots an inch
  }

  void asksForExportAndAWindowOfItsOwn() {
    Shown shown({bars("a")});
    QSignalSpy exported(&shown.view, &FigureView::exportRequested);
    QSignalSpy popped(&shown.view, &FigureView::popOutRequested);
    QTest::mouseClick(shown.view.findChild<QToolButton*>("figure-export"), Qt::LeftButton);
    QTest::mouseClick(shown.view.findChild<QToolButton*>("figure-pop-out"), Qt::LeftButton);
    QCOMPARE(exported.size(), 1);
    QCOMPARE(popped.size(), 1);
  }

  void followsThePalette() {
    Shown shown({bars("a")});
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(20, 24, 30));
    dark.setColor(QPalette::WindowText, Qt::white);
    shown.view.setPalette(dark);
    QApplication::processEvents();
    const QImage image = shown.canvas().grab().toImage();
    QCOMPARE(image.pixelColor(image.width() - 2, image.height() - 2), QColor(20, 24, 30));
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  prepareApplication(application);
  TestFigureView test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_figure_view.moc"
