#include "core/metrics/average_precision.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace uninet {
namespace {

constexpr int kThresholds = 10;
constexpr std::size_t kLargestCount = 100;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

double threshold(int i) { return 0.5 + 0.05 * i; }

double boxOverlap(const Box& a, const Box& b, bool crowd) {
  const double width = std::min<double>(a.x1, b.x1) - std::max<double>(a.x0, b.x0);
  const double height = std::min<double>(a.y1, b.y1) - std::max<double>(a.y0, b.y0);
  if (width <= 0 || height <= 0) return 0;
  const auto area = [](const Box& box) {
    return (static_cast<double>(box.x1) - box.x0) * (static_cast<double>(box.y1) - box.y0);
  };
  const double common = width * height;
  return common / (crowd ? area(a) : area(a) + area(b) - common);
}

double maskOverlap(const RegionMask& a, const RegionMask& b, bool crowd) {
  const cv::Rect both = a.rect & b.rect;
  if (both.empty() || a.area == 0) return 0;
  std::int64_t common = 0;
  for (int y = both.y; y < both.br().y; ++y) {
    const std::uint8_t* pa = a.pixels.ptr<std::uint8_t>(y - a.rect.y) - a.rect.x;
    const std::uint8_t* pb = b.pixels.ptr<std::uint8_t>(y - b.rect.y) - b.rect.x;
    int row = 0;  // of 32 bits, which sums faster
    for (int x = both.x; x < both.br().x; ++x) row += pa[x] & pb[x];
    common += row;
  }
  return static_cast<double>(common) /
         static_cast<double>(crowd ? a.area : a.area + b.area - common);
}

ApMatches matchClass(const std::vector<const ApTruth*>& all, std::vector<const ApFound*> found,
                     bool masks) {
  ApMatches out;
  std::vector<const ApTruth*> truths = all;
  std::stable_partition(truths.begin(), truths.end(), [](const ApTruth* t) { return !t->crowd; });
  std::stable_sort(found.begin(), found.end(),
                   [](const ApFound* a, const ApFound* b) { return a->score > b->score; });
  if (found.size() > kLargestCount) found.resize(kLargestCount);
  out.positives =
      std::count_if(truths.begin(), truths.end(), [](const ApTruth* t) { return !t->crowd; });

  std::vector<std::uint16_t> taken(truths.size(), 0);
  for (const ApFound* f : found) {
    ApRecord record;
    record.score = f->score;
    std::vector<double> overlaps;
    for (const ApTruth* truth : truths)
      overlaps.push_back(masks ? maskOverlap(f->mask, truth->mask, truth->crowd)
                               : boxOverlap(f->box, truth->box, truth->crowd));
    for (int t = 0; t < kThresholds; ++t) {
      const auto bit = static_cast<std::uint16_t>(1 << t);
      double best = std::min(threshold(t), 1 - 1e-10);
      std::ptrdiff_t match = -1;
      for (std::size_t g = 0; g < truths.size(); ++g) {
        if ((taken[g] & bit) != 0 && !truths[g]->crowd) continue;
        if (match >= 0 && !truths[static_cast<std::size_t>(match)]->crowd && truths[g]->crowd)
          break;
        if (overlaps[g] < best) continue;
        best = overlaps[g];
        match = static_cast<std::ptrdiff_t>(g);
      }
      if (match < 0) continue;
      taken[static_cast<std::size_t>(match)] |= bit;
      record.matched |= bit;
      if (truths[static_cast<std::size_t>(match)]->crowd) record.ignored |= bit;
    }
    out.records.push_back(record);
  }
  return out;
}

}  // namespace

std::vector<ApMatches> matchImage(const std::vector<ApTruth>& truths,
                                  const std::vector<ApFound>& found, int classes, bool masks) {
  std::vector<ApMatches> result;
  for (int classId = 1; classId <= classes; ++classId) {
    std::vector<const ApTruth*> ours;
    std::vector<const ApFound*> theirs;
    for (const ApTruth& truth : truths)
      if (truth.classId == classId) ours.push_back(&truth);
    for (const ApFound& f : found)
      if (f.classId == classId) theirs.push_back(&f);
    result.push_back(matchClass(ours, std::move(theirs), masks));
  }
  return result;
}

AveragePrecision::AveragePrecision(const std::vector<const ApMatches*>& images) {
  for (std::size_t i = 0; i < images.size(); ++i) {
    for (const ApRecord& record : images[i]->records) entries_.push_back({record, i});
    positives_.push_back(images[i]->positives);
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.record.score > b.record.score; });
}

ApResult AveragePrecision::compute(std::span<const int> times) const {
  const auto weight = [&](std::size_t image) { return times.empty() ? 1 : times[image]; };
  std::int64_t positives = 0;
  for (std::size_t i = 0; i < positives_.size(); ++i) positives += positives_[i] * weight(i);
  if (positives == 0) return {kNone, kNone};
  ApResult result;
  std::vector<double> recall, precision;
  for (int t = 0; t < kThresholds; ++t) {
    const auto bit = static_cast<std::uint16_t>(1 << t);
    recall.clear();
    precision.clear();
    double hits = 0, misses = 0;
    for (const Entry& entry : entries_) {
      const int count = weight(entry.image);
      if (count == 0) continue;
      if ((entry.record.ignored & bit) == 0)
        ((entry.record.matched & bit) != 0 ? hits : misses) += count;
      recall.push_back(hits / static_cast<double>(positives));
      precision.push_back(hits / (hits + misses + std::numeric_limits<double>::epsilon()));
    }
    for (std::size_t i = precision.size(); i > 1; --i)
      precision[i - 2] = std::max(precision[i - 2], precision[i - 1]);
    double sum = 0;
    for (int r = 0; r <= 100; ++r) {
      const auto at = std::lower_bound(recall.begin(), recall.end(), r * 0.01) - recall.begin();
      if (at < static_cast<std::ptrdiff_t>(precision.size()))
        sum += precision[static_cast<std::size_t>(at)];
    }
    result.ap += sum / 101 / kThresholds;
    if (t == 0) result.ap50 = sum / 101;
  }
  return result;
}

ApResult meanOf(std::span<const ApResult> classes) {
  ApResult total;
  int occurring = 0;
  for (const ApResult& result : classes) {
    if (std::isnan(result.ap)) continue;
    total.ap += result.ap;
    total.ap50 += result.ap50;
    ++occurring;
  }
  if (occurring == 0) return {kNone, kNone};
  return {total.ap / occurring, total.ap50 / occurring};
}

}  // namespace uninet
