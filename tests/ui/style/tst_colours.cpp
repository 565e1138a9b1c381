#include <QPalette>
#include <QtTest>
#include <cmath>
#include <limits>
#include <set>

#include "attacks/registry/registry.h"
#include "core/data/objectives.h"
#include "ui/style/colours.h"

using namespace uninet;

namespace {

void addSchemes() {
  QTest::addColumn<Scheme>("scheme");
  QTest::newRow("light") << Scheme::light;
  QTest::newRow("dark") << Scheme::dark;
}

void contrasts(const QColor& mark, const QColor& base, double least, const QString& what) {
  const double found = contrast(mark, base);
  QVERIFY2(found >= least, qPrintable(QStringLiteral("%1: %2 on %3 has only %4")
                                          .arg(what, mark.name(), base.name())
                                          .arg(found, 0, 'f', 2)));
}

}  // namespace

class TestColours : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void contrastIsThatOfTheStandard() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
    // #777777 on white, the usual example of what just fails.
    QVERIFY(std::abs(contrast(QColor(0x777777), Qt::white) - 4.48) < 0.005);
  }

  void marksAndTextsStandOut_data() { addSchemes(); }
  void marksAndTextsStandOut() {
    QFETCH(Scheme, scheme);
    const Tokens& all = tokens(scheme);
    const auto mark = [&](const QColor& colour, const QString& what) {
      contrasts(colour, all.window, 3, what);
      for (const QColor& base : {all.window, all.canvas, all.field})
        contrasts(asText(colour, scheme), base, 4.5, what + " as text");
    };
    for (const std::string_view key : colouredObjectives())
      mark(objectiveColour(key, scheme), QString::fromUtf8(key.data(), qsizetype(key.size())));
    for (const TaskInfo& task : tasks()) mark(taskColour(task.task, scheme), task.key);
    for (int i = 0; i < 7; ++i) mark(seriesColour(i, scheme), QString::number(i));
    mark(cleanColour(scheme), QStringLiteral("clean"));
    mark(all.accent, QStringLiteral("accent"));
  }

  void theInterfaceIsReadable_data() { addSchemes(); }
  void theInterfaceIsReadable() {
    QFETCH(Scheme, scheme);
    const Tokens& all = tokens(scheme);
    for (const QColor& base : {all.window, all.canvas, all.field, all.fieldHover}) {
      contrasts(all.text, base, 7, QStringLiteral("text"));
      contrasts(all.muted, base, 4.5, QStringLiteral("muted"));
    }
    contrasts(all.text, all.soft, 4.5, QStringLiteral("text on soft"));
    contrasts(all.muted, all.soft, 4.5, QStringLiteral("muted on soft"));
    contrasts(all.softInk, all.soft, 4.5, QStringLiteral("soft"));
    for (const QColor& fill : {all.accent, all.accentHover, all.accentPressed})
      contrasts(all.accentInk, fill, 4.5, QStringLiteral("accent"));
    const std::pair<QColor, QColor> messages[] = {{all.error, all.errorBack},
                                                  {all.warning, all.warningBack},
                                                  {all.success, all.successBack},
                                                  {all.info, all.infoBack}};
    for (const auto& [ink, back] : messages) {
      contrasts(ink, all.window, 4.5, QStringLiteral("message"));
      contrasts(ink, back, 3, QStringLiteral("icon of a message"));
      contrasts(all.text, back, 7, QStringLiteral("text of a message"));
    }
    for (const bool semantic : {true, false}) {
      const QColor back = taskBackground(semantic, scheme);
      contrasts(all.text, back, 7, QStringLiteral("task background"));
      contrasts(all.muted, back, 4.5, QStringLiteral("task background"));
    }
    // A caption lies on any picture: the lightest shines through.
    const double alpha = all.chip.alphaF();
    const int grey = int(255 * (1 - alpha) + all.chip.red() * alpha);
    contrasts(all.chipInk, QColor(grey, grey, grey), 4.5, QStringLiteral("chip"));
  }

  void badgesRunFromGreenToRed() {
    for (int i = 0; i <= 100; ++i) {
      const BadgeColours badge = badgeColours(i / 100.0);
      contrasts(badge.ink, badge.fill, 4.5, QString::number(i));
    }
    QVERIFY(badgeColours(0).fill.hue() < 20);
    QVERIFY(badgeColours(1).fill.hue() > 90 && badgeColours(1).fill.hue() < 180);
    for (int i = 1; i <= 100; ++i)
      QVERIFY(badgeColours(i / 100.0).fill.hue() >= badgeColours((i - 1) / 100.0).fill.hue() - 1);
    QCOMPARE(badgeColours(-2).fill, badgeColours(0).fill);
    QCOMPARE(badgeColours(7).fill, badgeColours(1).fill);
    QCOMPARE(badgeColours(std::numeric_limits<double>::infinity()).fill, badgeColours(1).fill);
    const BadgeColours unknown = badgeColours(std::numeric_limits<double>::quiet_NaN());
    QVERIFY(unknown.fill.saturation() < 60);
    contrasts(unknown.ink, unknown.fill, 4.5, QStringLiteral("unknown"));
  }

  void everyObjectiveAndAttackHasItsColour_data() { addSchemes(); }
  void everyObjectiveAndAttackHasItsColour() {
    QFETCH(Scheme, scheme);
    const std::vector<std::string_view> keys = colouredObjectives();
    const auto has = [&](const char* key) {
      return std::find(keys.begin(), keys.end(), std::string_view(key)) != keys.end();
    };
    std::set<QRgb> used{cleanColour(scheme).rgb()};
    for (const ObjectiveInfo& objective : objectives()) {
      QVERIFY2(has(objective.key), objective.key);
      QVERIFY2(used.insert(objectiveColour(objective.key, scheme).rgb()).second, objective.key);
    }
    for (const AttackInfo& attack : attacks()) {
      const std::string key = attack.key;
      if (key != "pgd" && key != "fgsm") QVERIFY2(has(attack.key), attack.key);
      QVERIFY(objectiveColour(key, scheme) != cleanColour(scheme));
    }
    QCOMPARE(objectiveColour("", scheme), cleanColour(scheme));
    QCOMPARE(objectiveColour("clean", scheme), cleanColour(scheme));
    QCOMPARE(objectiveColour("of an outsider", scheme), objectiveColour("of an outsider", scheme));
    QVERIFY(colourKey("pgd", "depth") == "depth" && colourKey("hide-depth", "") == "hide-depth");
  }

  void singleTaskObjectivesShareTheColourOfTheTask() {
    for (const Scheme scheme : {Scheme::light, Scheme::dark}) {
      QCOMPARE(objectiveColour("seg", scheme), taskColour(Task::segment, scheme));
      QCOMPARE(objectiveColour("is", scheme), taskColour(Task::instSeg, scheme));
      QCOMPARE(objectiveColour("depth", scheme), taskColour(Task::depth, scheme));
      QCOMPARE(objectiveColour("id", scheme), taskColour(Task::instDepth, scheme));
    }
  }

  void theSchemeIsReadFromAPalette() {
    for (const Scheme scheme : {Scheme::light, Scheme::dark})
      QCOMPARE(schemeOf(QPalette(tokens(scheme).window)), scheme);
    QCOMPARE(readableInk(Qt::yellow), QColor(Qt::black));
    QCOMPARE(readableInk(Qt::darkBlue), QColor(Qt::white));
  }
};

QTEST_GUILESS_MAIN(TestColours)
#include "tst_colours.moc"
