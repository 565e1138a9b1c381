#include "ui/panels/log_view.h"

#include <QFontDatabase>
#include <QMetaObject>
#include <QTime>

#include "core/base/log.h"

namespace uninet {

LogView::LogView(QWidget* parent) : QPlainTextEdit(parent) {
  setReadOnly(true);
  setMaximumBlockCount(5000);
  setAccessibleName(tr("Log"));
  setPlaceholderText(tr("What the program does is written here."));
  setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  setLogListener([this](LogLevel level, std::string_view text) {
    const char* mark = level == LogLevel::error ? "E" : level == LogLevel::warning ? "W" : " ";
    const QString line = QTime::currentTime().toString(QStringLiteral("HH:mm:ss ")) +
                         QLatin1String(mark) + QLatin1Char(' ') +
                         QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    QMetaObject::invokeMethod(
        this, [this, line] { appendPlainText(line); }, Qt::QueuedConnection);
  });
}

LogView::~LogView() { setLogListener({}); }

}  // namespace uninet
