#include <QSettings>
#include <QStandardPaths>
#include <QtTest>
#include <cmath>
#include <nlohmann/json.hpp>

#include "attacks/sweep/keep_run.h"
#include "core/base/files.h"
#include "support/patience.h"
#include "support/two_checkpoints.h"
#include "ui/document/document.h"

using namespace uninet;

namespace {

struct Said {
  explicit Said(Document& document) {
    QObject::connect(&document, &Document::said, &receiver_,
                     [this](Subject, const QString& text, bool error) {
                       if (error) errors << text;
                     });
  }
  QStringList errors;

 private:
  QObject receiver_;
};

bool ready(Document& document) {
  return QTest::qWaitFor(
      [&] { return document.engine() && document.frame().clean && !document.jobs().busy(); },
      kPatience);
}

std::string measured(const ImageMeasures& measures) { return packMeasures(measures); }

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && cv::norm(a, b, cv::NORM_INF) == 0;
}

}  // namespace

/// A second network beside the first one of a document.
class TestTwoNetworks : public QObject {
  Q_OBJECT

  TwoCheckpoints files_;

  std::unique_ptr<Document> open(const std::filesystem::path& first) {
    auto document = std::make_unique<Document>(1, 0);
    document->newSession();
    document->openCheckpoint(first);
    document->openStreetscapeScenes(QStringLiteral("val"), 2);
    return ready(*document) ? std::move(document) : nullptr;
  }
  std::unique_ptr<Document> openBoth() {
    auto document = open(files_.first);
    if (!document) return nullptr;
    document->openSecond(files_.second);
    return QTest::qWaitFor([&] { return document->second().engine() && !document->jobs().busy(); },
                           kPatience)
               ? std::move(document)
               : nullptr;
  }
  /// Until so many runs are kept and nothing runs.
  static bool attack(Document& document, const nlohmann::json& options, std::size_t runs) {
    const auto values = attackByKey("pgd").makeOptions();
    fromJson(*values, options);
    document.attack(QStringLiteral("pgd"), *values);
    return QTest::qWaitFor(
        [&] {
          return !document.jobs().busy() && document.shownRun() != 0 &&
                 document.runs().runs().size() >= runs;
        },
        kPatience);
  }
  static cv::Mat attackedImage(Document& document, std::int64_t id) {
    cv::Mat image;
    document.runs().load(id,
                         [&](const RunArchive::Pictures& pictures) { image = pictures.attacked; });
    return QTest::qWaitFor([&] { return !image.empty(); }, kPatience) ? image : cv::Mat();
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    QSettings().clear();
    std::filesystem::remove_all(sessionFolder());
  }

  void standsBesideTheFirstAndGoes() {
    const auto document = openBoth();
    QVERIFY(document);
    QCOMPARE(document->engine().title(), std::string("first.safetensors"));
    QCOMPARE(document->second().engine().title(), std::string("second.safetensors"));
    // Both see the same pixels.
    QCOMPARE(document->second().engine().spec().size, document->engine().spec().size);
    QCOMPARE(document->session().second.file, files_.second);
    document->second().close();
    QVERIFY(!document->second().engine() && !document->second().expected());
    QCOMPARE(document->session().second, Session::Network());
    QVERIFY(document->engine());
  }

  void whatCannotStandBesideItIsRefused() {
    const auto document = openBoth();
    QVERIFY(document);
    const std::filesystem::path broken = files_.path("broken.pth");
    writeTextFile(broken, "no checkpoint");
    const std::pair<std::filesystem::path, QString> refused[] = {
        {broken, QStringLiteral("broken.pth")},
        {files_.first, QStringLiteral("is the network that is open already")},
        {files_.indoors(), QStringLiteral("its classes are NYUv2")}};
    for (const auto& [file, sentence] : refused) {
      Said said(*document);
      document->openSecond(file);
      QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 1, kPatience);
      QVERIFY2(said.errors[0].contains(sentence), qPrintable(said.errors[0]));
      QTRY_VERIFY_WITH_TIMEOUT(!document->jobs().busy(), kPatience);
      QCOMPARE(document->second().engine().title(), std::string("second.safetensors"));
      QCOMPARE(document->engine().title(), std::string("first.safetensors"));
    }
    Document empty(1, 0);
    Said said(empty);
    empty.openSecond(files_.second);
    QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 1, kPatience);
    QVERIFY(!empty.second().engine());
  }

  void followsTheFirst() {
    const auto document = openBoth();
    QVERIFY(document);
    OpenOptions larger;
    larger.size = cv::Size(256, 256);
    document->openCheckpoint(files_.twin, larger);
    QTRY_VERIFY_WITH_TIMEOUT(document->second().engine() &&
                                 document->second().engine().spec().size == cv::Size(256, 256),
                             kPatience);
    // The second one itself in the first place: there is nothing to compare any more.
    document->openCheckpoint(files_.second);
    QTRY_COMPARE_WITH_TIMEOUT(document->engine().title(), std::string("second.safetensors"),
                              kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!document->second().expected(), kPatience);
  }

  void oneAttackMakesFourRuns() {
    const nlohmann::json options{{"objective", "seg"},
                                 {"epsilon", 8},
                                 {"iterations", 2},
                                 {"random-start", true},
                                 {"seed", 5}};
    const auto document = openBoth();
    QVERIFY(document);
    QSignalSpy both(document.get(), &Document::bothAttacked);
    QVERIFY(attack(*document, options, 4));
    QCOMPARE(both.size(), 1);
    const std::vector<KeptRun> runs = document->runs().runs();
    QCOMPARE(runs.size(), std::size_t{4});
    const std::string first = document->engine().identity(),
                      second = document->second().engine().identity();
    const std::pair<std::string, std::string> expected[] = {
        {"", first}, {"", second}, {first, second}, {second, first}};
    for (std::size_t i = 0; i < runs.size(); ++i) {
      QCOMPARE(runs[i].attackedOnHash, expected[i].first);
      QCOMPARE(runs[i].networkHash, expected[i].second);
      QCOMPARE(runs[i].facts.seed, std::uint64_t{5});
      // Ratios are against what the network that measured it makes of the clean image.
      QCOMPARE(measured(runs[i].clean),
               measured(runs[i].networkHash == first ? runs[0].clean : runs[1].clean));
    }
    QCOMPARE(document->shownRun(), runs[0].id);
    QCOMPARE(runs[2].attackedOn, std::string("first.safetensors"));
    QCOMPARE(runs[2].networkFrom.file, files_.second);
    QVERIFY(measured(runs[0].clean) != measured(runs[1].clean));

    // A window with the second network alone comes to the same run.
    const RawFrame raw = document->frame().raw;
    OpenOptions opening;
    opening.size = document->engine().spec().size;
    Document alone(1, 0);
    alone.newSession();
    alone.openCheckpoint(files_.second, opening);
    alone.openStreetscapeScenes(QStringLiteral("val"), 2);
    QVERIFY(ready(alone));
    QVERIFY(attack(alone, options, 1));
    const KeptRun single = alone.runs().runs()[0];
    QCOMPARE(measured(runs[1].clean), measured(single.clean));
    QCOMPARE(measured(runs[1].attacked), measured(single.attacked));
    QCOMPARE(runs[1].facts.norms.l2, single.facts.norms.l2);
    QCOMPARE(runs[1].facts.firstFailures, single.facts.firstFailures);
    QVERIFY(same(attackedImage(*document, runs[1].id), attackedImage(alone, single.id)));

    // A transfer is what the network makes of the image that was attacked on the other.
    QVERIFY(same(attackedImage(*document, runs[2].id), attackedImage(*document, runs[0].id)));
    QVERIFY(same(attackedImage(*document, runs[3].id), attackedImage(*document, runs[1].id)));
    const Engine engines[] = {Engine::open(files_.second, opening), Engine::open(files_.first)};
    for (std::size_t i = 0; i < 2; ++i) {
      const CleanImage clean = cleanImage(engines[i], raw);
      Sample attacked = clean.sample;
      attacked.image = attackedImage(*document, runs[2 + i].id);
      const Engine::Evaluated found = engines[i].evaluate(attacked);
      QCOMPARE(measured(runs[2 + i].clean), measured(clean.measures));
      QCOMPARE(measured(runs[2 + i].attacked),
               measured(measureImage(clean.original, clean.sample, found.prediction,
                                     found.instanceDepth, found.classLosses)));
    }
  }

  void stoppingKeepsWhatIsDone() {
    const auto document = openBoth();
    QVERIFY(document);
    const auto values = attackByKey("pgd").makeOptions();
    fromJson(*values, {{"objective", "seg"}, {"epsilon", 8}, {"iterations", 60}});
    // As soon as the run on the first network is kept.
    connect(&document->runs(), &RunArchive::changed, document.get(), [&] {
      if (document->runs().runs().size() == 1) document->stop();
    });
    document->attack(QStringLiteral("pgd"), *values);
    QVERIFY(document->attacking());
    QTRY_VERIFY_WITH_TIMEOUT(!document->jobs().busy(), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(document->shownRun() != 0, kPatience);
    document->runs().flush();
    QTest::qWait(0);
    const std::vector<KeptRun>& runs = document->runs().runs();
    QVERIFY(!runs[0].stopped);
    QCOMPARE(runs[0].facts.iterationsDone, 60);
    QCOMPARE(document->shownRun(), runs[0].id);
    QVERIFY(document->experiment() != nullptr);
    // Of the second one at most what was reached, and no transfers.
    QVERIFY(runs.size() <= 2);
    if (runs.size() == 2) QVERIFY(runs[1].stopped && runs[1].attackedOn.empty());
  }

  void runsOfTheSecondAreShownByIt() {
    const auto document = openBoth();
    QVERIFY(document);
    QVERIFY(attack(*document, {{"objective", "seg"}, {"epsilon", 8}, {"iterations", 1}}, 4));
    const auto [first, second] = document->runsOnBoth();
    QCOMPARE(first, document->runs().runs()[0].id);
    QCOMPARE(second, document->runs().runs()[1].id);
    const Network* network = &document->engine().network();
    for (const KeptRun& run : document->runs().runs()) {
      document->showRun(run.id);
      QTRY_COMPARE_WITH_TIMEOUT(document->shownRun(), run.id, kPatience);
      QTRY_VERIFY_WITH_TIMEOUT(!document->jobs().busy(), kPatience);
      QCOMPARE(document->shownEngine().identity(), run.networkHash);
      QCOMPARE(&document->engine().network(), network);
      const bool detects = document->shownEngine().spec().tasks.has(Task::detect);
      QCOMPARE(document->attacked()->tasks.has(Task::detect), detects);
      QCOMPARE(document->compared()->tasks.has(Task::detect), detects);
      QCOMPARE(document->experiment()->attackedOnIdentity, run.attackedOnHash);
      QCOMPARE(document->runsOnBoth(), std::pair(first, second));
    }
    // What the second one does not predict is not there, as of a single network.
    document->showRun(second);
    QTRY_COMPARE_WITH_TIMEOUT(document->shownRun(), second, kPatience);
    const auto& objects = [&]() -> const PanelContent& {
      return document->scene().content(Row::attacked, 1);
    };
    QTRY_COMPARE_WITH_TIMEOUT(objects().emptyText,
                              QStringLiteral("This network does not predict it"), kPatience);
    // One beside the other: each side is what its network makes of its own attacked image.
    document->compareRuns(first, second);
    QTRY_COMPARE_WITH_TIMEOUT(document->reference(), first, kPatience);
    QVERIFY(same(document->compared()->image, attackedImage(*document, first)));
    QVERIFY(same(document->attacked()->image, attackedImage(*document, second)));
    QVERIFY(document->compared()->tasks.has(Task::detect));
    QVERIFY(!document->attacked()->tasks.has(Task::detect));
    // Closed, nothing of it is shown any more, and its runs stay.
    document->second().close();
    QCOMPARE(document->shownRun(), std::int64_t{0});
    QCOMPARE(document->runs().runs().size(), std::size_t{4});
    QCOMPARE(document->runsOnBoth().first, std::int64_t{0});
  }

  void aTaskThatTheSecondLacks() {
    const auto document = openBoth();
    QVERIFY(document);
    Said said(*document);
    QVERIFY(attack(*document, {{"objective", "cls"}, {"epsilon", 8}, {"iterations", 1}}, 2));
    const std::vector<KeptRun>& runs = document->runs().runs();
    QCOMPARE(runs.size(), std::size_t{2});
    QCOMPARE(runs[1].attackedOn, std::string("first.safetensors"));
    QCOMPARE(runs[1].networkHash, document->second().engine().identity());
    QCOMPARE(said.errors.size(), 1);
    QVERIFY2(said.errors[0].contains(QStringLiteral("second was not attacked")),
             qPrintable(said.errors[0]));
  }

  void runAgainIsOnTheNetworkOfTheRun() {
    const auto document = openBoth();
    QVERIFY(document);
    QVERIFY(attack(*document, {{"objective", "seg"}, {"epsilon", 8}, {"iterations", 1}}, 4));
    const std::vector<KeptRun> runs = document->runs().runs();
    document->runAgain(runs[1].id);
    QTRY_COMPARE_WITH_TIMEOUT(document->runs().runs().size(), std::size_t{5}, kPatience);
    const KeptRun& again = document->runs().runs()[4];
    QCOMPARE(again.networkHash, runs[1].networkHash);
    QCOMPARE(measured(again.attacked), measured(runs[1].attacked));
    QTRY_VERIFY_WITH_TIMEOUT(!document->jobs().busy(), kPatience);
    Said said(*document);
    document->runAgain(runs[2].id);
    QCOMPARE(said.errors.size(), 1);
    QCOMPARE(document->runs().runs().size(), std::size_t{5});
    QVERIFY_EXCEPTION_THROWN(attackCommand(runs[2], document->session()), std::exception);
  }

  void tomorrowBothAreThere() {
    std::filesystem::path file;
    std::int64_t shown = 0;
    {
      const auto document = openBoth();
      QVERIFY(document);
      QVERIFY(attack(*document, {{"objective", "seg"}, {"epsilon", 8}, {"iterations", 1}}, 4));
      shown = document->runs().runs()[2].id;
      document->showRun(shown);
      QTRY_COMPARE_WITH_TIMEOUT(document->shownRun(), shown, kPatience);
      file = document->sessionFile();
      document->closeSession();
    }
    {
      Document document(1, 0);
      QVERIFY(document.openSession(file));
      QTRY_COMPARE_WITH_TIMEOUT(document.shownRun(), shown, kPatience);
      QCOMPARE(document.engine().title(), std::string("first.safetensors"));
      QCOMPARE(document.second().engine().title(), std::string("second.safetensors"));
      QCOMPARE(document.experiment()->attackedOn, std::string("first.safetensors"));
      QCOMPARE(document.shownEngine().title(), std::string("second.safetensors"));
      QVERIFY(document.runsOnBoth().first != 0);
      document.closeSession();
    }
    // Gone, the second one is waited for; the first one and what is kept of both are there.
    const std::filesystem::path away = files_.path("away.safetensors");
    std::filesystem::rename(files_.second, away);
    Document document(1, 0);
    Said said(document);
    QVERIFY(document.openSession(file));
    QVERIFY(ready(document));
    QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 1, kPatience);
    QVERIFY2(said.errors[0].contains(QStringLiteral("second.safetensors")),
             qPrintable(said.errors[0]));
    QVERIFY(!document.second().engine());
    QCOMPARE(document.session().second.file, files_.second);
    QCOMPARE(document.runs().runs().size(), std::size_t{4});
    std::filesystem::rename(away, files_.second);
    QTRY_VERIFY_WITH_TIMEOUT(document.second().engine(), kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(document.shownRun(), shown, kPatience);
  }
};

QTEST_MAIN(TestTwoNetworks)
#include "tst_two_networks.moc"
