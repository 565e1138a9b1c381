#include "ui/panels/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStyle>
#include <QToolButton>

namespace uninet {

MessageBar::MessageBar(QWidget* parent) : QFrame(parent), label_(new QLabel(this)) {
  setAutoFillBackground(true);
  setFrameShape(QFrame::StyledPanel);
  label_->setWordWrap(true);
  label_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label_->setAccessibleName(tr("Message"));
  auto* close = new QToolButton(this);
  close->setText(QStringLiteral("\u00d7"));
  close->setAutoRaise(true);
  close->setToolTip(tr("Close this message"));
  close->setAccessibleName(tr("Close message"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(8, 4, 4, 4);
  row->addWidget(label_, 1);
  row->addWidget(close);
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  hide();
}

void MessageBar::say(const QString& text, Kind kind) {
  if (text.isEmpty()) return hide();
  label_->setText(text);
  QPalette colours = palette();
  const bool dark = colours.color(QPalette::Base).lightness() < 128;
  const QColor back = kind == Kind::error ? (dark ? QColor(96, 36, 36) : QColor(253, 226, 224))
                                          : (dark ? QColor(34, 62, 88) : QColor(222, 236, 250));
  colours.setColor(QPalette::Window, back);
  colours.setColor(QPalette::WindowText, dark ? Qt::white : Qt::black);
  setPalette(colours);
  label_->setPalette(colours);
  show();
}

QString MessageBar::text() const { return isHidden() ? QString() : label_->text(); }

}  // namespace uninet
