#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>

#include <opencv2/core.hpp>

namespace uninet {

/// A pixel of a train-id map that belongs to no class.
inline constexpr std::uint8_t kIgnoreLabel = 255;

/// One of the 19 Cityscapes classes that are trained, in train-id order.
struct SemanticClass {
  const char* name;
  int labelId;       ///< value in *_gtFine_labelIds.png
  cv::Vec3b colour;  ///< RGB of the Cityscapes palette
};

/// One of the 8 Cityscapes classes that have instances. Class ids count from 1; logit channel c
/// belongs to class id c + 1.
struct InstanceClass {
  const char* name;
  int labelId;
  int trainId;
};

/// All 19, index = train id.
std::span<const SemanticClass> semanticClasses();
/// All 8, index = class id - 1.
std::span<const InstanceClass> instanceClasses();

/// Train id of a Cityscapes label id; kIgnoreLabel for every other value.
std::uint8_t trainIdOfLabel(int labelId);
/// Class id 1..8 of a Cityscapes label id; 0 if the class has no instances.
int instanceClassOfLabel(int labelId);
/// Class id 1..8 of an instance class by name; 0 if there is none of that name.
int instanceClassByName(const std::string& name);
/// Train id of a class by name; throws Error that lists the names.
int semanticClassByName(const char* name);

}  // namespace uninet
