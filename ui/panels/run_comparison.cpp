#include "ui/panels/run_comparison.h"

#include "ui/panels/ratio_chart.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTabWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <set>

#include "attacks/sweep/keep_run.h"
#include "core/base/csv.h"
#include "ui/charts/figure_view.h"
#include "ui/document/text.h"
#include "ui/panels/run_options.h"
#include "ui/panels/runs_model.h"

namespace uninet {
namespace {

constexpr double kWidthMm = 120, kHeightMm = 60;

/// "Segmentation" and the like fit below a group of bars.
const char* barTitle(const TaskInfo& info) {
  switch (info.task) {
    case Task::segment:
      return "Segmentation";
    case Task::instSeg:
      return "Instances";
    default:
      return info.title;
  }
}

/// An option in every run of a comparison; of a run whose attack has no such option nothing.
struct OptionLine {
  std::string key;
  QString label;
  QStringList shown;
  std::vector<std::string> values;

  bool differs() const {
    return std::any_of(values.begin(), values.end(),
                       [this](const std::string& value) { return value != values.front(); });
  }
};

std::vector<OptionLine> optionLines(const std::vector<RunComparison::Item>& items) {
  std::vector<std::vector<RunOption>> options;
  for (const auto& item : items) options.push_back(runOptions(*item.run));
  std::vector<OptionLine> lines;
  const auto add = [&](const std::string& key, const QString& label, const auto& textsOf) {
    OptionLine line{key, label, {}, {}};
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::pair<QString, std::string> texts = textsOf(i);
      line.shown << (texts.first.isEmpty() ? QStringLiteral("\u2013") : texts.first);
      line.values.push_back(texts.second);
    }
    lines.push_back(std::move(line));
  };
  const auto addField = [&](const char* key, const QString& label, std::string KeptRun::*field) {
    add(key, label, [&items, field](std::size_t i) {
      const std::string& value = (*items[i].run).*field;
      return std::pair(QString::fromStdString(value), value);
    });
  };
  addField("image", RunComparison::tr("Image"), &KeptRun::image);
  add("attack", RunComparison::tr("Method"), [&items](std::size_t i) {
    return std::pair(attackTitle(*items[i].run), items[i].run->attack);
  });
  add("region", RunComparison::tr("Region"), [&items](std::size_t i) {
    return std::pair(regionText(items[i].run->region), items[i].run->region);
  });
  std::set<std::string> seen;
  for (const auto& ofRun : options)
    for (const RunOption& option : ofRun)
      if (seen.insert(option.key).second)
        add(option.key, option.label, [&](std::size_t i) {
          const RunOption* found = findOption(options[i], option.key);
          return found == nullptr ? std::pair(QString(), std::string())
                                  : std::pair(found->shown, found->value);
        });
  add("precision", RunComparison::tr("Precision"), [&items](std::size_t i) {
    const std::string precision = precisionOf(*items[i].run);
    return std::pair(QString::fromStdString(precision), precision);
  });
  addField("data", RunComparison::tr("Data"), &KeptRun::data);
  addField("network", RunComparison::tr("Network"), &KeptRun::network);
  if (std::any_of(items.begin(), items.end(),
                  [](const auto& item) { return !item.run->attackedOn.empty(); }))
    addField("attacked-on", RunComparison::tr("Attacked on"), &KeptRun::attackedOn);
  std::stable_partition(lines.begin(), lines.end(),
                        [](const OptionLine& line) { return line.differs(); });
  return lines;
}

QTableWidget* makeTable(const char* objectName, QWidget* parent) {
  auto* table = new QTableWidget(parent);
  table->setObjectName(QLatin1String(objectName));
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionMode(QAbstractItemView::ContiguousSelection);
  table->setFrameShape(QFrame::NoFrame);
  table->setShowGrid(false);
  table->setTabKeyNavigation(false);
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->horizontalHeader()->setHighlightSections(false);
  table->verticalHeader()->setHighlightSections(false);
  table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
  return table;
}

void setHead(QTableWidget& table, const QStringList& columns, const QStringList& rows) {
  table.clear();
  table.setRowCount(static_cast<int>(rows.size()));
  table.setColumnCount(static_cast<int>(columns.size()));
  table.setHorizontalHeaderLabels(columns);
  table.setVerticalHeaderLabels(rows);
  for (int row = 0; row < rows.size(); ++row)
    table.verticalHeaderItem(row)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void setCell(QTableWidget& table, int row, int column, const QString& text, bool number,
             bool strong) {
  auto* cell = new QTableWidgetItem(text);
  cell->setTextAlignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (strong) {
    QFont font;
    font.setBold(true);
    cell->setFont(font);
  }
  table.setItem(row, column, cell);
}

QStringList listOf(const std::vector<QString>& names) {
  return QStringList(names.begin(), names.end());
}

}  // namespace

std::string comparedCsv(const std::vector<RunComparison::Item>& items,
                        const std::vector<QString>& names) {
  const bool networks = ofSeveralNetworks(items);
  std::vector<std::string> head{"id", "run", "image"};
  if (networks) head.insert(head.end(), {"network", "attacked_on"});
  head.insert(head.end(), {"task", "metric", "clean", "attacked", "ratio"});
  std::string text = csvLine(head);
  for (std::size_t i = 0; i < items.size(); ++i)
    for (const RatioBar& bar : *items[i].ratios) {
      const KeptRun& run = *items[i].run;
      const TaskInfo& info = taskInfo(bar.task);
      std::vector<std::string> cells{std::to_string(run.id), names[i].toStdString(), run.image};
      if (networks)
        cells.insert(cells.end(),
                     {run.network, run.attackedOn.empty() ? run.network : run.attackedOn});
      cells.insert(cells.end(), {info.key, info.metricKey, csvNumber(bar.clean),
                                 csvNumber(bar.attacked), csvNumber(bar.ratio)});
      text += csvLine(cells);
    }
  return text;
}

bool ofSeveralNetworks(const std::vector<RunComparison::Item>& items) {
  return std::any_of(items.begin(), items.end(), [&items](const RunComparison::Item& item) {
    return !item.run->attackedOn.empty() || item.run->networkHash != items[0].run->networkHash;
  });
}

RunComparison::RunComparison(QWidget* parent)
    : QWidget(parent),
      common_(new QLabel(this)),
      tabs_(new QTabWidget(this)),
      bars_(new FigureView(tr("Tick runs to compare them."), this)),
      ratios_(makeTable("compared-ratios", this)),
      options_(makeTable("compared-options", this)),
      copy_(new QToolButton(this)) {
  setObjectName(QStringLiteral("run-comparison"));
  common_->setObjectName(QStringLiteral("compared-common"));
  common_->setTextFormat(Qt::PlainText);
  // A long name of an image must not hold the pane open.
  common_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  bars_->setObjectName(QStringLiteral("compared-bars"));
  copy_->setObjectName(QStringLiteral("copy-comparison"));
  copy_->setAutoRaise(true);
  tabs_->setObjectName(QStringLiteral("comparison-tabs"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(bars_, {});
  tabs_->addTab(ratios_, {});
  tabs_->addTab(options_, {});
  tabs_->setCornerWidget(copy_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 0, 0, 0);
  column->setSpacing(4);
  column->addWidget(tabs_, 1);
  column->addWidget(common_);
  connect(tabs_, &QTabWidget::currentChanged, this, &RunComparison::updateCommon);
  connect(copy_, &QToolButton::clicked, this, &RunComparison::copyCsv);
  setTitles();
  setRuns({});
}

void RunComparison::setTitles() {
  setAccessibleName(tr("Comparison of the ticked runs"));
  common_->setAccessibleName(tr("What the compared runs share"));
  tabs_->setTabText(0, tr("Bars"));
  tabs_->setTabText(1, tr("Ratios"));
  tabs_->setTabText(2, tr("Options side by side"));
  bars_->setAccessibleName(tr("Metric ratios of the compared runs"));
  ratios_->setAccessibleName(tr("Metrics of the compared runs, clean and attacked"));
  ratios_->setToolTip(
      tr("Metric on the clean and on the attacked image, and in brackets the share of "
         "the performance that is left"));
  options_->setAccessibleName(tr("Options of the compared runs"));
  copy_->setText(tr("Copy as CSV"));
  copy_->setAccessibleName(tr("Copy the comparison as CSV"));
  copy_->setToolTip(tr("Copies the numbers of this tab for a table or a script"));
}

void RunComparison::setRuns(const std::vector<Item>& items) {
  std::vector<const RunWords*> words;
  for (const Item& item : items) words.push_back(item.words);
  const ComparedNames names = comparedNames(words);
  common_->setText(names.common);
  common_->setToolTip(names.common);
  updateCommon();
  copy_->setEnabled(!items.empty());
  showBars(items, names);
  showRatios(items, names);
  showOptions(items, names);
}

void RunComparison::updateCommon() {
  // The chart has it as its title.
  common_->setVisible(!common_->text().isEmpty() && tabs_->currentWidget() != bars_);
}

QString RunComparison::common() const { return common_->text(); }

void RunComparison::showBars(const std::vector<Item>& items, const ComparedNames& names) {
  if (items.empty()) {
    bars_->setFigures({});
    return;
  }
  std::vector<NamedBars> bars;
  for (std::size_t i = 0; i < items.size(); ++i)
    bars.push_back({names.names[i].toStdString(), colourKeyOf(items[i].run->manifest),
                    *items[i].ratios, items[i].run->id});
  Figure figure = comparisonFigure(bars);
  figure.title = (names.common.isEmpty() ? tr("Compared runs") : names.common).toStdString();
  figure.widthMm = kWidthMm;
  figure.heightMm = kHeightMm;
  bars_->setFigures({figure});
}

void RunComparison::showRatios(const std::vector<Item>& items, const ComparedNames& names) {
  QStringList rows;
  for (const TaskInfo& info : tasks())
    rows << tr("%1, %2").arg(labelText(barTitle(info)), labelText(info.metricTitle));
  setHead(*ratios_, listOf(names.names), items.empty() ? QStringList() : rows);
  ratiosCsv_ = comparedCsv(items, names.names);
  for (std::size_t i = 0; i < items.size(); ++i)
    for (std::size_t t = 0; t < items[i].ratios->size(); ++t) {
      const RatioBar& bar = (*items[i].ratios)[t];
      const auto number = [](double value) {
        return std::isfinite(value) ? shownNumber(value, 'f', 3) : QStringLiteral("\u2013");
      };
      setCell(*ratios_, static_cast<int>(t), static_cast<int>(i),
              tr("%1 \u2192 %2 (%3)")
                  .arg(number(bar.clean), number(bar.attacked), ratioText(bar.ratio)),
              true, false);
    }
  ratios_->resizeColumnsToContents();
}

void RunComparison::showOptions(const std::vector<Item>& items, const ComparedNames& names) {
  const std::vector<OptionLine> lines =
      items.empty() ? std::vector<OptionLine>() : optionLines(items);
  QStringList rows;
  for (const OptionLine& line : lines) rows << line.label;
  setHead(*options_, listOf(names.names), rows);
  std::vector<std::string> head{"option"};
  for (const QString& name : names.names) head.push_back(name.toStdString());
  optionsCsv_ = csvLine(head);
  for (std::size_t r = 0; r < lines.size(); ++r) {
    std::vector<std::string> cells{lines[r].key};
    cells.insert(cells.end(), lines[r].values.begin(), lines[r].values.end());
    optionsCsv_ += csvLine(cells);
    for (int c = 0; c < lines[r].shown.size(); ++c)
      setCell(*options_, static_cast<int>(r), c, lines[r].shown[c], false, lines[r].differs());
  }
  options_->resizeColumnsToContents();
}

void RunComparison::copyCsv() {
  QGuiApplication::clipboard()->setText(
      QString::fromStdString(tabs_->currentWidget() == options_ ? optionsCsv_ : ratiosCsv_));
}

void RunComparison::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setTitles();
}

}  // namespace uninet
