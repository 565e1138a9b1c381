#include <QAbstractItemView>
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFormLayout>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtTest>

#include "ui/style/colours.h"
#include "ui/style/fonts.h"
#include "ui/style/icons.h"
#include "ui/style/roles.h"
#include "ui/style/theme.h"

using namespace uninet;

namespace {

QAction* checkable(QObject* parent, const char* text, bool on = false) {
  auto* action = new QAction(QString::fromUtf8(text), parent);
  action->setCheckable(true);
  action->setChecked(on);
  action->setObjectName(QString::fromUtf8(text).toLower());
  return action;
}

QWidget* segmentsFor(QWidget* parent, const QList<const char*>& texts, bool exclusive) {
  QList<QAction*> actions;
  auto* group = new QActionGroup(parent);
  group->setExclusive(exclusive);
  for (const char* text : texts) {
    actions << checkable(parent, text, actions.isEmpty());
    if (exclusive) group->addAction(actions.back());
  }
  return makeSegments(actions, parent);
}

/// How many pixels have nearly this colour.
int count(const QImage& image, const QColor& colour) {
  int found = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const QColor pixel = image.pixelColor(x, y);
      if (std::abs(pixel.red() - colour.red()) < 12 &&
          std::abs(pixel.green() - colour.green()) < 12 &&
          std::abs(pixel.blue() - colour.blue()) < 12)
        ++found;
    }
  return found;
}

QImage grabbed(QWidget& widget) { return widget.grab().toImage(); }

QWidget* makeToolBar(QWidget* parent) {
  auto* bar = new QToolBar(parent);
  auto* chip = new QToolButton(bar);
  chip->setText(QStringLiteral("uninet-streetscape"));
  chip->setIcon(icon("network"));
  auto* menu = new QMenu(chip);
  menu->addAction(icon("folder"), QStringLiteral("Prüfpunkt öffnen …"), QKeySequence("Ctrl+O"));
  menu->addSeparator();
  menu->addAction(checkable(menu, "Zuletzt benutzt", true));
  chip->setMenu(menu);
  makeChip(*chip);
  bar->addWidget(chip);
  auto* gap = new QWidget(bar);
  gap->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(gap);
  auto* rows = new QLabel(QStringLiteral("Zeilen"), bar);
  makeMuted(*rows);
  bar->addWidget(rows);
  bar->addWidget(segmentsFor(bar, {"sauber", "angegriffen", "Änderung", "Wahrheit"}, false));
  bar->addSeparator();
  bar->addWidget(segmentsFor(bar, {"Raster", "Fokus", "Wischen"}, true));
  auto* run = new QPushButton(icon("run", Ink::onAccent), QStringLiteral("Starten"), bar);
  makePrimary(*run, QStringLiteral("F5"));
  bar->addWidget(run);
  return bar;
}

QWidget* makeForm(QWidget* parent) {
  auto* panel = new QWidget(parent);
  panel->setFixedWidth(metrics::kAttackPanelWidth);
  auto* layout = new QVBoxLayout(panel);
  auto* heading = new QLabel(QStringLiteral("Angriff"), panel);
  makeHeading(*heading);
  layout->addWidget(heading);
  auto* form = new QFormLayout;
  const auto add = [&](const char* text, QWidget* widget) {
    auto* label = new QLabel(QString::fromUtf8(text), panel);
    makeMuted(*label);
    form->addRow(label, widget);
  };
  auto* method = new QComboBox(panel);
  method->addItems({QStringLiteral("PGD"), QStringLiteral("Aus der Segmentierung verstecken")});
  method->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  method->setMinimumContentsLength(8);
  add("Verfahren", method);
  auto* objective = new QComboBox(panel);
  objective->addItem(QStringLiteral("Multi-Task"));
  objective->setEnabled(false);
  add("Ziel", objective);
  auto* strength = new QSlider(Qt::Horizontal, panel);
  strength->setValue(60);
  add("Stärke ε", strength);
  auto* steps = new QDoubleSpinBox(panel);
  steps->setSuffix(QStringLiteral(" von 255"));
  add("Schritte", steps);
  auto* note = new QLineEdit(panel);
  note->setPlaceholderText(QStringLiteral("suchen …"));
  add("Notiz", note);
  auto* check = new QCheckBox(QStringLiteral("zufälliger Start"), panel);
  check->setChecked(true);
  add("Start", check);
  add("", new QCheckBox(QStringLiteral("Impuls"), panel));
  auto* radio = new QRadioButton(QStringLiteral("ganzes Bild"), panel);
  radio->setChecked(true);
  add("Bereich", radio);
  add("", new QRadioButton(QStringLiteral("Rechteck"), panel));
  layout->addLayout(form);
  auto* buttons = new QHBoxLayout;
  auto* run = new QPushButton(icon("run", Ink::onAccent), QStringLiteral("Starten"), panel);
  makePrimary(*run);
  auto* stop = new QPushButton(icon("stop"), QStringLiteral("Anhalten"), panel);
  stop->setEnabled(false);
  buttons->addWidget(run, 1);
  buttons->addWidget(stop);
  layout->addLayout(buttons);
  auto* named = new QProgressBar(panel);
  named->setValue(40);
  named->setFormat(QStringLiteral("Schritt 4 von 10, noch 0:07"));
  layout->addWidget(named);
  auto* thin = new QProgressBar(panel);
  thin->setTextVisible(false);
  thin->setValue(70);
  layout->addWidget(thin);
  auto* group = new QGroupBox(QStringLiteral("Was geschehen ist"), panel);
  auto* inner = new QVBoxLayout(group);
  auto* small = new QLabel(QStringLiteral("l∞ 4 · l2 1500 · alle Pixel"), group);
  makeSmall(*small);
  inner->addWidget(small);
  layout->addWidget(group);
  layout->addStretch();
  return panel;
}

QWidget* makeTables(QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(0, 0, 0, 0);
  auto* tabs = new QTabBar(box);
  tabs->setDrawBase(false);
  tabs->setExpanding(false);
  for (const char* text : {"Läufe", "Kennzahlen", "Wechselwirkung", "Ebenen", "Objekte"})
    tabs->addTab(QString::fromUtf8(text));
  layout->addWidget(tabs);
  auto* table = new QTableWidget(12, 4, box);
  table->setFrameShape(QFrame::NoFrame);
  table->setHorizontalHeaderLabels({QStringLiteral("Lauf"), QStringLiteral("Ziel"),
                                    QStringLiteral("Zeit"), QStringLiteral("Notiz")});
  table->verticalHeader()->hide();
  table->setShowGrid(false);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->horizontalHeader()->setStretchLastSection(true);
  for (int row = 0; row < 12; ++row) {
    auto* first = new QTableWidgetItem(QStringLiteral("PGD · ε %1").arg(row));
    first->setCheckState(row % 2 == 0 ? Qt::Checked : Qt::Unchecked);
    table->setItem(row, 0, first);
    table->setItem(row, 1, new QTableWidgetItem(QStringLiteral("Tiefe")));
    table->setItem(row, 2, new QTableWidgetItem(QStringLiteral("%1 s").arg(row)));
  }
  table->setSortingEnabled(true);
  table->sortByColumn(0, Qt::AscendingOrder);
  table->selectRow(1);
  layout->addWidget(table, 1);
  auto* icons = new QListWidget(box);
  icons->setViewMode(QListView::IconMode);
  icons->setResizeMode(QListView::Adjust);
  icons->setGridSize(QSize(96, 48));
  for (const char* name : iconNames())
    icons->addItem(new QListWidgetItem(icon(name), QString::fromLatin1(name)));
  layout->addWidget(icons, 1);
  return box;
}

/// Every kind of control that the window has.
std::unique_ptr<QWidget> makeGallery() {
  auto window = std::make_unique<QWidget>();
  auto* layout = new QVBoxLayout(window.get());
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  auto* bar = new QMenuBar(window.get());
  for (const char* text : {"&Datei", "&Bearbeiten", "&Ansicht", "&Hilfe"})
    bar->addMenu(QString::fromUtf8(text));
  layout->addWidget(bar);
  layout->addWidget(makeToolBar(window.get()));
  auto* splitter = new QSplitter(window.get());
  splitter->addWidget(makeTables(splitter));
  splitter->addWidget(makeForm(splitter));
  splitter->setStretchFactor(0, 1);
  layout->addWidget(splitter, 1);
  auto* status = new QStatusBar(window.get());
  status->showMessage(QStringLiteral("x 281, y 101 · car"));
  layout->addWidget(status);
  window->resize(1180, 720);
  return window;
}

}  // namespace

class TestStyle : public QObject {
  Q_OBJECT

 private:
  void useScheme(Scheme scheme) {
    Theme::instance()->setChoice(scheme == Scheme::dark ? Theme::Choice::dark
                                                        : Theme::Choice::light);
  }

 private Q_SLOTS:
  void initTestCase() { Theme::install(*qApp); }
  void init() {
    useScheme(Scheme::light);
    Theme::instance()->setDensity(metrics::Density::comfortable);
  }

  /// With UNINET_GALLERY a folder, the pictures are kept there to be looked at.
  void theGalleryIsDrawnInEveryLook_data() {
    QTest::addColumn<Scheme>("scheme");
    QTest::addColumn<metrics::Density>("density");
    QTest::newRow("light") << Scheme::light << metrics::Density::comfortable;
    QTest::newRow("dark") << Scheme::dark << metrics::Density::comfortable;
    QTest::newRow("light-compact") << Scheme::light << metrics::Density::compact;
  }
  void theGalleryIsDrawnInEveryLook() {
    QFETCH(Scheme, scheme);
    QFETCH(metrics::Density, density);
    const auto window = makeGallery();
    window->show();
    useScheme(scheme);
    Theme::instance()->setDensity(density);
    QCoreApplication::processEvents();
    const QImage image = grabbed(*window);
    const int all = image.width() * image.height();
    const Tokens &looks = tokens(scheme),
                 &others = tokens(scheme == Scheme::dark ? Scheme::light : Scheme::dark);
    QVERIFY(count(image, looks.window) > all / 2);
    QVERIFY(count(image, others.window) < all / 30);  // text of one is nearly the other's window
    QVERIFY(count(image, looks.accent) > 1000);
    QVERIFY(count(image, looks.soft) > 1000);
    const QString folder = qEnvironmentVariable("UNINET_GALLERY");
    if (folder.isEmpty()) return;
    QVERIFY(image.save(QDir(folder).filePath(
        QStringLiteral("%1.png").arg(QString::fromLatin1(QTest::currentDataTag())))));
    auto* menu = window->findChild<QMenu*>();
    for (QMenu* other : window->findChildren<QMenu*>())
      if (other->actions().size() > 1) menu = other;
    menu->popup(QPoint(0, 0));
    menu->setActiveAction(menu->actions().first());
    QVERIFY(menu->grab().save(QDir(folder).filePath(
        QStringLiteral("menu-%1.png").arg(QString::fromLatin1(QTest::currentDataTag())))));
    menu->close();
  }

  void textsHaveRoom() {
    const QString text = QStringLiteral("Wechselwirkungen angreifen");
    for (const metrics::Density density :
         {metrics::Density::comfortable, metrics::Density::compact}) {
      Theme::instance()->setDensity(density);
      const QFontMetrics metrics(bodyFont());
      const int width = metrics.horizontalAdvance(text);
      QPushButton button(text), primary(text);
      makePrimary(primary, QStringLiteral("Strg+F5"));
      QToolButton tool;
      tool.setText(text);
      tool.setToolButtonStyle(Qt::ToolButtonTextOnly);
      QComboBox combo;
      combo.addItem(text);
      QCheckBox check(text);
      QVERIFY(button.sizeHint().width() >= width + 16);
      QVERIFY(primary.sizeHint().width() >=
              width + QFontMetrics(smallFont()).horizontalAdvance(QStringLiteral("Strg+F5")) + 16);
      QVERIFY(tool.sizeHint().width() >= width + 8);
      QVERIFY(combo.sizeHint().width() >= width + 26);
      QVERIFY(check.sizeHint().width() >= width + 16);
      for (QWidget* widget : std::initializer_list<QWidget*>{&button, &primary, &tool, &combo})
        QVERIFY(widget->sizeHint().height() >= metrics.height() + 4);
      const int height = button.sizeHint().height();
      QLineEdit line;
      QSpinBox spin;
      QCOMPARE(combo.sizeHint().height(), height);
      QCOMPARE(line.sizeHint().height(), height);
      QCOMPARE(spin.sizeHint().height(), height);
      QCOMPARE(tool.sizeHint().height(), height);
    }
  }

  void largeTextMakesFieldsTaller() {
    QComboBox combo;
    const int before = combo.sizeHint().height();
    QFont large = bodyFont();
    large.setPointSizeF(20);
    combo.setFont(large);
    QVERIFY(combo.sizeHint().height() > before);
  }

  void keyboardFocusIsSeen_data() {
    QTest::addColumn<Scheme>("scheme");
    QTest::newRow("light") << Scheme::light;
    QTest::newRow("dark") << Scheme::dark;
  }
  void keyboardFocusIsSeen() {
    QFETCH(Scheme, scheme);
    useScheme(scheme);
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    auto* primary = new QPushButton(QStringLiteral("Run"));
    makePrimary(*primary);
    auto* tabs = new QTabBar;
    tabs->addTab(QStringLiteral("Runs"));
    auto* tool = new QToolButton;
    tool->setText(QStringLiteral("Fit"));
    tool->setFocusPolicy(Qt::StrongFocus);
    const QList<QWidget*> widgets{new QLineEdit,
                                  new QPushButton(QStringLiteral("Stop")),
                                  primary,
                                  tool,
                                  new QComboBox,
                                  new QSpinBox,
                                  new QCheckBox(QStringLiteral("Momentum")),
                                  new QRadioButton(QStringLiteral("Box")),
                                  new QSlider(Qt::Horizontal),
                                  tabs};
    for (QWidget* widget : widgets) layout->addWidget(widget);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    widgets.front()->setFocus();
    for (int i = 1; i < widgets.size(); ++i) {
      const QImage before = grabbed(*widgets[i]);
      QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
      QCOMPARE(window.focusWidget(), widgets[i]);
      const QImage after = grabbed(*widgets[i]);
      int changed = 0;
      for (int y = 0; y < after.height(); ++y)
        for (int x = 0; x < after.width(); ++x)
          if (after.pixel(x, y) != before.pixel(x, y)) ++changed;
      QVERIFY2(changed > 30, widgets[i]->metaObject()->className());
    }
  }

  void segmentsAreOneControl() {
    QWidget window;
    auto* layout = new QVBoxLayout(&window);
    QWidget* layouts = segmentsFor(&window, {"Grid", "Focus", "Wipe"}, true);
    QWidget* rows = segmentsFor(&window, {"clean", "attacked"}, false);
    layout->addWidget(layouts);
    layout->addWidget(rows);
    window.show();
    const auto button = [&](const char* name) {
      return window.findChild<QToolButton*>(QLatin1String(name) + QStringLiteral("Button"));
    };
    QVERIFY(button("grid")->isChecked());
    QTest::mouseClick(button("wipe"), Qt::LeftButton);
    QVERIFY(button("wipe")->isChecked() && !button("grid")->isChecked());
    QTest::keyClick(button("focus"), Qt::Key_Space);
    QVERIFY(button("focus")->isChecked() && !button("wipe")->isChecked());
    QTest::mouseClick(button("attacked"), Qt::LeftButton);
    QVERIFY(button("clean")->isChecked() && button("attacked")->isChecked());
    QCOMPARE(button("grid")->accessibleName(), QStringLiteral("Grid"));
    // Chosen is filled; neighbours touch.
    const QImage image = grabbed(*button("focus"));
    QVERIFY(count(image, tokens(Scheme::light).soft) > image.width() * image.height() / 2);
    QCOMPARE(button("grid")->geometry().right() + 1, button("focus")->geometry().left());
  }

  void spinBoxesStepByTheirArrows() {
    QSpinBox spin;
    spin.resize(spin.sizeHint());
    spin.show();
    const int right = spin.width() - 9;
    QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(right, 6));
    QCOMPARE(spin.value(), 1);
    QTest::mouseClick(&spin, Qt::LeftButton, {}, QPoint(right, spin.height() - 6));
    QCOMPARE(spin.value(), 0);
  }

  void slidersFollowTheMouse() {
    QSlider slider(Qt::Horizontal);
    slider.setRange(0, 100);
    slider.resize(218, 24);
    slider.show();
    QTest::mousePress(&slider, Qt::LeftButton, {}, QPoint(9, 12));
    QTest::mouseMove(&slider, QPoint(109, 12));
    QTest::mouseRelease(&slider, Qt::LeftButton, {}, QPoint(109, 12));
    QVERIFY(std::abs(slider.value() - 50) <= 1);
    // The handle is drawn where the value is.
    QCOMPARE(grabbed(slider).pixelColor(109, 12), tokens(Scheme::light).accent);
  }

  void scrollBarsAreThinAndWork_data() {
    QTest::addColumn<Qt::Orientation>("orientation");
    QTest::newRow("upright") << Qt::Vertical;
    QTest::newRow("flat") << Qt::Horizontal;
  }
  void scrollBarsAreThinAndWork() {
    QFETCH(Qt::Orientation, orientation);
    const bool flat = orientation == Qt::Horizontal;
    QScrollBar bar(orientation);
    bar.setRange(0, 1000);
    bar.setPageStep(250);
    const int length = 200;
    QCOMPARE(flat ? bar.sizeHint().height() : bar.sizeHint().width(), metrics::kScrollBar);
    bar.resize(flat ? length : metrics::kScrollBar, flat ? metrics::kScrollBar : length);
    bar.show();
    const auto at = [flat](int along) { return flat ? QPoint(along, 5) : QPoint(5, along); };
    QTest::mousePress(&bar, Qt::LeftButton, {}, at(10));  // the handle is a fifth: 0 to 40
    QTest::mouseMove(&bar, at(90));
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, at(90));
    QCOMPARE(bar.value(), 500);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, at(195));
    QCOMPARE(bar.value(), 750);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, at(3));
    QCOMPARE(bar.value(), 500);
    // A long document keeps a handle that can be taken.
    bar.setRange(0, 1000000);
    bar.setValue(0);
    QTest::mousePress(&bar, Qt::LeftButton, {}, at(20));
    QTest::mouseMove(&bar, at(190));
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, at(190));
    QVERIFY(bar.value() > 900000);
  }

  void boxesAndButtonsAnswerTheMouse() {
    QCheckBox check(QStringLiteral("Momentum"));
    check.resize(check.sizeHint());
    check.show();
    const int before = count(grabbed(check), tokens(Scheme::light).accent);
    QTest::mouseClick(&check, Qt::LeftButton, {}, QPoint(8, check.height() / 2));
    QVERIFY(check.isChecked());
    QVERIFY(count(grabbed(check), tokens(Scheme::light).accent) > before + 100);
    check.setEnabled(false);
    QCOMPARE(count(grabbed(check), tokens(Scheme::light).accent), 0);

    QComboBox combo;
    combo.addItems({QStringLiteral("a"), QStringLiteral("b")});
    combo.resize(120, combo.sizeHint().height());
    combo.show();
    QTest::mouseClick(&combo, Qt::LeftButton, {}, QPoint(110, 10));
    QTRY_VERIFY(combo.view()->isVisible());
    QTest::keyClick(combo.view(), Qt::Key_Down);
    QTest::keyClick(combo.view(), Qt::Key_Return);
    QCOMPARE(combo.currentIndex(), 1);
  }

  void disabledLooksDisabled() {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
      useScheme(scheme);
      QPushButton run(icon("run", Ink::onAccent), QStringLiteral("Run"));
      makePrimary(run, QStringLiteral("F5"));
      run.resize(run.sizeHint());
      QVERIFY(count(grabbed(run), tokens(scheme).accent) > 500);
      run.setEnabled(false);
      QCOMPARE(count(grabbed(run), tokens(scheme).accent), 0);
      QVERIFY(count(grabbed(run), tokens(scheme).disabled) > 10);
    }
  }

  void progressIsAsLongAsItIsFar() {
    QProgressBar bar;
    bar.setTextVisible(false);
    bar.resize(200, 6);
    for (const int percent : {0, 25, 100}) {
      bar.setValue(percent);
      const int filled = count(grabbed(bar), tokens(Scheme::light).accent);
      QVERIFY2(std::abs(filled - 200 * 6 * percent / 100) < 30,
               qPrintable(QString::number(filled)));
    }
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  QSettings::setDefaultFormat(QSettings::IniFormat);
  QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settings.path());
  QApplication application(argc, argv);
  QApplication::setOrganizationName(QStringLiteral("UniNet test"));
  QApplication::setApplicationName(QStringLiteral("style"));
  TestStyle test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_style.moc"
