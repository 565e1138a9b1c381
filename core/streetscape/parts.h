#pragma once

#include "core/base/random.h"
#include "core/streetscape/scene.h"

namespace uninet::streetscape {

/// Adds the shapes of one thing to a scene.
class Parts {
 public:
  Parts(Scene& scene, const Frame& frame) : scene_(scene), frame_(frame) {}

  /// Box between two local corners; `top` and `sides` may differ.
  void box(const Vec3& low, const Vec3& high, const Surface& sides, const Surface& top);
  void box(const Vec3& low, const Vec3& high, const Surface& surface) {
    box(low, high, surface, surface);
  }
  /// Convex profile (z, y) pulled from −halfWidth to halfWidth along x; the upper points are drawn
  /// in by `taper` metres on each side. The rim gets `around`, the two ends `sides`.
  void prism(const std::vector<std::array<double, 2>>& profile, double halfWidth, double taper,
             const Surface& sides, const Surface& around);
  /// Flat polygon from local corners.
  void face(const std::vector<Vec3>& corners, const Surface& surface);
  /// Regular polygon of 12 corners, normal along local x.
  void disc(const Vec3& centre, double radius, const Surface& surface);
  void ellipsoid(const Vec3& centre, const Vec3& halfAxes, const Surface& surface,
                 bool ragged = false);
  /// Ellipsoid stretched from `from` to `to`.
  void limb(const Vec3& from, const Vec3& to, double thickness, const Surface& surface);
  void shadow(double halfWidth, double halfLength, double height);

 private:
  Scene& scene_;
  Frame frame_;
};

/// A new instance of a class; returns its index for Surface::instance.
int addInstance(Scene& scene, int labelId);

// Vehicles stand with their middle at the frame's origin and head along its z.
struct VehicleSize {
  double length = 0, width = 0;
};
VehicleSize addCar(Scene& scene, const Frame& frame, Random& random);
VehicleSize addTruck(Scene& scene, const Frame& frame, Random& random);
VehicleSize addBus(Scene& scene, const Frame& frame, Random& random);
VehicleSize addTram(Scene& scene, const Frame& frame, Random& random);

void addPerson(Scene& scene, const Frame& frame, Random& random);
void addBicycle(Scene& scene, const Frame& frame, Random& random, bool ridden);
void addMotorcycle(Scene& scene, const Frame& frame, Random& random, bool ridden);

void addBuilding(Scene& scene, double x, double z0, double z1, bool left, Random& random);
void addTree(Scene& scene, const Vec3& foot, Random& random);
void addHedge(Scene& scene, const Vec3& low, const Vec3& high, Random& random);
void addWall(Scene& scene, double x, double z0, double z1, Random& random);
void addFence(Scene& scene, double x, double z0, double z1, Random& random);
void addLampPost(Scene& scene, const Vec3& foot, bool left, Random& random);
void addTrafficLight(Scene& scene, const Vec3& foot, bool left, Random& random);
void addTrafficSign(Scene& scene, const Vec3& foot, Random& random);
void addBin(Scene& scene, const Vec3& foot, Random& random);

}  // namespace uninet::streetscape
