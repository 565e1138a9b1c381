#include "core/data/labels.h"

#include <cstring>
#include <string>

#include "core/base/error.h"

namespace uninet {
namespace {

// Ids and colours: Cityscapes label table (Cordts et al., CVPR 2016).
const std::array<SemanticClass, 19> kSemantic{{
    {"road", 7, {128, 64, 128}},
    {"sidewalk", 8, {244, 35, 232}},
    {"building", 11, {70, 70, 70}},
    {"wall", 12, {102, 102, 156}},
    {"fence", 13, {190, 153, 153}},
    {"pole", 17, {153, 153, 153}},
    {"traffic light", 19, {250, 170, 30}},
    {"traffic sign", 20, {220, 220, 0}},
    {"vegetation", 21, {107, 142, 35}},
    {"terrain", 22, {152, 251, 152}},
    {"sky", 23, {70, 130, 180}},
    {"person", 24, {220, 20, 60}},
    {"rider", 25, {255, 0, 0}},
    {"car", 26, {0, 0, 142}},
    {"truck", 27, {0, 0, 70}},
    {"bus", 28, {0, 60, 100}},
    {"train", 31, {0, 80, 100}},
    {"motorcycle", 32, {0, 0, 230}},
    {"bicycle", 33, {119, 11, 32}},
}};

const std::array<InstanceClass, 8> kInstance{{
    {"person", 24, 11},
    {"rider", 25, 12},
    {"car", 26, 13},
    {"truck", 27, 14},
    {"bus", 28, 15},
    {"train", 31, 16},
    {"motorcycle", 32, 17},
    {"bicycle", 33, 18},
}};

}  // namespace

std::span<const SemanticClass> semanticClasses() { return kSemantic; }
std::span<const InstanceClass> instanceClasses() { return kInstance; }

std::uint8_t trainIdOfLabel(int labelId) {
  for (std::size_t i = 0; i < kSemantic.size(); ++i)
    if (kSemantic[i].labelId == labelId) return static_cast<std::uint8_t>(i);
  return kIgnoreLabel;
}

int instanceClassOfLabel(int labelId) {
  for (std::size_t i = 0; i < kInstance.size(); ++i)
    if (kInstance[i].labelId == labelId) return static_cast<int>(i) + 1;
  return 0;
}

int instanceClassByName(const std::string& name) {
  const auto classes = instanceClasses();
  for (std::size_t c = 0; c < classes.size(); ++c)
    if (name == classes[c].name) return static_cast<int>(c) + 1;
  return 0;
}

int semanticClassByName(const char* name) {
  std::string known;
  for (std::size_t i = 0; i < kSemantic.size(); ++i) {
    if (std::strcmp(kSemantic[i].name, name) == 0) return static_cast<int>(i);
    known += (i > 0 ? ", " : "") + std::string(kSemantic[i].name);
  }
  throw Error(concat("there is no class \"", name, "\"; the classes are ", known));
}

}  // namespace uninet
