#include <QtTest>

#include "core/base/error.h"
#include "core/base/launcher.h"

using namespace uninet;

class TestLauncher : public QObject {
  Q_OBJECT

  static constexpr const char* kNames[] = {"RANK",
                                           "WORLD_SIZE",
                                           "MASTER_ADDR",
                                           "MASTER_PORT",
                                           "TORCHELASTIC_RUN_ID",
                                           "TORCHELASTIC_USE_AGENT_STORE",
                                           "PMI_RANK",
                                           "PMI_SIZE",
                                           "OMPI_COMM_WORLD_RANK",
                                           "SLURM_PROCID",
                                           "OMPI_COMM_WORLD_SIZE",
                                           "SLURM_STEP_NUM_TASKS",
                                           "SLURM_STEP_ID",
                                           "SLURM_JOB_ID",
                                           "PMIX_NAMESPACE",
                                           "SLURM_NTASKS",
                                           "OMPI_MCA_ess_base_jobid",
                                           "TORCHELASTIC_RESTART_COUNT",
                                           "PMI_JOBID"};

  static void setAll(const QStringList& variables) {
    for (const char* name : kNames) qunsetenv(name);
    for (const QString& variable : variables)
      qputenv(variable.section('=', 0, 0).toUtf8(), variable.section('=', 1).toUtf8());
  }

 private Q_SLOTS:
  void cleanupTestCase() { setAll({}); }

  void placesAreRead_data() {
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("place");  // launcher rank/size job address:port
    const auto row = [](const char* name, const QStringList& variables, const char* place) {
      QTest::newRow(name) << variables << place;
    };
    row("none", {}, "");
    row("Open MPI", {"OMPI_COMM_WORLD_RANK=2", "OMPI_COMM_WORLD_SIZE=3", "PMIX_NAMESPACE=4711"},
        "mpirun 2/3 [4711] :0");
    row("MPICH", {"PMI_RANK=0", "PMI_SIZE=4"}, "mpiexec 0/4 [] :0");
    row("torchrun",
        {"RANK=1", "WORLD_SIZE=2", "MASTER_ADDR=node1", "MASTER_PORT=29500",
         "TORCHELASTIC_RUN_ID=abc"},
        "torchrun 1/2 [abc node1 29500] node1:29500");
    row("torchrun that listens there itself",
        {"RANK=1", "WORLD_SIZE=2", "MASTER_ADDR=node1", "MASTER_PORT=29500",
         "TORCHELASTIC_USE_AGENT_STORE=True"},
        "torchrun 1/2 [node1 29500] node1:0");
    row("srun",
        {"SLURM_PROCID=5", "SLURM_STEP_NUM_TASKS=8", "SLURM_NTASKS=16", "SLURM_STEP_ID=0",
         "SLURM_JOB_ID=99"},
        "srun 5/8 [99 0] :0");
    row("a batch script is no rank", {"SLURM_PROCID=0", "SLURM_NTASKS=8", "SLURM_JOB_ID=99"}, "");
    row("torchrun under srun",
        {"SLURM_PROCID=1", "SLURM_STEP_NUM_TASKS=2", "SLURM_STEP_ID=0", "RANK=3", "WORLD_SIZE=4"},
        "torchrun 3/4 [] :0");
    row("one variable is not enough", {"RANK=1"}, "");
  }
  void placesAreRead() {
    const QFETCH(QStringList, variables);
    const QFETCH(QString, place);
    setAll(variables);
    const auto found = rankFromEnvironment();
    QString text;
    if (found)
      text = QString("%1 %2/%3 [%4] %5:%6")
                 .arg(QString::fromStdString(found->launcher))
                 .arg(found->rank)
                 .arg(found->size)
                 .arg(QString::fromStdString(found->job), QString::fromStdString(found->address))
                 .arg(found->port);
    QCOMPARE(text.simplified(), place.simplified());
  }

  void badNumbersAreNamed_data() {
    QTest::addColumn<QStringList>("variables");
    QTest::addColumn<QString>("named");
    QTest::newRow("no number") << QStringList{"RANK=a", "WORLD_SIZE=2"} << "RANK: ";
    QTest::newRow("beyond") << QStringList{"RANK=2", "WORLD_SIZE=2"} << "RANK: ";
    QTest::newRow("below") << QStringList{"PMI_RANK=-1", "PMI_SIZE=2"} << "PMI_RANK: ";
    QTest::newRow("size") << QStringList{"PMI_RANK=0", "PMI_SIZE=0"} << "PMI_SIZE: ";
    QTest::newRow("port") << QStringList{"RANK=0", "WORLD_SIZE=2", "MASTER_PORT=70000"}
                          << "MASTER_PORT: ";
  }
  void badNumbersAreNamed() {
    const QFETCH(QStringList, variables);
    const QFETCH(QString, named);
    setAll(variables);
    try {
      rankFromEnvironment();
      QFAIL("expected it to be refused");
    } catch (const Error& e) {
      QVERIFY2(QString(e.what()).startsWith(named), e.what());
    }
  }
};

QTEST_APPLESS_MAIN(TestLauncher)
#include "tst_launcher.moc"
