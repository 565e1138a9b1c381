#include "ui/views/picture_cache.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace uninet {
namespace {

constexpr std::size_t kMostPictures = 32, kMostTiles = 64;
constexpr double kSharpFrom = 2;  ///< screen pixels per pixel of the picture

}  // namespace

PictureCache::Levels& PictureCache::levelsOf(const QImage& picture) {
  const auto known = std::find_if(levels_.begin(), levels_.end(), [&](const Levels& levels) {
    return levels.picture.cacheKey() == picture.cacheKey();
  });
  if (known != levels_.end()) {
    levels_.splice(levels_.begin(), levels_, known);
    return levels_.front();
  }
  levels_.push_front({picture, {}});
  const QImage& kept = levels_.front().picture;
  // Only read: the picture shares its pixels with whoever made it.
  levels_.front().halves.emplace_back(kept.height(), kept.width(), CV_8UC4,
                                      const_cast<uchar*>(kept.constBits()),
                                      static_cast<std::size_t>(kept.bytesPerLine()));
  if (levels_.size() > kMostPictures) levels_.pop_back();
  return levels_.front();
}

QImage PictureCache::scale(const QImage& picture, QSize scaled, QRect rect, double ratio) {
  ++scalings_;
  std::vector<cv::Mat>& halves = levelsOf(picture).halves;
  const double wanted = static_cast<double>(scaled.width()) / picture.width();
  std::size_t level = 0;
  for (double size = 0.5; size >= wanted * 0.9 && halves[level].rows > 1 && halves[level].cols > 1;
       size /= 2, ++level)
    if (level + 1 == halves.size()) {
      cv::Mat half;
      cv::resize(halves[level], half, {}, 0.5, 0.5, cv::INTER_AREA);
      halves.push_back(half);
    }
  const cv::Mat& source = halves[level];
  const double x = static_cast<double>(source.cols) / scaled.width();
  const double y = static_cast<double>(source.rows) / scaled.height();
  QImage tile(rect.size(), QImage::Format_RGB32);
  cv::Mat out(tile.height(), tile.width(), CV_8UC4, tile.bits(),
              static_cast<std::size_t>(tile.bytesPerLine()));
  // From the middle of a pixel of the screen to the source.
  const cv::Matx23d place(x, 0, (rect.x() + 0.5) * x - 0.5, 0, y, (rect.y() + 0.5) * y - 0.5);
  cv::warpAffine(
      source, out, place, out.size(),
      (wanted >= kSharpFrom ? cv::INTER_NEAREST : cv::INTER_LINEAR) | cv::WARP_INVERSE_MAP,
      cv::BORDER_REPLICATE);
  tile.setDevicePixelRatio(ratio);
  return tile;
}

void PictureCache::keep(const std::set<qint64>& pictures) {
  tiles_.remove_if([&](const Tile& tile) { return !pictures.contains(tile.picture); });
  levels_.remove_if(
      [&](const Levels& levels) { return !pictures.contains(levels.picture.cacheKey()); });
}

void PictureCache::draw(QPainter& painter, const QImage& picture, const QRectF& target,
                        const QRectF& clip, double ratio) {
  const QSize scaled(std::max(1, static_cast<int>(std::lround(target.width() * ratio))),
                     std::max(1, static_cast<int>(std::lround(target.height() * ratio))));
  const QRectF shown = clip.intersected(target).translated(-target.topLeft());
  if (picture.isNull() || shown.isEmpty()) return;
  const QRect whole({0, 0}, scaled);
  const QRect visible =
      QRectF(shown.topLeft() * ratio, shown.size() * ratio).toAlignedRect().intersected(whole);
  const qint64 key = picture.cacheKey();
  const auto same = [&](const Tile& tile) { return tile.picture == key && tile.scaled == scaled; };
  auto tile = std::find_if(tiles_.begin(), tiles_.end(),
                           [&](const Tile& t) { return same(t) && t.rect.contains(visible); });
  if (tile == tiles_.end()) {
    // The same size again is a pan, which will go on: some more than is seen is kept.
    QRect rect = visible;
    if (std::any_of(tiles_.begin(), tiles_.end(), same))
      rect =
          rect.adjusted(-rect.width() / 4, -rect.height() / 4, rect.width() / 4, rect.height() / 4)
              .intersected(whole);
    tiles_.remove_if(same);
    tiles_.push_front({key, scaled, rect, scale(picture, scaled, rect, ratio)});
    if (tiles_.size() > kMostTiles) tiles_.pop_back();
  } else {
    tiles_.splice(tiles_.begin(), tiles_, tile);
  }
  const Tile& found = tiles_.front();
  painter.save();
  painter.setClipRect(clip, Qt::IntersectClip);
  painter.drawImage(target.topLeft() + QPointF(found.rect.topLeft()) / ratio, found.image);
  painter.restore();
}

}  // namespace uninet
