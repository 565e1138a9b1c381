#pragma once

#include <string>

#include "core/data/sample.h"

namespace uninet {

/// The part of an image that an attack may change, CV_8U 0/1 at the size of `sample` (network
/// size; all coordinates are its pixels):
///   box:x0,y0,x1,y1       the last two exclusive
///   polygon:x,y,x,y,…     at least three corners, filled
///   instance:N            the pixels of object N of the ground truth, from 0
///   mask:FILE             a picture of that size; what is not black
/// "" is the whole image: an empty map. Throws Error: another form, nothing inside, no such object.
cv::Mat parseRegion(const std::string& text, const Sample& sample);

}  // namespace uninet
