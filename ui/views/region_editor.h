#pragma once

#include <optional>
#include <vector>

#include <QPointF>
#include <QPolygonF>
#include <QSize>
#include <QString>

namespace uninet {

/// What the left button draws on the canvas.
enum class DrawMode { pan, box, polygon };

/// The region of an attack as it is drawn and changed by hand; no widget. All coordinates are in
/// network pixels. Texts are as parseRegion() takes them: "box:x0,y0,x1,y1", "polygon:x,y,…".
class RegionEditor {
 public:
  void setSize(QSize picture) { size_ = picture; }
  void setMode(DrawMode mode);
  DrawMode mode() const { return mode_; }

  /// The region that is set. Of other kinds than box and polygon `outlines` are drawn, without
  /// corners that can be moved.
  void setRegion(const QString& text, std::vector<QPolygonF> outlines = {});
  /// What is to be drawn, closed: the region that is set, as it is being changed.
  std::vector<QPolygonF> outlines() const;
  /// Its corners that can be moved.
  std::vector<QPointF> corners() const;
  /// The corners of a polygon that is not closed yet, with the place of the cursor as the last one.
  const std::vector<QPointF>& draft() const { return draft_; }
  bool drawing() const { return !draft_.empty() || dragging_; }

  /// The left button, `reach`: how near to a corner it has to be. Whether it is for the region.
  bool press(QPointF at, double reach);
  void move(QPointF at);
  /// The region, if it is finished now.
  std::optional<QString> release(QPointF at, double reach);
  /// Closes a polygon of at least three corners.
  std::optional<QString> close();
  void removeCorner();
  void cancel();
  /// Which corner of the region is within reach; −1: none.
  int cornerAt(QPointF at, double reach) const;

 private:
  enum class Kind { none, box, polygon, other };
  QPointF limited(QPointF at) const;
  QString text() const;

  QSize size_;
  DrawMode mode_ = DrawMode::pan;
  Kind kind_ = Kind::none;
  std::vector<QPointF> points_;  ///< of a box: two opposite corners; of a polygon: its pixels
  std::vector<QPolygonF> others_;
  std::vector<QPointF> draft_;
  bool dragging_ = false;  ///< a box is being drawn, or a corner moved
  int corner_ = -1;        ///< that is moved
  Kind keptKind_ = Kind::none;
  std::vector<QPointF> kept_;  ///< before the drag
  QString keptText_;
};

}  // namespace uninet
