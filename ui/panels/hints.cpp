#include "ui/panels/hints.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/text.h"
#include "ui/style/colours.h"

namespace uninet {
namespace {

constexpr int kWidth = 280, kArrow = 9, kPadding = 12, kRadius = 8, kMargin = 6;

int closedSoFar() { return QSettings().value(QLatin1String(Hints::kKey), 0).toInt(); }

}  // namespace

Hints::Hints(QWidget* window)
    : QWidget(window),
      text_(new QLabel(this)),
      number_(new QLabel(this)),
      skip_(new QPushButton(this)),
      close_(new QPushButton(this)) {
  setObjectName(QStringLiteral("hint"));
  text_->setObjectName(QStringLiteral("hint-text"));
  text_->setTextFormat(Qt::PlainText);
  text_->setWordWrap(true);
  number_->setForegroundRole(QPalette::PlaceholderText);
  skip_->setObjectName(QStringLiteral("hint-skip"));
  skip_->setFlat(true);
  close_->setObjectName(QStringLiteral("hint-close"));
  close_->setDefault(true);
  auto* row = new QHBoxLayout;
  row->addWidget(number_);
  row->addStretch(1);
  row->addWidget(skip_);
  row->addWidget(close_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kArrow + kPadding, kArrow + kPadding, kArrow + kPadding,
                             kArrow + kPadding);
  column->addWidget(text_);
  column->addLayout(row);
  connect(close_, &QPushButton::clicked, this, [this] { closeUpTo(current_ + 1); });
  connect(skip_, &QPushButton::clicked, this,
          [this] { closeUpTo(static_cast<int>(hints_.size())); });
  window->installEventFilter(this);
  hide();
}

void Hints::show(std::vector<Hint> hints) {
  hints_.clear();
  for (Hint& hint : hints) hints_.push_back({hint.target, std::move(hint.text)});
  current_ = closedSoFar() - 1;
  before_ = QApplication::focusWidget();
  next();
}

QString Hints::text() const { return isHidden() ? QString() : text_->text(); }

void Hints::next() {
  if (current_ >= 0 && current_ < static_cast<int>(hints_.size()))
    if (QWidget* old = hints_[static_cast<std::size_t>(current_)].target; old != nullptr)
      old->removeEventFilter(this);
  const int size = static_cast<int>(hints_.size());
  // What is not seen now is not explained now; a later start does.
  do ++current_;
  while (current_ < size && (hints_[static_cast<std::size_t>(current_)].target == nullptr ||
                             !hints_[static_cast<std::size_t>(current_)].target->isVisible()));
  if (current_ >= size) {
    const bool was = !isHidden();
    hide();
    if (was && before_ != nullptr) before_->setFocus(Qt::OtherFocusReason);
    if (was) Q_EMIT finished();
    return;
  }
  const Pointed& hint = hints_[static_cast<std::size_t>(current_)];
  hint.target->installEventFilter(this);
  text_->setText(hint.text);
  number_->setText(tr("%1 of %2")
                       .arg(shownNumber(static_cast<qint64>(current_ + 1)),
                            shownNumber(static_cast<qint64>(size))));
  skip_->setText(tr("Skip"));
  skip_->setToolTip(tr("Close all hints"));
  skip_->setVisible(current_ + 1 < size);
  close_->setText(tr("Got it"));
  setAccessibleName(tr("Hint: %1").arg(hint.text));
  place();
  QWidget::show();
  raise();
  close_->setFocus(Qt::OtherFocusReason);
}

void Hints::closeUpTo(int count) {
  QSettings().setValue(QLatin1String(kKey), std::max(count, closedSoFar()));
  if (count >= static_cast<int>(hints_.size())) current_ = count - 1;
  next();
}

void Hints::place() {
  if (current_ < 0 || current_ >= static_cast<int>(hints_.size())) return;
  const QWidget* target = hints_[static_cast<std::size_t>(current_)].target;
  if (target == nullptr) return;
  const QRect area = parentWidget()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
  const QRect at(parentWidget()->mapFromGlobal(target->mapToGlobal(QPoint(0, 0))), target->size());
  layout()->activate();
  const int width = std::min(kWidth, area.width());
  const QSize size(width, layout()->totalHeightForWidth(width));
  resize(size);
  // The side with the most room beyond what the bubble needs.
  const std::pair<Side, int> rooms[] = {{Side::below, area.bottom() - at.bottom() - size.height()},
                                        {Side::above, at.top() - area.top() - size.height()},
                                        {Side::right, area.right() - at.right() - size.width()},
                                        {Side::left, at.left() - area.left() - size.width()}};
  side_ = std::max_element(std::begin(rooms), std::end(rooms), [](const auto& a, const auto& b) {
            return a.second < b.second;
          })->first;
  QPoint corner;
  const QPoint middle = at.center();
  switch (side_) {
    case Side::below:
      corner = {middle.x() - width / 2, at.bottom()};
      break;
    case Side::above:
      corner = {middle.x() - width / 2, at.top() - size.height()};
      break;
    case Side::right:
      corner = {at.right(), middle.y() - size.height() / 2};
      break;
    case Side::left:
      corner = {at.left() - width, middle.y() - size.height() / 2};
      break;
  }
  corner.setX(std::clamp(corner.x(), area.left(), std::max(area.left(), area.right() - width)));
  corner.setY(
      std::clamp(corner.y(), area.top(), std::max(area.top(), area.bottom() - size.height())));
  move(corner);
  const bool upright = side_ == Side::above || side_ == Side::below;
  const int along = upright ? middle.x() - corner.x() : middle.y() - corner.y();
  const int edge = upright ? size.width() : size.height(), end = 2 * kArrow + kRadius + 2;
  tip_ = std::clamp(along, end, std::max(end, edge - end));
  update();
}

void Hints::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF card = QRectF(rect()).adjusted(kArrow, kArrow, -kArrow, -kArrow);
  QPolygonF arrow;
  const double tip = tip_;
  switch (side_) {
    case Side::below:
      arrow = {
          {tip - kArrow, card.top()}, {tip, card.top() - kArrow + 1}, {tip + kArrow, card.top()}};
      break;
    case Side::above:
      arrow = {{tip - kArrow, card.bottom()},
               {tip, card.bottom() + kArrow - 1},
               {tip + kArrow, card.bottom()}};
      break;
    case Side::right:
      arrow = {{card.left(), tip - kArrow},
               {card.left() - kArrow + 1, tip},
               {card.left(), tip + kArrow}};
      break;
    case Side::left:
      arrow = {{card.right(), tip - kArrow},
               {card.right() + kArrow - 1, tip},
               {card.right(), tip + kArrow}};
      break;
  }
  QPainterPath bubble, pointer;
  bubble.addRoundedRect(card, kRadius, kRadius);
  pointer.addPolygon(arrow);
  pointer.closeSubpath();
  painter.setPen(QPen(accentOf(palette()), 1.5));
  painter.setBrush(palette().color(QPalette::Base));
  painter.drawPath(bubble.united(pointer));
}

bool Hints::event(QEvent* event) {
  // Escape would stop the attack: here it closes the bubble that has the focus.
  if (event->type() == QEvent::ShortcutOverride &&
      static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
    event->accept();
    return true;
  }
  return QWidget::event(event);
}

void Hints::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape)
    closeUpTo(current_ + 1);
  else
    QWidget::keyPressEvent(event);
}

bool Hints::eventFilter(QObject* object, QEvent* event) {
  if (isHidden()) return QWidget::eventFilter(object, event);
  switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
      place();
      break;
    case QEvent::Hide:
      // Its tab or panel was closed: the next one, this one at a later start.
      if (object != parentWidget()) next();
      break;
    default:
      break;
  }
  return QWidget::eventFilter(object, event);
}

}  // namespace uninet
