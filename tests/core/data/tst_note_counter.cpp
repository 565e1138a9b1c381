#include <QtTest>

#include "core/data/note_counter.h"

using namespace uninet;

class TestNoteCounter : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void countsImagesByNote() {
    NoteCounter notes;
    QVERIFY(notes.lines().empty());
    notes.add("a", {});
    notes.add("b", {"no ground truth for objects: /x/b.png is not there", "other"});
    notes.add("c", {"no ground truth for objects: /x/c.png is not there"});
    QCOMPARE(notes.images(), std::size_t{3});
    QCOMPARE(notes.lines(),
             (std::vector<std::string>{"no ground truth for objects: 2 of 3 images (first: b)",
                                       "other: 1 of 3 images (first: b)"}));
  }
};

QTEST_APPLESS_MAIN(TestNoteCounter)
#include "tst_note_counter.moc"
