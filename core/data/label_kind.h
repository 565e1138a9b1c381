#pragma once

#include <array>
#include <cstdint>
#include <string>

#include <opencv2/core.hpp>

namespace uninet {

/// What the values of label images mean: Cityscapes label ids (0 to 33) or train ids (0 to 18).
enum class LabelKind { labelIds, trainIds };

/// Option --labels: a kind, or found out from the values.
enum class LabelChoice { automatic, labelIds, trainIds };
/// label-ids, train-ids or auto; throws Error.
LabelChoice parseLabelChoice(const std::string& text);

/// How often each value occurs.
using LabelCounts = std::array<std::int64_t, 256>;
void countLabels(const cv::Mat& labels, LabelCounts& counts);

/// Kind, and a sentence for the notes unless the values leave no doubt that they are label ids.
struct LabelVerdict {
  LabelKind kind = LabelKind::labelIds;
  std::string note;
};

/// The kind of labels with these values over several images. Values from 20 to 33 are label ids:
/// train ids end at 18, and some tools give 19 to void. Below, most pixels of label ids are of
/// classes that are evaluated (road 7, building 11 …), and most pixels of train ids would not be
/// (road 0, building 2, sky 10). Label ids are taken where that does not decide either.
LabelVerdict judgeLabels(const LabelCounts& counts);

/// CV_8U: Cityscapes label ids of train ids; 0 (unlabelled) for 255 and every other value.
cv::Mat labelsFromTrainIds(const cv::Mat& trainIds);

}  // namespace uninet
