#include "ui/panels/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace uninet {
namespace {

/// So many stand there at once; the others come as these are closed.
constexpr int kShown = 3;

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), rows_(new QVBoxLayout(this)) {
  rows_->setContentsMargins({});
  rows_->setSpacing(2);
  setAccessibleName(tr("Messages"));
  hide();
}

void MessageBar::say(Subject subject, const QString& text, Kind kind) {
  messages_.remove_if([&](const Message& message) {
    // The same error again stands there once, at the end.
    if (kind == Kind::error)
      return message.subject == subject &&
             (message.kind == Kind::information || message.text == text);
    // The subject has succeeded; what was said of another is old by now, if there is news. What is
    // assumed of network, data and image holds as long as they are open.
    const bool lasting = message.kind == Kind::error || message.subject == Subject::checkpoint ||
                         message.subject == Subject::data || message.subject == Subject::image;
    return message.subject == subject || (!lasting && !text.isEmpty());
  });
  if (!text.isEmpty()) {
    const auto firstInformation =
        std::find_if(messages_.begin(), messages_.end(),
                     [](const Message& message) { return message.kind == Kind::information; });
    messages_.insert(kind == Kind::error ? firstInformation : messages_.end(),
                     {subject, kind, text});
  }
  update();
}

void MessageBar::update() {
  while (QLayoutItem* item = rows_->takeAt(0)) {
    item->widget()->hide();
    // The click that closes a row comes from a button of that row.
    item->widget()->deleteLater();
    delete item;
  }
  const bool dark = palette().color(QPalette::Base).lightness() < 128;
  int shown = 0;
  for (auto message = messages_.begin(); message != messages_.end() && shown < kShown; ++message) {
    ++shown;
    auto* row = new QFrame(this);
    row->setAutoFillBackground(true);
    row->setFrameShape(QFrame::StyledPanel);
    QPalette colours = palette();
    colours.setColor(QPalette::Window, message->kind == Kind::error
                                           ? (dark ? QColor(96, 36, 36) : QColor(253, 226, 224))
                                           : (dark ? QColor(34, 62, 88) : QColor(222, 236, 250)));
    colours.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
    row->setPalette(colours);
    auto* label = new QLabel(message->text, row);
    // Sentences hold names of files: they are never mark-up.
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(tr("Message"));
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(8, 4, 4, 4);
    line->addWidget(label, 1);
    const auto waiting = static_cast<int>(messages_.size()) - kShown;
    if (shown == kShown && waiting > 0)
      line->addWidget(new QLabel(tr("and %Ln more", nullptr, waiting), row));
    auto* close = new QToolButton(row);
    close->setObjectName(QStringLiteral("close-message"));
    close->setText(QStringLiteral("\u00d7"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close this message"));
    close->setAccessibleName(tr("Close message"));
    line->addWidget(close);
    connect(close, &QToolButton::clicked, this, [this, message] {
      messages_.erase(message);
      update();
    });
    rows_->addWidget(row);
    row->show();
  }
  setVisible(!messages_.empty());
}

QString MessageBar::text() const {
  QStringList lines;
  for (const Message& message : messages_) lines << message.text;
  return lines.join(QLatin1Char('\n'));
}

int MessageBar::errors() const {
  return static_cast<int>(
      std::count_if(messages_.begin(), messages_.end(),
                    [](const Message& message) { return message.kind == Kind::error; }));
}

}  // namespace uninet
