#include <QAction>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSettings>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextTable>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <QtTest>
#include <set>

#include "attacks/registry/registry.h"
#include "core/base/error.h"
#include "ui/window/help_browser.h"
#include "ui/window/help_pages.h"
#include "ui/window/help_window.h"
#include "ui/window/shortcuts.h"

using namespace uninet;

namespace {

const QString kDocs = QStringLiteral(UNINET_SOURCE_DIR "/resources/docs/");

QString documentOf(const QString& id) { return QStringLiteral("help/%1.md").arg(id); }

/// Targets of the links and pictures of a page.
QStringList linksOf(const QString& markdown) {
  static const QRegularExpression kLink(QStringLiteral("\\]\\(([^)]+)\\)"));
  QStringList found;
  for (auto matches = kLink.globalMatch(markdown); matches.hasNext();)
    found << matches.next().captured(1);
  return found;
}

struct Shown {
  Shown() {
    window.show();
    window.showPage(QString::fromUtf8(kFirstHelpPage));
    if (!QTest::qWaitForWindowActive(&window)) qFatal("the window does not come");
  }
  template <class Widget>
  Widget* find(const char* name) {
    return window.findChild<Widget*>(QString::fromUtf8(name));
  }
  QStringList visiblePages() {
    QStringList found;
    auto* contents = find<QTreeWidget>("help-contents");
    for (int g = 0; g < contents->topLevelItemCount(); ++g)
      for (int i = 0; i < contents->topLevelItem(g)->childCount(); ++i)
        if (const auto* item = contents->topLevelItem(g)->child(i); !item->isHidden())
          found << item->data(0, Qt::UserRole).toString();
    return found;
  }
  QString count() { return find<QLabel>("help-count")->text(); }

  HelpWindow window;
  HelpBrowser* browser = window.findChild<HelpBrowser*>();
};

}  // namespace

class TestHelp : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void init() { QSettings().clear(); }

  void listAndFolderAgree() {
    QStringList listed{QStringLiteral("README.md")};
    for (const HelpPage& page : helpPages()) listed << QString::fromUtf8(page.id) + ".md";
    QStringList files = QDir(kDocs + "help").entryList({"*.md"}, QDir::Files);
    listed.sort();
    files.sort();
    QCOMPARE(listed, files);
  }

  void everyAttackHasAPage() {
    for (const AttackInfo& attack : attacks()) {
      const QString text = helpMarkdown(documentOf(attackHelpPage(attack.key)));
      QVERIFY2(text.contains(QStringLiteral("\u00a7")) || text.contains("no such control"),
               attack.key);
      QCOMPARE(helpTitle(text), QString::fromUtf8(attack.title));
      QVERIFY2(text.contains("## Look at"), attack.key);
      QVERIFY2(text.contains("\n    "), attack.key);  // a formula
      QVERIFY2(text.contains("| `--epsilon` |"), attack.key);
    }
  }

  void everyLinkLeadsSomewhere() {
    std::set<QString> fromIndex;
    QStringList pages{QStringLiteral("README")};
    for (const HelpPage& page : helpPages()) pages << QString::fromUtf8(page.id);
    for (const QString& id : pages) {
      const QString text = helpMarkdown(documentOf(id));
      QVERIFY2(text.startsWith("# "), qPrintable(id));
      for (const QString& link : linksOf(text)) {
        const QFileInfo file(QDir(kDocs + "help"), link);
        QVERIFY2(file.exists(), qPrintable(id + ": " + link));
        if (id == "README") fromIndex.insert(QFileInfo(link).baseName());
      }
    }
    for (const HelpPage& page : helpPages()) QVERIFY2(fromIndex.count(page.id) == 1, page.id);
  }

  void keepsItsLinesShort() {
    for (const QString& file : QDir(kDocs + "help").entryList({"*.md"}, QDir::Files)) {
      QFile page(kDocs + "help/" + file);
      QVERIFY(page.open(QIODevice::ReadOnly));
      for (const QString& line : QString::fromUtf8(page.readAll()).split('\n'))
        QVERIFY2(line.size() <= 110 || line.startsWith('|'), qPrintable(file + ": " + line));
    }
  }

  void showsEveryPage() {
    Shown shown;
    for (const HelpPage& page : helpPages()) {
      const QString id = QString::fromUtf8(page.id);
      shown.window.showPage(id);
      QCOMPARE(shown.window.page(), id);
      const QString text = shown.browser->toPlainText();
      QVERIFY2(text.startsWith(helpTitle(helpMarkdown(documentOf(id)))), page.id);
      QVERIFY2(!text.contains("<!--") && !text.contains("|--"), qPrintable(text));
      QCOMPARE(shown.find<QTreeWidget>("help-contents")->currentItem()->data(0, Qt::UserRole), id);
    }
    // No page of this name: the first.
    shown.window.showPage("none");
    QCOMPARE(shown.window.page(), QString::fromUtf8(kFirstHelpPage));
  }

  void showsPicturesAndTables() {
    Shown shown;
    shown.window.showPage("chart-ratios");
    bool picture = false;
    for (QTextBlock block = shown.browser->document()->begin(); block.isValid();
         block = block.next())
      for (auto part = block.begin(); !part.atEnd(); ++part)
        if (const auto format = part.fragment().charFormat(); format.isImageFormat()) {
          const QImage image = qvariant_cast<QImage>(shown.browser->document()->resource(
              QTextDocument::ImageResource, QUrl(format.toImageFormat().name())));
          picture = image.width() > 300 &&
                    image.width() <= shown.browser->viewport()->width() * image.devicePixelRatio();
        }
    QVERIFY(picture);
    shown.window.showPage("attack-pgd");
    QList<QTextTable*> tables;
    for (QTextFrame* frame : shown.browser->document()->rootFrame()->childFrames())
      if (auto* table = qobject_cast<QTextTable*>(frame)) tables << table;
    QCOMPARE(tables.size(), 1);
    QCOMPARE(tables[0]->rows(),
             1 + static_cast<int>(optionTable(*attackByKey("pgd").makeOptions()).size()));
    // Nothing is wider than the page.
    QCOMPARE(shown.browser->horizontalScrollBar()->maximum(), 0);
  }

  void followsLinksAndGoesBack() {
    Shown shown;
    auto* back = shown.find<QToolButton>("help-back");
    auto* forward = shown.find<QToolButton>("help-forward");
    QVERIFY(!back->isEnabled());
    Q_EMIT shown.browser->anchorClicked(QUrl("help:/help/canvas.md"));
    QCOMPARE(shown.window.page(), QString("canvas"));
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(shown.window.page(), QString("first-steps"));
    QTest::keyClick(&shown.window, Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(shown.window.page(), QString("canvas"));
    QTest::mouseClick(back, Qt::LeftButton);
    QTest::mouseClick(forward, Qt::LeftButton);
    QCOMPARE(shown.window.page(), QString("canvas"));
  }

  // A click on the text of a link, as a person does.
  void aClickFollowsALink() {
    Shown shown;
    shown.window.showPage("attack-fgsm");
    const QTextCursor link = shown.browser->document()->find("What all attacks share");
    QVERIFY(!link.isNull() && link.charFormat().isAnchor());
    QTextCursor inside = link;
    inside.setPosition(link.selectionStart() + 3);
    shown.browser->setTextCursor(inside);
    shown.browser->ensureCursorVisible();
    QTest::mouseClick(shown.browser->viewport(), Qt::LeftButton, {},
                      shown.browser->cursorRect(inside).center());
    QCOMPARE(shown.window.page(), QString("attacks"));
  }

  void documentsBesideThePagesAreShown() {
    Shown shown;
    Q_EMIT shown.browser->anchorClicked(QUrl("help:/results-format.md"));
    QVERIFY(shown.browser->toPlainText().startsWith("The format of results.sqlite"));
    QCOMPARE(shown.window.page(), QString());
    Q_EMIT shown.browser->anchorClicked(QUrl("help:/help/none.md"));
    QVERIFY(shown.browser->toPlainText().contains("help/none.md"));
    QTest::mouseClick(shown.find<QToolButton>("help-back"), Qt::LeftButton);
    QTest::mouseClick(shown.find<QToolButton>("help-back"), Qt::LeftButton);
    QCOMPARE(shown.window.page(), QString("first-steps"));
  }

  void searchesAllPages() {
    Shown shown;
    auto* search = shown.find<QLineEdit>("help-search");
    search->setFocus();
    QTest::keyClicks(search, "pca_MEINST");
    QCOMPARE(shown.visiblePages(), QStringList({"own-data", "formats", "troubleshooting"}));
    QCOMPARE(shown.window.page(), QString("first-steps"));
    QCOMPARE(shown.count(), QString("not in this page"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown.window.page(), QString("own-data"));
    QCOMPARE(shown.count(), QString("1 of 2"));
    QCOMPARE(shown.browser->extraSelections().size(), 2);
    QCOMPARE(shown.browser->extraSelections()[0].cursor.selectedText(), QString("pca_meinst"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown.count(), QString("2 of 2"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(shown.window.page(), QString("formats"));
    QTest::keyClick(search, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(shown.window.page(), QString("own-data"));
    QCOMPARE(shown.count(), QString("2 of 2"));
    search->setText("no such words anywhere");
    QVERIFY(shown.visiblePages().isEmpty());
    QVERIFY(shown.find<QLabel>("help-nothing")->isVisible());
    QTest::keyClick(search, Qt::Key_Return);
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(search->text(), QString());
    QCOMPARE(shown.visiblePages().size(), static_cast<int>(helpPages().size()));
    QVERIFY(shown.browser->extraSelections().isEmpty());
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(!shown.window.isVisible());
  }

  void findsInThePage() {
    Shown shown;
    shown.window.showPage("metrics");
    QTest::keyClick(&shown.window, Qt::Key_F, Qt::ControlModifier);
    auto* find = shown.find<QLineEdit>("help-find");
    QVERIFY(find->isVisible());
    QTest::keyClicks(find, "ratio");
    const auto places = shown.browser->toPlainText().count("ratio", Qt::CaseInsensitive);
    QCOMPARE(shown.count(), QString("1 of %1").arg(places));
    QTest::keyClick(find, Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(shown.count(), QString("%1 of %1").arg(places));
    QTest::keyClick(find, Qt::Key_Return);
    QCOMPARE(shown.count(), QString("1 of %1").arg(places));
    QCOMPARE(shown.window.page(), QString("metrics"));
    QTest::keyClick(find, Qt::Key_Escape);
    QVERIFY(!find->isVisible() && shown.window.isVisible());
    QVERIFY(shown.browser->extraSelections().isEmpty());
  }

  void contentsAreWalkedByKeys() {
    Shown shown;
    auto* contents = shown.find<QTreeWidget>("help-contents");
    contents->setFocus();
    QTest::keyClick(contents, Qt::Key_Down);
    QCOMPARE(shown.window.page(), QString("canvas"));
    QTest::keyClick(contents, Qt::Key_End);
    QCOMPARE(shown.window.page(), QString("troubleshooting"));
  }

  void opensThePageOfTheFocus() {
    QWidget part, outside;
    auto* inner = new QLineEdit;
    (new QVBoxLayout(&part))->addWidget(inner);
    QCOMPARE(helpPageOf(inner), QString());
    setHelpPage(&part, "chart-levels");
    QCOMPARE(helpPageOf(inner), QString("chart-levels"));
    setHelpPage(inner, "objects");
    QCOMPARE(helpPageOf(inner), QString("objects"));
    QCOMPARE(helpPageOf(&outside), QString());
    QCOMPARE(helpPageOf(nullptr), QString());
    HelpWindow window;
    window.showFor(inner);
    QCOMPARE(window.page(), QString("objects"));
    window.showFor(&outside);  // the page that is open stays
    QCOMPARE(window.page(), QString("objects"));
    HelpWindow another;
    another.showFor(nullptr);
    QCOMPARE(another.page(), QString::fromUtf8(kFirstHelpPage));
  }

  void listsTheShortcutsOfNow() {
    QAction run("&Run");
    run.setObjectName("run");
    run.setShortcut(Qt::Key_F5);
    applyShortcuts({&run});
    Shown shown;
    shown.window.setActions({&run});
    shown.window.showPage("keyboard");
    QVERIFY(shown.browser->toPlainText().contains("Run\n"));
    QVERIFY(shown.browser->toPlainText().contains("F5"));
    setShortcut(&run, QKeySequence(Qt::Key_F9));
    shown.window.showPage("canvas");
    shown.window.showPage("keyboard");
    QVERIFY(shown.browser->toPlainText().contains("F9"));
    QVERIFY(!shown.browser->toPlainText().contains("The window lists all its commands"));
  }

  void followsTheTheme() {
    Shown shown;
    shown.window.showPage("attack-fgsm");
    const auto link = [&] {
      return shown.browser->document()
          ->find("What all attacks share")
          .charFormat()
          .foreground()
          .color();
    };
    QPalette dark = QApplication::palette();
    dark.setColor(QPalette::Link, QColor(1, 200, 3));
    dark.setColor(QPalette::Base, Qt::black);
    dark.setColor(QPalette::Text, Qt::white);
    QVERIFY(link() != QColor(1, 200, 3));
    shown.window.setPalette(dark);
    QTRY_COMPARE(link(), QColor(1, 200, 3));
    QCOMPARE(shown.window.page(), QString("attack-fgsm"));
  }

  void remembersItsSizes() {
    {
      Shown shown;
      shown.window.resize(720, 500);
      QTest::keyClick(&shown.window, Qt::Key_Plus, Qt::ControlModifier);
      shown.window.close();
    }
    Shown shown;
    QCOMPARE(shown.window.size(), QSize(720, 500));
    QCOMPARE(shown.browser->font().pointSizeF(), shown.window.font().pointSizeF() + 1);
    QTest::keyClick(&shown.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(shown.browser->font().pointSizeF(), shown.window.font().pointSizeF());
  }

  void everythingHasANameForScreenReaders() {
    Shown shown;
    for (const QWidget* widget : shown.window.findChildren<QWidget*>())
      if (widget->focusPolicy() != Qt::NoFocus && !widget->objectName().startsWith("qt_"))
        QVERIFY2(!widget->accessibleName().isEmpty() || widget->parentWidget() == shown.browser,
                 qPrintable(widget->objectName() + " " + widget->metaObject()->className()));
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  QApplication::setOrganizationName("UniNet Workbench test");
  TestHelp test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_help.moc"
