#include "ui/document/panel_images.h"

namespace uninet {

QImage toQImage(const cv::Mat& rgb) {
  if (rgb.empty()) return {};
  return QImage(rgb.data, rgb.cols, rgb.rows, static_cast<qsizetype>(rgb.step),
                QImage::Format_RGB888)
      .convertToFormat(QImage::Format_RGB32);
}

PanelImages renderPanels(const Prediction& prediction, const DrawOptions& draw) {
  PanelImages images;
  images[0] = toQImage(prediction.image);
  for (std::size_t i = 0; i < tasks().size(); ++i)
    if (prediction.tasks.has(tasks()[i].task))
      images[i + 1] = toQImage(drawTask(tasks()[i].task, prediction, draw));
  return images;
}

}  // namespace uninet
