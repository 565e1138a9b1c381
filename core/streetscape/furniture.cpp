#include <algorithm>
#include <cmath>

#include "core/streetscape/parts.h"

namespace uninet::streetscape {
namespace {

Surface surface(Material material, Colour colour, int labelId, Random& random) {
  Surface s;
  s.material = material;
  s.colour = colour;
  s.labelId = static_cast<std::uint8_t>(labelId);
  s.seed = static_cast<std::uint32_t>(random.next());
  return s;
}

constexpr Colour kSteel{0.42f, 0.43f, 0.44f};

void post(Parts& parts, const Vec3& foot, double height, double half, const Surface& s) {
  parts.box({foot.x - half, foot.y, foot.z - half}, {foot.x + half, foot.y + height, foot.z + half},
            s);
}

}  // namespace

void addBuilding(Scene& scene, double x, double z0, double z1, bool left, Random& random) {
  static constexpr Colour kColours[] = {
      {0.66f, 0.58f, 0.46f}, {0.52f, 0.32f, 0.25f}, {0.62f, 0.61f, 0.58f}, {0.72f, 0.66f, 0.50f},
      {0.45f, 0.43f, 0.42f}, {0.58f, 0.44f, 0.36f}, {0.76f, 0.74f, 0.68f}, {0.38f, 0.36f, 0.40f}};
  Surface facade = surface(Material::facade, kColours[random.below(8)], 11, random);
  facade.u = static_cast<float>(random.uniform(1.9, 3.2));
  facade.v = static_cast<float>(random.uniform(2.8, 3.5));
  const double floors = 2 + static_cast<double>(random.below(5));
  const double height = floors * facade.v + random.uniform(0.4, 1.2);
  const double depth = 12;
  Surface roof = surface(Material::roof, {0.36f, 0.22f, 0.18f}, 11, random);
  Parts parts(scene, Frame());
  const double x0 = left ? x - depth : x, x1 = left ? x : x + depth;
  // The wall along the street first, so that its pattern starts at the ground and the corner.
  const double wall = left ? x1 : x0;
  parts.face({{wall, 0, z0}, {wall, 0, z1}, {wall, height, z1}, {wall, height, z0}}, facade);
  parts.face({{x0, 0, z0}, {x1, 0, z0}, {x1, height, z0}, {x0, height, z0}}, facade);
  const double ridge = height + random.uniform(0, 3.5);
  const double middle = (x0 + x1) / 2;
  parts.face({{wall, height, z0}, {wall, height, z1}, {middle, ridge, z1}, {middle, ridge, z0}},
             roof);
  parts.face({{x0, height, z0}, {x1, height, z0}, {middle, ridge, z0}}, facade);
}

void addTree(Scene& scene, const Vec3& foot, Random& random) {
  const double trunk = random.uniform(2.0, 3.2), crown = random.uniform(1.5, 2.8);
  const Surface bark = surface(Material::bark, {0.26f, 0.20f, 0.15f}, 21, random);
  const auto green = static_cast<float>(random.uniform(0.8, 1.2));
  Surface leaves = surface(Material::foliage, Colour{0.17f, 0.29f, 0.09f} * green, 21, random);
  Parts parts(scene, Frame(foot, random.uniform(0, 6.28)));
  parts.limb({0, -0.1, 0}, {0, trunk + crown * 0.7, 0}, random.uniform(0.12, 0.22), bark);
  const int clumps = 5 + static_cast<int>(random.below(4));
  for (int i = 0; i < clumps; ++i) {
    const double a = i * 6.28 / clumps, r = i == 0 ? 0 : crown * random.uniform(0.35, 0.65);
    const double size = crown * random.uniform(0.5, 0.75);
    leaves.seed += 7919;
    parts.ellipsoid({r * std::cos(a), trunk + crown * random.uniform(0.5, 1.3), r * std::sin(a)},
                    {size, size * 0.85, size}, leaves, true);
  }
  parts.shadow(crown * 0.8, crown * 0.8, trunk + crown);
}

void addHedge(Scene& scene, const Vec3& low, const Vec3& high, Random& random) {
  Surface leaves = surface(Material::foliage, {0.15f, 0.26f, 0.08f}, 21, random);
  Parts parts(scene, Frame());
  parts.box(low, {high.x, high.y - 0.15, high.z}, leaves);
  // Bushes break the straight upper edge.
  for (double z = low.z; z < high.z; z += 1.3) {
    leaves.seed += 104729;
    const double size = random.uniform(0.5, 0.9);
    parts.ellipsoid({(low.x + high.x) / 2, high.y - 0.25, z + 0.6},
                    {(high.x - low.x) * 0.55, size * 0.6, size}, leaves, true);
  }
}

void addWall(Scene& scene, double x, double z0, double z1, Random& random) {
  static constexpr Colour kColours[] = {
      {0.55f, 0.53f, 0.50f}, {0.50f, 0.33f, 0.27f}, {0.62f, 0.58f, 0.50f}};
  const Surface bricks = surface(Material::bricks, kColours[random.below(3)], 12, random);
  const double height = random.uniform(1.3, 2.4);
  Parts parts(scene, Frame());
  parts.box({x - 0.15, 0, z0}, {x + 0.15, height, z1}, bricks);
  Surface cap = bricks;
  cap.material = Material::plain;
  parts.box({x - 0.2, height, z0}, {x + 0.2, height + 0.1, z1}, cap);
}

void addFence(Scene& scene, double x, double z0, double z1, Random& random) {
  static constexpr Colour kColours[] = {
      {0.24f, 0.28f, 0.24f}, {0.45f, 0.33f, 0.22f}, {0.66f, 0.66f, 0.64f}};
  Surface bars = surface(Material::bars, kColours[random.below(3)], 13, random);
  bars.u = static_cast<float>(random.uniform(0.14, 0.24));
  const double height = random.uniform(1.0, 1.6);
  Parts parts(scene, Frame());
  parts.face({{x, 0, z0}, {x, 0, z1}, {x, height, z1}, {x, height, z0}}, bars);
  parts.face({{x - 1.5, 0, z0}, {x + 1.5, 0, z0}, {x + 1.5, height, z0}, {x - 1.5, height, z0}},
             bars);
}

void addLampPost(Scene& scene, const Vec3& foot, bool left, Random& random) {
  const Surface steel = surface(Material::plain, kSteel, 17, random);
  Parts parts(scene, Frame());
  const double height = random.uniform(5.5, 7.5), half = random.uniform(0.075, 0.12);
  post(parts, foot, height, half, steel);
  const double reach = left ? 1.5 : -1.5;
  const double top = foot.y + height;
  parts.box({std::min(foot.x, foot.x + reach), top - 0.14, foot.z - 0.06},
            {std::max(foot.x, foot.x + reach), top, foot.z + 0.06}, steel);
  Surface lamp = surface(Material::plain, {0.75f, 0.75f, 0.72f}, 17, random);
  parts.ellipsoid({foot.x + reach, top - 0.1, foot.z}, {0.35, 0.1, 0.16}, lamp);
}

void addTrafficLight(Scene& scene, const Vec3& foot, bool left, Random& random) {
  const Surface steel = surface(Material::plain, kSteel, 17, random);
  const Surface box = surface(Material::plain, {0.07f, 0.08f, 0.07f}, 19, random);
  Parts parts(scene, Frame());
  post(parts, foot, 3.4, 0.075, steel);
  const int lit = static_cast<int>(random.below(3));
  const auto head = [&](double x, double y, double z) {
    parts.box({x - 0.2, y, z - 0.16}, {x + 0.2, y + 1.05, z + 0.16}, box);
    static constexpr Colour kLamps[] = {
        {0.15f, 0.95f, 0.45f}, {1.0f, 0.75f, 0.1f}, {1.0f, 0.15f, 0.1f}};
    for (int i = 0; i < 3; ++i) {
      Surface lamp = box;
      lamp.material = Material::lamp;
      lamp.colour = kLamps[i] * (i == lit ? 1.f : 0.22f);
      const double cy = y + 0.2 + 0.32 * i;
      parts.face({{x - 0.12, cy - 0.12, z - 0.17},
                  {x + 0.12, cy - 0.12, z - 0.17},
                  {x + 0.12, cy + 0.12, z - 0.17},
                  {x - 0.12, cy + 0.12, z - 0.17}},
                 lamp);
    }
  };
  head(foot.x, foot.y + 2.4, foot.z - 0.25);
  if (random.chance(0.6)) {
    const double reach = left ? 3.2 : -3.2;
    parts.box({std::min(foot.x, foot.x + reach), foot.y + 5.3, foot.z - 0.06},
              {std::max(foot.x, foot.x + reach), foot.y + 5.45, foot.z + 0.06}, steel);
    post(parts, {foot.x, foot.y + 3.4, foot.z}, 2.05, 0.075, steel);
    head(foot.x + reach, foot.y + 4.6, foot.z - 0.2);
  }
}

void addTrafficSign(Scene& scene, const Vec3& foot, Random& random) {
  const Surface steel = surface(Material::plain, kSteel, 17, random);
  Parts parts(scene, Frame());
  const double height = random.uniform(2.2, 2.9);
  post(parts, foot, height, 0.06, steel);
  Surface sign = surface(Material::plain, {}, 20, random);
  const double y = foot.y + height, z = foot.z - 0.09, r = random.uniform(0.36, 0.52);
  const auto inner = [&](Colour colour) {
    Surface s = sign;
    s.colour = colour;
    return s;
  };
  const Colour white{0.92f, 0.92f, 0.90f};
  const auto disc = [&](double radius, double depth, const Surface& s) {
    std::vector<Vec3> corners;
    for (int i = 0; i < 12; ++i)
      corners.push_back(
          {foot.x + radius * std::cos(i * 0.5236), y - r + radius * std::sin(i * 0.5236), depth});
    parts.face(corners, s);
  };
  const auto plate = [&](double halfWidth, double low, double high, double depth,
                         const Surface& s) {
    parts.face({{foot.x - halfWidth, low, depth},
                {foot.x + halfWidth, low, depth},
                {foot.x + halfWidth, high, depth},
                {foot.x - halfWidth, high, depth}},
               s);
  };
  switch (random.below(4)) {
    case 0:
      disc(r, z, inner({0.78f, 0.08f, 0.08f}));
      if (random.chance(0.5))
        disc(0.72 * r, z - 0.01, inner(white));
      else
        plate(0.7 * r, y - 1.15 * r, y - 0.85 * r, z - 0.01, inner(white));
      break;
    case 1:
      parts.face({{foot.x - r, y, z}, {foot.x + r, y, z}, {foot.x, y - 1.75 * r, z}},
                 inner({0.78f, 0.08f, 0.08f}));
      parts.face({{foot.x - 0.66 * r, y - 0.2 * r, z - 0.01},
                  {foot.x + 0.66 * r, y - 0.2 * r, z - 0.01},
                  {foot.x, y - 1.35 * r, z - 0.01}},
                 inner(white));
      break;
    case 2:
      plate(r, y - 2 * r, y, z, inner({0.10f, 0.25f, 0.65f}));
      plate(0.22 * r, y - 1.7 * r, y - 0.3 * r, z - 0.01, inner(white));
      break;
    default:  // direction sign
      plate(2 * r, y - 1.1 * r, y, z, inner({0.88f, 0.72f, 0.10f}));
      plate(1.5 * r, y - 0.45 * r, y - 0.3 * r, z - 0.01, inner({0.1f, 0.1f, 0.1f}));
      plate(1.5 * r, y - 0.85 * r, y - 0.7 * r, z - 0.01, inner({0.1f, 0.1f, 0.1f}));
  }
}

void addBin(Scene& scene, const Vec3& foot, Random& random) {
  const Surface bin = surface(Material::plain, {0.20f, 0.26f, 0.22f}, 5, random);
  Parts parts(scene, Frame(foot, 0));
  parts.box({-0.3, 0, -0.3}, {0.3, 1.05, 0.3}, bin);
}

}  // namespace uninet::streetscape
