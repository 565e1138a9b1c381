#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

namespace uninet {

/// A pixel of a train-id map that belongs to no class.
inline constexpr std::uint8_t kIgnoreLabel = 255;

/// A class of the semantic segmentation; its train id is its place in the table.
struct SemanticClass {
  std::string name;
  int labelId = 0;     ///< value in label images, 0..255
  cv::Vec3b colour{};  ///< RGB of the data set's palette

  bool operator==(const SemanticClass&) const = default;
};

/// A class that has instances. Class ids count from 1; logit channel c belongs to class id c + 1.
struct InstanceClass {
  std::string name;
  int labelId = 0;
  int trainId = 0;  ///< of the same class in the segmentation

  bool operator==(const InstanceClass&) const = default;
};

/// What the depth head of a network ends in: sigmoid, a share of the farthest depth; ReLU, metres.
enum class DepthActivation { sigmoid, relu };

/// Everything that belongs to the classes and the depth of a data set, and to a checkpoint that was
/// trained on it. At most 254 semantic and 254 instance classes.
struct ClassTable {
  std::string key, title;  ///< "cityscapes", "Cityscapes"
  std::vector<SemanticClass> semantic;
  std::vector<InstanceClass> instance;                ///< index = class id − 1
  double nearestMetres = 0.001, farthestMetres = 80;  ///< depth outside is not measured
  DepthActivation depthActivation = DepthActivation::sigmoid;
  cv::Size networkSize{1024, 512};  ///< input of the published networks on this data

  bool operator==(const ClassTable&) const = default;

  /// Train id of a label id; kIgnoreLabel for every other value.
  std::uint8_t trainIdOfLabel(int labelId) const;
  /// Class id from 1 of a label id; 0 if the class has no instances.
  int instanceOfLabel(int labelId) const;
  /// Train id of a class by name; throws Error that lists the names.
  int semanticByName(const std::string& name) const;
  /// Class id from 1 of a class by name; throws Error that lists the names.
  int instanceByName(const std::string& name) const;
  /// "?" for a number that no class has.
  const std::string& semanticName(int trainId) const;
  const std::string& instanceName(int classId) const;
  /// Metres of one unit of the depth output (architecture §7).
  double depthScale() const;
};

/// Shared by data, networks, predictions and results.
using Classes = std::shared_ptr<const ClassTable>;

/// 19 classes, 8 of them with instances (Cordts et al., CVPR 2016).
const Classes& cityscapesClasses();
/// 40 classes of indoor scenes, all with instances, depth in metres (architecture §11).
const Classes& nyuv2Classes();
/// The tables that come with the program.
std::span<const Classes> builtInClasses();
/// One of them; throws Error that lists the keys.
const Classes& classesByKey(const std::string& key);

/// The built-in table of a network with so many outputs (0: no such head); null: none fits.
Classes classesOfSize(std::size_t semantic, std::size_t instance);

/// Whether two tables say the same; a missing one equals nothing.
bool sameClasses(const Classes& a, const Classes& b);

/// JSON text of a table, and back (a built-in one is shared); throws Error that says what is wrong
/// with it, after "`where`: ".
std::string packClasses(const ClassTable& table);
Classes unpackClasses(const std::string& json, const std::string& where);

}  // namespace uninet
