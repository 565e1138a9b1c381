#pragma once

#include <string>

#include <opencv2/core/types.hpp>

#include "core/data/class_table.h"
#include "core/data/tasks.h"

namespace uninet {

/// The two forms of the extra encoder (architecture §3): `released` has a stem and 1024 channels,
/// `paper` has neither and is the one that reproduces Table 1.
enum class Encoder { released, paper };

/// What stands between backbone and the rest in networks that leave the choice: its maps as they
/// are, or FPN maps of 256 channels in place of E3 to E5.
enum class Neck { none, fpn };

/// Everything that fixes keys, shapes and forward of a network. No Torch here: the window shows it.
struct NetworkSpec {
  std::string network = "uninet";
  TaskSet tasks = TaskSet::all();
  Encoder encoder = Encoder::paper;       ///< of UniNet
  Neck neck = Neck::none;                 ///< of PAD-Net and MTI-Net
  double width = 1;                       ///< multiplies every hidden channel count; 1 = paper
  Classes classes = cityscapesClasses();  ///< outputs, and activation and scale of the depth
  int maskCode = 60;
  cv::Size size{1024, 512};  ///< network input, width × height; from 128 on, both divisible by 32

  bool operator==(const NetworkSpec&) const = default;
};

const char* encoderName(Encoder encoder);
/// Throws Error: neither "released" nor "paper".
Encoder encoderByName(const std::string& name);
const char* neckName(Neck neck);
/// Throws Error: neither "none" nor "fpn".
Neck neckByName(const std::string& name);
/// "512x1024" (height × width) as a size; throws Error unless both are 128..16384 (the levels E6
/// and E7 halve stride 32 twice) and divisible by 32. `option` names the flag in the message.
cv::Size parseSize(const std::string& text, const std::string& option = "size");
std::string sizeText(cv::Size size);

}  // namespace uninet
