#pragma once

#include <QPushButton>

namespace uninet {

/// A button in a narrow column: a long text is broken into lines instead of being cut.
class WrappedButton : public QPushButton {
  Q_OBJECT
 public:
  explicit WrappedButton(const QString& text, QWidget* parent = nullptr);

  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void initStyleOption(QStyleOptionButton* option) const override;

 private:
  /// The text with its line breaks in a button of this width.
  QString broken(int width) const;
  /// The least button around contents of this size.
  QSize around(const QSize& contents) const;
};

}  // namespace uninet
