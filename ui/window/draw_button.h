#pragma once

#include <QToolButton>

class QSlider;

namespace uninet {

class Document;

/// Opens two sliders: from which score objects are drawn, and how opaque masks are. Metrics know
/// nothing of either.
class DrawButton : public QToolButton {
  Q_OBJECT
 public:
  explicit DrawButton(Document& document, QWidget* parent = nullptr);

 private:
  void read();
  void set();

  Document& document_;
  QSlider *score_, *opacity_;
  bool reading_ = false;
};

}  // namespace uninet
