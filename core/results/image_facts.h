#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace uninet {

/// Norms of a perturbation in 8-bit pixel units, over all channels.
struct Norms {
  double linf = 0;
  double l2 = 0;
  std::int64_t l0 = 0;  ///< pixels with any changed channel
};

/// A gradient below it is rounding noise of float32.
inline constexpr double kVanishingGradient = 1e-12;

/// One option that may mend what a warning is about.
struct Remedy {
  std::string option;  ///< key
  std::string value;   ///< as setOption() takes it
  std::string reason;  ///< "--rule apgd halves steps that overshoot": the end of its warning
  bool operator==(const Remedy&) const = default;
};

/// Whether an attack can be trusted: what is read before its numbers are believed.
struct Diagnostics {
  double smallestGradient = -1;  ///< greatest |entry| of the flattest iterate; −1: none was taken
  double zeroShare = 0;          ///< greatest share of gradient entries that are exactly 0
  double saturated = -1;         ///< share of values at ±epsilon (l∞); −1: no such ball
  std::map<std::string, std::pair<double, double>> losses;  ///< LossInfo::key → clean, attacked
  std::map<std::string, bool> survivesPng;  ///< task key → same output after a PNG
  std::vector<std::string> warnings;        ///< one sentence each
  std::vector<Remedy> remedies;             ///< in the order of the warnings that name them
};

/// "gradient ok · saturated 93 % · survives PNG: OD SS IS D ID · …": one line for a terminal.
std::string diagnosticsLine(const Diagnostics& diagnostics);
nlohmann::json diagnosticsJson(const Diagnostics& diagnostics);

/// How far the attacked image moves one feature map (attacks §7).
struct LevelDrift {
  std::string level;  ///< E2 … E7, P3 … P5, D6 … D2, or a head: its output over all strides
  double drift = 0;   ///< ‖f(attacked) − f(clean)‖₂ / ‖f(clean)‖₂; NaN: f(clean) is 0
  double cka = 0;     ///< linear CKA over locations (Kornblith et al. 2019); NaN: constant features
};

/// How the input gradients of the losses lie to each other at one image (attacks §8). Square
/// matrices in the order of `losses`; NaN where a loss has no target or its gradient is 0.
struct GradientMatrix {
  int iteration = 0;                ///< of the attack; 0: at the clean image
  std::vector<std::string> losses;  ///< LossInfo::key, all seven
  std::vector<double> norms;        ///< l2, loss per 8-bit pixel value
  std::vector<std::vector<double>> cosine;
  std::vector<std::vector<double>> signAgreement;  ///< share of entries where both are not 0
  std::vector<std::vector<double>> normRatio;      ///< row / column
};

/// A box as the shape-bias measures see it.
struct Shape {
  int classId = 0;  ///< predicted, from 1; 0: nothing was found
  double score = 0;
  double width = 0, height = 0;  ///< network pixels

  double aspect() const { return width / height; }
};

/// The detections of one physical object before and after an attack: of the ground truth's object
/// (IoU at least 0.5 with its box, the greatest one), whatever class they have.
struct ObjectShape {
  int classId = 0;  ///< of the object
  Shape clean, attacked;
};

/// One head location before NMS: the box that it regresses and its likeliest class.
struct LocationShape {
  int classId = 0;  ///< assigned to the location (losses §1)
  Shape clean, attacked;
};

/// What tells a selection effect (NMS keeps other boxes) from a regression effect (the box at a
/// location changes), attacks §5.
struct ShapeRecord {
  std::vector<ObjectShape> objects;
  std::vector<LocationShape> locations;
};

/// What one run found on one image beside the measures: everything that a sweep stores as details.
struct ImageFacts {
  /// One iteration: the value that is raised or lowered and, by LossInfo::key, its parts.
  struct Iteration {
    double objective = 0;
    std::map<std::string, double> losses;
  };

  int iterationsPlanned = 0, iterationsDone = 0;
  std::vector<Iteration> iterations;
  /// Task key → first iteration that left less than half of it on this image; empty: no task, or it
  /// was not looked at.
  std::map<std::string, int> firstFailures;
  Norms norms;
  std::uint64_t seed = 0;
  std::vector<std::string> notes;
  std::optional<Diagnostics> diagnostics;
  std::vector<GradientMatrix> gradients;
  std::vector<LevelDrift> levels;
  std::vector<LevelDrift> checkedLevels;  ///< by the other arithmetic; empty: not checked
  std::optional<ShapeRecord> shapes;
  double seconds = 0;  ///< wall time of the attack and its measures
};

/// As JSON text, and back; throws Error that says what is wrong with it.
std::string packFacts(const ImageFacts& facts);
ImageFacts unpackFacts(const std::string& json);

}  // namespace uninet
