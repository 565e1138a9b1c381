#include <QAction>
#include <QCompleter>
#include <QLineEdit>
#include <QStandardPaths>
#include <QtTest>

#include "support/open_window.h"
#include "support/two_checkpoints.h"
#include "ui/panels/toasts.h"
#include "ui/views/canvas.h"
#include "ui/views/view_camera.h"

using namespace uninet;

namespace {

constexpr std::size_t kContours = 6, kNormals = 7;

}  // namespace

/// A network with semantic contours and surface normals in the window.
class TestAuxiliaryTasks : public QObject {
  Q_OBJECT

  TwoCheckpoints files_;
  std::filesystem::path auxiliary_ = files_.auxiliary();

  static bool opened(OpenWindow& open, const std::filesystem::path& file) {
    open.document.openCheckpoint(file);
    return open.idle();
  }
  std::unique_ptr<OpenWindow> open() const {
    auto open = std::make_unique<OpenWindow>();
    open->window->resize(1280, 800);
    open->window->show();
    open->document.newSession();
    open->document.openStreetscapeScenes(QStringLiteral("val"), 2);
    return opened(*open, auxiliary_) ? std::move(open) : nullptr;
  }
  static void choose(OpenWindow& open, const char* losses) {
    open.window->attackPanel().choose(
        QStringLiteral("pgd"),
        QStringLiteral(R"({"objective": "custom", "losses": "%1", "epsilon": 8, "iterations": 2})")
            .arg(QString::fromUtf8(losses)));
  }

 private Q_SLOTS:
  void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

  void panelsComeAndGoWithTheNetwork() {
    const auto open = this->open();
    QVERIFY(open);
    Canvas& canvas = open->window->canvas();
    QTRY_COMPARE_WITH_TIMEOUT(canvas.panels().size(), kPanels, kPatience);
    for (const std::size_t panel : {kContours, kNormals}) {
      QVERIFY(canvas.view(Row::clean, panel).isVisible());
      QVERIFY(!canvas.content(Row::clean, panel).picture.isNull());
    }
    QCOMPARE(canvas.view(Row::clean, kContours).objectName(), QString("panel-sem_cont-clean"));
    QAction* normals = open->action("focus-7");
    QVERIFY(normals->isVisible() && normals->isEnabled());
    QCOMPARE(normals->text(), QString("Surface normals"));
    normals->trigger();
    QVERIFY(canvas.view(Row::clean, kNormals).width() > canvas.view(Row::clean, 0).width());

    QVERIFY(opened(*open, files_.first));
    QTRY_COMPARE_WITH_TIMEOUT(canvas.panels().size(), kMeasuredPanels, kPatience);
    QVERIFY(!normals->isVisible() && !normals->isEnabled());
    QVERIFY(!canvas.view(Row::clean, kNormals).isVisible());
    // The large one went: the image is in its place.
    QVERIFY(canvas.view(Row::clean, 0).width() > canvas.view(Row::clean, 1).width());
  }

  void attackedByName() {
    const auto open = this->open();
    QVERIFY(open);
    choose(*open, "sem_cont,scale_1.sur_nor");
    const auto* losses = open->window->findChild<QLineEdit*>("losses");
    QVERIFY(losses->completer() != nullptr);
    losses->completer()->setCompletionPrefix("scale_1.s");
    QCOMPARE(losses->completer()->completionCount(), 3);  // segment, sem_cont, sur_nor
    QVERIFY(open->run());
    const auto& iterations = open->document.experiment()->result.iterations;
    QCOMPARE(iterations.front().losses.size(), std::size_t{2});
    QVERIFY(iterations.back().objective > iterations.front().objective);
    Canvas& canvas = open->window->canvas();
    for (const std::size_t panel : {kContours, kNormals}) {
      QTRY_VERIFY_WITH_TIMEOUT(!canvas.content(Row::attacked, panel).picture.isNull(), kPatience);
      QVERIFY(!canvas.content(Row::change, panel).note.isEmpty());
      QVERIFY(!canvas.content(Row::truth, panel).picture.isNull());
      QVERIFY(canvas.view(Row::attacked, panel).badgeText().isEmpty());
    }
    canvas.camera().setCursor(QPointF(0.4, 0.6));
    const QString probe = open->window->probeText();
    QVERIFY2(probe.contains("contour 0.") && probe.contains("normal ("), qPrintable(probe));
    QVERIFY2(probe.contains("(truth: contour"), qPrintable(probe));
    // The clean step again: what is kept of a step holds these maps too.
    open->document.showStep(0);
    QTRY_VERIFY_WITH_TIMEOUT(canvas.content(Row::attacked, kNormals).picture ==
                                 canvas.content(Row::clean, kNormals).picture,
                             kPatience);
  }

  void anUnknownNameIsRefused() {
    const auto open = this->open();
    QVERIFY(open);
    choose(*open, "scale_9.depth");
    QSignalSpy said(&open->document, &Document::said);
    QTest::mouseClick(open->window->findChild<QPushButton*>("run-button"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty(), kPatience);
    const QString sentence = said.front().at(1).toString();
    QVERIFY2(sentence.contains("scale_9.depth") && sentence.contains("scale_3.sur_nor"),
             qPrintable(sentence));
  }
};

QTEST_MAIN(TestAuxiliaryTasks)
#include "tst_auxiliary_tasks.moc"
