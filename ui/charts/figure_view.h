#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <QWidget>

#include "core/results/figures.h"

class QComboBox;
class QLabel;
class QScrollArea;
class QToolButton;

namespace uninet {

class FigureCanvas;
struct FigureMark;

/// The frame of every chart: one of several figures, chosen in a list above it, with what is
/// pointed at, a logarithmic axis where it makes sense, copy, window of its own and export. Says
/// what would fill it while there is none.
class FigureView : public QWidget {
  Q_OBJECT
 public:
  explicit FigureView(const QString& emptyText, QWidget* parent = nullptr);

  /// Keeps the choice if a figure of its id is still there. `notes`: by id, a line above the
  /// figure.
  void setFigures(std::vector<Figure> figures, std::map<std::string, QString> notes = {});
  const std::vector<Figure>& figures() const { return figures_; }
  /// Line above the figure that is shown; empty: none.
  QString note() const;
  /// nullptr: there is none.
  const Figure* current() const;
  void choose(const QString& id);
  /// The current figure as a person sees it: its axes, and without the series that are switched
  /// off. What is copied and exported.
  Figure shown() const;
  FigureCanvas& canvas() { return *canvas_; }
  /// Without the button for a window of its own, as in that window.
  void setPopOut(bool offered);

 public Q_SLOTS:
  /// As on paper.
  void copyPicture();
  void copyNumbers();

 Q_SIGNALS:
  /// A value was clicked, or chosen by Enter. `series` is the row of a matrix, `group` its column
  /// or the group of a bar; `item` what the figure says that it stands for: a run, an object; −1:
  /// nothing.
  void clicked(const QString& figure, const QString& series, const QString& group, qint64 item);
  void popOutRequested();
  void exportRequested();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void makeBar();
  void redraw();
  void toggle(const std::string& series, bool alone);
  void choosePoint(const FigureMark& mark);
  /// As many panels side by side as the width allows and the height wants.
  int columnsFor(const Figure& figure) const;

  std::vector<Figure> figures_;
  std::map<std::string, QString> notes_;
  std::map<std::string, std::set<std::string>> hidden_;  ///< by id of the figure
  std::map<std::string, bool> logarithmic_;              ///< chosen, by id
  QComboBox* list_;
  QLabel* note_;
  QLabel* readOut_;
  QToolButton *log_, *copy_, *popOut_, *export_;
  QWidget* bar_;
  QScrollArea* scroll_;
  FigureCanvas* canvas_;
  QLabel* empty_;
};

}  // namespace uninet
