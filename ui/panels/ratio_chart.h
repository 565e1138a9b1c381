#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attacks/sweep/experiment.h"
#include "ui/charts/figure_view.h"

namespace uninet {

/// The metric ratios of one run, for a comparison.
struct NamedBars {
  std::string name;       ///< in the legend; tells it from the others
  std::string colourKey;  ///< objective, or attack that has none
  std::vector<RatioBar> bars;
  std::int64_t run = -1;  ///< what a click on one of its bars leads to
};
/// Runs side by side: one group a task that any of them has, one series a run; id "comparison".
Figure comparisonFigure(const std::vector<NamedBars>& runs);
/// Key of the colour of the attack that a manifest (JSON) tells of; empty: of none.
std::string colourKeyOf(const std::string& manifest);

/// Bars of metric ratios (paper, Figure 3): tasks on the axis, the semantic ones on green, the
/// geometric ones on red; "–" where a ratio is undefined. Of the last attack, of the attacks of
/// this session side by side, and of whole splits.
class RatioChart : public FigureView {
  Q_OBJECT
 public:
  explicit RatioChart(QWidget* parent = nullptr);

  /// The last attack, with its manifest (JSON); it joins those of the session unless it is there
  /// already. `run`: the kept run that it is; 0: not kept yet, asked for again when it is.
  /// `network`: that measured it, where there are two; a column of csv() then.
  void setBars(const std::vector<RatioBar>& bars, const QString& title,
               const std::string& manifest = "{}", std::int64_t run = 0,
               const QString& network = {});
  /// No attack on the image that is shown; those of the session stay.
  void clear();
  /// Another session was opened: its runs have the ids of others.
  void forgetSession();
  /// Figures of a split, and notes on them by id.
  void setSplit(std::vector<Figure> figures, std::map<std::string, QString> notes);
  const std::vector<RatioBar>& bars() const { return bars_; }
  const QString& title() const { return title_; }

  /// The last attack as a figure, and its numbers with the metrics behind them.
  Figure figure() const;
  std::string csv() const;
  /// JSON of how the figure "image" or "session" came about: the attack or attacks that it shows.
  std::string manifest(const std::string& figure) const;

 private:
  void update();

  std::vector<RatioBar> bars_;
  QString title_, network_;
  std::string manifest_ = "{}";
  struct Past {
    QString title;
    std::vector<RatioBar> bars;
    std::string manifest;
    std::int64_t run = 0;  ///< kept in the session; 0: not known
  };
  std::vector<Past> session_;
  std::vector<Figure> split_;
  std::map<std::string, QString> splitNotes_;
};

}  // namespace uninet
