#include "ui/style/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <array>

#include "ui/style/colours.h"
#include "ui/style/metrics.h"

namespace uninet {
namespace {

constexpr std::array kNames{
    "attack",       "bundle",         "chart",      "check",    "chevron-down",
    "chevron-left", "chevron-right",  "chevron-up", "close",    "command",
    "copy",         "data",           "error",      "export",   "eye",
    "eye-off",      "filter",         "fit",        "focus",    "folder",
    "grid",         "help",           "info",       "language", "list",
    "moon",         "more",           "network",    "pause",    "picture",
    "pin",          "play",           "pop-out",    "redo",     "region-box",
    "region-clear", "region-polygon", "rename",     "reset",    "rows",
    "run",          "save",           "search",     "select",   "settings",
    "step-back",    "step-forward",   "stop",       "sun",      "trash",
    "undo",         "warning",        "wipe"};

QColor inkColour(Ink ink, QIcon::Mode mode) {
  const Tokens& all = tokens(schemeOf(QGuiApplication::palette()));
  if (mode == QIcon::Disabled) return all.disabled;
  switch (ink) {
    case Ink::text:
      return mode == QIcon::Selected ? all.softInk : all.text;
    case Ink::muted:
      return mode == QIcon::Active ? all.text : all.muted;
    case Ink::onAccent:
      return all.accentInk;
    case Ink::accent:
      return all.accent;
    case Ink::error:
      return all.error;
    case Ink::warning:
      return all.warning;
    case Ink::success:
      return all.success;
    case Ink::info:
      return all.info;
    case Ink::white:
      break;
  }
  return Qt::white;
}

class TintedEngine final : public QIconEngine {
 public:
  TintedEngine(QString name, Ink ink) : name_(std::move(name)), ink_(ink) {}

  void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
    QSvgRenderer(drawing(inkColour(ink_, mode))).render(painter, square(rect));
  }

  QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
    return scaledPixmap(size, mode, state, 1);
  }

  /// `size` is in device pixels already; `scale` says how many make one of the interface.
  QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state,
                       qreal /*scale*/) override {
    const QString key = QStringLiteral("uninet/%1/%2/%3x%4")
                            .arg(name_, inkColour(ink_, mode).name())
                            .arg(size.width())
                            .arg(size.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap)) return pixmap;
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paint(&painter, QRect(QPoint(), size), mode, state);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
  }

  QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override {
    const int side = std::min(size.width(), size.height());
    return {side, side};
  }
  QList<QSize> availableSizes(QIcon::Mode, QIcon::State) override {
    return {QSize(metrics::kIcon, metrics::kIcon)};
  }
  QString key() const override { return QStringLiteral("uninet"); }
  QString iconName() override { return name_; }
  bool isNull() override { return !QFile::exists(path()); }
  QIconEngine* clone() const override { return new TintedEngine(name_, ink_); }

 private:
  QString path() const { return QStringLiteral(":/icons/%1.svg").arg(name_); }

  QByteArray drawing(const QColor& colour) const {
    QFile file(path());
    if (!file.open(QIODevice::ReadOnly)) return {};
    return file.readAll().replace("currentColor", colour.name().toLatin1());
  }

  static QRectF square(const QRect& rect) {
    const int side = std::min(rect.width(), rect.height());
    return {rect.x() + (rect.width() - side) / 2.0, rect.y() + (rect.height() - side) / 2.0,
            double(side), double(side)};
  }

  QString name_;
  Ink ink_;
};

}  // namespace

QIcon icon(const char* name, Ink ink) {
  auto* engine = new TintedEngine(QString::fromLatin1(name), ink);
  if (engine->isNull()) qWarning("there is no icon '%s'", name);
  return QIcon(engine);
}

std::span<const char* const> iconNames() { return kNames; }

QIcon applicationIcon() {
  QIcon all(QStringLiteral(":/icons/uninet.svg"));
  // Window managers take pictures, and not every platform renders SVG for them.
  for (const int side : {16, 24, 32, 48, 64, 128, 256})
    all.addFile(QStringLiteral(":/icons/uninet-%1.png").arg(side), QSize(side, side));
  return all;
}

}  // namespace uninet
