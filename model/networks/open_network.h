#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "model/checkpoint/checkpoint.h"
#include "model/network/network.h"
#include "model/networks/open_options.h"

namespace uninet {

/// Builds the network that a checkpoint belongs to and loads all or nothing. Throws Error naming
/// `file` with every missing, unexpected and misshaped key, and with those whose values are not
/// finite; also if the mask code is of another length than the head. Half precision becomes
/// float32.
Network networkFromCheckpoint(const CheckpointFile& checkpoint, const std::filesystem::path& file);

/// The checkpoint with the weights that `options` name or that fit best.
CheckpointFile openCheckpoint(const std::filesystem::path& file, const OpenOptions& options = {});

/// What a person should know of how it was opened, a sentence each: which weights, the prefix that
/// was removed, a size that the file does not say, where the mask components come from.
std::vector<std::string> openingNotes(const CheckpointFile& checkpoint, const NetworkSpec& spec,
                                      const std::filesystem::path& file,
                                      const OpenOptions& options);

struct OpenedNetwork {
  Network network;
  std::string weightsKey;
  std::vector<std::string> notes;
  std::filesystem::path maskComponents;  ///< the .npz that was read; "": none
};
OpenedNetwork openNetwork(const std::filesystem::path& file, const OpenOptions& options = {});
OpenedNetwork openNetwork(const CheckpointFile& checkpoint, const std::filesystem::path& file,
                          const OpenOptions& options);

/// Takes mask components of an .npz. Throws Error, and changes nothing, if it does not fit or the
/// network has no instance-mask head.
void setMaskComponents(OpenedNetwork& opened, const std::filesystem::path& npz);

Network loadNetwork(const std::filesystem::path& file, const OpenOptions& options = {});

}  // namespace uninet
