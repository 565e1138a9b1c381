#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>
#include <new>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/pictures.h"
#include "model/network/forward_threads.h"
#include "support/patience.h"
#include "ui/document/document.h"

using namespace uninet;

namespace {

/// Holds the compute thread until it is let go.
class Gate {
 public:
  explicit Gate(Document& document) {
    document.jobs().start(JobKind::saving, "gate",
                          [held = held_](const Progress&) -> JobRunner::Finish {
                            held->begun.release();
                            held->open.acquire();
                            return {};
                          });
    held_->begun.acquire();
  }
  ~Gate() { open(); }
  void open() { held_->open.release(); }

 private:
  struct Held {
    QSemaphore begun, open;
  };
  std::shared_ptr<Held> held_ = std::make_shared<Held>();
};

struct Said {
  explicit Said(Document& document) {
    QObject::connect(&document, &Document::said, &receiver_,
                     [this](Subject subject, const QString& text, bool error) {
                       if (error) errors << std::pair{subject, text};
                     });
  }
  QList<std::pair<Subject, QString>> errors;

 private:
  QObject receiver_;
};

/// How often a job of this title has begun.
int begun(const QSignalSpy& running, const char* title) {
  int count = 0;
  for (const auto& call : running) count += call[1].toString() == title ? 1 : 0;
  return count;
}

}  // namespace

class TestDocument : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;

  std::filesystem::path picture(const char* name, int grey = 90) {
    const std::filesystem::path file = folder_.filePath(name).toStdString();
    writePng(file, cv::Mat(64, 96, CV_8UC3, cv::Scalar::all(grey)));
    return file;
  }
  std::filesystem::path noPicture(const char* name) {
    const std::filesystem::path file = folder_.filePath(name).toStdString();
    writeTextFile(file, "no picture");
    return file;
  }
  static std::unique_ptr<Document> openDemo() {
    auto document = std::make_unique<Document>(1, 0);
    document->openDemo();
    const auto ready = [&] {
      return document->engine() && document->frame().clean && !document->jobs().busy();
    };
    return QTest::qWaitFor(ready, kPatience) ? std::move(document) : nullptr;
  }
  static void attack(Document& document, const char* json) {
    const auto options = attackByKey("pgd").makeOptions();
    fromJson(*options, nlohmann::json::parse(json));
    document.attack("pgd", *options);
  }

 private Q_SLOTS:
  void aFailingJobLeavesTheAttackAlone() {
    const auto document = openDemo();
    QVERIFY(document);
    Said said(*document);
    Gate gate(*document);
    document->openCheckpoint(noPicture("broken.pth"));
    attack(*document, R"({"iterations": 2})");
    QVERIFY(document->attacking());
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 1, kPatience);
    QCOMPARE(said.errors[0].first, Subject::checkpoint);
    QVERIFY(document->attacking());
    QTRY_VERIFY_WITH_TIMEOUT(document->experiment() != nullptr, kPatience);
    QVERIFY(!document->attacking());
    QCOMPARE(said.errors.size(), 1);
  }

  void stopDropsAnAttackThatWaitsAndNothingElse() {
    const auto document = openDemo();
    QVERIFY(document);
    Gate gate(*document);
    document->openPictures({picture("other.png")});
    attack(*document, R"({"iterations": 2})");
    QSignalSpy attacking(document.get(), &Document::attackingChanged);
    document->stop();
    QTRY_COMPARE(attacking.size(), 1);
    QVERIFY(!document->attacking());
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(document->dataset()->size(), std::size_t{1}, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(document->frame().clean && !document->jobs().busy(), kPatience);
    QVERIFY(document->experiment() == nullptr);
    attack(*document, R"({"iterations": 1, "objective": "depth"})");
    QTRY_VERIFY_WITH_TIMEOUT(document->experiment() != nullptr, kPatience);
  }

  void anAttackOnAnOldNetworkIsDropped() {
    const auto document = openDemo();
    QVERIFY(document);
    Gate gate(*document);
    document->openDemo();
    attack(*document, R"({"iterations": 2})");
    gate.open();
    QTRY_VERIFY_WITH_TIMEOUT(
        !document->attacking() && document->frame().clean && !document->jobs().busy(), kPatience);
    QVERIFY(document->experiment() == nullptr);
    QVERIFY(document->steps().empty());
  }

  void onlyTheLastSelectionIsPredicted() {
    Document document(1, 0);
    document.openStreetscapeScenes("val");
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean && !document.jobs().busy(), kPatience);
    QSignalSpy running(&document.jobs(), &JobRunner::runningChanged);
    Gate gate(document);
    document.openPictures({picture("queued.png")});
    for (int i = 1; i <= 30; ++i) document.select(i);
    gate.open();
    // The opening that waited was not dropped.
    QTRY_COMPARE_WITH_TIMEOUT(document.dataset()->size(), std::size_t{1}, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean && !document.jobs().busy(), kPatience);
    QCOMPARE(begun(running, "Predicting"), 2);  // image 30, then the picture
  }

  void predictionsAreKept() {
    Document document(1, 0);
    document.openPictures({picture("a.png", 10), picture("b.png", 20), picture("c.png", 30)});
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    document.select(1);
    QVERIFY(!document.frame().clean);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean && !document.jobs().busy(), kPatience);
    QSignalSpy running(&document.jobs(), &JobRunner::runningChanged);
    document.select(0);
    QVERIFY(document.frame().clean);
    QCOMPARE(document.frame().raw.name, std::string("a"));
    // One that is predicted already is not predicted again.
    {
      Gate gate(document);
      document.select(2);
      document.select(1);
      QVERIFY(document.frame().clean);
    }
    QTRY_VERIFY_WITH_TIMEOUT(!document.jobs().busy(), kPatience);
    QCOMPARE(begun(running, "Predicting"), 0);
  }

  void theAttackOfAnImageIsKept() {
    const auto document = openDemo();
    QVERIFY(document);
    attack(*document, R"({"iterations": 500, "epsilon": 4})");
    QTRY_VERIFY_WITH_TIMEOUT(document->steps().size() >= 2, kPatience);
    document->select(1);
    QVERIFY(!document->attacking());
    QTRY_VERIFY_WITH_TIMEOUT(document->frame().clean && !document->jobs().busy(), kPatience);
    QVERIFY(document->experiment() == nullptr);
    QVERIFY(document->steps().empty());
    attack(*document, R"({"iterations": 1})");
    QTRY_VERIFY_WITH_TIMEOUT(document->experiment() != nullptr, kPatience);
    const std::string second = document->experiment()->frame;

    document->select(0);
    QVERIFY(document->experiment() != nullptr);
    QVERIFY(document->experiment()->result.cancelled);
    QVERIFY(document->experiment()->frame != second);
    QVERIFY(document->experiment()->frame == document->frame().raw.name);
    QVERIFY(document->attacked() != nullptr);
    document->select(1);
    QVERIFY(document->experiment() != nullptr);
    QCOMPARE(document->experiment()->frame, second);
  }

  void whatCannotBeReadReplacesNothing() {
    Document document(1, 0);
    Said said(document);
    document.openPictures({picture("a.png"), picture("b.png")});
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    document.select(1);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean && !document.jobs().busy(), kPatience);
    QSignalSpy changed(&document, &Document::datasetChanged);
    document.openPictures({noPicture("notes.md")});
    document.openData(folder_.filePath("nowhere").toStdString(), "val");
    QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 2, kPatience);
    QCOMPARE(said.errors[0].first, Subject::data);
    QVERIFY(said.errors[0].second.contains("notes.md"));
    QVERIFY(said.errors[1].second.contains("nowhere"));
    QCOMPARE(changed.size(), 0);
    QCOMPARE(document.frame().raw.name, std::string("b"));
    QVERIFY(document.frame().clean);
  }

  void aBrokenImageEmptiesThePanels() {
    Document document(1, 0);
    Said said(document);
    document.openPictures({picture("a.png"), noPicture("broken.png"), picture("c.png")});
    QTRY_VERIFY_WITH_TIMEOUT(!document.scene().content(Row::clean, 0).picture.isNull(), kPatience);
    document.select(1);
    QTRY_COMPARE_WITH_TIMEOUT(said.errors.size(), 1, kPatience);
    QCOMPARE(said.errors[0].first, Subject::image);
    QVERIFY(said.errors[0].second.contains("broken.png"));
    QVERIFY(document.scene().content(Row::clean, 0).picture.isNull());
    QCOMPARE(document.frame().index, 1);
    document.select(2);
    QTRY_VERIFY_WITH_TIMEOUT(!document.scene().content(Row::clean, 0).picture.isNull(), kPatience);
    QCOMPARE(document.frame().raw.name, std::string("c"));
    QCOMPARE(said.errors.size(), 1);
  }

  void whatIsKeptToBeFastIsLetGoWhenMemoryRunsOut() {
    const auto document = openDemo();
    QVERIFY(document);
    document->select(1);
    QTRY_VERIFY_WITH_TIMEOUT(document->frame().clean && !document->jobs().busy(), kPatience);
    QStringList told;
    connect(document.get(), &Document::said, this, [&](Subject subject, const QString& text, bool) {
      if (subject == Subject::memory) told << text;
    });
    bool done = false;
    document->jobs().start(
        JobKind::saving, "large",
        [&, tries = std::make_shared<int>(0)](const Progress&) -> JobRunner::Finish {
          if (++*tries == 1) throw std::bad_alloc();
          return [&done] { done = true; };
        });
    QTRY_VERIFY_WITH_TIMEOUT(done, kPatience);
    QCOMPARE(told.size(), 1);
    QVERIFY(told[0].contains("large") && told[0].contains("not enough memory"));
    // What is shown stays; the image before it is predicted anew.
    QVERIFY(document->frame().clean);
    QSignalSpy running(&document->jobs(), &JobRunner::runningChanged);
    document->select(0);
    QVERIFY(!document->frame().clean);
    QTRY_VERIFY_WITH_TIMEOUT(document->frame().clean && !document->jobs().busy(), kPatience);
    QCOMPARE(begun(running, "Predicting"), 1);
  }

  void anAttackThatRanOutOfMemoryBeginsAnew() {
    const auto document = openDemo();
    QVERIFY(document);
    attack(*document, R"({"iterations": 500, "epsilon": 4})");
    QTRY_VERIFY_WITH_TIMEOUT(document->steps().size() >= 2, kPatience);
    Q_EMIT document->jobs().memoryShort(document->attackJob(), "PGD", "as if");
    // Nothing of the first try stands among what comes.
    QVERIFY(document->attacking());
    QVERIFY(document->steps().empty());
    QVERIFY(document->attacked() == nullptr);
    document->stop();
    QTRY_VERIFY_WITH_TIMEOUT(document->experiment() != nullptr, kPatience);
    QVERIFY(document->attacked() != nullptr);
  }

  // Last: every network of this program ran on a thread of its own.
  void thisThreadNeverComputes() {
    QVERIFY(!forwardThreads().empty());
    QVERIFY(!forwardThreads().contains(std::this_thread::get_id()));
  }
};

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  TestDocument test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_document.moc"
