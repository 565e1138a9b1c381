#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/files.h"
#include "ui/window/application.h"
#include "ui/window/export_dialog.h"

using namespace uninet;

namespace {

Figure bars() {
  BarPanel panel;
  panel.yLabel = "Metric ratio";
  panel.groups = {"Segmentation", "Depth"};
  panel.series = {"Multi-task"};
  panel.values = {{{0.5}, {0.25}}};
  return {"3a", "Bars", 174, 60, 2, {panel, panel}};
}

}  // namespace

class TestExportDialog : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;

  QString path(const char* name) const { return folder_.filePath(name); }
  template <class Widget>
  static Widget& child(ExportDialog& dialog, const char* name) {
    return *dialog.findChild<Widget*>(name);
  }

 private Q_SLOTS:
  void init() {
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder_.path());
    QSettings().clear();
  }

  void writesWhatIsShown() {
    ExportDialog dialog(bars(), R"({"figure":"3a"})");
    dialog.show();
    child<QLineEdit>(dialog, "export-file").setText(path("one.pdf"));
    child<QComboBox>(dialog, "export-columns").setCurrentIndex(0);
    child<QComboBox>(dialog, "export-names").setCurrentIndex(1);
    QTest::mouseClick(&child<QCheckBox>(dialog, "export-svg"), Qt::LeftButton, {}, QPoint(8, 8));
    // Half as wide: one panel above the other, and twice as high.
    QCOMPARE(dialog.figure().widthMm, 84.0);
    QCOMPARE(dialog.figure().columns, 1);
    QCOMPARE(dialog.figure().heightMm, 120.0);
    QSignalSpy written(&dialog, &ExportDialog::written);
    QTest::mouseClick(&child<QPushButton>(dialog, "export-write"), Qt::LeftButton);
    QCOMPARE(written.size(), 1);
    QCOMPARE(written[0][1].toString(), QString(".pdf, .png, .csv"));
    QCOMPARE(dialog.result(), int{QDialog::Accepted});
    QVERIFY(readTextFile(path("one.csv").toStdString()).find("SS,Multi-task,0.5") !=
            std::string::npos);
    QVERIFY(!QFile::exists(path("one.svg")));
    QCOMPARE(QImage(path("one.png")).width(), 992);
    QCOMPARE(readManifest(path("one.pdf").toStdString()), std::string(R"({"figure":"3a"})"));

    // The next one begins with what was chosen, and makes the same bytes.
    const std::string before = readTextFile(path("one.pdf").toStdString());
    ExportDialog again(bars(), R"({"figure":"3a"})");
    QCOMPARE(again.figure().widthMm, 84.0);
    QVERIFY(!again.how().svg);
    QVERIFY(child<QLineEdit>(again, "export-file").text().startsWith(folder_.path()));
    child<QLineEdit>(again, "export-file").setText(path("one"));
    QVERIFY(child<QLabel>(again, "export-state").text().contains(".pdf, .png, .csv"));
    again.accept();
    QVERIFY(readTextFile(path("one.pdf").toStdString()) == before);
  }

  void aHeightThatWasTypedStays() {
    ExportDialog dialog(bars(), "{}");
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    auto& height = child<QDoubleSpinBox>(dialog, "export-height");
    height.setFocus();
    height.selectAll();
    QTest::keyClicks(&height, QLocale().toString(77));
    QTest::keyClick(&height, Qt::Key_Tab);
    child<QComboBox>(dialog, "export-columns").setCurrentIndex(0);
    QCOMPARE(dialog.figure().heightMm, 77.0);
  }

  void nothingToWriteIsNotOffered() {
    ExportDialog dialog(bars(), "{}");
    for (const char* box : {"export-pdf", "export-svg", "export-png", "export-csv"})
      child<QCheckBox>(dialog, box).setChecked(false);
    QVERIFY(!child<QPushButton>(dialog, "export-write").isEnabled());
    QVERIFY(!child<QLabel>(dialog, "export-state").text().isEmpty());
  }

  void anErrorStaysInTheDialog() {
    ExportDialog dialog(bars(), "{}");
    dialog.show();
    child<QLineEdit>(dialog, "export-file").setText("/proc/none/figure");
    QSignalSpy written(&dialog, &ExportDialog::written);
    QTest::mouseClick(&child<QPushButton>(dialog, "export-write"), Qt::LeftButton);
    QCOMPARE(written.size(), 0);
    QVERIFY(dialog.isVisible());
    QVERIFY(child<QLabel>(dialog, "export-state").text().contains("/proc/none"));
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  prepareApplication(application);
  TestExportDialog test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_export_dialog.moc"
