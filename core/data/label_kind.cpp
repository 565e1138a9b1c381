#include "core/data/label_kind.h"

#include "core/base/error.h"
#include "core/data/class_table.h"

namespace uninet {

LabelChoice parseLabelChoice(const std::string& text) {
  if (text == "auto") return LabelChoice::automatic;
  if (text == "label-ids") return LabelChoice::labelIds;
  if (text == "train-ids") return LabelChoice::trainIds;
  throw Error(concat("labels: expected label-ids, train-ids or auto, found \"", text, "\""));
}

void countLabels(const cv::Mat& labels, LabelCounts& counts) {
  for (int y = 0; y < labels.rows; ++y) {
    const auto* row = labels.ptr<std::uint8_t>(y);
    for (int x = 0; x < labels.cols; ++x) ++counts[row[x]];
  }
}

LabelVerdict judgeLabels(const LabelCounts& counts) {
  constexpr std::size_t kFirstSure = 20, kLastLabel = 33, kLastTrainId = 18;
  // Ids up to 6 are void in label ids and all that the test split of Cityscapes holds.
  constexpr std::size_t kFirstClass = 7;
  constexpr double kMost = 0.5, kFew = 0.3;
  for (std::size_t id = kFirstSure; id <= kLastLabel; ++id)
    if (counts[id] > 0) return {};
  std::int64_t evaluated = 0, others = 0;
  bool anyClass = false;
  std::string values;
  for (std::size_t id = 0; id < counts.size(); ++id) {
    if (counts[id] == 0) continue;
    if (id <= kLastTrainId) {
      (cityscapesClasses()->trainIdOfLabel(static_cast<int>(id)) != kIgnoreLabel ? evaluated : others) += counts[id];
      anyClass = anyClass || id >= kFirstClass;
    }
    values += (values.empty() ? "" : " ") + std::to_string(id);
  }
  const std::int64_t all = evaluated + others;
  const double share = all > 0 ? static_cast<double>(others) / static_cast<double>(all) : 0;
  if (anyClass && share >= kMost)
    return {LabelKind::trainIds,
            "labels are read as train ids, going by their values (or give --labels label-ids): " +
                values};
  if (anyClass && share <= kFew) return {};
  return {LabelKind::labelIds,
          "labels are read as label ids, though their values do not decide it (or give --labels "
          "train-ids): " +
              (values.empty() ? "none" : values)};
}

cv::Mat labelsFromTrainIds(const cv::Mat& trainIds) {
  cv::Mat table = cv::Mat::zeros(1, 256, CV_8U), labels;
  for (int id = 0; id < 256; ++id)
    if (const std::uint8_t trainId = cityscapesClasses()->trainIdOfLabel(id); trainId != kIgnoreLabel)
      table.at<std::uint8_t>(trainId) = static_cast<std::uint8_t>(id);
  cv::LUT(trainIds, table, labels);
  return labels;
}

}  // namespace uninet
