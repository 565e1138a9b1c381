#include "ui/charts/figure_view.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/figure_canvas.h"
#include "ui/charts/figure_export.h"
#include "ui/charts/figure_legend.h"

namespace uninet {
namespace {

/// Widths in heights of a line below which a panel cannot be read.
struct LeastWidth {
  double operator()(const BarPanel& panel) const {
    const auto bars = static_cast<double>(panel.groups.size() * panel.series.size());
    return std::max(18.0, 6 + 0.75 * bars);
  }
  double operator()(const LinePanel& /*panel*/) const { return 18; }
  double operator()(const HeatPanel& panel) const {
    return 6 + 2.6 * static_cast<double>(panel.columns.size());
  }
  double operator()(const ArrowPanel& /*panel*/) const { return 16; }
  double operator()(const ScatterPanel& /*panel*/) const { return 20; }
  double operator()(const PicturePanel& panel) const {
    return 8 * static_cast<double>(panel.columns.size());
  }
};

template <class P>
void eraseSeries(P& panel, const std::set<std::string>& hidden) {
  for (std::size_t s = panel.series.size(); s-- > 0;) {
    if (!hidden.contains(panel.series[s])) continue;
    const auto drop = [s](auto& list) {
      if (s < list.size()) list.erase(list.begin() + static_cast<std::ptrdiff_t>(s));
    };
    // Colours by position would move on to the next series.
    panel.colours.resize(panel.series.size());
    drop(panel.series);
    drop(panel.values);
    drop(panel.colours);
    if constexpr (std::is_same_v<P, BarPanel>) {
      drop(panel.items);
      drop(panel.behind);
    }
  }
}

bool hasDecades(const Figure& figure) {
  return std::any_of(figure.panels.begin(), figure.panels.end(), spansDecades);
}

bool isLogarithmic(const Figure& figure) {
  return std::any_of(figure.panels.begin(), figure.panels.end(), [](const Panel& panel) {
    const auto* bars = std::get_if<BarPanel>(&panel);
    const auto* lines = std::get_if<LinePanel>(&panel);
    return (bars != nullptr && bars->logarithmic) || (lines != nullptr && lines->logarithmic);
  });
}

/// Characters of a figure's title that the list has room for.
constexpr qsizetype kShortestList = 20, kLongestList = 48;

/// Two windows, one over the other.
QIcon popOutIcon(const QColor& ink, double ratio) {
  QPixmap pixmap(QSize(16, 16) * ratio);
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(ink, 1.2));
  painter.drawPolyline(QPolygonF{{{5, 5.5}, {2.5, 5.5}, {2.5, 13.5}, {10.5, 13.5}, {10.5, 11}}});
  painter.drawRoundedRect(QRectF(5.5, 2.5, 8, 8), 1, 1);
  return pixmap;
}

}  // namespace

FigureView::FigureView(const QString& emptyText, QWidget* parent)
    : QWidget(parent),
      list_(new QComboBox(this)),
      note_(new QLabel(this)),
      readOut_(new QLabel(this)),
      log_(new QToolButton(this)),
      copy_(new QToolButton(this)),
      popOut_(new QToolButton(this)),
      export_(new QToolButton(this)),
      bar_(new QWidget(this)),
      scroll_(new QScrollArea(this)),
      canvas_(new FigureCanvas),
      empty_(new QLabel(emptyText, this)) {
  note_->setObjectName(QStringLiteral("figure-note"));
  note_->setAccessibleName(tr("Note on the figure"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);
  empty_->setObjectName(QStringLiteral("figure-empty"));
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setEnabled(false);
  scroll_->setWidget(canvas_);
  scroll_->setWidgetResizable(true);
  scroll_->viewport()->installEventFilter(this);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setFocusPolicy(Qt::NoFocus);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  makeBar();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins({});
  column->setSpacing(2);
  column->addWidget(bar_);
  column->addWidget(note_);
  column->addWidget(scroll_, 1);
  column->addWidget(empty_, 1);
  setMinimumHeight(150);
  connect(list_, &QComboBox::currentIndexChanged, this, &FigureView::redraw);
  connect(canvas_, &FigureCanvas::seriesToggled, this, &FigureView::toggle);
  connect(canvas_, &FigureCanvas::clicked, this, &FigureView::choosePoint);
  connect(canvas_, &FigureCanvas::readOutChanged, this, [this](const QString& text) {
    readOut_->setText(QString(text).replace(QLatin1Char('\n'), QStringLiteral("   ")));
  });
  redraw();
}

void FigureView::makeBar() {
  list_->setObjectName(QStringLiteral("figure-list"));
  list_->setAccessibleName(tr("Figure"));
  list_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  readOut_->setObjectName(QStringLiteral("figure-read-out"));
  readOut_->setAccessibleName(tr("Value at the cursor"));
  readOut_->setTextFormat(Qt::PlainText);
  // A long text must not widen the window.
  readOut_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  const auto set = [](QToolButton* button, const char* name, const QString& text,
                      const QString& help) {
    button->setObjectName(QString::fromUtf8(name));
    button->setText(text);
    button->setToolTip(help);
    button->setAccessibleName(help);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
  };
  set(log_, "figure-log", tr("log"), tr("Logarithmic axis"));
  log_->setCheckable(true);
  set(copy_, "figure-copy", tr("Copy"), tr("Copy the picture or the numbers"));
  auto* menu = new QMenu(copy_);
  menu->addAction(tr("Copy picture"), this, &FigureView::copyPicture)
      ->setObjectName(QStringLiteral("figure-copy-picture"));
  menu->addAction(tr("Copy numbers (CSV)"), this, &FigureView::copyNumbers)
      ->setObjectName(QStringLiteral("figure-copy-numbers"));
  copy_->setMenu(menu);
  copy_->setPopupMode(QToolButton::InstantPopup);
  set(popOut_, "figure-pop-out", QString(), tr("Show in a window of its own"));
  set(export_, "figure-export", tr("Export\u2026"), tr("Export the figure as PDF, SVG, PNG, CSV"));
  connect(log_, &QToolButton::clicked, this, [this](bool on) {
    if (const Figure* figure = current()) logarithmic_[figure->id] = on;
    redraw();
  });
  connect(popOut_, &QToolButton::clicked, this, &FigureView::popOutRequested);
  connect(export_, &QToolButton::clicked, this, &FigureView::exportRequested);
  auto* row = new QHBoxLayout(bar_);
  row->setContentsMargins({});
  row->setSpacing(4);
  row->addWidget(list_);
  row->addSpacing(8);
  row->addWidget(readOut_, 1);
  for (QToolButton* button : {log_, copy_, export_, popOut_}) row->addWidget(button);
}

void FigureView::setFigures(std::vector<Figure> figures, std::map<std::string, QString> notes) {
  const QString chosen = list_->currentData().toString();
  figures_ = std::move(figures);
  notes_ = std::move(notes);
  const QSignalBlocker blocker(list_);
  list_->clear();
  qsizetype longest = kShortestList;
  for (const Figure& figure : figures_) {
    const QString title = QString::fromStdString(figure.title);
    list_->addItem(title, QString::fromStdString(figure.id));
    list_->setItemData(list_->count() - 1, title, Qt::ToolTipRole);
    longest = std::max(longest, title.size());
  }
  list_->setMinimumContentsLength(static_cast<int>(std::min(longest, kLongestList)));
  list_->setCurrentIndex(std::max(0, list_->findData(chosen)));
  redraw();
}

void FigureView::setPopOut(bool offered) { popOut_->setVisible(offered); }

QString FigureView::note() const {
  const Figure* figure = current();
  const auto note = figure == nullptr ? notes_.end() : notes_.find(figure->id);
  return note == notes_.end() ? QString() : note->second;
}

const Figure* FigureView::current() const {
  const int index = list_->currentIndex();
  return index < 0 || index >= static_cast<int>(figures_.size())
             ? nullptr
             : &figures_[static_cast<std::size_t>(index)];
}

void FigureView::choose(const QString& id) {
  if (const int index = list_->findData(id); index >= 0) list_->setCurrentIndex(index);
}

Figure FigureView::shown() const {
  const Figure* found = current();
  if (found == nullptr) return {};
  Figure figure = *found;
  if (const auto chosen = logarithmic_.find(figure.id); chosen != logarithmic_.end())
    figure = withLogarithmicAxes(std::move(figure), chosen->second);
  if (const auto hidden = hidden_.find(figure.id); hidden != hidden_.end())
    for (Panel& panel : figure.panels) {
      if (auto* bars = std::get_if<BarPanel>(&panel)) eraseSeries(*bars, hidden->second);
      if (auto* lines = std::get_if<LinePanel>(&panel)) eraseSeries(*lines, hidden->second);
    }
  return figure;
}

int FigureView::columnsFor(const Figure& figure) const {
  const FigureStyle style = canvas_->style();
  const double em = QFontMetricsF(style.font).height();
  double widest = 1;
  for (const Panel& panel : figure.panels)
    widest = std::max(widest, em * std::visit(LeastWidth(), panel));
  const int count = std::max(1, static_cast<int>(figure.panels.size()));
  const QSize room = scroll_->viewport()->size();
  const int most = std::clamp(static_cast<int>(room.width() / widest), 1, count);
  int columns = std::min(most, std::max(1, figure.columns));
  Figure tried = figure;
  for (; columns < most; ++columns) {
    tried.columns = columns;
    if (smallestHeight(tried, style, room.width()) <= room.height()) break;
  }
  // No last row with a hole where fewer panels side by side need as many rows.
  const int rows = (count + columns - 1) / columns;
  return (count + rows - 1) / rows;
}

void FigureView::redraw() {
  const Figure* found = current();
  bar_->setVisible(found != nullptr);
  scroll_->setVisible(found != nullptr);
  empty_->setVisible(found == nullptr);
  popOut_->setIcon(popOutIcon(palette().color(QPalette::ButtonText), devicePixelRatioF()));
  list_->setToolTip(list_->currentText());
  note_->setText(note());
  note_->setVisible(!note().isEmpty());
  if (found == nullptr) return;
  Figure figure = *found;
  if (const auto chosen = logarithmic_.find(figure.id); chosen != logarithmic_.end())
    figure = withLogarithmicAxes(std::move(figure), chosen->second);
  log_->setVisible(hasDecades(figure));
  log_->setChecked(isLogarithmic(figure));
  figure.columns = columnsFor(figure);
  canvas_->setMinimumHeight(smallestHeight(figure, canvas_->style(), scroll_->viewport()->width()));
  canvas_->setAccessibleName(tr("Chart: %1").arg(QString::fromStdString(figure.title)));
  canvas_->setFigure(figure, hidden_[figure.id]);
  setAccessibleDescription(QString::fromStdString(figureCsv(*found)));
}

void FigureView::toggle(const std::string& series, bool alone) {
  const Figure* figure = current();
  if (figure == nullptr) return;
  std::set<std::string>& hidden = hidden_[figure->id];
  const std::vector<LegendEntry> entries = legendOf(*figure, canvas_->style());
  if (alone) {
    std::set<std::string> others;
    for (const LegendEntry& entry : entries)
      if (entry.series != series) others.insert(entry.series);
    // Once more, and all are back.
    hidden = hidden == others ? std::set<std::string>() : others;
  } else if (hidden.erase(series) == 0) {
    hidden.insert(series);
    if (hidden.size() >= entries.size()) hidden.clear();
  }
  redraw();
}

void FigureView::choosePoint(const FigureMark& mark) {
  const Figure* figure = current();
  if (figure == nullptr) return;
  Q_EMIT clicked(QString::fromStdString(figure->id), QString::fromStdString(mark.series),
                 QString::fromStdString(mark.group), mark.item);
}

void FigureView::copyPicture() {
  if (current() == nullptr) return;
  constexpr double kDpi = 300;
  auto* data = new QMimeData;
  data->setImageData(figureImage(shown(), {}, kDpi));
  QApplication::clipboard()->setMimeData(data);
}

void FigureView::copyNumbers() {
  if (current() == nullptr) return;
  QApplication::clipboard()->setText(QString::fromStdString(figureCsv(shown())));
}

bool FigureView::eventFilter(QObject* watched, QEvent* event) {
  // The room of the figure, which its scroll bar may take a part of.
  if (watched == scroll_->viewport() && event->type() == QEvent::Resize) redraw();
  return QWidget::eventFilter(watched, event);
}

void FigureView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) redraw();
}

}  // namespace uninet
