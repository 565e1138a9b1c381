#pragma once

#include <string>
#include <vector>

#include "model/network/forward.h"

namespace uninet {

/// The earlier predictions that `spec` trains, in their order; of their maps the shapes alone, for
/// an image of 256×512.
std::vector<EarlierOutput<Value>> earlierOutputs(const NetworkSpec& spec);

/// A loss that an attack can take beside the seven (core/data/objectives.h).
struct NamedLoss {
  /// sem_cont, sur_nor: of the auxiliary task's last prediction, at the size of the image; or the
  /// name of an earlier prediction, as training takes its loss.
  std::string key;
  Task task;
  std::string output;  ///< EarlierOutput::name
};
/// Those of this network: auxiliary tasks, then earlier predictions; most networks have none.
std::vector<NamedLoss> namedLosses(const NetworkSpec& spec);
/// Keys of all losses that an attack on this network can take: of the seven those whose task it
/// has, then namedLosses().
std::vector<std::string> lossKeys(const NetworkSpec& spec);

}  // namespace uninet
