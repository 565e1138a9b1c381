#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/pictures.h"
#include "core/base/resources.h"
#include "support/patience.h"
#include "ui/document/document.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

KeptRun someRun(const std::string& image) {
  KeptRun run;
  run.time = "2026-11-25T13:17:45Z";
  run.data = "pictures";
  run.image = image;
  run.imageFingerprint = "f";
  run.network = "a.pth";
  run.networkHash = "h";
  run.attack = "pgd";
  run.options = "{}";
  run.clean = run.attacked = ImageMeasures(*cityscapesClasses());
  run.manifest = "{}";
  return run;
}

cv::Mat grey(int value) { return cv::Mat(32, 64, CV_8UC3, cv::Scalar::all(value)); }

/// A folder that can be taken away and brought back.
class Folder {
 public:
  /// `remade`: what comes back is a copy, as on a drive that is mounted again.
  explicit Folder(bool remade = false) : remade_(remade) { fs::create_directories(path()); }
  fs::path path() const { return root() / "drive"; }
  fs::path file(const char* name) const { return path() / name; }
  QString name() const { return QString::fromStdString(path().string()); }
  void takeAway() const {
    fs::rename(path(), root() / "away");
    if (!remade_) return;
    fs::copy(root() / "away", root() / "copy", fs::copy_options::recursive);
    fs::remove_all(root() / "away");
    fs::rename(root() / "copy", root() / "away");
  }
  void bringBack() const { fs::rename(root() / "away", path()); }

 private:
  fs::path root() const { return folder_.path().toStdString(); }

  bool remade_;
  QTemporaryDir folder_;
};

/// Errors of one subject that a document tells.
struct Errors {
  Errors(Document& document, Subject subject) {
    QObject::connect(&document, &Document::said, &receiver_,
                     [this, subject](Subject of, const QString& text, bool error) {
                       if (error && of == subject) texts << text;
                     });
  }
  QStringList texts;

 private:
  QObject receiver_;
};

}  // namespace

class TestVanished : public QObject {
  Q_OBJECT

  static void howItComesBack() {
    QTest::addColumn<bool>("remade");
    QTest::newRow("renamed") << false;
    QTest::newRow("another file of the same content") << true;
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
  void init() {
    QSettings().clear();
    fs::remove_all(sessionFolder());
  }

  void aSessionIsSavedWhenItsFolderIsBack_data() { howItComesBack(); }
  void aSessionIsSavedWhenItsFolderIsBack() {
    const QFETCH(bool, remade);
    const Folder folder(remade);
    Session session = newSession();
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed), recovered(&file, &SessionFile::recovered);
    file.create(folder.file("mine.json"), session);
    folder.takeAway();
    session.notes = "written while it was gone";
    file.keep(session);
    QVERIFY(!file.save());
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains(folder.name()));
    QVERIFY(failed[0][0].toString().contains("Keep session as"));
    QVERIFY(!fs::exists(folder.path()));
    // Tried again, and told once.
    QVERIFY(!file.save());
    QCoreApplication::processEvents();
    QCOMPARE(failed.size(), 1);
    folder.bringBack();
    QVERIFY(file.save());
    QTRY_COMPARE(recovered.size(), 1);
    QCOMPARE(readSession(folder.file("mine.json")).notes, session.notes);
  }

  void theAutosaveTriesAgainByItself() {
    const Folder folder;
    SessionFile file;
    QSignalSpy failed(&file, &SessionFile::failed), recovered(&file, &SessionFile::recovered);
    Session session = newSession();
    file.create(folder.file("mine.json"), session);
    folder.takeAway();
    session.notes = "kept";
    file.keep(session);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    folder.bringBack();
    QTRY_COMPARE_WITH_TIMEOUT(recovered.size(), 1, kPatience);
    QCOMPARE(readSession(folder.file("mine.json")).notes, session.notes);
  }

  void runsWaitUntilTheirFileIsBack_data() { howItComesBack(); }
  void runsWaitUntilTheirFileIsBack() {
    const QFETCH(bool, remade);
    const Folder folder(remade);
    const fs::path file = folder.file("mine.runs.sqlite");
    RunArchive archive;
    QSignalSpy said(&archive, &RunArchive::said), recovered(&archive, &RunArchive::recovered);
    archive.open(file);
    archive.add(someRun("first"), {grey(1), grey(2)});
    QTRY_COMPARE(archive.runs().size(), std::size_t{1});
    folder.takeAway();
    std::vector<std::int64_t> added;
    archive.add(someRun("second"), {grey(1), grey(3)}, [&](std::int64_t id) { added = {id}; });
    archive.setNote(archive.runs()[0].id, "a note");
    QVERIFY(!archive.flush());
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains(folder.name()));
    QVERIFY(said[0][1].toBool());
    QVERIFY(!fs::exists(folder.path()));
    archive.look();
    archive.flush();
    QCoreApplication::processEvents();
    QCOMPARE(said.size(), 1);  // told once
    QCOMPARE(archive.runs().size(), std::size_t{1});
    folder.bringBack();
    archive.look();
    QTRY_COMPARE(archive.runs().size(), std::size_t{2});
    QTRY_COMPARE(recovered.size(), 1);
    QCOMPARE(added, std::vector<std::int64_t>{archive.runs()[1].id});
    QTRY_COMPARE(archive.runs()[0].note, std::string("a note"));
    QVERIFY(archive.flush());
    const RunStore store = RunStore::open(file);
    QCOMPARE(store.runs().size(), std::size_t{2});
    QCOMPARE(cv::norm(store.attackedImage(added[0]), grey(3), cv::NORM_INF), 0.0);
  }

  void aRunThatCannotBeReachedIsTold() {
    const Folder folder;
    RunArchive archive;
    archive.open(folder.file("mine.runs.sqlite"));
    archive.add(someRun("first"), {grey(1), grey(2)});
    QTRY_COMPARE(archive.runs().size(), std::size_t{1});
    folder.takeAway();
    archive.look();
    archive.flush();
    QCoreApplication::processEvents();
    const std::int64_t id = archive.runs()[0].id;
    QSignalSpy said(&archive, &RunArchive::said), came(&archive, &RunArchive::thumbnailCame);
    bool loaded = false;
    const auto note = [&](const RunArchive::Pictures&) { loaded = true; };
    archive.load(id, note);
    QTRY_COMPARE(said.size(), 1);
    QVERIFY(said[0][0].toString().contains(folder.name()));
    QVERIFY(!loaded);
    QVERIFY(archive.thumbnail(id).isNull());
    archive.flush();
    QCoreApplication::processEvents();
    folder.bringBack();
    archive.look();
    QTRY_COMPARE(came.size(), 1);
    QVERIFY(archive.thumbnail(id).isNull());  // asked for anew
    QTRY_VERIFY(!archive.thumbnail(id).isNull());
    archive.load(id, note);
    QTRY_VERIFY(loaded);
  }

  void anImageIsShownWhenItsFolderIsBack() {
    const Folder folder;
    for (const char* name : {"a.png", "b.png"}) writePng(folder.file(name), grey(90));
    Document document(1, 0);
    const Errors errors(document, Subject::image);
    document.openData(folder.path(), "val");
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    folder.takeAway();
    document.select(1);
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 1, kPatience);
    QVERIFY(errors.texts[0].contains(folder.name()));
    QVERIFY(errors.texts[0].contains("bring that folder or drive back"));
    // What was seen before is still there.
    document.select(0);
    QVERIFY(document.frame().clean);
    document.select(1);
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 2, kPatience);
    folder.bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QCOMPARE(document.frame().raw.name, std::string("b"));
    QCOMPARE(errors.texts.size(), 2);
  }

  void aNetworkWorksOnWithoutItsFile() {
    const Folder folder;
    fs::copy_file(resourceFile(kDemoCheckpoint), folder.file("net.safetensors"));
    for (const char* name : {"a.png", "b.png"}) writePng(folder.file(name), grey(90));
    Document document(1, 0);
    const Errors errors(document, Subject::checkpoint);
    document.openCheckpoint(folder.file("net.safetensors"));
    document.openPictures({folder.file("a.png"), folder.file("b.png")});
    QTRY_VERIFY_WITH_TIMEOUT(document.engine() && document.frame().clean, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(!document.jobs().busy(), kPatience);
    fs::remove(folder.file("net.safetensors"));
    document.select(1);
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QVERIFY(!document.frame().clean->trainIds.empty());
    document.openCheckpoint(folder.file("net.safetensors"));
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 1, kPatience);
    QVERIFY(errors.texts[0].contains("net.safetensors"));
    QVERIFY(document.engine());
  }

  void aNetworkIsOpenedWhenItsFolderIsBack_data() { howItComesBack(); }
  void aNetworkIsOpenedWhenItsFolderIsBack() {
    const QFETCH(bool, remade);
    const Folder folder(remade), other;
    const fs::path file = folder.file("net.safetensors");
    fs::copy_file(resourceFile(kDemoCheckpoint), file);
    fs::path session;
    {
      Document document(1, 0);
      document.newSession();
      document.openCheckpoint(file);
      QTRY_VERIFY_WITH_TIMEOUT(document.engine(), kPatience);
      document.saveSessionAs(other.file("mine.json"));
      session = document.sessionFile();
      document.closeSession();
    }
    folder.takeAway();
    Document document(1, 0);
    const Errors errors(document, Subject::checkpoint);
    QVERIFY(document.openSession(session));
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 1, kPatience);
    QVERIFY(errors.texts[0].contains("net.safetensors"));
    QVERIFY(errors.texts[0].contains("bring that folder or drive back"));
    QVERIFY(!document.engine());
    folder.bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(document.engine(), kPatience);
    QCOMPARE(document.session().network.file, file);
    QCOMPARE(errors.texts.size(), 1);
  }

  void imagesAreOpenedWhenTheirFolderIsBack_data() { howItComesBack(); }
  void imagesAreOpenedWhenTheirFolderIsBack() {
    const QFETCH(bool, remade);
    const Folder folder(remade), other;
    for (const char* name : {"a.png", "b.png"}) writePng(folder.file(name), grey(90));
    fs::path session;
    {
      Document document(1, 0);
      document.newSession();
      document.openData(folder.path(), "val");
      QTRY_VERIFY_WITH_TIMEOUT(document.dataset(), kPatience);
      document.select(1);
      QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
      document.saveSessionAs(other.file("mine.json"));
      session = document.sessionFile();
      document.closeSession();
    }
    folder.takeAway();
    Document document(1, 0);
    const Errors errors(document, Subject::data);
    QVERIFY(document.openSession(session));
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 1, kPatience);
    QVERIFY(errors.texts[0].contains(folder.name()));
    QVERIFY(errors.texts[0].contains("bring that folder or drive back"));
    QVERIFY(!document.dataset());
    QCOMPARE(document.session().data.paths.front(), folder.path());
    folder.bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(document.frame().clean, kPatience);
    QCOMPARE(document.frame().raw.name, std::string("b"));
    QCOMPARE(errors.texts.size(), 1);
  }

  void othersThatAreOpenedMeanwhileStay() {
    const Folder folder, other;
    writePng(folder.file("a.png"), grey(90));
    writePng(other.file("b.png"), grey(90));
    folder.takeAway();
    Document document(1, 0);
    const Errors errors(document, Subject::data);
    document.openPictures({folder.file("a.png")});
    QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), 1, kPatience);
    document.openPictures({other.file("b.png")});
    QTRY_VERIFY_WITH_TIMEOUT(document.dataset(), kPatience);
    QSignalSpy changed(&document, &Document::datasetChanged);
    folder.bringBack();
    QVERIFY(!changed.wait(5000));  // more than two looks
    QCOMPARE(document.frame().raw.name, std::string("b"));
  }

  void theNetworkThatWasAskedForLastIsWaitedFor() {
    const Folder first, second;
    Document document(1, 0);
    const Errors errors(document, Subject::checkpoint);
    qsizetype asked = 0;
    for (const Folder* folder : {&first, &second}) {
      fs::copy_file(resourceFile(kDemoCheckpoint), folder->file("net.safetensors"));
      folder->takeAway();
      document.openCheckpoint(folder->file("net.safetensors"));
      ++asked;
      QTRY_COMPARE_WITH_TIMEOUT(errors.texts.size(), asked, kPatience);
    }
    first.bringBack();
    second.bringBack();
    QTRY_VERIFY_WITH_TIMEOUT(document.engine(), kPatience);
    QCOMPARE(document.session().network.file, second.file("net.safetensors"));
  }

  void whatIsUnsavedAtTheEndIsKeptElsewhere() {
    const Folder folder;
    Session::Attack choice;
    choice.key = "fgsm";
    {
      Document document(1, 0);
      document.newSession();
      document.saveSessionAs(folder.file("mine.json"));
      QCOMPARE(document.sessionFile(), folder.file("mine.json"));
      document.runs().add(someRun("first"), {grey(1), grey(2)});
      QTRY_COMPARE(document.runs().runs().size(), std::size_t{1});
      folder.takeAway();
      document.setAttackChoice(choice);
      document.runs().add(someRun("second"), {grey(1), grey(3)});
      document.closeSession();
    }
    QVERIFY(!fs::exists(folder.path()));
    const LastSession last = lastSession();
    QVERIFY(last.inOrder);
    QCOMPARE(last.file.parent_path(), sessionFolder());
    QVERIFY(readSession(last.file).attack == choice);
    const std::vector<KeptRun> runs = RunStore::open(runStoreOf(last.file)).runs();
    QCOMPARE(runs.size(), std::size_t{1});
    QCOMPARE(runs[0].image, std::string("second"));
    // And the first one is where it was.
    folder.bringBack();
    QCOMPARE(RunStore::open(runStoreOf(folder.file("mine.json"))).runs().size(), std::size_t{1});
  }

  void aSessionGoesOnElsewhere() {
    const Folder folder, other;
    Document document(1, 0);
    document.newSession();
    document.saveSessionAs(folder.file("mine.json"));
    folder.takeAway();
    document.runs().add(someRun("second"), {grey(1), grey(3)});
    QVERIFY(!document.runs().flush());
    document.saveSessionAs(other.file("here.json"));
    QCOMPARE(document.sessionFile(), other.file("here.json"));
    QTRY_COMPARE(document.runs().runs().size(), std::size_t{1});
    QVERIFY(document.runs().flush());
    QCOMPARE(RunStore::open(runStoreOf(other.file("here.json"))).runs().size(), std::size_t{1});
  }
};

QTEST_GUILESS_MAIN(TestVanished)
#include "tst_vanished.moc"
