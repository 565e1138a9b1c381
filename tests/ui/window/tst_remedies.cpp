#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>
#include <nlohmann/json.hpp>

#include "support/open_window.h"
#include "ui/window/application.h"

using namespace uninet;

/// From a warning to the run that mends it.
class TestRemedies : public QObject {
  Q_OBJECT

  /// Keeps the run that is shown once more, with a remedy and in a region; its id; 0: it failed.
  static std::int64_t keepWithRemedy(OpenWindow& open, const std::string& region) {
    RunArchive& runs = open.document.runs();
    KeptRun run = *runs.run(open.document.shownRun());
    run.region = region;
    run.facts.diagnostics->warnings = {"the objective did not move; --rule apgd helps"};
    run.facts.diagnostics->remedies = {{"rule", "apgd", "--rule apgd helps"}};
    const Experiment& experiment = *open.document.experiment();
    std::int64_t id = 0;
    runs.add(run, {experiment.sample.image, experiment.result.image},
             [&id](std::int64_t given) { id = given; });
    const auto kept = [&] { return id != 0 && runs.run(id) != nullptr; };
    return QTest::qWaitFor(kept, kPatience) ? id : 0;
  }
  static QPushButton* offer(OpenWindow& open) {
    for (auto* button : open.window->findChildren<QPushButton*>("remedy-rule"))
      if (button->isVisible()) return button;
    return nullptr;
  }

 private Q_SLOTS:
  void oneClickRunsItBesideTheFirst() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(3));
    const std::int64_t id = keepWithRemedy(*open, "box:8,8,200,100");
    open->document.showRun(id);
    QTRY_COMPARE_WITH_TIMEOUT(open->document.shownRun(), id, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(offer(*open) != nullptr && offer(*open)->isEnabled(), kPatience);
    // Neither what is in the form
    AttackPanel& panel = open->window->attackPanel();
    panel.choose("hide-depth", R"({"epsilon": 1})");
    const QString form = panel.form().json();
    const std::vector<KeptRun> before = open->document.runs().runs();
    QTest::mouseClick(offer(*open), Qt::LeftButton);
    QVERIFY(open->document.attacking());
    QVERIFY(offer(*open) == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(!open->document.jobs().busy() && open->document.shownRun() != 0,
                             kPatience);
    const std::vector<KeptRun>& runs = open->document.runs().runs();
    QCOMPARE(runs.size(), before.size() + 1);
    const KeptRun& made = runs.back();
    QCOMPARE(open->document.shownRun(), made.id);
    // nor anything else but the one option is in the new run.
    auto expected = nlohmann::json::parse(before.back().options);
    expected["rule"] = "apgd";
    QVERIFY(nlohmann::json::parse(made.options) == expected);
    QCOMPARE(made.attack, std::string("pgd"));
    QCOMPARE(made.region, std::string("box:8,8,200,100"));
    QVERIFY(made.facts.diagnostics->remedies !=
            (std::vector<Remedy>{{"rule", "apgd", "--rule apgd helps"}}));
    open->document.undoStack().undo();
    QCOMPARE(panel.attackKey(), QString("hide-depth"));
    QCOMPARE(panel.form().json(), form);
    QCOMPARE(panel.region(), QString());
  }

  void itBelongsToItsImageAndNetwork() {
    const auto open = OpenWindow::demo();
    QVERIFY(open);
    QVERIFY(open->attack(3));
    const std::int64_t id = keepWithRemedy(*open, "");
    open->document.showRun(id);
    QTRY_VERIFY_WITH_TIMEOUT(offer(*open) != nullptr, kPatience);
    open->document.select(1);
    QVERIFY(offer(*open) == nullptr);
    QVERIFY(open->idle());
    QVERIFY(offer(*open) == nullptr);
    open->document.select(0);
    QTRY_VERIFY_WITH_TIMEOUT(offer(*open) != nullptr && offer(*open)->isEnabled(), kPatience);
    // What it is run with came back with the image.
    QCOMPARE(open->document.runChoice().key, std::string("pgd"));
    QCOMPARE(open->document.runChoice().options.at("epsilon").get<double>(), 3.0);
    OpenOptions smaller;
    smaller.size = cv::Size(256, 128);
    open->document.openDemo(smaller);
    QTRY_VERIFY_WITH_TIMEOUT(offer(*open) == nullptr, kPatience);
    QVERIFY(open->idle());
    QVERIFY(offer(*open) == nullptr);
  }
};

int main(int argc, char** argv) {
  QTemporaryDir settings;
  qputenv("XDG_CONFIG_HOME", settings.path().toUtf8());
  qputenv("XDG_DATA_HOME", settings.path().toUtf8());
  QApplication application(argc, argv);
  prepareApplication(application);
  TestRemedies test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_remedies.moc"
