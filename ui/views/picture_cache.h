#pragma once

#include <list>
#include <set>
#include <vector>

#include <QImage>
#include <QRect>

#include <opencv2/core.hpp>

class QPainter;

namespace uninet {

/// Scaled parts of pictures, shared by all panels: a repaint, and a pan as far as what is kept
/// reaches, copy pixels and scale nothing. Scaling starts from halves of the picture that are made
/// once. Pixels are shown sharp where they are larger than two of the screen.
class PictureCache {
 public:
  /// Draws `picture` (Format_RGB32) into `target`, as far as it lies in `clip`. `target` lies on
  /// whole pixels of the screen, of which a logical pixel has `ratio`.
  void draw(QPainter& painter, const QImage& picture, const QRectF& target, const QRectF& clip,
            double ratio);
  /// Forgets all others; by QImage::cacheKey().
  void keep(const std::set<qint64>& pictures);
  /// How often something was scaled; for tests.
  int scalings() const { return scalings_; }

 private:
  struct Levels {
    QImage picture;
    std::vector<cv::Mat> halves;  ///< CV_8UC4; the first is the picture itself
  };
  struct Tile {
    qint64 picture;
    QSize scaled;  ///< of the whole picture, screen pixels
    QRect rect;    ///< of it that is kept
    QImage image;
  };
  Levels& levelsOf(const QImage& picture);
  QImage scale(const QImage& picture, QSize scaled, QRect rect, double ratio);

  std::list<Levels> levels_;  ///< used last in front
  std::list<Tile> tiles_;     ///< used last in front
  int scalings_ = 0;
};

}  // namespace uninet
