#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <opencv2/core.hpp>

namespace uninet {

/// Masks of COCO annotations, bit by bit those of pycocotools: CV_8U 0/1 of an image's size.

/// Of run lengths: column by column, the first run outside. Throws Error as checkRuns() does.
cv::Mat maskOfRuns(const std::vector<std::int64_t>& runs, cv::Size size);

/// The run lengths of a compressed text: 5 bits a character, low first, from the third run on as
/// differences to the run before the last. Throws Error without a file name: another character, an
/// end within a number, a negative run, one above 2^31.
std::vector<std::int64_t> runsOfText(std::string_view text);

/// Of an outline x0, y0, x1, y1, … in pixels, where the first pixel goes from 0 to 1. The outline
/// is drawn on a grid five times as fine; in each column its crossings of the line through the
/// column's middle part inside from outside, and of a pixel whose middle lies on the outline the
/// lower side belongs to it. cv::fillPoly takes whole coordinates as middles of pixels and fills
/// the outline as well: its masks are up to a pixel larger on every side. Throws Error without a
/// file name as checkOutline() does.
cv::Mat maskOfOutline(const std::vector<double>& points, cv::Size size);

/// Throw Error without a file name: a negative run, a sum that is not that of the image's pixels;
/// an odd length, less than three points, a point farther outside than the image is large.
void checkRuns(const std::vector<std::int64_t>& runs, cv::Size size);
void checkOutline(const std::vector<double>& points, cv::Size size);

}  // namespace uninet
