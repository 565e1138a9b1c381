#pragma once

#include <QPointF>
#include <QString>

namespace uninet {

class Document;

/// What all outputs say at a place of the image (0..1 in both directions): pixel, label, depth and
/// object, clean → attacked, and the ground truth. Empty without a prediction.
QString probeText(const Document& document, QPointF at);

}  // namespace uninet
