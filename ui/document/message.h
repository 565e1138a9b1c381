#pragma once

#include <QMetaType>

namespace uninet {

/// What a message is about. An error stays until it is closed or until the same subject succeeds.
enum class Subject {
  checkpoint,
  data,
  image,
  attack,
  saving,
  results,
  chart,
  runs,
  session,
  memory
};

}  // namespace uninet

Q_DECLARE_METATYPE(uninet::Subject)
