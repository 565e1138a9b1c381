#pragma once

#include <vector>

#include <QWidget>

#include "ui/document/document.h"

class QCustomPlot;

namespace uninet {

/// The losses of the last attack over its iterations, each relative to its first value.
class LossPlot : public QWidget {
  Q_OBJECT
 public:
  explicit LossPlot(QWidget* parent = nullptr);
  /// `experiment`, if there is one, knows iterations that are no steps any more.
  void setSteps(const std::vector<Document::Step>& steps, int shown, const Experiment* experiment);

 private:
  QCustomPlot* plot_;
};

}  // namespace uninet
