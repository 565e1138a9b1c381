#include <cmath>

#include "core/streetscape/parts.h"

namespace uninet::streetscape {
namespace {

struct Clothes {
  Surface skin, hair, top, legs, shoes;
};

Clothes dress(int labelId, int instance, Random& random) {
  static constexpr Colour kTops[] = {
      {0.75f, 0.12f, 0.12f}, {0.12f, 0.25f, 0.55f}, {0.08f, 0.08f, 0.09f}, {0.80f, 0.78f, 0.72f},
      {0.20f, 0.42f, 0.25f}, {0.85f, 0.65f, 0.15f}, {0.45f, 0.30f, 0.50f}, {0.40f, 0.40f, 0.42f},
      {0.60f, 0.35f, 0.20f}, {0.15f, 0.18f, 0.25f}};
  static constexpr Colour kLegs[] = {
      {0.10f, 0.12f, 0.22f}, {0.06f, 0.06f, 0.07f}, {0.25f, 0.28f, 0.38f}, {0.48f, 0.42f, 0.32f}};
  static constexpr Colour kSkins[] = {
      {0.85f, 0.66f, 0.54f}, {0.70f, 0.50f, 0.38f}, {0.42f, 0.28f, 0.20f}};
  static constexpr Colour kHairs[] = {
      {0.08f, 0.06f, 0.05f}, {0.30f, 0.20f, 0.10f}, {0.55f, 0.42f, 0.22f}, {0.50f, 0.50f, 0.50f}};
  Surface base;
  base.labelId = static_cast<std::uint8_t>(labelId);
  base.instance = instance;
  base.seed = static_cast<std::uint32_t>(random.next());
  const auto with = [&](Colour colour) {
    Surface s = base;
    s.colour = colour;
    return s;
  };
  return {with(kSkins[random.below(3)]), with(kHairs[random.below(4)]),
          with(kTops[random.below(10)]), with(kLegs[random.below(4)]), with({0.07f, 0.06f, 0.06f})};
}

/// Head, torso and arms of somebody whose hip is at `hip` and who leans forward by `lean` metres.
void upperBody(Parts& parts, const Clothes& c, const Vec3& hip, double scale, double lean,
               const std::array<Vec3, 2>& hands) {
  const Vec3 shoulder = hip + Vec3{0, 0.52 * scale, lean};
  parts.limb(hip + Vec3{0, -0.06 * scale, 0}, shoulder + Vec3{0, 0.06 * scale, 0}, 0.19 * scale,
             c.top);
  parts.ellipsoid(shoulder + Vec3{0, -0.02 * scale, 0}, {0.225 * scale, 0.12 * scale, 0.13 * scale},
                  c.top);
  const Vec3 head = shoulder + Vec3{0, 0.25 * scale, lean * 0.25};
  parts.ellipsoid(head, {0.085 * scale, 0.125 * scale, 0.10 * scale}, c.skin);
  parts.ellipsoid(head + Vec3{0, 0.045 * scale, -0.02 * scale},
                  {0.092 * scale, 0.10 * scale, 0.105 * scale}, c.hair);
  for (int side = 0; side < 2; ++side) {
    const Vec3 from = shoulder + Vec3{(side == 0 ? -0.22 : 0.22) * scale, 0, 0};
    parts.limb(from, hands[static_cast<std::size_t>(side)], 0.062 * scale, c.top);
    parts.ellipsoid(hands[static_cast<std::size_t>(side)],
                    {0.05 * scale, 0.06 * scale, 0.05 * scale}, c.skin);
  }
}

void rider(Scene& scene, const Frame& frame, Random& random, double seat, double seatZ,
           double handleY, double handleZ, double pedalY) {
  const int instance = addInstance(scene, 25);
  const Clothes c = dress(25, instance, random);
  const double scale = random.uniform(0.95, 1.06);
  Parts parts(scene, frame);
  const Vec3 hip{0, seat + 0.06, seatZ};
  for (int side = 0; side < 2; ++side) {
    const double s = side == 0 ? -1 : 1, phase = side == 0 ? 0.14 : -0.14;
    const Vec3 knee{s * 0.14, seat - 0.22 + phase, seatZ + 0.40};
    const Vec3 foot{s * 0.12, pedalY + phase, seatZ + 0.28};
    parts.limb(hip + Vec3{s * 0.09, 0, 0}, knee, 0.10, c.legs);
    parts.limb(knee, foot, 0.075, c.legs);
    parts.ellipsoid(foot + Vec3{0, -0.03, 0.05}, {0.05, 0.05, 0.13}, c.shoes);
  }
  upperBody(parts, c, hip, scale, 0.2,
            {Vec3{-0.24, handleY, handleZ}, Vec3{0.24, handleY, handleZ}});
  parts.shadow(0.25, 0.5, 1.6);
}

}  // namespace

void addPerson(Scene& scene, const Frame& frame, Random& random) {
  const int instance = addInstance(scene, 24);
  const Clothes c = dress(24, instance, random);
  const double height = random.uniform(1.5, 1.9), scale = height / 1.75;
  const bool walking = random.chance(0.65);
  const double stride = walking ? random.uniform(0.16, 0.34) * scale : 0.03;
  Parts parts(scene, frame);
  const Vec3 hip{0, 0.90 * scale, 0};
  for (int side = 0; side < 2; ++side) {
    const double s = side == 0 ? -1 : 1, forward = side == 0 ? stride : -stride;
    const Vec3 foot{s * 0.10 * scale, 0.07, forward};
    const Vec3 knee{s * 0.10 * scale, 0.48 * scale, forward * 0.35 + 0.04};
    parts.limb(hip + Vec3{s * 0.09 * scale, 0, 0}, knee, 0.105 * scale, c.legs);
    parts.limb(knee, foot, 0.075 * scale, c.legs);
    parts.ellipsoid(foot + Vec3{0, -0.02, 0.05}, {0.05 * scale, 0.05, 0.13 * scale}, c.shoes);
  }
  const double swing = stride * 0.9;
  upperBody(parts, c, hip, scale, 0.02,
            {Vec3{-0.27 * scale, 0.84 * scale, -swing}, Vec3{0.27 * scale, 0.84 * scale, swing}});
  if (random.chance(0.3))
    parts.box({0.24 * scale, 0.45, -0.16}, {0.36 * scale, 0.75, 0.16}, c.shoes);
  parts.shadow(0.24, 0.2, height);
}

void addBicycle(Scene& scene, const Frame& frame, Random& random, bool ridden) {
  const int instance = addInstance(scene, 33);
  Surface tyre;
  tyre.labelId = 33;
  tyre.instance = instance;
  tyre.material = Material::ring;
  tyre.colour = {0.06f, 0.06f, 0.06f};
  Surface tube = tyre;
  tube.material = Material::plain;
  static constexpr Colour kColours[] = {{0.6f, 0.1f, 0.1f},
                                        {0.1f, 0.2f, 0.5f},
                                        {0.1f, 0.1f, 0.1f},
                                        {0.75f, 0.75f, 0.75f},
                                        {0.15f, 0.45f, 0.3f}};
  tube.colour = kColours[random.below(5)];
  Surface black = tube;
  black.colour = {0.06f, 0.06f, 0.06f};

  Parts parts(scene, frame);
  const double r = 0.35, back = -0.52, front = 0.52;
  for (const double z : {back, front})
    for (const double x : {-0.03, 0.03}) parts.disc({x, r, z}, r, tyre);
  const double t = 0.028;
  const Vec3 crank{0, 0.30, -0.06}, seatTop{0, 0.86, -0.22}, head{0, 0.82, 0.36};
  parts.limb({0, r, back}, crank, t, tube);
  parts.limb(crank, seatTop, t, tube);
  parts.limb(crank, head, t * 1.2, tube);
  parts.limb({0, 0.74, -0.2}, head, t * 1.2, tube);
  parts.limb({0, r, back}, {0, 0.7, -0.19}, t, tube);
  parts.limb({0, r, front}, head + Vec3{0, 0.18, -0.03}, t * 1.2, tube);
  parts.limb({-0.27, 1.0, 0.32}, {0.27, 1.0, 0.32}, t, black);
  parts.ellipsoid({0, 0.90, -0.24}, {0.08, 0.04, 0.14}, black);
  parts.shadow(0.08, 0.8, 0.7);
  if (ridden) rider(scene, frame, random, 0.93, -0.2, 1.02, 0.32, 0.32);
}

void addMotorcycle(Scene& scene, const Frame& frame, Random& random, bool ridden) {
  const int instance = addInstance(scene, 32);
  Surface tyre;
  tyre.labelId = 32;
  tyre.instance = instance;
  tyre.colour = {0.06f, 0.06f, 0.06f};
  Surface body = tyre;
  body.material = Material::paint;
  static constexpr Colour kColours[] = {{0.65f, 0.08f, 0.08f},
                                        {0.08f, 0.08f, 0.10f},
                                        {0.10f, 0.25f, 0.55f},
                                        {0.7f, 0.7f, 0.72f},
                                        {0.75f, 0.45f, 0.08f}};
  body.colour = kColours[random.below(5)];
  Surface metal = tyre;
  metal.colour = {0.45f, 0.45f, 0.46f};
  Parts parts(scene, frame);
  const double r = 0.32;
  for (const double z : {-0.70, 0.72}) {
    parts.ellipsoid({0, r, z}, {0.09, r, r}, tyre);
    parts.ellipsoid({0, r, z}, {0.10, 0.12, 0.12}, metal);
  }
  parts.ellipsoid({0, 0.48, 0}, {0.21, 0.24, 0.42}, metal);
  parts.ellipsoid({0, 0.80, 0.18}, {0.17, 0.16, 0.36}, body);
  parts.ellipsoid({0, 0.80, -0.38}, {0.15, 0.09, 0.42}, tyre);
  parts.ellipsoid({0, 0.75, -0.78}, {0.13, 0.12, 0.2}, body);
  parts.ellipsoid({0, 0.90, 0.58}, {0.19, 0.22, 0.17}, body);
  parts.limb({0, r, 0.72}, {0, 1.0, 0.48}, 0.06, metal);
  parts.limb({-0.36, 1.05, 0.42}, {0.36, 1.05, 0.42}, 0.035, tyre);
  Surface lamp = body;
  lamp.material = Material::lamp;
  lamp.colour = {0.95f, 0.93f, 0.8f};
  parts.ellipsoid({0, 0.88, 0.74}, {0.09, 0.09, 0.05}, lamp);
  lamp.colour = {0.8f, 0.08f, 0.05f};
  parts.ellipsoid({0, 0.78, -0.97}, {0.09, 0.05, 0.03}, lamp);
  parts.shadow(0.25, 1.0, 1.0);
  if (ridden) rider(scene, frame, random, 0.88, -0.28, 1.06, 0.40, 0.42);
}

}  // namespace uninet::streetscape
