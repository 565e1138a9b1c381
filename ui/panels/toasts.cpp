#include "ui/panels/toasts.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <memory>

#include "ui/panels/toast.h"

namespace uninet {
namespace {

constexpr int kWidth = 400, kMargin = 12, kTickMs = 200;
/// Longer texts are shown by "Details".
constexpr int kMostCharacters = 220, kMostLines = 4;

bool isLong(const QString& text) {
  return text.size() > kMostCharacters || text.count(QLatin1Char('\n')) >= kMostLines;
}

QString beginning(const QString& text) {
  if (!isLong(text)) return text;
  const QString lines = text.section(QLatin1Char('\n'), 0, kMostLines - 2);
  return lines.left(kMostCharacters - 40).trimmed() + QStringLiteral("\u2026");
}

std::function<qint64()> computersClock() {
  auto timer = std::make_shared<QElapsedTimer>();
  timer->start();
  return [timer] { return timer->elapsed(); };
}

}  // namespace

Toasts::Toasts(QWidget* over, std::function<qint64()> now)
    : QWidget(over),
      now_(now ? std::move(now) : computersClock()),
      column_(new QVBoxLayout(this)),
      more_(new QLabel(this)),
      focus_(new QAction(this)) {
  setObjectName(QStringLiteral("toasts"));
  column_->setContentsMargins({});
  column_->setSpacing(6);
  more_->setObjectName(QStringLiteral("toasts-more"));
  more_->setAutoFillBackground(true);
  more_->setBackgroundRole(QPalette::Base);
  more_->setContentsMargins(8, 2, 8, 2);
  column_->addWidget(more_, 0, Qt::AlignRight);
  focus_->setObjectName(QStringLiteral("focus-messages"));
  focus_->setShortcuts({QKeySequence(Qt::Key_F6), QKeySequence(Qt::ALT | Qt::Key_M)});
  addAction(focus_);
  connect(focus_, &QAction::triggered, this, &Toasts::toggleFocus);
  timer_.setInterval(kTickMs);
  connect(&timer_, &QTimer::timeout, this, &Toasts::expire);
  if (over != nullptr) over->installEventFilter(this);
  QEvent language(QEvent::LanguageChange);
  changeEvent(&language);
  hide();
}

Toasts::~Toasts() = default;

void Toasts::say(Subject subject, const QString& text, Kind kind, const QString& action,
                 std::function<void()> callback) {
  for (auto message = messages_.begin(); message != messages_.end();) {
    const auto next = std::next(message);
    bool over = false;
    if (kind == Kind::error) {
      // The same error again stands there once, at the end.
      over = message->subject == subject &&
             (message->kind == Kind::information || message->text == text);
    } else {
      // The subject has succeeded; what was said of another is old by now, if there is news. What
      // is assumed of network, data and image holds as long as they are open.
      const bool lasting = message->kind == Kind::error ||
                           message->subject == Subject::checkpoint ||
                           message->subject == Subject::data || message->subject == Subject::image;
      over = message->subject == subject || (!lasting && !text.isEmpty());
    }
    if (over) remove(message);
    message = next;
  }
  if (!text.isEmpty()) {
    const auto firstInformation =
        std::find_if(messages_.begin(), messages_.end(),
                     [](const Message& message) { return message.kind == Kind::information; });
    messages_.insert(kind == Kind::error ? firstInformation : messages_.end(),
                     {subject, kind, text, callback ? action : QString(), std::move(callback),
                      kInformationMs, ++last_, nullptr});
  }
  refresh();
}

void Toasts::remove(Messages::iterator message) {
  if (Toast* toast = message->toast; toast != nullptr) {
    column_->removeWidget(toast);
    toast->hide();
    // The click that closes it comes from a button of its own.
    toast->deleteLater();
  }
  messages_.erase(message);
}

void Toasts::close(quint64 number) {
  const auto message =
      std::find_if(messages_.begin(), messages_.end(),
                   [number](const Message& candidate) { return candidate.number == number; });
  if (message == messages_.end()) return;
  const QWidget* focused = QApplication::focusWidget();
  const bool hadFocus = focused != nullptr && message->toast != nullptr &&
                        (focused == message->toast || message->toast->isAncestorOf(focused));
  remove(message);
  refresh();
  if (!hadFocus) return;
  if (const QList<Toast*> rest = shown(); !rest.isEmpty())
    rest.back()->setFocus(Qt::OtherFocusReason);
  else if (before_ != nullptr)
    before_->setFocus(Qt::OtherFocusReason);
}

void Toasts::act(quint64 number) {
  const auto message =
      std::find_if(messages_.begin(), messages_.end(),
                   [number](const Message& candidate) { return candidate.number == number; });
  if (message == messages_.end()) return;
  if (isLong(message->text)) return showDetails(*message);
  if (!message->callback) return;
  // What it does may say something itself.
  const std::function<void()> callback = message->callback;
  if (message->kind == Kind::information) close(number);
  callback();
}

void Toasts::showDetails(const Message& message) {
  auto* box = new QDialog(window());
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setObjectName(QStringLiteral("message-details"));
  box->setWindowTitle(message.kind == Kind::error ? tr("Error") : tr("Information"));
  auto* text = new QPlainTextEdit(message.text, box);
  text->setReadOnly(true);
  text->setTabChangesFocus(true);
  text->setAccessibleName(tr("Message"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, box);
  QPushButton* copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
  connect(copy, &QPushButton::clicked, box,
          [all = message.text] { QApplication::clipboard()->setText(all); });
  if (!message.action.isEmpty()) {
    QPushButton* action = buttons->addButton(message.action, QDialogButtonBox::ActionRole);
    connect(action, &QPushButton::clicked, box, [box, callback = message.callback] {
      box->close();
      callback();
    });
  }
  connect(buttons, &QDialogButtonBox::rejected, box, &QDialog::close);
  auto* column = new QVBoxLayout(box);
  column->addWidget(text, 1);
  column->addWidget(buttons);
  box->resize(560, 320);
  box->show();
}

QString Toasts::text() const {
  QStringList lines;
  for (const Message& message : messages_) lines << message.text;
  return lines.join(QLatin1Char('\n'));
}

int Toasts::errors() const {
  return static_cast<int>(
      std::count_if(messages_.begin(), messages_.end(),
                    [](const Message& message) { return message.kind == Kind::error; }));
}

bool Toasts::held() const {
  const QWidget* focused = QApplication::focusWidget();
  return hovered_ || (focused != nullptr && isAncestorOf(focused));
}

void Toasts::expire() {
  const qint64 now = now_();
  const qint64 passed = counted_ ? now - *counted_ : 0;
  counted_ = now;
  if (held()) return;
  bool gone = false;
  for (auto message = messages_.begin(); message != messages_.end();) {
    const auto next = std::next(message);
    if (message->kind == Kind::information && message->toast != nullptr) {
      message->left -= passed;
      if (message->left <= 0) {
        remove(message);
        gone = true;
      }
    }
    message = next;
  }
  if (gone) refresh();
}

QList<Toast*> Toasts::shown() const {
  QList<Toast*> toasts;
  for (const Message& message : messages_)
    if (message.toast != nullptr) toasts << message.toast;
  return toasts;
}

void Toasts::refresh() {
  // The newest stand there, so that an old error never hides a newer state; the information is the
  // last of the list.
  const auto waiting = std::max(0, static_cast<int>(messages_.size()) - kShown);
  int place = 0;
  bool counting = false;
  for (Message& message : messages_) {
    const bool stands = place >= waiting;
    ++place;
    if (stands && message.kind == Kind::information) counting = true;
    if (!stands && message.toast != nullptr) {
      column_->removeWidget(message.toast);
      message.toast->hide();
      message.toast->deleteLater();
      message.toast = nullptr;
    }
    if (!stands || message.toast != nullptr) continue;
    message.toast = new Toast(message.kind == Kind::error, beginning(message.text),
                              isLong(message.text) ? tr("Details") : message.action, this);
    connect(message.toast, &Toast::closed, this,
            [this, number = message.number] { close(number); });
    connect(message.toast, &Toast::acted, this, [this, number = message.number] { act(number); });
    column_->insertWidget(place - waiting, message.toast);
    message.toast->show();
    QAccessibleEvent alert(message.toast, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
  }
  more_->setText(tr("+%Ln more", nullptr, waiting));
  more_->setVisible(waiting > 0);
  if (counting && !timer_.isActive()) {
    counted_ = now_();
    timer_.start();
  } else if (!counting) {
    timer_.stop();
    counted_.reset();
  }
  setVisible(!messages_.empty());
  if (messages_.empty()) hovered_ = false;
  anchor();
}

void Toasts::anchor() {
  const QWidget* over = parentWidget();
  if (over == nullptr || messages_.empty()) return;
  const int width = std::max(120, std::min(kWidth, over->width() - 2 * kMargin));
  column_->activate();
  const int height = column_->hasHeightForWidth() ? column_->totalHeightForWidth(width)
                                                  : column_->totalSizeHint().height();
  setGeometry(over->width() - kMargin - width, std::max(0, over->height() - kMargin - height),
              width, height);
  raise();
}

void Toasts::toggleFocus() {
  const QWidget* focused = QApplication::focusWidget();
  if (focused != nullptr && isAncestorOf(focused)) {
    if (before_ != nullptr) before_->setFocus(Qt::ShortcutFocusReason);
    return;
  }
  const QList<Toast*> toasts = shown();
  if (toasts.isEmpty()) return;
  before_ = QApplication::focusWidget();
  toasts.back()->setFocus(Qt::ShortcutFocusReason);
}

bool Toasts::eventFilter(QObject* object, QEvent* event) {
  if (object == parentWidget() && event->type() == QEvent::Resize) anchor();
  return QWidget::eventFilter(object, event);
}

bool Toasts::event(QEvent* event) {
  // A toast that was laid out anew may have another height.
  if (event->type() == QEvent::LayoutRequest) anchor();
  return QWidget::event(event);
}

void Toasts::enterEvent(QEnterEvent* event) {
  expire();
  hovered_ = true;
  QWidget::enterEvent(event);
}

void Toasts::leaveEvent(QEvent* event) {
  expire();
  hovered_ = false;
  QWidget::leaveEvent(event);
}

void Toasts::keyPressEvent(QKeyEvent* event) {
  const QList<Toast*> toasts = shown();
  const auto focused = std::find_if(toasts.begin(), toasts.end(), [](const Toast* toast) {
    return toast->hasFocus() || toast->isAncestorOf(QApplication::focusWidget());
  });
  const int step = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
  if (step == 0 || focused == toasts.end()) return QWidget::keyPressEvent(event);
  const auto next = std::clamp<qsizetype>(focused - toasts.begin() + step, 0, toasts.size() - 1);
  toasts[next]->setFocus(Qt::OtherFocusReason);
}

void Toasts::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::LanguageChange) return;
  setAccessibleName(tr("Messages"));
  focus_->setText(tr("Go to the messages"));
}

}  // namespace uninet
