#include "ui/charts/figure_export.h"

#include <QBuffer>
#include <QImage>
#include <QImageWriter>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <algorithm>
#include <cctype>
#include <cmath>

#include "core/base/error.h"
#include "core/base/files.h"
#include "ui/charts/figure_plot.h"
#include "ui/charts/qcustomplot_shim.h"

namespace uninet {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
/// Units of the plot in a point: text and lines are placed on whole units.
constexpr double kUnits = 8;

/// A figure on paper, ready for painting on any device.
class Sheet {
 public:
  Sheet(const Figure& figure, double fontPoints) {
    FigureStyle style;
    style.point = kUnits;
    style.font = QFont(QStringLiteral("DejaVu Sans"));
    style.font.setPixelSize(static_cast<int>(std::lround(fontPoints * kUnits)));
    style.font.setHintingPreference(QFont::PreferNoHinting);
    width_ = static_cast<int>(std::lround(figure.widthMm * kPointsPerMm * kUnits));
    height_ = static_cast<int>(std::lround(figure.heightMm * kPointsPerMm * kUnits));
    drawFigure(plot_, figure, style, {width_, height_});
  }

  /// `dotsPerPoint` of the device.
  void paint(QPaintDevice& device, double dotsPerPoint, bool vector) {
    QCPPainter painter(&device);
    if (vector) painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(dotsPerPoint / kUnits, dotsPerPoint / kUnits);
    painter.fillRect(QRect(0, 0, width_, height_), Qt::white);
    plot_.toPainter(&painter, width_, height_);
  }

 private:
  QCustomPlot plot_;
  int width_, height_;
};

/// Qt stamps the time and a random document id; both are replaced by text of equal length.
QByteArray withoutStamps(QByteArray pdf) {
  const auto blank = [&pdf](const QByteArray& before, const QByteArray& after, char with) {
    for (qsizetype at = 0; (at = pdf.indexOf(before, at)) >= 0;) {
      const qsizetype from = at + before.size(), end = pdf.indexOf(after, from);
      if (end < 0) return;
      for (qsizetype i = from; i < end; ++i)
        if (std::isalnum(static_cast<unsigned char>(pdf[i])) != 0) pdf[i] = with;
      at = end;
    }
  };
  blank("/CreationDate (D:", ")", '0');
  blank("/ModDate (D:", ")", '0');
  blank("/CreationDate(D:", ")", '0');
  blank("/ModDate(D:", ")", '0');
  blank("<xmp:CreateDate>", "<", '0');
  blank("<xmp:ModifyDate>", "<", '0');
  blank("<xmp:MetadataDate>", "<", '0');
  blank("<xmpMM:DocumentID>uuid:", "<", '0');
  blank("<xmpMM:InstanceID>uuid:", "<", '0');
  blank("/ID [ <", "]", '0');
  return pdf;
}

void save(const std::filesystem::path& stem, const char* end, const QByteArray& bytes) {
  std::filesystem::path file = stem;
  file += end;
  if (bytes.isEmpty()) throw Error(concat(file.string(), " cannot be made"));
  writeTextFile(file, {bytes.constData(), static_cast<std::size_t>(bytes.size())});
}

QByteArray pdfOf(const Figure& figure, Sheet& sheet, const QByteArray& manifest,
                 const QByteArray& csv) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QPdfWriter writer(&buffer);
    writer.setResolution(1200);
    writer.setPageSize(QPageSize(QSizeF(figure.widthMm, figure.heightMm), QPageSize::Millimeter));
    writer.setPageMargins({});
    writer.setTitle(QString::fromStdString(figure.title));
    writer.setCreator(QStringLiteral("UniNet Workbench"));
    writer.addFileAttachment(QStringLiteral("manifest.json"), manifest,
                             QStringLiteral("application/json"));
    writer.addFileAttachment(QStringLiteral("numbers.csv"), csv, QStringLiteral("text/csv"));
    sheet.paint(writer, 1200 / 72.0, true);
  }
  return withoutStamps(bytes);
}

QByteArray svgOf(const Figure& figure, Sheet& sheet, const QByteArray& manifest) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  {
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    // One unit is a tenth of a point, so that positions keep their fractions.
    const double width = figure.widthMm * kPointsPerMm * 10,
                 height = figure.heightMm * kPointsPerMm * 10;
    generator.setResolution(720);
    generator.setSize(
        {static_cast<int>(std::lround(width)), static_cast<int>(std::lround(height))});
    generator.setViewBox(QRectF(0, 0, width, height));
    // Qt writes both as they are.
    generator.setTitle(QString::fromStdString(figure.title).toHtmlEscaped());
    generator.setDescription(QString::fromUtf8(manifest).toHtmlEscaped());
    sheet.paint(generator, 10, true);
  }
  return bytes;
}

QImage imageOf(const Figure& figure, Sheet& sheet, double dpi) {
  const auto dots = [dpi](double mm) {
    return std::max(1, static_cast<int>(std::lround(mm / 25.4 * dpi)));
  };
  QImage image(dots(figure.widthMm), dots(figure.heightMm), QImage::Format_RGB32);
  image.fill(Qt::white);
  sheet.paint(image, dpi / 72.0, false);
  return image;
}

QByteArray pngOf(const Figure& figure, Sheet& sheet, int dpi, const QByteArray& manifest) {
  QImage image = imageOf(figure, sheet, dpi);
  image.setDotsPerMeterX(static_cast<int>(std::lround(dpi / 0.0254)));
  image.setDotsPerMeterY(static_cast<int>(std::lround(dpi / 0.0254)));
  image.setText(QStringLiteral("manifest"), QString::fromUtf8(manifest));
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  QImageWriter(&buffer, "png").write(image);
  return bytes;
}

}  // namespace

void writeFigure(const Figure& figure, const std::filesystem::path& stem,
                 const std::string& manifest, const std::string& csv, const FigureExport& how) {
  const QByteArray about = QByteArray::fromStdString(manifest);
  const std::string numbers = csv.empty() ? figureCsv(figure) : csv;
  Sheet sheet(figure, how.fontPoints);
  if (how.pdf) save(stem, ".pdf", pdfOf(figure, sheet, about, QByteArray::fromStdString(numbers)));
  if (how.svg) save(stem, ".svg", svgOf(figure, sheet, about));
  if (how.png) save(stem, ".png", pngOf(figure, sheet, how.dpi, about));
  if (how.csv) save(stem, ".csv", QByteArray::fromStdString(numbers));
}

QImage figureImage(const Figure& figure, const FigureExport& how, double dpi) {
  Sheet sheet(figure, how.fontPoints);
  return imageOf(figure, sheet, dpi);
}

}  // namespace uninet
