#include <zip.h>

#include <QtTest>
#include <atomic>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/folders.h"
#include "core/base/pictures.h"
#include "core/base/sha256.h"
#include "core/base/zip.h"
#include "core/data/cityscapes_writer.h"
#include "core/data/folder_dataset.h"
#include "core/session/bundle.h"
#include "core/session/run_store.h"
#include "core/streetscape/streetscape.h"
#include "support/nyuv2_tree.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

cv::Mat noise(int seed, cv::Size size = {64, 32}) {
  cv::Mat image(size, CV_8UC3);
  cv::RNG(static_cast<std::uint64_t>(seed) + 1).fill(image, cv::RNG::UNIFORM, 0, 256);
  return image;
}

bool same(const cv::Mat& a, const cv::Mat& b) {
  return a.size() == b.size() && a.type() == b.type() && cv::norm(a, b, cv::NORM_INF) == 0;
}

KeptRun runOn(const RawFrame& frame, const std::string& title, const Session& session) {
  KeptRun run;
  run.data = title;
  run.image = frame.name;
  run.imageFingerprint = fingerprint(frame);
  run.attack = "pgd";
  run.options = "{}";
  run.clean = run.attacked = ImageMeasures(*cityscapesClasses());
  run.manifest = "{}";
  run.networkFrom = session.network;
  run.dataFrom = session.data;
  return run;
}

struct Entry {
  std::string name, content;
  bool link = false;
};

/// An archive as nobody writes it who means well.
void writeRaw(const fs::path& file, const std::vector<Entry>& entries) {
  zip_t* archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  QVERIFY(archive != nullptr);
  for (const Entry& entry : entries) {
    zip_source_t* source =
        zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), source, 0);
    QVERIFY(index >= 0);
    if (entry.link)
      zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX,
                                       0120777u << 16u);
  }
  QCOMPARE(zip_close(archive), 0);
}

/// What is in a folder, hidden files and links among it.
QStringList listed(const fs::path& folder) {
  QStringList names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    names << QString::fromStdString(entry.path().lexically_relative(folder).string());
  names.sort();
  return names;
}

}  // namespace

class TestBundle : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path path(const std::string& name) {
    return folder_->filePath(QString::fromStdString(name)).toStdString();
  }
  /// A session whose network is a file, on this data.
  Session sessionOn(const Session::Data& data) {
    writeTextFile(path("net.pth"), "weights");
    Session session = newSession();
    session.network = {Session::Network::Kind::file, path("net.pth"), "", "", "", ""};
    session.data = data;
    session.notes = "for a reviewer";
    return session;
  }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void cityscapes_data() {
    QTest::addColumn<QString>("below");
    QTest::addColumn<QString>("split");
    QTest::newRow("tree") << ""
                          << "train";
    QTest::newRow("one city of it") << "/leftImg8bit/train/berlin"
                                    << "";
  }
  void cityscapes() {
    const QFETCH(QString, below);
    const QFETCH(QString, split);
    const fs::path tree = path("cities");
    const auto world = openStreetscape("val", 4, 1, {128, 64});
    writeCityscapes(*world, tree, "train", "berlin", 1, {});
    // One without objects and without a camera of its own.
    const std::string name = world->name(1);
    fs::remove(tree / "gtFine/train/berlin" / (name + "_gtFine_instanceIds.png"));
    fs::remove(tree / "camera/train/berlin" / (name + "_camera.json"));
    Session session = sessionOn(
        {Session::Data::Kind::path, {tree.string() + below.toStdString()}, split.toStdString()});
    const auto data = openDataset(session.data.paths.front(), DataOptions{"train"});
    writeTextFile(path("second.pth"), "others");
    session.second = {Session::Network::Kind::file, path("second.pth"), "", "", "", ""};
    session.image = data->name(2);
    session.run = 1;
    writeSession(session, path("s.json"));
    {
      RunStore store = RunStore::open(runStoreOf(path("s.json")));
      for (const std::size_t i : {0, 1, 0}) {
        KeptRun run = runOn(data->load(i), data->title(), session);
        run.attackedOn = "second.pth";
        run.attackedOnHash = "h";
        store.add(run, noise(1), noise(2));
      }
      store.add(runOn(data->load(3), data->title(), session), noise(1), noise(3));
      store.remove(4);
    }
    const auto missing = writeBundle(path("s.json"), data.get(), path("b.zip"), {});
    QCOMPARE(missing, std::vector<std::string>{});

    const fs::path file = openBundle(path("b.zip"), path("there/opened"), {});
    QCOMPARE(file, path("there/opened/session.json"));
    fs::remove_all(tree);
    const Session opened = readSession(file);
    QCOMPARE(opened.id, session.id);
    QCOMPARE(opened.notes, session.notes);
    QCOMPARE(opened.image, session.image);
    QCOMPARE(opened.run, session.run);
    QCOMPARE(opened.network.sha256, sha256OfFile(path("net.pth")));
    QCOMPARE(opened.network.file, path("there/opened/net.pth"));
    QVERIFY(!isThere(opened.network.file));
    QCOMPARE(opened.second.file, path("there/opened/second.pth"));
    QCOMPARE(opened.second.sha256, sha256OfFile(path("second.pth")));
    const auto packed =
        openDataset(opened.data.paths.front(),
                    DataOptions{opened.data.split.empty() ? "train" : opened.data.split});
    QCOMPARE(packed->title(), data->title());
    QCOMPARE(packed->size(), std::size_t{3});  // not that of the removed run
    for (const std::size_t i : {0, 1, 2})
      QCOMPARE(packed->name(packed->indexOf(world->name(i))), world->name(i));
    RunStore store = RunStore::open(runStoreOf(file));
    const auto runs = store.runs();
    QCOMPARE(runs.size(), std::size_t{3});
    for (const KeptRun& run : runs) {
      QCOMPARE(fingerprint(packed->load(packed->indexOf(run.image))), run.imageFingerprint);
      QVERIFY(run.dataFrom == opened.data);
      QCOMPARE(run.networkFrom.file, opened.network.file);
      QCOMPARE(run.attackedOn, std::string("second.pth"));
      QVERIFY(same(store.attackedImage(run.id), noise(2)));
    }
    QVERIFY(messageOf([&] { store.restore(4); }).contains("not there"));
  }

  void nyuv2_data() {
    QTest::addColumn<int>("layout");
    QTest::addColumn<bool>("more");
    QTest::addColumn<double>("unit");
    QTest::newRow("folders") << static_cast<int>(Nyuv2Layout::folders) << true << 0.;
    QTest::newRow("NYUD_MT") << static_cast<int>(Nyuv2Layout::lists) << true << 0.;
    QTest::newRow("converted") << static_cast<int>(Nyuv2Layout::converted) << true << 0.;
    QTest::newRow("labels and depth alone") << static_cast<int>(Nyuv2Layout::lists) << false << 0.;
    QTest::newRow("another unit") << static_cast<int>(Nyuv2Layout::folders) << false << 0.0002;
  }
  // The same frames to the last digit, whatever the layout and the unit of depth were.
  void nyuv2() {
    const QFETCH(int, layout);
    const QFETCH(bool, more);
    const QFETCH(double, unit);
    const fs::path tree = path("indoors");
    nyuv2_tree::makeTree(tree, static_cast<Nyuv2Layout>(layout));
    if (more) nyuv2_tree::addMore(tree, static_cast<Nyuv2Layout>(layout));
    Session session = sessionOn({Session::Data::Kind::path, {tree}, "val", {}, 0, unit});
    const auto data = openDataset(tree, {"val", true, LabelChoice::automatic, unit});
    session.image = data->name(1);
    writeSession(session, path("s.json"));
    RunStore::open(runStoreOf(path("s.json")))
        .add(runOn(data->load(0), data->title(), session), noise(1), noise(2));
    QCOMPARE(writeBundle(path("s.json"), data.get(), path("b.zip"), {}),
             std::vector<std::string>{});
    const fs::path file = openBundle(path("b.zip"), path("opened"), {});
    const std::vector<RawFrame> before{data->load(0), data->load(1)};
    fs::remove_all(tree);
    const Session opened = readSession(file);
    const auto packed =
        openDataset(opened.data.paths.front(),
                    {opened.data.split, true, LabelChoice::automatic, opened.data.depthUnit});
    QCOMPARE(packed->title(), data->title());
    QCOMPARE(packed->size(), std::size_t{2});
    QVERIFY(sameClasses(packed->classes(), nyuv2Classes()));
    for (const std::size_t i : {0, 1}) {
      const RawFrame frame = packed->load(i);
      QCOMPARE(frame.name, before[i].name);
      QCOMPARE(fingerprint(frame), fingerprint(before[i]));
      QVERIFY(same(frame.depthMetres, before[i].depthMetres));
      QVERIFY(same(frame.labelIds, before[i].labelIds));
      QCOMPARE(frame.normals.empty(), before[i].normals.empty());
      QCOMPARE(frame.edges.empty(), before[i].edges.empty());
      QCOMPARE(frame.objects.has_value(), more);
      QVERIFY(frame.notes.empty());
    }
    const auto runs = RunStore::open(runStoreOf(file)).runs();
    QCOMPARE(runs.at(0).imageFingerprint, fingerprint(packed->load(0)));
    QVERIFY(runs.at(0).dataFrom == opened.data);
  }

  void twoCheckpointsOfOneName() {
    Session session = sessionOn({Session::Data::Kind::streetscape, {}, "val"});
    fs::create_directories(path("other"));
    writeTextFile(path("other/net.pth"), "others");
    session.second = {Session::Network::Kind::file, path("other/net.pth"), "", "", "", ""};
    writeSession(session, path("s.json"));
    writeBundle(path("s.json"), nullptr, path("b.zip"), {});
    const Session opened = readSession(openBundle(path("b.zip"), path("opened"), {}));
    QCOMPARE(opened.network.file, path("opened/net.pth"));
    QCOMPARE(opened.second.file, path("opened/second/net.pth"));
    QVERIFY(opened.network.sha256 != opened.second.sha256);
  }

  void picturesAndRegion() {
    fs::create_directories(path("mine/sub"));
    writePng(path("mine/a.png"), noise(1));
    writePng(path("mine/sub/b.c.png"), noise(2));
    writePng(path("mine/unused.png"), noise(3));
    writePng(path("mask.png"), noise(4));
    Session session = sessionOn({Session::Data::Kind::path, {path("mine")}, ""});
    session.attack.region = "mask:" + path("mask.png").string();
    session.image = "a";
    const auto data = openDataset(path("mine"), "");
    writeSession(session, path("s.json"));
    RunStore::open(runStoreOf(path("s.json")))
        .add(runOn(data->load(data->indexOf("sub/b.c")), data->title(), session), noise(1),
             noise(2));
    QVERIFY(writeBundle(path("s.json"), data.get(), path("b.zip"), {}).empty());
    const Session opened = readSession(openBundle(path("b.zip"), path("opened"), {}));
    const auto packed = openDataset(opened.data.paths.front(), "");
    QCOMPARE(packed->title(), std::string("mine"));
    QCOMPARE(packed->size(), std::size_t{2});
    QVERIFY(same(packed->image(packed->indexOf("sub/b.c")), noise(2)));
    QVERIFY(same(readImage(opened.attack.region.substr(5)), noise(4)));
  }

  void severalPictures() {
    writePng(path("a.png"), noise(1));
    writePng(path("b.png"), noise(2));
    const Session session =
        sessionOn({Session::Data::Kind::pictures, {path("a.png"), path("b.png")}, ""});
    const auto data = openPictureFiles(session.data.paths);
    writeSession(session, path("s.json"));
    QVERIFY(writeBundle(path("s.json"), data.get(), path("b.zip"), {}).empty());
    const Session opened = readSession(openBundle(path("b.zip"), path("opened"), {}));
    const auto packed = openDataset(opened.data.paths.front(), "");
    QCOMPARE(packed->title(), data->title());
    QCOMPARE(packed->name(0), data->name(0));
    QVERIFY(same(packed->image(0), noise(1)));
  }

  // Nothing but the session and its runs: every program draws it.
  void streetscape() {
    Session session = sessionOn({Session::Data::Kind::streetscape, {}, "val"});
    session.network = {};
    session.network.kind = Session::Network::Kind::demo;
    writeSession(session, path("s.json"));
    const auto world = openStreetscape("val", 2, 1, {64, 32});
    QVERIFY(writeBundle(path("s.json"), world.get(), path("b.zip"), {}).empty());
    const fs::path file = openBundle(path("b.zip"), path("opened"), {});
    QVERIFY(readSession(file) == session);
    QCOMPARE(listed(path("opened")), (QStringList{"session.json", "session.runs.sqlite"}));
    // Nothing is left beside the files that were asked for.
    QVERIFY(listed(path("")).filter(".uninet-").isEmpty());
  }

  void whatIsMissingIsSaid() {
    fs::create_directories(path("mine"));
    writePng(path("mine/a.png"), noise(1));
    Session session = sessionOn({Session::Data::Kind::path, {path("mine")}, ""});
    session.image = "gone";
    const auto data = openDataset(path("mine"), "");
    writeSession(session, path("s.json"));
    RunStore::open(runStoreOf(path("s.json")))
        .add(runOn(data->load(0), "other · val", session), noise(1), noise(2));
    auto missing = writeBundle(path("s.json"), data.get(), path("b.zip"), {});
    QCOMPARE(missing.size(), std::size_t{2});
    QCOMPARE(missing[0], std::string("image gone is not in mine any more"));
    QCOMPARE(missing[1],
             std::string("images of other · val, which is not the data of the session"));
    missing = writeBundle(path("s.json"), nullptr, path("b.zip"), {});
    QVERIFY(missing.front().find("not open") != std::string::npos);
    openBundle(path("b.zip"), path("opened"), {});
    QVERIFY(messageOf([&] {
              writeBundle(path("none.json"), nullptr, path("n.zip"), {});
            }).contains("none.json does not exist"));
    QVERIFY(!isThere(path("n.zip")));
  }

  void neverOverWhatIsThere() {
    writeSession(sessionOn({}), path("s.json"));
    writeBundle(path("s.json"), nullptr, path("b.zip"), {});
    fs::create_directories(path("full"));
    writeTextFile(path("full/mine.txt"), "x");
    QVERIFY(messageOf([&] {
              openBundle(path("b.zip"), path("full"), {});
            }).contains("is there already"));
    QCOMPARE(listed(path("full")), QStringList{"mine.txt"});
    fs::create_directories(path("empty"));
    openBundle(path("b.zip"), path("empty"), {});
    QVERIFY(isThere(path("empty/session.json")));
  }

  void stopped() {
    writeSession(sessionOn({}), path("s.json"));
    const std::atomic<bool> stop{true};
    const Progress progress([](const ProgressReport&) {}, &stop);
    QVERIFY_EXCEPTION_THROWN(writeBundle(path("s.json"), nullptr, path("b.zip"), progress),
                             Cancelled);
    QVERIFY(!isThere(path("b.zip")));
    writeBundle(path("s.json"), nullptr, path("b.zip"), {});
    QVERIFY_EXCEPTION_THROWN(openBundle(path("b.zip"), path("opened"), progress), Cancelled);
    QVERIFY(!isThere(path("opened")));
  }

  void hostile_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("part");
    QTest::newRow("up") << "../evil.png"
                        << "leads out of it";
    QTest::newRow("up inside") << "data/../../evil.png"
                               << "leads out of it";
    QTest::newRow("from the root") << "/tmp/evil.png"
                                   << "leads out of it";
    QTest::newRow("backslash") << "data\\..\\evil.png"
                               << "leads out of it";
    QTest::newRow("drive") << "C:evil.png"
                           << "leads out of it";
    QTest::newRow("dot") << "data/./a.png"
                         << "leads out of it";
    QTest::newRow("nothing between") << "data//a.png"
                                     << "leads out of it";
    QTest::newRow("control") << "data/a\nb.png"
                             << "leads out of it";
    QTest::newRow("long") << "data/" + QString(300, 'x') + ".png"
                          << "leads out of it";
    QTest::newRow("link") << "link"
                          << "data/link.png is a link";
    QTest::newRow("bomb") << "bomb"
                          << "too much for its size";
    QTest::newRow("many") << "many"
                          << "more than 100000";
    QTest::newRow("no zip") << "no zip"
                            << "cannot be opened as a zip";
    QTest::newRow("cut") << "cut"
                         << "cannot be opened as a zip";
    QTest::newRow("another") << "another"
                             << "holds no session.json";
    QTest::newRow("wrong session") << "wrong session"
                                   << "session.json: format: expected";
    QTest::newRow("wrong runs") << "wrong runs"
                                << "is no file of runs";
    QTest::newRow("file elsewhere") << "file elsewhere"
                                    << "names a file outside of it";
    QTest::newRow("second elsewhere") << "second elsewhere"
                                      << "names a file outside of it";
    QTest::newRow("data elsewhere") << "data elsewhere"
                                    << "names a file outside of it";
    QTest::newRow("region elsewhere") << "region elsewhere"
                                      << "names a file outside of it";
    QTest::newRow("damaged") << "damaged"
                             << "session.json cannot be unpacked";
  }
  void hostile() {
    const QFETCH(QString, kind);
    const QFETCH(QString, part);
    const fs::path zip = path("in/evil.zip");
    fs::create_directories(path("in"));
    Session session = newSession();
    if (kind == "file elsewhere") {
      session.network.kind = Session::Network::Kind::file;
      session.network.file = "/etc/passwd";
    } else if (kind == "second elsewhere") {
      session.second.kind = Session::Network::Kind::file;
      session.second.file = "/etc/passwd";
    } else if (kind == "data elsewhere") {
      session.data = {Session::Data::Kind::path, {"/etc"}, ""};
    } else if (kind == "region elsewhere") {
      session.attack.region = "mask:/etc/passwd";
    }
    const std::string text = sessionJson(session, "/nowhere").dump(2);
    std::vector<Entry> entries{{"session.json", text}};
    if (kind == "link") entries.push_back({"data/link.png", "/etc/passwd", true});
    if (kind == "bomb") entries.push_back({"data/a.png", std::string(40u << 20, '\0')});
    if (kind == "many") entries.resize(100001);
    for (std::size_t i = 1; kind == "many" && i < entries.size(); ++i)
      entries[i].name = concat("data/", i);
    if (kind == "another") entries = {{"readme.txt", "x"}};
    if (kind == "wrong session") entries = {{"session.json", "{}"}};
    if (kind == "wrong runs") entries.push_back({"session.runs.sqlite", std::string(5000, 'x')});
    if (kind.contains('.') || kind.contains(':')) entries.push_back({kind.toStdString(), "x"});
    writeRaw(zip, entries);
    if (kind == "no zip") writeTextFile(zip, "text");
    if (kind == "cut") {
      std::string bytes = readTextFile(zip);
      writeTextFile(zip, bytes.substr(0, bytes.size() / 2));
    }
    if (kind == "damaged") {
      std::string bytes = readTextFile(zip);
      bytes[70] = static_cast<char>(bytes[70] ^ 0x55);
      writeTextFile(zip, bytes);
    }
    const QString sentence = messageOf([&] { openBundle(zip, path("in/out"), {}); });
    QVERIFY2(sentence.contains(part) && sentence.contains("evil.zip"), qPrintable(sentence));
    QVERIFY2(!sentence.contains(".uninet-"), qPrintable(sentence));
    QCOMPARE(listed(path("")).size(), 2);  // in, in/evil.zip
  }

  void foreignEntriesAreLeftAlone() {
    writeRaw(path("b.zip"), {{"session.json", sessionJson(newSession(), "/x").dump()},
                             {"data/", ""},
                             {"data/run.sh", "x"},
                             {"later/a.json", "{}"},
                             {".hidden", "x"}});
    openBundle(path("b.zip"), path("opened"), {});
    QCOMPARE(listed(path("opened")), (QStringList{"session.json", "session.runs.sqlite"}));
  }

  void writesOverAnEarlierBundle() {
    writeSession(sessionOn({}), path("s.json"));
    writeTextFile(path("b.zip"), "earlier");
    writeBundle(path("s.json"), nullptr, path("b.zip"), {});
    openBundle(path("b.zip"), path("opened"), {});
    QVERIFY(messageOf([&] {
              openBundle(path("gone.zip"), path("o"), {});
            }).contains("gone.zip does not exist"));
  }
};

QTEST_APPLESS_MAIN(TestBundle)
#include "tst_bundle.moc"
