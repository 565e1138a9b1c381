#pragma once

#include <QProcess>
#include <QStringList>
#include <cstddef>
#include <utility>

#include "core/base/error.h"
#include "core/results/result_store.h"
#include "support/patience.h"

namespace uninet {

/// Exit code, and what it printed, first what on stdout.
inline std::pair<int, QString> runProgram(const QStringList& arguments) {
  QProcess program;
  program.start(UNINET_PROGRAM, arguments);
  program.waitForFinished(kPatience);
  return {program.exitCode(),
          QString::fromUtf8(program.readAllStandardOutput() + program.readAllStandardError())};
}

/// Results that are in a store; 0 while there is none.
inline std::size_t storedResults(const QString& file) {
  try {
    return ResultStore::open(file.toStdString()).finished().size();
  } catch (const Error&) {
    return 0;
  }
}

}  // namespace uninet
