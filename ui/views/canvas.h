#pragma once

#include <array>
#include <optional>

#include <QWidget>

#include "core/base/geometry.h"
#include "ui/views/canvas_state.h"
#include "ui/views/panel_view.h"

namespace uninet {

/// How the panels are laid out: all of them; one large and the others as a strip; all of them, with
/// clean and attacked beside a divider.
enum class CanvasLayout { grid, focus, wipe };

/// The pictures: the input and the tasks of a scene, each clean, attacked, with what changed and as
/// the truth is, under one camera. Rows without content take no room. Objects have
/// ObjectMatch::number.
///
/// Keyboard, on a panel: arrows, + −, F (or 0) fits; Enter (or a double click) focuses and back;
/// Shift+arrows move the divider; Space held shows the other state; Esc clears the selection, or
/// what is being drawn.
class Canvas : public QWidget {
  Q_OBJECT
 public:
  explicit Canvas(QWidget* parent = nullptr);

  ViewCamera& camera() { return state_.camera; }
  /// All rows at once.
  void setScene(const Scene& scene);
  /// One row; nullopt empties it.
  void setContent(Row row, const std::optional<RowContent>& content);
  const PanelContent& content(Row row, std::size_t panel) const {
    return rows_[static_cast<std::size_t>(row)][panel];
  }
  /// Whether a row has content, whether a person wants it, and whether it is seen: both.
  bool hasContent(Row row) const { return there_[static_cast<std::size_t>(row)]; }
  bool rowOn(Row row) const { return on_[static_cast<std::size_t>(row)]; }
  bool rowShown(Row row) const { return hasContent(row) && rowOn(row); }
  void setRowOn(Row row, bool on);

  void setLayout(CanvasLayout layout);
  CanvasLayout layoutKind() const { return layout_; }
  /// The panels that there are, in their order: more than kMeasuredPanels where the scene has
  /// auxiliary tasks. An empty scene leaves them as they are.
  const std::vector<std::size_t>& panels() const { return panels_; }
  /// The panel that is large in Focus, 0 to kPanels − 1; the image while it is not there.
  void setFocusPanel(std::size_t panel);
  std::size_t focusPanel() const { return focusPanel_; }
  /// Place of the divider, 0 to 1.
  void setWipe(double place);
  double wipe() const { return state_.wipe; }
  /// While on, the other one of clean and attacked is shown.
  void setFlicker(bool on);
  bool flickers() const { return state_.flicker; }

  void setBadges(const std::array<Badge, kPanels>& badges);
  /// What stands there as long as there is no content; and in one panel, instead of its own reason.
  void setEmptyText(const QString& text);
  void setEmptyText(std::size_t panel, const QString& text);
  /// Semantic classes, by name, that the legend shows as hidden.
  void setHiddenClasses(const std::set<std::string>& hidden);

  /// Captions in place of "clean" and "attacked", and of "clean" where a divider has both: of two
  /// networks "clean B", "attacked A → B", "A | B". An empty one: as without.
  struct Captions {
    QString clean, attacked, wiped;
    bool operator==(const Captions&) const = default;
  };
  void setCaptions(const Captions& captions);
  /// −1: none.
  void setSelected(int number);
  void setHovered(int number);
  int selectedObject() const { return state_.focus.selected; }
  int hoveredObject() const { return state_.focus.hovered; }
  /// Shows a box, in network pixels, with room around it.
  void zoomTo(const Box& box);

  void setDrawMode(DrawMode mode);
  DrawMode drawMode() const { return state_.region.mode(); }
  /// The region that is set, as parseRegion() takes it; `outlines` (network pixels) are drawn for
  /// those that are neither box nor polygon.
  void setRegion(const QString& region, std::vector<QPolygonF> outlines = {});

  /// The view of a panel in a row; in a wipe that of the clean row shows both.
  PanelView& view(Row row, std::size_t panel) const {
    return *views_[panel][static_cast<std::size_t>(row)];
  }
  /// Network size of what is shown; 0×0: nothing yet.
  QSize pictureSize() const;

  QSize sizeHint() const override { return {1200, 800}; }
  QSize minimumSizeHint() const override { return {360, 240}; }

 Q_SIGNALS:
  void hovered(int number);
  void selected(int number);
  void objectMenuRequested(int number, const QPoint& globalPos);
  void regionDrawn(const QString& region);
  /// By a click on the legend; nothing has changed yet.
  void hiddenClassesRequested(const std::set<std::string>& hidden);
  void layoutChanged();  ///< layout, focus panel, divider or rows
  void panelsChanged();
  void drawModeChanged(DrawMode mode);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void keyReleaseEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  /// What is shown of a panel, from the top.
  using Cell = std::vector<Row>;

  void connectView(PanelView& view);
  void contentChanged();
  void arrange();
  /// Sets the contents of the views; a cell of `wiped` panels has clean and attacked in one view.
  void fillViews(bool wiped);
  Cell cellOf(bool wiped) const;
  /// What the strip in Focus shows.
  Row stripRow(const Cell& cell) const;
  bool hasPanel(std::size_t panel) const;
  std::size_t largePanel() const { return hasPanel(focusPanel_) ? focusPanel_ : 0; }
  void setPanels(TaskSet auxiliary);
  void placeGrid(const Cell& cell);
  void placeFocus(const Cell& cell);
  void placeView(Row row, std::size_t panel, const QRectF& rect);
  QString captionOf(Row row) const;
  void invalidateViews();
  void chooseFocus(std::size_t panel);
  double aspect() const;

  CanvasState state_;
  std::array<RowContent, kRows> rows_;
  std::array<bool, kRows> there_{}, on_{true, true, false, false};
  std::array<std::array<PanelView*, kRows>, kPanels> views_{};
  CanvasLayout layout_ = CanvasLayout::grid, before_ = CanvasLayout::grid;  ///< before Focus
  std::vector<std::size_t> panels_{0, 1, 2, 3, 4, 5};
  std::size_t focusPanel_ = 0;
  bool target_ = false;
  Captions captions_;
  std::array<Badge, kPanels> badges_;
  QSize lastSize_;  ///< of the last picture, so that an empty canvas keeps its places
  QString emptyText_;
};

}  // namespace uninet
