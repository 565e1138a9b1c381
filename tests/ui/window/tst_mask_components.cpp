#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

#include "model/network/network_file.h"
#include "model/networks/registry.h"
#include "support/patience.h"
#include "ui/document/document.h"
#include "ui/views/canvas.h"
#include "ui/window/main_window.h"

using namespace uninet;

namespace {

/// The clean picture of the instance masks.
const PanelView& maskPanel(MainWindow& window) {
  for (std::size_t i = 0; i < tasks().size(); ++i)
    if (tasks()[i].task == Task::instSeg) return window.canvas().view(Row::clean, i + 1);
  qFatal("there is no panel of instance masks");
}

}  // namespace

/// A network without mask components in the window, and how it gets some.
class TestMaskComponents : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  QString checkpoint_, components_;

 private Q_SLOTS:
  void initTestCase() {
    NetworkSpec spec;
    spec.tasks = TaskSet::parse("detect,inst_seg");
    spec.width = 0.125;
    spec.size = {256, 128};
    checkpoint_ = folder_.filePath("bare.ckpt");
    writePth(checkpoint_.toStdString(), rawWeights(makeNetwork(spec, 1), false));
    components_ = QString::fromUtf8(UNINET_FIXTURES) + "/saved/pca_float32.npz";
  }

  void theDroppedFileGoesToTheOpenNetwork() {
    Document document(1, 0);
    MainWindow window(document);
    window.open({components_});  // no network yet: says so, opens nothing
    QVERIFY(!document.engine() && !document.dataset());
    window.open({checkpoint_});
    QTRY_VERIFY_WITH_TIMEOUT(document.engine(), kPatience);
    QVERIFY(document.engine().lacksMaskComponents());
    QVERIFY2(maskPanel(window).shownEmptyText().contains("pca_meinst.npz"),
             qPrintable(maskPanel(window).shownEmptyText()));
    window.open({components_});
    QTRY_VERIFY_WITH_TIMEOUT(!document.engine().lacksMaskComponents(), kPatience);
    QVERIFY(!maskPanel(window).shownEmptyText().contains("pca_meinst.npz"));
  }

  void bothAtOnceBelongTogether() {
    Document document(1, 0);
    MainWindow window(document);
    OpenOptions opening;
    opening.size = cv::Size(256, 256);
    window.open({components_, checkpoint_}, "val", opening);
    QTRY_VERIFY_WITH_TIMEOUT(document.engine(), kPatience);
    QVERIFY(!document.engine().lacksMaskComponents());
    QVERIFY(document.engine().spec().size == cv::Size(256, 256));
    QVERIFY(!document.dataset());
  }
};

QTEST_MAIN(TestMaskComponents)
#include "tst_mask_components.moc"
