#pragma once

#include <optional>

#include <QPainterPath>
#include <QPixmap>
#include <QWidget>

#include "ui/views/canvas_state.h"
#include "ui/views/legend.h"

namespace uninet {

/// One panel in one row: a picture with its objects under the shared camera; two of them beside a
/// divider in a wipe.
class PanelView : public QWidget {
  Q_OBJECT
 public:
  /// A state that is shown: where it comes from and what it is called.
  struct Side {
    Row row = Row::clean;
    const PanelContent* content = nullptr;
    QString caption;
  };
  PanelView(CanvasState& state, std::size_t panel, QWidget* parent);

  /// `other` is what a flicker shows; without `right` there is no divider.
  void setSides(const Side& left, const std::optional<Side>& right,
                const std::optional<Side>& other);
  void setBadge(const Badge& badge);
  /// What stands there while there is no picture.
  void setEmptyText(const QString& text);
  /// Whether the legend of its content is drawn in it.
  void setLegendShown(bool shown);
  /// What it shows has to be drawn anew.
  void invalidate();

  std::size_t panel() const { return panel_; }
  const PanelContent& content() const { return *left_.content; }
  bool wipes() const { return right_.has_value(); }
  /// Where a picture lies in this view.
  ViewMap map() const;
  /// Of the state at a place of the view.
  std::vector<PlacedLabel> labels() const { return labelsOf(sideAt({0, 0})); }
  std::vector<ClassChip> classChips() const;
  QString caption() const;    ///< "Depth clean"
  QString badgeText() const;  ///< "0.36", "–"; empty: there is none
  QRectF badgeRect() const;
  QString shownEmptyText() const;

 Q_SIGNALS:
  void pointedAt(int number);
  void clicked(int number);
  void menuRequested(int number, const QPoint& globalPos);
  void focusRequested();
  void wipeMoved(double place);
  void regionEdited();
  void regionFinished(const QString& region);
  void classClicked(int index, bool isolate);
  void classesToggled();

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void leaveEvent(QEvent* event) override;

 private:
  enum class Drag { none, pan, wipe, region, swallow };

  bool flickers() const { return state_.flicker && other_.has_value(); }
  bool divided() const { return right_.has_value() && !flickers(); }
  const Side& sideAt(QPointF place) const;
  double dividerX() const { return state_.wipe * width(); }
  bool onDivider(QPointF place) const;
  double reach() const;  ///< of a corner, in network pixels
  QFont labelFont() const;
  std::vector<QRectF> obstacles() const;
  std::vector<PlacedLabel> labelsOf(const Side& side) const;
  int numberAt(QPointF place) const;
  void updateCursorShape(QPointF place);
  void updateCross();
  void followCursor(QPointF place);
  bool takesKey(int key) const;
  bool clickedLegend(QPointF place, Qt::KeyboardModifiers modifiers);

  // panel_view_paint.cpp
  void render();
  void paintSide(QPainter& painter, const Side& side, const QRectF& clip);
  void paintEmpty(QPainter& painter);
  QPainterPath regionPath() const;
  void paintRegion(QPainter& painter);
  void paintChips(QPainter& painter);
  void paintCross(QPainter& painter);
  /// What of caption() has room in the chip: without the state in the smallest panels.
  QString chipState() const;
  QRectF chipRect(const QString& bold, const QString& plain, QPointF corner, bool right) const;
  void paintChip(QPainter& painter, const QRectF& rect, const QString& bold, const QString& plain,
                 const QColor& colour) const;

  CanvasState& state_;
  std::size_t panel_;
  Side left_;
  std::optional<Side> right_, other_;
  Badge badge_;
  QString emptyText_;
  bool legendShown_ = false;
  QPixmap layer_;  ///< everything but the cursor's cross and the focus frame
  bool stale_ = true;
  QRect cross_;  ///< where the cursor's cross was painted
  Drag drag_ = Drag::none;
  bool moved_ = false;
  QPointF pressed_, dragCentre_;
};

}  // namespace uninet
