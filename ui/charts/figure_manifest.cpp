#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QXmlStreamReader>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/files.h"
#include "ui/charts/figure_export.h"

namespace uninet {
namespace {

constexpr std::size_t kMostFile = 256u << 20, kMostManifest = 16u << 20;
/// Packed in a PDF; nothing of this size becomes too large for the memory.
constexpr qsizetype kMostPacked = 256 << 10;

std::optional<std::string> checked(const QByteArray& text) {
  if (text.isEmpty() || static_cast<std::size_t>(text.size()) > kMostManifest) return {};
  std::string manifest = text.toStdString();
  const auto json = nlohmann::json::parse(manifest, nullptr, false);
  if (!json.is_object()) return {};
  return manifest;
}

std::optional<std::string> ofPng(const QByteArray& bytes) {
  QBuffer buffer;
  buffer.setData(bytes);
  buffer.open(QIODevice::ReadOnly);
  // Reads what stands before the pixels only.
  QImageReader reader(&buffer, "png");
  return checked(reader.text(QStringLiteral("manifest")).toUtf8());
}

std::optional<std::string> ofSvg(const QByteArray& bytes) {
  QXmlStreamReader xml(bytes);
  if (!xml.readNextStartElement() || xml.name() != QLatin1String("svg")) return {};
  while (xml.readNextStartElement()) {
    if (xml.name() == QLatin1String("desc"))
      return checked(xml.readElementText(QXmlStreamReader::SkipChildElements).toUtf8());
    xml.skipCurrentElement();
  }
  return {};
}

/// The bytes between "stream" and "endstream" of object `number`; empty: there are none.
QByteArray streamOf(const QByteArray& pdf, qint64 number) {
  const QByteArray head = '\n' + QByteArray::number(number) + " 0 obj";
  const qsizetype object = pdf.indexOf(head);
  if (object < 0) return {};
  const QByteArray begin = "stream\n", end = "\nendstream";
  const qsizetype from = pdf.indexOf(begin, object), close = pdf.indexOf("endobj", object);
  if (from < 0 || from > close) return {};
  const qsizetype first = from + begin.size(), last = pdf.indexOf(end, first);
  if (last < 0) return {};
  const QByteArray stream = pdf.mid(first, last - first);
  if (!pdf.mid(object, from - object).contains("/FlateDecode")) return stream;
  if (stream.size() > kMostPacked) return {};
  // qUncompress() wants a guess of the size before the data.
  QByteArray packed("\0\1\0\0", 4);
  return qUncompress(packed + stream);
}

std::optional<std::string> ofPdf(const QByteArray& pdf) {
  const qsizetype name = pdf.indexOf("/F (manifest.json)");
  if (name < 0) return {};
  // … /EF <</F 7 0 R>>
  const qsizetype file = pdf.indexOf("/EF", name);
  if (file < 0 || file - name > 512) return {};
  const qsizetype number = pdf.indexOf("/F ", file);
  if (number < 0 || number - file > 16) return {};
  const qsizetype end = pdf.indexOf(' ', number + 3);
  bool ok = false;
  const qint64 object =
      pdf.mid(number + 3, std::min<qsizetype>(end - number - 3, 12)).toLongLong(&ok);
  if (!ok) return {};
  return checked(streamOf(pdf, object));
}

}  // namespace

std::optional<std::string> readManifest(const std::filesystem::path& file) {
  QByteArray bytes;
  try {
    bytes = QByteArray::fromStdString(readTextFile(file, kMostFile));
  } catch (const Error&) {
    return {};
  }
  if (bytes.startsWith("\x89PNG\r\n\x1a\n")) return ofPng(bytes);
  if (bytes.startsWith("%PDF-")) return ofPdf(bytes);
  if (bytes.left(512).contains("<svg")) return ofSvg(bytes);
  return {};
}

}  // namespace uninet
