#include <QAbstractItemModelTester>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QScrollBar>
#include <QSemaphore>
#include <QSignalSpy>
#include <QtTest>
#include <atomic>

#include "core/base/error.h"
#include "support/patience.h"
#include "ui/panels/film_strip.h"

using namespace uninet;

namespace {

/// Grey pictures of two cities; counts how many were read. Number 3 cannot be read.
class Pictures : public Dataset {
 public:
  explicit Pictures(std::size_t size) : size_(size) {}
  std::string title() const override { return "pictures"; }
  std::size_t size() const override { return size_; }
  std::string name(std::size_t index) const override {
    return group(index) + "_" + std::to_string(index + 1000000);
  }
  std::string group(std::size_t index) const override { return index % 2 == 0 ? "ulm" : "bonn"; }
  bool hasGroundTruth() const override { return false; }
  RawFrame load(std::size_t index) const override {
    ++loaded;
    gate.acquire();
    gate.release();
    if (index == 3) throw Error("no picture");
    RawFrame frame;
    frame.image = cv::Mat(64, 300, CV_8UC3, cv::Scalar::all(static_cast<double>(index % 200)));
    return frame;
  }
  mutable std::atomic<int> loaded{0};
  mutable QSemaphore gate{1};  ///< taken by a test: reading waits

 private:
  std::size_t size_;
};


}  // namespace

class TestFilmStrip : public QObject {
  Q_OBJECT

  struct Strip {
    explicit Strip(std::size_t size, qsizetype bytes = Thumbnails::kMostBytes)
        : pictures(std::make_shared<Pictures>(size)), strip(nullptr, bytes) {
      strip.resize(FilmStrip::kWidth, 600);
      strip.setDataset(pictures);
      strip.show();
    }
    std::shared_ptr<Pictures> pictures;
    FilmStrip strip;
    QListView* list() { return strip.findChild<QListView*>("film"); }
    QLineEdit* field() { return strip.findChild<QLineEdit*>("film-find"); }
    QString notFound() { return strip.findChild<QLabel*>("film-not-found")->text(); }
    bool made(int index) { return strip.model().thumbnails().find(index) != nullptr; }
    /// Of the context menu; chosen with the keyboard.
    void choose(int downs) {
      Q_EMIT list()->customContextMenuRequested({20, 20});
      auto* menu = strip.findChild<QMenu*>();
      for (int i = 0; i < downs; ++i) QTest::keyClick(menu, Qt::Key_Down);
      QTest::keyClick(menu, Qt::Key_Return);
      QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
  };

 private Q_SLOTS:
  void saysWhatToDoWithoutImages() {
    FilmStrip strip;
    strip.show();
    QCOMPARE(strip.width(), 96);
    QVERIFY(strip.findChild<QLabel*>("film-empty")->isVisible());
    QVERIFY(!strip.findChild<QLineEdit*>("film-find")->isEnabled());
    strip.setDataset(std::make_shared<Pictures>(4));
    QVERIFY(!strip.findChild<QLabel*>("film-empty")->isVisible());
    QVERIFY(strip.findChild<QListView*>("film")->isVisible());
  }

  void theModelKeepsItsWord() {
    FilmModel model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setDataset(std::make_shared<Pictures>(9));
    model.setMarked({1, 4, 77});
    model.setDamage({{2, 0.5}});
    model.setOrder(FilmModel::Order::damage);
    model.setGroups({"ulm"});
    model.setDamage({{2, 0.5}, {8, 0.75}});
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.indexAt(0), 8);
    QCOMPARE(model.indexAt(1), 2);
    QCOMPARE(model.indexAt(2), 0);
    QCOMPARE(model.rowOf(1), -1);
    QCOMPARE(model.rowOf(77), -1);
  }

  // A jump to the end of 60,000 pictures reads what is seen at both ends and a few beside.
  void onlyWhatIsSeenIsRead() {
    Strip open(60000);
    QTRY_VERIFY_WITH_TIMEOUT(open.made(0), kPatience);
    const int most = open.list()->viewport()->height() / 40 + 1 + 2 * 4;
    open.list()->verticalScrollBar()->setValue(open.list()->verticalScrollBar()->maximum());
    QTRY_VERIFY_WITH_TIMEOUT(open.made(59999), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(open.made(59990), kPatience);
    QVERIFY2(open.pictures->loaded <= 2 * most, qPrintable(QString::number(open.pictures->loaded)));
    QVERIFY(!open.made(30000));
  }

  void whatIsScrolledPastIsNotRead() {
    Strip open(60000);
    open.pictures->gate.acquire();
    QTRY_COMPARE_WITH_TIMEOUT(open.pictures->loaded.load(), 1, kPatience);
    QScrollBar* bar = open.list()->verticalScrollBar();
    for (int i = 1; i <= 20; ++i) {
      bar->setValue(static_cast<int>(static_cast<qint64>(bar->maximum()) * i / 20));
      QCoreApplication::processEvents();
    }
    QCOMPARE(open.pictures->loaded.load(), 1);
    open.pictures->gate.release();
    QTRY_VERIFY_WITH_TIMEOUT(open.made(59999), kPatience);
    QVERIFY(!open.made(30000));
    QVERIFY(!open.made(2));
  }

  void memoryIsBounded() {
    constexpr qsizetype kBytes = 40 * Thumbnails::kWidth * Thumbnails::kHeight * 4;
    Strip open(2000, kBytes);
    QScrollBar* bar = open.list()->verticalScrollBar();
    QTRY_VERIFY_WITH_TIMEOUT(open.made(0), kPatience);
    for (int page = 1; page <= 6; ++page) {
      const int first = page * 100;
      bar->setValue(bar->maximum() / 2000 * first);
      open.strip.setCurrent(first);
      QTRY_VERIFY_WITH_TIMEOUT(open.made(first), kPatience);
      QVERIFY(open.strip.model().thumbnails().bytes() <= kBytes);
    }
    QVERIFY(!open.made(0));
    // It is made again when it is looked at again.
    bar->setValue(0);
    QTRY_VERIFY_WITH_TIMEOUT(open.made(0), kPatience);
  }

  void thumbnailsOfAnEarlierDatasetAreDropped() {
    Strip open(50);
    open.pictures->gate.acquire();
    QTRY_COMPARE_WITH_TIMEOUT(open.pictures->loaded.load(), 1, kPatience);
    auto second = std::make_shared<Pictures>(5);
    open.strip.setDataset(second);
    open.pictures->gate.release();
    QTRY_VERIFY_WITH_TIMEOUT(open.made(4), kPatience);
    QCOMPARE(open.pictures->loaded.load(), 1);
    QCOMPARE(second->loaded.load(), 5);
  }

  void onePictureThatCannotBeReadSaysSo() {
    Strip open(6);
    QTRY_VERIFY_WITH_TIMEOUT(open.made(3) && open.made(2), kPatience);
    FilmModel& model = open.strip.model();
    QVERIFY(model.index(3).data(FilmModel::unreadableRole).toBool());
    QVERIFY(model.index(3).data(Qt::ToolTipRole).toString().contains("cannot be read"));
    QVERIFY(!model.index(2).data(FilmModel::unreadableRole).toBool());
    QCOMPARE(model.index(2).data(Qt::ToolTipRole).toString(), QString("ulm_1000002\nulm"));
    QCOMPARE(model.thumbnails().find(2)->size(), QSize(Thumbnails::kWidth, Thumbnails::kHeight));
  }

  void choosingTellsAndBeingToldDoesNot() {
    Strip open(60);
    QSignalSpy chosen(&open.strip, &FilmStrip::chosen);
    open.strip.setCurrent(40);
    QCOMPARE(chosen.size(), 0);
    QCOMPARE(open.list()->currentIndex().row(), 40);
    QVERIFY(open.list()->viewport()->rect().intersects(
        open.list()->visualRect(open.list()->currentIndex())));
    open.strip.setCurrent(0);
    const QPoint second = open.list()->visualRect(open.strip.model().index(1)).center();
    QTest::mouseClick(open.list()->viewport(), Qt::LeftButton, {}, second);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toInt(), 1);
    QTest::keyClick(open.list(), Qt::Key_Down);
    QCOMPARE(chosen.last()[0].toInt(), 2);
    QCOMPARE(open.strip.current(), 2);
  }

  void whatWasChosenBeforeItIsSeenIsInView() {
    FilmStrip strip;
    strip.setDataset(std::make_shared<Pictures>(400));
    strip.setCurrent(1);
    strip.resize(FilmStrip::kWidth, 600);
    strip.show();
    const auto* list = strip.findChild<QListView*>("film");
    QCOMPARE(list->verticalScrollBar()->value(), 0);
    strip.hide();
    strip.setCurrent(300);
    strip.show();
    QVERIFY(list->viewport()->rect().contains(list->visualRect(list->currentIndex())));
  }

  void findsByNumberNameAndCity() {
    Strip open(60);
    QSignalSpy chosen(&open.strip, &FilmStrip::chosen);
    const auto type = [&](const QString& text) {
      open.field()->selectAll();
      QTest::keyClicks(open.field(), text);
      QTest::keyClick(open.field(), Qt::Key_Return);
      return chosen.isEmpty() ? -1 : chosen.last()[0].toInt();
    };
    QCOMPARE(type("42"), 42);
    QCOMPARE(type("BONN"), 43);
    QTest::keyClick(open.field(), Qt::Key_Return);
    QCOMPARE(chosen.last()[0].toInt(), 45);
    QCOMPARE(type("_1000007"), 7);
    QVERIFY(open.notFound().isEmpty());
    const auto before = chosen.size();
    type("rome");
    QCOMPARE(chosen.size(), before);
    QCOMPARE(open.notFound(), QString("no image called \u201crome\u201d"));
    QTest::keyClick(open.field(), Qt::Key_Escape);
    QVERIFY(open.field()->text().isEmpty());
    QVERIFY(open.notFound().isEmpty());
    type("60");  // neither a number nor a part of a name
    QCOMPARE(open.notFound(), QString("no image called \u201c60\u201d"));
  }

  void groupsAndDamageArrangeIt() {
    Strip open(10);
    QSignalSpy chosen(&open.strip, &FilmStrip::chosen);
    open.strip.setCurrent(4);
    open.strip.setGroups({"bonn"});
    QCOMPARE(open.strip.count(), 5);
    QVERIFY(!open.list()->currentIndex().isValid());
    open.strip.setGroups({});
    QCOMPARE(open.list()->currentIndex().row(), 4);
    open.strip.setDamage({{7, 0.9}, {4, 0.95}, {1, 0.2}});
    QCOMPARE(open.strip.model().indexAt(0), 0);
    open.choose(2);
    QCOMPARE(open.strip.model().indexAt(0), 4);
    QCOMPARE(open.strip.model().indexAt(1), 7);
    QCOMPARE(open.strip.model().indexAt(2), 1);
    QCOMPARE(open.strip.model().indexAt(3), 0);
    QCOMPARE(open.list()->currentIndex().row(), 0);
    open.choose(1);
    QCOMPARE(open.strip.model().indexAt(0), 0);
    open.choose(2);
    open.strip.setDamage({});
    QCOMPARE(open.strip.model().indexAt(0), 0);
    QCOMPARE(chosen.size(), 0);
  }
};

QTEST_MAIN(TestFilmStrip)
#include "tst_film_strip.moc"
