#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <opencv2/core/types.hpp>

namespace uninet {

/// How a checkpoint is opened, where the file alone does not say it all. No Torch here.
struct OpenOptions {
  std::string weights;           ///< name of the candidate to take; "": the one that fits best
  std::optional<cv::Size> size;  ///< of the network input, instead of what the file says
  std::filesystem::path maskComponents;  ///< .npz; "": those of the file or beside it
};

}  // namespace uninet
