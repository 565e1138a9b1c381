#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/base/resources.h"

using namespace uninet;
namespace fs = std::filesystem;

class TestResources : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void findsTheSourceTree() {
    const fs::path file = resourceFile("scripts/packages.txt");
    QVERIFY(fs::equivalent(file, fs::path(UNINET_SOURCE_DIR) / "resources/scripts/packages.txt"));
  }

  void prefersWhatLiesBesideTheProgram() {
    const fs::path beside = fs::path(QCoreApplication::applicationDirPath().toStdString()) /
                            "resources/tst_resources.txt";
    fs::create_directories(beside.parent_path());
    std::ofstream(beside) << "here";
    const fs::path found = resourceFile("tst_resources.txt");
    fs::remove(beside);
    QVERIFY(found == beside);
  }

  void namesTheFileThatIsMissing() {
    try {
      resourceFile("demo/none.bin");
      QFAIL("nothing was thrown");
    } catch (const Error& error) {
      const QString text = error.what();
      QVERIFY2(text.contains("demo/none.bin") && text.contains("share/uninet"), error.what());
    }
  }
};

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"
