#pragma once

#include <sched.h>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <csignal>

#include "support/patience.h"

namespace uninet {

/// One rank with the variables of a launcher.
struct Rank {
  QProcess program;
  QString text;

  void start(const QStringList& arguments, const QProcessEnvironment& variables,
             const QString& file = UNINET_PROGRAM) {
    program.setProcessEnvironment(variables);
    program.setProcessChannelMode(QProcess::MergedChannels);
    program.start(file, arguments);
    program.waitForStarted(kPatience);
  }
  /// As launchers do it: to the first of the cores that this test may use.
  void bindToOneCore() {
    program.setChildProcessModifier([] {
      cpu_set_t all, first;
      CPU_ZERO(&first);
      if (sched_getaffinity(0, sizeof all, &all) != 0) return;
      int core = 0;
      while (core + 1 < CPU_SETSIZE && !CPU_ISSET(core, &all)) ++core;
      CPU_SET(core, &first);
      sched_setaffinity(0, sizeof first, &first);
    });
  }
  /// Exit code; −1: it was killed.
  int finish() {
    program.waitForFinished(kPatience);
    text = QString::fromUtf8(program.readAll());
    return program.exitStatus() == QProcess::NormalExit ? program.exitCode() : -1;
  }
  ~Rank() {
    if (program.state() != QProcess::NotRunning) kill();
  }
  void kill() {
    ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
    program.waitForFinished();
  }
};

/// The variables of Open MPI's mpirun.
inline QProcessEnvironment openMpi(int rank, int size, const QString& job = "1") {
  QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
  variables.insert("OMPI_COMM_WORLD_RANK", QString::number(rank));
  variables.insert("OMPI_COMM_WORLD_SIZE", QString::number(size));
  variables.insert("PMIX_NAMESPACE", job);
  return variables;
}

}  // namespace uninet
