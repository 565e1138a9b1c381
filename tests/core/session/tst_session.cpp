#include <QtTest>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/session/session.h"

using namespace uninet;

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// Every member with another value than its default.
Session fullSession(const fs::path& folder) {
  Session s = newSession();
  s.network = {Session::Network::Kind::file,
               folder / "nets" / "a.pth",
               folder / "nets" / "pca.npz",
               "model.weights",
               "256x512",
               std::string(64, 'a')};
  s.second = {Session::Network::Kind::file, folder / "nets" / "b.pth", "", "", "128x256",
              std::string(64, 'b')};
  s.data = {Session::Data::Kind::pictures,
            {folder / "p" / "1.png", folder / "p" / "2.png"},
            "val",
            "train-ids",
            50,
            0.0002};
  s.image = "1";
  s.attack = {"hide-depth",
              "Figure 4b",
              {{"category", "person"}, {"epsilon", 0.1}},
              "mask:" + (folder / "mask.png").string(),
              "float64"};
  s.view = {Session::View::Layout::wipe,
            3,
            {false, true, true, true},
            2.5,
            0.1,
            0.9,
            0.25,
            0.7,
            0.125,
            {"road", "sky"},
            Session::View::InputChange::gradient,
            "E3"};
  s.run = 17;
  s.notes = "ε is 1\nsecond line";
  return s;
}

QString messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class TestSession : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path path(const char* name) { return folder_.filePath(name).toStdString(); }

 private Q_SLOTS:
  void comesBackAsItWas() {
    const fs::path file = path("s.json");
    const Session session = fullSession(path("sub"));
    writeSession(session, file);
    QVERIFY(readSession(file) == session);
    const Session plain = newSession();
    writeSession(plain, file);
    QVERIFY(readSession(file) == plain);
    QVERIFY(plain.id.size() == 16 && plain.id != newSession().id);
    // By rename: nothing is left beside it.
    QCOMPARE(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()),
             std::ptrdiff_t{1});
  }

  // A session without a second network is what it was before there were any.
  void oneNetworkAlone() {
    Session session = fullSession("/a");
    session.second = {};
    const Json json = sessionJson(session, "/a");
    QVERIFY(!json.contains("second-network"));
    QVERIFY(sessionFromJson(json, "/a") == session);
    // Nor is there a unit of depth before anybody says one.
    session.data.depthUnit = 0;
    QVERIFY(!sessionJson(session, "/a")["data"].contains("depth-unit"));
    QVERIFY(sessionFromJson(sessionJson(session, "/a"), "/a") == session);
  }

  // A session that was moved with its files finds them; what is far away stays where it is.
  void movesWithItsFiles() {
    const fs::path here = path("here"), there = path("there");
    fs::create_directories(here / "work");
    Session session = fullSession(here);
    session.data = {Session::Data::Kind::path, {"/far/away/cityscapes"}, "train"};
    writeSession(session, here / "work" / "s.json");
    fs::rename(here, there);
    const Session moved = readSession(there / "work" / "s.json");
    QCOMPARE(moved.network.file, there / "nets" / "a.pth");
    QCOMPARE(moved.network.maskComponents, there / "nets" / "pca.npz");
    QCOMPARE(moved.second.file, there / "nets" / "b.pth");
    QCOMPARE(moved.attack.region, "mask:" + (there / "mask.png").string());
    QCOMPARE(moved.data.paths.front(), fs::path("/far/away/cityscapes"));
    fs::remove_all(there);
  }

  void relativeOnlyWhatIsNear_data() {
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("written");
    QTest::newRow("inside") << "/a/b/c/x.pth"
                            << "x.pth";
    QTest::newRow("beside") << "/a/b/d/x.pth"
                            << "../d/x.pth";
    QTest::newRow("two up") << "/a/e/f/x.pth"
                            << "../../e/f/x.pth";
    QTest::newRow("only the root is shared") << "/data/x.pth"
                                             << "/data/x.pth";
    QTest::newRow("with dots") << "/a/b/./c/y/../x.pth"
                               << "x.pth";
    QTest::newRow("the folder itself") << "/a/b/c"
                                       << ".";
  }
  void relativeOnlyWhatIsNear() {
    const QFETCH(QString, target);
    const QFETCH(QString, written);
    Session::Data data{Session::Data::Kind::path, {target.toStdString()}, ""};
    const Json json = dataJson(data, "/a/b/c");
    QCOMPARE(json["paths"][0].get<std::string>(), written.toStdString());
    QCOMPARE(dataFromJson(json, "/a/b/c").paths[0],
             fs::path(target.toStdString()).lexically_normal());
  }

  void threeFoldersUpIsFar() {
    const Session::Data data{Session::Data::Kind::path, {"/a/x"}, ""};
    QCOMPARE(dataJson(data, "/a/b/c/d")["paths"][0].get<std::string>(), std::string("/a/x"));
  }

  void keepsKeysOfLaterVersions() {
    Json json = sessionJson(fullSession("/a"), "/a");
    json["later"] = {1, 2};
    json["network"]["quantised"] = true;
    json["data"]["shuffle"] = 3;
    json["attack"]["queue"] = Json::array();
    json["view"]["grid"] = {{"columns", 3}};
    json["view"]["rows"]["gradient"] = true;
    const Session session = sessionFromJson(json, "/a");
    QVERIFY(session.unknown.size() == 5);
    QCOMPARE(sessionJson(session, "/a").dump(), json.dump());
  }

  void missingKeysAreDefaults() {
    const Session plain = sessionFromJson(
        {{"format", "uninet-session"}, {"version", 1}, {"id", "0123456789abcdef"}}, "/a");
    Session expected;
    expected.id = "0123456789abcdef";
    QVERIFY(plain == expected);
  }

  void wrongValuesAreOneSentence_data() {
    QTest::addColumn<QString>("patch");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* patch, const char* part) {
      QTest::newRow(patch) << patch << part;
    };
    row(R"({"format": null})", "format: expected uninet-session, found none");
    row(R"({"format": "other"})", "found \"other\"");
    row(R"({"version": 2})", "version: expected 1, found 2; a newer program wrote it");
    row(R"({"version": "1"})", "version: expected a whole number");
    row(R"({"version": 1e300})", "version: expected a whole number");
    row(R"({"id": "xyz"})", "id: expected 16 hexadecimal digits, found \"xyz\"");
    row(R"({"network": []})", "network: expected an object, found array");
    row(R"({"network": {"from": "cloud"}})",
        "network.from: expected one of none, demo, file, found \"cloud\"");
    row(R"({"network": {"from": "file", "file": ""}})", "network.file: expected the path");
    row(R"({"network": {"file": 3}})", "network.file: expected a text, found 3");
    row(R"({"data": {"from": "path", "paths": []}})", "data.paths: expected one path, found 0");
    row(R"({"data": {"from": "pictures", "paths": []}})", "expected one path or more, found 0");
    row(R"({"data": {"paths": [1]}})", "data.paths: expected a list of texts, found 1");
    row(R"({"data": {"paths": "x"}})", "data.paths: expected a list of texts");
    row(R"({"data": {"depth-unit": -1}})", "data.depth-unit: expected a number from 0 to 1000");
    row(R"({"data": {"depth-unit": "mm"}})", "data.depth-unit: expected a number from 0 to 1000");
    row(R"({"image": {}})", "image: expected a text, found object");
    row(R"({"attack": {"options": []}})", "attack.options: expected an object, found array");
    row(R"({"view": {"layout": 1}})", "view.layout: expected one of grid, focus, wipe, found 1");
    row(R"({"view": {"zoom": 0}})", "view.zoom: expected a number from");
    row(R"({"view": {"wipe": 1.5}})", "view.wipe: expected a number from 0 to 1, found 1.5");
    row(R"({"view": {"rows": {"truth": 1}}})", "view.rows.truth: expected true or false, found 1");
    row(R"({"view": {"focus": -1}})", "view.focus: expected a whole number from 0 to 63, found -1");
    row(R"({"run": -1})", "run: expected a whole number");
    row(R"({"notes": true})", "notes: expected a text, found true");
  }
  void wrongValuesAreOneSentence() {
    const QFETCH(QString, patch);
    const QFETCH(QString, part);
    const fs::path file = path("wrong.json");
    Json json = sessionJson(newSession(), file.parent_path());
    json.merge_patch(Json::parse(patch.toStdString()));
    writeTextFile(file, json.dump());
    const QString sentence = messageOf([&] { readSession(file); });
    QVERIFY2(sentence.contains(part) && sentence.contains("wrong.json: "), qPrintable(sentence));
  }

  void whatIsNoSession() {
    QVERIFY(messageOf([&] { readSession(path("gone.json")); }).contains("does not exist"));
    const fs::path file = path("no.json");
    writeTextFile(file, "{");
    QVERIFY(messageOf([&] { readSession(file); }).contains("no.json is no session"));
    writeTextFile(file, "[]");
    QVERIFY(messageOf([&] { readSession(file); }).contains("a session: expected an object"));
    writeTextFile(file, std::string(100000, '['));
    QVERIFY(messageOf([&] { readSession(file); }).contains("levels of nesting"));
  }

  // Names of files may hold any bytes: the rest of the session is not lost for one of them.
  void namesThatAreNoUtf8() {
    Session session = newSession();
    session.image = "a\xff";
    session.notes = "kept";
    const fs::path file = path("bytes.json");
    writeSession(session, file);
    QCOMPARE(readSession(file).notes, std::string("kept"));
  }

  void runsStandBesideIt() {
    QCOMPARE(runStoreOf("/a/b.json"), fs::path("/a/b.runs.sqlite"));
    QCOMPARE(runStoreOf("/a/b.c.json"), fs::path("/a/b.c.runs.sqlite"));
    QCOMPARE(runStoreOf("/a/b"), fs::path("/a/b.runs.sqlite"));
  }
};

QTEST_APPLESS_MAIN(TestSession)
#include "tst_session.moc"
