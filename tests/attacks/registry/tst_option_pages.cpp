#include <QtTest>
#include <filesystem>

#include "attacks/registry/option_pages.h"
#include "core/base/error.h"
#include "core/base/files.h"

using namespace uninet;
namespace fs = std::filesystem;

class TestOptionPages : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void tableSaysWhatTheDescriptionSays() {
    for (const AttackInfo& attack : attacks()) {
      const std::string table = optionTableMarkdown(attack);
      for (const OptionRow& row : optionTable(*attack.makeOptions())) {
        const std::string key = "| `--" + row.key + "` |";
        QVERIFY2(table.find(key) != std::string::npos, row.key.c_str());
        QVERIFY2(
            table.find(row.help) != std::string::npos || row.help.find('|') != std::string::npos,
            row.key.c_str());
      }
    }
    const std::string pgd = optionTableMarkdown(attackByKey("pgd"));
    QVERIFY(pgd.find("| 0 to 100000 px |") != std::string::npos);
    QVERIFY(pgd.find("9007199254740992") == std::string::npos);  // no limit that means anything
    QVERIFY(pgd.find("`linf`, `l2`") != std::string::npos);
  }

  void fillsThePage() {
    const std::string page = "a\n<!-- options fgsm -->\nold\n<!-- end -->\nb\n";
    const std::string made = withOptionTables(page);
    QCOMPARE(made, "a\n<!-- options fgsm -->\n" + optionTableMarkdown(attackByKey("fgsm")) +
                       "<!-- end -->\nb\n");
    QCOMPARE(withOptionTables(made), made);
    QCOMPARE(withOptionTables("no table\n"), std::string("no table\n"));
  }

  void refusesWhatItCannotFill() {
    QVERIFY_EXCEPTION_THROWN(withOptionTables("<!-- options fgsm -->\nno end\n"), Error);
    QVERIFY_EXCEPTION_THROWN(withOptionTables("<!-- options none -->\n<!-- end -->\n"), Error);
    QVERIFY_EXCEPTION_THROWN(withOptionTables("<!-- options fgsm\n<!-- end -->\n"), Error);
  }

  // What is committed is what the descriptions say: "uninet help-pages resources/docs/help" writes
  // it.
  void committedPagesAreNew() {
    int tables = 0;
    for (const auto& entry : fs::directory_iterator(UNINET_SOURCE_DIR "/resources/docs/help")) {
      if (entry.path().extension() != ".md") continue;
      const std::string page = readTextFile(entry.path());
      QVERIFY2(withOptionTables(page) == page, entry.path().c_str());
      tables += page.find("<!-- options ") != std::string::npos ? 1 : 0;
    }
    QCOMPARE(tables, static_cast<int>(attacks().size()));
  }
};

QTEST_GUILESS_MAIN(TestOptionPages)
#include "tst_option_pages.moc"
