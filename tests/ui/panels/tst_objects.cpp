#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QtTest>

#include "ui/panels/objects_model.h"
#include "ui/panels/objects_panel.h"
#include "ui/panels/row_table.h"
#include "ui/panels/sorted_table.h"

using namespace uninet;

namespace {

ObjectNumbers side(const char* name, double score, double depth) {
  ObjectNumbers numbers;
  numbers.className = name;
  numbers.score = score;
  numbers.width = 46.4;
  numbers.height = 60;
  numbers.aspect = 46.4 / 60;
  numbers.depthMetres = depth;
  numbers.instDepthMetres = depth + 0.125;
  numbers.maskIou = 0.5;
  return numbers;
}

ObjectRow rowOf(int number, ObjectChange change, const ObjectNumbers& clean,
                const ObjectNumbers& attacked, const ObjectNumbers& truth = {}) {
  ObjectRow row;
  row.match.number = number;
  row.match.clean = clean.className.empty() ? -1 : number;
  row.match.attacked = attacked.className.empty() ? -1 : number;
  row.match.truth = truth.className.empty() ? -1 : number;
  row.match.change = change;
  row.clean = clean;
  row.attacked = attacked;
  row.truth = truth;
  return row;
}

std::vector<ObjectRow> scene() {
  return {
      rowOf(0, ObjectChange::same, side("car", 0.9, 13.1), side("car", 0.96, 11.7),
            side("car", 1, 14.5)),
      rowOf(1, ObjectChange::renamed, side("car", 0.5, 20), side("truck", 0.75, 21)),
      rowOf(2, ObjectChange::lost, side("person", 0.7, 9), {}),
      rowOf(3, ObjectChange::fresh, {}, side("bicycle", 0.8, 8)),
      rowOf(4, ObjectChange::unseen, {}, {}, side("bus", 1, 40)),
  };
}

struct Window {
  ObjectsPanel panel;
  RowTable* table;

  Window() {
    panel.resize(1400, 300);
    panel.setRows(scene(), true);
    panel.show();
    panel.activateWindow();
    table = panel.findChild<RowTable*>("objects");
  }
  QModelIndex cell(int row, int column) const { return table->model()->index(row, column); }
  std::vector<int> order() const {
    std::vector<int> numbers;
    for (int row = 0; row < table->model()->rowCount(); ++row)
      numbers.push_back(cell(row, 0).data(ObjectsModel::numberRole).toInt());
    return numbers;
  }
  QPoint at(int row) const { return table->visualRect(cell(row, ObjectsModel::truth)).center(); }
};

using Numbers = std::vector<int>;

}  // namespace

class TestObjects : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { QLocale::setDefault(QLocale::c()); }

  void modelKeepsItsPromises() {
    ObjectsModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset),
        changed(&model, &QAbstractItemModel::dataChanged);
    model.setRows(scene(), true);
    QCOMPARE(model.rowCount(), 5);
    const QPersistentModelIndex lost(model.index(2, 0));
    std::vector<ObjectRow> next = scene();
    next.erase(next.begin());
    next[2].attacked.score = 0.85;
    next.push_back(rowOf(7, ObjectChange::fresh, {}, side("car", 0.4, 3)));
    model.setRows(next, true);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(lost.row(), 1);
    QCOMPARE(changed.size(), 1);  // only the row that is another one
    QCOMPARE(model.index(2, ObjectsModel::score).data().toString(), QStringLiteral("– → 0.85"));
    model.setRows({}, false);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(reset.size(), 0);
  }

  void cellsSayCleanAndAttacked() {
    ObjectsModel model;
    model.setRows(scene(), true);
    const auto shown = [&model](int row, int column) {
      return model.index(row, column).data().toString();
    };
    QCOMPARE(shown(0, ObjectsModel::change), QString("same"));
    QCOMPARE(shown(0, ObjectsModel::className), QString("car"));
    QCOMPARE(shown(1, ObjectsModel::className), QStringLiteral("car → truck"));
    QCOMPARE(shown(2, ObjectsModel::className), QStringLiteral("person → –"));
    QCOMPARE(shown(4, ObjectsModel::change), QString("not found"));
    QCOMPARE(shown(4, ObjectsModel::truth), QString("bus"));
    QCOMPARE(shown(0, ObjectsModel::score), QStringLiteral("0.90 → 0.96"));
    QCOMPARE(shown(0, ObjectsModel::box), QStringLiteral("46×60 → 46×60"));
    QCOMPARE(shown(0, ObjectsModel::depth), QStringLiteral("13.1 → 11.7"));
    QCOMPARE(shown(2, ObjectsModel::depth), QStringLiteral("9.0 → –"));
    QVERIFY(model.index(0, ObjectsModel::depth).data(Qt::ToolTipRole).toString().contains("14.5"));
    // Every change has a sign of its own.
    QSet<QString> signs;
    for (int row = 0; row < 5; ++row)
      signs << model.index(row, ObjectsModel::change).data(ObjectsModel::glyphRole).toString();
    QCOMPARE(signs.size(), 5);
    model.setRows(scene(), false);
    QCOMPARE(shown(0, ObjectsModel::score), QString("0.90"));
    QCOMPARE(shown(0, ObjectsModel::change), QStringLiteral("–"));
  }

  void sortsByNumberWithNothingLast() {
    Window w;
    QCOMPARE(w.order(), (Numbers{0, 1, 2, 3, 4}));
    w.table->sortByColumn(ObjectsModel::score, Qt::AscendingOrder);
    QCOMPARE(w.order(), (Numbers{1, 2, 0, 3, 4}));
    w.table->sortByColumn(ObjectsModel::score, Qt::DescendingOrder);
    QCOMPARE(w.order(), (Numbers{0, 2, 1, 3, 4}));
    w.table->sortByColumn(ObjectsModel::depth, Qt::AscendingOrder);
    QCOMPARE(w.order(), (Numbers{2, 0, 1, 3, 4}));
    w.table->sortByColumn(ObjectsModel::truth, Qt::DescendingOrder);
    QCOMPARE(w.order()[0], 0);
    QCOMPARE(w.order()[1], 4);
  }

  void filtersByWordsAndChange() {
    Window w;
    auto* search = w.panel.findChild<QLineEdit*>("find-object");
    auto* changes = w.panel.findChild<QComboBox*>("object-changes");
    QTest::keyClicks(search, "car");
    QCOMPARE(w.order(), (Numbers{0, 1}));
    changes->setFocus();
    QTest::keyClick(changes, Qt::Key_Down);  // every change
    QCOMPARE(w.order(), (Numbers{1}));
    search->clear();
    QCOMPARE(w.order(), (Numbers{1, 2, 3}));
    for (int i = 0; i < 4; ++i) QTest::keyClick(changes, Qt::Key_Down);
    QCOMPARE(w.order(), (Numbers{2}));
    QVERIFY(w.panel.findChild<QLabel*>("object-count")->text().startsWith("1 of 5"));
    QTest::keyClicks(search, "nobody");
    QCOMPARE(w.table->emptyText(), QString("No object fits the words and the change."));
    w.panel.setRows({}, false);
    QVERIFY(w.table->emptyText().startsWith("No object is predicted"));
  }

  void pointingChoosingAndZoomingIsTold() {
    Window w;
    QVERIFY(QTest::qWaitForWindowActive(&w.panel));
    QSignalSpy hovered(&w.panel, &ObjectsPanel::hovered),
        selected(&w.panel, &ObjectsPanel::selected), zoomed(&w.panel, &ObjectsPanel::zoomRequested),
        attacked(&w.panel, &ObjectsPanel::attackRequested);
    QTest::mouseMove(w.table->viewport(), w.at(0));
    QTest::mouseMove(w.table->viewport(), w.at(2));
    QTRY_VERIFY(!hovered.isEmpty());
    QCOMPARE(hovered.last()[0].toInt(), 2);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(w.table->viewport(), &leave);
    QCOMPARE(hovered.last()[0].toInt(), -1);
    QTest::mouseClick(w.table->viewport(), Qt::LeftButton, {}, w.at(1));
    QCOMPARE(selected.last()[0].toInt(), 1);
    QTest::mouseDClick(w.table->viewport(), Qt::LeftButton, {}, w.at(1));
    QCOMPARE(zoomed.last()[0].toInt(), 1);
    w.table->setFocus();
    QTest::keyClick(w.table, Qt::Key_Down);
    QCOMPARE(selected.last()[0].toInt(), 2);
    QTest::keyClick(w.table, Qt::Key_Return);
    QCOMPARE(zoomed.last()[0].toInt(), 2);
    w.panel.findChild<QAction*>("attack-object")->trigger();
    QCOMPARE(attacked.last()[0].toInt(), 2);
    w.panel.setAttackable(false);
    QVERIFY(!w.panel.findChild<QAction*>("attack-object")->isEnabled());
  }

  void fromOutsideNothingIsTold() {
    Window w;
    QSignalSpy hovered(&w.panel, &ObjectsPanel::hovered),
        selected(&w.panel, &ObjectsPanel::selected);
    w.panel.setSelected(3);
    QCOMPARE(w.table->chosenRows().size(), 1);
    QCOMPARE(w.table->chosenRows()[0].data(ObjectsModel::numberRole).toInt(), 3);
    w.panel.setHovered(2);
    QVERIFY(w.cell(2, 0).data(ObjectsModel::hoveredRole).toBool());
    w.panel.setSelected(-1);
    QVERIFY(w.table->chosenRows().isEmpty());
    w.panel.setSelected(99);
    QCOMPARE(hovered.size(), 0);
    QCOMPARE(selected.size(), 0);
  }

  void selectionOutlivesANewPrediction() {
    Window w;
    w.panel.setSelected(2);
    std::vector<ObjectRow> next = scene();
    next.erase(next.begin());
    w.panel.setRows(next, true);
    QCOMPARE(w.table->chosenRows().size(), 1);
    QCOMPARE(w.table->chosenRows()[0].data(ObjectsModel::numberRole).toInt(), 2);
  }

  void copiesEveryDigitInAnyLocale() {
    QLocale::setDefault(QLocale(QLocale::German));
    Window w;
    QVERIFY(QTest::qWaitForWindowActive(&w.panel));
    w.table->setFocus();
    w.panel.setSelected(0);
    QTest::keyClick(w.table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY(
        lines[0].startsWith("object,change,class_clean,class_attacked,class_truth,score_clean"));
    QCOMPARE(lines[1],
             QString("0,same,car,car,car,0.9,0.96,1,46.4,46.4,46.4,60,60,60,0.7733333333333333,"
                     "0.7733333333333333,0.7733333333333333,0.5,0.5,0.5,13.1,11.7,14.5,13.225,"
                     "11.825,14.625"));
    w.table->clearSelection();
    w.table->sortByColumn(ObjectsModel::score, Qt::DescendingOrder);
    w.panel.copyCsv();
    const QStringList all = QGuiApplication::clipboard()->text().split('\n');
    QCOMPARE(all.size(), 7);
    QVERIFY(all[2].startsWith("2,lost,person,,,0.7,,,"));
  }
};

QTEST_MAIN(TestObjects)
#include "tst_objects.moc"
