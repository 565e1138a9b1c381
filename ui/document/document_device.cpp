// Where the network of the document is computed.
#include <QSettings>

#include "core/base/error.h"
#include "ui/document/document.h"

namespace uninet {
namespace {

constexpr const char* kDevice = "network/device";

}  // namespace

std::string Document::keptDevice() {
  return QSettings().value(QLatin1String(kDevice), QStringLiteral("cpu")).toString().toStdString();
}

Document::Placed Document::placed(const Engine& engine, const std::string& device) {
  Placed found{engine, uninet::cards(), {}, false};
  try {
    found.engine = engine.onDevice(device);
  } catch (const std::exception& error) {  // a card that is full is LibTorch's to say
    found.engine = engine.onDevice("cpu");
    found.problem = sentenceOf(error);
  }
  found.nativeBfloat16 = found.engine.device() != "cpu" || hasNativeBfloat16();
  return found;
}

void Document::take(const Placed& placed) {
  cards_ = placed.cards;
  nativeBfloat16_ = placed.nativeBfloat16;
  if (!engine_ || &placed.engine.network() != &engine_.network()) setEngine(placed.engine);
  if (!placed.problem.empty())
    Q_EMIT said(
        Subject::checkpoint,
        tr("The network is computed on the CPU: %1").arg(QString::fromStdString(placed.problem)),
        true);
}

void Document::computeOn(const std::string& device, bool keep) {
  device_ = device;
  if (keep) QSettings().setValue(QLatin1String(kDevice), QString::fromStdString(device));
  if (!engine_) return;
  const QString title = tr("Moving the network");
  // A network that is being opened is the one that is meant: the work begins when it is there.
  const auto begin = [this, title] {
    jobs_.start(
        JobKind::opening, title,
        [this, engine = engine_, device = device_](const Progress&) -> JobRunner::Finish {
          const Placed moved = placed(engine, device);
          return [this, engine, device, moved] {
            if (device == device_ && &engine.network() == &engine_.network()) take(moved);
          };
        },
        tellErrors(Subject::checkpoint));
  };
  jobs_.start(
      JobKind::opening, title, [begin](const Progress&) -> JobRunner::Finish { return begin; },
      tellErrors(Subject::checkpoint));
}

}  // namespace uninet
