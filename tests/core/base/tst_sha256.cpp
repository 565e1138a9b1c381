#include <QTemporaryDir>
#include <QtTest>
#include <string>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/sha256.h"

using namespace uninet;

// The answers are those of FIPS 180-2, appendix B; that of nothing is NIST's.
class TestSha256 : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void knownAnswers_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("expected");
    QTest::newRow("nothing")
        << std::string()
        << std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    QTest::newRow("one block")
        << std::string("abc")
        << std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("two blocks")
        << std::string("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
        << std::string("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    QTest::newRow("many blocks")
        << std::string(1000000, 'a')
        << std::string("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }
  void knownAnswers() {
    const QFETCH(std::string, text);
    const QFETCH(std::string, expected);
    Sha256 whole;
    whole.add(text.data(), text.size());
    QCOMPARE(whole.finish(), expected);
    Sha256 pieces;
    for (std::size_t at = 0, length = 1; at < text.size(); at += length, length = length % 97 + 1) {
      length = std::min(length, text.size() - at);
      pieces.add(text.data() + at, length);
    }
    QCOMPARE(pieces.finish(), expected);
    const QTemporaryDir folder;
    const std::string file = folder.filePath("file").toStdString();
    writeTextFile(file, text);
    QCOMPARE(sha256OfFile(file), expected);
  }

  void aMissingFileIsNamed() {
    const QTemporaryDir folder;
    try {
      sha256OfFile(folder.filePath("gone").toStdString());
      QFAIL("a file that is not there has a hash");
    } catch (const Error& error) {
      QVERIFY(std::string(error.what()).find("gone") != std::string::npos);
    }
  }
};

QTEST_APPLESS_MAIN(TestSha256)
#include "tst_sha256.moc"
