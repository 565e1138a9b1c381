#include "ui/window/export_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "ui/document/text.h"

namespace uninet {
namespace {

constexpr double kOneColumnMm = 84, kTwoColumnsMm = 174;
constexpr double kLeastMm = 20, kMostMm = 300;
constexpr int kRuler = 22;

QDoubleSpinBox* lengthBox(QWidget* parent, const char* name, const QString& accessible) {
  auto* box = new QDoubleSpinBox(parent);
  box->setObjectName(QString::fromUtf8(name));
  box->setAccessibleName(accessible);
  box->setRange(kLeastMm, kMostMm);
  box->setDecimals(1);
  box->setKeyboardTracking(false);
  return box;
}

}  // namespace

/// The page, as large as fits, between rulers in millimetres.
class ExportDialog::Preview : public QWidget {
 public:
  explicit Preview(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("export-preview"));
    setMinimumSize(380, 240);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  }

  void setFigure(const Figure& figure, const FigureExport& how) {
    figure_ = figure;
    how_ = how;
    image_ = {};
    QWidget::update();
  }

 protected:
  void resizeEvent(QResizeEvent* /*event*/) override { image_ = {}; }

  void paintEvent(QPaintEvent* /*event*/) override {
    const double scale = std::min((width() - kRuler - 2) / figure_.widthMm,
                                  (height() - kRuler - 2) / figure_.heightMm);
    if (scale <= 0) return;
    const double ratio = devicePixelRatioF();
    if (image_.isNull()) {
      image_ = figureImage(figure_, how_, scale * ratio * 25.4);
      image_.setDevicePixelRatio(ratio);
    }
    QPainter painter(this);
    const QRectF page(kRuler, kRuler, scale * figure_.widthMm, scale * figure_.heightMm);
    painter.drawImage(page.topLeft(), image_);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(page);
    painter.setPen(palette().color(QPalette::WindowText));
    QFont small = font();
    small.setPixelSize(10);
    painter.setFont(small);
    // A number where there is room for one.
    const int step = 10 * scale > 34 ? 10 : 10 * scale > 17 ? 20 : 50;
    for (int mm = 0; mm <= figure_.widthMm; mm += 10) {
      const double x = page.left() + mm * scale;
      painter.drawLine(QPointF(x, kRuler - 6), QPointF(x, kRuler - 2));
      if (mm % step == 0)
        painter.drawText(QRectF(x - 20, 0, 40, kRuler - 7), Qt::AlignHCenter | Qt::AlignBottom,
                         shownNumber(qint64{mm}));
    }
    for (int mm = 0; mm <= figure_.heightMm; mm += 10) {
      const double y = page.top() + mm * scale;
      painter.drawLine(QPointF(kRuler - 6, y), QPointF(kRuler - 2, y));
      if (mm % step == 0 && mm > 0)
        painter.drawText(QRectF(-4, y - 8, kRuler - 3, 16), Qt::AlignRight | Qt::AlignVCenter,
                         shownNumber(qint64{mm}));
    }
  }

 private:
  Figure figure_;
  FigureExport how_;
  QImage image_;
};

ExportDialog::ExportDialog(const Figure& figure, const std::string& manifest,
                           const std::string& csv, QWidget* parent)
    : QDialog(parent),
      original_(figure),
      manifest_(manifest),
      csv_(csv),
      columns_(new QComboBox(this)),
      names_(new QComboBox(this)),
      width_(lengthBox(this, "export-width", tr("Width"))),
      height_(lengthBox(this, "export-height", tr("Height"))),
      font_(new QDoubleSpinBox(this)),
      pdf_(new QCheckBox(QStringLiteral("PDF"), this)),
      svg_(new QCheckBox(QStringLiteral("SVG"), this)),
      png_(new QCheckBox(QStringLiteral("PNG"), this)),
      numbers_(new QCheckBox(tr("CSV (numbers)"), this)),
      dpi_(new QSpinBox(this)),
      file_(new QLineEdit(this)),
      state_(new QLabel(this)),
      write_(nullptr),
      preview_(new Preview(this)) {
  setWindowTitle(tr("Export figure"));
  setObjectName(QStringLiteral("export-dialog"));
  auto* form = new QWidget(this);
  makeForm(*form);
  auto* row = new QHBoxLayout;
  row->setSpacing(16);
  row->addWidget(preview_, 1);
  row->addWidget(form);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
  write_ = buttons->addButton(tr("Export"), QDialogButtonBox::AcceptRole);
  write_->setObjectName(QStringLiteral("export-write"));
  write_->setDefault(true);
  auto* column = new QVBoxLayout(this);
  column->addLayout(row, 1);
  column->addWidget(state_);
  column->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::accepted, this, &ExportDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  recall();
  resize(860, 460);

  connect(columns_, &QComboBox::currentIndexChanged, this, [this] {
    const double chosen = columns_->currentData().toDouble();
    width_->setEnabled(chosen == 0);
    if (chosen > 0) width_->setValue(chosen);
  });
  connect(width_, &QDoubleSpinBox::valueChanged, this, &ExportDialog::widthChosen);
  connect(height_, &QDoubleSpinBox::valueChanged, this, [this] {
    ownHeight_ = true;
    refresh();
  });
  connect(dpi_, &QSpinBox::valueChanged, this, &ExportDialog::refresh);
  connect(font_, &QDoubleSpinBox::valueChanged, this, &ExportDialog::refresh);
  connect(names_, &QComboBox::currentIndexChanged, this, &ExportDialog::refresh);
  connect(file_, &QLineEdit::textChanged, this, &ExportDialog::refresh);
  for (QCheckBox* box : {pdf_, svg_, png_, numbers_})
    connect(box, &QCheckBox::toggled, this, &ExportDialog::refresh);
  refresh();
}

void ExportDialog::makeForm(QWidget& form) {
  columns_->setObjectName(QStringLiteral("export-columns"));
  columns_->addItem(tr("One column (%1 mm)").arg(shownNumber(kOneColumnMm)), kOneColumnMm);
  columns_->addItem(tr("Two columns (%1 mm)").arg(shownNumber(kTwoColumnsMm)), kTwoColumnsMm);
  columns_->addItem(tr("Other"), 0.0);
  for (QDoubleSpinBox* box : {width_, height_}) box->setSuffix(tr(" mm"));
  font_->setObjectName(QStringLiteral("export-font"));
  font_->setRange(4, 24);
  font_->setDecimals(1);
  font_->setSingleStep(0.5);
  font_->setSuffix(tr(" pt"));
  names_->setObjectName(QStringLiteral("export-names"));
  names_->addItem(tr("Long (Segmentation)"), false);
  names_->addItem(tr("Short (SS)"), true);
  pdf_->setObjectName(QStringLiteral("export-pdf"));
  svg_->setObjectName(QStringLiteral("export-svg"));
  png_->setObjectName(QStringLiteral("export-png"));
  numbers_->setObjectName(QStringLiteral("export-csv"));
  dpi_->setObjectName(QStringLiteral("export-dpi"));
  dpi_->setAccessibleName(tr("Resolution of the PNG"));
  dpi_->setRange(72, 600);
  dpi_->setSuffix(tr(" dpi"));
  file_->setObjectName(QStringLiteral("export-file"));
  state_->setObjectName(QStringLiteral("export-state"));
  state_->setWordWrap(true);
  auto* browse = new QPushButton(tr("Browse\u2026"), this);
  connect(browse, &QPushButton::clicked, this, [this] {
    const QString chosen = QFileDialog::getExistingDirectory(
        this, tr("Folder for the figure"), QFileInfo(file_->text()).absolutePath());
    if (!chosen.isEmpty())
      file_->setText(QDir(chosen).filePath(QFileInfo(file_->text()).fileName()));
  });
  auto* pictures = new QHBoxLayout;
  pictures->addWidget(png_);
  pictures->addWidget(dpi_, 1);
  auto* rows = new QFormLayout(&form);
  rows->setContentsMargins({});
  rows->addRow(tr("&Width"), columns_);
  rows->addRow(QString(), width_);
  rows->addRow(tr("&Height"), height_);
  rows->addRow(tr("&Font"), font_);
  rows->addRow(tr("&Names"), names_);
  rows->addRow(tr("Formats"), pdf_);
  rows->addRow(QString(), svg_);
  rows->addRow(QString(), pictures);
  rows->addRow(QString(), numbers_);
  rows->addRow(tr("F&ile"), file_);
  rows->addRow(QString(), browse);
  file_->setToolTip(tr("Without an end: each format adds its own."));
  file_->setMinimumWidth(220);
}

void ExportDialog::recall() {
  QSettings settings;
  settings.beginGroup(QStringLiteral("export"));
  const double width = std::clamp(
      settings.value(QStringLiteral("width"), original_.widthMm).toDouble(), kLeastMm, kMostMm);
  width_->setValue(width);
  int columns = columns_->findData(width);
  if (columns < 0) columns = columns_->count() - 1;
  columns_->setCurrentIndex(columns);
  width_->setEnabled(columns == columns_->count() - 1);
  height_->setValue(ofWidth(original_, width).heightMm);
  font_->setValue(settings.value(QStringLiteral("font"), 8).toDouble());
  names_->setCurrentIndex(settings.value(QStringLiteral("short"), false).toBool() ? 1 : 0);
  pdf_->setChecked(settings.value(QStringLiteral("pdf"), true).toBool());
  svg_->setChecked(settings.value(QStringLiteral("svg"), true).toBool());
  png_->setChecked(settings.value(QStringLiteral("png"), true).toBool());
  numbers_->setChecked(settings.value(QStringLiteral("csv"), true).toBool());
  dpi_->setValue(settings.value(QStringLiteral("dpi"), 300).toInt());
  const QString folder =
      settings
          .value(QStringLiteral("folder"),
                 QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
          .toString();
  file_->setText(
      QDir(folder).filePath(QStringLiteral("figure-%1").arg(QString::fromStdString(original_.id))));
}

void ExportDialog::remember() const {
  QSettings settings;
  settings.beginGroup(QStringLiteral("export"));
  settings.setValue(QStringLiteral("width"), width_->value());
  settings.setValue(QStringLiteral("font"), font_->value());
  settings.setValue(QStringLiteral("short"), names_->currentData());
  settings.setValue(QStringLiteral("pdf"), pdf_->isChecked());
  settings.setValue(QStringLiteral("svg"), svg_->isChecked());
  settings.setValue(QStringLiteral("png"), png_->isChecked());
  settings.setValue(QStringLiteral("csv"), numbers_->isChecked());
  settings.setValue(QStringLiteral("dpi"), dpi_->value());
  settings.setValue(QStringLiteral("folder"), QFileInfo(file_->text()).absolutePath());
}

void ExportDialog::widthChosen() {
  // The height follows until somebody has chosen one.
  if (!ownHeight_) {
    const QSignalBlocker blocker(height_);
    height_->setValue(ofWidth(original_, width_->value()).heightMm);
  }
  refresh();
}

Figure ExportDialog::figure() const {
  Figure figure = ofWidth(original_, width_->value());
  figure.heightMm = height_->value();
  return names_->currentData().toBool() ? withShortNames(std::move(figure)) : figure;
}

FigureExport ExportDialog::how() const {
  return {font_->value(),    dpi_->value(),     pdf_->isChecked(),
          svg_->isChecked(), png_->isChecked(), numbers_->isChecked()};
}

std::filesystem::path ExportDialog::stem() const {
  std::filesystem::path stem = file_->text().trimmed().toStdString();
  for (const char* end : {".pdf", ".svg", ".png", ".csv"})
    if (stem.extension() == end) stem.replace_extension();
  return stem;
}

void ExportDialog::refresh() {
  const Figure made = figure();
  preview_->setFigure(made, how());
  preview_->setAccessibleName(
      tr("Preview, %1 by %2 mm").arg(shownNumber(made.widthMm), shownNumber(made.heightMm)));
  dpi_->setEnabled(png_->isChecked());
  const FigureExport chosen = how();
  QStringList there;
  for (const auto& [wanted, end] : {std::pair{chosen.pdf, ".pdf"},
                                    {chosen.svg, ".svg"},
                                    {chosen.png, ".png"},
                                    {chosen.csv, ".csv"}})
    if (wanted && QFileInfo::exists(QString::fromStdString(stem().string() + end)))
      there << QString::fromUtf8(end);
  const bool any = chosen.pdf || chosen.svg || chosen.png || chosen.csv;
  write_->setEnabled(any && !stem().filename().empty());
  state_->setText(!any              ? tr("Choose at least one format.")
                  : there.isEmpty() ? QString()
                                    : tr("There already, and replaced: %1.").arg(listText(there)));
}

void ExportDialog::accept() {
  const FigureExport chosen = how();
  try {
    writeFigure(figure(), stem(), manifest_, csv_, chosen);
  } catch (const Error& error) {
    state_->setText(QString::fromUtf8(error.what()));
    return;
  }
  remember();
  QStringList ends;
  for (const auto& [wanted, end] : {std::pair{chosen.pdf, ".pdf"},
                                    {chosen.svg, ".svg"},
                                    {chosen.png, ".png"},
                                    {chosen.csv, ".csv"}})
    if (wanted) ends << QString::fromUtf8(end);
  Q_EMIT written(QString::fromStdString(stem().string()), listText(ends));
  QDialog::accept();
}

}  // namespace uninet
