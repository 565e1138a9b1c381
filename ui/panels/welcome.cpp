#include "ui/panels/welcome.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/style/icons.h"
#include "ui/style/metrics.h"
#include "ui/style/roles.h"

namespace uninet {

Welcome::Welcome(QWidget* over) : QFrame(over) {
  setObjectName(QStringLiteral("welcome"));
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(metrics::kMargin, metrics::kGap, metrics::kGap, metrics::kGap);
  row->setSpacing(metrics::kMargin);
  row->addWidget(
      new QLabel(tr("One network, five outputs. What happens to the others when one of "
                    "them is attacked?")));
  auto* hide = new QPushButton(icon("run", Ink::onAccent), tr("Hide the people"));
  hide->setObjectName(QStringLiteral("welcome-run"));
  hide->setToolTip(tr("Attack the segmentation until it sees no people any more"));
  makePrimary(*hide);
  row->addWidget(hide);
  auto* close = new QToolButton;
  close->setObjectName(QStringLiteral("welcome-close"));
  close->setIcon(icon("close"));
  close->setAutoRaise(true);
  close->setAccessibleName(tr("Close"));
  row->addWidget(close);
  connect(hide, &QPushButton::clicked, this, [this] {
    Q_EMIT accepted();
    finish();
  });
  connect(close, &QToolButton::clicked, this, &Welcome::finish);
  over->installEventFilter(this);
  show();
  place();
}

void Welcome::finish() {
  Q_EMIT done();
  hide();
  deleteLater();
}

void Welcome::place() {
  QWidget* over = parentWidget();
  const QSize size = sizeHint().boundedTo(over->size());
  setGeometry((over->width() - size.width()) / 2,
              over->height() - size.height() - metrics::kSection, size.width(), size.height());
  raise();
}

bool Welcome::eventFilter(QObject* object, QEvent* event) {
  if (object == parentWidget() && event->type() == QEvent::Resize) place();
  return QFrame::eventFilter(object, event);
}

void Welcome::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape)
    finish();
  else
    QFrame::keyPressEvent(event);
}

}  // namespace uninet
