#include <algorithm>
#include <cmath>

#include "core/streetscape/parts.h"

namespace uninet::streetscape {
namespace {

/// Things that only some scenes would show by chance; every scene is given two of them in turn, so
/// that any fifty scenes show all of them.
enum class Rare {
  truck,
  bus,
  tram,
  motorcycle,
  bicycle,
  wall,
  fence,
  trafficLight,
  terrain,
  count
};
constexpr auto kRare = static_cast<std::uint64_t>(Rare::count);

/// Free stretches of a lane: a vehicle takes [z − l / 2, z + l / 2].
class Lane {
 public:
  bool take(double z, double length) {
    const double a = z - length / 2 - 0.8, b = z + length / 2 + 0.8;
    for (const auto& [low, high] : taken_)
      if (a < high && b > low) return false;
    taken_.push_back({a, b});
    return true;
  }

 private:
  std::vector<std::array<double, 2>> taken_;
};

class Layout {
 public:
  Layout(Scene& scene, Random& random, std::uint64_t index)
      : scene_(scene), random_(random), index_(index) {}

  void build() {
    street();
    sides();
    furniture();
    vehicles();
    people();
  }

 private:
  bool wants(Rare rare) const {
    const auto r = static_cast<std::uint64_t>(rare);
    return index_ % kRare == r || (index_ * 4 + 2 + index_ / kRare) % kRare == r;
  }

  void street() {
    Ground& g = scene_.ground;
    g.seed = static_cast<std::uint32_t>(random_.next());
    g.centreLine = random_.uniform(-2.2, -1.5);
    g.left = g.centreLine - random_.uniform(3.2, 4.6);
    g.right = random_.uniform(1.8, 2.6);
    if (wants(Rare::tram)) {
      g.left -= 2.2;
      g.rails = g.centreLine - 2.2;
    }
    if (random_.chance(0.6)) {
      g.parkingRight = g.right;
      g.right += 2.2;
    }
    if (random_.chance(0.5)) {
      g.parkingLeft = g.left;
      g.left -= 2.2;
    }
    g.leftWalk = random_.uniform(2.2, 4.2);
    g.rightWalk = random_.uniform(2.2, 4.2);
    g.leftGrass = random_.chance(0.4) || (wants(Rare::terrain) && random_.chance(0.5));
    g.rightGrass = random_.chance(0.4) || (wants(Rare::terrain) && !g.leftGrass);
    if (random_.chance(0.3)) g.zebra = random_.uniform(9, 30);
    g.asphalt = static_cast<float>(random_.uniform(0.24, 0.38));
    g.paving = static_cast<float>(random_.uniform(0.42, 0.58));
  }

  double outer(bool left) const {
    const Ground& g = scene_.ground;
    return left ? g.left - g.leftWalk : g.right + g.rightWalk;
  }

  /// Buildings, hedges, walls and fences behind the sidewalks; something closes the far end.
  void sides() {
    for (const bool left : {true, false}) {
      const Ground& g = scene_.ground;
      const bool grass = left ? g.leftGrass : g.rightGrass;
      const double out = left ? -1 : 1, walk = outer(left);
      const double line = walk + out * (grass ? random_.uniform(3, 7) : 0.02);
      double z = random_.uniform(-8, 2);
      while (z < 130) {
        const double length = random_.uniform(9, 24);
        const double pick = random_.uniform();
        if (pick < (grass ? 0.45 : 0.76)) {
          addBuilding(scene_, line, z, z + length, left, random_);
        } else if (pick < 0.86) {
          for (double t = z; t < z + length; t += random_.uniform(3, 6))
            addTree(scene_, {line + out * random_.uniform(1, 5), 0, t}, random_);
          const double hedge = line + out * 0.3;
          addHedge(scene_, {std::min(hedge, hedge + out), 0, z},
                   {std::max(hedge, hedge + out), random_.uniform(1.0, 2.2), z + length}, random_);
        }
        z += length + (random_.chance(0.2) ? random_.uniform(3, 9) : 0);
      }
      if (left == random_.chance(0.5) || !left) {
        const double start = random_.uniform(5, 11), x = walk + out * 0.25;
        if (wants(Rare::wall) || random_.chance(0.1))
          addWall(scene_, x, start, start + random_.uniform(12, 30), random_);
        else if (wants(Rare::fence) || random_.chance(0.2))
          addFence(scene_, x, start, start + random_.uniform(12, 30), random_);
      }
      for (double t = random_.uniform(2, 14); t < 120; t += random_.uniform(9, 40))
        if (random_.chance(0.55))
          addTree(scene_, {(left ? g.left - 0.9 : g.right + 0.9), kKerb, t}, random_);
    }
    const double end = random_.uniform(95, 170);
    if (random_.chance(0.6)) {
      Parts parts(scene_, Frame());
      for (double x = -60; x < 60; x += 14) {
        Surface facade;
        facade.material = Material::facade;
        facade.colour = {0.56f, 0.50f, 0.44f};
        facade.labelId = 11;
        facade.u = 2.6f;
        facade.v = 3.2f;
        facade.seed = static_cast<std::uint32_t>(random_.next());
        const double h = random_.uniform(7, 16);
        parts.face({{x, 0, end}, {x + 14, 0, end}, {x + 14, h, end}, {x, h, end}}, facade);
      }
    } else {
      for (double x = -40; x < 40; x += 4)
        addTree(scene_, {x, 0, end + random_.uniform(0, 10)}, random_);
    }
  }

  void furniture() {
    const Ground& g = scene_.ground;
    for (const bool left : {true, false}) {
      const double kerb = left ? g.left - 0.45 : g.right + 0.45;
      for (double z = random_.uniform(5, 16); z < 100; z += random_.uniform(14, 28))
        addLampPost(scene_, {kerb, kKerb, z}, left, random_);
      const int signs = static_cast<int>(random_.below(3)) + (left ? 0 : 1);
      for (int i = 0; i < signs; ++i)
        addTrafficSign(scene_, {kerb + (left ? -0.2 : 0.2), kKerb, random_.uniform(7, 38)},
                       random_);
      if ((wants(Rare::trafficLight) && !left) || random_.chance(g.zebra > 0 ? 0.5 : 0.12))
        addTrafficLight(scene_, {kerb, kKerb, g.zebra > 0 ? g.zebra + 3 : random_.uniform(10, 26)},
                        left, random_);
      if (random_.chance(0.3))
        addBin(scene_, {kerb + (left ? -0.5 : 0.5), kKerb, random_.uniform(7, 30)}, random_);
    }
  }

  void vehicles() {
    const Ground& g = scene_.ground;
    const double turned = 3.14159265358979;
    const double oncoming =
        g.rails > -50 ? g.rails : (g.centreLine + std::max(g.left, g.parkingLeft)) / 2;
    const double ahead = random_.uniform(-0.4, 0.4);

    // What this scene has to show comes first and near enough to be seen.
    const auto place = [&](Lane& lane, double x, double heading, double length, auto add,
                           double nearest, double farthest) {
      for (int attempt = 0; attempt < 12; ++attempt) {
        const double z = random_.uniform(nearest, farthest) + length / 2;
        if (!lane.take(z, length)) continue;
        add(Frame({x, 0, z}, heading));
        return true;
      }
      return false;
    };
    const auto car = [&](const Frame& f) { addCar(scene_, f, random_); };
    if (wants(Rare::tram))
      place(
          own_, oncoming, turned, 26, [&](const Frame& f) { addTram(scene_, f, random_); }, 10, 28);
    if (wants(Rare::truck)) {
      const bool away = random_.chance(0.5);
      place(
          away ? ahead_ : own_, away ? ahead : oncoming, away ? 0 : turned, 10,
          [&](const Frame& f) { addTruck(scene_, f, random_); }, away ? 9 : 7, 28);
    }
    if (wants(Rare::bus)) {
      const bool away = random_.chance(0.4);
      place(
          away ? ahead_ : own_, away ? ahead : oncoming, away ? 0 : turned, 13,
          [&](const Frame& f) { addBus(scene_, f, random_); }, away ? 10 : 7, 30);
    }
    const bool room = g.parkingRight > 50;
    if (wants(Rare::motorcycle) || random_.chance(0.08)) {
      if (random_.chance(0.6))
        place(
            ahead_, ahead + (room ? 0.6 : 0.9), 0, 2.2,
            [&](const Frame& f) { addMotorcycle(scene_, f, random_, true); }, 7, 22);
      else
        addMotorcycle(scene_,
                      Frame({g.right + random_.uniform(0.8, 1.6), kKerb, random_.uniform(6, 16)},
                            random_.uniform(-1.2, 1.2)),
                      random_, false);
    }
    if (wants(Rare::bicycle) || random_.chance(0.25)) {
      const bool left = random_.chance(0.3);
      if (left)
        place(
            own_, g.centreLine - 1.2, turned, 2,
            [&](const Frame& f) { addBicycle(scene_, f, random_, true); }, 6, 24);
      else
        place(
            ahead_, std::min(g.right, g.parkingRight) - 0.7, random_.uniform(-0.15, 0.15), 2,
            [&](const Frame& f) { addBicycle(scene_, f, random_, true); }, 6, 24);
    }
    // Parked two-wheelers at the houses.
    for (const bool left : {true, false})
      if (random_.chance(0.3)) {
        const int count = 1 + static_cast<int>(random_.below(3));
        const double z = random_.uniform(6, 24), x = outer(left) + (left ? 0.7 : -0.7);
        for (int i = 0; i < count; ++i)
          addBicycle(scene_, Frame({x, kKerb, z + i * 0.9}, 1.57 + random_.uniform(-0.5, 0.5)),
                     random_, false);
      }

    // Ordinary traffic: farther away it thins out.
    const int carsAhead = static_cast<int>(random_.below(3)),
              oncomingCars = static_cast<int>(random_.below(4));
    for (int i = 0; i < carsAhead; ++i) place(ahead_, ahead, 0, 4.8, car, 9, 48);
    for (int i = 0; i < oncomingCars; ++i) place(own_, oncoming, turned, 4.8, car, 5, 52);
    if (random_.chance(0.12))
      place(ahead_, ahead, random_.chance(0.5) ? 1.57 : -1.57, 5, car, 16, 40);
    for (const bool left : {true, false}) {
      const double lane = left ? g.parkingLeft : g.parkingRight;
      if (std::abs(lane) > 50) continue;
      const double x = lane + (left ? -1.05 : 1.05);
      for (double z = random_.uniform(5, 10); z < 62;
           z += random_.uniform(5.3, 6.5) * (z > 25 ? 1.7 : 1))
        if (random_.chance(z < 25 ? 0.6 : 0.4))
          addCar(scene_,
                 Frame({x + random_.uniform(-0.1, 0.1), 0, z},
                       (left ? turned : 0) + random_.uniform(-0.04, 0.04)),
                 random_);
    }
  }

  void people() {
    const Ground& g = scene_.ground;
    const auto nearer = [&] {
      const double u = random_.uniform();
      return 5.5 + 30 * u * u;
    };
    const int groups = 2 + static_cast<int>(random_.below(4));
    for (int i = 0; i < groups; ++i) {
      const bool left = random_.chance(0.5);
      const double walk = left ? g.leftWalk : g.rightWalk;
      const double across = random_.uniform(0.7, walk - 0.6);
      const double x = left ? g.left - across : g.right + across, z = nearer();
      const double heading = (random_.chance(0.5) ? 0 : 3.14) + random_.uniform(-0.5, 0.5);
      const int count = random_.chance(0.3) ? 2 : 1;
      for (int k = 0; k < count; ++k)
        addPerson(scene_, Frame({x + k * 0.62, kKerb, z + random_.uniform(-0.2, 0.2)}, heading),
                  random_);
    }
    if (g.zebra > 0 || random_.chance(0.15)) {
      const double z = g.zebra > 0 ? g.zebra + random_.uniform(-1, 1) : random_.uniform(10, 28);
      const double x = random_.uniform(g.left + 1, g.right - 1);
      if (ahead_.take(z, 1) && own_.take(z, 1))
        addPerson(scene_, Frame({x, 0, z}, random_.chance(0.5) ? 1.57 : -1.57), random_);
    }
  }

  Scene& scene_;
  Random& random_;
  std::uint64_t index_;
  Lane ahead_, own_;
};

Light buildLight(Random& random) {
  Light light;
  const double azimuth = random.uniform(0, 6.283), height = random.uniform(0.35, 1.1);
  light.sun = unit({std::cos(azimuth) * std::cos(height), std::sin(height),
                    std::sin(azimuth) * std::cos(height)});
  const bool overcast = random.chance(0.35);
  const auto warm = static_cast<float>(random.uniform(-0.06, 0.06));
  const float sun = overcast ? 0.2f : static_cast<float>(random.uniform(0.55, 0.85));
  light.sunColour = Colour{1.06f + warm, 1.0f, 0.92f - warm} * sun;
  light.ambient = Colour{0.95f, 1.0f, 1.08f} * (overcast ? 0.88f : 0.62f);
  light.haze = overcast ? Colour{0.78f, 0.80f, 0.82f} : Colour{0.80f, 0.86f, 0.92f};
  light.zenith = overcast ? Colour{0.66f, 0.69f, 0.73f} : Colour{0.36f, 0.55f, 0.84f};
  light.hazeDistance = random.uniform(160, 700);
  light.gain = static_cast<float>(random.uniform(0.85, 1.2));
  light.clouds = overcast ? 0.15f : static_cast<float>(random.uniform(0, 0.6));
  return light;
}

}  // namespace

Scene buildScene(std::uint64_t seed, std::uint64_t index, cv::Size size) {
  Random random(Random::mix(seed, index));
  Scene scene;
  Camera& camera = scene.camera;
  camera.pitch += random.uniform(-0.012, 0.012);
  camera.yaw += random.uniform(-0.05, 0.05);
  camera.z += random.uniform(-0.04, 0.04);
  // Intrinsics of the frame that is rendered; Cityscapes frames are 2048 × 1024.
  const double sx = size.width / 2048.0, sy = size.height / 1024.0;
  camera.fx *= sx;
  camera.u0 *= sx;
  camera.fy *= sy;
  camera.v0 *= sy;
  scene.light = buildLight(random);
  scene.noiseSeed = random.next();
  Layout(scene, random, index).build();
  return scene;
}

}  // namespace uninet::streetscape
