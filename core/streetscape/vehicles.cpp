#include "core/streetscape/parts.h"

namespace uninet::streetscape {
namespace {

Colour bodyColour(Random& random) {
  static constexpr Colour kColours[] = {
      {0.82f, 0.83f, 0.84f}, {0.08f, 0.08f, 0.09f}, {0.45f, 0.47f, 0.49f}, {0.62f, 0.64f, 0.66f},
      {0.55f, 0.08f, 0.07f}, {0.10f, 0.16f, 0.38f}, {0.16f, 0.28f, 0.22f}, {0.70f, 0.62f, 0.42f},
      {0.20f, 0.22f, 0.26f}, {0.24f, 0.40f, 0.60f}};
  const Colour c = kColours[random.below(10)];
  const auto f = static_cast<float>(random.uniform(0.85, 1.12));
  return c * f;
}

Surface surface(Material material, Colour colour, int labelId, int instance, Random& random) {
  Surface s;
  s.material = material;
  s.colour = colour;
  s.labelId = static_cast<std::uint8_t>(labelId);
  s.instance = instance;
  s.seed = static_cast<std::uint32_t>(random.next());
  return s;
}

/// A pair of wheels on each axle: dark tyres with a light hub.
void addWheels(Parts& parts, std::initializer_list<double> axles, double halfWidth, double radius,
               const Surface& tyre, const Surface& hub) {
  for (const double z : axles)
    for (const double side : {-1.0, 1.0}) {
      parts.ellipsoid({side * (halfWidth - 0.1), radius, z}, {0.13, radius, radius}, tyre);
      parts.ellipsoid({side * (halfWidth + 0.005), radius, z},
                      {0.035, radius * 0.58, radius * 0.58}, hub);
    }
}

/// Head lamps in front, red ones behind, number plates.
void addLamps(Parts& parts, double halfWidth, double front, double back, double y,
              const Surface& base) {
  for (const double side : {-1.0, 1.0}) {
    Surface lamp = base;
    lamp.material = Material::lamp;
    lamp.colour = {0.95f, 0.94f, 0.85f};
    const double x = side * (halfWidth - 0.24);
    parts.face({{x - 0.17, y, front},
                {x + 0.17, y, front},
                {x + 0.17, y + 0.15, front},
                {x - 0.17, y + 0.15, front}},
               lamp);
    lamp.colour = {0.80f, 0.06f, 0.05f};
    parts.face({{x - 0.14, y + 0.05, back},
                {x + 0.14, y + 0.05, back},
                {x + 0.14, y + 0.27, back},
                {x - 0.14, y + 0.27, back}},
               lamp);
  }
  Surface plate = base;
  plate.material = Material::plain;
  plate.colour = {0.85f, 0.85f, 0.82f};
  for (const double z : {front + 0.005, back - 0.005})
    parts.face(
        {{-0.26, y - 0.18, z}, {0.26, y - 0.18, z}, {0.26, y - 0.06, z}, {-0.26, y - 0.06, z}},
        plate);
}

}  // namespace

VehicleSize addCar(Scene& scene, const Frame& frame, Random& random) {
  constexpr int kLabel = 26;
  const int instance = addInstance(scene, kLabel);
  const int kind = static_cast<int>(random.below(4));  // hatchback, saloon, estate, van
  const double length = kind == 0   ? random.uniform(3.6, 4.1)
                        : kind == 3 ? random.uniform(4.6, 5.2)
                                    : random.uniform(4.3, 4.9);
  const double half = length / 2, width = kind == 3 ? 0.95 : random.uniform(0.84, 0.93);
  const double height = kind == 3 ? random.uniform(1.85, 2.1) : random.uniform(1.38, 1.6);
  const double waist = kind == 3 ? 1.05 : random.uniform(0.82, 0.95);
  const Surface body = surface(Material::paint, bodyColour(random), kLabel, instance, random);
  Surface cabin = body;
  cabin.material = Material::cabin;
  Surface glass = body;
  glass.material = Material::glass;
  glass.colour = {0.10f, 0.12f, 0.14f};
  Surface tyre = surface(Material::plain, {0.05f, 0.05f, 0.055f}, kLabel, instance, random);
  Surface hub = tyre;
  hub.colour = {0.55f, 0.56f, 0.58f};

  Parts parts(scene, frame);
  const double floor = 0.22, bonnet = waist - 0.12;
  parts.prism({{-half, floor},
               {half, floor},
               {half, bonnet - 0.12},
               {half - 0.12, bonnet},
               {half * 0.3, waist},
               {-half + 0.1, waist},
               {-half, waist - 0.15}},
              width, 0.05, body, body);
  const double frontLow = kind == 3 ? half - 0.75 : half * 0.42;
  const double frontHigh = kind == 3 ? half - 1.35 : half * 0.1;
  const double backHigh = kind == 1 ? -half * 0.55 : -half + (kind == 0 ? 0.42 : 0.28);
  const double backLow = kind == 1 ? -half * 0.85 : -half + 0.08;
  // Glass all around, a roof on top; the sides have frames.
  const std::vector<std::array<double, 2>> profile{
      {backLow, waist - 0.02}, {frontLow, waist - 0.02}, {frontHigh, height}, {backHigh, height}};
  parts.prism(profile, width - 0.03, 0.16, cabin, glass);
  parts.face({{-width + 0.2, height + 0.015, backHigh},
              {width - 0.2, height + 0.015, backHigh},
              {width - 0.2, height + 0.015, frontHigh},
              {-width + 0.2, height + 0.015, frontHigh}},
             body);
  addWheels(parts, {half * 0.62, -half * 0.6}, width, random.uniform(0.3, 0.35), tyre, hub);
  addLamps(parts, width, half + 0.012, -half - 0.012, 0.55, body);
  parts.shadow(width, half, height * 0.9);
  return {length, 2 * width};
}

VehicleSize addTruck(Scene& scene, const Frame& frame, Random& random) {
  constexpr int kLabel = 27;
  const int instance = addInstance(scene, kLabel);
  const double length = random.uniform(6.5, 9.5), half = length / 2, width = 1.2;
  const double height = random.uniform(3.0, 3.7), cab = random.uniform(1.9, 2.3);
  const Surface body = surface(Material::paint, bodyColour(random), kLabel, instance, random);
  Surface cargo = surface(Material::cargo, bodyColour(random), kLabel, instance, random);
  if (random.chance(0.6)) cargo.colour = {0.80f, 0.80f, 0.78f};
  const Surface tyre = surface(Material::plain, {0.05f, 0.05f, 0.05f}, kLabel, instance, random);
  Surface hub = tyre;
  hub.colour = {0.4f, 0.4f, 0.42f};
  Surface glass = tyre;
  glass.material = Material::glass;
  glass.colour = {0.10f, 0.12f, 0.14f};

  Parts parts(scene, frame);
  parts.box({-width, 0.55, half - cab}, {width, 2.6, half}, body);
  parts.face({{-width + 0.12, 1.45, half + 0.01},
              {width - 0.12, 1.45, half + 0.01},
              {width - 0.12, 2.35, half + 0.01},
              {-width + 0.12, 2.35, half + 0.01}},
             glass);
  for (const double side : {-1.0, 1.0})
    parts.face({{side * (width + 0.01), 1.45, half - cab + 0.6},
                {side * (width + 0.01), 1.45, half - 0.2},
                {side * (width + 0.01), 2.3, half - 0.3},
                {side * (width + 0.01), 2.3, half - cab + 0.6}},
               glass);
  parts.box({-width, 0.95, -half}, {width, height, half - cab - 0.25}, cargo);
  parts.box({-width + 0.15, 0.55, -half + 0.1}, {width - 0.15, 0.95, half - cab}, tyre);
  addWheels(parts, {half - 0.9, -half + 0.9, -half + 2.1}, width, 0.48, tyre, hub);
  addLamps(parts, width, half + 0.02, -half - 0.02, 0.75, body);
  parts.shadow(width, half, height);
  return {length, 2 * width};
}

VehicleSize addBus(Scene& scene, const Frame& frame, Random& random) {
  constexpr int kLabel = 28;
  static constexpr Colour kColours[] = {
      {0.85f, 0.65f, 0.10f}, {0.75f, 0.12f, 0.12f}, {0.88f, 0.88f, 0.86f}, {0.15f, 0.35f, 0.60f}};
  const int instance = addInstance(scene, kLabel);
  const double length = random.uniform(10.5, 12.5), half = length / 2, width = 1.27;
  const double height = random.uniform(2.95, 3.25);
  Surface body = surface(Material::windows, kColours[random.below(4)], kLabel, instance, random);
  body.u = 1.5f;
  body.v = static_cast<float>(height);
  Surface roof = body;
  roof.material = Material::paint;
  const Surface tyre = surface(Material::plain, {0.05f, 0.05f, 0.05f}, kLabel, instance, random);
  Surface hub = tyre;
  hub.colour = {0.45f, 0.45f, 0.47f};
  Parts parts(scene, frame);
  parts.box({-width, 0.35, -half}, {width, height, half}, body, roof);
  addWheels(parts, {half - 2.6, -half + 3.0}, width, 0.48, tyre, hub);
  addLamps(parts, width, half + 0.02, -half - 0.02, 0.7, roof);
  Surface display = roof;
  display.material = Material::lamp;
  display.colour = {0.95f, 0.6f, 0.1f};
  parts.face({{-0.6, height - 0.4, half + 0.02},
              {0.6, height - 0.4, half + 0.02},
              {0.6, height - 0.15, half + 0.02},
              {-0.6, height - 0.15, half + 0.02}},
             display);
  parts.shadow(width, half, height);
  return {length, 2 * width};
}

VehicleSize addTram(Scene& scene, const Frame& frame, Random& random) {
  constexpr int kLabel = 31;
  static constexpr Colour kColours[] = {
      {0.12f, 0.42f, 0.28f}, {0.72f, 0.15f, 0.20f}, {0.90f, 0.85f, 0.70f}, {0.30f, 0.50f, 0.72f}};
  const int instance = addInstance(scene, kLabel);
  const int cars = 2 + static_cast<int>(random.below(2));
  const double piece = 8.5, length = cars * piece, width = 1.2, height = 3.5;
  Surface body = surface(Material::windows, kColours[random.below(4)], kLabel, instance, random);
  body.u = 1.9f;
  body.v = static_cast<float>(height);
  Surface roof = body;
  roof.material = Material::plain;
  roof.colour = {0.5f, 0.5f, 0.5f};
  const Surface dark = surface(Material::plain, {0.08f, 0.08f, 0.08f}, kLabel, instance, random);
  Parts parts(scene, frame);
  for (int i = 0; i < cars; ++i) {
    const double z = -length / 2 + i * piece;
    parts.box({-width, 0.3, z + 0.25}, {width, height, z + piece - 0.25}, body, roof);
    parts.box({-width + 0.2, 0.35, z - 0.25}, {width - 0.2, height - 0.3, z + 0.25}, dark);
    parts.box({-0.7, height, z + 2}, {0.7, height + 0.35, z + 5}, roof);
  }
  addLamps(parts, width, length / 2 - 0.23, -length / 2 + 0.23, 0.8, roof);
  parts.shadow(width, length / 2, height);
  return {length, 2 * width};
}

}  // namespace uninet::streetscape
