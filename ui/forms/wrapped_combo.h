#pragma once

#include <QComboBox>

namespace uninet {

/// A combo box in a narrow column: a long text wraps instead of being cut. The wheel scrolls what
/// the box stands in unless the box has the focus.
class WrappedCombo : public QComboBox {
  Q_OBJECT
 public:
  explicit WrappedCombo(QWidget* parent = nullptr);

  /// Shown in place of the current item, with `remark` behind it in a muted colour; empty: the
  /// item.
  void setShownText(const QString& text, const QString& remark = {});
  /// What a person reads in the closed box.
  QString shownText() const;

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  void showPopup() override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  /// Where the text stands in a box of this size.
  QRect textRect(const QSize& size) const;
  int narrowest() const;

  QString text_, remark_;
};

}  // namespace uninet
