#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "support/patience.h"
#include "ui/document/document.h"

using namespace uninet;

namespace {

struct Said {
  explicit Said(Document& document) {
    QObject::connect(&document, &Document::said, &receiver_,
                     [this](Subject subject, const QString& text, bool error) {
                       all << std::tuple{subject, text, error};
                     });
  }
  bool holds(Subject subject, const QString& part) const {
    return std::any_of(all.begin(), all.end(), [&](const auto& message) {
      return std::get<0>(message) == subject && std::get<1>(message).contains(part);
    });
  }
  QList<std::tuple<Subject, QString, bool>> all;

 private:
  QObject receiver_;
};

bool ready(Document& document) {
  return QTest::qWaitFor(
      [&] { return document.engine() && document.frame().clean && !document.jobs().busy(); },
      kPatience);
}

/// An attack of so many steps on the image that is shown, until its run is kept.
bool attackNow(Document& document, double epsilon, int iterations = 1) {
  const auto options = attackByKey("pgd").makeOptions();
  fromJson(*options, {{"epsilon", epsilon}, {"iterations", iterations}});
  document.attack(QStringLiteral("pgd"), *options);
  return QTest::qWaitFor([&] { return document.shownRun() != 0 && !document.jobs().busy(); },
                         kPatience);
}

}  // namespace

class TestDocumentSession : public QObject {
  Q_OBJECT

  static std::unique_ptr<Document> openDemo() {
    auto document = std::make_unique<Document>(1, 0);
    document->newSession();
    document->openDemo();
    return ready(*document) ? std::move(document) : nullptr;
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    QSettings().clear();
    std::filesystem::remove_all(sessionFolder());
  }

  void everyRunIsKept() {
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 1));
    const std::int64_t first = document->shownRun();
    document->select(3);
    QVERIFY(ready(*document));
    QCOMPARE(document->shownRun(), std::int64_t{0});
    QVERIFY(attackNow(*document, 4));
    QCOMPARE(document->runs().runs().size(), std::size_t{2});
    QCOMPARE(document->runs().runs()[0].id, first);
    QCOMPARE(document->runs().runs()[1].image, document->frame().raw.name);
    QVERIFY(document->runs().run(first)->facts.iterationsDone == 1);
  }

  void aThumbnailIsToldWhenItIsThere() {
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 1));
    const std::int64_t id = document->shownRun();
    std::vector<std::int64_t> came;
    QObject::connect(&document->runs(), &RunArchive::thumbnailCame, document.get(),
                     [&](std::int64_t run) { came.push_back(run); });
    QVERIFY(document->runs().thumbnail(id).isNull());
    QTRY_COMPARE_WITH_TIMEOUT(came, std::vector<std::int64_t>{id}, kPatience);
    QVERIFY(!document->runs().thumbnail(id).isNull());
  }

  void showsAKeptRunWithItsImage() {
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 8, 2));
    const std::int64_t id = document->shownRun();
    const cv::Mat image = document->experiment()->result.image.clone();
    const auto bars =
        metricRatios(document->experiment()->cleanMetrics, document->experiment()->attackedMetrics);
    // Enough other images that nothing of it is left in memory.
    for (int i = 1; i <= 9; ++i) {
      document->select(i);
      QVERIFY(ready(*document));
    }
    document->showRun(id);
    QTRY_COMPARE_WITH_TIMEOUT(document->shownRun(), id, kPatience);
    QCOMPARE(document->frame().index, 0);
    QVERIFY(document->experiment() != nullptr);
    QCOMPARE(cv::norm(document->experiment()->result.image, image, cv::NORM_INF), 0.0);
    const auto again =
        metricRatios(document->experiment()->cleanMetrics, document->experiment()->attackedMetrics);
    for (std::size_t i = 0; i < bars.size(); ++i)
      QVERIFY(bars[i].ratio == again[i].ratio ||
              (std::isnan(bars[i].ratio) && std::isnan(again[i].ratio)));
    QCOMPARE(document->shownStep(), static_cast<int>(document->steps().size()) - 1);
  }

  void tomorrowIsAsToday() {
    std::filesystem::path file;
    std::int64_t run = 0;
    cv::Mat image;
    std::vector<RatioBar> bars;
    Session::Attack attack;
    attack.key = "hide-segmentation";
    attack.options = {{"epsilon", 4.0}};
    Session::View view;
    view.layout = Session::View::Layout::focus;
    view.zoom = 2;
    {
      const auto document = openDemo();
      QVERIFY(document);
      document->select(5);
      QVERIFY(ready(*document));
      QVERIFY(attackNow(*document, 2));
      run = document->shownRun();
      image = document->experiment()->result.image.clone();
      bars = metricRatios(document->experiment()->cleanMetrics,
                          document->experiment()->attackedMetrics);
      document->setAttackChoice(attack);
      document->setView(view);
      file = document->sessionFile();
      document->closeSession();
    }
    Document document(1, 0);
    QSignalSpy crashed(&document, &Document::crashed);
    QVERIFY(document.startSession(true));
    QCOMPARE(crashed.count(), 0);
    QCOMPARE(document.sessionFile(), file);
    QTRY_COMPARE_WITH_TIMEOUT(document.shownRun(), run, kPatience);
    QCOMPARE(document.frame().index, 5);
    QVERIFY(document.session().attack == attack);
    QVERIFY(document.session().view == view);
    // From its attacked image alone: the same image, predicted again, and what was measured.
    QVERIFY(document.experiment() != nullptr);
    QCOMPARE(cv::norm(document.experiment()->result.image, image, cv::NORM_INF), 0.0);
    const auto again =
        metricRatios(document.experiment()->cleanMetrics, document.experiment()->attackedMetrics);
    for (std::size_t i = 0; i < bars.size(); ++i)
      QVERIFY(bars[i].ratio == again[i].ratio ||
              (std::isnan(bars[i].ratio) && std::isnan(again[i].ratio)));
    QCOMPARE(document.steps().size(), std::size_t{2});
    QCOMPARE(document.shownStep(), 1);
  }

  void aCrashIsOfferedOnce() {
    std::filesystem::path file;
    {
      const auto document = openDemo();
      QVERIFY(document);
      QVERIFY(attackNow(*document, 2));
      file = document->sessionFile();
      // Not closed: as after SIGKILL.
    }
    {
      Document document(1, 0);
      QSignalSpy crashed(&document, &Document::crashed);
      QVERIFY(!document.startSession(true));
      QCOMPARE(crashed.count(), 1);
      QCOMPARE(crashed[0][0].toString(), QString::fromStdString(file.string()));
      QVERIFY(document.sessionFile() != file);
      QVERIFY(document.openSession(file));
      QTRY_VERIFY_WITH_TIMEOUT(document.shownRun() != 0, kPatience);
      document.closeSession();
    }
    Document document(1, 0);
    QSignalSpy crashed(&document, &Document::crashed);
    document.startSession(true);
    QCOMPARE(crashed.count(), 0);
  }

  void aSecondWindowHasASessionOfItsOwn() {
    const auto first = openDemo();
    QVERIFY(first);
    Document second(1, 0);
    QSignalSpy crashed(&second, &Document::crashed);
    QVERIFY(!second.startSession(true));
    QCOMPARE(crashed.count(), 0);
    QVERIFY(second.sessionFile() != first->sessionFile());
    Said said(second);
    QVERIFY(!second.openSession(first->sessionFile()));
    QVERIFY(said.holds(Subject::session,
                       QString::fromStdString(first->sessionFile().filename().string())));
  }

  void deletedRunsComeBack() {
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 1));
    const std::int64_t id = document->shownRun();
    document->removeRuns({id});
    QTRY_VERIFY_WITH_TIMEOUT(document->runs().runs().empty(), kPatience);
    document->undoStack().undo();
    QTRY_COMPARE_WITH_TIMEOUT(document->runs().runs().size(), std::size_t{1}, kPatience);
    QCOMPARE(document->runs().runs()[0].id, id);
  }

  void runAgainGivesTheSameBytes() {
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 4, 2));
    const std::int64_t id = document->shownRun();
    document->select(1);
    QVERIFY(ready(*document));
    Said said(*document);
    document->runAgain(id);
    QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::runs, QStringLiteral("bit for bit")), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(document->runs().runs().size(), std::size_t{2}, kPatience);
    QCOMPARE(document->frame().index, 0);
  }

  void aRunIsRepeatedInItsPrecision() {
    const auto document = openDemo();
    QVERIFY(document);
    const auto options = attackByKey("pgd").makeOptions();
    fromJson(*options, {{"objective", "seg"}, {"iterations", 1}});
    document->attack(QStringLiteral("pgd"), *options, {}, {}, QStringLiteral("float64"));
    QTRY_VERIFY_WITH_TIMEOUT(document->shownRun() != 0 && !document->jobs().busy(), kPatience);
    QCOMPARE(document->experiment()->arithmetic.at("precision"), std::string("float64"));
    const std::int64_t id = document->shownRun();
    QCOMPARE(precisionOf(*document->runs().run(id)), std::string("float64"));
    Said said(*document);
    document->runAgain(id);
    QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::runs, QStringLiteral("bit for bit")), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(document->runs().runs().size(), std::size_t{2}, kPatience);
    QCOMPARE(precisionOf(document->runs().runs()[1]), std::string("float64"));
    QVERIFY(ready(*document));
    if (hasNativeBfloat16()) return;
    // A run of another machine cannot be repeated here, and is not made in another precision.
    document->attack(QStringLiteral("pgd"), *options, {}, {}, QStringLiteral("bfloat16"));
    QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::attack, QStringLiteral("not native")), kPatience);
    QCOMPARE(document->runs().runs().size(), std::size_t{2});
  }

  void aRunOfOtherImagesOpensThem() {
    const auto document = openDemo();
    QVERIFY(document);
    document->select(2);
    QVERIFY(ready(*document));
    QVERIFY(attackNow(*document, 1));
    const std::int64_t id = document->shownRun();
    document->openStreetscapeScenes(QStringLiteral("train"));
    QTRY_VERIFY_WITH_TIMEOUT(document->dataset()->title().find("train") != std::string::npos &&
                                 document->frame().clean && !document->jobs().busy(),
                             kPatience);
    document->showRun(id);
    QTRY_COMPARE_WITH_TIMEOUT(document->shownRun(), id, kPatience);
    QVERIFY(document->dataset()->title().find("val") != std::string::npos);
    QCOMPARE(document->frame().index, 2);
  }

  void whatCannotBeFoundIsTold() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("session.json").toStdString();
    Session session = newSession();
    session.network.kind = Session::Network::Kind::file;
    session.network.file = folder.filePath("gone.pth").toStdString();
    session.data.kind = Session::Data::Kind::streetscape;
    session.data.split = "val";
    session.image = "no such image";
    writeSession(session, file);
    Document document(1, 0);
    Said said(document);
    QVERIFY(document.openSession(file));
    QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::checkpoint, QStringLiteral("gone.pth")),
                             kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(document.frame().index, 0, kPatience);
    // What could not be opened is still what the session is about.
    QCOMPARE(document.session().network.file, session.network.file);
  }

  void aBundleOpensElsewhere() {
    QTemporaryDir folder;
    const std::filesystem::path zip = folder.filePath("mine.zip").toStdString();
    std::filesystem::path here;
    {
      const auto document = openDemo();
      QVERIFY(document);
      document->select(6);
      QVERIFY(ready(*document));
      QVERIFY(attackNow(*document, 2));
      here = document->sessionFile();
      Said said(*document);
      document->exportBundle(zip);
      QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::saving, QStringLiteral("mine.zip")), kPatience);
      document->closeSession();
    }
    Document document(1, 0);
    document.openBundle(zip, folder.path().toStdString());
    QTRY_VERIFY_WITH_TIMEOUT(document.shownRun() != 0, kPatience);
    QCOMPARE(document.frame().index, 6);
    QCOMPARE(document.runs().runs().size(), std::size_t{1});
    QVERIFY(document.sessionFile() != here);
    QCOMPARE(document.sessionFile().parent_path(),
             std::filesystem::path(folder.filePath("mine").toStdString()));
    Said said(document);
    document.openBundle(zip, folder.path().toStdString());  // there is something already
    QTRY_VERIFY_WITH_TIMEOUT(said.holds(Subject::session, QStringLiteral("mine")), kPatience);
  }

  void keepsASessionUnderAName() {
    QTemporaryDir folder;
    const auto document = openDemo();
    QVERIFY(document);
    QVERIFY(attackNow(*document, 1));
    const std::filesystem::path file = folder.filePath("mine.json").toStdString();
    document->saveSessionAs(file);
    QCOMPARE(document->sessionFile(), file);
    QTRY_COMPARE_WITH_TIMEOUT(document->runs().runs().size(), std::size_t{1}, kPatience);
    document->closeSession();
    QCOMPARE(readSession(file).image, document->frame().raw.name);
    QVERIFY(std::filesystem::exists(runStoreOf(file)));
  }
};

QTEST_MAIN(TestDocumentSession)
#include "tst_document_session.moc"
