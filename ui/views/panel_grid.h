#pragma once

#include <array>

#include <QWidget>

#include "ui/document/panel_images.h"
#include "ui/views/image_view.h"

class QLabel;

namespace uninet {

/// Colours of depth with their metres.
class DepthLegend : public QWidget {
  Q_OBJECT
 public:
  explicit DepthLegend(QWidget* parent = nullptr);
  QSize sizeHint() const override;
  /// Depth at the far end of the scale.
  void setFarthest(double metres);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double farthest_ = 80;
};

/// The input and the five outputs, clean above attacked, under one camera. The cells flow into as
/// many columns as make the pictures largest; a double click on a title shows that cell alone.
class PanelGrid : public QWidget {
  Q_OBJECT
 public:
  explicit PanelGrid(QWidget* parent = nullptr);

  ViewCamera& camera() { return camera_; }
  void setClean(const PanelImages& images);
  void setAttacked(const PanelImages& images);
  void setEmptyTexts(const QString& clean, const QString& attacked);
  /// What the clean picture of one task says while there is none.
  void setEmptyText(Task task, const QString& clean);
  /// Depth at the far end of the legends.
  void setFarthestMetres(double metres);
  /// While on, the attacked row shows the clean pictures, so that the eye sees what moves.
  void setFlicker(bool on);
  /// One panel alone, or all (−1).
  void showOnly(int panel);

  const ImageView& cleanView(std::size_t panel) const { return *cells_[panel].clean; }
  const ImageView& attackedView(std::size_t panel) const { return *cells_[panel].attacked; }

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* object, QEvent* event) override;

 private:
  struct Cell {
    QWidget* frame = nullptr;
    QWidget* title = nullptr;
    DepthLegend* legend = nullptr;  ///< of the panels that show depth
    ImageView* clean = nullptr;
    ImageView* attacked = nullptr;
  };
  void arrange();

  ViewCamera camera_;
  std::array<Cell, kPanels> cells_;
  int only_ = -1;
  double aspect_ = 2;
};

}  // namespace uninet
