#include <QMenu>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/resources.h"
#include "support/open_window.h"
#include "support/pretend_device.h"
#include "ui/panels/status_items.h"
#include "ui/window/chips.h"

using namespace uninet;

/// Where the window computes the network, with a device beside the CPU.
class TestNetworkDevice : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;

  /// The entries of "Compute on"; the one that is checked has a star before it.
  static QStringList offered(OpenWindow& open) {
    QStringList texts;
    for (const QAction* action : actions(open))
      texts << (action->isChecked() ? "*" : "") + action->text();
    return texts;
  }
  static QList<QAction*> actions(OpenWindow& open) {
    auto* chip = open.window->findChild<NetworkChip*>("network-chip");
    for (QAction* action : chip->menu()->actions())
      if (action->menu() != nullptr && action->text() == "Compute &on") {
        if (!action->isVisible()) return {};
        Q_EMIT action->menu()->aboutToShow();
        return action->menu()->actions();
      }
    return {};
  }

 private Q_SLOTS:
  void initTestCase() {
#ifdef UNINET_CUDA
    QSKIP("a LibTorch with CUDA asks for its driver where gradients are taken on another device");
#endif
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder_.path());
  }
  void init() { QSettings().clear(); }

  void movesTheNetworkAndKeepsTheChoice() {
    const QString device = QString::fromStdString(pretendDevice());
    const QString card = QStringLiteral("%1 (%1)").arg(device);
    {
      const auto open = OpenWindow::demo();
      QVERIFY(open);
      QCOMPARE(offered(*open), QStringList({"*CPU", card}));
      const Prediction before = *open->document.frame().clean;
      actions(*open)[1]->trigger();
      QTRY_COMPARE_WITH_TIMEOUT(open->document.engine().device(), pretendDevice(), kPatience);
      QVERIFY(open->idle());
      QCOMPARE(open->document.frame().clean->tasks.text(), before.tasks.text());
      QCOMPARE(offered(*open), QStringList({"CPU", "*" + card}));
      auto* chip = open->window->findChild<NetworkChip*>("network-chip");
      QVERIFY2(chip->about().endsWith(device), qPrintable(chip->about()));
      QVERIFY(open->attack(2));
      QCOMPARE(open->document.experiment()->device, pretendDevice());
      QCOMPARE(open->document.experiment()->arithmetic.at("card"), pretendDevice());
    }
    const auto again = OpenWindow::demo();
    QVERIFY(again);
    QCOMPARE(again->document.engine().device(), pretendDevice());
    actions(*again)[0]->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(again->document.engine().device(), std::string("cpu"), kPatience);
    QVERIFY(again->idle());
  }

  void aDeviceThatIsGoneIsTold() {
    QSettings().setValue("network/device", "privateuseone:3");
    OpenWindow open;
    QStringList errors;
    connect(&open.document, &Document::said, this,
            [&](Subject subject, const QString& text, bool error) {
              if (subject == Subject::checkpoint && error) errors << text;
            });
    open.document.openCheckpoint(resourceFile(kDemoCheckpoint));
    QTRY_VERIFY_WITH_TIMEOUT(open.document.engine(), kPatience);
    QCOMPARE(open.document.engine().device(), std::string("cpu"));
    QCOMPARE(errors, QStringList({"The network is computed on the CPU: device privateuseone:3: "
                                  "there is no such card, the only one is privateuseone:0"}));
    // It may come back.
    QCOMPARE(QSettings().value("network/device").toString(), QString("privateuseone:3"));
  }
};

int main(int argc, char** argv) {
  QApplication application(argc, argv);
  QCoreApplication::setOrganizationName("UniNetTest");
  QCoreApplication::setApplicationName("network-device");
  TestNetworkDevice test;
  return QTest::qExec(&test, argc, argv);
}
#include "tst_network_device.moc"
