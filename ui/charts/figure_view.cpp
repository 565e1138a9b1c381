#include "ui/charts/figure_view.h"

#include <QComboBox>
#include <QEvent>
#include <QFontInfo>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/charts/figure_plot.h"
#include "ui/charts/qcustomplot_shim.h"

namespace uninet {
namespace {

/// Of the height on paper.
constexpr double kSmallest = 0.55;

}  // namespace

FigureView::FigureView(const QString& emptyText, QWidget* parent)
    : QWidget(parent),
      list_(new QComboBox(this)),
      note_(new QLabel(this)),
      scroll_(new QScrollArea(this)),
      plot_(new QCustomPlot),
      empty_(new QLabel(emptyText, this)) {
  list_->setAccessibleName(tr("Figure"));
  note_->setAccessibleName(tr("Note on the figure"));
  note_->setTextFormat(Qt::PlainText);
  note_->setWordWrap(true);
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setEnabled(false);
  // The wheel scrolls; there is nothing to drag in the plot.
  plot_->setAttribute(Qt::WA_TransparentForMouseEvents);
  scroll_->setWidget(plot_);
  scroll_->setWidgetResizable(true);
  scroll_->setFrameShape(QFrame::NoFrame);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins({});
  column->setSpacing(2);
  column->addWidget(list_, 0, Qt::AlignLeft);
  column->addWidget(note_);
  column->addWidget(scroll_, 1);
  column->addWidget(empty_, 1);
  setMinimumHeight(150);
  connect(list_, &QComboBox::currentIndexChanged, this, &FigureView::redraw);
  redraw();
}

void FigureView::setFigures(std::vector<Figure> figures, std::map<std::string, QString> notes) {
  const QString chosen = list_->currentData().toString();
  figures_ = std::move(figures);
  notes_ = std::move(notes);
  const QSignalBlocker blocker(list_);
  list_->clear();
  for (const Figure& figure : figures_)
    list_->addItem(QString::fromStdString(figure.title), QString::fromStdString(figure.id));
  list_->setCurrentIndex(std::max(0, list_->findData(chosen)));
  redraw();
}

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

void FigureView::redraw() {
  const Figure* figure = current();
  list_->setVisible(figure != nullptr);
  scroll_->setVisible(figure != nullptr);
  empty_->setVisible(figure == nullptr);
  note_->setText(note());
  note_->setVisible(!note().isEmpty());
  if (figure == nullptr) return;
  FigureStyle style;
  style.ink = palette().color(QPalette::WindowText);
  style.paper = palette().color(QPalette::Base);
  style.font = font();
  style.font.setPixelSize(QFontInfo(font()).pixelSize());
  style.locale = QLocale();
  style.locale.setNumberOptions(QLocale::OmitGroupSeparator);
  style.point = logicalDpiX() / 72.0;
  // A figure of several rows keeps the height that its text needs, and is scrolled.
  plot_->setMinimumHeight(static_cast<int>(kSmallest * figure->heightMm * logicalDpiY() / 25.4));
  drawFigure(*plot_, *figure, style);
  setAccessibleDescription(QString::fromStdString(figureCsv(*figure)));
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void FigureView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) redraw();
}

}  // namespace uninet
