#include "core/outputs/object_matches.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/outputs/paste.h"

namespace uninet {
namespace {

constexpr float kSameObject = 0.5f, kUnmoved = 0.75f;

/// What may be matched with what.
struct Candidate {
  int index = 0;
  int classId = 0;
  Box box;
  float score = 1;
};

std::vector<Candidate> candidatesOf(const Prediction& prediction, double threshold) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < prediction.detections.size(); ++i) {
    const Detection& d = prediction.detections[i];
    if (static_cast<double>(d.score) >= threshold)
      found.push_back({static_cast<int>(i), d.classId, d.box, d.score});
  }
  return found;
}

/// Tells `pair` each match of places in `first` and `second`, each of which takes part once.
void matchByOverlap(const std::vector<Candidate>& first, const std::vector<Candidate>& second,
                    const std::function<void(std::size_t, std::size_t)>& pair) {
  struct Pair {
    bool sameClass;
    float overlap, score;
    std::size_t first, second;
  };
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < first.size(); ++i)
    for (std::size_t j = 0; j < second.size(); ++j)
      if (const float overlap = iou(first[i].box, second[j].box); overlap >= kSameObject)
        pairs.push_back({first[i].classId == second[j].classId, overlap,
                         first[i].score + second[j].score, i, j});
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
    if (a.sameClass != b.sameClass) return a.sameClass;
    return a.overlap != b.overlap ? a.overlap > b.overlap : a.score > b.score;
  });
  std::vector<bool> firstTaken(first.size()), secondTaken(second.size());
  for (const Pair& p : pairs) {
    if (firstTaken[p.first] || secondTaken[p.second]) continue;
    firstTaken[p.first] = secondTaken[p.second] = true;
    pair(p.first, p.second);
  }
}

ObjectChange changeOf(const Detection& before, const Detection& after) {
  if (before.classId != after.classId) return ObjectChange::renamed;
  return iou(before.box, after.box) < kUnmoved ? ObjectChange::moved : ObjectChange::same;
}

RegionMask regionOf(const Instance& instance) {
  RegionMask region;
  // Of a resized sample the box has fractions, and the mask begins with the first whole pixel.
  region.rect = {static_cast<int>(std::ceil(instance.box.x0)),
                 static_cast<int>(std::ceil(instance.box.y0)), instance.mask.cols,
                 instance.mask.rows};
  region.pixels = instance.mask;
  region.area = instance.mask.empty() ? 0 : cv::countNonZero(instance.mask);
  return region;
}

double maskIouOf(const RegionMask& a, const RegionMask& b) {
  if (a.area == 0 || b.area == 0) return ObjectNumbers::kNone;
  const cv::Rect common = a.rect & b.rect;
  std::int64_t both = 0;
  if (!common.empty()) {
    cv::Mat overlap;
    cv::bitwise_and(a.pixels(common - a.rect.tl()), b.pixels(common - b.rect.tl()), overlap);
    both = cv::countNonZero(overlap);
  }
  return static_cast<double>(both) / static_cast<double>(a.area + b.area - both);
}

/// Median of the depths (≥ 0) in a mask, or in the box if there is none.
double medianDepth(const cv::Mat& metres, const RegionMask& mask, const Box& box) {
  if (metres.empty()) return ObjectNumbers::kNone;
  cv::Rect rect = mask.rect;
  if (mask.area == 0) {
    const cv::Point first(cvFloor(box.x0), cvFloor(box.y0)), end(cvCeil(box.x1), cvCeil(box.y1));
    rect = {first, end};
  }
  const cv::Rect inside = rect & cv::Rect({0, 0}, metres.size());
  std::vector<float> depths;
  for (int y = inside.y; y < inside.y + inside.height; ++y)
    for (int x = inside.x; x < inside.x + inside.width; ++x) {
      if (mask.area > 0 && mask.pixels.at<std::uint8_t>(y - rect.y, x - rect.x) == 0) continue;
      if (const float m = metres.at<float>(y, x); m >= 0) depths.push_back(m);
    }
  if (depths.empty()) return ObjectNumbers::kNone;
  const auto middle = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() / 2);
  std::nth_element(depths.begin(), middle, depths.end());
  if (depths.size() % 2 == 1) return static_cast<double>(*middle);
  return (static_cast<double>(*middle) +
          static_cast<double>(*std::max_element(depths.begin(), middle))) /
         2;
}

void setBox(ObjectNumbers& numbers, const Box& box) {
  numbers.box = box;
  numbers.width = static_cast<double>(box.width());
  numbers.height = static_cast<double>(box.height());
  if (numbers.height > 0) numbers.aspect = numbers.width / numbers.height;
}

ObjectNumbers numbersOf(const Prediction& prediction, int index, const RegionMask& truth) {
  ObjectNumbers numbers;
  if (index < 0) return numbers;
  const Detection& d = prediction.detections[static_cast<std::size_t>(index)];
  numbers.className = prediction.classes->instanceName(d.classId);
  numbers.score = static_cast<double>(d.score);
  setBox(numbers, d.box);
  const RegionMask mask = pasteRegion(d, prediction.image.size(), 1, 1);
  numbers.maskIou = maskIouOf(mask, truth);
  numbers.depthMetres = medianDepth(prediction.depthMetres, mask, d.box);
  if (d.depthMetres >= 0) numbers.instDepthMetres = static_cast<double>(d.depthMetres);
  return numbers;
}

}  // namespace

std::vector<ObjectMatch> matchObjects(const Prediction& clean, const Prediction* attacked,
                                      const Sample* truth, double scoreThreshold) {
  const std::vector<Candidate> before = candidatesOf(clean, scoreThreshold);
  const std::vector<Candidate> after =
      attacked == nullptr ? std::vector<Candidate>{} : candidatesOf(*attacked, scoreThreshold);
  const int cleanSize = static_cast<int>(clean.detections.size());
  const int bothSizes =
      cleanSize + (attacked == nullptr ? 0 : static_cast<int>(attacked->detections.size()));

  std::vector<ObjectMatch> matches;
  for (const Candidate& c : before) {
    ObjectMatch match;
    match.number = match.clean = c.index;
    if (attacked != nullptr) match.change = ObjectChange::lost;
    matches.push_back(match);
  }
  std::vector<bool> known(after.size());
  matchByOverlap(before, after, [&](std::size_t i, std::size_t j) {
    matches[i].attacked = after[j].index;
    matches[i].change = changeOf(clean.detections[static_cast<std::size_t>(before[i].index)],
                                 attacked->detections[static_cast<std::size_t>(after[j].index)]);
    known[j] = true;
  });
  for (std::size_t j = 0; j < after.size(); ++j)
    if (!known[j])
      matches.push_back({cleanSize + after[j].index, -1, after[j].index, -1, ObjectChange::fresh});
  if (truth == nullptr) return matches;

  std::vector<Candidate> objects, found;
  for (std::size_t i = 0; i < truth->instances.size(); ++i)
    if (!truth->instances[i].crowd)
      objects.push_back(
          {static_cast<int>(i), truth->instances[i].classId, truth->instances[i].box});
  for (const ObjectMatch& match : matches)
    found.push_back(match.clean >= 0
                        ? *std::find_if(before.begin(), before.end(),
                                        [&](const Candidate& c) { return c.index == match.clean; })
                        : *std::find_if(after.begin(), after.end(), [&](const Candidate& c) {
                            return c.index == match.attacked;
                          }));
  std::vector<bool> seen(objects.size());
  matchByOverlap(found, objects, [&](std::size_t i, std::size_t j) {
    matches[i].truth = objects[j].index;
    seen[j] = true;
  });
  for (std::size_t j = 0; j < objects.size(); ++j)
    if (!seen[j])
      matches.push_back(
          {bothSizes + objects[j].index, -1, -1, objects[j].index, ObjectChange::unseen});
  return matches;
}

std::vector<int> attackedNumbers(const std::vector<ObjectMatch>& matches, const Prediction& clean,
                                 const Prediction& attacked) {
  std::vector<int> numbers(attacked.detections.size());
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = static_cast<int>(clean.detections.size() + i);
  for (const ObjectMatch& match : matches)
    if (match.attacked >= 0) numbers[static_cast<std::size_t>(match.attacked)] = match.number;
  return numbers;
}

std::vector<ObjectRow> objectRows(const std::vector<ObjectMatch>& matches, const Prediction& clean,
                                  const Prediction* attacked, const Sample* truth) {
  std::vector<ObjectRow> rows;
  for (const ObjectMatch& match : matches) {
    ObjectRow row;
    row.match = match;
    RegionMask mask;
    if (match.truth >= 0) {
      const Instance& instance = truth->instances[static_cast<std::size_t>(match.truth)];
      mask = regionOf(instance);
      row.truth.className = truth->classes->instanceName(instance.classId);
      setBox(row.truth, instance.box);
      if (mask.area > 0) row.truth.maskIou = 1;
      row.truth.depthMetres = medianDepth(truth->depthMetres, mask, instance.box);
      if (instance.depthMetres >= 0)
        row.truth.instDepthMetres = static_cast<double>(instance.depthMetres);
    }
    row.clean = numbersOf(clean, match.clean, mask);
    if (attacked != nullptr) row.attacked = numbersOf(*attacked, match.attacked, mask);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace uninet
