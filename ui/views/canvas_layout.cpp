// Where the panels of the canvas stand, and what each of them shows.
#include <algorithm>
#include <cmath>

#include "ui/views/canvas.h"
#include "ui/views/canvas_style.h"

namespace uninet {
namespace {

using canvas::kGap;

/// Cells of equal pictures.
struct Grid {
  int columns = 1, rows = 1;  ///< of cells
  int across = 1, down = 1;   ///< of pictures in a cell
  double width = 0;           ///< of a picture
};

/// The arrangement that makes the pictures largest; of a cell above each other if that is as good.
Grid largest(int cells, int pictures, QSizeF room, double aspect) {
  Grid best;
  for (int across = 1; across <= pictures; ++across) {
    const int down = (pictures + across - 1) / across;
    for (int columns = 1; columns <= cells; ++columns) {
      const int rows = (cells + columns - 1) / columns;
      const int wide = columns * across, high = rows * down;
      const double width = std::min((room.width() - kGap * (wide - 1)) / wide,
                                    (room.height() - kGap * (high - 1)) / high * aspect);
      if (width > best.width + 0.5) best = {columns, rows, across, down, width};
    }
  }
  return best;
}

}  // namespace

QString Canvas::captionOf(Row row) const {
  if (row == Row::attacked && target_) return tr("target");
  if (row == Row::clean && !captions_.clean.isEmpty()) return captions_.clean;
  if (row == Row::attacked && !captions_.attacked.isEmpty()) return captions_.attacked;
  return rowTitle(row);
}

Canvas::Cell Canvas::cellOf(bool wiped) const {
  Cell cell;
  for (const Row row : {Row::clean, Row::attacked, Row::change, Row::truth})
    if (rowShown(row) && !(wiped && row == Row::attacked)) cell.push_back(row);
  // Rows that are switched on and empty take no room, but something is always there.
  if (cell.empty()) cell.push_back(hasContent(Row::attacked) ? Row::attacked : Row::clean);
  return cell;
}

Row Canvas::stripRow(const Cell& cell) const {
  return rowShown(Row::attacked) ? Row::attacked : cell.front();
}

void Canvas::fillViews(bool wiped) {
  for (std::size_t panel = 0; panel < kPanels; ++panel)
    for (const Row row : {Row::clean, Row::attacked, Row::change, Row::truth}) {
      const auto side = [&](Row from) {
        return PanelView::Side{from, &content(from, panel), captionOf(from)};
      };
      const bool both = hasContent(Row::clean) && hasContent(Row::attacked) &&
                        !content(Row::clean, panel).picture.isNull() &&
                        !content(Row::attacked, panel).picture.isNull();
      std::optional<PanelView::Side> right, other;
      const bool divided = both && wiped && row == Row::clean;
      if (divided) right = side(Row::attacked);
      // With clean and attacked side by side the attacked one flickers; alone each does.
      if (both && row == Row::attacked) other = side(Row::clean);
      if (both && row == Row::clean && (divided || !rowShown(Row::attacked)))
        other = divided ? side(Row::clean) : side(Row::attacked);
      PanelView& shown = view(row, panel);
      PanelView::Side left = side(row);
      if (divided && !captions_.wiped.isEmpty()) left.caption = captions_.wiped;
      shown.setSides(left, right, other);
      const bool judged = both && !target_ && (row == Row::attacked || divided);
      shown.setBadge(judged ? badges_[panel] : Badge{});
      shown.setAccessibleName(
          divided ? tr("%1, clean and attacked").arg(panelTitle(panel))
                  : QStringLiteral("%1, %2").arg(panelTitle(panel), captionOf(row)));
    }
}

void Canvas::placeView(Row row, std::size_t panel, const QRectF& rect) {
  PanelView& shown = view(row, panel);
  // Whole pixels, never larger than the room that was found.
  shown.setGeometry(static_cast<int>(std::lround(rect.x())),
                    static_cast<int>(std::lround(rect.y())),
                    std::max(1, static_cast<int>(std::floor(rect.width() + 1e-6))),
                    std::max(1, static_cast<int>(std::floor(rect.height() + 1e-6))));
}

void Canvas::placeGrid(const Cell& cell) {
  const auto pictures = static_cast<int>(cell.size());
  const auto cells = static_cast<int>(panels_.size());
  const Grid grid = largest(cells, pictures, size(), aspect());
  const double stepX = grid.width + kGap, stepY = grid.width / aspect() + kGap;
  const double left = (width() - grid.columns * grid.across * stepX + kGap) / 2;
  const double top = (height() - grid.rows * grid.down * stepY + kGap) / 2;
  for (int place = 0; place < cells; ++place)
    for (int i = 0; i < pictures; ++i) {
      const int column = place % grid.columns * grid.across + i % grid.across;
      const int row = place / grid.columns * grid.down + i / grid.across;
      placeView(cell[static_cast<std::size_t>(i)], panels_[static_cast<std::size_t>(place)],
                {left + column * stepX, top + row * stepY, grid.width, grid.width / aspect()});
    }
}

void Canvas::placeFocus(const Cell& cell) {
  const int others = static_cast<int>(panels_.size()) - 1, pictures = static_cast<int>(cell.size());
  // The strip stands beside the large panel or below it, where that leaves it larger.
  const double beside = std::min({double{canvas::kStripWidth}, width() * 0.2,
                                  (height() - kGap * (others - 1.0)) / others * aspect()});
  const double below =
      std::min((width() - kGap * (others - 1.0)) / others, double{canvas::kStripWidth} * 1.25);
  const Grid narrow = largest(1, pictures, QSizeF(width() - beside - kGap, height()), aspect());
  const Grid wide =
      largest(1, pictures, QSizeF(width(), height() - below / aspect() - kGap), aspect());
  const bool isBelow = wide.width > narrow.width + 1;
  const Grid& grid = isBelow ? wide : narrow;
  const double small = isBelow ? below : beside;
  const double stepX = grid.width + kGap, stepY = grid.width / aspect() + kGap;
  const double usedX = grid.across * stepX - kGap, usedY = grid.down * stepY - kGap;
  const double stripX = small + kGap, stripY = small / aspect() + kGap;
  const double left = std::max(0., (width() - usedX - (isBelow ? 0 : stripX)) / 2);
  const double top = std::max(0., (height() - usedY - (isBelow ? stripY : 0)) / 2);
  for (int i = 0; i < pictures; ++i)
    placeView(cell[static_cast<std::size_t>(i)], largePanel(),
              {left + i % grid.across * stepX, top + i / grid.across * stepY, grid.width,
               grid.width / aspect()});
  // Level with the large panel, as far as there is room.
  double x = isBelow ? std::min(left, width() - others * stripX + kGap) : left + usedX + kGap;
  double y = isBelow ? top + usedY + kGap : std::min(top, height() - others * stripY + kGap);
  for (const std::size_t panel : panels_) {
    if (panel == largePanel()) continue;
    placeView(stripRow(cell), panel, {x, y, small, small / aspect()});
    (isBelow ? x : y) += isBelow ? stripX : stripY;
  }
}

void Canvas::arrange() {
  const bool both = rowShown(Row::clean) && rowShown(Row::attacked);
  const bool focus = layout_ == CanvasLayout::focus;
  // In Focus clean and attacked share the large panel.
  const bool wiped = both && layout_ != CanvasLayout::grid;
  fillViews(wiped);
  const Cell cell = cellOf(wiped);
  const bool anything = !lastSize_.isEmpty();
  const Row small = stripRow(cell);
  for (std::size_t panel = 0; panel < kPanels; ++panel)
    for (const Row row : {Row::clean, Row::attacked, Row::change, Row::truth}) {
      PanelView& shown = view(row, panel);
      const bool strip = focus && panel != largePanel();
      const bool used =
          strip ? row == small : std::find(cell.begin(), cell.end(), row) != cell.end();
      shown.setLegendShown(!strip && (row == cell.front() || row == Row::change));
      shown.setVisible(anything && used && hasPanel(panel));
      const bool empty = !hasContent(row) && !emptyText_.isEmpty();
      if (empty) rows_[static_cast<std::size_t>(row)][panel].emptyText = emptyText_;
    }
  if (focus)
    placeFocus(cell);
  else
    placeGrid(cell);
  update();
}

}  // namespace uninet
