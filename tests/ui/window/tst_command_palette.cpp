#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>
#include <functional>

#include "ui/window/command_palette.h"
#include "ui/window/fuzzy_match.h"

using namespace uninet;

namespace {

/// Whether `letters` are in `text` in their order, by trying.
bool inOrder(const QString& letters, const QString& text) {
  qsizetype at = 0;
  for (const QChar letter : letters) {
    at = text.indexOf(letter, at, Qt::CaseInsensitive);
    if (at < 0) return false;
    ++at;
  }
  return true;
}

}  // namespace

class TestCommandPalette : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QStringList done_;

  std::vector<Command> commands() {
    std::vector<Command> list;
    const auto add = [&](const char* title, const char* path, bool enabled = true) {
      list.push_back({title, path, {}, enabled, [this, title] { done_ << title; }});
    };
    add("Open checkpoint\u2026", "File");
    add("Export figure\u2026", "File");
    add("Grid", "View");
    add("Hide the people", "Attack \u25b8 Presets");
    add("Stop", "Attack", false);
    add("Figure 3a", "Attack \u25b8 Presets");
    add("Interaction", "Tab");
    return list;
  }
  static QLineEdit* line(CommandPalette& palette) {
    return palette.findChild<QLineEdit*>("command-line");
  }
  static QListView* list(CommandPalette& palette) {
    return palette.findChild<QListView*>("command-list");
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setOrganizationName("uninet-test");
    QCoreApplication::setApplicationName("tst_command_palette");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
  }
  void init() {
    QSettings().clear();
    done_.clear();
  }

  void lettersAreFoundInTheirOrder() {
    for (const QString text : {"Export figure", "exFig", "Reset layout", "a", ""})
      for (const QString pattern : {"ef", "figure", "fe", "xt", "tx", "layout", "aa", "EXPORT"}) {
        const auto match = fuzzyMatch(pattern, text);
        QCOMPARE(match.has_value(), inOrder(pattern, text));
        if (!match) continue;
        QCOMPARE(match->positions.size(), static_cast<std::size_t>(pattern.size()));
        for (std::size_t i = 0; i < match->positions.size(); ++i) {
          QCOMPARE(text[match->positions[i]].toLower(),
                   pattern[static_cast<qsizetype>(i)].toLower());
          if (i > 0) QVERIFY(match->positions[i] > match->positions[i - 1]);
        }
      }
    QVERIFY(fuzzyMatch("", "anything"));
    QVERIFY(fuzzyMatch("ex fi", "Export figure"));
    QVERIFY(fuzzyMatch("uber", "\u00dcber das Programm"));
  }

  // The best of all ways to place the letters, against trying each of them.
  void thePlacesAreTheBest() {
    const QString text = "f of fig-fgi figi";
    for (const QString pattern : {"fig", "fi", "ofi", "gi"}) {
      double best = -1e9;
      std::vector<int> places;
      const std::function<void(int)> place = [&](int from) {
        if (places.size() == static_cast<std::size_t>(pattern.size())) {
          double score = -0.01 * static_cast<double>(text.size());
          for (std::size_t i = 0; i < places.size(); ++i) {
            const int at = places[i];
            const bool start = at == 0 || !text[at - 1].isLetterOrNumber();
            score += 1 + (start ? 4 : 0) + (at == 0 ? 2 : 0);
            if (i > 0) score += places[i - 1] == at - 1 ? 3 : -0.1 * (at - places[i - 1] - 1);
          }
          best = std::max(best, score);
          return;
        }
        for (int at = from; at < text.size(); ++at)
          if (text[at] == pattern[static_cast<qsizetype>(places.size())]) {
            places.push_back(at);
            place(at + 1);
            places.pop_back();
          }
      };
      place(0);
      QCOMPARE(fuzzyMatch(pattern, text)->score, best);
    }
  }

  void theBestComesFirst() {
    QWidget window;
    window.resize(800, 600);
    window.show();
    CommandPalette palette(&window);
    palette.popup(commands());
    QVERIFY(palette.isVisible());
    QCOMPARE(palette.listed().size(), 7);
    QCOMPARE(palette.listed().back(), QString("Stop"));  // what cannot be done now stands last
    QTest::keyClicks(line(palette), "fig");
    QCOMPARE(palette.listed().mid(0, 2), QStringList({"Figure 3a", "Export figure\u2026"}));
    QTest::keyClick(line(palette), Qt::Key_Down);
    QTest::keyClick(line(palette), Qt::Key_Return);
    QCOMPARE(done_, QStringList{"Export figure\u2026"});
    QVERIFY(!palette.isVisible());
    // By its path, too.
    palette.popup(commands());
    QTest::keyClicks(line(palette), "presets");
    QCOMPARE(palette.listed().size(), 2);
    QVERIFY(palette.listed().contains("Hide the people"));
    QTest::keyClicks(line(palette), "zzz");
    QVERIFY(palette.listed().isEmpty());
    QVERIFY(palette.findChild<QWidget*>("command-nothing")->isVisible());
    QTest::keyClick(line(palette), Qt::Key_Return);
    QCOMPARE(done_.size(), 1);
    QTest::keyClick(line(palette), Qt::Key_Escape);
    QVERIFY(!palette.isVisible());
  }

  void recentOnesComeFirst() {
    QWidget window;
    window.resize(800, 600);
    window.show();
    {
      CommandPalette palette(&window);
      for (const char* name : {"inter", "grid"}) {
        palette.popup(commands());
        QTest::keyClicks(line(palette), name);
        QTest::keyClick(line(palette), Qt::Key_Return);
      }
      QCOMPARE(done_, QStringList({"Interaction", "Grid"}));
    }
    CommandPalette later(&window);
    later.popup(commands());
    QCOMPARE(later.listed().mid(0, 3),
             QStringList({"Grid", "Interaction", "Open checkpoint\u2026"}));
  }

  void theMouseRunsOne() {
    QWidget window;
    window.resize(800, 600);
    window.show();
    CommandPalette palette(&window);
    palette.popup(commands());
    QAbstractItemModel* model = list(palette)->model();
    const auto click = [&](int row) {
      QTest::mouseClick(list(palette)->viewport(), Qt::LeftButton, {},
                        list(palette)->visualRect(model->index(row, 0)).center());
    };
    click(6);  // Stop cannot be done now
    QVERIFY(palette.isVisible());
    QVERIFY(done_.isEmpty());
    click(2);
    QCOMPARE(done_, QStringList{"Grid"});
    QVERIFY(!palette.isVisible());
  }

  void everyActionOfTheMenus() {
    QMenuBar bar;
    QMenu* file = bar.addMenu("&File");
    QAction* save = file->addAction("&Save && close\u2026");
    save->setShortcut(QKeySequence("Ctrl+S"));
    file->addSeparator();
    QMenu* inner = file->addMenu("&Recent");
    inner->addAction("a.pt")->setEnabled(false);
    const std::vector<Command> found = menuCommands(bar);
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].title, QString("Save & close\u2026"));
    QCOMPARE(found[0].path, QString("File"));
    QCOMPARE(found[0].shortcut, QString("Ctrl+S"));
    QCOMPARE(found[1].path, QString("File \u25b8 Recent"));
    QVERIFY(!found[1].enabled);
    QSignalSpy triggered(save, &QAction::triggered);
    found[0].run();
    QCOMPARE(triggered.size(), 1);
    delete save;
    found[0].run();  // gone by now: nothing happens
  }
};

QTEST_MAIN(TestCommandPalette)
#include "tst_command_palette.moc"
